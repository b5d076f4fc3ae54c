#pragma once

#include <cstdint>
#include <vector>

#include "shared/domain/outage.hpp"
#include "shared/rules/viewer.hpp"
#include "shared/status/phase.hpp"

// Which outages stand as banners in front of one person, in which order, and how far they can be
// trusted. Source: outage.md 2.7.

namespace ventanilla::status {

// How far what the device knows can be trusted, by its age.
enum class Freshness : std::uint8_t {
    Current,    // as fresh as polling makes it
    AsOf,       // say of when it is
    LastKnown,  // say that the device is offline and of when it is; nothing is "operational" any
                // more
};

// `age`: since the server last answered, by the monotonic clock. `poll`: how often it is asked.
Freshness freshness_of(Millis age, Millis poll);

// Why an outage concerns somebody.
enum class Reach : std::uint8_t { Everybody, MySite, NotMe };

Reach reach_of(const domain::Outage& outage, const rules::Viewer& viewer);

// Grows with everything worth showing again: a material update, and an estimate that was missed,
// which nobody needs to say.
int news_of(const domain::Outage& outage, Instant now);

struct Dismissal {
    Id outage;
    int news = 0;  // that had been read
};

struct Banner {
    const domain::Outage* outage = nullptr;  // lives as long as the list it was chosen from
    Reach reach = Reach::Everybody;
    Phase phase = Phase::Ongoing;
    bool may_be_over = false;  // its word has run out: collapse it to that
    bool is_unplanned = true;  // an incident, or a maintenance that is more than was announced
    int news = 0;
    bool is_dismissible = false;
};

// The banner of one outage, whether it would stand now or not: for previews.
Banner banner_of(const domain::Outage& outage, const rules::Viewer& viewer, Instant now);

// The banners for `viewer`: outages that are open, a maintenance from a day before it begins.
// Ordered: what affects them first, then the worst, overruns before what runs as planned, the
// newest material update. What was dismissed comes back with news only, and what is bad cannot be
// dismissed at all.
std::vector<Banner> banners_for(const std::vector<domain::Outage>& outages,
                                const rules::Viewer& viewer,
                                const std::vector<Dismissal>& dismissed,
                                Instant now);

}  // namespace ventanilla::status
