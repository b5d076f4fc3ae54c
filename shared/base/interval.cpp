#include "shared/base/interval.hpp"

#include <algorithm>

namespace ventanilla {

Interval clipped(const Interval& interval, const Interval& bounds) {
    return {std::max(interval.from, bounds.from), std::min(interval.to, bounds.to)};
}

std::vector<Interval> union_of(std::vector<Interval> intervals) {
    std::erase_if(intervals, [](const Interval& each) { return each.is_empty(); });
    std::sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) {
        return a.from < b.from;
    });
    std::vector<Interval> merged;
    for (const Interval& each : intervals) {
        if (!merged.empty() && each.from <= merged.back().to)
            merged.back().to = std::max(merged.back().to, each.to);
        else
            merged.push_back(each);
    }
    return merged;
}

}  // namespace ventanilla
