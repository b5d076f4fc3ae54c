#include "shared/status/recurrence.hpp"

#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "tests/unit/support_zones.hpp"

namespace ventanilla::status {
namespace {

using namespace std::chrono_literals;

Json series_json(const char* start, const char* tz, const char* rule) {
    Json series = {{"dtstart", start}, {"tz", tz}, {"duration_min", 120}};
    if (*rule != '\0') series["rrule"] = rule;
    return series;
}

// The begin of each occurrence in a window, in UTC, as "MM-DDThh:mm".
std::string begins(const Json& json, const char* from, const char* to) {
    const TableZones zones;
    const Result<Series> series = series_from(json);
    if (!series) return series.error().detail;
    const auto found =
        occurrences(*series, *zones.find(series->tz), {utc_time(from), utc_time(to)});
    if (!found) return found.error().detail;
    std::string text;
    for (const Occurrence& each : *found)
        text += concat(text.empty() ? "" : " ",
                       each.is_cancelled ? "x" : "",
                       iso8601(each.from).substr(5, 11));
    return text;
}

std::string dates(const char* start, const char* rule, const char* until = "2028-01-01T00:00:00Z") {
    const TableZones zones;
    const Result<Series> series = series_from(series_json(start, "UTC", rule));
    if (!series) return series.error().detail;
    const auto found =
        occurrences(*series, utc(), {utc_time("2000-01-01T00:00:00Z"), utc_time(until)});
    if (!found) return found.error().detail;
    std::string text;
    for (const Occurrence& each : *found)
        text += concat(text.empty() ? "" : " ", iso8601(each.from).substr(2, 8));
    return text;
}

TEST(Recurrence, OfTwoTimesTakesTheFirstAndInAGapTheOffsetBefore) {
    const Json weekly = series_json("2026-10-18T02:00", "Europe/Madrid", "FREQ=WEEKLY");
    EXPECT_EQ(begins(weekly, "2026-10-17T00:00:00Z", "2026-11-10T00:00:00Z"),
              "10-18T00:00 10-25T00:00 11-01T01:00 11-08T01:00");
    const Json spring = series_json("2027-03-21T02:30", "Europe/Madrid", "FREQ=WEEKLY;COUNT=3");
    EXPECT_EQ(begins(spring, "2027-03-01T00:00:00Z", "2027-05-01T00:00:00Z"),
              "03-21T01:30 03-28T01:30 04-04T00:30");
    const Json chicago = series_json("2026-10-31T01:30", "America/Chicago", "FREQ=DAILY;COUNT=3");
    EXPECT_EQ(begins(chicago, "2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z"),
              "10-31T06:30 11-01T06:30 11-02T07:30");
}

TEST(Recurrence, SaysWhichOccurrencesClocksChangeOver) {
    const TableZones zones;
    const Result<Series> series =
        series_from(series_json("2026-10-18T02:00", "Europe/Madrid", "FREQ=WEEKLY"));
    ASSERT_TRUE(series);
    const auto found =
        occurrences(*series,
                    *zones.find("Europe/Madrid"),
                    {utc_time("2026-10-18T00:00:00Z"), utc_time("2027-04-05T00:00:00Z")});
    ASSERT_TRUE(found);
    std::string changes;
    for (const Occurrence& each : *found) {
        if (each.reading == Reading::Once) continue;
        changes +=
            concat(to_text(each.start), each.reading == Reading::Twice ? " twice; " : " never; ");
    }
    EXPECT_EQ(changes, "2026-10-25T02:00:00 twice; 2027-03-28T02:00:00 never; ");
}

TEST(Recurrence, FollowsTheRuleOfTheStandard) {
    struct Case {
        const char* start;
        const char* rule;
        const char* dates;
    };
    const Case cases[] = {
        {"2026-01-05T02:00", "", "26-01-05"},
        {"2026-01-05T02:00", "FREQ=DAILY;COUNT=3", "26-01-05 26-01-06 26-01-07"},
        {"2026-01-05T02:00", "FREQ=DAILY;INTERVAL=10;UNTIL=20260125", "26-01-05 26-01-15 26-01-25"},
        {"2026-01-05T02:00", "FREQ=DAILY;UNTIL=20260106T020000Z", "26-01-05 26-01-06"},
        {"2026-01-05T02:00", "FREQ=DAILY;UNTIL=20260106T015959Z", "26-01-05"},
        {"2026-01-05T02:00", "FREQ=DAILY;UNTIL=20260106T020000", "26-01-05 26-01-06"},
        {"2026-01-05T02:00", "FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "26-01-10 26-01-11 26-01-17"},
        {"2026-01-01T02:00",
         "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=1,-1;COUNT=3",
         "26-02-01 26-02-28 27-02-01"},
        {"2026-01-06T02:00", "FREQ=WEEKLY;COUNT=3;BYDAY=TU,TH", "26-01-06 26-01-08 26-01-13"},
        {"2026-01-08T02:00",
         "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,TH",
         "26-01-08 26-01-20 26-01-22 26-02-03"},
        // The example of RFC 5545 that shows what WKST changes.
        {"2026-08-04T09:00",
         "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
         "26-08-04 26-08-09 26-08-18 26-08-23"},
        {"2026-08-04T09:00",
         "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
         "26-08-04 26-08-16 26-08-18 26-08-30"},
        {"2026-01-31T02:00", "FREQ=MONTHLY;COUNT=3", "26-01-31 26-03-31 26-05-31"},
        {"2026-01-01T02:00", "FREQ=MONTHLY;BYDAY=2SU;COUNT=3", "26-01-11 26-02-08 26-03-08"},
        {"2026-01-01T02:00", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "26-01-30 26-02-27 26-03-27"},
        {"2026-01-01T02:00", "FREQ=MONTHLY;BYDAY=5FR;COUNT=2", "26-01-30 26-05-29"},
        {"2026-01-01T02:00", "FREQ=MONTHLY;BYMONTHDAY=-2,15;COUNT=3", "26-01-15 26-01-30 26-02-15"},
        {"2026-01-01T02:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", "26-02-13 26-03-13"},
        {"2026-01-01T02:00",
         "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
         "26-01-30 26-02-27 26-03-31"},
        {"2026-01-01T02:00",
         "FREQ=MONTHLY;INTERVAL=6;BYDAY=1SA,3SA;COUNT=4",
         "26-01-03 26-01-17 26-07-04 26-07-18"},
        {"2026-03-10T02:00", "FREQ=YEARLY;COUNT=2", "26-03-10 27-03-10"},
        {"2026-01-01T02:00",
         "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=4",
         "26-03-29 26-10-25 27-03-28 27-10-31"},
        {"2026-01-01T02:00", "FREQ=YEARLY;BYDAY=20MO;COUNT=2", "26-05-18 27-05-17"},
        {"2026-01-15T02:00", "FREQ=YEARLY;BYMONTH=6;COUNT=2", "26-06-15 27-06-15"},
        {"2026-01-01T02:00", "RRULE:freq=daily;count=1", "26-01-01"},
        {"2026-01-01T02:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ""},
    };
    for (const Case& each : cases)
        EXPECT_EQ(dates(each.start, each.rule), each.dates) << each.start << " " << each.rule;
}

TEST(Recurrence, OneWithoutAnEndIsAskedNoFurtherThanTheWindow) {
    EXPECT_EQ(dates("2026-01-01T02:00", "FREQ=DAILY", "2026-01-03T02:00:00Z"), "26-01-01 26-01-02");
    EXPECT_NE(dates("2026-01-01T02:00", "FREQ=DAILY", "2036-01-01T00:00:00Z").find("over 1,000"),
              std::string::npos);
    EXPECT_NE(dates("0100-01-01T02:00", "FREQ=DAILY").find("too far from its start"),
              std::string::npos);
}

TEST(Recurrence, SingleOccurrencesAreMovedShortenedOrCancelled) {
    Json weekly = series_json("2026-07-05T22:00", "Europe/Madrid", "FREQ=WEEKLY;COUNT=5");
    weekly["exdate"] = {"2026-07-12T22:00"};
    weekly["rdate"] = {"2026-07-08T22:00"};
    weekly["overrides"] = {{{"recurrence_id", "2026-07-19T22:00"}, {"cancelled", true}},
                           {{"recurrence_id", "2026-07-26T22:00"},
                            {"start", "2026-07-06T21:00"},
                            {"duration_min", 30}}};
    EXPECT_EQ(begins(weekly, "2026-07-01T00:00:00Z", "2026-09-01T00:00:00Z"),
              "07-05T20:00 07-06T19:00 07-08T20:00 x07-19T20:00 08-02T20:00");
    EXPECT_EQ(begins(weekly, "2026-07-06T00:00:00Z", "2026-07-07T00:00:00Z"), "07-06T19:00")
        << "moved into the window from after it";
    const TableZones zones;
    const auto moved =
        occurrences(*series_from(weekly),
                    *zones.find("Europe/Madrid"),
                    {utc_time("2026-07-06T00:00:00Z"), utc_time("2026-07-07T00:00:00Z")});
    ASSERT_TRUE(moved);
    EXPECT_EQ(to_text(moved->at(0).recurrence_id), "2026-07-26T22:00:00");
    EXPECT_EQ(moved->at(0).to - moved->at(0).from, 30min);
}

TEST(Recurrence, EditingTheSeriesLeavesWhatHasBegunAsItWas) {
    const TableZones zones;
    const TimeZone& madrid = *zones.find("Europe/Madrid");
    const Instant now = utc_time("2026-07-12T20:30:00Z");  // in the middle of the second
    const auto weekly = [](const char* start) {
        return *series_from(series_json(start, "Europe/Madrid", "FREQ=WEEKLY"));
    };
    const auto before =
        materialised(weekly("2026-07-05T22:00"), madrid, {}, utc_time("2026-07-01T00:00:00Z"));
    ASSERT_TRUE(before);
    EXPECT_EQ(before->size(), 13U) << "ninety days";
    const auto after = materialised(weekly("2026-07-05T23:00"), madrid, *before, now);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->at(0), before->at(0));
    EXPECT_EQ(after->at(1), before->at(1));
    EXPECT_EQ(iso8601(after->at(2).from), "2026-07-12T21:00:00.000Z");
    EXPECT_EQ(after->back().from, utc_time("2026-10-04T21:00:00Z"));
}

TEST(Recurrence, SaysWhatIsWrongWithARule) {
    for (const char* rule : {"WEEKLY",
                             "FREQ=HOURLY",
                             "FREQ=SECONDLY",
                             "INTERVAL=2",
                             "FREQ=DAILY;INTERVAL=0",
                             "FREQ=DAILY;INTERVAL=-1",
                             "FREQ=DAILY;INTERVAL=1001",
                             "FREQ=DAILY;COUNT=0",
                             "FREQ=DAILY;COUNT=x",
                             "FREQ=DAILY;COUNT=2;UNTIL=20260101",
                             "FREQ=DAILY;UNTIL=2026",
                             "FREQ=DAILY;UNTIL=20260230",
                             "FREQ=DAILY;UNTIL=20260101X000000Z",
                             "FREQ=DAILY;BYHOUR=2",
                             "FREQ=YEARLY;BYWEEKNO=20",
                             "FREQ=DAILY;FREQ=DAILY",
                             "FREQ=WEEKLY;BYDAY=2TU",
                             "FREQ=WEEKLY;BYDAY=XX",
                             "FREQ=WEEKLY;BYDAY=",
                             "FREQ=MONTHLY;BYDAY=0TU",
                             "FREQ=MONTHLY;BYDAY=54TU",
                             "FREQ=MONTHLY;BYMONTHDAY=32",
                             "FREQ=MONTHLY;BYMONTHDAY=0",
                             "FREQ=MONTHLY;BYMONTH=13",
                             "FREQ=MONTHLY;BYMONTH=-1",
                             "FREQ=WEEKLY;BYMONTHDAY=1",
                             "FREQ=MONTHLY;BYSETPOS=1",
                             "FREQ=WEEKLY;WKST=X",
                             "FREQ=DAILY;;COUNT=1"}) {
        const auto read = parse_recurrence_rule(rule);
        ASSERT_FALSE(read) << rule;
        EXPECT_EQ(read.error().code, Errc::Invalid) << rule;
        EXPECT_NE(read.error().detail.find("recurrence: "), std::string::npos) << rule;
    }
}

TEST(Recurrence, SaysWhatIsWrongWithASeries) {
    const auto with = [](const char* key, Json value) {
        Json series = series_json("2026-07-05T22:00", "Europe/Madrid", "FREQ=WEEKLY");
        series[key] = std::move(value);
        return series_from(series);
    };
    EXPECT_TRUE(with("rdate", Json::array()));
    EXPECT_FALSE(with("dtstart", "2026-07-05T22:00Z"));
    EXPECT_FALSE(with("tz", 1));
    EXPECT_FALSE(with("duration_min", 0));
    EXPECT_FALSE(with("duration_min", -60));
    EXPECT_FALSE(with("duration_min", 31 * 24 * 60 + 1));
    EXPECT_FALSE(with("rdate", {"soon"}));
    EXPECT_FALSE(with("exdate", "2026-07-05T22:00"));
    EXPECT_FALSE(with("overrides", {{{"start", "2026-07-05T22:00"}}}));
    EXPECT_FALSE(with("rrule", 7));
}

}  // namespace
}  // namespace ventanilla::status
