#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/base/time.hpp"

// One thread, one seed, virtual time. Everything that happens is an event in one queue; between any two
// of them anything may be killed.

namespace ventanilla::sim {

// How often each fault happens in this seed; drawn anew for each seed so that some are calm and some brutal.
struct FaultRates {
    unsigned drop = 0;        // all in percent of the occasions
    unsigned duplicate = 0;
    unsigned delay = 0;
    unsigned truncate = 0;
    unsigned captive = 0;
    unsigned lose_reply = 0;
    unsigned server_crash = 0;
    unsigned disk_full = 0;
    unsigned sync_error = 0;
    unsigned partition = 0;
    unsigned tab_kill = 0;
    unsigned power_cut = 0;
    unsigned second_tab = 0;
    unsigned freeze = 0;
    unsigned put_error = 0;
    unsigned quota = 0;
    unsigned connection_lost = 0;
    unsigned late_complete = 0;
    unsigned bit_flip = 0;
    unsigned clock_jump = 0;
    unsigned role_change = 0;
    unsigned poison = 0;
    unsigned restore = 0;
    unsigned horizon = 0;
};

class World {
  public:
    explicit World(std::uint64_t seed) : random(seed) {}

    SeededRandom random;
    FaultRates rates;
    bool is_calm = false;  // the faults have stopped

    [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

    void at(std::int64_t when_ms, std::function<void()> event) {
        queue_.emplace(std::make_pair(std::max(when_ms, now_ms_), next_++), std::move(event));
    }
    void after(std::int64_t ms, std::function<void()> event) { at(now_ms_ + ms, std::move(event)); }

    // Runs the next event; false when there is none up to `until_ms`.
    bool step(std::int64_t until_ms) {
        if (queue_.empty() || queue_.begin()->first.first > until_ms) {
            now_ms_ = std::max(now_ms_, until_ms);
            return false;
        }
        auto event = queue_.extract(queue_.begin());
        now_ms_ = event.key().first;
        ++steps_;
        event.mapped()();
        return true;
    }

    // Whether a fault of this rate happens now.
    bool fault(unsigned percent) { return !is_calm && random.below(100) < percent; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(high - low + 1)));
    }

    // ---- what happened, for whoever reads a failure
    template <class... Parts>
    void trace(const Parts&... parts) {
        trace_.push_back(concat(now_ms_, " ", parts...));
        if (is_verbose) print(trace_.back());
        if (trace_.size() > 400) trace_.pop_front();
    }
    [[nodiscard]] const std::deque<std::string>& tail() const { return trace_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

    // ---- violations: the first one ends the run
    template <class... Parts>
    void violation(std::string_view invariant, const Parts&... parts) {
        if (violation_.empty()) violation_ = concat(invariant, ": ", parts...);
    }
    [[nodiscard]] const std::string& violated() const { return violation_; }

    bool is_verbose = false;

  private:
    static void print(const std::string& line);

    std::int64_t now_ms_ = 0;
    std::uint64_t next_ = 0;
    std::uint64_t steps_ = 0;
    std::map<std::pair<std::int64_t, std::uint64_t>, std::function<void()>> queue_;
    std::deque<std::string> trace_;
    std::string violation_;
};

}  // namespace ventanilla::sim
