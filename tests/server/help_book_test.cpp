#include "server/jobs/help_book.hpp"

#include <gtest/gtest.h>

#include "server/store/accounts.hpp"
#include "server/store/push.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/search/query_key.hpp"

// What all notes say together: confirmed after 72 hours, counted without people, forgotten after 90
// days.

namespace ventanilla::server_test {
namespace {

using domain::HelpEnd;
using domain::HelpFigures;
using domain::HelpKind;
using domain::HelpNote;
using domain::HelpSought;
using domain::RowType;
using namespace std::chrono_literals;

Id test_id(std::string_view name) {
    return derived_id("test of help", name);
}

const Instant kStart = from_ms(1'773'238'800'000);
const Id kNetwork = domain::id_of_key(RowType::Service, "network");
const Id kArticle = test_id("KB0005");

HelpSought opened(HelpEnd end, Instant at = kStart) {
    return {.item = "INC-01",
            .service = kNetwork,
            .shown = 3,
            .kind = HelpKind::Article,
            .target = kArticle,
            .end = end,
            .at = at,
            .is_confirmed = {}};
}

HelpNote note(std::string_view who, std::vector<HelpSought> sought) {
    static int notes = 0;
    return {.id = test_id(concat("note", ++notes)),
            .user = test_id(who),
            .sought = std::move(sought),
            .searches = {},
            .at = kStart};
}

HelpNote asked(std::string_view who,
               std::string_view query,
               int found = 0,
               bool is_opened = false) {
    HelpNote out = note(who, {});
    const search::QueryKey key = search::query_key(query, domain::Lang::Es);
    out.searches.push_back({.key = key.key,
                            .words = is_opened ? "" : key.words,
                            .found = found,
                            .is_opened = is_opened,
                            .at = kStart});
    return out;
}

domain::Request request(const Id& service, Instant at) {
    domain::Request out;
    out.service = service;
    out.reported_at = at;
    return out;
}

bool is_confirmed(HelpEnd end, const std::vector<domain::Request>& requests) {
    HelpNote one = note("ada", {opened(end)});
    EXPECT_TRUE(jobs::settle(one, requests, kStart + 73h));
    return one.sought[0].is_confirmed.value_or(false);
}

TEST(HelpBook, HelpIsConfirmedWhenNobodyAskedFor72Hours) {
    EXPECT_TRUE(is_confirmed(HelpEnd::Solved, {}));
    EXPECT_TRUE(is_confirmed(HelpEnd::Left, {}));
    EXPECT_FALSE(is_confirmed(HelpEnd::NotSolved, {}));
    EXPECT_FALSE(is_confirmed(HelpEnd::Submitted, {}));
    EXPECT_FALSE(is_confirmed(HelpEnd::Left, {request(kNetwork, kStart + 1h)}));
    EXPECT_FALSE(is_confirmed(HelpEnd::Solved, {request(kNetwork, kStart + 71h)}));
    EXPECT_TRUE(is_confirmed(HelpEnd::Left, {request(kNetwork, kStart - 1h)})) << "before";
    EXPECT_TRUE(is_confirmed(HelpEnd::Left, {request(kNetwork, kStart + 72h + 1min)})) << "later";
    EXPECT_TRUE(is_confirmed(HelpEnd::Left, {request(test_id("mail"), kStart + 1h)})) << "another";
}

TEST(HelpBook, NothingIsSaidBeforeTheTimeIsOver) {
    HelpNote one = note("ada", {opened(HelpEnd::Solved)});
    EXPECT_FALSE(jobs::settle(one, {}, kStart + 71h));
    EXPECT_FALSE(one.sought[0].is_confirmed);
    const HelpFigures all = jobs::counted({one}).figures.at(0);
    EXPECT_EQ(all.waiting, 1);
    EXPECT_EQ(all.confirmed(), 0);
}

TEST(HelpBook, WhatOnePersonDidWithOneArticleCountsOnceAsTheMostThatWasSaid) {
    const auto figures = [](std::vector<HelpNote> notes) {
        for (HelpNote& each : notes)
            jobs::settle(each, {}, kStart + 200h);
        return jobs::counted(notes).figures.at(0);
    };
    const HelpFigures told = figures({note("ada", {opened(HelpEnd::Left)}),
                                      note("ada", {opened(HelpEnd::Solved, kStart + 5min)}),
                                      note("ada", {opened(HelpEnd::Left, kStart + 9min)})});
    EXPECT_EQ(told.opened, 1);
    EXPECT_EQ(told.solved, 1);
    EXPECT_EQ(told.left, 0);
    EXPECT_EQ(told.confirmed_solved, 1);
    const HelpFigures sent = figures({note("ada", {opened(HelpEnd::Left)}),
                                      note("ada", {opened(HelpEnd::Submitted, kStart + 5min)})});
    EXPECT_EQ(sent.submitted, 1);
    EXPECT_EQ(sent.confirmed(), 0);
    const HelpFigures twice = figures({note("ada", {opened(HelpEnd::Left)}),
                                       note("ada", {opened(HelpEnd::Left, kStart + 100h)}),
                                       note("bob", {opened(HelpEnd::Left)})});
    EXPECT_EQ(twice.opened, 3);
    EXPECT_EQ(twice.confirmed_left, 3);
}

TEST(HelpBook, WhoeverAskedAfterAllIsCountedAmongThoseWhoSentIt) {
    HelpNote one = note("ada", {opened(HelpEnd::Left)});
    jobs::settle(one, {request(kNetwork, kStart + 1h)}, kStart + 73h);
    const HelpFigures all = jobs::counted({one}).figures.at(0);
    EXPECT_EQ(all.left, 1);
    EXPECT_EQ(all.submitted, 1);
    EXPECT_EQ(all.confirmed(), 0);
}

TEST(HelpBook, ASearchIsAGapFromThreePeopleOn) {
    std::vector<HelpNote> notes = {
        asked("ada", "la vpn va lenta"), asked("ada", "vpn lenta"), asked("bob", "vpn lenta")};
    EXPECT_TRUE(jobs::counted(notes).gaps.empty()) << "two would be recognised";
    notes.push_back(asked("ivan", "VPN lenta"));
    const auto gaps = jobs::counted(notes).gaps;
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_EQ(gaps[0].words, "vpn lenta");
    EXPECT_EQ(gaps[0].people, 3);
    EXPECT_EQ(gaps[0].searches, 4);
    EXPECT_EQ(gaps[0].empty, 4);
}

TEST(HelpBook, ASearchThatMostlyLeadsSomewhereIsNoGap) {
    std::vector<HelpNote> notes = {
        asked("ada", "wifi", 4), asked("bob", "wifi", 4), asked("ivan", "wifi", 4)};
    EXPECT_EQ(jobs::counted(notes).gaps.at(0).unopened, 3);
    for (const char* who : {"a", "b", "c", "d"})
        notes.push_back(asked(who, "wifi", 4, true));
    EXPECT_TRUE(jobs::counted(notes).gaps.empty());
}

TEST(HelpBook, WordsThatNobodyMayReadMakeNoGap) {
    std::vector<HelpNote> notes;
    for (const char* who : {"ada", "bob", "ivan"})
        notes.push_back(asked(who, "llamar a ana@andina.example"));
    EXPECT_TRUE(jobs::counted(notes).gaps.empty());
}

// ---- in a store

commands::Actor person(std::string_view name, domain::Roles roles = {domain::Role::Requester}) {
    return {.user = test_id(name), .display_name = std::string(name), .roles = roles};
}

class HelpBookStore : public testing::Test {
  protected:
    HelpBookStore() {
        domain::Article article;
        article.id = kArticle;
        article.number = "KB0005";
        article.es.title = "VPN";
        put({RowType::Article, kArticle}, domain::to_json(article), "kb:public");
        domain::CatalogItem item;
        item.key = "INC-01";
        item.title = {"Algo falla", "Something fails"};
        item.service = kNetwork;
        put({RowType::CatalogItem, domain::id_of_key(RowType::CatalogItem, "INC-01")},
            domain::to_json(item),
            "org:all");
    }

    void put(const domain::RowRef& ref, const Json& body, const domain::Audience& audience) {
        EXPECT_TRUE(store_->write([&](store::Transaction& transaction) {
            store::put_own_row(transaction, ref, body, {audience}, now);
            return ok();
        }));
    }
    // A request of theirs, made now.
    void ask(const commands::Actor& who, const Id& service) {
        domain::Request request;
        request.id = test_id(concat("request", who.display_name, to_ms(now)));
        request.number = "SOL-1";
        request.title = "No va";
        request.item_key = "INC-01";
        request.requester = who.user;
        request.service = service;
        request.desk = "it";
        request.reported_at = request.received_at = request.updated_at = now;
        put({RowType::Request, request.id},
            domain::to_json(request),
            domain::audience_of_user(who.user));
    }
    void record(const commands::Actor& who, const Json& args) {
        commands::Command command;
        command.cmd_id = test_id(concat("command", ++commands_));
        command.type = "help.record";
        command.args = args;
        command.created.wall = now;
        EXPECT_TRUE(store_->write([&](store::Transaction& transaction) {
            const auto result = store::push_as(
                transaction, command, who, {.user = who.user, .device = {}, .now = now});
            EXPECT_EQ(result.status, sync::ResultStatus::Applied) << result.message;
            return ok();
        }));
    }
    static Json sought(std::string_view end) {
        return {{"sought",
                 {{{"item", "INC-01"},
                   {"shown", 2},
                   {"kind", "article"},
                   {"target", to_text(kArticle)},
                   {"end", end},
                   {"ago", 0}}}}};
    }
    static Json searched(std::string_view query) {
        const auto key = search::query_key(query, domain::Lang::Es);
        return {{"searches",
                 {{{"key", to_text(key.key)}, {"words", key.words}, {"found", 0}, {"ago", 0}}}}};
    }
    void count() {
        const auto done = jobs::keep_help_book(*store_, now);
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::vector<domain::Row> rows(RowType type) {
        std::vector<domain::Row> out;
        EXPECT_TRUE(store_->read([&](const store::Snapshot& snapshot) {
            out = snapshot.rows(type);
            return ok();
        }));
        return out;
    }
    HelpFigures all() {
        for (const domain::Row& row : rows(RowType::HelpFigures))
            if (const auto figures = domain::help_figures_from(row); !figures->kind)
                return *figures;
        return {};
    }
    // How many rows of the type somebody sees.
    std::size_t seen(const commands::Actor& who, RowType type) {
        std::size_t out = 0;
        EXPECT_TRUE(store_->read([&](const store::Snapshot& snapshot) {
            for (const domain::Row& row : snapshot.rows(type))
                out += snapshot.is_visible(row.ref, who.audiences()) ? 1 : 0;
            return ok();
        }));
        return out;
    }

    const commands::Actor ada = person("ada"), bob = person("bob"), eva = person("eva");
    const commands::Actor agent = person("agent", {domain::Role::Agent});
    Instant now = kStart;
    std::unique_ptr<store::Store> store_ =
        store::create_memory_store(test_id("epoch"), std::string(32, 'k'));

  private:
    int commands_ = 0;
};

TEST_F(HelpBookStore, ConfirmsAfter72HoursWhoDidNotAsk) {
    record(ada, sought("solved"));
    record(bob, sought("left"));
    record(eva, sought("left"));
    now += 1h;
    ask(bob, kNetwork);
    ask(eva, test_id("mail"));
    count();
    EXPECT_EQ(all().waiting, 3);
    now += 72h;
    count();
    EXPECT_EQ(all().waiting, 0);
    EXPECT_EQ(all().confirmed_solved, 1);
    EXPECT_EQ(all().confirmed_left, 1) << "another service is another matter";
    EXPECT_EQ(all().submitted, 1);
    const auto before = rows(RowType::HelpFigures);
    count();
    EXPECT_EQ(rows(RowType::HelpFigures).size(), before.size());
    EXPECT_EQ(rows(RowType::HelpFigures)[0].ver, before[0].ver) << "the same again writes nothing";
}

TEST_F(HelpBookStore, TellsStaffSumsAndNobodyElseAnything) {
    record(ada, sought("left"));
    for (const commands::Actor& who : {ada, bob})
        record(who, searched("vpn lenta"));
    count();
    EXPECT_TRUE(rows(RowType::SearchGap).empty()) << "two would be recognised";
    record(eva, searched("la vpn lenta"));
    count();
    EXPECT_EQ(seen(agent, RowType::SearchGap), 1U);
    EXPECT_EQ(seen(agent, RowType::HelpFigures), 2U) << "of the article, and of all";
    EXPECT_EQ(seen(agent, RowType::HelpNote), 0U);
    EXPECT_EQ(seen(bob, RowType::HelpNote), 1U) << "the own one";
    EXPECT_EQ(seen(bob, RowType::HelpFigures), 0U);
    EXPECT_EQ(seen(bob, RowType::SearchGap), 0U);
}

TEST_F(HelpBookStore, ForgetsAfter90Days) {
    record(ada, sought("left"));
    for (const commands::Actor& who : {ada, bob, eva})
        record(who, searched("vpn lenta"));
    now += 24h * 89;
    count();
    EXPECT_FALSE(rows(RowType::SearchGap).empty());
    now += 24h * 2;
    count();
    EXPECT_TRUE(rows(RowType::HelpNote).empty());
    EXPECT_TRUE(rows(RowType::SearchGap).empty());
    EXPECT_TRUE(rows(RowType::HelpFigures).empty());
}

}  // namespace
}  // namespace ventanilla::server_test
