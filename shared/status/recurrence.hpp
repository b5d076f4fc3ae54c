#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/interval.hpp"
#include "shared/base/json.hpp"
#include "shared/status/recurrence_rule.hpp"

// A maintenance that comes again: by the wall of its place, so that 02:00 stays 02:00 when clocks
// change. Source: outage.md 2.2 and 5.3; RFC 5545.

namespace ventanilla::status {

// What one occurrence has of its own.
struct OccurrenceOverride {
    LocalTime recurrence_id;         // when the rule has it begin
    std::optional<LocalTime> start;  // moved to
    std::optional<Millis> duration;
    bool is_cancelled = false;
};

struct Series {
    LocalTime start;
    std::string tz;  // IANA
    Millis duration{0};
    std::optional<RecurrenceRule> rule;  // nothing: once, and on the extra dates
    std::vector<LocalTime> extra;        // RDATE
    std::vector<LocalTime> except;       // EXDATE
    std::vector<OccurrenceOverride> overrides;
};

struct Occurrence {
    LocalTime recurrence_id;  // its key within the series, also when it was moved
    LocalTime start;
    Instant from;
    Instant to;
    Reading reading = Reading::Once;  // whether its start is a time that clocks change over
    bool is_cancelled = false;

    friend bool operator==(const Occurrence&, const Occurrence&) = default;
};

inline constexpr std::chrono::days kMaterialised{90};
inline constexpr std::size_t kOccurrencesMax = 1'000;

// Reads {"dtstart": "2026-10-18T02:00", "tz", "duration_min", "rrule"?, "rdate"?: [times],
// "exdate"?: [times], "overrides"?: [{"recurrence_id", "start"?, "duration_min"?, "cancelled"?}]}.
// Errors: Invalid with a sentence; a duration is 1 minute to 31 days.
Result<Series> series_from(const Json& value);

// Those that begin inside `window`, by when they begin; a moved one where it was moved to, a
// cancelled one marked. A rule that never ends is asked no further than the window.
// Errors: TooLarge over kOccurrencesMax, or when the window is so far from the start that the rule
// cannot be followed there.
Result<std::vector<Occurrence>> occurrences(const Series& series,
                                            const TimeZone& zone,
                                            const Interval& window);

// What is kept of a series at `now`: the occurrences of `before` that have begun stay as they were,
// and the next 90 days follow the series as it is now. Errors: as occurrences.
Result<std::vector<Occurrence>> materialised(const Series& series,
                                             const TimeZone& zone,
                                             const std::vector<Occurrence>& before,
                                             Instant now);

}  // namespace ventanilla::status
