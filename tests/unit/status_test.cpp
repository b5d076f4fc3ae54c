#include <algorithm>

#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/status/banner.hpp"
#include "shared/status/phase.hpp"
#include "shared/status/rollup.hpp"

namespace ventanilla::status {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::Role;

constexpr Instant kNow = from_ms(1'773'238'800'000);  // 14:20 UTC
const Id kMadrid = derived_id("t", "madrid");
const Id kAustin = derived_id("t", "austin");

Id service_id(std::string_view key) {
    return derived_id("service", key);
}

rules::Viewer person(const Id& site) {
    return {derived_id("t", "u"), {Role::Requester}, {}, site};
}
rules::Viewer agent(const Id& site) {
    return {derived_id("t", "a"), {Role::Agent}, {"it"}, site};
}

Outage incident(std::string_view name, std::string_view service, Impact impact) {
    Outage outage;
    outage.id = derived_id("outage", name);
    outage.audience.is_everybody = true;
    outage.started_at = kNow - 30min;
    domain::OutageUpdate update;
    update.snapshot = {{service_id(service), impact}};
    update.at = kNow - 20min;
    update.next_update_due_at = kNow + 10min;
    outage.updates = {update};
    return outage;
}

// From an hour ago to in an hour, when it is not moved.
Outage maintenance(std::string_view name, std::string_view service, OutageState state) {
    Outage outage = incident(name, service, Impact::Major);
    outage.kind = OutageKind::Maintenance;
    outage.started_at = kNow - 1h;
    outage.scheduled_until = kNow + 1h;
    outage.updates[0].state = state;
    return outage;
}

Outage only_in(Outage outage, const Id& site) {
    outage.audience = {.is_everybody = false, .sites = {site}};
    return outage;
}

TEST(Phases, FollowTheScheduleButNeverEndByIt) {
    struct Case {
        OutageState state;
        Millis at;  // after its start; it lasts two hours
        Phase phase;
    };
    const Case cases[] = {
        {OutageState::Scheduled, -1min, Phase::Announced},
        {OutageState::Scheduled, 0min, Phase::OngoingBySchedule},
        {OutageState::Scheduled, 119min, Phase::OngoingBySchedule},
        {OutageState::Scheduled, 120min, Phase::ShouldHaveEnded},
        {OutageState::Scheduled, 24h * 30, Phase::ShouldHaveEnded},
        {OutageState::InProgress, -1min, Phase::Ongoing},
        {OutageState::InProgress, 119min, Phase::Ongoing},
        {OutageState::InProgress, 120min, Phase::Overrunning},
        {OutageState::Verifying, 121min, Phase::Overrunning},
        {OutageState::Completed, 30min, Phase::Over},
        {OutageState::Cancelled, 30min, Phase::Over},
    };
    for (const Case& each : cases) {
        const Outage outage = maintenance("m", "erp", each.state);
        EXPECT_EQ(phase_of(outage, outage.started_at + each.at), each.phase)
            << name(each.state) << " at " << each.at.count();
    }
    EXPECT_EQ(phase_of(incident("i", "vpn", Impact::Major), kNow + 24h * 30), Phase::Ongoing);
    for (int state = 0; state <= static_cast<int>(OutageState::Cancelled); ++state) {
        for (Millis at = -3h; at <= 30h; at += 17min) {
            const Outage outage = maintenance("m", "erp", static_cast<OutageState>(state));
            EXPECT_EQ(phase_of(outage, kNow + at) == Phase::Over, !is_open(outage.state()));
        }
    }
}

TEST(Phases, GraceIsATenthFromFiveToFifteenMinutes) {
    struct Case {
        Millis planned;
        Millis grace;
    };
    for (const Case& each : {Case{20min, 5min}, {100min, 10min}, {8h, 15min}}) {
        Outage outage = maintenance("m", "erp", OutageState::InProgress);
        outage.scheduled_until = outage.started_at + each.planned;
        EXPECT_FALSE(is_past_grace(outage, *outage.scheduled_until + each.grace - 1ms));
        EXPECT_TRUE(is_past_grace(outage, *outage.scheduled_until + each.grace));
    }
    EXPECT_FALSE(is_past_grace(maintenance("m", "erp", OutageState::Scheduled), kNow + 24h));
}

TEST(Times, AreRoundedForPeople) {
    Outage outage = incident("i", "vpn", Impact::Major);
    EXPECT_FALSE(shown_eta(outage));
    EXPECT_FALSE(is_eta_missed(outage, kNow + 24h));
    outage.updates[0].eta_high = kNow + 11min;  // 14:31
    EXPECT_EQ(*shown_eta(outage), kNow + 25min);
    EXPECT_FALSE(is_eta_missed(outage, kNow + 25min));
    EXPECT_TRUE(is_eta_missed(outage, kNow + 26min));
    outage.updates[0].eta_high = kNow + 10min;  // 14:30
    EXPECT_EQ(*shown_eta(outage), kNow + 10min);
    EXPECT_FALSE(is_update_overdue(outage, kNow + 10min));
    EXPECT_TRUE(is_update_overdue(outage, kNow + 10min + 1ms));
    outage.updates[0].state = OutageState::Resolved;
    EXPECT_FALSE(shown_eta(outage));
    EXPECT_FALSE(is_update_overdue(outage, kNow + 24h));
    EXPECT_EQ(minutes_between(kNow, kNow + 119s), 1);
    EXPECT_EQ(minutes_between(kNow, kNow - 5min), 0);
}

TEST(Freshness, IsByAge) {
    struct Case {
        Millis age;
        Freshness freshness;
    };
    for (const Case& each : {Case{0s, Freshness::Current},
                             {120s, Freshness::Current},
                             {121s, Freshness::AsOf},
                             {15min, Freshness::AsOf},
                             {15min + 1ms, Freshness::LastKnown},
                             {24h * 30, Freshness::LastKnown}})
        EXPECT_EQ(freshness_of(each.age, 60s), each.freshness) << each.age.count();
}

std::string names_of(const std::vector<Banner>& banners, const std::vector<Outage>& outages) {
    std::string names;
    for (const Banner& banner : banners)
        names += concat(banner.outage - outages.data(), ' ');
    return names;
}

TEST(Banners, StandInTheOrderOfWhatMattersToThePerson) {
    std::vector<Outage> outages = {
        only_in(incident("elsewhere", "vpn", Impact::Major), kAustin),
        incident("degraded", "mail", Impact::Degraded),
        only_in(incident("partial", "vpn", Impact::Partial), kMadrid),
        maintenance("planned", "erp", OutageState::InProgress),
        maintenance("overrun", "wms", OutageState::InProgress),
        incident("newer", "print", Impact::Degraded),
    };
    outages[4].scheduled_until = kNow - 1min;
    outages[5].updates[0].at = kNow - 1min;
    EXPECT_EQ(names_of(banners_for(outages, agent(kMadrid), {}, kNow), outages), "4 2 5 1 3 0 ");
    EXPECT_EQ(names_of(banners_for(outages, person(kMadrid), {}, kNow), outages), "4 2 5 1 3 ");
    EXPECT_EQ(names_of(banners_for(outages, person(kAustin), {}, kNow), outages), "4 0 5 1 3 ");
    EXPECT_EQ(names_of(banners_for(outages, person(Id{}), {}, kNow), outages), "4 5 1 3 ");
    std::reverse(outages.begin(), outages.end());
    EXPECT_EQ(names_of(banners_for(outages, agent(kMadrid), {}, kNow), outages), "1 3 0 4 2 5 ");
}

TEST(Banners, SayWhyTheyConcernSomebody) {
    const std::vector<Outage> outages = {only_in(incident("i", "vpn", Impact::Major), kMadrid)};
    EXPECT_EQ(banners_for(outages, person(kMadrid), {}, kNow).at(0).reach, Reach::MySite);
    EXPECT_EQ(banners_for(outages, agent(kAustin), {}, kNow).at(0).reach, Reach::NotMe);
    EXPECT_TRUE(banners_for(outages, person(kAustin), {}, kNow).empty());
    EXPECT_EQ(reach_of(incident("i", "vpn", Impact::Major), person(Id{})), Reach::Everybody);
    EXPECT_EQ(reach_of(only_in(incident("i", "vpn", Impact::Major), Id{}), person(Id{})),
              Reach::NotMe);
}

TEST(Banners, ShowAMaintenanceFromTheDayBefore) {
    std::vector<Outage> outages = {maintenance("m", "erp", OutageState::Scheduled)};
    outages[0].started_at = kNow + 25h;
    outages[0].scheduled_until = kNow + 27h;
    EXPECT_TRUE(banners_for(outages, person(kMadrid), {}, kNow).empty());
    EXPECT_EQ(banners_for(outages, person(kMadrid), {}, kNow + 1h).at(0).phase, Phase::Announced);
    EXPECT_EQ(banners_for(outages, person(kMadrid), {}, kNow + 28h).at(0).phase,
              Phase::ShouldHaveEnded);
}

TEST(Banners, GoWhenTheOutageIsOver) {
    for (const OutageState state : {OutageState::Resolved, OutageState::FalseAlarm}) {
        std::vector<Outage> outages = {incident("i", "vpn", Impact::Major)};
        outages[0].updates.push_back({.state = state, .at = kNow});
        EXPECT_TRUE(banners_for(outages, person(kMadrid), {}, kNow).empty());
    }
}

TEST(Banners, MayBeOverWhenTheirWordHasRunOut) {
    const std::vector<Outage> outages = {incident("i", "vpn", Impact::Major)};
    const Instant due = *outages[0].latest().next_update_due_at;
    EXPECT_FALSE(banners_for(outages, person(kMadrid), {}, due + 24h).at(0).may_be_over);
    EXPECT_TRUE(banners_for(outages, person(kMadrid), {}, due + 24h + 1ms).at(0).may_be_over);
}

TEST(Banners, DismissedOnesComeBackWithNewsOnly) {
    std::vector<Outage> outages = {incident("i", "vpn", Impact::Degraded)};
    outages[0].material_version = 2;
    const int news = news_of(outages[0], kNow);
    const std::vector<Dismissal> old = {{outages[0].id, news - 2}};
    const std::vector<Dismissal> present = {{derived_id("t", "other"), news},
                                            {outages[0].id, news}};
    EXPECT_EQ(banners_for(outages, person(kMadrid), old, kNow).size(), 1U);
    EXPECT_EQ(banners_for(outages, person(kMadrid), present, kNow).size(), 0U);
    outages[0].material_version = 3;
    EXPECT_EQ(banners_for(outages, person(kMadrid), present, kNow).size(), 1U);
}

TEST(Banners, AMissedEstimateIsNewsThatNobodyNeedsToWrite) {
    std::vector<Outage> outages = {incident("i", "vpn", Impact::Degraded)};
    outages[0].updates[0].eta_high = kNow + 5min;  // shown as 14:30
    const std::vector<Dismissal> read = {{outages[0].id, news_of(outages[0], kNow)}};
    EXPECT_EQ(banners_for(outages, person(kMadrid), read, kNow + 10min).size(), 0U);
    EXPECT_EQ(banners_for(outages, person(kMadrid), read, kNow + 10min + 1ms).size(), 1U);
}

TEST(Banners, AMaintenanceWorseThanAnnouncedIsNotPlanned) {
    Outage outage = maintenance("m", "erp", OutageState::InProgress);
    outage.expected = {{service_id("erp"), Impact::Degraded}};
    EXPECT_TRUE(is_unplanned(outage, kNow));
    EXPECT_FALSE(banners_for({outage}, person(kMadrid), {}, kNow).at(0).is_dismissible);
    outage.expected[0].impact = Impact::Major;
    EXPECT_FALSE(is_unplanned(outage, kNow));
}

TEST(Phases, ASpokespersonIsAskedBeforeTheEnd) {
    Outage outage = maintenance("m", "erp", OutageState::InProgress);
    EXPECT_EQ(asks_at(outage), *outage.scheduled_until - 18min) << "15 % of two hours";
    outage.started_at = *outage.scheduled_until - 30min;
    EXPECT_EQ(asks_at(outage), *outage.scheduled_until - 10min);
}

TEST(Banners, WhatIsBadCannotBeDismissed) {
    std::vector<Outage> outages = {incident("major", "vpn", Impact::Major),
                                   incident("partial", "mail", Impact::Partial),
                                   maintenance("overrun", "erp", OutageState::Verifying)};
    outages[2].scheduled_until = kNow - 1min;
    std::vector<Dismissal> all;
    for (const Outage& outage : outages)
        all.push_back({outage.id, news_of(outage, kNow)});
    for (const Banner& banner : banners_for(outages, person(kMadrid), all, kNow))
        EXPECT_FALSE(banner.is_dismissible);
    EXPECT_EQ(banners_for(outages, person(kMadrid), all, kNow).size(), 3U);
    EXPECT_TRUE(
        banners_for({maintenance("m", "erp", OutageState::InProgress)}, person(kMadrid), {}, kNow)
            .at(0)
            .is_dismissible);
}

std::vector<domain::Service> services(std::initializer_list<std::string_view> keys) {
    std::vector<domain::Service> list;
    for (const std::string_view key : keys)
        list.push_back({.id = service_id(key), .key = std::string(key)});
    return list;
}

Headline headline(const std::vector<Outage>& outages, Freshness freshness = Freshness::Current) {
    return roll_up(services({"vpn", "mail", "erp"}), outages, person(kMadrid), freshness, kNow)
        .headline;
}

TEST(RollUp, NamesTheHeadlineByWhatIsAffected) {
    const auto all = [](Impact impact) {
        return std::vector{incident("1", "vpn", impact),
                           incident("2", "mail", impact),
                           incident("3", "erp", impact)};
    };
    EXPECT_EQ(headline({}), Headline::AllOperational);
    EXPECT_EQ(headline({incident("1", "vpn", Impact::Operational)}),
              Headline::IncidentWithoutImpact);
    EXPECT_EQ(headline({incident("1", "elsewhere", Impact::Major)}),
              Headline::IncidentWithoutImpact);
    EXPECT_EQ(headline({maintenance("1", "erp", OutageState::InProgress)}), Headline::Maintenance);
    EXPECT_EQ(headline({incident("1", "vpn", Impact::Degraded)}), Headline::PartiallyDegraded);
    EXPECT_EQ(headline(all(Impact::Degraded)), Headline::Degraded);
    EXPECT_EQ(headline({incident("1", "vpn", Impact::Partial)}), Headline::MinorOutage);
    EXPECT_EQ(headline(all(Impact::Partial)), Headline::PartialOutage);
    EXPECT_EQ(headline({incident("1", "vpn", Impact::Major)}), Headline::PartialOutage);
    EXPECT_EQ(headline(all(Impact::Major)), Headline::MajorOutage);
    EXPECT_EQ(headline({maintenance("1", "erp", OutageState::InProgress),
                        incident("2", "vpn", Impact::Degraded)}),
              Headline::PartiallyDegraded);
    EXPECT_EQ(roll_up({}, {}, person(kMadrid), Freshness::Current, kNow).headline,
              Headline::Unknown);
}

TEST(RollUp, FiltersByAudienceBeforeItCounts) {
    const std::vector<Outage> outages = {only_in(incident("1", "vpn", Impact::Major), kAustin)};
    EXPECT_EQ(headline(outages), Headline::AllOperational);
    const Rollup austin =
        roll_up(services({"vpn", "mail"}), outages, person(kAustin), Freshness::Current, kNow);
    EXPECT_EQ(austin.headline, Headline::PartialOutage);
    EXPECT_EQ(austin.affected_count, 1);
    EXPECT_EQ(austin.services[0].outage, &outages[0]);
    EXPECT_EQ(austin.services[1].outage, nullptr);
    const ServiceLine vpn =
        service_line(service_id("vpn"), outages, person(kAustin), Freshness::Current, kNow);
    EXPECT_EQ(vpn.status, ServiceStatus::Major);
    EXPECT_EQ(
        service_line(service_id("vpn"), outages, person(kMadrid), Freshness::Current, kNow).status,
        ServiceStatus::Operational);
}

TEST(RollUp, TheWorstOfAServiceWins) {
    const std::vector<Outage> outages = {incident("1", "vpn", Impact::Degraded),
                                         incident("2", "vpn", Impact::Major),
                                         maintenance("3", "vpn", OutageState::InProgress),
                                         incident("4", "vpn", Impact::Partial)};
    const Rollup rollup =
        roll_up(services({"vpn"}), outages, person(kMadrid), Freshness::Current, kNow);
    EXPECT_EQ(rollup.services[0].status, ServiceStatus::Major);
    EXPECT_EQ(rollup.services[0].outage, &outages[1]);
}

TEST(RollUp, AnOverrunBecomesTheOutageItIs) {
    Outage outage = maintenance("m", "erp", OutageState::InProgress);
    outage.scheduled_until = kNow - 5min;
    EXPECT_EQ(headline({outage}), Headline::Maintenance);
    outage.scheduled_until = kNow - 16min;
    EXPECT_EQ(headline({outage}), Headline::PartialOutage);
    outage.updates[0].state = OutageState::Scheduled;
    EXPECT_EQ(headline({outage}), Headline::Maintenance);
    outage.started_at = kNow + 1h;
    outage.scheduled_until = kNow + 2h;
    EXPECT_EQ(headline({outage}), Headline::AllOperational);
}

TEST(RollUp, InsideTheWindowOnlyWhatWasAnnouncedIsMaintenance) {
    Outage outage = maintenance("m", "erp", OutageState::InProgress);
    outage.expected = {{service_id("erp"), Impact::Partial}};
    const std::vector<Outage> outages = {outage};
    const auto line =
        service_line(service_id("erp"), outages, person(kMadrid), Freshness::Current, kNow);
    EXPECT_EQ(line.status, ServiceStatus::Major);
}

TEST(RollUp, NothingOldIsEverOperational) {
    EXPECT_EQ(headline({}, Freshness::AsOf), Headline::AllOperational);
    EXPECT_EQ(headline({}, Freshness::LastKnown), Headline::Unknown);
    EXPECT_EQ(headline({incident("1", "elsewhere", Impact::Major)}, Freshness::LastKnown),
              Headline::Unknown);
    EXPECT_EQ(headline({incident("1", "vpn", Impact::Partial)}, Freshness::LastKnown),
              Headline::MinorOutage);
    const Rollup rollup = roll_up(services({"vpn", "mail"}),
                                  {incident("1", "vpn", Impact::Partial)},
                                  person(kMadrid),
                                  Freshness::LastKnown,
                                  kNow);
    EXPECT_EQ(rollup.services[0].status, ServiceStatus::Partial);
    EXPECT_EQ(rollup.services[1].status, ServiceStatus::Unknown);
    EXPECT_EQ(rollup.affected_count, 1);
}

}  // namespace
}  // namespace ventanilla::status
