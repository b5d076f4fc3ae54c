#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/a11y/announce.hpp"
#include "wasm/a11y/tree.hpp"
#include "wasm/ui/measure.hpp"
#include "wasm/ui/types.hpp"

// The verbs with which views describe a screen. Each call adds a box that has both a look and a
// meaning; nothing can be painted that is not in the semantic tree, and no node is without a place.
// Nothing is drawn here: end() lays the boxes out and fills the tree, paint.hpp draws them.
//
// A frame: begin(info, input), the view's calls, end(). A verb that takes part in an interaction
// answers at once whether the person used it since the last frame (`if (ui.button("Enviar")) …`).
// Frames happen only when something changed; scrolling repaints the boxes there are.
//
// Identity: a node keeps its id from frame to frame as long as its scope and its key (or label)
// stay. Rows of lists must have the key of their entity, so that focus survives sorting. A repeated
// explicit key within one scope is counted (keys_repeated), and the view tests assert that there is
// none.
//
// Strings are copied into the frame's arena; nothing passed in needs to outlive the call. One
// thread. No allocation in a steady frame but the arena's own growth.

namespace ventanilla::ui {

class Ui;
struct Scene;  // the boxes of a frame, scene.hpp

// A container is open for as long as its Scope lives.
class [[nodiscard]] Scope {
  public:
    Scope() = default;
    Scope(Scope&& other) noexcept : ui_(other.ui_), id_(other.id_), open_(other.open_) {
        other.ui_ = nullptr;
    }
    Scope& operator=(Scope&&) = delete;
    Scope(const Scope&) = delete;
    ~Scope();

    // For what can be closed: whether the contents are wanted now.
    explicit operator bool() const { return open_; }

    [[nodiscard]] NodeId id() const { return id_; }

  private:
    friend class Ui;
    Scope(Ui* ui, NodeId id, bool open = true) : ui_(ui), id_(id), open_(open) {}
    Ui* ui_ = nullptr;
    NodeId id_ = a11y::kNoNode;
    bool open_ = true;
};

// A scope that a press activates as a whole: a tile, a card. `if (tile.activated()) …`
class [[nodiscard]] ActiveScope {
  public:
    ActiveScope(Scope scope, bool activated) : scope_(std::move(scope)), activated_(activated) {}
    [[nodiscard]] bool activated() const { return activated_; }

  private:
    Scope scope_;
    bool activated_;
};

class [[nodiscard]] DialogScope {
  public:
    DialogScope(Scope scope, bool dismissed) : scope_(std::move(scope)), dismissed_(dismissed) {}
    // Escape, the close button or a press beside it. The view stops showing the dialog.
    [[nodiscard]] bool dismissed() const { return dismissed_; }

  private:
    Scope scope_;
    bool dismissed_;
};

// Rows first..first+count of a virtual list are wanted now.
struct Window {
    int first = 0;
    int count = 0;
};

class Ui {
  public:
    explicit Ui(Measurer& measurer);
    ~Ui();
    Ui(const Ui&) = delete;
    Ui& operator=(const Ui&) = delete;

    // ---- the frame
    // -------------------------------------------------------------------------------------

    void begin(const FrameInfo& info, Input input);
    void end();

    // Results of end(). They stay until the next begin().
    [[nodiscard]] const a11y::Tree& tree() const;
    [[nodiscard]] const Scene& scene() const;

    // Whether something asked to be shown again by then, in ms from FrameInfo::now_ms; -1: no.
    [[nodiscard]] std::int64_t wake_ms() const;

    // The first link that was activated in this frame, whichever verb made it; empty if none. The
    // app navigates there, so views need not handle plain navigation themselves.
    [[nodiscard]] std::string_view navigated() const;

    [[nodiscard]] const FrameInfo& info() const;
    [[nodiscard]] Breakpoint breakpoint() const;
    [[nodiscard]] bool is_phone() const { return breakpoint() == Breakpoint::Phone; }

    // Explicit keys that were used twice in one scope: a bug of a view. The second gets another id,
    // so nothing breaks but the focus; the view tests assert that it is 0.
    [[nodiscard]] int keys_repeated() const;

    // Scroll position of the page, CSS px: only virtual lists ask. May change without a new frame;
    // when needs_rebuild_after_scroll() says so, the frame must be built again.
    void set_scroll(float y);
    [[nodiscard]] bool needs_rebuild_after_scroll() const;

    // ---- the page
    // --------------------------------------------------------------------------------------

    // Everything is inside one shell: skip link, navigation (side bar from 1024 px, rail from 600,
    // bottom bar below, none in the kiosk), header, main. `footer` lines stand at the end of the
    // side bar.
    struct ShellSpec {
        std::string_view product = "Ventanilla";
        std::string_view home_href = "/";
        std::string_view title = {};  // document.title
        std::span<const NavSpec> nav = {};
        BadgeSpec connection = {};                // "En línea"; empty word: not shown
        std::string_view connection_detail = {};  // "Todo enviado · 10:42"
        std::string_view connection_href = {};    // where the status line leads
        std::string_view account_label = {};      // "Lucía Ferrer"; leads to account_href
        std::string_view account_href = {};
        bool bare = false;    // no navigation: sign-in, kiosk
        bool narrow = false;  // content at most 480 px, centred: sign-in
    };
    // The shell's Scope is the <main> landmark; call it once, first.
    Scope shell(const ShellSpec& spec);
    // The mark with the product's name, for pages without navigation.
    void brand(std::string_view product, std::string_view href);

    // ---- containers with meaning
    // -----------------------------------------------------------------------

    // A part of the page with a heading (level 2) that names it.
    Scope section(std::string_view title, Gap gap = Gap::Medium);
    // The same as a card: surface, border, shadow.
    Scope card(std::string_view title = {}, int level = 2);
    // A named landmark without a visible heading.
    Scope region(std::string_view name);
    Scope aside(std::string_view name);
    Scope article(std::string_view lang = {});  // at most 72 characters wide
    Scope form(std::string_view key, std::string_view name);
    Scope group(std::string_view name);

    Scope list(std::string_view name, bool divided = true);
    Scope ordered_list(std::string_view name = {});
    Scope item(std::string_view key);
    // The marker and the indent of lists in articles.
    Scope bullet_item(std::string_view key, std::string_view marker);

    // A list of any length whose rows all have the height of `row_px` (text sizes scale it). Emit
    // exactly the rows of the window, each as item(key) in order.
    Scope virtual_list(std::string_view name, int rows_total, float row_px, Window& window);

    // A whole card or row that is one link or one button.
    ActiveScope card_link(std::string_view href, std::string_view key);
    ActiveScope row_link(std::string_view href, std::string_view key);
    ActiveScope card_button(std::string_view key);

    Scope table(std::string_view name, std::span<const TableColumn> columns);
    Scope table_row(std::string_view key);
    Scope cell();         // in the order of the columns
    Scope header_cell();  // names its row

    // A button with its panel; `open` is kept by the Ui. Contents are emitted only when true.
    Scope disclosure(std::string_view title, std::string_view key, bool open_at_first = false);
    // The same floating over what follows; Escape and a press elsewhere close it.
    Scope popover(const ButtonSpec& button);
    DialogScope dialog(const DialogSpec& spec);
    // Says `reason` to assistive technology and shows grey bars in place of `lines` lines of text.
    void skeleton(std::string_view reason, int lines = 3);
    // At the lower edge, over the page: what just happened. Also announce() it.
    Scope toast(std::string_view key, Tone tone = Tone::Neutral);

    // A tinted box with a border: banners, callouts, error summaries (as_alert).
    struct PanelSpec {
        Tone tone = Tone::Neutral;
        std::string_view name = {};  // makes it a landmark region
        std::string_view key = {};
        bool alert = false;  // role=alert and focusable: the error summary
        bool border = true;
    };
    Scope panel(const PanelSpec& spec);

    // ---- containers without meaning
    // --------------------------------------------------------------------

    Scope column(Gap gap = Gap::Small, Align align = Align::Stretch);
    struct RowSpec {
        Gap gap = Gap::Small;
        Align align = Align::Center;
        Justify justify = Justify::Start;
        bool wrap = false;
        bool tight = false;  // lines of a wrapped row stand close
    };
    Scope row(const RowSpec& spec);
    Scope row(Gap gap = Gap::Small) { return row(RowSpec{.gap = gap}); }
    Scope wrap(Gap gap = Gap::Small) { return row(RowSpec{.gap = gap, .wrap = true}); }
    // As many equal columns as fit with at least `column_px` each, at most `columns_max`.
    Scope grid(float column_px, int columns_max = 4, Gap gap = Gap::Large);
    // Contents beside an aside: `main_px` at most for the first child, the rest for the second; one
    // above the other when the second would get less than `aside_px`.
    Scope split(float main_px, float aside_px, Gap gap = Gap::Giant);
    // Takes all room left in its row.
    Scope fill(Gap gap = Gap::None);
    // Never wider than that; 0: no limit.
    Scope limited(float width_px, Gap gap = Gap::Small);
    // At the left edge, an inset of one list level.
    Scope indented(Gap gap = Gap::Small);
    void spacer();       // pushes what follows to the end of the row
    void gap(Gap size);  // room between two children of a column
    void divider();
    // Everything in the scope is keyed below `key`: for repeated parts without an item.
    Scope keyed(std::string_view key);
    Scope lang(std::string_view lang);  // texts in another language than the page's

    // ---- text
    // ------------------------------------------------------------------------------------------

    // Level 1 once a page: it takes the focus after navigation (focus_heading).
    void heading(int level, std::string_view text);
    // A heading that looks like a text of that style.
    void text_heading(int level, std::string_view text, Style style, Tone tone = Tone::Neutral);
    void text(std::string_view text, Style style = Style::Body, Tone tone = Tone::Neutral);
    void paragraph(std::string_view text, Style style = Style::Body);
    // One flow of differently set stretches. Gives the index of the link that was activated, or -1.
    int rich(std::span<const Span> spans, Style style = Style::Body, Tone tone = Tone::Neutral);
    int rich(std::initializer_list<Span> spans,
             Style style = Style::Body,
             Tone tone = Tone::Neutral) {
        return rich(std::span(spans.begin(), spans.size()), style, tone);
    }
    int rich_heading(int level, std::span<const Span> spans);
    // Preformatted: spaces and line feeds as they are, too long lines are broken anywhere.
    void code_block(std::string_view text);
    void badge(const BadgeSpec& spec);
    void tile_title(std::string_view text);  // strong; larger in the kiosk
    Scope banner_icon();                     // holds the icon at the left of a banner
    // Decorative without a name.
    void icon(Icon icon, Tone tone = Tone::Neutral, std::string_view name = {});
    void icon_tile(Icon icon, Tone tone = Tone::Accent);  // the tinted square of a tile; decorative
    void dot(Tone tone);                                  // decorative

    // ---- things to press
    // -------------------------------------------------------------------------------

    bool button(const ButtonSpec& spec);
    bool button(std::string_view label, Emphasis emphasis = Emphasis::Secondary) {
        return button(ButtonSpec{.label = label, .emphasis = emphasis});
    }
    // True on plain activation; modified and middle clicks are the browser's own business.
    bool link(const LinkSpec& spec);
    bool link(std::string_view label, std::string_view href) {
        return link(LinkSpec{.label = label, .href = href});
    }

    // Leads to the field of that key in this page; the caller answers with focus_field(key).
    bool field_link(std::string_view label, std::string_view key);

    // ---- fields: true when the person changed `value` since the last frame
    // ------------------------------

    bool text_field(const FieldSpec& spec, std::string& value);  // by spec.type, also LongText
    bool select(const FieldSpec& spec, std::span<const Choice> choices, std::string& value);
    bool choice(const FieldSpec& spec, std::span<const Choice> choices, std::string& value);
    bool multi_choice(const FieldSpec& spec,
                      std::span<const Choice> choices,
                      std::vector<std::string>& values);
    bool checkbox(const FieldSpec& spec, bool& value);
    void file_field(const FieldSpec& spec);  // disabled placeholder; the reason is in the spec
    SearchEvent search_box(const SearchSpec& spec,
                           std::string& query,
                           std::span<const SuggestionGroup> groups);

    // ---- pictures with a meaning
    // -----------------------------------------------------------------------

    void steps(const StepSpec& spec);
    // One bar a day, oldest first; `name` says it in words.
    void day_bars(std::string_view name, std::span<const DayState> days);
    // The dot and the line at the left of a timeline entry.
    Scope timeline(std::string_view name);
    Scope timeline_entry(std::string_view key, bool mine, Tone tone = Tone::Neutral);
    void meter(std::string_view name, float share, Tone tone);

    // ---- focus and speech
    // ------------------------------------------------------------------------------

    void focus_heading();                    // after navigation
    void focus_field(std::string_view key);  // in the innermost or last form of this frame
    void focus(NodeId id);
    void announce(std::string_view text, a11y::Urgency urgency = a11y::Urgency::Polite);
    // What announce() collected in this frame; the app hands it to its Announcer.
    [[nodiscard]] std::vector<a11y::Announcement> take_announcements();

    // The id a field of that key has (in the form that is open, or was last): for links of the
    // error summary ("#n1a2b").
    [[nodiscard]] NodeId field_id(std::string_view key) const;

  private:
    friend class Scope;
    friend struct UiParts;
    void close();
    Scope opened(bool open = true);  // a Scope for the container that was opened last
    void account_footer();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace ventanilla::ui
