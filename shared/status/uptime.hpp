#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/interval.hpp"
#include "shared/domain/outage.hpp"

// How much of a stretch of time a service was there, in the four ways people ask it. Nothing is
// rounded before the end, and the end rounds down: one second in ninety days is seen.
// Source: outage.md 2.6.

namespace ventanilla::status {

// How much of a service each impact takes away, in billionths: exact for every decimal people
// write.
struct ImpactWeights {
    std::int64_t degraded = 0;
    std::int64_t partial = 300'000'000;
    std::int64_t major = kWhole;

    static constexpr std::int64_t kWhole = 1'000'000'000;
    [[nodiscard]] std::int64_t of(domain::Impact impact) const;
};

// One thing that happened to the service.
struct UptimeEvent {
    domain::OutageKind kind = domain::OutageKind::Incident;
    domain::Impact impact = domain::Impact::Operational;  // what it did
    Instant from;
    std::optional<Instant> to;  // nothing: it goes on
    // Of a maintenance: what was announced, and until when. Past that, or when it is worse than
    // announced, it is an outage like any other.
    domain::Impact expected = domain::Impact::Operational;
    std::optional<Instant> scheduled_until;
};

// Some of the people, and what happened to them.
struct UptimeSegment {
    std::int64_t people = 0;
    std::vector<UptimeEvent> events;
};

struct UptimeQuery {
    Interval window;  // events that go on are cut at its end
    std::vector<UptimeEvent> events;
    ImpactWeights weights;
    std::vector<Interval> unknown;                       // nobody measured: neither up nor down
    std::optional<std::vector<Interval>> service_hours;  // nothing: around the clock
    std::int64_t people = 0;                             // 0: nobody counted them
    // Disjoint groups of `people`; whoever is in none was not concerned. Empty: everybody is
    // concerned by everything.
    std::vector<UptimeSegment> segments;
};

// A sum of time, wide enough for billionths of the milliseconds of everybody on earth.
__extension__ typedef __int128 WideCount;

// A share of time lost. Both in the same unit, so that the quotient is exact.
struct UptimeFigure {
    WideCount lost = 0;  // billionths of a millisecond (of one person, where people count)
    WideCount base = 0;  // likewise; 0 when there is nothing to divide by

    // Thousandths of a percent that remain, rounded down: 99'791 is 99.791 %. Nothing when the base
    // is empty: no figure is better than one made of nothing.
    [[nodiscard]] std::optional<std::int64_t> thousandths() const;
    [[nodiscard]] double lost_s() const;
    [[nodiscard]] double base_s() const;
};

struct Uptime {
    UptimeFigure display;  // maintenance as announced counts as up
    UptimeFigure sla;      // within service hours, announced maintenance on neither side
    UptimeFigure strict;   // everything from partial on, announced or not
    UptimeFigure people;   // of the time of all people

    Millis known{0};      // of the window: what was measured
    Millis planned{0};    // of it: covered by an announcement
    Millis unplanned{0};  // of it: impaired and not covered
    Millis agreed{0};     // of it: service hours, covered or not
    Millis degraded{0};   // unplanned, by the worst that stood at the time
    Millis partial{0};
    Millis major{0};
};

// Overlapping events never add up: of each instant the worst counts, with the largest weight.
// Errors: Invalid when the window or an event ends before it begins, a maintenance goes on without
// having said until when, a weight is not between nothing and the whole, or more people are
// concerned at once than there are. `field` names the event: "events[2]", "segments[0].events[1]".
Result<Uptime> uptime_of(const UptimeQuery& query);

// "99.791"; empty when there is no figure.
std::string percent_text(const UptimeFigure& figure);

}  // namespace ventanilla::status
