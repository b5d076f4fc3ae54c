#pragma once

#include <cstdint>
#include <vector>

#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/status/banner.hpp"

// The state of each service and the headline over them, for one person: what they may not see is
// filtered out before anything is counted, so that nobody reads of an outage that does not exist
// for them. Source: outage.md 2.4.

namespace ventanilla::status {

// In order of severity.
enum class ServiceStatus : std::uint8_t {
    Operational = 0,
    Unknown = 1,  // nobody knows: the device has been offline for too long
    Maintenance = 2,
    Degraded = 3,
    Partial = 4,
    Major = 5,
};

struct ServiceLine {
    Id service;
    ServiceStatus status = ServiceStatus::Operational;
    const domain::Outage* outage =
        nullptr;  // why; null when nothing is wrong. Lives as long as the list given
};

enum class Headline : std::uint8_t {
    AllOperational,
    IncidentWithoutImpact,  // everything works, and something is being looked at
    Maintenance,
    PartiallyDegraded,  // some services
    Degraded,           // all of them
    MinorOutage,        // some partially down
    PartialOutage,      // one down, or all partially
    MajorOutage,        // all down
    Unknown,
};

struct Rollup {
    std::vector<ServiceLine> services;  // in the order they were given
    Headline headline = Headline::Unknown;
    int affected_count = 0;  // services that do not work as they should, maintenance included
};

// One service alone.
ServiceLine service_line(const Id& service,
                         const std::vector<domain::Outage>& outages,
                         const rules::Viewer& viewer,
                         Freshness freshness,
                         Instant now);

Rollup roll_up(const std::vector<domain::Service>& services,
               const std::vector<domain::Outage>& outages,
               const rules::Viewer& viewer,
               Freshness freshness,
               Instant now);

}  // namespace ventanilla::status
