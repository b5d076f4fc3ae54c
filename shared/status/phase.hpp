#pragma once

#include <optional>

#include "shared/base/time.hpp"
#include "shared/domain/outage.hpp"

// Where an outage stands at an instant, by what is stored and the clock alone: a maintenance begins
// and runs over on a device that has been offline for days, but nothing ends without somebody
// saying so.
//
// `now` is always the server's time as the device knows it: the last one it heard plus what its
// monotonic clock counted since, never the wall clock. Source: outage.md 2.2, 2.7.

namespace ventanilla::status {

enum class Phase : std::uint8_t {
    Announced,          // a maintenance that has not begun
    Ongoing,            // an incident, or a maintenance somebody started
    OngoingBySchedule,  // the time has come, nobody has confirmed it
    Overrunning,        // started, and past what was promised
    ShouldHaveEnded,    // by its schedule it is over; nobody has said anything
    Over,
};

Phase phase_of(const domain::Outage& outage, Instant now);

// Whether services may be touched by it now.
bool is_active(Phase phase);

// How long a maintenance may run over before it is an outage: a tenth of itself, 5 to 15 minutes.
Millis grace_of(const domain::Outage& maintenance);

// A maintenance past the end it was covered until by more than a tenth of itself (5 to 15 minutes)
// is an outage like any other.
bool is_past_grace(const domain::Outage& outage, Instant now);

// Whether it is more than anybody announced: an incident, and a maintenance past its end or worse
// than it was said to be.
bool is_unplanned(const domain::Outage& outage, Instant now);

// From when on its spokesperson is asked: finish, extend, or hand over? Ten minutes before the
// promised end, or 15 % of the window.
Instant asks_at(const domain::Outage& maintenance);

// When its word has run out: nobody can trust a row that promised an update a day ago.
Instant expires_at(const domain::Outage& outage);

// The end as it is shown: rounded up to a quarter of an hour, because nobody knows it to the
// minute.
std::optional<Instant> shown_eta(const domain::Outage& outage);
bool is_eta_missed(const domain::Outage& outage, Instant now);

// Whether the next update was promised for an earlier time than this.
bool is_update_overdue(const domain::Outage& outage, Instant now);

// Whole minutes from `from` to `to`, rounded down; 0 when `to` is earlier. What countdowns and ages
// show.
int minutes_between(Instant from, Instant to);

}  // namespace ventanilla::status
