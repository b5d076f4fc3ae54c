#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "shared/base/time.hpp"

// How many different devices came in the last day, without a list of them: one HyperLogLog sketch
// an hour, 24 KiB in all, wrong by about 3 %. Source: Flajolet et al., 2007; outage.md 3.5.

namespace ventanilla::recovery {

class Census {
  public:
    // `known`: what was known before this process began; holds until a day has been counted.
    explicit Census(double known, Instant since);

    // `principal`: any number that stands for one device.
    void saw(std::uint64_t principal, Instant now);
    [[nodiscard]] double clients(Instant now) const;

  private:
    static constexpr std::size_t kHours = 24;
    static constexpr std::size_t kRegisters = 1024;
    struct Hour {
        std::int64_t number = -1;  // since 1970
        std::array<std::uint8_t, kRegisters> registers{};
    };

    double known_;
    Instant since_;
    std::vector<Hour> hours_;
};

}  // namespace ventanilla::recovery
