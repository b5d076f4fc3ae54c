#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/outage.hpp"

// The life of an outage, what each step must bring with it, and which updates are material: worth
// speaking, showing again and notifying. Source: outage.md 2.1 to 2.3.
//
// Messages (keys of assets/i18n): form.error.title_missing, .services_missing, .contact_missing,
// .audience_missing, .next_update_missing, .body_missing, .schedule_missing, .schedule_backwards,
// .not_restored, .state_for_kind, .service_twice, .impact_missing, .eta_backwards;
// reject.outage_over, .outage_not_begun, .outage_begun, .outage_was_real, .reopen_late,
// .stale_transition.

namespace ventanilla::rules {

// States an outage of `kind` can be published in, in the order a form offers them.
std::vector<domain::OutageState> first_states(domain::OutageKind kind);

// What can be done to an outage; each a command of its own (shared/commands/outage_commands.cpp).
enum class OutageStep : std::uint8_t { Update, Reopen, Move, Convert, Merge };

// States `outage` can have after `step`; of an update its present one first while it is open. Empty
// when the step is not open from there. What was resolved may be reopened for a day; every other
// end is final.
std::vector<domain::OutageState> next_states(const domain::Outage& outage,
                                             OutageStep step,
                                             Instant now);
bool is_reopenable(const domain::Outage& outage, Instant now);

// Since when it is said to work again: the first of the updates, up to the newest, that say so.
// Nothing while it does not, for a maintenance, and for what was written down afterwards.
std::optional<Instant> restored_at(const domain::Outage& outage);

// Why `outage` cannot become `to` now: a key of assets/i18n that says what to do instead.
std::string refusal_of(const domain::Outage& outage, domain::OutageState to, Instant now);

// The state that ends it: Resolved for an incident, Completed for a maintenance; nothing when it
// has not begun (a scheduled maintenance is cancelled instead) or is over already.
std::optional<domain::OutageState> ending_of(const domain::Outage& outage);

struct OutageProblem {
    std::string field;    // argument at fault: "title", "services", "contact", …
    std::string message;  // key of assets/i18n
};

// What still keeps `outage` from being published as it stands, in the order of the form; empty:
// nothing.
std::vector<OutageProblem> problems_of_publishing(const domain::Outage& outage);

// Those of `outages` that are announced and of whose series an earlier one is announced too: they
// wait for their turn, and lists for everybody show the next one alone.
bool is_later_occurrence(const domain::Outage& outage, const std::vector<domain::Outage>& outages);

// What still keeps `next` from being the next update of `outage`; a state that cannot follow is not
// among them (next_states says that).
std::vector<OutageProblem> problems_of_update(const domain::OutageUpdate& next);

// Whether `other`, the later one, tells people the same within a minute: it was published twice.
bool is_same_news(const domain::OutageUpdate& one, const domain::OutageUpdate& other);

// Whether `next` says something new: state, impact of a service or workaround changed, the end
// moved by a quarter of an hour or more, or was missed.
bool is_material(const domain::Outage& before,
                 const domain::OutageUpdate& next,
                 const domain::L10n& workaround);

}  // namespace ventanilla::rules
