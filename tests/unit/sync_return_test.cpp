#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/support_stage.hpp"

// How the portal's engine comes back after an outage: the pacer's steps as requests, and what is
// shown.

namespace ventanilla::sync {
namespace {

constexpr std::string_view kRecovering =
    R"({"recovery":{"mode":"recovering","spread_ms":20000,"min_backoff_ms":3000},"poll_ms":15000})";

std::string turn_in(std::int64_t ms) {
    return recovery::encode(recovery::Grant{.slot = Millis{ms},
                                            .ticket = "t1",
                                            .life = Millis{30'000},
                                            .batch_max = 10,
                                            .mode = recovery::Mode::Recovering});
}

std::string header(const Send& send, std::string_view name) {
    const auto found = std::find_if(send.headers.begin(), send.headers.end(), [&](const auto& one) {
        return one.first == name;
    });
    return found == send.headers.end() ? std::string{} : found->second;
}

std::string target(const Stage& stage) {
    return stage.sends.empty()
               ? std::string{}
               : stage.sends.back().target.substr(0, stage.sends.back().target.find('?'));
}

// Two commands wait on the device; the network goes and comes back to a server that is recovering.
struct Returning : Stage {
    Returning() {
        start();
        is_well = false;
        client.on_online(false, now());
        for (int i = 0; i < 2; ++i)
            ids.push_back(vote());
        pass(60'000);
        client.on_online(true, now());
        collect();
        EXPECT_TRUE(sends.empty()) << "nobody comes at once";
        pass(5'000);
    }
    std::vector<Id> ids;
};

TEST(SyncReturn, AsksTheBannerThenForATurnAndSendsWithItsTicketWhenTheTurnComes) {
    Returning stage;
    ASSERT_EQ(target(stage), recovery::kBannerPath);
    stage.answer(200, std::string(kRecovering));
    ASSERT_EQ(target(stage), recovery::kSlotPath);
    EXPECT_EQ(recovery::decode_slot_request(stage.sends.back().body)->items, 2);
    const std::int64_t asked_ms = stage.ms;
    stage.answer(200, turn_in(40'000));
    EXPECT_TRUE(stage.sends.empty());
    const std::optional<Instant> turn = stage.client.status().turn_at;
    ASSERT_TRUE(turn);
    EXPECT_GE(*turn, stage.client.server_time(stage.now()) + Millis{40'000});
    EXPECT_LE(*turn, stage.client.server_time(stage.now()) + Millis{41'000});
    stage.pass(39'999);
    EXPECT_TRUE(stage.sends.empty()) << "not before its turn";
    stage.pass(1'001);
    ASSERT_EQ(target(stage), kPushPath) << asked_ms;
    EXPECT_EQ(header(stage.sends.back(), recovery::kTicketHeader), "t1");
    EXPECT_EQ(header(stage.sends.back(), recovery::kItemsHeader), "2");
    EXPECT_EQ(stage.pushed(), stage.ids);
    EXPECT_FALSE(stage.client.status().turn_at);
}

TEST(SyncReturn, ANormalServerIsGoneToAtOnce) {
    Returning stage;
    stage.answer(200, R"({"recovery":{"mode":"normal"}})");
    EXPECT_EQ(target(stage), kPushPath);
    EXPECT_EQ(header(stage.sends.back(), recovery::kTicketHeader), "");
}

TEST(SyncReturn, AServerOfBeforeAllThisIsTakenAsNormal) {
    Returning stage;
    stage.answer(404, Stage::problem(404, "not_found"));
    EXPECT_EQ(target(stage), kPushPath);
}

TEST(SyncReturn, ACaptivePortalIsNoBanner) {
    Returning stage;
    stage.answer(200, "<html>Welcome to our guest network</html>");
    EXPECT_TRUE(stage.sends.empty());
    EXPECT_FALSE(stage.client.status().is_reachable);
}

TEST(SyncReturn, ARefusalWithALaterTurnIsWaitedForAndKeepsEverything) {
    Returning stage;
    stage.answer(200, std::string(kRecovering));
    stage.answer(200, turn_in(0));
    ASSERT_EQ(target(stage), kPushPath);
    Json body = *parse_json(turn_in(20'000));
    body["status"] = 503;
    body["code"] = problem::kBusy;
    body["retry_after_ms"] = 20'000;
    stage.answer(503, dump_json(body), Millis{20'000});
    EXPECT_TRUE(stage.client.status().turn_at);
    EXPECT_EQ(stage.client.unsent_count(), 2);
    stage.pass(19'999);
    EXPECT_TRUE(stage.sends.empty());
    stage.pass(2'001);
    ASSERT_FALSE(stage.sends.empty());
    if (!stage.is_pushing()) stage.answer(304, {});  // pushes and pulls take turns
    EXPECT_EQ(stage.pushed(), stage.ids);
    EXPECT_EQ(header(stage.sends.back(), recovery::kTicketHeader), "t1");
}

TEST(SyncReturn, WhatIsGivenNowGoesByTheLaneOfThoseWhoLook) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    ASSERT_EQ(stage.pushed(), std::vector<Id>{id});
    EXPECT_EQ(header(stage.sends.back(), recovery::kLaneHeader), recovery::kInteractive);
}

TEST(SyncReturn, ABrokenLiveConnectionIsAHerdAndOneThatLivedItsTimeIsNot) {
    for (const bool has_lived : {false, true}) {
        Stage stage;
        stage.start();
        stage.client.on_live_state(true, stage.now());
        stage.collect();
        stage.answer(304, {});
        for (int s = 0; s < (has_lived ? 900 : 30); s += 15) {
            stage.ms += 15'000;
            stage.client.on_live_heartbeat(stage.now());
            stage.collect();
            if (target(stage) == kPullPath) stage.answer(304, {});
        }
        stage.is_well = false;
        stage.client.on_live_state(false, stage.now());
        stage.collect();
        (void)stage.vote();
        EXPECT_EQ(stage.is_pushing(), has_lived);
    }
}

}  // namespace
}  // namespace ventanilla::sync
