#include "shared/rules/maintenance.hpp"

#include <algorithm>

namespace ventanilla::rules {
namespace {

using domain::FormerPromise;
using domain::Impact;
using domain::NoticeClass;
using domain::Outage;
using domain::OutageState;
using domain::OutageUpdate;
using namespace std::chrono_literals;

Impact impact_on(const std::vector<domain::ServiceImpact>& impacts, const Id& service) {
    for (const domain::ServiceImpact& entry : impacts)
        if (entry.service == service) return entry.impact;
    return Impact::Operational;
}

}  // namespace

Millis notice_of(NoticeClass notice) {
    return notice == NoticeClass::Standard ? Millis{24h} : Millis{0};
}

Instant covered_until(const Outage& maintenance) {
    if (!maintenance.scheduled_until) return maintenance.started_at;
    std::vector<FormerPromise> promises = maintenance.former;
    promises.push_back({{}, maintenance.started_at, *maintenance.scheduled_until});
    Instant covered = promises.front().until;
    for (std::size_t i = 1; i < promises.size(); ++i) {
        const FormerPromise& before = promises[i - 1];
        const FormerPromise& after = promises[i];
        const Instant said_by = before.at + notice_of(maintenance.notice);
        const bool is_in_time = said_by <= before.until || said_by <= after.from;
        if (after.until <= covered || (is_in_time && covered == before.until))
            covered = after.until;
    }
    return covered;
}

Impact announced_impact(const Outage& maintenance, const Id& service) {
    if (!maintenance.expected.empty()) return impact_on(maintenance.expected, service);
    const Instant covered = covered_until(maintenance);
    Impact before = Impact::Operational;
    Impact within = Impact::Operational;
    for (const OutageUpdate& update : maintenance.updates) {
        const Impact impact = impact_on(update.snapshot, service);
        const bool is_in_time = !maintenance.scheduled_until || update.at < covered;
        if (update.state == OutageState::Scheduled)
            before = std::max(before, impact);
        else if (is_in_time)
            within = std::max(within, impact);
    }
    return before != Impact::Operational ? before : within;
}

bool is_worse_than_announced(const Outage& maintenance, const OutageUpdate& update) {
    return std::any_of(
        update.snapshot.begin(), update.snapshot.end(), [&](const domain::ServiceImpact& entry) {
            return entry.impact > announced_impact(maintenance, entry.service);
        });
}

}  // namespace ventanilla::rules
