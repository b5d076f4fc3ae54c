#pragma once

#include <cstdint>

// Who may use how much of the server when there is not enough of it. Work is counted in units: one
// unit is one accepted command; everything else is given as a share of that. Source: outage.md 3.2.

namespace ventanilla::recovery {

enum class Lane : std::uint8_t {
    Banner = 0,       // what is going on, and when to come: never waits for anything
    Read = 1,         // pulls
    Interactive = 2,  // a command somebody just gave
    Replay = 3,       // an outbox that waited; needs a ticket while others wait (stored in tickets)
    Bulk = 4,         // attachments, figures: leftovers
};

struct LaneRule {
    double cost;         // units; of one command for the two lanes that write
    double queue_share;  // refused when the queue would hold more than this share of its bound
};

inline constexpr double kBannerCost = 0.01;
inline constexpr double kSlotCost = 0.01;
inline constexpr double kHelloCost =
    kBannerCost + kSlotCost;  // what coming back costs before any work
inline constexpr double kReadCost = 0.25;
inline constexpr double kWriteCost = 1.0;
inline constexpr double kRefusalCost = 0.02;

constexpr LaneRule rule_of(Lane lane) {
    switch (lane) {
        case Lane::Banner: return {kBannerCost, 1.0};
        case Lane::Read: return {kReadCost, 0.7};
        case Lane::Interactive: return {kWriteCost, 0.6};
        case Lane::Replay: return {kWriteCost, 0.5};
        case Lane::Bulk: return {kWriteCost, 0.3};
    }
    return {kWriteCost, 0.3};
}

}  // namespace ventanilla::recovery
