#pragma once

#include <vector>

#include "shared/base/time.hpp"

// Stretches of time and what is done with sets of them. Half-open everywhere: the end is the first
// instant that no longer belongs, so that two neighbours neither overlap nor leave a gap.

namespace ventanilla {

struct Interval {
    Instant from;
    Instant to;  // not part of it

    [[nodiscard]] bool is_empty() const { return to <= from; }
    [[nodiscard]] Millis length() const { return is_empty() ? Millis{0} : to - from; }

    friend bool operator==(const Interval&, const Interval&) = default;
};

// The part of `interval` inside `bounds`; empty when they do not meet.
Interval clipped(const Interval& interval, const Interval& bounds);

// The instants that are in any of them. Shape: in order, disjoint, none touching the next or empty.
std::vector<Interval> union_of(std::vector<Interval> intervals);

}  // namespace ventanilla
