#include "shared/status/overrun.hpp"

#include "shared/status/phase.hpp"

namespace ventanilla::status {
namespace {

using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;

OutageState state_as_incident(OutageState state) {
    if (state == OutageState::Verifying) return OutageState::Monitoring;
    return state == OutageState::Completed ? OutageState::Resolved : OutageState::Identified;
}

bool has_run_over(const Outage& outage, Instant now) {
    if (outage.kind != OutageKind::Maintenance || !outage.scheduled_until) return false;
    if (outage.state() == OutageState::Completed)
        return outage.ended_at && *outage.ended_at >= *outage.scheduled_until + grace_of(outage);
    return is_past_grace(outage, now);
}

// The last update before the promised end, as the first of the incident.
OutageUpdate first_update(const Outage& maintenance, const OverrunTexts& texts, const Id& id) {
    OutageUpdate first = maintenance.updates.front();
    for (const OutageUpdate& update : maintenance.updates)
        if (update.at <= *maintenance.scheduled_until) first = update;
    first.id = derived_id("overrun_update", id);
    first.state = OutageState::Investigating;
    first.body = texts.body;
    first.at = *maintenance.scheduled_until;
    first.is_material = true;
    return first;
}

}  // namespace

std::optional<Outage> overrun_incident(const Outage& maintenance,
                                       const OverrunTexts& texts,
                                       Instant now) {
    if (!has_run_over(maintenance, now)) return std::nullopt;
    Outage incident = maintenance;
    incident.id = derived_id("overrun", maintenance.id);
    incident.public_id = public_letters(incident.id);
    incident.kind = OutageKind::Incident;
    incident.title = texts.title;
    incident.started_at = *maintenance.scheduled_until;
    incident.scheduled_until.reset();
    incident.updates = {first_update(maintenance, texts, incident.id)};
    for (const OutageUpdate& update : maintenance.updates) {
        if (update.at <= *maintenance.scheduled_until) continue;
        incident.updates.push_back(update);
        incident.updates.back().id = derived_id("overrun_update", update.id);
        incident.updates.back().state = state_as_incident(update.state);
    }
    return incident;
}

}  // namespace ventanilla::status
