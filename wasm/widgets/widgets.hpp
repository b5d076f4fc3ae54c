#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/ui/ui.hpp"

// The parts that several screens share, composed of the verbs of ui.hpp. Each is a function that
// answers whether it was used. Texts come from the caller: a widget knows no sentence.

namespace ventanilla::widgets {

using ui::BadgeSpec;
using ui::Choice;
using ui::FieldSpec;
using ui::Icon;
using ui::NodeId;
using ui::Span;
using ui::Style;
using ui::Tone;
using ui::Ui;

// "← Mis solicitudes"
bool back_link(Ui& ui, std::string_view label, std::string_view href);

// The h1 with what stands under it.
void page_title(Ui& ui, std::string_view title, std::string_view detail = {});

// A tile of a catalogue: icon, title, one line. A link as a whole.
struct TileSpec {
    std::string_view key = {};
    std::string_view href = {};
    Icon icon = Icon::None;
    std::string_view title = {};
    std::string_view detail = {};
};
bool tile(Ui& ui, const TileSpec& spec);

// A row of a list, inside ui.list(): title (a link when href is set) and badge above, detail and
// note below.
struct RecordSpec {
    std::string_view key = {};
    std::string_view title = {};
    std::string_view href = {};
    bool plain_title = false;  // regular weight: rows of services
    BadgeSpec badge = {};      // empty word: none
    std::string_view detail = {};
    std::string_view note = {};
    std::string_view lang = {};
};
bool record_row(Ui& ui, const RecordSpec& spec);

// A banner of an outage, a maintenance or an information. `facts` are the small lines below the
// text, each may hold links.
struct BannerSpec {
    std::string_view key = {};
    Tone tone = Tone::Info;
    Icon icon = Icon::Info;
    std::string_view title =
        {};  // "Interrupción · La VPN no conecta en Madrid": kind in words, then the title
    std::string_view text = {};
    std::span<const std::vector<Span>> facts = {};
    std::string_view action = {};  // a primary button: "A mí también me pasa"
    std::string_view action_busy = {};
    std::string_view action_done = {};    // not empty: shown as a badge in place of the button
    std::string_view second_action = {};  // a quiet button
};
struct BannerEvent {
    bool action = false;
    bool second_action = false;
};
BannerEvent banner(Ui& ui, const BannerSpec& spec);

// Nothing here, offline, no permission, failed: what it is and what to do next.
struct EmptySpec {
    Icon icon = Icon::Info;
    Tone tone = Tone::Neutral;
    std::string_view title = {};
    std::string_view text = {};
    std::string_view action = {};  // a link when action_href is set, else a button
    std::string_view action_href = {};
};
bool empty_state(Ui& ui, const EmptySpec& spec);

// What is missing in a form, each a link to its field. Call at the top of the form; focus it with
// ui.focus(id) after a failed submit.
struct Problem {
    std::string field = {};  // key of the field
    std::string text = {};
};
NodeId error_summary(Ui& ui, std::string_view title, std::span<const Problem> problems);

// One entry of a request's history, inside ui.timeline().
struct EntrySpec {
    std::string_view key = {};
    std::string_view who = {};
    std::string_view when = {};  // also what is said beside the name
    std::string_view text = {};
    bool mine = false;
    BadgeSpec badge = {};  // "Sin enviar"
};
void timeline_entry(Ui& ui, const EntrySpec& spec);

// A service with its badge, its 90 days and its figure.
struct UptimeSpec {
    std::string_view key = {};
    std::string_view name = {};
    BadgeSpec badge = {};
    std::string_view bars_name = {};  // read in place of the bars
    std::span<const ui::DayState> days = {};
    std::string_view first_day = {}, share = {},
                     last_day = {};  // "hace 90 días", "99,412 % disponible", "hoy"
};
void uptime_row(Ui& ui, const UptimeSpec& spec);

// A definition list of details: label left, value right (below on phones).
struct Fact {
    std::string_view label = {};
    std::string_view value = {};
    std::string_view href = {};
};
void facts(Ui& ui, std::string_view name, std::span<const Fact> facts);

// One line that tells where things stand: icon, text, maybe a badge. "Sin conexión · se envía al
// volver".
void status_line(Ui& ui, Icon icon, Tone tone, std::string_view text);

}  // namespace ventanilla::widgets
