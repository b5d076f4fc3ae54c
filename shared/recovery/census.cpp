#include "shared/recovery/census.hpp"

#include <algorithm>
#include <cmath>

namespace ventanilla::recovery {
namespace {

constexpr unsigned kRegisterBits = 10;

// A number that means somebody is not random enough for counting by leading zeros.
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31U);
}

std::int64_t hour_of(Instant at) {
    return to_ms(at) / 3'600'000;
}

}  // namespace

Census::Census(double known, Instant since) : known_(known), since_(since), hours_(kHours) {}

void Census::saw(std::uint64_t principal, Instant now) {
    const std::uint64_t bits = mixed(principal);
    const std::int64_t number = hour_of(now);
    Hour& hour = hours_[static_cast<std::size_t>(number) % kHours];
    if (hour.number != number) {
        hour.number = number;
        hour.registers.fill(0);
    }
    std::uint8_t& longest = hour.registers[bits & (kRegisters - 1)];
    std::uint8_t rank = 1;  // of the first one among the other bits
    for (std::uint64_t rest = bits >> kRegisterBits; (rest & 1U) == 0 && rank < 54; rest >>= 1U)
        ++rank;
    longest = std::max(longest, rank);
}

double Census::clients(Instant now) const {
    std::array<std::uint8_t, kRegisters> merged{};
    for (const Hour& hour : hours_) {
        if (hour.number <= hour_of(now) - static_cast<std::int64_t>(kHours)) continue;
        for (std::size_t i = 0; i < kRegisters; ++i)
            merged[i] = std::max(merged[i], hour.registers[i]);
    }
    double sum = 0;
    double empty = 0;
    for (const std::uint8_t rank : merged) {
        sum += std::ldexp(1.0, -rank);
        empty += rank == 0 ? 1.0 : 0.0;
    }
    constexpr auto kCount = static_cast<double>(kRegisters);
    constexpr double kAlpha = 0.7213 / (1.0 + 1.079 / kCount);
    double estimate = kAlpha * kCount * kCount / sum;
    // Few of them leave registers empty, and those tell more precisely.
    if (estimate < 2.5 * kCount && empty > 0) estimate = kCount * std::log(kCount / empty);
    const bool is_young = now - since_ < std::chrono::hours{kHours};
    return is_young ? std::max(estimate, known_) : estimate;
}

}  // namespace ventanilla::recovery
