#include <algorithm>

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/status/response_times.hpp"
#include "shared/status/uptime_json.hpp"
#include "tests/unit/support_zones.hpp"

namespace ventanilla::status {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::OutageKind;

const Instant kStart = utc_time("2026-03-01T00:00:00Z");

Interval days_from_start(int days) {
    return {kStart, kStart + std::chrono::days{days}};
}

UptimeEvent incident(Impact impact, Millis from, Millis length) {
    UptimeEvent event;
    event.impact = impact;
    event.from = kStart + from;
    event.to = event.from + length;
    return event;
}

UptimeEvent maintenance(Impact impact, Millis from, Millis length) {
    UptimeEvent event = incident(impact, from, length);
    event.kind = OutageKind::Maintenance;
    event.expected = impact;
    event.scheduled_until = event.to;
    return event;
}

// 60 min major, 100 partial, 200 degraded and 120 planned in 30 days, apart from each other.
UptimeQuery golden_month() {
    UptimeQuery query;
    query.window = days_from_start(30);
    query.events = {incident(Impact::Major, 24h, 60min),
                    incident(Impact::Partial, 48h, 100min),
                    incident(Impact::Degraded, 72h, 200min),
                    maintenance(Impact::Major, 96h, 120min)};
    return query;
}

Uptime figures(const UptimeQuery& query) {
    const Result<Uptime> uptime = uptime_of(query);
    EXPECT_TRUE(uptime) << uptime.error().detail;
    return uptime.value_or(Uptime{});
}

TEST(Uptime, GoldenVectorsOfTheFourRules) {
    UptimeQuery query = golden_month();
    EXPECT_EQ(percent_text(figures(query).display), "99.791");
    EXPECT_EQ(percent_text(figures(query).sla), "99.791");
    EXPECT_DOUBLE_EQ(figures(query).sla.base_s(), 43'080 * 60);
    EXPECT_EQ(percent_text(figures(query).strict), "99.351");
    query.weights.partial = ImpactWeights::kWhole / 2;
    EXPECT_EQ(percent_text(figures(query).display), "99.745");
    query.weights.partial = ImpactWeights::kWhole;
    EXPECT_EQ(percent_text(figures(query).display), "99.629");
}

TEST(Uptime, OneSecondInNinetyDaysIsSeen) {
    UptimeQuery query;
    query.window = days_from_start(90);
    EXPECT_EQ(percent_text(figures(query).display), "100.000");
    query.events = {incident(Impact::Major, 1h, 1s)};
    const Uptime uptime = figures(query);
    EXPECT_EQ(percent_text(uptime.display), "99.999");
    EXPECT_EQ(percent_text(uptime.sla), "99.999");
    EXPECT_EQ(percent_text(uptime.strict), "99.999");
    EXPECT_EQ(percent_text(uptime.people), "99.999");
}

TEST(Uptime, OverlapCountsTheWorstAndNeverTheSum) {
    UptimeQuery query;
    query.window = days_from_start(1);
    query.events = {incident(Impact::Major, 10h, 60min),
                    incident(Impact::Partial, 10h + 30min, 90min)};
    EXPECT_DOUBLE_EQ(figures(query).display.lost_s(), 78 * 60);
    query.events.push_back(query.events.front());
    EXPECT_DOUBLE_EQ(figures(query).display.lost_s(), 78 * 60) << "the same thing told twice";
}

TEST(Uptime, WhatRunsOverItsPromiseIsUnplannedFromThere) {
    UptimeQuery query;
    query.window = days_from_start(2);
    query.events = {maintenance(Impact::Major, 22h, 170min)};
    query.events[0].scheduled_until = kStart + 24h;
    const Uptime uptime = figures(query);
    EXPECT_EQ(uptime.planned, 120min);
    EXPECT_EQ(uptime.unplanned, 50min);
    EXPECT_EQ(uptime.major, 50min);
    EXPECT_DOUBLE_EQ(uptime.display.lost_s(), 50 * 60);
    EXPECT_DOUBLE_EQ(uptime.sla.base_s(), (48 * 60 - 120) * 60);
    EXPECT_DOUBLE_EQ(uptime.strict.lost_s(), 170 * 60);
}

TEST(Uptime, WeighsByPeople) {
    UptimeQuery query;
    query.window = days_from_start(30);
    query.people = 10'000;
    query.segments = {{1'200, {incident(Impact::Major, 5h, 60min)}}};
    EXPECT_EQ(percent_text(figures(query).people), "99.983");
    EXPECT_DOUBLE_EQ(figures(query).people.lost_s(), 1'200 * 3'600.0);
}

TEST(Uptime, WorseThanAnnouncedIsAnIncidentInsideTheWindow) {
    UptimeQuery query;
    query.window = days_from_start(1);
    query.events = {maintenance(Impact::Degraded, 1h, 60min),
                    incident(Impact::Major, 1h + 20min, 10min)};
    const Uptime uptime = figures(query);
    EXPECT_EQ(uptime.planned, 50min);
    EXPECT_EQ(uptime.major, 10min);
    EXPECT_DOUBLE_EQ(uptime.display.lost_s(), 600);
    EXPECT_DOUBLE_EQ(uptime.sla.base_s(), (24 * 60 - 50) * 60);
}

TEST(Uptime, AnIncidentNoWorseThanAnnouncedIsCovered) {
    UptimeQuery query;
    query.window = days_from_start(1);
    query.events = {maintenance(Impact::Major, 1h, 60min), incident(Impact::Partial, 90min, 60min)};
    const Uptime uptime = figures(query);
    EXPECT_EQ(uptime.planned, 60min);
    EXPECT_EQ(uptime.partial, 30min) << "what is left of it after the window";
}

TEST(Uptime, OfOverlappingWindowsTheOneThatStillHoldsDecides) {
    UptimeQuery query;
    query.window = days_from_start(1);
    UptimeEvent long_one = maintenance(Impact::Degraded, 1h, 3h);
    UptimeEvent overrun = maintenance(Impact::Major, 1h, 2h);
    overrun.scheduled_until = kStart + 2h;
    query.events = {long_one, overrun};
    const Uptime uptime = figures(query);
    EXPECT_EQ(uptime.planned, 120min) << "01-02 as the second said, 03-04 as the first said";
    EXPECT_EQ(uptime.major, 60min) << "02-03: over time, and worse than the other announced";
}

TEST(Uptime, NothingKnownGivesNoFigure) {
    UptimeQuery query;
    query.window = days_from_start(1);
    query.unknown = {{kStart - 1h, kStart + 30h}, {kStart, kStart + 1h}};
    const Uptime uptime = figures(query);
    for (const UptimeFigure& figure : {uptime.display, uptime.sla, uptime.strict, uptime.people}) {
        EXPECT_FALSE(figure.thousandths());
        EXPECT_EQ(percent_text(figure), "");
    }
    query.unknown.clear();
    query.service_hours = std::vector<Interval>{};
    EXPECT_FALSE(figures(query).sla.thousandths()) << "no hours were agreed in this window";
    EXPECT_EQ(percent_text(figures(query).display), "100.000");
}

TEST(Uptime, MoreThanEverythingDownIsNothing) {
    UptimeQuery query;
    query.window = days_from_start(1);
    query.events = {incident(Impact::Major, -24h, 24h * 90)};
    EXPECT_EQ(percent_text(figures(query).display), "0.000");
    EXPECT_EQ(percent_text(figures(query).strict), "0.000");
}

// ---- against a second-by-second count ----

constexpr int kSeconds = 120;

struct Counted {
    std::int64_t known = 0, planned = 0, agreed = 0, sla_base = 0;
    std::int64_t display_lost = 0, sla_lost = 0, strict_lost = 0, people_lost = 0;
};

bool holds(const Interval& stretch, Instant at) {
    return stretch.from <= at && at < stretch.to;
}

bool holds_any(const std::vector<Interval>& stretches, Instant at) {
    return std::any_of(
        stretches.begin(), stretches.end(), [at](const Interval& each) { return holds(each, at); });
}

// What the definitions of outage.md 2.6 say of one second, word for word.
struct Second {
    Impact impact = Impact::Operational;
    std::int64_t weight = 0;
    bool is_covered = false;
    bool is_strict = false;
};

Second second_of(const std::vector<UptimeEvent>& events, const ImpactWeights& weights, Instant at) {
    Second second;
    std::optional<Impact> expected;
    for (const UptimeEvent& event : events) {
        if (!(event.from <= at && (!event.to || at < *event.to))) continue;
        second.impact = std::max(second.impact, event.impact);
        second.weight = std::max(second.weight, weights.of(event.impact));
        if (event.kind != OutageKind::Maintenance) continue;
        if (event.expected >= Impact::Partial) second.is_strict = true;
        if (!event.scheduled_until || at < *event.scheduled_until)
            expected = std::max(expected.value_or(Impact::Operational), event.expected);
    }
    second.is_covered = expected && second.impact <= *expected;
    second.is_strict = second.is_strict || second.impact >= Impact::Partial;
    return second;
}

Counted count_by_second(const UptimeQuery& query) {
    Counted counted;
    for (Instant at = query.window.from; at < query.window.to; at += 1s) {
        if (holds_any(query.unknown, at)) continue;
        const bool is_agreed = !query.service_hours || holds_any(*query.service_hours, at);
        const Second second = second_of(query.events, query.weights, at);
        counted.known += 1;
        counted.agreed += is_agreed ? 1 : 0;
        counted.planned += second.is_covered ? 1 : 0;
        counted.strict_lost += second.is_strict ? 1 : 0;
        if (!second.is_covered) counted.display_lost += second.weight;
        if (!second.is_covered && is_agreed) counted.sla_base += 1;
        if (!second.is_covered && is_agreed) counted.sla_lost += second.weight;
        for (const UptimeSegment& segment : query.segments) {
            const Second theirs = second_of(segment.events, query.weights, at);
            if (!theirs.is_covered) counted.people_lost += theirs.weight * segment.people;
        }
    }
    return counted;
}

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}

    int below(int bound) {
        return static_cast<int>(random_.below(static_cast<std::uint64_t>(bound)));
    }
    Interval stretch() {
        const Instant from = kStart + std::chrono::seconds{below(kSeconds + 40) - 20};
        return {from, from + std::chrono::seconds{below(50)}};
    }
    Impact impact() {
        constexpr Impact kAll[] = {
            Impact::Operational, Impact::Degraded, Impact::Partial, Impact::Major};
        return kAll[below(4)];
    }
    std::vector<Interval> stretches(int most) {
        std::vector<Interval> list(static_cast<std::size_t>(below(most + 1)));
        for (Interval& each : list)
            each = stretch();
        return list;
    }
    UptimeEvent event() {
        const Interval span = stretch();
        UptimeEvent event;
        event.kind = below(2) == 0 ? OutageKind::Incident : OutageKind::Maintenance;
        event.impact = impact();
        event.expected = impact();
        event.from = span.from;
        if (below(4) > 0) event.to = span.to;
        if (below(3) > 0 || !event.to)
            event.scheduled_until = span.from + std::chrono::seconds{1 + below(60)};
        return event;
    }
    std::vector<UptimeEvent> events(int most) {
        std::vector<UptimeEvent> list(static_cast<std::size_t>(below(most + 1)));
        for (UptimeEvent& each : list)
            each = event();
        return list;
    }

  private:
    SeededRandom random_;
};

UptimeQuery random_query(std::uint64_t seed) {
    Dice dice{seed};
    UptimeQuery query;
    query.window = {kStart, kStart + std::chrono::seconds{kSeconds}};
    query.events = dice.events(6);
    query.unknown = dice.stretches(2);
    if (dice.below(2) == 0) query.service_hours = union_of(dice.stretches(3));
    query.weights.degraded = dice.below(3) * 100'000'000;
    query.weights.partial = dice.below(11) * 100'000'000;
    query.people = 1'000;
    query.segments = {{300, dice.events(3)}, {700, dice.events(3)}};
    return query;
}

TEST(Uptime, AgreesWithCountingSecondBySecond) {
    for (std::uint64_t seed = 1; seed <= 1'500; ++seed) {
        const UptimeQuery query = random_query(seed);
        const Uptime uptime = figures(query);
        const Counted counted = count_by_second(query);
        const auto same = [](WideCount billionths, std::int64_t counted_seconds) {
            return billionths == WideCount{counted_seconds} * 1'000;
        };
        EXPECT_EQ(uptime.known, counted.known * 1s) << "seed " << seed;
        EXPECT_EQ(uptime.planned, counted.planned * 1s) << "seed " << seed;
        EXPECT_EQ(uptime.agreed, counted.agreed * 1s) << "seed " << seed;
        EXPECT_TRUE(same(uptime.display.lost, counted.display_lost)) << "seed " << seed;
        EXPECT_TRUE(same(uptime.sla.lost, counted.sla_lost)) << "seed " << seed;
        EXPECT_TRUE(same(uptime.sla.base, counted.sla_base * ImpactWeights::kWhole)) << seed;
        EXPECT_TRUE(same(uptime.strict.lost, counted.strict_lost * ImpactWeights::kWhole)) << seed;
        EXPECT_TRUE(same(uptime.people.lost, counted.people_lost)) << "seed " << seed;
        EXPECT_LE(uptime.display.lost, uptime.display.base) << "seed " << seed;
    }
}

TEST(Uptime, DoesNotDependOnTheOrderOfEvents) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        UptimeQuery query = random_query(seed);
        const Uptime before = figures(query);
        std::reverse(query.events.begin(), query.events.end());
        std::reverse(query.segments.begin(), query.segments.end());
        const Uptime after = figures(query);
        EXPECT_TRUE(before.display.lost == after.display.lost) << "seed " << seed;
        EXPECT_TRUE(before.people.lost == after.people.lost) << "seed " << seed;
    }
}

// ---- as JSON ----

Json answer_to(const std::string& text) {
    const Result<Json> question = parse_json(text);
    EXPECT_TRUE(question) << text;
    const TableZones zones;
    const auto read = uptime_question_from(question.value_or(Json{}), zones);
    if (!read) return read.error().detail;
    const Result<Uptime> uptime = uptime_of(read->query);
    return uptime ? uptime_answer(*read, *uptime) : Json(uptime.error().detail);
}

constexpr const char* kWindow = R"("window":["2026-03-01T00:00:00Z","2026-03-31T00:00:00Z"])";

std::string asked(std::string_view rest) {
    return concat("{", kWindow, rest.empty() ? "" : ",", rest, "}");
}

TEST(UptimeJson, TheWholeQuestionAndItsAnswer) {
    const Json answer = answer_to(asked(R"("events":[
        {"kind":"incident","impact":"major","from":"2026-03-02T00:00:00Z",
          "to":"2026-03-02T01:00:00Z"},
        {"kind":"incident","impact":"partial","from":"2026-03-03T00:00:00Z",
          "to":"2026-03-03T01:40:00Z"},
        {"kind":"incident","impact":"degraded","from":"2026-03-04T00:00:00Z",
          "to":"2026-03-04T03:20:00Z"},
        {"kind":"maintenance","impact":"major","from":"2026-03-05T00:00:00Z",
          "to":"2026-03-05T02:00:00Z",
         "expected":"major","scheduled_until":"2026-03-05T02:00:00Z"}],"weights":{"partial":0.3},
        "service_hours":null,"unknown":[],"users":10000,"segments":[{"users":1200}]
        )"));
    EXPECT_EQ(answer["display"].dump(),
              R"({"base_seconds":2592000,"lost_seconds":5400,"percent":99.791})");
    EXPECT_EQ(answer["sla"].dump(),
              R"({"base_seconds":2584800,"lost_seconds":5400,"percent":99.791})");
    EXPECT_EQ(answer["strict"].dump(),
              R"({"base_seconds":2592000,"lost_seconds":16800,"percent":99.351})");
    EXPECT_EQ(answer["users"]["lost_seconds"], 5400 * 1200);
    EXPECT_EQ(answer["seconds"]["planned"], 7200);
    EXPECT_EQ(answer["seconds"]["unplanned"], 360 * 60);
    EXPECT_FALSE(answer.contains("ignored"));
}

TEST(UptimeJson, WhatIsLeftOutHasItsUsualValue) {
    EXPECT_EQ(answer_to(asked(""))["display"]["percent"], 100.0);
    const Json open = answer_to(asked(
        R"("events":[{"kind":"incident","impact":"major","from":"2026-03-30T23:00:00Z",
          "to":null}])"));
    EXPECT_EQ(open["display"]["lost_seconds"], 3600) << "it goes on: cut at the end of the window";
    const Json planned = answer_to(asked(
        R"("events":[{"kind":"maintenance","impact":"major","from":"2026-03-02T00:00:00Z",
        "to":"2026-03-02T01:00:00Z"}])"));
    EXPECT_EQ(planned["seconds"]["planned"], 3600) << "as announced, when nothing else is said";
    const Json expected = answer_to(asked(
        R"("events":[{"kind":"maintenance","expected":"partial","from":"2026-03-02T00:00:00Z",
        "to":null,"scheduled_until":"2026-03-02T01:00:00Z"}],"weights":{"partial":1})"));
    EXPECT_EQ(expected["seconds"]["planned"], 3600);
    EXPECT_EQ(expected["seconds"]["partial"], (29 * 24 - 1) * 3600);
}

TEST(UptimeJson, SegmentsMayBeNamedHaveTheirOwnEventsOrBeOne) {
    const Json answer = answer_to(asked(R"("users":1000,"events":[
        {"kind":"incident","impact":"major","from":"2026-03-02T00:00:00Z",
          "to":"2026-03-02T01:00:00Z",
         "segments":["madrid"]}],
        "segments":[{"name":"madrid","users":100},{"name":"austin","users":200},
         {"users":10,"events":[{"kind":"incident","impact":"partial","from":"2026-03-03T00:00:00Z",
          "to":"2026-03-03T01:00:00Z"}]},
         {"users":1,"impact":"major","from":"2026-03-04T00:00:00Z",
          "to":"2026-03-04T01:00:00Z"}])"));
    EXPECT_EQ(answer["users"]["lost_seconds"], 3600 * (100 + 3 + 1));
    EXPECT_EQ(answer["users"]["base_seconds"], std::int64_t{2'592'000} * 1000);
}

TEST(UptimeJson, ServiceHoursAreACalendarInItsZone) {
    const std::string day = R"([{"start":"09:00","end":"18:00"}])";
    const std::string week = concat("[", day, ",", day, ",", day, ",", day, ",", day, ",[],[]]");
    const Json answer = answer_to(asked(
        concat(R"("service_hours":{"tz":"Europe/Madrid","week":)",
               week,
               R"(,"holidays":["2026-03-19"]},"events":[{"kind":"incident","impact":"major",)",
               R"("from":"2026-03-02T07:00:00Z","to":"2026-03-02T09:00:00Z"}])")));
    EXPECT_EQ(answer["sla"]["base_seconds"], 20 * 9 * 3600)
        << "21 working days, one of them a holiday";
    EXPECT_EQ(answer["sla"]["lost_seconds"], 3600) << "the hour before nine does not count";
    EXPECT_EQ(answer["seconds"]["agreed"], 20 * 9 * 3600);
}

TEST(UptimeJson, NamesMembersThatNobodyUnderstood) {
    const Json answer = answer_to(asked(
        R"("weigths":{"partial":1},"weights":{"mayor":1},"events":[{"kind":"incident","impact":"major",
        "from":"2026-03-02T00:00:00Z","to":"2026-03-02T01:00:00Z","titel":"x"}])"));
    EXPECT_EQ(answer["ignored"].dump(), R"(["weigths","weights.mayor","events[0].titel"])");
}

TEST(UptimeJson, SaysWhatMakesNoSense) {
    struct Case {
        std::string question;
        const char* says;
    };
    const auto event = [](const char* rest) {
        return asked(concat(R"("events":[{"from":"2026-03-02T00:00:00Z",)", rest, "}]"));
    };
    const Case cases[] = {
        {"[]", "one JSON object"},
        {"{}", "window: a stretch of time is two times"},
        {R"({"window":["2026-03-31T00:00:00Z","2026-03-01T00:00:00Z"]})", "window: it ends before"},
        {R"({"window":["2026-03-01T00:00:00Z","2026-03-01T00:00:00Z"]})", "or is empty"},
        {R"({"window":["2026-03-01","2026-03-02"]})", "window: a time is written like"},
        {event(R"("kind":"incident","impact":"major","to":"2026-03-01T00:00:00Z")"),
         "events[0]: it ends before it begins"},
        {event(R"("kind":"maintenance","impact":"major","to":"2026-03-03T00:00:00Z",
                  "scheduled_until":"2026-03-01T00:00:00Z")"),
         "scheduled to end before it begins"},
        {event(R"("kind":"maintenance","impact":"major","to":null)"), "needs scheduled_until"},
        {event(R"("kind":"notice","impact":"major","to":null)"), "events[0].kind"},
        {event(R"("kind":"incident","impact":"red","to":null)"), "events[0].impact"},
        {event(R"("kind":"incident","expected":"major","to":null)"), "events[0].impact: it is mis"},
        {event(R"("kind":"incident","impact":"major","to":"tomorrow")"), "events[0].to: a time"},
        {asked(R"("events":[{"kind":"incident","impact":"major"}])"), "events[0].from: a time"},
        {asked(R"("events":{})"), "events: a list"},
        {asked(R"("events":[1])"), "events[0]: an object"},
        {asked(R"("weights":{"partial":1.5})"), "weights.partial: a number between 0 and 1"},
        {asked(R"("weights":{"partial":"0.3"})"), "weights.partial: a number"},
        {asked(R"("weights":[1,0.3,0])"), "weights: an object"},
        {asked(R"("users":-1)"), "users: a whole number"},
        {asked(R"("users":1.5)"), "users: a whole number"},
        {asked(R"("segments":[{"name":"x"}])"), "segments[0]: an object with the number"},
        {asked(R"("unknown":[["2026-03-02T00:00:00Z","2026-03-01T00:00:00Z"]])"),
         "unknown[0]: it ends before"},
        {asked(R"("unknown":[["2026-03-02T00:00:00Z"]])"), "unknown[0]: a stretch"},
        {asked(R"("service_hours":{"tz":"Mars/Olympus","week":[[],[],[],[],[],[],[]]})"),
         "no time zone \"Mars/Olympus\""},
        {asked(R"("service_hours":{"tz":"UTC","week":[]})"), "service_hours: \"week\""},
        {asked(
             R"("users":10,"segments":[{"users":11,"impact":"major",
          "from":"2026-03-02T00:00:00Z"}])"),
         "more people than there are"},
    };
    for (const Case& each : cases) {
        const Json answer = answer_to(each.question);
        ASSERT_TRUE(answer.is_string()) << each.question << answer.dump();
        EXPECT_NE(answer.get<std::string>().find(each.says), std::string::npos)
            << each.question << " gave " << answer;
    }
}

// ---- times ----

TEST(ResponseTimes, AverageWhatIsOverAndNameWhatIsNot) {
    std::vector<IncidentMoments> incidents(4);
    for (int i = 0; i < 4; ++i) {
        IncidentMoments& each = incidents[static_cast<std::size_t>(i)];
        each.started = kStart + std::chrono::days{i};
        each.detected = each.started + std::chrono::minutes{i + 1};
        each.acknowledged = *each.detected + 2min;
        each.published = *each.detected + 5min;
        each.mitigated = each.started + 30min;
        each.resolved = each.started + std::chrono::minutes{60 * (i + 1)};
    }
    incidents[3].resolved.reset();
    incidents[3].mitigated.reset();
    const ResponseTimes times = response_times(incidents, days_from_start(30));
    EXPECT_EQ(times.to_detect.count, 4);
    EXPECT_EQ(times.to_detect.mean, 150s);
    EXPECT_EQ(times.to_detect.p50, 2min) << "nearest rank: the second of four";
    EXPECT_EQ(times.to_detect.p90, 4min);
    EXPECT_EQ(times.to_acknowledge.mean, 2min);
    EXPECT_EQ(times.to_publish.mean, 5min);
    EXPECT_EQ(times.to_restore.count, 3);
    EXPECT_EQ(times.to_restore.censored, 1);
    EXPECT_EQ(times.to_restore.mean, 2h);
    EXPECT_EQ(times.between_failures, (30 * 24h - 6h) / 3);
}

TEST(ResponseTimes, LeaveOutWhatDoesNotCount) {
    std::vector<IncidentMoments> incidents(4);
    for (IncidentMoments& each : incidents) {
        each.started = kStart + 1h;
        each.resolved = kStart + 2h;
    }
    incidents[1].is_counted = false;
    incidents[2].started = kStart - 1h;
    incidents[3].started = kStart + std::chrono::days{30};
    const ResponseTimes times = response_times(incidents, days_from_start(30));
    EXPECT_EQ(times.to_restore.count, 1);
    EXPECT_EQ(times.to_detect.count, 0) << "nobody wrote down when it was detected";
    EXPECT_EQ(times.to_detect.censored, 0) << "and it is over";
    EXPECT_FALSE(times.to_detect.mean);
    EXPECT_FALSE(response_times({}, days_from_start(30)).between_failures);
}

}  // namespace
}  // namespace ventanilla::status
