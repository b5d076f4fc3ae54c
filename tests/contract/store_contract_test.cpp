#include <atomic>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "server/store/accounts.hpp"
#include "tests/contract/support_company.hpp"

// What both adapters promise: all or nothing, one order, rows by audience. SQLite is tried in both
// modes.

namespace ventanilla::store_test {
namespace {

using domain::Role;
using domain::RowRef;
using domain::RowType;
using store::Snapshot;
using store::Store;
using store::Transaction;

enum class Adapter { Memory, SqliteThreads, SqliteInline };

class StoreContract : public testing::TestWithParam<Adapter> {
  protected:
    void SetUp() override { open(); }

    void open() {
        store_.reset();
        const std::string key(32, 'k');
        if (GetParam() == Adapter::Memory) {
            store_ = store::create_memory_store(id_of("epoch"), key);
            return;
        }
        store::SqliteOptions options;
        options.path = folder_.path() + "/store.db";
        options.first_epoch = id_of("epoch");
        options.first_mac_key = key;
        options.mode = GetParam() == Adapter::SqliteInline ? store::SqliteMode::Inline
                                                           : store::SqliteMode::Threads;
        auto opened = store::open_sqlite_store(options);
        ASSERT_TRUE(opened) << opened.error().detail;
        store_ = std::move(opened).value();
    }

    Store& store() { return *store_; }

    TemporaryFolder folder_;
    std::unique_ptr<Store> store_;
};

const RowRef kRow{RowType::Request, id_of("row")};
const RowRef kOther{RowType::Request, id_of("other")};
const domain::User kAda = person("ada", {Role::Requester});
const domain::User kBob = person("bob", {Role::Requester});
const domain::User kAgent = person("agent", {Role::Requester, Role::Agent}, {"it"});

TEST_P(StoreContract, ANewStoreHasAnEpochAndNoHistory) {
    const store::Meta meta = meta_of(store());
    EXPECT_EQ(meta.epoch, id_of("epoch"));
    EXPECT_EQ(meta.head, 0u);
    EXPECT_EQ(meta.chain, 0u);
    EXPECT_EQ(meta.mac_key.size(), 32u);
}

TEST_P(StoreContract, AFailedJobLeavesNothing) {
    const Status done = store().write([](Transaction& transaction) -> Status {
        store::put_own_row(transaction, kRow, {{"text", "x"}}, {"org:all"}, kNow);
        transaction.put_setting("a", "b");
        transaction.put_session({.token_hash = "hash",
                                 .id = {},
                                 .user = {},
                                 .device = {},
                                 .created_at = kNow,
                                 .seen_at = kNow});
        EXPECT_EQ(transaction.next_number("n"), 1u);
        return Errc::Conflict;
    });
    EXPECT_FALSE(done);
    EXPECT_EQ(meta_of(store()).head, 0u);
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        EXPECT_FALSE(transaction.find(kRow));
        EXPECT_FALSE(transaction.setting("a"));
        EXPECT_FALSE(transaction.session("hash"));
        EXPECT_TRUE(transaction.sights(kRow).empty());
        EXPECT_TRUE(transaction.touched("org:all", 0, 10).empty());
        EXPECT_EQ(transaction.digest("org:all"), 0u);
        EXPECT_EQ(transaction.next_number("n"), 1u);
        return ok();
    }));
}

TEST_P(StoreContract, AnUndoneStepLeavesTheRestOfItsJob) {
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        transaction.put_setting("kept", "1");
        EXPECT_FALSE(transaction.attempt([&] {
            transaction.put_setting("kept", "2");
            transaction.put_setting("undone", "1");
            return false;
        }));
        EXPECT_TRUE(transaction.attempt([&] {
            transaction.put_setting("also", "1");
            return true;
        }));
        EXPECT_THROW(transaction.attempt([&]() -> bool {
            transaction.put_setting("thrown", "1");
            throw std::runtime_error("a bug");
        }),
                     std::runtime_error);
        return ok();
    }));
    EXPECT_TRUE(store().read([](const Snapshot& snapshot) {
        EXPECT_EQ(snapshot.setting("kept"), "1");
        EXPECT_EQ(snapshot.setting("also"), "1");
        EXPECT_FALSE(snapshot.setting("undone"));
        EXPECT_FALSE(snapshot.setting("thrown"));
        return ok();
    }));
}

TEST_P(StoreContract, SeqsHaveNoGapsAndTheChainGrowsWithEach) {
    std::uint64_t chain = 0;
    for (store::Seq expected = 1; expected <= 20; ++expected) {
        EXPECT_EQ(put(store(), kRow, "text " + std::to_string(expected), {"org:all"}), expected);
        const store::Meta meta = meta_of(store());
        EXPECT_EQ(meta.head, expected);
        EXPECT_NE(meta.chain, chain);
        chain = meta.chain;
    }
    EXPECT_TRUE(store().read([&](const Snapshot& snapshot) {
        EXPECT_EQ(snapshot.chain_at(20), chain);
        EXPECT_EQ(snapshot.chain_at(0), 0u);
        EXPECT_FALSE(snapshot.chain_at(21));
        EXPECT_EQ(snapshot.entries(3).front().seq, 20u);
        EXPECT_EQ(snapshot.entries(100).size(), 20u);
        return ok();
    }));
}

TEST_P(StoreContract, ARowIsSeenByItsAudiencesOnly) {
    hire(store(), kAda);
    hire(store(), kBob);
    put(store(), kRow, "ada's", {domain::audience_of_user(kAda.id)});
    Reader ada{.user = kAda.id};
    Reader bob{.user = kBob.id};
    ada.pull(store());
    bob.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
    EXPECT_FALSE(bob.holds(kRow));
    EXPECT_TRUE(ada.agrees());
    EXPECT_TRUE(bob.agrees());
}

TEST_P(StoreContract, ARowThatChangesHandsGoesFromOneReaderToTheOther) {
    hire(store(), kAda);
    hire(store(), kBob);
    put(store(), kRow, "1", {domain::audience_of_user(kAda.id)});
    Reader ada{.user = kAda.id};
    Reader bob{.user = kBob.id};
    ada.pull(store());
    bob.pull(store());
    put(store(), kRow, "2", {domain::audience_of_user(kBob.id)});
    ada.pull(store());
    bob.pull(store());
    EXPECT_FALSE(ada.holds(kRow));
    EXPECT_TRUE(bob.holds(kRow));
    put(store(), kRow, "3", {domain::audience_of_user(kAda.id), domain::audience_of_user(kBob.id)});
    ada.pull(store());
    bob.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
    EXPECT_TRUE(bob.holds(kRow));
    EXPECT_TRUE(ada.agrees());
    EXPECT_TRUE(bob.agrees());
}

TEST_P(StoreContract, AReaderInTwoAudiencesKeepsTheRowWhenOneLosesIt) {
    hire(store(), kAgent);
    put(store(), kRow, "1", {"team:it", "staff:all"});
    Reader agent{.user = kAgent.id};
    agent.pull(store());
    put(store(), kRow, "2", {"staff:all"});
    agent.pull(store());
    EXPECT_TRUE(agent.holds(kRow));
    EXPECT_TRUE(agent.agrees());
}

TEST_P(StoreContract, ADeletedRowIsGoneForEverybodyAndMayComeBack) {
    hire(store(), kAda);
    put(store(), kRow, "1", {"org:all"});
    Reader ada{.user = kAda.id};
    ada.pull(store());
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        store::remove(transaction,
                      {kRow, kOther},
                      {.user = {},
                       .device = {},
                       .cmd_id = id_of("remove"),
                       .type = "system.remove",
                       .body_hash = {}},
                      kNow);
        EXPECT_FALSE(transaction.find(kRow));
        EXPECT_FALSE(transaction.is_visible(kRow, {"org:all"}));
        return ok();
    }));
    ada.pull(store());
    EXPECT_FALSE(ada.holds(kRow));
    EXPECT_TRUE(ada.agrees());
    put(store(), kRow, "2", {"org:all"});
    ada.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
    EXPECT_TRUE(ada.agrees());
}

TEST_P(StoreContract, ANewMemberGetsAllThatTheGroupHasAndALeaverLosesIt) {
    hire(store(), kAda);
    Reader ada{.user = kAda.id};
    put(store(), kRow, "1", {"team:it"});
    put(store(), kOther, "1", {"team:it"});
    ada.pull(store());
    EXPECT_FALSE(ada.holds(kRow));

    domain::User promoted = kAda;
    promoted.roles.add(Role::Agent);
    promoted.desks = {"it"};
    hire(store(), promoted);
    ada.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
    EXPECT_TRUE(ada.holds(kOther));
    EXPECT_TRUE(ada.agrees());

    hire(store(), kAda);
    ada.pull(store());
    EXPECT_FALSE(ada.holds(kRow));
    EXPECT_FALSE(ada.holds(kOther));
    EXPECT_TRUE(ada.agrees());

    hire(store(), promoted);  // once more: a group left and joined again is another group
    ada.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
    EXPECT_TRUE(ada.agrees());
}

TEST_P(StoreContract, PagesOfAnySizeGiveTheSame) {
    hire(store(), kAgent);
    for (int i = 0; i < 40; ++i) {
        const RowRef ref{RowType::Comment, id_of("c" + std::to_string(i % 25))};
        const bool is_hidden = i % 7 == 0;
        put(store(), ref, std::to_string(i), {is_hidden ? "team:hr" : "team:it"});
    }
    Reader whole{.user = kAgent.id};
    whole.pull(store());
    EXPECT_TRUE(whole.agrees());
    for (const std::size_t limit : {1u, 2u, 3u, 7u, 24u}) {
        Reader paged{.user = kAgent.id};
        paged.pull(store(), limit);
        EXPECT_EQ(paged.rows, whole.rows) << limit;
        EXPECT_GT(paged.pages, whole.pages) << limit;
        EXPECT_TRUE(paged.agrees());
    }
}

TEST_P(StoreContract, WhatChangesBetweenTwoPagesArrivesWithTheNextPull) {
    hire(store(), kAgent);
    for (int i = 0; i < 10; ++i)
        put(store(), {RowType::Comment, id_of(std::to_string(i))}, "1", {"team:it"});
    sync::PullQuery query;
    query.user = kAgent.id;
    query.limit = 4;
    Reader agent{.user = kAgent.id};
    const auto first = [&](const Snapshot& snapshot) -> Status {
        const store::PullOutcome outcome = TRY(store::pull(snapshot, kAgent.id, query, kNow));
        const auto& page = std::get<sync::PullResponse>(outcome);
        EXPECT_FALSE(page.is_complete);
        agent.cursor = page.next;
        for (const auto& row : page.upsert)
            agent.rows[{*domain::row_type(row.type), row.id}] = {row.ver, row.groups};
        return ok();
    };
    ASSERT_TRUE(store().read(first));
    put(store(), {RowType::Comment, id_of("0")}, "2", {"team:it"});
    put(store(), {RowType::Comment, id_of("9")}, "2", {"team:hr"});
    put(store(), {RowType::Comment, id_of("new")}, "1", {"team:it"});
    agent.pull(store(), 4);
    agent.pull(store(), 4);
    EXPECT_TRUE(agent.agrees());
    EXPECT_TRUE(agent.holds({RowType::Comment, id_of("new")}));
    EXPECT_FALSE(agent.holds({RowType::Comment, id_of("9")}));
}

TEST_P(StoreContract, AtRestThereIsNothingToSend) {
    hire(store(), kAda);
    Reader ada{.user = kAda.id};
    ada.pull(store());
    const int pages = ada.pages;
    ada.pull(store());
    EXPECT_EQ(ada.pages, pages);
}

TEST_P(StoreContract, ACursorOfAnotherPersonOrWithOneBitChangedIsNone) {
    hire(store(), kAda);
    hire(store(), kBob);
    Reader ada{.user = kAda.id};
    ada.pull(store());
    const std::string key = meta_of(store()).mac_key;
    EXPECT_TRUE(store::open_cursor(ada.cursor, kAda.id, key));
    EXPECT_FALSE(store::open_cursor(ada.cursor, kBob.id, key));
    for (std::size_t i = 0; i < ada.cursor.size(); ++i) {
        std::string forged = ada.cursor;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        const auto opened = store::open_cursor(forged, kAda.id, key);
        // The last letter of base64 has spare bits: what decodes to the same bytes is the same
        // cursor.
        EXPECT_TRUE(!opened || i == ada.cursor.size() - 1);
    }
    for (const char* rubbish : {"", "x", "%%%", "AAAA", "ééé"})
        EXPECT_FALSE(store::open_cursor(rubbish, kAda.id, key));
}

TEST_P(StoreContract, ANewEpochIsToldToEveryCursorOfTheOldOne) {
    hire(store(), kAda);
    Reader ada{.user = kAda.id};
    ada.pull(store());
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        store::begin_epoch(transaction, id_of("second"), transaction.meta().head);
        return ok();
    }));
    ada.pull(store());
    EXPECT_TRUE(ada.was_told_history_changed);
    EXPECT_EQ(meta_of(store()).restored_to, meta_of(store()).head);
}

TEST_P(StoreContract, ACursorAheadOfThisHistoryShowsThatItWentBack) {
    hire(store(), kAda);
    const store::Meta meta = meta_of(store());
    sync::CursorPosition position;
    position.epoch = meta.epoch;
    position.seq = meta.head + 5;
    Reader ada{.user = kAda.id, .cursor = store::seal_cursor(position, kAda.id, meta.mac_key)};
    ada.pull(store());
    EXPECT_TRUE(ada.was_told_history_changed);
    position.seq = meta.head;
    position.chain = meta.chain + 1;
    ada.cursor = store::seal_cursor(position, kAda.id, meta.mac_key);
    ada.pull(store());
    EXPECT_TRUE(ada.was_told_history_changed);
}

TEST_P(StoreContract, LoginsAreUniqueWithoutCase) {
    hire(store(), kAda);
    domain::User impostor = kBob;
    impostor.login = "ADA";
    EXPECT_FALSE(store().write([&](Transaction& transaction) {
        return store::put_account(transaction, impostor, "", kNow);
    }));
    EXPECT_TRUE(store().read([](const Snapshot& snapshot) {
        EXPECT_EQ(snapshot.user_of_login("Ada"), kAda.id);
        EXPECT_FALSE(snapshot.user_of_login("bob"));
        return ok();
    }));
}

TEST_P(StoreContract, KeepsCredentialsSessionsReceiptsAndBrokenCommands) {
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        transaction.put_credential({.user = kAda.id, .hash = "h", .must_change = true});
        transaction.put_session({.token_hash = std::string("\0\1\2", 3),
                                 .id = id_of("s"),
                                 .user = kAda.id,
                                 .device = id_of("d"),
                                 .created_at = kNow,
                                 .seen_at = kNow});
        transaction.put_receipt(
            {.cmd_id = id_of("c"), .user = kAda.id, .body_hash = "bh", .result = "{}", .seq = 7},
            kNow);
        transaction.put_broken({.cmd_id = id_of("c"),
                                .user = kAda.id,
                                .device = {},
                                .at = kNow,
                                .reason = "why",
                                .bytes = std::string("\0x", 2)});
        transaction.put_broken({.cmd_id = id_of("c"),
                                .user = kAda.id,
                                .device = {},
                                .at = kNow,
                                .reason = "again",
                                .bytes = "y"});
        return ok();
    }));
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        EXPECT_EQ(transaction.credential(kAda.id)->hash, "h");
        EXPECT_TRUE(transaction.credential(kAda.id)->must_change);
        EXPECT_EQ(transaction.session(std::string("\0\1\2", 3))->device, id_of("d"));
        EXPECT_EQ(transaction.sessions_of(kAda.id).size(), 1u);
        EXPECT_EQ(transaction.receipt(id_of("c"))->seq, 7u);
        EXPECT_EQ(transaction.receipt(id_of("c"))->body_hash, "bh");
        EXPECT_EQ(transaction.broken(10).front().reason, "why");
        EXPECT_EQ(transaction.broken_count(kAda.id), 1u);
        transaction.delete_session(std::string("\0\1\2", 3));
        EXPECT_TRUE(transaction.sessions_of(kAda.id).empty());
        return ok();
    }));
}

TEST_P(StoreContract, TellsWhoListensWhatWasTouched) {
    std::vector<store::CommitNote> notes;
    store().on_commit([&](const store::CommitNote& note) { notes.push_back(note); });
    put(store(), kRow, "1", {"team:it", "user:x"});
    EXPECT_TRUE(store().write([](Transaction& transaction) {
        transaction.put_setting("quiet", "1");
        return ok();
    }));
    ASSERT_EQ(notes.size(), 1u);
    EXPECT_EQ(notes[0].head, 1u);
    EXPECT_EQ(notes[0].touched, (std::vector<domain::Audience>{"team:it", "user:x"}));
}

TEST_P(StoreContract, ManyWritersGetOneOrder) {
    if (GetParam() == Adapter::SqliteInline) return;  // made for one thread
    constexpr int kThreads = 8;
    constexpr int kEach = 25;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const RowRef ref{RowType::Comment,
                                 id_of(std::to_string(t) + "/" + std::to_string(i))};
                const Status done = store().write([&](Transaction& transaction) -> Status {
                    store::put_own_row(transaction, ref, {{"t", t}}, {"org:all"}, kNow);
                    return i % 5 == 4 ? Status{Errc::Conflict} : ok();
                });
                if (!done && done.error().code != Errc::Conflict) ++failures;
                (void)store().read([](const Snapshot& snapshot) {
                    (void)snapshot.touched("org:all", 0, 5);
                    return ok();
                });
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(meta_of(store()).head, static_cast<store::Seq>(kThreads * kEach / 5 * 4));
}

TEST_P(StoreContract, SurvivesBeingClosed) {
    if (GetParam() == Adapter::Memory) return;
    hire(store(), kAda);
    put(store(), kRow, "1", {"org:all"});
    const store::Meta before = meta_of(store());
    open();
    const store::Meta after = meta_of(store());
    EXPECT_EQ(after.head, before.head);
    EXPECT_EQ(after.chain, before.chain);
    EXPECT_EQ(after.epoch, before.epoch);
    Reader ada{.user = kAda.id};
    ada.pull(store());
    EXPECT_TRUE(ada.holds(kRow));
}

INSTANTIATE_TEST_SUITE_P(Adapters,
                         StoreContract,
                         testing::Values(Adapter::Memory,
                                         Adapter::SqliteThreads,
                                         Adapter::SqliteInline),
                         [](const auto& one) -> std::string {
                             switch (one.param) {
                                 case Adapter::Memory: return "Memory";
                                 case Adapter::SqliteThreads: return "SqliteThreads";
                                 case Adapter::SqliteInline: return "SqliteInline";
                             }
                             return "?";
                         });

}  // namespace
}  // namespace ventanilla::store_test
