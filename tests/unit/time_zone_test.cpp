#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/rules/working_calendar.hpp"
#include "tests/unit/support_zones.hpp"

namespace ventanilla {
namespace {

LocalTime local(std::string_view text) {
    const Result<LocalTime> time = parse_local_time(text);
    EXPECT_TRUE(time) << text;
    return time.value_or(LocalTime{});
}

std::string text_of(Instant at) {
    return iso8601(at).substr(5, 11);
}

std::string described(const LocalReading& read) {
    constexpr const char* kNames[] = {"once", "twice", "never"};
    return concat(kNames[static_cast<std::size_t>(read.reading)],
                  " ",
                  text_of(read.first),
                  " ",
                  text_of(read.last),
                  " ",
                  text_of(read.not_before));
}

TEST(LocalTimes, AreReadAsRfc5545SaysAcrossChangesOfClocks) {
    const TableZones zones;
    struct Case {
        const char* zone;
        const char* local;
        const char* read;  // how often; the first, the last, and not before
    };
    const Case cases[] = {
        {"Europe/Madrid", "2026-07-01T09:00", "once 07-01T07:00 07-01T07:00 07-01T07:00"},
        {"Europe/Madrid", "2026-10-25T01:59", "once 10-24T23:59 10-24T23:59 10-24T23:59"},
        {"Europe/Madrid", "2026-10-25T02:00", "twice 10-25T00:00 10-25T01:00 10-25T00:00"},
        {"Europe/Madrid", "2026-10-25T03:00", "once 10-25T02:00 10-25T02:00 10-25T02:00"},
        {"Europe/Madrid", "2027-03-28T02:30", "never 03-28T01:30 03-28T01:30 03-28T01:00"},
        {"Europe/Madrid", "2027-03-28T03:00", "once 03-28T01:00 03-28T01:00 03-28T01:00"},
        {"America/Chicago", "2026-11-01T01:30", "twice 11-01T06:30 11-01T07:30 11-01T06:30"},
        {"America/Chicago", "2026-03-08T02:15", "never 03-08T08:15 03-08T08:15 03-08T08:00"},
        {"UTC", "2026-03-08T02:15", "once 03-08T02:15 03-08T02:15 03-08T02:15"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(described(read_local(*zones.find(each.zone), local(each.local))), each.read)
            << each.zone << " " << each.local;
}

TEST(LocalTimes, ComeBackFromEveryInstantOfADayWithAChange) {
    const TableZones zones;
    const TimeZone& madrid = *zones.find("Europe/Madrid");
    for (const char* from : {"2026-10-24T12:00:00Z", "2027-03-27T12:00:00Z"}) {
        for (int minute = 0; minute < 24 * 60; minute += 7) {
            const Instant at = utc_time(from) + std::chrono::minutes{minute};
            const LocalReading read = read_local(madrid, local_time(madrid, at));
            EXPECT_TRUE(at == read.first || at == read.last) << iso8601(at);
            EXPECT_NE(read.reading, Reading::Never);
        }
    }
}

TEST(LocalTimes, AreRefusedWithAZoneOrWithoutSense) {
    for (const char* text : {"",
                             "2026-10-25",
                             "2026-10-25T02:00Z",
                             "2026-10-25T02:00:00Z",
                             "2026-02-30T02:00",
                             "2026-10-25T24:00",
                             "2026-10-25 02:00",
                             "2026-10-25T02:00:00.000"})
        EXPECT_FALSE(parse_local_time(text)) << text;
}

// ---- working calendars ----

using rules::open_intervals;
using rules::working_calendar_from;

Json office_hours(const char* zone) {
    const Json day = Json::array(
        {{{"start", "08:30"}, {"end", 14 * 60}}, {{"start", 15 * 60}, {"end", "18:00"}}});
    const Json friday = Json::array({{{"start", "08:00"}, {"end", "15:00"}}});
    const Json none = Json::array();
    return {{"tz", zone}, {"week", {day, day, day, day, friday, none, none}}};
}

std::string opened(const Json& calendar, const char* from, const char* to) {
    const TableZones zones;
    const auto read = working_calendar_from(calendar);
    if (!read) return read.error().detail;
    std::string text;
    for (const Interval& open :
         open_intervals(*read, *zones.find(read->tz), {utc_time(from), utc_time(to)}))
        text += concat(text.empty() ? "" : " ", text_of(open.from), "/", text_of(open.to));
    return text;
}

TEST(WorkingCalendar, OpensByTheWallOfItsZone) {
    const Json madrid = office_hours("Europe/Madrid");
    EXPECT_EQ(opened(madrid, "2026-03-27T00:00:00Z", "2026-03-31T00:00:00Z"),
              "03-27T07:00/03-27T14:00 "
              "03-30T06:30/03-30T12:00 03-30T13:00/03-30T16:00")
        << "an hour earlier in UTC after the clocks went forward";
    EXPECT_EQ(opened(madrid, "2026-03-27T08:00:00Z", "2026-03-27T09:00:00Z"),
              "03-27T08:00/03-27T09:00")
        << "clipped to what was asked";
}

TEST(WorkingCalendar, AHolidayComesBeforeAnExceptionAndThatBeforeTheWeek) {
    Json madrid = office_hours("Europe/Madrid");
    const Json morning = Json::array({{{"start", "08:00"}, {"end", "15:00"}}});
    const Json none = Json::array();
    madrid["exceptions"] = {{{"from", "2026-08-01"},
                             {"to", "2026-08-31"},
                             {"week", {morning, morning, morning, morning, morning, none, none}}}};
    madrid["holidays"] = {
        "2026-08-04",
        {{"date", "2026-08-05"}, {"periods", {{{"start", "10:00"}, {"end", "11:00"}}}}}};
    EXPECT_EQ(opened(madrid, "2026-08-03T00:00:00Z", "2026-08-06T00:00:00Z"),
              "08-03T06:00/08-03T13:00 08-05T08:00/08-05T09:00");
}

TEST(WorkingCalendar, AroundTheClockIsOneStretchAlsoWhenClocksChange) {
    const Json all = Json::array({{{"start", 0}, {"end", 1440}}});
    const Json always = {{"tz", "Europe/Madrid"}, {"week", {all, all, all, all, all, all, all}}};
    for (const char* month : {"2026-03", "2026-10"}) {
        const std::string from = concat(month, "-20T00:00:00Z"),
                          to = concat(month, "-31T00:00:00Z");
        EXPECT_EQ(opened(always, from.c_str(), to.c_str()),
                  concat(month + 5, "-20T00:00/", month + 5, "-31T00:00"));
    }
}

TEST(WorkingCalendar, OpeningInAGapIsTheFirstInstantAfterItAndClosingTwiceTheSecond) {
    const Json night = Json::array({{{"start", "02:15"}, {"end", "02:45"}}});
    const Json nights = {{"tz", "Europe/Madrid"},
                         {"week", {night, night, night, night, night, night, night}}};
    EXPECT_EQ(opened(nights, "2027-03-28T00:00:00Z", "2027-03-28T12:00:00Z"), "")
        << "the half hour does not exist that night";
    EXPECT_EQ(opened(nights, "2026-10-25T00:00:00Z", "2026-10-25T12:00:00Z"),
              "10-25T00:15/10-25T01:45");
}

TEST(WorkingCalendar, SaysWhatIsWrongWithIt) {
    const Json good = office_hours("Europe/Madrid");
    EXPECT_TRUE(working_calendar_from(good));
    const auto with = [&good](const char* key, Json value) {
        Json calendar = good;
        calendar[key] = std::move(value);
        return calendar;
    };
    const Json none = Json::array();
    const auto week_of = [&none](Json monday) {
        return Json{std::move(monday), none, none, none, none, none, none};
    };
    const Json wrong[] = {
        Json::array(),
        with("tz", 3),
        with("week", none),
        with("week", week_of({{{"start", 600}, {"end", 600}}})),
        with("week", week_of({{{"start", 600}, {"end", 1441}}})),
        with("week", week_of({{{"start", -1}, {"end", 60}}})),
        with("week", week_of({{{"start", "9"}, {"end", 60}}})),
        with("week", week_of({{{"start", 0}, {"end", 60}}, {{"start", 59}, {"end", 70}}})),
        with("holidays", {"25 December"}),
        with("holidays", 7),
        with("holidays", {{{"date", "2026-13-01"}}}),
        with("exceptions",
             {{{"from", "2026-09-01"}, {"to", "2026-08-31"}, {"week", good["week"]}}}),
    };
    for (const Json& calendar : wrong) {
        const auto read = working_calendar_from(calendar);
        ASSERT_FALSE(read) << calendar.dump();
        EXPECT_FALSE(read.error().detail.empty()) << calendar.dump();
    }
    EXPECT_EQ(
        working_calendar_from(with("holidays", Json(std::vector<std::string>(1001, "2026-01-01"))))
            .error()
            .code,
        Errc::TooLarge);
}

}  // namespace
}  // namespace ventanilla
