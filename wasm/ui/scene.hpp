#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "wasm/a11y/tree.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/types.hpp"

// The boxes of one frame: what verbs build, layout places and paint draws. Internal to wasm/ui;
// views never see it. Texts lie in the arena of the frame's semantic tree, so each exists once.

namespace ventanilla::ui {

using BoxId = std::uint32_t;  // index in Scene::boxes; 0 is the page, and "none" for links
inline constexpr float kAny = std::numeric_limits<float>::infinity();

enum class Flow : std::uint8_t {
    Column,
    Row,
    Wrap,   // a row that goes on in the next line
    Grid,   // equal columns of at least `column_min`
    Split,  // first child up to `column_min`, the second gets the rest or stands below
    Cells,  // a table row: columns of the table above
    Text,
    Leaf,  // `width` x `height`, nothing inside
};

// Where a box lives and when it is painted. All but Page are out of the flow of their parent.
enum class Plane : std::uint8_t {
    Page,      // in the flow, scrolls
    Floating,  // hangs below `anchor`, scrolls, above the page
    Fixed,     // in the viewport: navigation
    Modal,     // in the viewport, centred, above everything, scrim below
    Toast,     // in the viewport, lower edge
};

// What is painted inside a box beside fill, border, icon and text.
enum class Deco : std::uint8_t {
    None,
    Radio,
    RadioOn,
    Check,
    CheckOn,
    Steps,
    Days,
    Timeline,
    TimelineMine,
    Dot,
    Bar,
    Brand,
    Meter,
    Scrim,
    CheckMark,
};

struct Edges {
    float left = 0, top = 0, right = 0, bottom = 0;
    [[nodiscard]] float x() const { return left + right; }
    [[nodiscard]] float y() const { return top + bottom; }
};

struct Box {
    BoxId parent = 0, first = 0, last = 0, next = 0;
    Flow flow = Flow::Column;
    Plane plane = Plane::Page;
    Align align = Align::Stretch;      // of the children, across
    Justify justify = Justify::Start;  // of the children, along
    bool own_align = false;            // `self` counts instead of the parent's align
    Align self = Align::Stretch;
    Edges pad;
    float gap = 0;                  // along
    float cross_gap = 0;            // between lines of Wrap, Grid, Split
    float width = -1, height = -1;  // fixed when >= 0
    float min_width = 0, min_height = 0, max_width = kAny;
    float grow = 0;
    float column_min = 0, aside_min = 0;
    int columns_max = 1;
    BoxId anchor = 0;
    Align edge = Align::Start;  // Fixed: Start = top, End = bottom, Stretch = whole height
    float left = 0,
          right = 0;  // Fixed: distance to the viewport's sides; right < 0: as wide as needed
    float top = 0;

    Colour fill = 0, fill_hover = 0, fill_press = 0;
    Colour line = 0, line_hover = 0;
    float line_px = 0;
    float radius = 0;
    bool shadow = false;
    bool rule_above = false;  // a divider at its upper edge
    bool rule_right = false;
    bool rule_top_bar = false;
    bool only_focused = false;  // painted only while its node has the focus
    bool clips = false;
    bool gone = false;         // neither laid out nor painted nor told
    bool field_text = false;   // the DOM shows the text while `press` has the focus
    bool field_frame = false;  // focus shows as an accent border with a soft outline
    bool underline = false;    // text link: underline on hover
    bool fills = false;               // in a column: takes the width there is
    bool is_gap = false;       // in a column: the distance between its neighbours is `height`
    bool rigid = false;        // in a row, shrinks only when nothing else can
    bool ring_inside = false;  // focus ring drawn inside the box
    Deco deco = Deco::None;
    Icon icon = Icon::None;
    float icon_px = 0;
    Colour ink = 0, ink_2 = 0;
    std::int32_t a = 0, b = 0;     // of the deco
    std::int32_t text = -1;        // index in Scene::texts
    std::int32_t node = -1;        // index in the tree
    NodeId press = a11y::kNoNode;  // hover and pressed shades follow this node
    NodeId ring = a11y::kNoNode;   // focus ring of this node around the box

    // Results of the layout, CSS px. x and y: first relative to the parent, finally absolute in
    // their plane.
    float x = 0, y = 0, w = 0, h = 0;
    float content_h = 0;           // of a scrolling box
    float stretched = 0;           // room already handed to growing children
    float narrow = -1, wide = -1;  // min and max content width, -1: not asked yet
};

struct InkRun {
    std::uint32_t begin = 0, end = 0;  // bytes of the text
    a11y::Weight weight = a11y::Weight::Regular;
    bool mono = false;
    bool emphasis = false;
    bool mark = false;
    bool code = false;
    NodeId link = a11y::kNoNode;
    Colour ink = 0;
};

struct Line {
    std::uint32_t begin = 0, end = 0;  // bytes; `end` before the space at which it was broken
    float width = 0;
    a11y::Break::Kind kind = a11y::Break::kSoft;  // how it ended
};

struct TextBlock {
    a11y::StrRef text;
    a11y::TextStyle style;
    Colour ink = 0;
    a11y::Slice runs;
    a11y::Slice lines;
    float laid_out_for = -1;
    float width = 0;           // of the widest line
    bool keep_spaces = false;  // code: only hard breaks and too long words
    std::uint32_t lines_max = 0;
};

struct Scene {
    a11y::Tree tree;
    std::vector<Box> boxes;
    std::vector<TextBlock> texts;
    std::vector<InkRun> runs;
    std::vector<Line> lines;
    std::vector<DayState> days;
    std::vector<float> columns;  // widths of the table being laid out: weights, see a/b of Cells
    std::vector<BoxId> layers;   // boxes out of the flow, in the order in which they were made
    Look look;
    FrameInfo info;

    void clear();
    [[nodiscard]] std::string_view text_of(const TextBlock& block) const {
        return tree.text(block.text);
    }
};

}  // namespace ventanilla::ui
