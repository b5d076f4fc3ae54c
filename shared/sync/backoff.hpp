#pragma once

#include <algorithm>

#include "shared/base/random.hpp"
#include "shared/base/time.hpp"

// How long to wait before the live connection is tried again: exponential with full jitter, capped
// before the jitter so that no two clients meet at the cap. It never gives up by count. What waits
// for the server itself is recovery::Pacer's. Source: sync.md 2.4, outage.md 3.1.

namespace ventanilla::sync {

class Backoff {
  public:
    explicit Backoff(Random& random) : random_(random) {}

    void reset() { failures_ = 0; }
    void restart(Millis now, Millis spread) {
        failures_ = 0;
        until_ = now + uniform(random_, spread);
    }
    void fail(Millis now) {
        failures_ = std::min(failures_ + 1, 16);
        until_ = now + uniform(random_, ceiling(failures_));
    }

    [[nodiscard]] Millis until() const { return until_; }

    // 1 s, 2 s, 4 s … 60 s.
    static Millis ceiling(int failures) {
        const int doublings = std::clamp(failures - 1, 0, 6);
        return std::min(Millis{60'000}, Millis{std::int64_t{1'000} << doublings});
    }

  private:
    Random& random_;
    Millis until_{0};
    int failures_ = 0;
};

}  // namespace ventanilla::sync
