#pragma once

#include <algorithm>
#include <deque>
#include <vector>

#include "shared/base/time.hpp"

// How far this device's clock is from the server's: the median over the eight quickest of the last answers.
// It informs times that are shown; it orders nothing. Source: sync.md 2.11.

namespace ventanilla::sync {

class ClockOffset {
  public:
    // A request left at wall clock `sent`, its answer of server time `server` came at `received`.
    void sample(Instant sent, Instant received, Millis round_trip, Instant server) {
        const Millis offset = server - (sent + (received - sent) / 2);
        samples_.push_back({round_trip, offset});
        if (samples_.size() > kKept) samples_.pop_front();
    }

    // The wall clock was moved by `jump` against the monotonic one.
    void shift(Millis jump) {
        for (Sample& sample : samples_)
            sample.offset -= jump;
    }

    // Whether the server's time is known at all; before that a device may be years off.
    [[nodiscard]] bool is_known() const { return !samples_.empty(); }

    [[nodiscard]] Millis offset() const {
        if (samples_.empty()) return Millis{0};
        std::vector<Sample> quickest(samples_.begin(), samples_.end());
        std::sort(quickest.begin(), quickest.end(),
                  [](const Sample& a, const Sample& b) { return a.round_trip < b.round_trip; });
        quickest.resize(std::min(quickest.size(), kUsed));
        std::sort(quickest.begin(), quickest.end(),
                  [](const Sample& a, const Sample& b) { return a.offset < b.offset; });
        return quickest[quickest.size() / 2].offset;
    }

  private:
    static constexpr std::size_t kKept = 32;
    static constexpr std::size_t kUsed = 8;
    struct Sample {
        Millis round_trip;
        Millis offset;
    };
    std::deque<Sample> samples_;
};

}  // namespace ventanilla::sync
