#include "server/admin/status_figures.hpp"

#include <gtest/gtest.h>

#include "shared/base/json.hpp"

namespace ventanilla::admin {
namespace {

Json asked(Result<std::string> (*figure)(const std::string&), const Json& question) {
    const Result<std::string> answer = figure(dump_json(question));
    EXPECT_TRUE(answer) << answer.error().detail;
    return parse_json(answer.value_or("{}")).value_or(Json::object());
}

TEST(StatusFigures, UptimeKnowsTheTimeZonesOfTheMachine) {
    const Json all = Json::array({{{"start", "09:00"}, {"end", "10:00"}}});
    for (const char* zone : {"Europe/Madrid", "America/Montevideo", "Asia/Kolkata", "UTC"}) {
        const Json answer = asked(
            uptime_figures,
            {{"window", {"2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"}},
             {"service_hours", {{"tz", zone}, {"week", {all, all, all, all, all, all, all}}}}});
        EXPECT_EQ(answer["sla"]["base_seconds"], 7 * 3600) << zone;
    }
}

TEST(StatusFigures, TimesAreGivenInSecondsAndOpenOnesAreCounted) {
    const Json answer = asked(response_figures,
                              {{"window", {"2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"}},
                               {"incidents",
                                {{{"started", "2026-03-01T10:00:00Z"},
                                  {"detected", "2026-03-01T10:01:30Z"},
                                  {"resolved", "2026-03-01T11:00:00Z"}},
                                 {{"started", "2026-03-01T20:00:00Z"}},
                                 {{"started", "2026-03-01T21:00:00Z"}, {"false_alarm", true}}}}});
    EXPECT_EQ(answer["ttr"].dump(),
              R"({"count":1,"mean_seconds":3600,"open":1,"p50_seconds":3600,"p90_seconds":3600})");
    EXPECT_EQ(answer["ttd"]["mean_seconds"], 90);
    EXPECT_EQ(answer["ttm"]["mean_seconds"], nullptr);
    EXPECT_EQ(answer["mtbf_seconds"], 23 * 3600);
}

TEST(StatusFigures, TheMachinesZonesKnowBothChangesOfClocks) {
    const Json answer = asked(recurrence_preview,
                              {{"dtstart", "2026-10-18T02:00"},
                               {"tz", "Europe/Madrid"},
                               {"duration_min", 60},
                               {"rrule", "FREQ=WEEKLY"},
                               {"window", {"2026-10-18T00:00:00Z", "2027-04-05T00:00:00Z"}}});
    EXPECT_EQ(answer["occurrences"][1]["from"], "2026-10-25T00:00:00.000Z");
    EXPECT_EQ(answer["preview"][0], "2026-10-25: 02:00 happens twice; the first is used");
    EXPECT_EQ(answer["preview"].size(), 2U);
    const Json gap =
        asked(recurrence_preview,
              {{"dtstart", "2027-03-28T02:30"}, {"tz", "Europe/Madrid"}, {"duration_min", 60}});
    EXPECT_EQ(gap["occurrences"][0]["from"], "2027-03-28T01:30:00.000Z");
}

TEST(StatusFigures, RefuseWhatMakesNoSenseWithASentence) {
    const char* const texts[] = {"", "  ", "[]", "{", "{}", "null", "\xff", "{\"window\":7}"};
    for (const auto figure : {uptime_figures, response_figures, recurrence_preview}) {
        for (const char* text : texts) {
            const Result<std::string> answer = figure(text);
            ASSERT_FALSE(answer) << text;
            EXPECT_FALSE(answer.error().detail.empty()) << text;
        }
    }
    EXPECT_EQ(recurrence_preview(
                  R"({"dtstart":"2026-10-18T02:00","tz":"../etc/passwd","duration_min":1})")
                  .error()
                  .detail,
              "tz: there is no time zone \"../etc/passwd\"");
    EXPECT_EQ(input_of("/no/such/file").error().code, Errc::NotFound);
}

}  // namespace
}  // namespace ventanilla::admin
