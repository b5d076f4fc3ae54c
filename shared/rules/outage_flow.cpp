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

struct OutageTransition {
    OutageState from;
    OutageStep step;
    OutageState to;
};

// A relapse leads back from monitoring: the same outage, not a second one. An incident may be
// resolved from any of its open states, since a short one is over before anybody wrote an update in
// between. Updates are written in the order of this table.
constexpr auto kOutageFlow = [] {
    using S = OutageState;
    using enum OutageStep;
    return std::to_array<OutageTransition>({
        {S::Investigating, Update, S::Identified}, {S::Investigating, Update, S::Monitoring},
        {S::Investigating, Update, S::Resolved},   {S::Investigating, Update, S::FalseAlarm},
        {S::Investigating, Merge, S::Merged},      {S::Identified, Update, S::Investigating},
        {S::Identified, Update, S::Monitoring},    {S::Identified, Update, S::Resolved},
        {S::Identified, Update, S::FalseAlarm},    {S::Identified, Merge, S::Merged},
        {S::Monitoring, Update, S::Investigating}, {S::Monitoring, Update, S::Identified},
        {S::Monitoring, Update, S::Resolved},      {S::Monitoring, Merge, S::Merged},
        {S::Resolved, Reopen, S::Investigating},   {S::Resolved, Reopen, S::Identified},
        {S::Scheduled, Move, S::Scheduled},        {S::Scheduled, Update, S::InProgress},
        {S::Scheduled, Update, S::Cancelled},      {S::InProgress, Move, S::InProgress},
        {S::InProgress, Update, S::Verifying},     {S::InProgress, Update, S::Completed},
        {S::InProgress, Convert, S::HandedOver},   {S::Verifying, Move, S::Verifying},
        {S::Verifying, Update, S::InProgress},     {S::Verifying, Update, S::Completed},
        {S::Verifying, Convert, S::HandedOver},
    });
}();

// Why a step is not open, where more can be said than that it is not.
struct ClosedStep {
    OutageState from;
    OutageState to;
    std::string_view message;
};
constexpr auto kClosed = [] {
    using S = OutageState;
    return std::to_array<ClosedStep>({
        {S::Scheduled, S::Verifying, "reject.outage_not_begun"},
        {S::Scheduled, S::Completed, "reject.outage_not_begun"},
        {S::Scheduled, S::HandedOver, "reject.outage_not_begun"},
        {S::InProgress, S::Cancelled, "reject.outage_begun"},
        {S::Verifying, S::Cancelled, "reject.outage_begun"},
        {S::InProgress, S::Scheduled, "reject.outage_begun"},
        {S::Verifying, S::Scheduled, "reject.outage_begun"},
        {S::Monitoring, S::FalseAlarm, "reject.outage_was_real"},
        {S::Resolved, S::FalseAlarm, "reject.outage_was_real"},
    });
}();

constexpr Millis kReopenWithin = std::chrono::hours(24);
constexpr Millis kSameWithin = std::chrono::minutes(1);
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
    if (outage.is_backfilled && (!outage.ended_at || *outage.ended_at <= outage.started_at))
        problems.push_back({"ended_at", "form.error.schedule_backwards"});
    if (outage.kind != OutageKind::Maintenance) return;
    if (!outage.scheduled_until)
        problems.push_back({"scheduled_until", "form.error.schedule_missing"});
    else if (*outage.scheduled_until <= outage.started_at)
        problems.push_back({"scheduled_until", "form.error.schedule_backwards"});
}

}  // namespace

bool is_reopenable(const Outage& outage, Instant now) {
    return outage.state() == OutageState::Resolved && outage.ended_at &&
           now - *outage.ended_at <= kReopenWithin;
}

std::vector<OutageState> first_states(OutageKind kind) {
    if (kind == OutageKind::Maintenance) return {OutageState::Scheduled, OutageState::InProgress};
    return {OutageState::Investigating, OutageState::Identified, OutageState::Monitoring};
}

std::vector<OutageState> next_states(const Outage& outage, OutageStep step, Instant now) {
    std::vector<OutageState> states;
    const OutageState from = outage.state();
    if (step == OutageStep::Update && is_open(from)) states.push_back(from);
    if (step == OutageStep::Reopen && !is_reopenable(outage, now)) return states;
    for (const OutageTransition& each : kOutageFlow)
        if (each.from == from && each.step == step) states.push_back(each.to);
    return states;
}

std::optional<Instant> restored_at(const Outage& outage) {
    std::optional<Instant> since;
    if (outage.kind == OutageKind::Maintenance || outage.is_backfilled) return since;
    for (auto update = outage.updates.rbegin(); update != outage.updates.rend(); ++update) {
        const bool is_restored = update->state == OutageState::Monitoring ||
                                 update->state == OutageState::Resolved;
        if (!is_restored) break;
        since = update->at;
    }
    return since;
}

std::string refusal_of(const Outage& outage, OutageState to, Instant now) {
    const OutageState from = outage.state();
    for (const ClosedStep& each : kClosed)
        if (each.from == from && each.to == to) return std::string{each.message};
    const bool is_relapse = is_open(to) && from == OutageState::Resolved;
    if (is_relapse && !is_reopenable(outage, now)) return "reject.reopen_late";
    return is_open(from) ? "reject.stale_transition" : "reject.outage_over";
}

std::optional<OutageState> ending_of(const Outage& outage) {
    for (const OutageTransition& each : kOutageFlow) {
        const bool is_end = each.to == OutageState::Resolved || each.to == OutageState::Completed;
        if (each.from == outage.state() && is_end) return each.to;
    }
    return std::nullopt;
}

bool is_later_occurrence(const Outage& outage, const std::vector<Outage>& outages) {
    if (is_nil(outage.series) || outage.state() != OutageState::Scheduled) return false;
    return std::any_of(outages.begin(), outages.end(), [&](const Outage& each) {
        return each.series == outage.series && each.state() == OutageState::Scheduled &&
               each.started_at < outage.started_at;
    });
}

std::vector<OutageProblem> problems_of_update(const OutageUpdate& next) {
    std::vector<OutageProblem> problems;
    if (is_blank(next.body)) problems.push_back({"body", "form.error.body_missing"});
    if (has_service_twice(next.snapshot))
        problems.push_back({"services", "form.error.service_twice"});
    if (is_open(next.state)) {
        if (next.snapshot.empty()) problems.push_back({"services", "form.error.services_missing"});
        if (!next.next_update_due_at)
            problems.push_back({"next_update_due_at", "form.error.next_update_missing"});
        if (next.eta_low && (!next.eta_high || *next.eta_high < *next.eta_low))
            problems.push_back({"eta_high", "form.error.eta_backwards"});
        return problems;
    }
    // What goes on elsewhere is as broken there as it was here.
    if (next.state == OutageState::Merged || next.state == OutageState::HandedOver) return problems;
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
    const std::vector<OutageState> allowed =
        outage.is_backfilled ? std::vector{OutageState::Resolved} : first_states(outage.kind);
    const bool is_kind_right = !outage.is_backfilled || outage.kind == OutageKind::Incident;
    if (!is_kind_right ||
        std::find(allowed.begin(), allowed.end(), outage.state()) == allowed.end())
        problems.push_back({"state", "form.error.state_for_kind"});
    const domain::Contact& contact = outage.contact;
    if (trimmed(contact.name).empty() ||
        (trimmed(contact.phone).empty() && trimmed(contact.mail).empty()))
        problems.push_back({"contact", "form.error.contact_missing"});
    if (!outage.audience.is_everybody && outage.audience.sites.empty())
        problems.push_back({"audience", "form.error.audience_missing"});
    check_schedule(outage, problems);
    if (has_service_twice(outage.expected))
        problems.push_back({"expected", "form.error.service_twice"});
    const std::vector<OutageProblem> of_update = problems_of_update(outage.latest());
    problems.insert(problems.end(), of_update.begin(), of_update.end());
    return problems;
}

bool is_same_news(const OutageUpdate& one, const OutageUpdate& other) {
    return one.state == other.state && one.body == other.body && one.snapshot == other.snapshot &&
           other.at - one.at < kSameWithin;
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
