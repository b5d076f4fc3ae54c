#pragma once

#include <vector>

#include "shared/base/time_zone.hpp"
#include "shared/domain/outage.hpp"
#include "shared/status/rollup.hpp"
#include "shared/status/uptime.hpp"

// What happened to one service, day by day, from the updates that were published. Source: outage.md
// 2.3 (an update holds until the next), 2.4 and 2.6.

namespace ventanilla::status {

// What `outage` did to `service`: an event for each stretch between two updates in which it was
// impaired; of a maintenance from when it began, and nothing of one that was cancelled or a false
// alarm. Announced is what stood before it began or, when that was nothing, what it did in its
// time.
std::vector<UptimeEvent> events_of(const domain::Outage& outage, const Id& service, Instant now);

struct DayOfService {
    std::chrono::local_days date;
    ServiceStatus worst = ServiceStatus::Operational;
};

struct ServiceHistory {
    std::vector<DayOfService> days;  // oldest first; the last is today, as far as it has come
    UptimeFigure uptime;             // as displayed, over these days
};

// The last `count` days by the wall of `zone`. Days before `known_since` are Unknown and count
// neither way. `outages` are those the reader may see.
ServiceHistory service_history(const std::vector<domain::Outage>& outages,
                               const Id& service,
                               const TimeZone& zone,
                               Instant now,
                               int count,
                               Instant known_since);

}  // namespace ventanilla::status
