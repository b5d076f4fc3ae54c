#include "wasm/a11y/tree.hpp"

#include <cassert>
#include <cmath>

namespace ventanilla::a11y {

void Tree::clear() {
    nodes.clear();
    fields.clear();
    runs.clear();
    breaks.clear();
    arena.clear();
    width = height = 0;
    modal = focus = kNoNode;
    title.clear();
    lang.clear();
}

StrRef Tree::keep(std::string_view text) {
    if (text.empty()) return {};
    const StrRef ref{static_cast<std::uint32_t>(arena.size()),
                     static_cast<std::uint32_t>(text.size())};
    arena.append(text);
    return ref;
}

const Node* Tree::find(NodeId id) const {
    for (const Node& node : nodes) {
        if (node.id == id) return &node;
    }
    return nullptr;
}

namespace {

bool same_field(const Tree& a, const Field& x, const Tree& b, const Field& y) {
    const auto text = [&](StrRef p, StrRef q) { return a.text(p) == b.text(q); };
    return x.type == y.type && x.mode == y.mode && x.length_max == y.length_max &&
           x.rows == y.rows && x.pad_left == y.pad_left && x.pad_right == y.pad_right &&
           x.pad_top == y.pad_top && x.pad_bottom == y.pad_bottom && x.spellcheck == y.spellcheck &&
           x.once == y.once && text(x.name, y.name) && text(x.autocomplete, y.autocomplete) &&
           text(x.placeholder, y.placeholder) && text(x.min, y.min) && text(x.max, y.max) &&
           text(x.step, y.step) && text(x.list, y.list);
}

bool same_layout_of_text(const Tree& a, const Node& x, const Tree& b, const Node& y) {
    const auto ra = a.runs_of(x), rb = b.runs_of(y);
    const auto ba = a.breaks_of(x), bb = b.breaks_of(y);
    if (ra.size() != rb.size() || ba.size() != bb.size()) return false;
    for (std::size_t i = 0; i < ra.size(); ++i) {
        if (!(ra[i] == rb[i])) return false;
    }
    for (std::size_t i = 0; i < ba.size(); ++i) {
        if (!(ba[i] == bb[i])) return false;
    }
    return x.style == y.style;
}

}  // namespace

bool same_node(const Tree& a, const Node& x, const Tree& b, const Node& y) {
    const auto text = [&](StrRef p, StrRef q) { return a.text(p) == b.text(q); };
    const bool fields = (x.field < 0) == (y.field < 0) &&
                        (x.field < 0 || same_field(a,
                                                   a.fields[static_cast<std::size_t>(x.field)],
                                                   b,
                                                   b.fields[static_cast<std::size_t>(y.field)]));
    return fields && x.id == y.id && x.parent == y.parent && x.role == y.role && x.keys == y.keys &&
           x.level == y.level && x.flags == y.flags && x.rect == y.rect && text(x.name, y.name) &&
           text(x.text, y.text) && text(x.description, y.description) && text(x.value, y.value) &&
           text(x.href, y.href) && text(x.lang, y.lang) && x.labelled_by == y.labelled_by &&
           x.described_by == y.described_by && x.described_also == y.described_also &&
           x.error_by == y.error_by && x.controls == y.controls && x.active == y.active &&
           x.labels == y.labels && x.pos_in_set == y.pos_in_set && x.set_size == y.set_size &&
           x.now == y.now && x.min == y.min && x.max == y.max &&
           x.content_height == y.content_height && x.scroll_to == y.scroll_to &&
           same_layout_of_text(a, x, b, y);
}

bool same(const Tree& a, const Tree& b) {
    if (a.nodes.size() != b.nodes.size() || a.width != b.width || a.height != b.height ||
        a.modal != b.modal || a.title != b.title || a.lang != b.lang) {
        return false;
    }
    for (std::size_t i = 0; i < a.nodes.size(); ++i) {
        if (!same_node(a, a.nodes[i], b, b.nodes[i])) return false;
    }
    return true;
}

std::vector<std::string_view> lines_of(const Tree& tree, const Node& node) {
    std::vector<std::string_view> lines;
    const std::string_view all = tree.text(node.text);
    std::size_t at = 0;
    for (const Break& end : tree.breaks_of(node)) {
        lines.push_back(all.substr(at, end.at - at));
        at = end.at + (end.kind == Break::kWord ? 0 : 1);
    }
    lines.push_back(all.substr(at));
    return lines;
}

}  // namespace ventanilla::a11y
