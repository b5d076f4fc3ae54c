#include <gtest/gtest.h>

#include "shared/base/limits.hpp"
#include "shared/domain/help.hpp"
#include "shared/search/query_key.hpp"
#include "tests/unit/support_world.hpp"

// What is noted of looking for help, and how little.

namespace ventanilla::commands {
namespace {

using domain::HelpEnd;
using domain::HelpNote;
using domain::Lang;
using domain::RowRef;
using domain::RowType;

const Id kArticle = domain::id_of_key(RowType::Article, "KB0005");
const Id kInternal = domain::id_of_key(RowType::Article, "KB0099");

World library() {
    World world = company();
    const Json text = {{"title", "VPN"}};
    world.put(RowType::Article, kArticle, {{"number", "KB0005"}, {"es", text}}, {"kb:public"});
    world.put(RowType::Article, kInternal, {{"number", "KB0099"}, {"es", text}}, {"staff:all"});
    return world;
}

Json opened(const Id& article, std::string_view end = "left") {
    return {{"item", "INC-03"},
            {"shown", 3},
            {"kind", "article"},
            {"target", to_text(article)},
            {"end", end},
            {"ago", 60'000}};
}

std::string said(const Outcome& outcome) {
    if (const auto* rejection = std::get_if<Rejection>(&outcome))
        return std::string(name(rejection->code));
    return std::get<Decision>(outcome).changes.empty() ? "nothing new" : "applied";
}

std::optional<HelpNote> note_of(const World& world) {
    for (const auto& [ref, kept] : world.rows)
        if (ref.type == RowType::HelpNote) return *domain::help_note_from(kept.row);
    return std::nullopt;
}

TEST(HelpNotes, KeepWhatWasOpenedAndHowItEnded) {
    World world = library();
    EXPECT_EQ(said(world.run(lucia(), "help.record", {{"sought", {opened(kArticle, "solved")}}})),
              "applied");
    const auto note = note_of(world);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->user, lucia().user);
    ASSERT_EQ(note->sought.size(), 1U);
    EXPECT_EQ(note->sought[0].end, HelpEnd::Solved);
    EXPECT_EQ(note->sought[0].target, kArticle);
    EXPECT_EQ(note->sought[0].service, domain::id_of_key(RowType::Service, "network"));
    EXPECT_EQ(note->sought[0].at, kNow - std::chrono::minutes{1});
    EXPECT_FALSE(note->sought[0].is_confirmed);
}

TEST(HelpNotes, AreSeenByNobodyElse) {
    World world = library();
    world.run(lucia(), "help.record", {{"sought", {opened(kArticle)}}});
    for (const auto& [ref, kept] : world.rows) {
        if (ref.type != RowType::HelpNote) continue;
        EXPECT_TRUE(world.is_visible(ref, lucia().audiences()));
        for (const Actor& other : {ana(), owen(), carla(), diego()})
            EXPECT_FALSE(world.is_visible(ref, other.audiences())) << other.display_name;
    }
}

TEST(HelpNotes, LeaveOutWhatThePersonCannotSee) {
    World world = library();
    EXPECT_EQ(
        said(world.run(
            lucia(), "help.record", {{"sought", {opened(kInternal), opened(test_id("nothing"))}}})),
        "nothing new");
    EXPECT_EQ(said(world.run(owen(), "help.record", {{"sought", {opened(kInternal)}}})), "applied");
}

TEST(HelpNotes, AreNeverRefusedForWhatAWrongClockSays) {
    World world = library();
    for (const Json& ago : {Json(-5), Json("x"), Json(9'000'000'000'000'000'000), Json()}) {
        Json event = opened(kArticle);
        event["ago"] = ago;
        EXPECT_EQ(said(world.run(lucia(), "help.record", {{"sought", {event}}})), "applied") << ago;
    }
    for (const auto& [ref, kept] : world.rows) {
        if (ref.type != RowType::HelpNote) continue;
        const HelpNote note = *domain::help_note_from(kept.row);
        EXPECT_LE(note.sought[0].at, kNow);
        EXPECT_GE(note.sought[0].at, kNow - std::chrono::days{31});
    }
}

TEST(HelpNotes, RefuseOnlyWhatNoPortalOfOursSends) {
    Json many = Json::array();
    for (std::size_t i = 0; i <= limits::kHelpEventsMax; ++i)
        many.push_back(opened(kArticle));
    Json confirmed = opened(kArticle);
    confirmed["confirmed"] = true;  // the server's to say
    Json unknown = opened(kArticle);
    unknown["end"] = "danced";
    for (const Json& args : {Json{{"sought", many}},
                             Json{{"sought", {confirmed}}},
                             Json{{"sought", {unknown}}},
                             Json{{"sought", {3}}},
                             Json{{"sought", "all"}},
                             Json{{"searches", {{{"words", "vpn"}}}}},
                             Json{{"users", {}}}}) {
        World world = library();
        EXPECT_EQ(said(world.run(lucia(), "help.record", args)), "invalid") << args;
        EXPECT_FALSE(note_of(world));
    }
}

TEST(HelpNotes, KeepTheWordsOfASearchOnlyWhenItLedNowhere) {
    World world = library();
    const auto key = to_text(search::query_key("vpn lenta", Lang::Es).key);
    world.run(lucia(),
              "help.record",
              {{"searches",
                {{{"key", key}, {"words", "vpn\nlenta"}, {"found", 0}},
                 {{"key", key}, {"words", "vpn lenta"}, {"found", 3}, {"opened", true}},
                 {{"key", key}, {"words", std::string(200, 'a')}, {"found", 0}}}}});
    const auto note = note_of(world);
    ASSERT_TRUE(note);
    ASSERT_EQ(note->searches.size(), 3U);
    EXPECT_EQ(note->searches[0].words, "vpn lenta");
    EXPECT_EQ(note->searches[1].words, "") << "somebody found it: nothing is missing";
    EXPECT_EQ(note->searches[2].words, "") << "too long to be anybody's question but theirs";
}

TEST(HelpNotes, AreOneHoweverOftenTheyAreSent) {
    World world = library();
    const Command command = world.command("help.record", {{"sought", {opened(kArticle)}}});
    EXPECT_EQ(said(world.run(lucia(), command)), "applied");
    EXPECT_EQ(said(world.run(lucia(), command)), "nothing new");
}

TEST(QueryKey, IsOneForTheSameQuestionInOtherWords) {
    const Id key = search::query_key("La impresora no imprime", Lang::Es).key;
    EXPECT_EQ(search::query_key("impresora imprime", Lang::Es).key, key);
    EXPECT_EQ(search::query_key("no IMPRIME la  impresóra", Lang::Es).key, key);
    EXPECT_EQ(search::query_key("las impresoras no imprimen", Lang::Es).key, key);
    EXPECT_FALSE(search::query_key("la impresora hace ruido", Lang::Es).key == key);
    EXPECT_TRUE(is_nil(search::query_key(" ?! ", Lang::Es).key));
    EXPECT_FALSE(is_nil(search::query_key("cómo es", Lang::Es).key)) << "a title may be that";
}

TEST(QueryKey, KeepsWordsToItselfThatMayTellWhoAsked) {
    const auto words = [](std::string_view query) {
        return search::query_key(query, Lang::Es).words;
    };
    EXPECT_EQ(words("  VPN  Error 809 "), "vpn error 809");
    EXPECT_EQ(words("Conexión LENTA"), "conexión lenta");
    EXPECT_EQ(words("correo de ana@andina.example"), "");
    EXPECT_EQ(words("llamar al 600 12 34 56"), "");
    EXPECT_EQ(words("no puedo entrar en el correo desde que volví de la baja por la operación"),
              "");
}

}  // namespace
}  // namespace ventanilla::commands
