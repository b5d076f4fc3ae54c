#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "wasm/a11y/tree.hpp"

// From one frame's tree to the next one's with as few element changes as possible. Elements that
// stay are not re-inserted (assistive technology loses its place when an element moves): the order
// of siblings is repaired around their longest increasing subsequence. Checked by applying random
// diffs (tests/views/diff_test.cpp).

namespace ventanilla::a11y {

// Which attributes an Update touches; Create implies all.
enum Mask : std::uint32_t {
    kMaskRect = 1U << 0,
    kMaskText = 1U << 1,  // text, style, runs, breaks (and the hrefs of inline links)
    kMaskName = 1U << 2,  // name, description, lang
    kMaskValue = 1U << 3,
    kMaskHref = 1U << 4,
    kMaskFlags = 1U << 5,  // flags and keys
    kMaskLinks =
        1U << 6,  // labelled_by, described_by, described_also, error_by, controls, active, labels
    kMaskSet = 1U << 7,  // level, pos_in_set, set_size, now, min, max
    kMaskField = 1U << 8,
    kMaskScroll = 1U << 9,  // content_height, scroll_to
    kMaskAll = (1U << 10) - 1,
};

// Operations are applied one after another, as listed:
//   Create: a new element for `node`, under `parent`, right after its sibling `after` (kNoNode:
//   first child) Move:   the element of `node` (with its subtree) to that place Update: the
//   attributes in `mask`; a role never changes (it is part of what an id is made of) Remove: the
//   element and what is left in it; always after everything else, so that a node that moved
//           out of a vanishing parent survives
// Parents are created before children, earlier siblings before later ones. Nodes with kInline have
// no operations: they are part of the text of their parent.
struct Op {
    enum Kind : std::uint8_t { Create = 1, Update = 2, Move = 3, Remove = 4 };
    Kind kind = Create;
    NodeId id = kNoNode;
    NodeId parent = kNoNode;  // Create, Move
    NodeId after = kNoNode;   // Create, Move
    std::uint32_t mask = 0;   // Update
    std::uint32_t index = 0;  // Create, Update: the node's place in the new tree's `nodes`
};

struct Diff {
    std::vector<Op> ops;
    bool document_changed = false;  // width, height, title, lang or modal differ
};

// `rect` differences under half a pixel are not told.
Diff diff(const Tree& before, const Tree& after);

// The node's place relative to its parent's element: what `left` and `top` of an absolutely placed
// child must be. For kFixed nodes and children of the root it is the rect itself.
Rect rect_in_parent(const Tree& tree, const Node& node);

// The operations as one block of words and one block of UTF-8 bytes, for one call into the browser.
// Every operation starts with its kind (Op::Kind) and the id, then:
//   Create  parent, after, role, node-block(kMaskAll)
//   Update  mask, node-block(mask)
//   Move    parent, after
//   Remove  (nothing)
// node-block(mask) holds, for each set bit in this order (a string is two words: byte offset, byte
// size; a float is its IEEE bits):
//   kMaskRect   x, y, w, h as floats, relative to the parent's element
//   kMaskText   string text; floats size_px, line_px; word weight | mono<<8 | align<<16;
//               word run count, then per run: begin, end, link, weight | mono<<8 | emphasis<<9 |
//               mark<<10, string href of the link, word flags of the link; word break count, then
//               per break: at, kind.     Offsets in runs and breaks are UTF-8 bytes from the start
//               of the text.
//   kMaskName   strings name, description, lang
//   kMaskValue  string value
//   kMaskHref   string href
//   kMaskFlags  words flags, keys
//   kMaskLinks  words labelled_by, described_by, described_also, error_by, controls, active, labels
//   kMaskSet    words level, pos_in_set, set_size, now, min, max
//   kMaskField  word has_field; if 1: words type, mode, length_max, rows, spellcheck | once<<1;
//   floats
//               pad_left, pad_right, pad_top, pad_bottom; strings name, autocomplete, placeholder,
//               min, max, step, list
//   kMaskScroll floats content_height, scroll_to
struct Encoded {
    std::vector<std::uint32_t> words;
    std::string bytes;
};
Encoded encode(const Tree& after, const Diff& diff);

// What a browser would hold after the operations: for tests.
// `before` must be the tree that the diff was made from.
Tree applied(const Diff& diff, const Tree& before, const Tree& after);

}  // namespace ventanilla::a11y
