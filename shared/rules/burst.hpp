#pragma once

#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/time.hpp"

// Several people reporting the same in a short time are a possible outage: somebody should look
// before the twentieth writes. Source: outage.md 1 and domain.md 4.3.5 (candidate).

namespace ventanilla::rules {

// Something broken that somebody reported, not linked to an outage.
struct Report {
    Id request;
    Id requester;
    Id service;
    Id site;  // nil: remote
    Instant at;
};

inline constexpr int kBurstPeople = 5;
inline constexpr Millis kBurstWithin = std::chrono::minutes{10};
inline constexpr Millis kBurstFresh = std::chrono::hours{1};  // without a new one, it is over

struct Burst {
    Id service;
    Id site;                   // of all of them; nil when they are spread
    std::vector<Id> requests;  // oldest first
    Instant first;
    Instant last;
    int people = 0;

    // The same for everybody who sees it, also when more join.
    [[nodiscard]] Id id() const;
};

// A burst begins with five different people within ten minutes about one service; what follows
// within ten minutes of the one before belongs to it. Newest first. `reports` in any order.
std::vector<Burst> bursts(std::vector<Report> reports, Instant now);

}  // namespace ventanilla::rules
