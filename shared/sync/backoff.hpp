#pragma once

#include <algorithm>

#include "shared/base/random.hpp"
#include "shared/base/time.hpp"

// How long to wait before trying again: exponential with full jitter, capped before the jitter so that no
// two clients meet at the cap; the server's Retry-After is a floor. It never gives up by count.
// Source: sync.md 2.4, outage.md 3.1.

namespace ventanilla::sync {

class Backoff {
  public:
    explicit Backoff(Random& random) : random_(random) {}

    void reset() { failures_ = 0; }
    void restart(Millis now, Millis spread) {
        failures_ = 0;
        until_ = now + uniform(spread);
    }
    void fail(Millis now, Millis retry_after) {
        failures_ = std::min(failures_ + 1, 16);
        Millis wait = std::max(retry_after, uniform(ceiling(failures_)));
        wait += uniform(wait / 10);
        until_ = now + wait;
    }
    void clear() {
        failures_ = 0;
        until_ = Millis{0};
    }

    [[nodiscard]] Millis until() const { return until_; }
    [[nodiscard]] bool is_waiting(Millis now) const { return now < until_; }
    [[nodiscard]] int failures() const { return failures_; }

    // Uniform in [0, bound].
    Millis uniform(Millis bound) {
        const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(bound.count(), 0));
        return Millis{static_cast<std::int64_t>(random_.below(ms + 1))};
    }

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
