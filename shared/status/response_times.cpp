#include "shared/status/response_times.hpp"

#include <algorithm>
#include <numeric>

namespace ventanilla::status {
namespace {

using Moment = std::optional<Instant>;

// Gathers one kind of duration.
class Durations {
  public:
    void add(const Moment& from, const Moment& to, bool is_open) {
        if (!from) return;
        if (!to)
            censored_ += is_open ? 1 : 0;
        else if (*to >= *from)
            all_.push_back(*to - *from);
    }

    [[nodiscard]] Millis total() const {
        return std::accumulate(all_.begin(), all_.end(), Millis{0});
    }
    [[nodiscard]] std::size_t count() const { return all_.size(); }

    DurationSummary summary() {
        DurationSummary summary;
        summary.count = static_cast<int>(all_.size());
        summary.censored = censored_;
        if (all_.empty()) return summary;
        std::sort(all_.begin(), all_.end());
        summary.mean = total() / static_cast<std::int64_t>(all_.size());
        summary.p50 = percentile(50);
        summary.p90 = percentile(90);
        return summary;
    }

  private:
    [[nodiscard]] Millis percentile(std::size_t percent) const {
        return all_[(all_.size() * percent + 99) / 100 - 1];
    }

    std::vector<Millis> all_;
    int censored_ = 0;
};

}  // namespace

ResponseTimes response_times(const std::vector<IncidentMoments>& incidents,
                             const Interval& window) {
    Durations detect, acknowledge, publish, mitigate, restore;
    for (const IncidentMoments& each : incidents) {
        const bool is_inside = each.started >= window.from && each.started < window.to;
        if (!each.is_counted || !is_inside) continue;
        const bool is_open = !each.resolved;
        detect.add(each.started, each.detected, is_open);
        acknowledge.add(each.detected, each.acknowledged, is_open);
        publish.add(each.detected, each.published, is_open);
        mitigate.add(each.started, each.mitigated, is_open);
        restore.add(each.started, each.resolved, is_open);
    }
    ResponseTimes times{detect.summary(),
                        acknowledge.summary(),
                        publish.summary(),
                        mitigate.summary(),
                        restore.summary(),
                        std::nullopt};
    if (restore.count() > 0)
        times.between_failures =
            (window.length() - restore.total()) / static_cast<std::int64_t>(restore.count());
    return times;
}

}  // namespace ventanilla::status
