#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/support_stage.hpp"

// One client against a person, a disk and a server that are played by hand. The long lives are in
// tests/sim; here each rule has its smallest story.

namespace ventanilla::sync {
namespace {

TEST(SyncClient, TheFirstPullBringsTheBaseAndStoresIt) {
    Stage stage;
    stage.start();
    EXPECT_EQ(stage.client.replica().count(domain::RowType::Article), 1U);
    EXPECT_FALSE(stage.client.status().is_loading);
    EXPECT_EQ(stage.client.status().seq, 5U);
    EXPECT_GT(stage.disk.count(std::string(kManifestPath)), 0U);
    EXPECT_EQ(stage.client.status().digest_mismatches, 0);
}

TEST(SyncClient, SavedIsSaidOnlyAfterTheTransactionCompleted) {
    Stage stage;
    stage.start();
    stage.stores_at_once = false;
    const Id id = stage.vote();
    EXPECT_EQ(stage.state(id), EntryState::Volatile);
    EXPECT_TRUE(stage.client.entry(id)->is_saving);
    EXPECT_FALSE(stage.is_pushing()) << "nothing leaves before it is durable";
    ASSERT_EQ(stage.commits.size(), 1U);
    EXPECT_EQ(stage.commits[0].write_class, WriteClass::A);
    EXPECT_FALSE(stage.commits[0].is_fenced);
    stage.finish_commit(CommitResult::Ok);
    EXPECT_EQ(stage.state(id), EntryState::Sent);
    EXPECT_EQ(stage.pushed(), std::vector<Id>{id});
}

TEST(SyncClient, WhatCannotBeStoredIsStillSentAndSaysSo) {
    Stage stage;
    stage.start();
    stage.stores_at_once = false;
    const Id id = stage.vote();
    stage.finish_commit(CommitResult::Failed);
    EXPECT_EQ(stage.state(id), EntryState::Volatile);
    EXPECT_FALSE(stage.client.entry(id)->is_saving);
    EXPECT_EQ(stage.client.status().storage, StorageMode::Volatile);
    EXPECT_EQ(stage.pushed(), std::vector<Id>{id});
}

TEST(SyncClient, WithoutRoomTheBaseGoesFirst) {
    Stage stage;
    stage.start();
    stage.stores_at_once = false;
    const Id id = stage.vote();
    stage.finish_commit(CommitResult::Quota);
    ASSERT_EQ(stage.commits.size(), 1U);
    EXPECT_TRUE(std::any_of(stage.commits[0].deletes.begin(),
                            stage.commits[0].deletes.end(),
                            [](const std::string& path) { return path.starts_with("base/"); }));
    stage.finish_commit(CommitResult::Ok);
    stage.finish_commit(CommitResult::Ok);
    EXPECT_EQ(stage.state(id), EntryState::Sent);
    EXPECT_EQ(stage.client.status().storage, StorageMode::Durable);
}

TEST(SyncClient, AppliedBecomesAcceptedThenConfirmed) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.stores_at_once = false;
    stage.answer(200, Stage::applied(id, 6));
    EXPECT_EQ(stage.state(id), EntryState::Sent) << "the receipt is not stored yet";
    stage.finish_commit(CommitResult::Ok);
    EXPECT_EQ(stage.state(id), EntryState::Accepted);
    PullResponse page = Stage::first_page();
    page.from = 5;
    page.to = page.head = 6;
    page.upsert.clear();
    page.groups_added.clear();
    page.next = "cursor6";
    stage.answer(200, encode(page));
    EXPECT_EQ(stage.state(id), EntryState::Confirmed);
    EXPECT_EQ(stage.client.unsent_count(), 0);
}

TEST(SyncClient, ARejectedCommandStaysAndIsCounted) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.answer(200, Stage::rejected(id));
    EXPECT_EQ(stage.state(id), EntryState::Rejected);
    EXPECT_EQ(stage.client.unsent_count(), 1);
    EXPECT_FALSE(stage.client.replica().is_pending({domain::RowType::Article, some("article")}));
    EXPECT_TRUE(stage.client.discard(id, stage.now()));
    EXPECT_EQ(stage.client.unsent_count(), 0);
    EXPECT_TRUE(stage.client.undo_discard(id, stage.now()));
    EXPECT_EQ(stage.state(id), EntryState::Rejected);
}

TEST(SyncClient, ARestartFindsEverythingAgain) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    Client again(stage.random);
    stage.boot(again, TabRole::Leader);
    EXPECT_EQ(again.replica().count(domain::RowType::Article), 1U);
    EXPECT_EQ(again.entry(id)->record->command.cmd_id, id);
    EXPECT_EQ(again.unsent_count(), 1);
    EXPECT_TRUE(again.find_local_code(short_code(id)));
}

TEST(SyncClient, ACaptivePortalIsNoAnswer) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.answer(200, "<!doctype html><title>Wi-Fi</title>");
    EXPECT_EQ(stage.state(id), EntryState::Queued);
    EXPECT_FALSE(stage.client.status().is_reachable);
    EXPECT_TRUE(stage.sends.empty()) << "backing off";
    stage.pass(70'000);
    EXPECT_FALSE(stage.sends.empty());
}

TEST(SyncClient, RetryAfterIsAFloorEvenForTheImpatient) {
    Stage stage;
    stage.start();
    stage.vote();
    stage.answer(503, Stage::problem(503, problem::kBusy), Millis{40'000});
    stage.pass(20'000);
    stage.client.sync_now(stage.now());
    stage.collect();
    EXPECT_TRUE(stage.sends.empty());
    stage.pass(25'000);
    stage.pass(10'000);
    EXPECT_FALSE(stage.sends.empty());
}

TEST(SyncClient, TheSessionEndsAndTheOutboxStays) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.answer(401, Stage::problem(401, problem::kSessionOver));
    EXPECT_EQ(stage.state(id), EntryState::Queued);
    EXPECT_FALSE(stage.client.status().is_signed_in);
    EXPECT_NE(std::find(stage.notes.begin(), stage.notes.end(), Notice::SignIn), stage.notes.end());
    stage.pass(120'000);
    EXPECT_TRUE(stage.sends.empty());
    SessionInfo session;
    session.user = stage.identity.actor.user;
    session.roles = stage.identity.actor.roles;
    stage.client.on_signed_in(session, stage.now());
    stage.collect();
    stage.answer(304, {});  // push and pull take turns
    EXPECT_EQ(stage.pushed(), std::vector<Id>{id});
}

TEST(SyncClient, SomebodyElsesSessionSendsNothing) {
    Stage stage;
    stage.start();
    stage.client.logout(stage.now());
    SessionInfo session;
    session.user = some("luis");
    stage.client.on_signed_in(session, stage.now());
    stage.collect();
    EXPECT_FALSE(stage.client.status().is_signed_in);
    EXPECT_TRUE(stage.sends.empty());
}

TEST(SyncClient, APullSentBeforeTheHintsBeganIsFollowedByAnother) {
    Stage stage;
    stage.start();
    stage.client.sync_now(stage.now());
    stage.collect();
    ASSERT_FALSE(stage.sends.empty());
    stage.client.on_live_state(true, stage.now());
    stage.collect();
    stage.answer(304, {});  // what it says may be older than the first hint
    ASSERT_FALSE(stage.sends.empty());
    stage.answer(304, {});
    EXPECT_TRUE(stage.sends.empty());
}

TEST(SyncClient, AFollowerTellsTheLeaderOfItsCommandHoweverOftenItsFilesAreReadAgain) {
    Stage stage;
    stage.start();
    stage.boot(TabRole::Follower);
    stage.collect();
    stage.stores_at_once = false;
    const Id id = stage.vote();
    ASSERT_EQ(stage.commits.size(), 1U);
    for (const auto& [path, bytes] : stage.commits.front().puts)
        stage.disk[path] = bytes;  // it landed, and the answer comes too late
    for (int reread = 0; reread < 3; ++reread) {
        stage.commits.clear();
        stage.boot(TabRole::Follower);
        stage.pass(40'000);
        ASSERT_EQ(stage.commits.size(), 1U) << "told once more, reread " << reread;
        EXPECT_EQ(stage.commits.front().puts.front().first, outbox_path(id));
        stage.finish_commit(CommitResult::Failed);
    }
}

TEST(SyncClient, ResyncKeepsTheOutbox) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.answer(503, {}, Millis{1'000});
    stage.pass(5'000);
    stage.answer(410, Stage::problem(410, problem::kResync));
    EXPECT_TRUE(stage.client.status().is_loading);
    EXPECT_NE(stage.state(id), EntryState::Draft);
    EXPECT_EQ(stage.client.unsent_count(), 1);
}

TEST(SyncClient, WhatATabStoredThatSleptThroughARestoreIsSentAgain) {
    Stage other;
    other.start();
    other.stores_at_once = false;
    const Id id = other.vote();
    other.finish_commit(CommitResult::Failed);  // in that tab only
    other.answer(200, Stage::applied(id, 6));
    Stage stage;
    stage.start();
    stage.client.sync_now(stage.now());
    stage.collect();
    stage.answer(409, Stage::problem(409, problem::kHistoryChanged, 5));
    stage.answer(304, {});
    other.stores_at_once = true;
    other.pass(60'000);
    ASSERT_GT(other.disk.count(outbox_path(id)), 0U);
    stage.client.on_foreign_outbox(outbox_path(id), other.disk.at(outbox_path(id)), stage.now());
    stage.collect();
    EXPECT_EQ(stage.pushed(), std::vector<Id>{id});
}

TEST(SyncClient, ARestoredServerGetsItsLostCommandsBack) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.answer(200, Stage::applied(id, 6));
    stage.answer(409, Stage::problem(409, problem::kHistoryChanged, 5));
    EXPECT_EQ(stage.client.status().epoch, some("epoch 2"));
    EXPECT_EQ(stage.client.unsent_count(), 1);
    EXPECT_EQ(stage.client.entry(id)->record->replay_seq, 6U);
    const Boot boot = read_store({stage.disk.begin(), stage.disk.end()});
    EXPECT_EQ(boot.manifest.epoch, some("epoch 2"));
    ASSERT_EQ(boot.outbox.size(), 1U);
    EXPECT_EQ(boot.outbox[0].state, StoredState::Queued);
}

TEST(SyncClient, AFencedTabFollows) {
    Stage stage;
    stage.start();
    const Id id = stage.vote();
    stage.stores_at_once = false;
    stage.answer(200, Stage::applied(id, 6));
    stage.finish_commit(CommitResult::Fenced);
    EXPECT_EQ(stage.client.status().role, TabRole::Follower);
    stage.sends.clear();
    stage.pass(400'000);
    EXPECT_TRUE(stage.sends.empty()) << "a follower does not talk";
}

TEST(SyncClient, APoisonedCommandDelaysNoOtherAndEndsInQuarantine) {
    Stage stage;
    stage.start();
    const Id bad = stage.vote(true);
    stage.answer(500, "oops");
    const Id good = stage.vote(false);
    bool was_good_applied = false;
    for (int i = 0; i < 4'000 && stage.state(bad) != EntryState::Quarantined; ++i) {
        if (stage.sends.empty()) {
            stage.pass(1'000);
        } else if (!stage.is_pushing()) {
            stage.answer(304, {});
        } else {
            const std::vector<Id> ids = stage.pushed();
            const bool is_poisoned = std::find(ids.begin(), ids.end(), bad) != ids.end();
            was_good_applied = was_good_applied || !is_poisoned;
            stage.answer(is_poisoned ? 500 : 200,
                         is_poisoned ? "oops" : Stage::applied(ids.front(), 6));
        }
    }
    EXPECT_EQ(stage.state(bad), EntryState::Quarantined);
    EXPECT_EQ(stage.client.entry(bad)->record->attempts, limits::kLoneFailuresMax);
    (void)good;  // of the same lane: it waits for the poisoned one, and goes when that is set aside
}

TEST(SyncClient, TheOutboxHasALimitAndSaysSo) {
    Stage stage;
    stage.start();
    stage.client.on_online(false, stage.now());
    for (std::size_t i = 0; i < limits::kOutboxCommandsMax; ++i)
        stage.vote(i % 2 == 0);
    const SubmitResult result = stage.client.submit(
        "article.vote",
        {{"article", to_text(some("article"))}, {"version", 1}, {"helpful", true}},
        stage.now());
    const auto* error = std::get_if<Error>(&result);
    ASSERT_NE(error, nullptr);
    EXPECT_EQ(error->field, "outbox");
}

TEST(SyncClient, AfterBeingOfflineTheFirstRequestWaitsItsTurn) {
    int waited = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Stage stage;
        stage.random = SeededRandom(seed);
        stage.start();
        stage.client.on_online(false, stage.now());
        stage.client.on_online(true, stage.now());
        stage.collect();
        waited += stage.sends.empty() ? 1 : 0;
        stage.pass(5'001);
        EXPECT_FALSE(stage.sends.empty());
    }
    EXPECT_GE(waited, 19);
}

TEST(SyncClient, DraftsAreStoredWhenThePersonPauses) {
    Stage stage;
    stage.start();
    stage.client.save_draft(some("draft"), {{"text", "hol"}}, stage.now());
    stage.collect();
    EXPECT_EQ(stage.disk.count(draft_path(some("draft"))), 0U);
    stage.pass(1'100);
    EXPECT_EQ(stage.disk.count(draft_path(some("draft"))), 1U);
    stage.client.delete_draft(some("draft"), stage.now());
    stage.collect();
    EXPECT_EQ(stage.disk.count(draft_path(some("draft"))), 0U);
}

TEST(SyncClient, DraftsAreStoredAtOnceWhenThePageLeaves) {
    Stage stage;
    stage.start();
    stage.client.save_draft(some("draft"), {{"text", "hol"}}, stage.now());
    stage.client.flush_drafts(stage.now());
    stage.collect();
    EXPECT_EQ(stage.disk.count(draft_path(some("draft"))), 1U);
}

TEST(SyncClient, APageThatLeavesDoesNotWaitForTheWriteUnderWay) {
    Stage stage;
    stage.start();
    stage.client.save_draft(some("draft"), {{"text", "hol"}}, stage.now());
    stage.client.flush_drafts(stage.now());
    stage.client.save_draft(some("draft"), {{"text", "hola"}}, stage.now());
    stage.client.flush_drafts(stage.now());
    stage.client.flush_drafts(stage.now());
    std::vector<std::string> written;
    for (const Effect& effect : stage.client.take_effects()) {
        const auto* commit = std::get_if<Commit>(&effect);
        if (commit == nullptr) continue;
        for (const auto& [path, bytes] : commit->puts)
            written.push_back(bytes);
    }
    ASSERT_GE(written.size(), 2U);
    EXPECT_EQ(written.front().find("hola"), std::string::npos);
    EXPECT_NE(written.back().find("hola"), std::string::npos);
}

TEST(SyncClient, AHintIsNotForgottenForAnOlderAnswer) {
    Stage stage;
    stage.start();
    stage.client.on_live_state(true, stage.now());
    stage.collect();
    ASSERT_FALSE(stage.sends.empty()) << "a live connection that opens asks what is new";
    stage.ms += 1'000;
    stage.client.on_hint(99, stage.now());
    stage.collect();
    stage.answer(304, "");
    ASSERT_FALSE(stage.sends.empty()) << "the hint came later than what the answer tells of";
    stage.answer(304, "");
    EXPECT_TRUE(stage.sends.empty()) << "and the second answer is at rest";
}

TEST(SyncClient, ADigestThatDoesNotMatchAsksForTheGroupAgain) {
    Stage stage;
    stage.client.boot({}, stage.identity, TabRole::Leader, stage.now());
    stage.collect();
    PullResponse page = Stage::first_page();
    page.digest[1] += 1;
    stage.answer(200, encode(page));
    ASSERT_FALSE(stage.sends.empty());
    EXPECT_NE(stage.sends.back().target.find("resync=1"), std::string::npos);
    EXPECT_EQ(stage.client.status().digest_mismatches, 1);
}

TEST(SyncClient, PagesTakeEffectTogether) {
    Stage stage;
    stage.client.boot({}, stage.identity, TabRole::Leader, stage.now());
    stage.collect();
    PullResponse page = Stage::first_page();
    page.is_complete = false;
    page.digest.clear();
    stage.answer(200, encode(page));
    EXPECT_EQ(stage.client.replica().count(domain::RowType::Article), 0U);
    EXPECT_EQ(stage.client.status().seq, 0U);
    PullResponse last = Stage::first_page();
    last.upsert.clear();
    last.groups_added.clear();
    stage.answer(200, encode(last));
    EXPECT_EQ(stage.client.replica().count(domain::RowType::Article), 1U);
    EXPECT_EQ(stage.client.status().seq, 5U);
}

}  // namespace
}  // namespace ventanilla::sync
