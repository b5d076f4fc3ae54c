#pragma once

#include <algorithm>
#include <cstdint>

#include "shared/base/time.hpp"

// Where randomness comes from. The portal's adapter asks crypto.getRandomValues, the server's getrandom;
// SeededRandom serves tests and the simulator, where one seed replays everything.

namespace ventanilla {

class Random {
  public:
    virtual ~Random() = default;

    // 64 uniformly distributed bits.
    virtual std::uint64_t next() = 0;

    // Uniform in [0, bound); 0 when `bound` is 0. Bias below 2^-32 for any bound used here.
    std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : next() % bound; }

    // True with probability `numerator`/`denominator`.
    bool chance(std::uint64_t numerator, std::uint64_t denominator) {
        return below(denominator) < numerator;
    }
};

// Uniform in [0, bound]; none when `bound` is negative.
inline Millis uniform(Random& random, Millis bound) {
    const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(bound.count(), 0));
    return Millis{static_cast<std::int64_t>(random.below(ms + 1))};
}

// splitmix64: tiny, good enough for simulations, never for secrets.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() override {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }

  private:
    std::uint64_t state_;
};

}  // namespace ventanilla
