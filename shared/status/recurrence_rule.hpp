#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/time_zone.hpp"

// On which days something happens again: the part of RFC 5545's RRULE that maintenance needs. Days
// only; the time of day is that of the series. Source: RFC 5545, section 3.3.10; outage.md 2.2.

namespace ventanilla::status {

enum class Frequency : std::uint8_t { Daily, Weekly, Monthly, Yearly };

struct RuleDay {
    std::chrono::weekday day;
    int nth = 0;  // 2: the second, -1: the last, of the month or year; 0: each
};

struct RecurrenceRule {
    Frequency frequency = Frequency::Daily;
    int interval = 1;
    std::optional<int> count;
    std::optional<Instant> until;          // the last instant it may begin at, when said in UTC
    std::optional<LocalTime> until_local;  // likewise by the wall; a bare date means all of its day
    std::vector<RuleDay> by_day;
    std::vector<int> by_month_day;  // -1: the last
    std::vector<int> by_month;
    std::vector<int> by_set_pos;  // of what the parts above leave of one period
    std::chrono::weekday week_start = std::chrono::Monday;
};

// Reads "FREQ=MONTHLY;BYDAY=2SU;INTERVAL=2", with or without "RRULE:" before it. Parts: FREQ (DAILY
// to YEARLY), INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST.
// Errors: Invalid with a sentence: a part that is unknown, comes twice, has a value out of its
// range, or does not go with the frequency.
Result<RecurrenceRule> parse_recurrence_rule(std::string_view text);

// The days the rule gives to the period number `index` (0: that of `start`), in order; whether they
// lie before `start` is for the caller.
std::vector<std::chrono::local_days> days_of_period(const RecurrenceRule& rule,
                                                    std::chrono::local_days start,
                                                    int index);

// The first day of that period: with it a caller knows when to stop.
std::chrono::local_days period_start(const RecurrenceRule& rule,
                                     std::chrono::local_days start,
                                     int index);

}  // namespace ventanilla::status
