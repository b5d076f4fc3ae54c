#include <cmath>

#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/recovery/admission.hpp"

// The server's half of coming back after an outage, one rule a test. Herds before it are in
// tests/recovery.

namespace ventanilla::recovery {
namespace {

constexpr std::string_view kKey = "0123456789abcdef0123456789abcdef";
const Instant kStart = from_ms(1'790'000'000'000);

Instant at(std::int64_t ms) {
    return kStart + Millis{ms};
}

Admission door(double units_per_s = 1'000, double clients = 0) {
    return {{units_per_s, clients}, std::string(kKey), kStart};
}

// Others wait for their turns until `until_ms`.
void fill(Admission& admission, std::int64_t until_ms) {
    while (admission.backlog(at(0)) < Millis{until_ms})
        (void)admission.slot(99, 1, at(0));
}

Asked replay(std::string_view ticket, std::uint64_t principal = 1, double units = 1) {
    return {Lane::Replay, units, ticket, principal};
}

TEST(RecoveryTicket, IsReadAsItWasGiven) {
    const Ticket ticket{Lane::Replay, at(5), 1'250, at(30'005), 0xFEDC'BA98'7654'3210};
    const Result<Ticket> opened = open_ticket(seal(ticket, kKey), kKey);
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, ticket);
}

TEST(RecoveryTicket, EveryChangedCharacterMakesItNoTicket) {
    const std::string sealed = seal({Lane::Replay, at(5), 1'250, at(30'005), 7}, kKey);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        for (const char other : {'A', 'z', '-', '!', '\0'}) {
            std::string changed = sealed;
            if (changed[i] == other) continue;
            changed[i] = other;
            const Result<Ticket> opened = open_ticket(changed, kKey);
            EXPECT_FALSE(opened) << i << other;
        }
    }
    EXPECT_FALSE(open_ticket(sealed, "another key"));
    EXPECT_FALSE(open_ticket("", kKey));
    EXPECT_FALSE(open_ticket(std::string(10'000, 'A'), kKey));
    EXPECT_FALSE(open_ticket(sealed.substr(0, sealed.size() - 1), kKey));
}

TEST(RecoveryTicket, LivesFromHalfASecondBeforeItsSlotTo30SAfter) {
    const Ticket ticket{Lane::Replay, at(10'000), 1'000, at(40'000), 7};
    EXPECT_EQ(state_of(ticket, at(9'499)), TicketState::Early);
    EXPECT_EQ(state_of(ticket, at(9'500)), TicketState::Valid);
    EXPECT_EQ(state_of(ticket, at(40'000)), TicketState::Valid);
    EXPECT_EQ(state_of(ticket, at(40'001)), TicketState::Late);
}

TEST(RecoveryAdmission, TurnsNeverGoBackAndAre85PercentOfTheCapacity) {
    Admission admission = door(1'000);
    SeededRandom random{3};
    Instant now = kStart, last = kStart;
    double units = 0;
    for (int i = 0; i < 5'000; ++i) {
        if (random.chance(1, 3)) now += Millis{1};
        const int items = static_cast<int>(random.below(4));
        const Grant grant = admission.slot(random.next(), items, now);
        EXPECT_GE(now + grant.slot, last);
        last = now + grant.slot;
        units += kReadCost + items * kWriteCost;
    }
    const double expected_ms = units / (0.85 * 1'000) * 1'000;
    EXPECT_NEAR(static_cast<double>((last - kStart).count()), expected_ms, expected_ms * 0.01);
}

TEST(RecoveryAdmission, WhileOthersWaitReplaysNeedATicketAndNothingElseDoes) {
    Admission admission = door();
    EXPECT_EQ(admission.advice(at(0)).mode, Mode::Recovering) << "it has just begun";
    fill(admission, 2'000);
    const Millis before = admission.backlog(at(0));
    const Verdict refused = admission.ask(replay(""), at(0));
    EXPECT_FALSE(refused.is_admitted);
    EXPECT_FALSE(refused.grant);
    EXPECT_GE(refused.retry_after, Millis{1'000});
    EXPECT_EQ(admission.backlog(at(0)), before) << "knocking does not use up turns";
    EXPECT_TRUE(admission.ask({Lane::Interactive, 1, "", 1}, at(0)).is_admitted);
    EXPECT_TRUE(admission.ask({Lane::Read, 0.25, "", 1}, at(0)).is_admitted);
    const Grant grant = admission.slot(1, 3, at(0));
    EXPECT_TRUE(admission.ask(replay(grant.ticket, 1, 3), at(0) + grant.slot).is_admitted);
}

TEST(RecoveryAdmission, WhoKnocksWhenNobodyWaitsIsLetInAtThePaceOfTurns) {
    Admission admission = door(1'000);
    int admitted = 0;
    for (int ms = 0; ms < 10'000; ++ms) {
        for (int i = 0; i < 5; ++i) {
            if (!admission.ask(replay(""), at(ms)).is_admitted) continue;
            ++admitted;
            admission.done(1, at(ms));
        }
    }
    EXPECT_NEAR(admitted, 8'500 + 850, 100) << "after a second's worth at once";
}

TEST(RecoveryAdmission, AForgedTicketIsNoTicket) {
    Admission admission = door();
    fill(admission, 2'000);
    const Grant grant = admission.slot(1, 1, at(0));
    std::string forged = grant.ticket;
    forged[20] = forged[20] == 'A' ? 'B' : 'A';
    const struct {
        const char* what;
        Asked asked;
    } kCases[] = {
        {"changed", replay(forged)},
        {"of somebody else", replay(grant.ticket, 2)},
        {"for less work", replay(grant.ticket, 1, 5)},
        {"for another lane", {Lane::Bulk, 1, grant.ticket, 1}},
        {"nonsense", replay("%%%")},
    };
    for (const auto& one : kCases) {
        if (one.asked.lane == Lane::Bulk) continue;  // that lane asks for none
        const Verdict verdict = admission.ask(one.asked, at(10));
        EXPECT_FALSE(verdict.is_admitted) << one.what;
        EXPECT_FALSE(verdict.grant) << one.what;
    }
    EXPECT_EQ(admission.counts().tickets_bad, 4U);
}

TEST(RecoveryAdmission, WhoIsLateGetsTheTailAndWhoIsEarlyKeepsTheirSlot) {
    Admission admission = door(100);
    for (int i = 0; i < 500; ++i)
        (void)admission.slot(9, 1, at(0));
    const Grant grant = admission.slot(1, 1, at(0));
    ASSERT_GT(grant.slot, Millis{7'000});
    const Verdict early = admission.ask(replay(grant.ticket), at(1'000));
    ASSERT_TRUE(early.grant);
    EXPECT_EQ(early.grant->slot, grant.slot - Millis{1'000});
    const Instant after = at(grant.slot.count() + 30'001);
    while (admission.backlog(after) < Millis{2'000})
        (void)admission.slot(9, 1, after);
    const Verdict late = admission.ask(replay(grant.ticket), after);
    ASSERT_TRUE(late.grant);
    EXPECT_FALSE(late.is_admitted);
    EXPECT_TRUE(admission.ask(replay(late.grant->ticket), after + late.grant->slot).is_admitted);
}

TEST(RecoveryAdmission, TicketsOutliveACrash) {
    Admission before = door(100);
    for (int i = 0; i < 100; ++i)
        (void)before.slot(9, 1, at(0));
    const Grant grant = before.slot(1, 1, at(0));
    Admission after{before.known(at(500)), std::string(kKey), at(900)};
    EXPECT_TRUE(after.ask(replay(grant.ticket), at(0) + grant.slot).is_admitted);
    EXPECT_EQ(after.counts().tickets_bad, 0U);
}

TEST(RecoveryAdmission, ATicketFromBeforeTheClockWasSetBackIsNotWaitedFor) {
    Admission admission = door();
    fill(admission, 2'000);
    const std::string far = seal({Lane::Replay, at(7'200'000), 1'000, at(7'230'000), 1}, kKey);
    EXPECT_FALSE(admission.ask(replay(far), at(0)).grant);
}

TEST(RecoveryAdmission, LanesShareTheQueueByTheirRank) {
    const struct {
        Lane lane;
        int admitted;
    } kCases[] = {{Lane::Read, 700}, {Lane::Interactive, 600}, {Lane::Bulk, 300}};
    for (const auto& one : kCases) {
        Admission admission = door(1'000);
        int admitted = 0;
        while (admission.ask({one.lane, 1, "", 1}, at(0)).is_admitted)
            ++admitted;
        EXPECT_EQ(admitted, one.admitted);
        admission.done(1, at(1));
        EXPECT_TRUE(admission.ask({one.lane, 1, "", 1}, at(1)).is_admitted) << "room again";
    }
}

TEST(RecoveryAdmission, OneRequestLargerThanTheQueueStillGoesAlone) {
    Admission admission = door(10);
    EXPECT_TRUE(admission.ask({Lane::Interactive, 100, "", 1}, at(0)).is_admitted);
    EXPECT_FALSE(admission.ask({Lane::Interactive, 100, "", 1}, at(0)).is_admitted);
}

TEST(RecoveryAdmission, ATicketHolderBeforeAFullQueueGetsAnotherTurn) {
    Admission admission = door(1'000, 10'000);
    const Grant grant = admission.slot(1, 1, at(0));
    while (admission.ask({Lane::Interactive, 1, "", 2}, at(0)).is_admitted) {
    }
    const Verdict verdict = admission.ask(replay(grant.ticket), at(0));
    ASSERT_TRUE(verdict.grant);
    EXPECT_GE(verdict.retry_after, verdict.grant->slot);
    EXPECT_GE(verdict.grant->slot, admission.advice(at(0)).min_backoff)
        << "or refusals would feed on it";
}

TEST(RecoveryAdmission, IsNormalAgainAfterACalmMinuteAndNotBefore) {
    Admission admission = door();
    EXPECT_EQ(admission.advice(at(59'999)).mode, Mode::Recovering);
    EXPECT_EQ(admission.advice(at(60'000)).mode, Mode::Normal);
    EXPECT_TRUE(admission.ask(replay(""), at(60'001)).is_admitted) << "no ticket needed";
    EXPECT_EQ(admission.slot(1, 5, at(60'002)).mode, Mode::Normal);
    EXPECT_EQ(admission.slot(1, 5, at(60'002)).ticket, "");
}

TEST(RecoveryAdmission, TooMuchWorkForFiveSecondsBeginsARecovery) {
    Admission admission = door(100);
    ASSERT_EQ(admission.advice(at(70'000)).mode, Mode::Normal);
    for (int i = 0; i < 1'000; ++i)
        (void)admission.ask(replay(""), at(70'001));
    EXPECT_EQ(admission.advice(at(70'001)).mode, Mode::Recovering);
    EXPECT_LT(admission.backlog(at(70'001)), Millis{5'100}) << "and knocking on does not add to it";
}

TEST(RecoveryAdmission, SpreadAndBackoffFollowTheFormulas) {
    Admission admission = door(1'000, 100'000);
    const Advice advice = admission.advice(at(0));
    EXPECT_EQ(advice.spread, Millis{20'000});
    EXPECT_EQ(advice.min_backoff, Millis{13'334});
    EXPECT_EQ(door(1'000, 10).advice(at(0)).spread, Millis{5'000});
    EXPECT_EQ(door(1, 1e6).advice(at(0)).spread, Millis{300'000});
}

TEST(RecoveryAdmission, APauseSendsEverybodyAway) {
    Admission admission = door();
    admission.set_paused(true);
    EXPECT_EQ(admission.advice(at(0)).mode, Mode::Paused);
    EXPECT_FALSE(admission.ask({Lane::Interactive, 1, "", 1}, at(0)).is_admitted);
    EXPECT_EQ(admission.slot(1, 1, at(0)).mode, Mode::Paused);
}

TEST(RecoveryAdmission, NobodyCanPushTheTurnsMoreThanAnHourAway) {
    Admission admission = door(1);
    for (int i = 0; i < 10'000; ++i)
        (void)admission.slot(static_cast<std::uint64_t>(i), 10, at(0));
    EXPECT_LT(admission.backlog(at(0)), Millis{3'600'000 + 20'000});
}

TEST(RecoveryCapacity, GoesUpFastDownSlowlyAndNeverUnderHalf) {
    Capacity capacity{1'000};
    capacity.saw_saturated(400);
    EXPECT_NEAR(capacity.units_per_s(), 988, 1);
    for (int i = 0; i < 100; ++i)
        capacity.saw_saturated(400);
    EXPECT_LT(capacity.units_per_s(), 550);
    EXPECT_GE(capacity.units_per_s(), capacity.healthy_units_per_s() / 2);
    EXPECT_GE(capacity.healthy_units_per_s(), 850) << "an outage is not what it can do";
    for (int i = 0; i < 100; ++i)
        capacity.saw_spare();
    EXPECT_GT(capacity.units_per_s(), 850);
    capacity.saw_saturated(4'000);
    EXPECT_GT(capacity.units_per_s(), 2'000);
}

TEST(RecoveryCapacity, IsSeenOnlyWhileTheQueueNeverRunsLow) {
    Admission busy = door(1'000, 100'000);
    Admission idle = door(1'000, 100'000);
    const Millis before = busy.advice(at(0)).min_backoff;
    for (int second = 0; second < 20; ++second) {
        while (busy.ask({Lane::Read, 1, "", 1}, at(second * 1'000)).is_admitted) {
        }
        (void)idle.ask({Lane::Read, 100, "", 1}, at(second * 1'000));
        busy.done(100, at(second * 1'000 + 900));
        idle.done(100, at(second * 1'000 + 900));
    }
    EXPECT_GT(busy.advice(at(20'000)).min_backoff, before * 5 / 4)
        << "100 units/s is all it can do";
    EXPECT_EQ(idle.advice(at(20'000)).min_backoff, before) << "100 units/s is all it was asked";
}

TEST(RecoveryCensus, CountsDifferentDevicesWithinAFewPercent) {
    for (const int many : {0, 10, 1'000, 100'000}) {
        Census census{0, kStart};
        for (int i = 0; i < many; ++i) {
            const std::uint64_t device = hash64(concat("device ", i));
            census.saw(device, at(i));
            census.saw(device, at(i));
        }
        EXPECT_NEAR(census.clients(at(many)), many, many * 0.1 + 1);
    }
}

TEST(RecoveryCensus, DoesNotCareHowDevicesAreNumbered) {
    Census census{0, kStart};
    for (std::uint64_t device = 0; device < 10'000; ++device)
        census.saw(device, kStart);
    EXPECT_NEAR(census.clients(at(1)), 10'000, 1'000);
}

TEST(RecoveryCensus, ForgetsAfterADayAndRemembersUntilThen) {
    Census census{500, kStart};
    for (int i = 0; i < 50; ++i)
        census.saw(hash64(concat("device ", i)), kStart);
    EXPECT_EQ(census.clients(at(0)), 500) << "what was known before";
    EXPECT_NEAR(census.clients(kStart + std::chrono::hours{23}), 500, 1);
    EXPECT_NEAR(census.clients(kStart + std::chrono::hours{25}), 0, 1);
}

TEST(RecoveryAdvice, TravelsInABanner) {
    const Advice advice{Mode::Recovering, Millis{12'000}, Millis{2'000}, Millis{15'000}};
    const Json banner = {{"recovery", to_json(advice)}, {"poll_ms", 15'000}};
    const Result<Advice> read = decode_banner(dump_json(banner));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->mode, Mode::Recovering);
    EXPECT_EQ(read->spread, advice.spread);
    EXPECT_EQ(read->min_backoff, advice.min_backoff);
    EXPECT_EQ(read->poll, advice.poll);
    EXPECT_FALSE(decode_banner("<html>"));
    EXPECT_FALSE(decode_banner("{}"));
    const Json hostile = {
        {"recovery", {{"mode", "normal"}, {"spread_ms", -5}, {"min_backoff_ms", 1e18}}}};
    EXPECT_GE(decode_banner(dump_json(hostile))->spread, Millis{0});
    EXPECT_LE(decode_banner(dump_json(hostile))->min_backoff, Millis{3'600'000});
}

TEST(RecoveryAdvice, SlotsAndRefusalsTravel) {
    const Grant grant{Millis{1'500}, "t", Millis{30'000}, 10, Mode::Recovering};
    const Result<Grant> read = decode_grant(encode(grant));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->slot, grant.slot);
    EXPECT_EQ(read->ticket, "t");
    EXPECT_EQ(read->batch_max, 10);
    EXPECT_FALSE(decode_grant("{}"));
    EXPECT_EQ(decode_slot_request(encode(SlotRequest{3, 10, 5}))->items, 3);
    EXPECT_EQ(decode_slot_request(R"({"items":1000000})")->items, 500);
    for (const char* bad : {"", "[]", "{}", R"({"items":-1})", R"({"items":"x"})"})
        EXPECT_FALSE(decode_slot_request(bad)) << bad;
    EXPECT_EQ(refusal_of("<html>", Millis{2'000}).retry_after, Millis{2'000});
    const Refusal refusal = refusal_of(
        R"({"retry_after_ms":2500,"slot_ms":2500,"ticket":"t","ttl_ms":30000})", Millis{3'000});
    EXPECT_EQ(refusal.retry_after, Millis{3'000});
    ASSERT_TRUE(refusal.grant);
    EXPECT_EQ(refusal.grant->slot, Millis{2'500});
}

// Source: RFC 4231, test cases 1, 2 and 6.
TEST(Hmac, GivesTheValuesOfItsStandard) {
    const struct {
        std::string key, message, hex;
    } kCases[] = {
        {std::string(20, '\x0b'),
         "Hi There",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
        {"Jefe",
         "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {std::string(131, '\xaa'),
         "Test Using Larger Than Block-Size Key - Hash Key First",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
    };
    for (const auto& one : kCases) {
        const Sha256 proof = hmac_sha256(one.key, one.message);
        EXPECT_EQ(to_hex(std::string(proof.begin(), proof.end())), one.hex);
    }
    EXPECT_TRUE(equal_in_constant_time("same", "same"));
    EXPECT_FALSE(equal_in_constant_time("same", "sane"));
    EXPECT_FALSE(equal_in_constant_time("same", "same "));
}

}  // namespace
}  // namespace ventanilla::recovery
