#include "shared/rules/working_calendar.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

using std::chrono::local_days;
using namespace std::chrono_literals;

constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kEntriesMax = 1'000;

Result<int> minutes_of(const Json& value) {
    if (value.is_number_integer()) {
        const auto minutes = value.get<std::int64_t>();
        if (minutes >= 0 && minutes <= kDayMinutes) return static_cast<int>(minutes);
    }
    if (value.is_string() && value.get_ref<const std::string&>().size() == 5) {
        const std::string text = value.get<std::string>();
        if (text == "24:00") return kDayMinutes;
        const Result<LocalTime> time = parse_local_time(concat("2000-01-01T", text));
        if (time) return static_cast<int>((time->time_since_epoch() % 24h) / 1min);
    }
    return invalid("a time of day is minutes from midnight (0 to 1440) or \"HH:MM\"");
}

Result<local_days> day_of(const Json& value) {
    const Result<LocalTime> day = value.is_string()
                                      ? parse_local_time(concat(value.get<std::string>(), "T00:00"))
                                      : Result<LocalTime>{Errc::Invalid};
    if (!day) return invalid("a day is written like \"2026-12-25\"");
    return std::chrono::floor<std::chrono::days>(*day);
}

Result<DayHours> hours_of(const Json& value) {
    if (!value.is_array() || value.size() > 48)
        return invalid("the hours of a day are a list of {\"start\", \"end\"}");
    DayHours hours;
    for (const Json& one : value) {
        const Period period{TRY(minutes_of(member(one, "start"))),
                            TRY(minutes_of(member(one, "end")))};
        if (period.end_min <= period.start_min)
            return invalid("a period ends before it begins; write two for hours past midnight");
        if (!hours.empty() && period.start_min < hours.back().end_min)
            return invalid("the periods of a day overlap or are out of order");
        hours.push_back(period);
    }
    return hours;
}

Result<WeekHours> week_of(const Json& value) {
    if (!value.is_array() || value.size() != 7)
        return invalid("\"week\" is a list of seven days, Monday first");
    WeekHours week;
    for (std::size_t day = 0; day < week.size(); ++day)
        week[day] = TRY(hours_of(value[day]));
    return week;
}

Result<Holiday> holiday_of(const Json& value) {
    if (value.is_string()) return Holiday{TRY(day_of(value)), {}};
    const Json& periods = member(value, "periods");
    return Holiday{TRY(day_of(member(value, "date"))),
                   periods.is_null() ? DayHours{} : TRY(hours_of(periods))};
}

Result<OtherWeek> other_week_of(const Json& value) {
    OtherWeek other{TRY(day_of(member(value, "from"))),
                    TRY(day_of(member(value, "to"))),
                    TRY(week_of(member(value, "week")))};
    if (other.to < other.from) return invalid("an exception ends before it begins");
    return other;
}

Result<Json> list_of(const Json& value, std::string_view key) {
    const Json& list = member(value, key);
    if (list.is_null()) return Json::array();
    if (!list.is_array()) return invalid(concat("\"", key, "\" is a list"));
    if (list.size() > kEntriesMax)
        return Error{Errc::TooLarge, concat("\"", key, "\" has over 1,000 entries"), {}};
    return list;
}

std::size_t index_of(std::chrono::weekday day) {
    return day.iso_encoding() - 1;
}

}  // namespace

Result<WorkingCalendar> working_calendar_from(const Json& value) {
    WorkingCalendar calendar;
    calendar.tz = TRY(text_at(value, "tz", 64));
    calendar.week = TRY(week_of(member(value, "week")));
    const Json holidays = TRY(list_of(value, "holidays"));
    for (const Json& one : holidays)
        calendar.holidays.push_back(TRY(holiday_of(one)));
    const Json exceptions = TRY(list_of(value, "exceptions"));
    for (const Json& one : exceptions)
        calendar.exceptions.push_back(TRY(other_week_of(one)));
    return calendar;
}

const DayHours& hours_on(const WorkingCalendar& calendar, local_days day) {
    for (const Holiday& holiday : calendar.holidays)
        if (holiday.date == day) return holiday.hours;
    const std::size_t index = index_of(std::chrono::weekday{day});
    for (const OtherWeek& other : calendar.exceptions)
        if (other.from <= day && day <= other.to) return other.week[index];
    return calendar.week[index];
}

std::vector<Interval> open_intervals(const WorkingCalendar& calendar,
                                     const TimeZone& zone,
                                     const Interval& bounds) {
    std::vector<Interval> open;
    if (bounds.is_empty()) return open;
    using std::chrono::days;
    const local_days last = std::chrono::floor<days>(local_time(zone, bounds.to)) + days{1};
    local_days day = std::chrono::floor<days>(local_time(zone, bounds.from)) - days{1};
    for (; day <= last; day += days{1}) {
        for (const Period& period : hours_on(calendar, day)) {
            const LocalReading start =
                read_local(zone, day + std::chrono::minutes{period.start_min});
            const LocalReading end = read_local(zone, day + std::chrono::minutes{period.end_min});
            const bool is_skipped = end.reading == Reading::Never;
            open.push_back(
                clipped({start.not_before, is_skipped ? end.not_before : end.last}, bounds));
        }
    }
    return union_of(std::move(open));
}

}  // namespace ventanilla::rules
