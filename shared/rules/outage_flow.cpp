#include "shared/rules/outage_flow.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;
using domain::ServiceImpact;

struct OutageStep {
    OutageState from;
    OutageState to;
};

// A relapse leads back from monitoring: the same outage, not a second one. An incident may be
// resolved from any of its open states, since a short one is over before anybody wrote an update in
// between.
constexpr auto kFlow = [] {
    using S = OutageState;
    return std::to_array<OutageStep>({
        {S::Investigating, S::Identified},
        {S::Investigating, S::Monitoring},
        {S::Investigating, S::Resolved},
        {S::Investigating, S::FalseAlarm},
        {S::Identified, S::Investigating},
        {S::Identified, S::Monitoring},
        {S::Identified, S::Resolved},
        {S::Identified, S::FalseAlarm},
        {S::Monitoring, S::Investigating},
        {S::Monitoring, S::Identified},
        {S::Monitoring, S::Resolved},
        {S::Scheduled, S::InProgress},
        {S::Scheduled, S::Cancelled},
        {S::InProgress, S::Verifying},
        {S::InProgress, S::Completed},
        {S::Verifying, S::InProgress},
        {S::Verifying, S::Completed},
    });
}();

constexpr Millis kEtaMoved = std::chrono::minutes(15);

bool is_blank(const domain::L10n& text) {
    return trimmed(text.es).empty() && trimmed(text.en).empty();
}

bool is_same_impact(std::vector<ServiceImpact> a, std::vector<ServiceImpact> b) {
    // What works does not matter: naming a service as operational says the same as not naming it.
    const auto strip = [](std::vector<ServiceImpact>& list) {
        std::erase_if(
            list, [](const ServiceImpact& entry) { return entry.impact == Impact::Operational; });
        std::sort(list.begin(), list.end(), [](const auto& x, const auto& y) {
            return x.service < y.service;
        });
    };
    strip(a);
    strip(b);
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.service == y.service && x.impact == y.impact;
    });
}

bool did_eta_move(const std::optional<Instant>& before, const std::optional<Instant>& after) {
    if (before.has_value() != after.has_value()) return true;
    return before && (*after - *before >= kEtaMoved || *before - *after >= kEtaMoved);
}

bool has_service_twice(const std::vector<ServiceImpact>& snapshot) {
    std::set<Id> seen;
    return std::any_of(snapshot.begin(), snapshot.end(), [&seen](const ServiceImpact& entry) {
        return !seen.insert(entry.service).second;
    });
}

void check_schedule(const Outage& outage, std::vector<OutageProblem>& problems) {
    if (outage.kind != OutageKind::Maintenance) return;
    if (!outage.scheduled_until)
        problems.push_back({"scheduled_until", "form.error.schedule_missing"});
    else if (*outage.scheduled_until <= outage.started_at)
        problems.push_back({"scheduled_until", "form.error.schedule_backwards"});
}

}  // namespace

std::vector<OutageState> first_states(OutageKind kind) {
    if (kind == OutageKind::Maintenance) return {OutageState::Scheduled, OutageState::InProgress};
    return {OutageState::Investigating, OutageState::Identified, OutageState::Monitoring};
}

std::vector<OutageState> next_states(const Outage& outage) {
    std::vector<OutageState> states;
    if (!is_open(outage.state())) return states;
    states.push_back(outage.state());
    for (const OutageStep& step : kFlow)
        if (step.from == outage.state()) states.push_back(step.to);
    return states;
}

std::optional<OutageState> ending_of(const Outage& outage) {
    for (const OutageState state : next_states(outage))
        if (state == OutageState::Resolved || state == OutageState::Completed) return state;
    return std::nullopt;
}

std::vector<OutageProblem> problems_of_update(const OutageUpdate& next) {
    std::vector<OutageProblem> problems;
    if (is_blank(next.body)) problems.push_back({"body", "form.error.body_missing"});
    if (has_service_twice(next.snapshot))
        problems.push_back({"services", "form.error.service_twice"});
    if (is_open(next.state)) {
        if (next.snapshot.empty())
            problems.push_back({"services", "form.error.services_missing"});
        if (!next.next_update_due_at)
            problems.push_back({"next_update_due_at", "form.error.next_update_missing"});
        return problems;
    }
    // Over means over: nobody may read "resolved" while a service is still shown as broken.
    const bool is_restored =
        std::all_of(next.snapshot.begin(), next.snapshot.end(), [](const ServiceImpact& entry) {
            return entry.impact == Impact::Operational;
        });
    if (!is_restored) problems.push_back({"services", "form.error.not_restored"});
    return problems;
}

std::vector<OutageProblem> problems_of_publishing(const Outage& outage) {
    std::vector<OutageProblem> problems;
    if (is_blank(outage.title)) problems.push_back({"title", "form.error.title_missing"});
    if (is_blank(outage.impact)) problems.push_back({"impact", "form.error.impact_missing"});
    const std::vector<OutageState> allowed = first_states(outage.kind);
    if (std::find(allowed.begin(), allowed.end(), outage.state()) == allowed.end())
        problems.push_back({"state", "form.error.state_for_kind"});
    const domain::Contact& contact = outage.contact;
    if (trimmed(contact.name).empty() ||
        (trimmed(contact.phone).empty() && trimmed(contact.mail).empty()))
        problems.push_back({"contact", "form.error.contact_missing"});
    if (!outage.audience.is_everybody && outage.audience.sites.empty())
        problems.push_back({"audience", "form.error.audience_missing"});
    check_schedule(outage, problems);
    const std::vector<OutageProblem> of_update = problems_of_update(outage.latest());
    problems.insert(problems.end(), of_update.begin(), of_update.end());
    return problems;
}

bool is_material(const Outage& before, const OutageUpdate& next, const domain::L10n& workaround) {
    const OutageUpdate& last = before.latest();
    // Missed since the last update: said once, not with each update that follows.
    const bool was_missed = last.eta_high && *last.eta_high >= last.at && *last.eta_high < next.at;
    return last.state != next.state || !is_same_impact(last.snapshot, next.snapshot) ||
           before.workaround != workaround || did_eta_move(last.eta_high, next.eta_high) ||
           was_missed;
}

}  // namespace ventanilla::rules
