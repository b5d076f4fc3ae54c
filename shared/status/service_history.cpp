#include "shared/status/service_history.hpp"

#include <algorithm>

#include "shared/rules/maintenance.hpp"

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;
using std::chrono::days;
using std::chrono::local_days;

Impact impact_on(const OutageUpdate& update, const Id& service) {
    for (const domain::ServiceImpact& entry : update.snapshot)
        if (entry.service == service) return entry.impact;
    return Impact::Operational;
}

// Nobody was impaired by what did not take place.
bool has_taken_place(const Outage& outage) {
    return outage.state() != OutageState::FalseAlarm && outage.state() != OutageState::Cancelled;
}

// From when an update speaks of what is, rather than of what will be.
Instant speaks_from(const Outage& outage, std::size_t index) {
    const OutageUpdate& update = outage.updates[index];
    if (outage.kind == OutageKind::Maintenance && update.state == OutageState::Scheduled)
        return std::max(update.at, outage.started_at);
    const bool is_first = index == 0;
    return is_first ? std::min(update.at, outage.started_at) : update.at;
}

ServiceStatus status_of(const UptimeEvent& event, Instant at) {
    const bool is_covered = event.kind == OutageKind::Maintenance &&
                            event.impact <= event.expected &&
                            (!event.scheduled_until || at < *event.scheduled_until);
    if (is_covered) return ServiceStatus::Maintenance;
    switch (event.impact) {
        case Impact::Major: return ServiceStatus::Major;
        case Impact::Partial: return ServiceStatus::Partial;
        case Impact::Degraded: return ServiceStatus::Degraded;
        case Impact::Operational: break;
    }
    return ServiceStatus::Operational;
}

// The worst an event did within `day`; past its promise it is worse than before.
ServiceStatus worst_within(const UptimeEvent& event, const Interval& day) {
    const Interval part = clipped({event.from, event.to.value_or(day.to)}, day);
    if (part.is_empty()) return ServiceStatus::Operational;
    return std::max(status_of(event, part.from), status_of(event, part.to - Millis{1}));
}

Interval day_interval(const TimeZone& zone, local_days date) {
    return {read_local(zone, LocalTime{date}).not_before,
            read_local(zone, LocalTime{date + days{1}}).not_before};
}

}  // namespace

std::vector<UptimeEvent> events_of(const Outage& outage, const Id& service, Instant now) {
    std::vector<UptimeEvent> events;
    if (!has_taken_place(outage)) return events;
    const std::size_t count = outage.updates.size();
    for (std::size_t i = 0; i < count; ++i) {
        UptimeEvent event;
        event.kind = outage.kind;
        event.impact = impact_on(outage.updates[i], service);
        event.from = speaks_from(outage, i);
        event.to = i + 1 < count ? outage.updates[i + 1].at : outage.ended_at.value_or(now);
        if (event.impact == Impact::Operational || *event.to <= event.from) continue;
        // What begins past the promise is planned in nothing.
        const Instant covered = rules::covered_until(outage);
        if (outage.scheduled_until && event.from >= covered)
            event.kind = OutageKind::Incident;
        if (event.kind == OutageKind::Maintenance) {
            event.expected = rules::announced_impact(outage, service);
            if (outage.scheduled_until) event.scheduled_until = covered;
        }
        events.push_back(event);
    }
    return events;
}

ServiceHistory service_history(const std::vector<Outage>& outages,
                               const Id& service,
                               const TimeZone& zone,
                               Instant now,
                               int count,
                               Instant known_since) {
    std::vector<UptimeEvent> events;
    for (const Outage& outage : outages) {
        const std::vector<UptimeEvent> more = events_of(outage, service, now);
        events.insert(events.end(), more.begin(), more.end());
    }
    ServiceHistory history;
    const local_days today = std::chrono::floor<days>(local_time(zone, now));
    for (local_days date = today - days{count - 1}; date <= today; date += days{1}) {
        const Interval day = clipped(day_interval(zone, date), {Instant::min(), now});
        DayOfService line{date, ServiceStatus::Operational};
        if (day.to <= known_since) line.worst = ServiceStatus::Unknown;
        for (const UptimeEvent& event : events)
            line.worst = std::max(line.worst, worst_within(event, day));
        history.days.push_back(line);
    }
    UptimeQuery query;
    query.window = {day_interval(zone, today - days{count - 1}).from, now};
    query.events = std::move(events);
    query.unknown = {{query.window.from, std::max(query.window.from, known_since)}};
    const Result<Uptime> uptime = uptime_of(query);
    if (uptime) history.uptime = uptime->display;
    return history;
}

}  // namespace ventanilla::status
