#include "server/jobs/help_book.hpp"

#include <gtest/gtest.h>

#include "server/store/accounts.hpp"
#include "shared/base/text.hpp"
#include "shared/search/query_key.hpp"
#include "tests/server/support_desk.hpp"

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

class HelpBookDesk : public testing::Test {
  protected:
    HelpBookDesk() {
        EXPECT_TRUE(desk.store().write([&](store::Transaction& transaction) {
            domain::Article article;
            article.id = kArticle;
            article.number = "KB0005";
            article.es.title = "VPN";
            store::put_own_row(transaction,
                               {RowType::Article, kArticle},
                               domain::to_json(article),
                               {"kb:public"},
                               desk.now);
            return ok();
        }));
    }

    // One command, given now by a clock that is right.
    sync::CommandResult push(const Person& who,
                             std::string_view name,
                             const std::string& type,
                             const Json& args) {
        Json body = push_body(who, test_id(name), type, args);
        body["cmds"][0]["created"]["wall_ms"] = to_ms(desk.now);
        const Answer answer = desk.post(who, "/api/v1/sync/push", body);
        const auto response = sync::decode_push_response(answer.body);
        EXPECT_TRUE(response && !response->results.empty()) << answer.body;
        return response ? response->results.front() : sync::CommandResult{};
    }
    void record(const Person& who, std::string_view name, const Json& args) {
        const auto result = push(who, name, "help.record", args);
        EXPECT_EQ(result.status, sync::ResultStatus::Applied) << result.message;
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
        const auto done = jobs::keep_help_book(desk.store(), desk.now);
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::vector<domain::Row> rows(RowType type) {
        std::vector<domain::Row> out;
        EXPECT_TRUE(desk.store().read([&](const store::Snapshot& snapshot) {
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

    Desk desk;
};

TEST_F(HelpBookDesk, ConfirmsAfter72HoursWhoDidNotAsk) {
    record(desk.ada, "ada", sought("solved"));
    record(desk.bob, "bob", sought("left"));
    desk.now += 1h;
    push(desk.bob,
         "request",
         "request.submit",
         {{"item", "INC-01"},
          {"form_version", 1},
          {"answers", {{"what", "no va"}}},
          {"lang", "es"}});
    count();
    EXPECT_EQ(all().waiting, 2);
    desk.now += 72h;
    count();
    EXPECT_EQ(all().waiting, 0);
    EXPECT_EQ(all().confirmed_solved, 1);
    EXPECT_EQ(all().confirmed_left, 0);
    EXPECT_EQ(all().submitted, 1);
    const auto before = rows(RowType::HelpFigures);
    count();
    EXPECT_EQ(rows(RowType::HelpFigures).size(), before.size());
    EXPECT_EQ(rows(RowType::HelpFigures)[0].ver, before[0].ver) << "the same again writes nothing";
}

TEST_F(HelpBookDesk, TellsStaffSumsAndNobodyElseAnything) {
    record(desk.ada, "ada", sought("left"));
    record(desk.ada, "a", searched("vpn lenta"));
    record(desk.bob, "b", searched("vpn lenta"));
    record(desk.hana, "h", searched("la vpn lenta"));
    count();
    ASSERT_EQ(rows(RowType::SearchGap).size(), 1U);
    const std::string seen_by_agent = desk.all_of(desk.ivan);
    EXPECT_NE(seen_by_agent.find("vpn lenta"), std::string::npos);
    EXPECT_NE(seen_by_agent.find("help_figures"), std::string::npos);
    EXPECT_EQ(seen_by_agent.find("help_note"), std::string::npos);
    EXPECT_EQ(desk.all_of(desk.bob).find("help_figures"), std::string::npos);
    EXPECT_EQ(desk.all_of(desk.bob).find("search_gap"), std::string::npos);
}

TEST_F(HelpBookDesk, ForgetsAfter90Days) {
    record(desk.ada, "ada", sought("left"));
    record(desk.ada, "a", searched("vpn lenta"));
    record(desk.bob, "b", searched("vpn lenta"));
    record(desk.hana, "h", searched("vpn lenta"));
    desk.now += 24h * 89;
    count();
    EXPECT_FALSE(rows(RowType::SearchGap).empty());
    desk.now += 24h * 2;
    count();
    EXPECT_TRUE(rows(RowType::HelpNote).empty());
    EXPECT_TRUE(rows(RowType::SearchGap).empty());
    EXPECT_TRUE(rows(RowType::HelpFigures).empty());
}

}  // namespace
}  // namespace ventanilla::server_test
