#pragma once

#include <array>
#include <vector>

#include "shared/base/interval.hpp"
#include "shared/base/json.hpp"
#include "shared/base/time_zone.hpp"

// When a desk or a service is open: a week, holidays, and stretches with another week. Source:
// domain.md 3.3 (Calendar) and 4.4.

namespace ventanilla::rules {

struct Period {
    int start_min = 0;  // minutes from local midnight, 0..1440
    int end_min = 0;    // likewise, after the start; 1440 is the end of the day
};

using DayHours = std::vector<Period>;       // in order, not overlapping
using WeekHours = std::array<DayHours, 7>;  // Monday first

struct Holiday {
    std::chrono::local_days date;
    DayHours hours;  // usually none
};

struct OtherWeek {
    std::chrono::local_days from;
    std::chrono::local_days to;  // the last day of it
    WeekHours week;
};

struct WorkingCalendar {
    std::string tz;  // IANA
    WeekHours week;
    std::vector<Holiday> holidays;
    std::vector<OtherWeek> exceptions;
};

// Reads {"tz", "week": [7 lists of {"start", "end"}], "holidays"?: ["2026-12-25" or {"date",
// "periods"}], "exceptions"?: [{"from", "to", "week"}], "version"?}. A start or an end is minutes
// from midnight or "HH:MM"; the end of a day is 1440 or "24:00".
// Errors: Invalid, naming what is wrong; TooLarge over 1,000 holidays or exceptions.
Result<WorkingCalendar> working_calendar_from(const Json& value);

// The hours of one day: those of a holiday, else of the first exception it lies in, else its
// week's.
const DayHours& hours_on(const WorkingCalendar& calendar, std::chrono::local_days day);

// The open stretches inside `bounds`. Shape: as union_of. An opening time that a change of clocks
// skips is the first instant after it; of one that happens twice a start is the first and an end
// the second. Cost: one step a day. Source: domain.md 4.4.
std::vector<Interval> open_intervals(const WorkingCalendar& calendar,
                                     const TimeZone& zone,
                                     const Interval& bounds);

}  // namespace ventanilla::rules
