#include <algorithm>
#include <map>

#include "shared/status/service_history.hpp"
#include "wasm/views/status_view.hpp"

// The 90 bars of a service and the number beside them.

namespace ventanilla::views {

namespace {

using domain::Impact;
using domain::Outage;

constexpr int kDays = 90;
constexpr Millis kDay = std::chrono::hours{24};

struct Stretch {
    Instant from;
    Instant to;
    Impact impact;
    bool is_planned;
};

void append_stretches(const Outage& outage,
                      const Id& service,
                      Instant now,
                      std::vector<Stretch>& out) {
    for (const status::UptimeEvent& event : status::events_of(outage, service, now)) {
        const Instant to = std::min(now, event.to.value_or(now));
        const bool is_announced = event.kind == domain::OutageKind::Maintenance &&
                                  event.impact <= event.expected;
        const Instant covered = is_announced ? event.scheduled_until.value_or(to) : event.from;
        if (event.from < covered)
            out.push_back({event.from, std::min(to, covered), event.impact, true});
        if (to > covered) out.push_back({std::max(event.from, covered), to, event.impact, false});
    }
}

int weight(const Stretch& stretch) {
    if (stretch.is_planned) return 0;
    return stretch.impact == Impact::Major ? 10 : stretch.impact == Impact::Partial ? 3 : 0;
}

ui::DayState day_state(const Stretch& stretch) {
    if (stretch.is_planned) return ui::DayState::Maintenance;
    return stretch.impact >= Impact::Partial ? ui::DayState::Outage : ui::DayState::Degraded;
}

int rank(ui::DayState state) {
    switch (state) {
        case ui::DayState::Outage: return 3;
        case ui::DayState::Degraded: return 2;
        case ui::DayState::Maintenance: return 1;
        case ui::DayState::Ok:
        case ui::DayState::NoData: break;
    }
    return 0;
}

void mark_days(const Stretch& stretch, Instant begin, std::vector<ui::DayState>& days) {
    for (std::size_t i = 0; i < days.size(); ++i) {
        const Instant from = begin + kDay * static_cast<int>(i);
        const bool touches = stretch.from < from + kDay && stretch.to > from;
        if (touches && rank(day_state(stretch)) > rank(days[i])) days[i] = day_state(stretch);
    }
}

// Tenths of weighted milliseconds lost: each slice between two ends counts its worst stretch.
std::int64_t lost_tenths(const std::vector<Stretch>& stretches, Instant begin, Instant now) {
    std::map<Instant, int> ends;
    for (const Stretch& each : stretches)
        ends[std::max(begin, each.from)], ends[std::min(now, each.to)];
    std::int64_t lost = 0;
    for (auto at = ends.begin(); at != ends.end() && std::next(at) != ends.end(); ++at) {
        int worst = 0;
        for (const Stretch& each : stretches) {
            if (each.from <= at->first && each.to > at->first)
                worst = std::max(worst, weight(each));
        }
        lost += worst * (std::next(at)->first - at->first).count();
    }
    return lost;
}

}  // namespace

History history_of(const std::vector<Outage>& outages, const Id& service, Instant now) {
    const Instant begin = now - kDay * kDays;
    History history{.days = std::vector<ui::DayState>(kDays, ui::DayState::Ok)};
    std::vector<Stretch> stretches;
    for (const Outage& outage : outages)
        append_stretches(outage, service, now, stretches);
    std::erase_if(stretches, [&](const Stretch& each) { return each.to <= begin; });
    for (const Stretch& each : stretches)
        mark_days(each, begin, history.days);
    const std::int64_t all_tenths = (now - begin).count() * 10;
    const std::int64_t up = all_tenths - lost_tenths(stretches, begin, now);
    // Floored, so that a second lost is never printed as 100 %.
    history.share = static_cast<int>(up / (all_tenths / 100'000));
    if (up < all_tenths) history.share = std::min(history.share, 99'999);
    return history;
}

}  // namespace ventanilla::views
