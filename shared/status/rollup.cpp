#include "shared/status/rollup.hpp"

#include <algorithm>

#include "shared/rules/maintenance.hpp"

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::Service;

ServiceStatus status_of(Impact impact) {
    switch (impact) {
        case Impact::Degraded: return ServiceStatus::Degraded;
        case Impact::Partial: return ServiceStatus::Partial;
        case Impact::Major: return ServiceStatus::Major;
        case Impact::Operational: break;
    }
    return ServiceStatus::Operational;
}

// What `outage` does to `service` at `now`.
ServiceStatus effect(const Outage& outage, const Id& service, Instant now) {
    if (!is_active(phase_of(outage, now))) return ServiceStatus::Operational;
    for (const domain::ServiceImpact& entry : outage.latest().snapshot) {
        if (entry.service != service || entry.impact == Impact::Operational) continue;
        const bool is_planned =
            outage.kind == OutageKind::Maintenance && !is_past_grace(outage, now) &&
            entry.impact <= rules::announced_impact(outage, service);
        return is_planned ? ServiceStatus::Maintenance : status_of(entry.impact);
    }
    return ServiceStatus::Operational;
}

ServiceLine line_of(const Id& service,
                    const std::vector<const Outage*>& visible,
                    Freshness freshness,
                    Instant now) {
    ServiceLine line{service, ServiceStatus::Operational, nullptr};
    for (const Outage* outage : visible) {
        const ServiceStatus status = effect(*outage, service, now);
        if (status <= line.status) continue;
        line.status = status;
        line.outage = outage;
    }
    // A fault that was known is still worth saying; that nothing is known is no sign of health.
    const bool is_guess =
        freshness == Freshness::LastKnown && line.status == ServiceStatus::Operational;
    if (is_guess) line.status = ServiceStatus::Unknown;
    return line;
}

std::size_t count(const std::vector<ServiceLine>& lines, ServiceStatus status) {
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [status](const ServiceLine& line) {
            return line.status == status;
        }));
}

Headline headline_of(const std::vector<ServiceLine>& lines, bool is_incident_open) {
    const std::size_t all = lines.size();
    const std::size_t major = count(lines, ServiceStatus::Major);
    const std::size_t partial = count(lines, ServiceStatus::Partial);
    const std::size_t degraded = count(lines, ServiceStatus::Degraded);
    if (all == 0) return Headline::Unknown;
    if (major == all) return Headline::MajorOutage;
    if (major > 0 || partial == all) return Headline::PartialOutage;
    if (partial > 0) return Headline::MinorOutage;
    if (degraded == all) return Headline::Degraded;
    if (degraded > 0) return Headline::PartiallyDegraded;
    if (count(lines, ServiceStatus::Maintenance) > 0) return Headline::Maintenance;
    if (count(lines, ServiceStatus::Unknown) > 0) return Headline::Unknown;
    return is_incident_open ? Headline::IncidentWithoutImpact : Headline::AllOperational;
}

std::vector<const Outage*> visible_to(const rules::Viewer& viewer,
                                      const std::vector<Outage>& outages) {
    std::vector<const Outage*> visible;
    for (const Outage& outage : outages)
        if (reach_of(outage, viewer) != Reach::NotMe || viewer.is_staff())
            visible.push_back(&outage);
    return visible;
}

}  // namespace

ServiceLine service_line(const Id& service,
                         const std::vector<Outage>& outages,
                         const rules::Viewer& viewer,
                         Freshness freshness,
                         Instant now) {
    return line_of(service, visible_to(viewer, outages), freshness, now);
}

Rollup roll_up(const std::vector<Service>& services,
               const std::vector<Outage>& outages,
               const rules::Viewer& viewer,
               Freshness freshness,
               Instant now) {
    const std::vector<const Outage*> visible = visible_to(viewer, outages);
    const bool is_incident_open =
        std::any_of(visible.begin(), visible.end(), [](const Outage* outage) {
            return outage->kind == OutageKind::Incident && is_open(outage->state());
        });
    Rollup rollup;
    for (const Service& service : services)
        rollup.services.push_back(line_of(service.id, visible, freshness, now));
    rollup.headline = headline_of(rollup.services, is_incident_open);
    rollup.affected_count = static_cast<int>(
        std::count_if(rollup.services.begin(), rollup.services.end(), [](const ServiceLine& line) {
            return line.status >= ServiceStatus::Maintenance;
        }));
    return rollup;
}

}  // namespace ventanilla::status
