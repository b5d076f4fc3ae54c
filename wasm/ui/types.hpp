#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/a11y/action.hpp"
#include "wasm/a11y/announce.hpp"
#include "wasm/a11y/tree.hpp"
#include "wasm/ui/icons_gen.hpp"

// The words of the user interface layer: what views pass to the verbs of ui.hpp. No colours and no
// pixels here; views say what a thing means and the theme says how that looks.

namespace ventanilla::ui {

using a11y::NodeId;

enum class ThemeName : std::uint8_t { Light, Dark, Contrast };

// What a thing wants to say with its colour. Severities always come with an icon and a word.
enum class Tone : std::uint8_t { Neutral, Accent, Ok, Info, Warning, Critical, Maintenance };

// How a text is set.
enum class Style : std::uint8_t {
    Body,       // 16 px
    Strong,     // 16 px semibold: the title of a row or a tile
    Secondary,  // 14 px, quieter: explanations, dates
    Caption,    // 13 px semibold, quieter: the head of a group
    Lead,       // 18 px: an introduction
    Mono,       // 14 px fixed width: codes, log lines
    Number,     // 28 px bold: a figure
};

enum class Emphasis : std::uint8_t {
    Secondary,  // outlined; the usual one
    Primary,    // filled with the accent: one a screen
    Quiet,      // text only
    Danger,     // outlined in the critical colour: destroys something
};

enum class Gap : std::uint8_t {
    None,
    Tiny,
    Small,
    Medium,
    Large,
    Huge,
    Giant
};  // 0 4 8 12 16 24 32 px

enum class Align : std::uint8_t { Start, Center, End, Stretch };
enum class Justify : std::uint8_t { Start, Center, End, Between };

// One of three page layouts by width, and the kiosk.
enum class Breakpoint : std::uint8_t { Phone, Rail, Desk };

// Settings of the person and the device, pushed by the platform when they change.
struct Prefs {
    bool reduced_motion = false;
    bool coarse_pointer = false;
    float root_font_px = 16;  // the browser's font size setting: everything scales with it
    bool kiosk = false;
    bool unclipped = false;  // print and DOM mode: lists are emitted whole
};

// The few sentences the verbs themselves need, in the person's language (assets/i18n).
struct Words {
    std::string_view skip_to_content = {};  // "Saltar al contenido"
    std::string_view required = {};         // "obligatorio"
    std::string_view optional = {};         // "opcional"
    std::string_view close = {};            // "Cerrar"
    std::string_view choose = {};           // "Elige una opción"
    std::string_view loading = {};          // "Cargando"
    std::string_view main_nav = {};         // "Principal", the name of the navigation landmark
    std::string_view opens_outside = {};    // "se abre en otra pestaña"
};

struct FrameInfo {
    float width = 1280;  // viewport, CSS px
    float height = 800;
    ThemeName theme = ThemeName::Light;
    std::string_view lang = "es";
    Prefs prefs = {};
    Words words = {};
    std::int64_t now_ms = 0;  // any monotonic clock, for what fades or waits
};

struct ScrollOffset {
    NodeId node = a11y::kNoNode;
    float y = 0;
};

// What happened since the last frame, and where pointer and focus are.
struct Input {
    std::vector<a11y::Action> actions = {};
    NodeId hover = a11y::kNoNode;    // innermost node under the pointer; none for touch
    NodeId pressed = a11y::kNoNode;  // node on which the pointer is held down
    NodeId focused = a11y::kNoNode;
    bool focus_visible = false;              // :focus-visible, so that clicks draw no ring
    std::vector<ScrollOffset> scrolls = {};  // of nodes with kScroll, when not 0
};

// A stretch of rich text. Strings are copied when passed to a verb.
struct Span {
    std::string_view text = {};
    std::string_view href = {};  // not empty: an inline link
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool mark = false;  // a search hit: set bold, <mark> for assistive technology
};

inline Span plain(std::string_view text) {
    return {.text = text};
}
inline Span strong(std::string_view text) {
    return {.text = text, .strong = true};
}
inline Span emphasis(std::string_view text) {
    return {.text = text, .emphasis = true};
}
inline Span code(std::string_view text) {
    return {.text = text, .code = true};
}
inline Span mark(std::string_view text) {
    return {.text = text, .mark = true};
}
inline Span linked(std::string_view text, std::string_view href) {
    return {.text = text, .href = href};
}

// Only `text`/label is needed; everything else has its meaning when set.
struct ButtonSpec {
    std::string_view label = {};
    Emphasis emphasis = Emphasis::Secondary;
    Icon icon = Icon::None;
    std::string_view key =
        {};  // when the label changes between frames or repeats within its parent
    std::string_view disabled_reason =
        {};  // not empty: disabled, and this says why (read and shown)
    std::string_view busy_reason =
        {};                  // not empty: working; the reason is read, presses are ignored
    bool submit = false;     // the default button of its form: Enter in a field presses it
    bool icon_only = false;  // the label is only read
    bool wide = false;       // fills its column
    int pressed = -1;        // 0/1: a toggle
    std::string_view description = {};  // more for the listener than the label says
};

struct LinkSpec {
    std::string_view label = {};
    std::string_view href = {};
    Style style = Style::Body;
    Icon icon = Icon::None;
    std::string_view key = {};
    bool quiet = false;  // the colour of secondary text: "← Mis solicitudes"
    bool inked = false;  // the colour of text: titles of rows, where everything is a link
    bool strong = false;
    bool as_button = false;                   // looks like a secondary button
    Emphasis emphasis = Emphasis::Secondary;  // with as_button
    bool external = false;
    bool download = false;
};

struct NavSpec {
    std::string_view label = {};
    std::string_view short_label = {};  // for the bottom bar and the rail; empty: label
    std::string_view href = {};
    Icon icon = Icon::None;
    bool current = false;
    int count = 0;                      // > 0: a badge
    std::string_view count_label = {};  // read instead of the bare number: "3 abiertas"
    bool on_phone = true;               // belongs in the bottom bar (at most five do)
};

struct BadgeSpec {
    std::string_view word = {};
    Tone tone = Tone::Neutral;
    Icon icon = Icon::None;
    bool dot = false;  // a full dot in place of the icon: the connection
};

using a11y::FieldType;
using a11y::InputMode;

// A form field. The label is always visible; there is no placeholder-only field.
struct FieldSpec {
    std::string_view key = {};  // name in the form's schema: DOM name and id
    std::string_view label = {};
    std::string_view help = {};
    std::string_view error = {};  // not empty: invalid
    std::string_view placeholder = {};
    FieldType type = FieldType::Text;
    InputMode mode = InputMode::Default;
    std::string_view autocomplete = {};  // HTML token
    bool required = false;
    bool label_hidden = false;              // the label is only read
    std::string_view disabled_reason = {};  // not empty: disabled, and the reason is shown
    std::string_view min = {}, max = {}, step = {};
    std::uint32_t length_max = 0;  // characters; shows a counter from 80 %
    int rows = 4;                  // long text
    float width_max = 0;           // CSS px; 0: the column
};

struct Choice {
    std::string_view value = {};
    std::string_view label = {};
    std::string_view description = {};
    bool disabled = false;
};

// One line of a search answer list.
struct Suggestion {
    std::string_view key = {};  // stable: an entity's id
    std::span<const Span> title = {};
    std::span<const Span> detail = {};
    std::string_view href = {};
    Icon icon = Icon::None;
    Tone tone = Tone::Neutral;
};

struct SuggestionGroup {
    std::string_view title = {};
    std::span<const Suggestion> items = {};
};

struct SearchSpec {
    std::string_view key = "search";
    std::string_view label = {};  // read; also the landmark's name
    std::string_view placeholder = {};
    std::string_view empty = {};         // shown when there is a query and no answer
    std::string_view results_name = {};  // name of the list: "Respuestas"
    bool big = true;                     // the home field
};

struct SearchEvent {
    bool changed = false;                // the query was edited
    bool submitted = false;              // Enter with no answer chosen: show the results page
    const Suggestion* chosen = nullptr;  // points into the groups passed in
};

struct DialogSpec {
    std::string_view key = {};
    std::string_view title = {};
    bool wide = false;
    std::string_view focus_key =
        {};  // field or button to focus when it opens; empty: the dialog itself
};

struct StepSpec {
    std::string_view name = {};  // read: "Paso 3 de 5: Preparación"
    int done = 0;
    int total = 0;
};

struct TableColumn {
    std::string_view title = {};
    float weight = 1;  // share of the width
    Align align = Align::Start;
    bool hidden_on_phone = false;
};

// A day in the 90-day bars.
enum class DayState : std::uint8_t { NoData, Ok, Degraded, Outage, Maintenance };

}  // namespace ventanilla::ui
