#include "shared/status/overrun.hpp"

#include <algorithm>

#include "shared/rules/maintenance.hpp"
#include "shared/status/phase.hpp"

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;

bool has_begun(const OutageUpdate& update) {
    return update.state != OutageState::Scheduled && update.state != OutageState::Cancelled;
}

OutageState state_as_incident(const OutageUpdate& update, bool is_impaired) {
    if (update.state == OutageState::Completed) return OutageState::Resolved;
    return is_impaired && update.state != OutageState::Verifying ? OutageState::Identified
                                                                 : OutageState::Monitoring;
}

bool has_run_over(const Outage& outage, Instant now) {
    if (outage.kind != OutageKind::Maintenance || !outage.scheduled_until) return false;
    if (outage.state() == OutageState::Completed)
        return outage.ended_at &&
               *outage.ended_at >= rules::covered_until(outage) + grace_of(outage);
    return is_past_grace(outage, now);
}

// When something first was worse than announced, in the time that was announced.
std::optional<Instant> worse_since(const Outage& maintenance) {
    const Instant covered = rules::covered_until(maintenance);
    for (const OutageUpdate& update : maintenance.updates)
        if (has_begun(update) && update.at < covered &&
            rules::is_worse_than_announced(maintenance, update))
            return update.at;
    return std::nullopt;
}

// What nobody announced of `update`: in its time only what is worse, after it everything.
OutageUpdate unannounced(const Outage& maintenance, OutageUpdate update) {
    const bool is_covered = update.at < rules::covered_until(maintenance);
    bool is_impaired = false;
    for (domain::ServiceImpact& entry : update.snapshot) {
        const bool is_announced =
            is_covered && entry.impact <= rules::announced_impact(maintenance, entry.service);
        if (is_announced) entry.impact = Impact::Operational;
        is_impaired = is_impaired || entry.impact != Impact::Operational;
    }
    update.id = derived_id("overrun_update", update.id);
    update.state = state_as_incident(update, is_impaired);
    return update;
}

// The last update before the promised end, said once more at that end.
OutageUpdate update_at_end(const Outage& maintenance, const OverrunTexts& texts, const Id& id) {
    const Instant end = rules::covered_until(maintenance);
    OutageUpdate first = maintenance.updates.front();
    for (const OutageUpdate& update : maintenance.updates)
        if (update.at <= end) first = update;
    first.id = derived_id("overrun_update", id);
    first.state = OutageState::Investigating;
    first.body = texts.body;
    first.at = end;
    first.is_material = true;
    return first;
}

}  // namespace

std::optional<Instant> unplanned_since(const Outage& maintenance, Instant now) {
    const OutageState state = maintenance.state();
    if (maintenance.kind != OutageKind::Maintenance || state == OutageState::Cancelled ||
        state == OutageState::HandedOver)
        return std::nullopt;
    const std::optional<Instant> worse = worse_since(maintenance);
    if (!has_run_over(maintenance, now)) return worse;
    const Instant over = rules::covered_until(maintenance);
    return worse ? std::min(*worse, over) : over;
}

std::optional<Outage> overrun_incident(const Outage& maintenance,
                                       const OverrunTexts& texts,
                                       Instant now) {
    const std::optional<Instant> since = unplanned_since(maintenance, now);
    if (!since) return std::nullopt;
    Outage incident = maintenance;
    incident.id = derived_id("overrun", maintenance.id);
    incident.public_id = public_letters(incident.id);
    incident.kind = OutageKind::Incident;
    incident.continues = maintenance.id;
    incident.started_at = *since;
    incident.scheduled_until.reset();
    incident.former.clear();
    incident.expected.clear();
    incident.updates.clear();
    for (const OutageUpdate& update : maintenance.updates)
        if (has_begun(update) && update.at >= *since)
            incident.updates.push_back(unannounced(maintenance, update));
    const bool is_over = has_run_over(maintenance, now);
    incident.title = is_over ? texts.title : texts.worse_title;
    if (is_over) {
        incident.updates.push_back(update_at_end(maintenance, texts, incident.id));
        std::stable_sort(incident.updates.begin(),
                         incident.updates.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; });
    }
    return incident;
}

Outage with_former_updates(Outage incident, Outage maintenance, const OverrunTexts& texts) {
    const Instant handed_over = maintenance.latest().at;
    if (maintenance.state() == OutageState::HandedOver && maintenance.updates.size() > 1) {
        maintenance.updates.pop_back();
        maintenance.ended_at.reset();
    }
    if (const auto before = overrun_incident(maintenance, texts, handed_over))
        incident.updates.insert(
            incident.updates.begin(), before->updates.begin(), before->updates.end());
    return incident;
}

}  // namespace ventanilla::status
