#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "shared/base/interval.hpp"

// How long it took to notice, to answer, to tell people, to help and to mend: the MTTx of a stretch
// of time. Source: outage.md 2.6.

namespace ventanilla::status {

// The moments of one incident; what has not happened, or nobody wrote down, is missing.
struct IncidentMoments {
    Instant started;
    std::optional<Instant> detected;
    std::optional<Instant> acknowledged;
    std::optional<Instant> published;
    std::optional<Instant> mitigated;
    std::optional<Instant> resolved;
    bool is_counted = true;  // not a false alarm, merged into another, or written down afterwards
};

struct DurationSummary {
    int count = 0;               // incidents it is made of
    int censored = 0;            // still open on this one: left out of the mean, never forgotten
    std::optional<Millis> mean;  // nothing when count is 0
    std::optional<Millis> p50;   // nearest rank: one of the durations themselves
    std::optional<Millis> p90;
};

struct ResponseTimes {
    DurationSummary to_detect;               // detected - started
    DurationSummary to_acknowledge;          // acknowledged - detected
    DurationSummary to_publish;              // published - detected
    DurationSummary to_mitigate;             // mitigated - started
    DurationSummary to_restore;              // resolved - started
    std::optional<Millis> between_failures;  // (window - all restoring) / incidents restored
};

// Of the counted incidents that started inside `window`. A pair of moments in the wrong order, or
// of which the first is missing, is no duration and is left out.
ResponseTimes response_times(const std::vector<IncidentMoments>& incidents, const Interval& window);

}  // namespace ventanilla::status
