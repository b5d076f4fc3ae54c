#include "shared/rules/maintenance.hpp"

#include <gtest/gtest.h>

namespace ventanilla::rules {
namespace {

using namespace std::chrono_literals;
using domain::FormerPromise;
using domain::Impact;
using domain::NoticeClass;
using domain::Outage;
using domain::OutageState;

const Id kErp = derived_id("t", "erp");
const Id kMail = derived_id("t", "mail");
constexpr Instant kStart = from_ms(1'773'266'400'000);  // 22:00 UTC
constexpr Instant kEnd = kStart + 2h;

Outage window(std::vector<FormerPromise> former,
              Instant until,
              NoticeClass notice = NoticeClass::Standard) {
    Outage outage;
    outage.kind = domain::OutageKind::Maintenance;
    outage.started_at = kStart;
    outage.scheduled_until = until;
    outage.former = std::move(former);
    outage.notice = notice;
    domain::OutageUpdate first;
    first.state = OutageState::Scheduled;
    first.snapshot = {{kErp, Impact::Operational}};
    outage.updates = {first};
    return outage;
}

TEST(Maintenance, IsCoveredUntilItsPromise) {
    EXPECT_EQ(covered_until(window({}, kEnd)), kEnd);
}

TEST(Maintenance, AnExtensionCountsWhenItIsSaidInTime) {
    struct Case {
        const char* what;
        Instant said;
        NoticeClass notice;
        Instant covered;
    };
    const Case cases[] = {
        {"a day ahead", kEnd - 24h, NoticeClass::Standard, kEnd + 1h},
        {"later", kEnd - 24h + 1ms, NoticeClass::Standard, kEnd},
        {"an emergency, before its end", kEnd, NoticeClass::Emergency, kEnd + 1h},
        {"an emergency, too late", kEnd + 1ms, NoticeClass::Emergency, kEnd},
        {"a vendor's work, before its end", kEnd - 1min, NoticeClass::Vendor, kEnd + 1h},
    };
    for (const Case& each : cases)
        EXPECT_EQ(covered_until(window({{each.said, kStart, kEnd}}, kEnd + 1h, each.notice)),
                  each.covered)
            << each.what;
}

TEST(Maintenance, WhatWasSaidTooLateOnceStaysLate) {
    const Outage outage =
        window({{kEnd - 1h, kStart, kEnd}, {kEnd - 50min, kStart, kEnd + 48h}}, kEnd + 72h);
    EXPECT_EQ(covered_until(outage), kEnd) << "the second was in time for an end nobody announced";
}

TEST(Maintenance, AShorterPromiseHolds) {
    EXPECT_EQ(covered_until(window({{kEnd - 1h, kStart, kEnd}}, kEnd - 30min)), kEnd - 30min);
}

TEST(Maintenance, AWindowMovedToAnotherDayIsAnnouncedForThatDay) {
    Outage outage = window({{kStart - 1h, kStart, kEnd}}, kEnd + 7 * 24h);
    outage.started_at = kStart + 7 * 24h;
    EXPECT_EQ(covered_until(outage), kEnd + 7 * 24h);
}

TEST(Maintenance, WorseThanAnnouncedIsSeenForEachService) {
    Outage outage = window({}, kEnd);
    outage.expected = {{kErp, Impact::Partial}};
    domain::OutageUpdate update;
    update.state = OutageState::InProgress;
    update.snapshot = {{kErp, Impact::Partial}};
    EXPECT_FALSE(is_worse_than_announced(outage, update));
    update.snapshot = {{kErp, Impact::Major}};
    EXPECT_TRUE(is_worse_than_announced(outage, update));
    update.snapshot = {{kErp, Impact::Operational}, {kMail, Impact::Degraded}};
    EXPECT_TRUE(is_worse_than_announced(outage, update)) << "nobody spoke of mail";
    outage.expected.clear();
    outage.updates.push_back(update);
    EXPECT_FALSE(is_worse_than_announced(outage, update))
        << "an announcement that said nothing covers what it did in its time";
}

}  // namespace
}  // namespace ventanilla::rules
