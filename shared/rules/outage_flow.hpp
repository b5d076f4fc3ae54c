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
// .not_restored, .state_for_kind, .service_twice, .impact_missing.

namespace ventanilla::rules {

// States an outage of `kind` can be published in, in the order a form offers them.
std::vector<domain::OutageState> first_states(domain::OutageKind kind);

// States `outage` can have after its next update, its present one first while it is open. Empty
// when it is over: it is final.
std::vector<domain::OutageState> next_states(const domain::Outage& outage);

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

// What still keeps `next` from being the next update of `outage`; a state that cannot follow is not
// among them (next_states says that).
std::vector<OutageProblem> problems_of_update(const domain::OutageUpdate& next);

// Whether `next` says something new: state, impact of a service or workaround changed, the end
// moved by a quarter of an hour or more, or was missed.
bool is_material(const domain::Outage& before,
                 const domain::OutageUpdate& next,
                 const domain::L10n& workaround);

}  // namespace ventanilla::rules
