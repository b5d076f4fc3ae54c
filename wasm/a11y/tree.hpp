#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What a frame means: a flat tree of nodes with roles, names, states and places. It is the only
// thing the browser gets to hear of a frame (wasm/platform makes real elements of it), the only
// thing the view tests read, and the list of everything a person can act on. It knows no pixels but
// rectangles, no ImGui and no browser. How each role becomes an element is written beside the role.
//
// Geometry: CSS pixels. A node's `rect` is in the coordinates of its *plane*: the document (scrolls
// with the page) or, for a node that is or lies under one with kFixed, the viewport; inside a node
// with kScroll the content's own coordinates (its children are placed as if it were scrolled to the
// top). Order: nodes are stored in pre-order, so a parent always comes before its children, and
// reading order, Tab order and DOM order are all the order of the vector.

namespace ventanilla::a11y {

using NodeId = std::uint32_t;  // stable from frame to frame; 0 is "none", kRootId the page
inline constexpr NodeId kNoNode = 0;
inline constexpr NodeId kRootId = 1;
// Below 2^31, because WebAssembly hands integers to JavaScript as signed ones.
inline constexpr NodeId kNodeIdMax = 0x7FFFFFFF;

enum class Role : std::uint8_t {
    // Containers. Children are elements inside the element.
    Root,        // the mirror's own root element; exists already
    Header,      // <header>
    Navigation,  // <nav aria-label=name>
    Main,        // <main id=n.. tabindex=-1>
    Footer,      // <footer>
    Aside,       // <aside aria-label=name>
    Search,      // <div role=search>
    Region,      // <section aria-label=name> or aria-labelledby
    Article,     // <article>
    Form,   // <form novalidate>; the platform prevents its `submit` event, buttons report the click
    Group,  // <div role=group aria-label=name>, or fieldset-like when labelled_by is set
    RadioGroup,    // <div role=radiogroup>
    List,          // <ul role=list>, <ol role=list> with kOrdered
    ListItem,      // <li>; aria-posinset / aria-setsize when set_size > 0
    Table,         // <table role=table>
    TableRow,      // <tr role=row>
    ColumnHeader,  // <th scope=col role=columnheader>
    RowHeader,     // <th scope=row role=rowheader>
    Cell,          // <td role=cell>
    Dialog,        // <div role=dialog aria-modal=true tabindex=-1>; everything outside gets `inert`
    Alert,         // <div role=alert>: the error summary
    Status,        // <div role=status>
    ListBox,       // <div role=listbox>, below a ComboBox
    OptionGroup,   // <div role=group aria-labelledby> inside a ListBox
    ListOption,    // <div role=option aria-selected>; click reports Click, never focusable; its
                   // pointerdown
                   //  is prevented, so that the ComboBox keeps the focus
    Blockquote,    // <blockquote>
    Code,          // <pre>
    // Things to act on. They may have Text and Image children, from which their name comes.
    Link,    // <a href>; plain left click is prevented and reported, all others are the browser's
    Button,  // <button type=button>, type=submit with kSubmit
    // Fields. `field` holds the rest; the accessible name is `labelled_by` or `name`.
    TextField,     // <input type=…> or <textarea> for FieldType::LongText
    ComboBox,      // <input type=search role=combobox aria-autocomplete=list aria-controls
                   // aria-expanded
                   //  aria-activedescendant>
    Select,        // <select>; its SelectOption children are <option>
    SelectOption,  // <option value=value>text</option>; rect is empty
    CheckBox,      // <input type=checkbox>
    Radio,         // <input type=radio name=field.name>
    FileField,     // <input type=file>
    // Leaves.
    Heading,    // <h1>..<h6>; tabindex=-1 for level 1
    Paragraph,  // <p>
    Text,       // <span>; a piece of text inside something else
    Label,      // <label for=labels>; <span> when `labels` is a group
    Image,      // <span role=img aria-label=name>
    Progress,   // <div role=progressbar aria-valuenow/min/max aria-valuetext=value>; busy skeletons
                // have
                //  kBusy and only aria-label
    Separator,  // <hr role=separator> or nothing
};

// States and hints for the element.
enum Flag : std::uint32_t {
    kDisabled = 1U << 0,  // aria-disabled=true for buttons (still focusable, so that its reason can
                          // be read), `disabled` for fields
    kChecked = 1U << 1,  // checkbox, radio
    kMixed = 1U << 2,
    kExpandable = 1U << 3,  // aria-expanded is present …
    kExpanded = 1U << 4,    // … and true
    kSelected = 1U << 5,    // option
    kRequired = 1U << 6,
    kInvalid = 1U << 7,     // aria-invalid
    kBusy = 1U << 8,        // aria-busy
    kCurrent = 1U << 9,     // aria-current=page
    kPressable = 1U << 10,  // aria-pressed is present …
    kPressed = 1U << 11,    // … and true
    kSubmit = 1U << 12,     // the default button of its form
    kOrdered = 1U << 13,
    kFixed = 1U << 14,      // position:fixed, rect in viewport coordinates (with its whole subtree)
    kScroll = 1U << 15,     // own scroller (overflow-y:auto), content height in `content_height`
    kFocusable = 1U << 16,  // can hold the focus (tabindex=-1 when not natively focusable)
    kInline = 1U << 17,  // a link inside the runs of its parent text; makes no element of its own
    kVisuallyHidden = 1U << 18,  // read out but nowhere painted (skip link until focused, captions)
    kExternal = 1U << 19,        // link that leaves the portal: target=_blank rel=noopener
    kDownload = 1U << 20,        // link with `download`
    kLive = 1U << 21,            // polite live text inside the page (character counters)
    kModal = 1U << 22,           // dialog that makes the rest inert
    kAbovePage = 1U << 23,  // painted above its later siblings (floating panels): higher z-index
    kClipped = 1U << 24,    // children outside the rect are not visible (overflow:hidden)
};

// Keys that a node wants to hear of while the focus is on it or inside it: the innermost node on
// the way up that asks gets the KeyPress. The platform prevents the default of those, only when no
// modifier is held and no composition is going on. All other keys stay the browser's.
enum Key : std::uint8_t {
    kKeyUp = 1U << 0,
    kKeyDown = 1U << 1,
    kKeyEnter = 1U << 2,
    kKeyEscape = 1U << 3,
    kKeyHome = 1U << 4,
    kKeyEnd = 1U << 5,
    kKeyLeft = 1U << 6,
    kKeyRight = 1U << 7,
};

enum class FieldType : std::uint8_t {
    Text,
    LongText,
    Search,
    Number,
    Email,
    Phone,
    Url,
    Date,
    Time,
    DateTime,
    Password,
    Code,
};

enum class InputMode : std::uint8_t {
    Default,
    None,
    Text,
    Decimal,
    Numeric,
    Tel,
    Search,
    Email,
    Url
};

struct Rect {
    float x = 0, y = 0, w = 0, h = 0;
    friend bool operator==(const Rect&, const Rect&) = default;
};

// A piece of Tree::arena.
struct StrRef {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
    [[nodiscard]] bool empty() const { return size == 0; }
};

// A slice of one of the Tree's vectors.
struct Slice {
    std::uint32_t at = 0;
    std::uint32_t count = 0;
};

enum class Weight : std::uint8_t { Regular, Semibold, Bold };

enum class Align : std::uint8_t { Start, Center, End };

// How the text of a node is set. The mirror sets the same, transparent, so that selection, find and
// the caret lie exactly on the painted glyphs.
struct TextStyle {
    float size_px = 0;  // 0: the node has no text
    float line_px = 0;
    Weight weight = Weight::Regular;
    bool mono = false;
    Align align = Align::Start;
    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

// A stretch of a node's text that differs from its style. Runs are in order, do not overlap and
// need not cover the text. Bytes of UTF-8, relative to the start of the node's text.
struct Run {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    NodeId link =
        kNoNode;  // this stretch is the inline link of that id (its node has the href and kInline)
    Weight weight = Weight::Regular;
    bool mono = false;
    bool emphasis = false;
    bool mark = false;  // <mark>: a search hit
    friend bool operator==(const Run&, const Run&) = default;
};

// Where a line of a node's text ends because we broke it there. The text itself holds no break: at
// `at` stands the space at which the line was broken, or nothing (kWord), or a line feed of the
// author (kHard). Mirror: `white-space:nowrap` on the element; a soft break is the space inside an
// element with `white-space:normal`, kWord is a <wbr>, kHard is a <br>. Because every following
// line is wider than the room left, the browser then breaks exactly where we did, and copied text
// has no false line feeds.
struct Break {
    enum Kind : std::uint8_t { kSoft, kWord, kHard };
    std::uint32_t at = 0;
    Kind kind = kSoft;
    friend bool operator==(const Break&, const Break&) = default;
};

// What a field has beyond a node.
struct Field {
    FieldType type = FieldType::Text;
    InputMode mode = InputMode::Default;
    StrRef name;          // DOM name; stable, from the form's schema
    StrRef autocomplete;  // HTML token, empty: off
    StrRef placeholder;   // painted by the canvas; also set on the element (transparent)
    StrRef min, max;      // numbers and dates, ISO
    StrRef step;
    StrRef list;                   // unused so far
    std::uint32_t length_max = 0;  // UTF-16 units; 0: none
    std::uint16_t rows = 0;        // long text
    float pad_left = 0, pad_right = 0, pad_top = 0,
          pad_bottom = 0;  // from the rect to the text, CSS px
    bool spellcheck = false;
    bool once = false;  // one-time code or password: never stored in history state
};

struct Node {
    NodeId id = kNoNode;
    NodeId parent = kNoNode;
    Role role = Role::Text;
    std::uint8_t keys = 0;    // Key bits
    std::uint8_t level = 0;   // headings 1..6
    std::uint32_t flags = 0;  // Flag bits
    Rect rect;
    StrRef name;         // aria-label; empty: the name comes from the content or from labelled_by
    StrRef text;         // Heading, Paragraph, Text, Label, Code, SelectOption
    StrRef description;  // aria-description; why a button is disabled
    StrRef
        value;    // fields: what is in it; Progress: aria-valuetext; SelectOption, Radio: its value
    StrRef href;  // links
    StrRef lang;  // when it differs from the page's
    NodeId labelled_by = kNoNode;
    NodeId described_by = kNoNode;    // help text
    NodeId described_also = kNoNode;  // counter
    NodeId error_by = kNoNode;        // aria-errormessage
    NodeId controls = kNoNode;        // aria-controls
    NodeId active = kNoNode;          // aria-activedescendant
    NodeId labels = kNoNode;          // Label: the field it labels
    std::int32_t pos_in_set = 0;      // 1-based; 0: not told
    std::int32_t set_size = 0;
    std::int32_t now = 0, min = 0, max = 0;  // Progress
    float content_height = 0;                // kScroll
    float scroll_to = -1;                    // kScroll: wanted offset, -1: leave
    std::int32_t field = -1;                 // index in Tree::fields
    TextStyle style;
    Slice runs;
    Slice breaks;

    [[nodiscard]] bool is(Flag flag) const { return (flags & flag) != 0; }
};

// A frame's meaning. Cheap to clear and fill again: everything lies in five vectors and one arena.
struct Tree {
    std::vector<Node> nodes;  // [0] is the root
    std::vector<Field> fields;
    std::vector<Run> runs;
    std::vector<Break> breaks;
    std::string arena;

    float width = 0;         // of the document, CSS px: never wider than the viewport
    float height = 0;        // of the document: the platform makes the page scroll over it
    NodeId modal = kNoNode;  // the open dialog, if any: everything else is inert
    NodeId focus = kNoNode;  // move the focus there after the patch, once; kNoNode: leave it
    std::string title;       // document.title; empty: leave it
    std::string lang;        // document language

    void clear();
    [[nodiscard]] StrRef keep(std::string_view text);
    [[nodiscard]] std::string_view text(StrRef ref) const {
        return std::string_view(arena).substr(ref.at, ref.size);
    }
    [[nodiscard]] std::span<const Run> runs_of(const Node& node) const {
        return std::span(runs).subspan(node.runs.at, node.runs.count);
    }
    [[nodiscard]] std::span<const Break> breaks_of(const Node& node) const {
        return std::span(breaks).subspan(node.breaks.at, node.breaks.count);
    }

    // The node of that id, or nullptr. Linear; for tests and rare questions.
    [[nodiscard]] const Node* find(NodeId id) const;
};

// Whether two trees say the same: every field of every node, texts compared by content.
bool same(const Tree& a, const Tree& b);
bool same_node(const Tree& a, const Node& x, const Tree& b, const Node& y);

// The accessible name as a browser computes it: aria-label, else the text of labelled_by, else the
// text of the subtree joined with spaces. Empty for nodes that take no name.
std::string name_of(const Tree& tree, const Node& node);

// The lines of a text node as painted.
std::vector<std::string_view> lines_of(const Tree& tree, const Node& node);

// The whole tree as a person hears it, for golden tests: one node a line, two spaces a level,
// "role name", then what matters: (level) for headings, states, value, error.
//   main Mis solicitudes
//     heading 1 Mis solicitudes
//     list Abiertas
//       item 1 of 2
//         link Notebook nueva para Inés -> /requests/7
// Containers that carry no meaning do not appear, and neither does the text inside a node that is
// named by it.
std::string spoken(const Tree& tree);

const char* role_name(Role role);

}  // namespace ventanilla::a11y
