#pragma once

#include "wasm/views/outage_words.hpp"

// The outage console: what a spokesperson fills in, in the order people read it, with the banner as
// it will look, who will see it, and what a good editor would say. One form for a new outage and
// for everything that can be done to one there is.

namespace ventanilla::views {

// What can be done to an outage, by the value of the field "act".
inline constexpr std::string_view kActUpdate = "update";
inline constexpr std::string_view kActEnd = "end";
inline constexpr std::string_view kActMove = "move";
inline constexpr std::string_view kActConvert = "convert";
inline constexpr std::string_view kActCancel = "cancelled";
inline constexpr std::string_view kActFalseAlarm = "false_alarm";
inline constexpr std::string_view kActMerge = "merge";
inline constexpr std::string_view kActReopen = "reopen";

using Pairs = std::vector<std::pair<std::string, std::string>>;  // value and label

// What is published, by the value of the field "kind"; empty: an incident.
inline constexpr std::string_view kIncident = "incident";
inline constexpr std::string_view kMaintenance = "maintenance";
inline constexpr std::string_view kBackfill = "backfill";

// How often a maintenance comes, by the value of the field "rrule"; empty: once.
inline constexpr std::string_view kWeekly = "FREQ=WEEKLY";
inline constexpr std::string_view kFortnightly = "FREQ=WEEKLY;INTERVAL=2";
inline constexpr std::string_view kMonthly = "FREQ=MONTHLY";

// What can be done to `outage` now, in the order the console offers it; empty: nothing. And what is
// chosen, the first unless somebody chose.
std::vector<std::string_view> acts_for(const domain::Outage& outage, Instant now);
std::string act_of(const OutageForm& form, const domain::Outage& before, Instant now);

// The outage as it would be read; `before` is null for a new one.
domain::Outage drafted_outage(const AppState& state, Instant now);
std::vector<domain::ServiceImpact> snapshot_of(const OutageForm& form,
                                               const domain::Outage* before);

// The further times of a maintenance that comes again, by the wall of whoever writes, for ninety
// days; and what a change of clocks does to them, in sentences.
struct Occurrences {
    std::vector<std::pair<Instant, Instant>> later = {};  // from, until
    std::vector<std::string> notes = {};
};
Occurrences occurrences_of(const Say& say, const OutageForm& form);

// The form of the route, empty when nothing was written yet; and the outage it is about, null for a
// new one.
const OutageForm& outage_form(const AppState& state);
const domain::Outage* outage_of_route(const AppState& state);

// What is still missing, in the order of the page; empty: it can be published.
std::vector<FieldProblem> outage_problems(const AppState& state, Instant now);

// The same for what was refused: `field` is an argument of the command.
FieldProblem problem_of_argument(const Say& say, std::string_view field, std::string_view message);

// The command that publishes what is written.
struct OutageCommand {
    std::string type;
    Json args;
};
OutageCommand outage_command(const AppState& state, Instant now);

// The form that writes `args` again: of a command that was not accepted.
void read_outage_args(const Say& say, const OutageCommand& command, OutageForm& form);

// Writes the texts of the template that is chosen, with what is known of services and places;
// never over what somebody typed.
Pairs template_names(const Say& say, const OutageForm& form, const domain::Outage* outage);
void fill_template(const AppState& state, OutageForm& form, const domain::Outage* outage);

struct Advice {
    std::string field = {};
    std::string text = {};
};

struct ToldUpdate {
    std::string key = {};
    std::string who = {};
    std::string when = {};
    std::string text = {};
};

struct OutageModel {
    Say say = {};
    bool is_allowed = true;
    bool is_update = false;
    bool focus_summary = false;
    bool is_missing = false;
    bool is_maintenance = false;
    std::string title = {};  // of one there is
    std::string act = {};    // of one there is
    std::string kind = {};
    OutageForm form = {};
    Pairs acts = {};
    Pairs services = {};
    Pairs chosen = {};  // the services that are named, each with how much it is affected
    Pairs sites = {};
    Pairs articles = {};
    Pairs states = {};
    Pairs targets = {};  // what it can be merged into
    Pairs templates = {};
    std::string starts = {};  // "2026-11-28T22:00", by the person's wall
    std::string ends = {};
    bool may_move_start = true;
    BannerModel preview = {};
    std::string audience = {};  // "Lo verán 37 personas: Madrid"
    std::string standing = {};  // where it stands, and who said that it happens to them
    std::string reminder = {};
    std::vector<std::string> repeats = {};  // how often it comes again, and what clocks do to it
    std::string moved_on = {};              // what somebody else said while this was written
    std::string saved = {};
    bool has_draft = false;
    std::string left_over = {};  // what was written about one that is over
    std::vector<Advice> advice = {};
    std::vector<ToldUpdate> told = {};  // newest first
};

OutageModel outage_model(const AppState& state, Instant now);
void outage_view(ui::Ui& ui, const OutageModel& model, Intents& intents);

// What a spokesperson has promised and must not forget.
struct Reminder {
    Id outage = {};
    bool is_late = false;
    std::string text = {};
};
std::vector<Reminder> reminders(const AppState& state, Instant now);

}  // namespace ventanilla::views
