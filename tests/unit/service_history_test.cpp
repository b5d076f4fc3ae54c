#include "shared/status/service_history.hpp"

#include <gtest/gtest.h>

#include "shared/base/slots.hpp"
#include "shared/base/text.hpp"
#include "shared/status/overrun.hpp"
#include "tests/unit/support_zones.hpp"

namespace ventanilla::status {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;

const Id kErp = derived_id("service", "erp");
const Instant kNow = utc_time("2026-10-26T12:00:00Z");
const Instant kEver = utc_time("2020-01-01T00:00:00Z");

struct Told {
    const char* at;
    OutageState state;
    Impact impact;
};

Outage outage_of(OutageKind kind, std::vector<Told> updates) {
    Outage outage;
    outage.id = derived_id("outage", "o");
    outage.kind = kind;
    outage.audience.is_everybody = true;
    outage.title = {"Cambio", "Change"};
    outage.started_at = utc_time(updates.front().at);
    for (const Told& told : updates) {
        domain::OutageUpdate update;
        update.id = derived_id("update", told.at);
        update.at = utc_time(told.at);
        update.state = told.state;
        update.snapshot = {{kErp, told.impact}};
        outage.updates.push_back(update);
    }
    if (!is_open(outage.state())) outage.ended_at = outage.updates.back().at;
    return outage;
}

// Announced for 22:00 to 24:00 on the 20th; it ended at `end`.
Outage window(const char* end) {
    Outage outage =
        outage_of(OutageKind::Maintenance,
                  {{"2026-10-10T09:00:00Z", OutageState::Scheduled, Impact::Operational},
                   {"2026-10-20T22:00:00Z", OutageState::InProgress, Impact::Major},
                   {end, OutageState::Completed, Impact::Operational}});
    outage.started_at = utc_time("2026-10-20T22:00:00Z");
    outage.scheduled_until = utc_time("2026-10-21T00:00:00Z");
    return outage;
}

std::string days(const std::vector<Outage>& outages, const char* zone, Instant known = kEver) {
    constexpr const char* kLetters = ".?mdpX";
    const TableZones zones;
    const ServiceHistory history =
        service_history(outages, kErp, *zones.find(zone), kNow, 8, known);
    std::string text;
    for (const DayOfService& day : history.days)
        text.push_back(kLetters[static_cast<std::size_t>(day.worst)]);
    return text;
}

TEST(ServiceHistory, AnUpdateHoldsUntilTheNext) {
    const Outage outage =
        outage_of(OutageKind::Incident,
                  {{"2026-10-21T10:00:00Z", OutageState::Investigating, Impact::Major},
                   {"2026-10-21T11:00:00Z", OutageState::Monitoring, Impact::Degraded},
                   {"2026-10-23T10:00:00Z", OutageState::Resolved, Impact::Operational}});
    const auto events = events_of(outage, kErp, kNow);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].to, events[1].from);
    EXPECT_EQ(days({outage}, "UTC"), "..Xdd...");
    EXPECT_EQ(events_of(outage, derived_id("service", "mail"), kNow).size(), 0U);
}

TEST(ServiceHistory, WhatIsOpenLastsUntilNow) {
    Outage outage =
        outage_of(OutageKind::Incident,
                  {{"2026-10-24T23:30:00Z", OutageState::Investigating, Impact::Partial}});
    EXPECT_EQ(days({outage}, "UTC"), ".....ppp");
    EXPECT_EQ(days({outage}, "Europe/Madrid"), "......pp") << "there it is the 25th already";
    outage.started_at = utc_time("2026-10-23T20:00:00Z");
    EXPECT_EQ(days({outage}, "UTC"), "....pppp") << "it began before anybody said so";
}

TEST(ServiceHistory, WhatDidNotTakePlaceLeavesNoMark) {
    Outage alarm =
        outage_of(OutageKind::Incident,
                  {{"2026-10-21T10:00:00Z", OutageState::Investigating, Impact::Major},
                   {"2026-10-21T11:00:00Z", OutageState::FalseAlarm, Impact::Operational}});
    EXPECT_EQ(days({alarm}, "UTC"), "........");
    Outage cancelled = window("2026-10-20T12:00:00Z");
    cancelled.updates.pop_back();
    cancelled.updates.back().state = OutageState::Cancelled;
    EXPECT_EQ(days({cancelled}, "UTC"), "........");
}

TEST(ServiceHistory, MaintenanceIsMaintenanceUntilItsPromiseAndAnOutageAfterIt) {
    EXPECT_EQ(days({window("2026-10-20T23:50:00Z")}, "UTC"), ".m......");
    EXPECT_EQ(days({window("2026-10-21T02:20:00Z")}, "UTC"), ".mX.....");
    EXPECT_EQ(days({window("2026-10-21T02:20:00Z")}, "Europe/Madrid"), "..X.....")
        << "there all of it was on the 21st";
}

TEST(ServiceHistory, DaysBeforeAnybodyWatchedAreUnknownAndCountNeitherWay) {
    EXPECT_EQ(days({}, "UTC", utc_time("2026-10-23T00:00:00Z")), "????....");
    const TableZones zones;
    const ServiceHistory none = service_history({}, kErp, utc(), kNow, 8, kNow);
    EXPECT_EQ(percent_text(none.uptime), "");
    const Outage day =
        outage_of(OutageKind::Incident,
                  {{"2026-10-25T00:00:00Z", OutageState::Investigating, Impact::Major},
                   {"2026-10-25T12:00:00Z", OutageState::Resolved, Impact::Operational}});
    const ServiceHistory half =
        service_history({day}, kErp, utc(), kNow, 90, utc_time("2026-10-25T12:00:00Z") - 24h);
    EXPECT_EQ(percent_text(half.uptime), "75.000") << "12 of the 48 hours that are known";
}

TEST(ServiceHistory, TwoReportsOfOneFaultCountOnce) {
    const Outage outage =
        outage_of(OutageKind::Incident,
                  {{"2026-10-25T00:00:00Z", OutageState::Investigating, Impact::Major},
                   {"2026-10-25T12:00:00Z", OutageState::Resolved, Impact::Operational}});
    const auto share = [&](const std::vector<Outage>& outages) {
        return percent_text(service_history(outages, kErp, utc(), kNow, 8, kEver).uptime);
    };
    EXPECT_EQ(share({outage}), share({outage, outage}));
}

// ---- overruns ----

const OverrunTexts kTexts{{"Tarda más", "Takes longer"},
                          {"Sigue en curso.", "Still going on."},
                          {"Afecta más", "Affects more"}};

TEST(OverrunIncident, BeginsAtThePromisedEndAndIsThereAfterTheGrace) {
    Outage open = window("2026-10-21T02:20:00Z");
    open.updates.pop_back();
    open.ended_at.reset();
    const Instant promised = *open.scheduled_until;
    EXPECT_FALSE(overrun_incident(open, kTexts, promised + 11min)) << "a tenth of two hours";
    const auto incident = overrun_incident(open, kTexts, promised + 12min);
    ASSERT_TRUE(incident);
    EXPECT_EQ(incident->started_at, promised);
    EXPECT_EQ(incident->kind, OutageKind::Incident);
    EXPECT_EQ(incident->state(), OutageState::Investigating);
    EXPECT_EQ(domain::worst_impact(*incident), Impact::Major);
    EXPECT_EQ(incident->title, kTexts.title);
    EXPECT_EQ(incident->public_id.size(), 12U);
    EXPECT_EQ(overrun_incident(open, kTexts, promised + 5h)->id, incident->id);
}

TEST(OverrunIncident, EndsWithTheMaintenanceAndStaysInTheHistory) {
    const auto incident = overrun_incident(window("2026-10-21T02:20:00Z"), kTexts, kNow);
    ASSERT_TRUE(incident);
    EXPECT_EQ(incident->state(), OutageState::Resolved);
    EXPECT_EQ(incident->ended_at, utc_time("2026-10-21T02:20:00Z"));
    EXPECT_EQ(incident->updates.size(), 2U);
    EXPECT_FALSE(overrun_incident(window("2026-10-21T00:11:00Z"), kTexts, kNow)) << "in the grace";
    EXPECT_FALSE(overrun_incident(window("2026-10-20T23:00:00Z"), kTexts, kNow));
}

// Announced to slow the ERP down, 22:00 to 24:00; at 22:30 it was `impact`.
Outage worse_window(Impact impact) {
    Outage outage = window("2026-10-20T23:50:00Z");
    outage.expected = {{kErp, Impact::Degraded}};
    outage.updates[1].snapshot = {{kErp, Impact::Degraded}};
    domain::OutageUpdate worse = outage.updates[1];
    worse.id = derived_id("update", "worse");
    worse.at = utc_time("2026-10-20T22:30:00Z");
    worse.snapshot = {{kErp, impact}};
    outage.updates.insert(outage.updates.begin() + 2, worse);
    return outage;
}

TEST(OverrunIncident, BeginsWhenSomethingIsWorseThanAnnouncedAlsoInsideTheWindow) {
    EXPECT_FALSE(overrun_incident(worse_window(Impact::Degraded), kTexts, kNow));
    const auto incident = overrun_incident(worse_window(Impact::Major), kTexts, kNow);
    ASSERT_TRUE(incident);
    EXPECT_EQ(incident->started_at, utc_time("2026-10-20T22:30:00Z"));
    EXPECT_EQ(incident->title, kTexts.worse_title);
    EXPECT_EQ(incident->updates.size(), 2U);
    EXPECT_EQ(incident->updates[0].state, OutageState::Identified);
    EXPECT_EQ(incident->state(), OutageState::Resolved);
    EXPECT_EQ(days({worse_window(Impact::Major)}, "UTC"), ".X......");
    EXPECT_EQ(days({worse_window(Impact::Degraded)}, "UTC"), ".m......");
}

TEST(OverrunIncident, AnExtensionSaidTooLateDoesNotHideIt) {
    Outage open = window("2026-10-21T02:20:00Z");
    open.updates.pop_back();
    open.ended_at.reset();
    const Instant promised = *open.scheduled_until;
    open.former = {{promised - 10min, open.started_at, promised}};
    open.scheduled_until = promised + 2h;
    const auto incident = overrun_incident(open, kTexts, promised + 12min);
    ASSERT_TRUE(incident);
    EXPECT_EQ(incident->started_at, promised);
    open.former[0].at = promised - 25h;
    EXPECT_FALSE(overrun_incident(open, kTexts, promised + 12min)) << "said a day ahead";
}

TEST(OverrunIncident, IsARowOnceItWasHandedOverAndKeepsWhatWasReadBefore) {
    Outage open = window("2026-10-21T02:20:00Z");
    open.updates.back().state = OutageState::HandedOver;
    EXPECT_FALSE(overrun_incident(open, kTexts, kNow));
    Outage row = outage_of(OutageKind::Incident,
                           {{"2026-10-21T02:20:00Z", OutageState::Identified, Impact::Major}});
    row.continues = open.id;
    const Outage read = with_former_updates(row, open, kTexts);
    ASSERT_EQ(read.updates.size(), 2U);
    EXPECT_EQ(read.updates[0].body, kTexts.body);
    EXPECT_EQ(read.updates[0].at, utc_time("2026-10-21T00:00:00Z"));
    EXPECT_EQ(read.latest().state, OutageState::Identified);
}

TEST(OverrunIncident, NeedsSomebodyToHaveBegun) {
    Outage announced = window("2026-10-21T02:20:00Z");
    announced.updates.resize(1);
    announced.ended_at.reset();
    EXPECT_FALSE(overrun_incident(announced, kTexts, kNow));
    const Outage incident =
        outage_of(OutageKind::Incident,
                  {{"2026-10-24T23:30:00Z", OutageState::Investigating, Impact::Major}});
    EXPECT_FALSE(overrun_incident(incident, kTexts, kNow));
}

TEST(Slots, AreFilledAndWhatIsNotGivenIsSeen) {
    EXPECT_EQ(filled("{n} de {all}, {missing}", {{"all", "9"}}, "2"), "2 de 9, {missing}");
    EXPECT_EQ(filled("{n}", {{"n", "x"}}), "x");
    EXPECT_EQ(filled("open { brace", {}), "open ");
}

}  // namespace
}  // namespace ventanilla::status
