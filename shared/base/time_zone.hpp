#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "shared/base/time.hpp"

// What a clock on a wall shows, and the instants it can mean. Which offset holds when is the
// business of an adapter: the operating system's tz database on the server (server/status/zones),
// a table in tests.

namespace ventanilla {

// Date and time of day as read from a wall, in no particular zone.
using LocalTime = std::chrono::local_time<Millis>;

class TimeZone {
  public:
    virtual ~TimeZone() = default;

    // Its IANA name: "Europe/Madrid".
    [[nodiscard]] virtual std::string_view name() const = 0;

    // What is added to UTC to get the wall's time at `at`.
    [[nodiscard]] virtual std::chrono::seconds offset_at(Instant at) const = 0;
};

class TimeZones {
  public:
    virtual ~TimeZones() = default;

    // The zone of an IANA name, living as long as this; null when there is none of that name.
    [[nodiscard]] virtual const TimeZone* find(std::string_view name) const = 0;
};

// Coordinated universal time, which every adapter has.
const TimeZone& utc();

enum class Reading : std::uint8_t {
    Once,   // the usual case: all three instants below are the same
    Twice,  // clocks were set back: `first` and `last` are the two
    Never,  // clocks were set forward over it
};

// What a local time can mean in a zone.
struct LocalReading {
    Reading reading = Reading::Once;
    // Read as RFC 5545 does: the first of two; for a time that does not exist, by the offset that
    // held before the gap. Source: RFC 5545, section 3.3.5.
    Instant first;
    Instant last;        // the second of two; `first` otherwise
    Instant not_before;  // the first instant whose wall shows this time or a later one
};

// Assumes that a zone changes its offset at most once in two days, which all known zones keep to.
LocalReading read_local(const TimeZone& zone, LocalTime local);

LocalTime local_time(const TimeZone& zone, Instant at);

// "2026-10-25T02:00" or "2026-10-25T02:00:00", no zone behind it. Errors: Invalid.
Result<LocalTime> parse_local_time(std::string_view text);
std::string to_text(LocalTime local);  // "2026-10-25T02:00:00"

}  // namespace ventanilla
