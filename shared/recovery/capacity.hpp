#pragma once

#include <algorithm>

#include "shared/base/time.hpp"

// How many units a second this server can do. It can only be seen while the server has more to do
// than it can; so it starts from the last value known to be true, goes down slowly, up fast, never
// under half of what was healthy, and returns there when nothing contradicts. Too low cannot be
// repaired, because slots once given are far away; too high repairs itself, because the queue is
// bounded. Source: outage.md 3.5.

namespace ventanilla::recovery {

class Capacity {
  public:
    explicit Capacity(double healthy_units_per_s)
        : healthy_(std::max(1.0, healthy_units_per_s)), estimate_(healthy_) {}

    // What one second of work looked like. Saturated: the queue never ran low.
    void saw_saturated(double units_per_s) {
        constexpr double kDown = 0.02, kUp = 0.5, kHealthyDown = 0.002;
        const bool is_more = units_per_s > estimate_;
        estimate_ += (units_per_s - estimate_) * (is_more ? kUp : kDown);
        healthy_ += (units_per_s - healthy_) * (units_per_s > healthy_ ? kUp : kHealthyDown);
        estimate_ = std::max(estimate_, healthy_ / 2);
    }
    void saw_spare() {
        constexpr double kReturn = 0.05;
        estimate_ += std::max(0.0, healthy_ - estimate_) * kReturn;
    }

    [[nodiscard]] double units_per_s() const { return estimate_; }
    [[nodiscard]] double healthy_units_per_s() const { return healthy_; }  // worth keeping on disk

  private:
    double healthy_;
    double estimate_;
};

}  // namespace ventanilla::recovery
