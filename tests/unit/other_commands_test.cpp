#include <gtest/gtest.h>

#include "tests/unit/support_world.hpp"

// Votes on articles and what is said about outages. Requests have request_commands_test.cpp.

namespace ventanilla::commands {
namespace {

using namespace std::chrono_literals;
using domain::OutageState;
using domain::RowType;

std::string code_of(const Outcome& outcome) {
    if (const auto* rejection = std::get_if<Rejection>(&outcome))
        return std::string(name(rejection->code));
    if (const auto* decision = std::get_if<Decision>(&outcome))
        return decision->changes.empty() ? "nothing new" : "applied";
    return "unknown type";
}

std::string fields_of(const Outcome& outcome) {
    std::string fields;
    if (const auto* rejection = std::get_if<Rejection>(&outcome))
        for (const FieldError& field : rejection->fields)
            fields += field.field + " ";
    return fields;
}

// ---- articles
// --------------------------------------------------------------------------------------------

const Id kArticle = domain::id_of_key(RowType::Article, "KB0005");

World library(bool is_internal = false) {
    World world = company();
    const Json body = {
        {"number", "KB0005"}, {"version", 2}, {"es", {{"title", "VPN"}}}, {"later", "kept"}};
    world.put(RowType::Article, kArticle, body, {is_internal ? "staff:all" : "kb:public"});
    return world;
}

Json vote(bool is_helpful, int version = 2) {
    return {{"article", to_text(kArticle)}, {"version", version}, {"helpful", is_helpful}};
}

std::string sums(const World& world) {
    const domain::Article article = world.article(kArticle);
    return std::to_string(article.votes_helpful) + "/" + std::to_string(article.votes_total);
}

TEST(Votes, AreCountedOnceAPerson) {
    World world = library();
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true))), "applied");
    EXPECT_EQ(sums(world), "1/1");
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true))), "nothing new");
    EXPECT_EQ(sums(world), "1/1");
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(false))), "applied");
    EXPECT_EQ(sums(world), "0/1");
    EXPECT_EQ(code_of(world.run(ana(), "article.vote", vote(true))), "applied");
    EXPECT_EQ(sums(world), "1/2");
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true))), "applied");
    EXPECT_EQ(sums(world), "2/2");
    EXPECT_EQ(text_or(world.find({RowType::Article, kArticle})->body, "later"), "kept");
}

TEST(Votes, KeepTheReasonWithoutCountingTwice) {
    World world = library();
    world.run(lucia(), "article.vote", vote(false));
    Json why = vote(false);
    why["reason"] = "outdated";
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", why)), "applied");
    EXPECT_EQ(sums(world), "0/1");
    const auto row = world.find({RowType::Vote, domain::vote_id(kArticle, lucia().user)});
    EXPECT_EQ(domain::vote_from(*row)->reason, domain::VoteReason::Outdated);
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true))), "applied");
    EXPECT_FALSE(domain::vote_from(*world.find(row->ref))->reason) << "it helped after all";
}

TEST(Votes, OfAnOldDeviceDoNotReplaceNewerOnes) {
    World world = library();
    world.run(lucia(), "article.vote", vote(true, 2));
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(false, 1))), "nothing new");
    EXPECT_EQ(sums(world), "1/1");
}

TEST(Votes, NeedAnArticleTheyCanSee) {
    World world = library(true);
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true))), "not_found_or_hidden");
    EXPECT_EQ(code_of(world.run(owen(), "article.vote", vote(true))), "applied");
}

TEST(Votes, RefuseWhatIsNotRight) {
    struct Case {
        Json change;
        const char* fields;
    };
    const Case cases[] = {
        {{{"helpful", "yes"}}, "helpful "},
        {{{"helpful", nullptr}}, "helpful "},
        {{{"version", 0}}, "version "},
        {{{"version", "2"}}, "version "},
        {{{"article", "KB0005"}}, "article "},
        {{{"stars", 5}}, "stars "},
        {{{"reason", 7}}, "reason "},
        {{{"reason", "horrible"}}, "reason "},
        {{{"reason", "wrong"}}, "reason "},  // of an article that helped
    };
    for (const Case& each : cases) {
        World world = library();
        Json args = vote(true);
        args.update(each.change);
        EXPECT_EQ(fields_of(world.run(lucia(), "article.vote", args)), each.fields) << each.change;
        EXPECT_EQ(sums(world), "0/0");
    }
    World world = library();
    EXPECT_EQ(code_of(world.run(lucia(), "article.vote", vote(true, 99))), "applied");
}

// ---- outages
// ---------------------------------------------------------------------------------------------

Json services(const char* impact, const char* key = "network") {
    return Json::array(
        {{{"service", to_text(domain::id_of_key(RowType::Service, key))}, {"impact", impact}}});
}

Json vpn_down() {
    return {{"kind", "incident"},
            {"title", {{"es", "La VPN no conecta en Madrid"}, {"en", "VPN down in Madrid"}}},
            {"impact", {{"es", "No puedes trabajar desde casa."}}},
            {"workaround", {{"es", "Usa el móvil."}}},
            {"workaround_article", "KB0005"},
            {"contact", {{"name", "Diego Paz"}, {"phone", "5100"}}},
            {"audience", {{"sites", {to_text(domain::id_of_key(RowType::Site, "madrid"))}}}},
            {"services", services("partial")},
            {"body", {{"es", "Lo estamos mirando."}}},
            {"state", "investigating"},
            {"started_at", to_ms(kNow - 10min)},
            {"eta_high", to_ms(kNow + 1h)},
            {"next_update_due_at", to_ms(kNow + 30min)}};
}

Id published(World& world, const Json& args = vpn_down()) {
    const Command command = world.command("outage.publish", args);
    EXPECT_EQ(code_of(world.run(diego(), command)), "applied");
    return derived_id("outage", command.cmd_id);
}

Json update(const Id& outage, const char* state, const char* impact) {
    return {{"outage", to_text(outage)},
            {"state", state},
            {"body", {{"es", "Novedad."}}},
            {"services", services(impact)},
            {"eta_high", to_ms(kNow + 1h)},
            {"next_update_due_at", to_ms(kNow + 2h)}};
}

TEST(OutagePublish, SaysItToWhomItConcerns) {
    World world = company();
    const Id id = published(world);
    const domain::Outage outage = world.outage(id);
    EXPECT_EQ(outage.title.en, "VPN down in Madrid");
    EXPECT_EQ(outage.state(), OutageState::Investigating);
    EXPECT_EQ(outage.latest().author_name, "Diego Paz");
    EXPECT_EQ(outage.material_version, 1);
    EXPECT_EQ(outage.public_id.size(), 12U);
    const domain::RowRef ref{RowType::Outage, id};
    EXPECT_TRUE(world.is_visible(ref, lucia().audiences()));
    EXPECT_TRUE(world.is_visible(ref, owen().audiences()));
    EXPECT_TRUE(world.is_visible(ref, diego().audiences()));
    EXPECT_FALSE(world.is_visible(ref, ana().audiences()));
    Json everybody = vpn_down();
    everybody["audience"] = {{"everybody", true}};
    EXPECT_TRUE(
        world.is_visible({RowType::Outage, published(world, everybody)}, ana().audiences()));
}

TEST(OutagePublish, IsForThoseWhoSpeakForTheDesk) {
    World world = company();
    for (const Actor& other : {lucia(), owen(), carla()})
        EXPECT_EQ(code_of(world.run(other, "outage.publish", vpn_down())), "forbidden")
            << other.display_name;
}

TEST(OutagePublish, RefusesWhatIsNotRight) {
    struct Case {
        Json change;
        const char* fields;
    };
    const Case cases[] = {
        {{{"kind", "party"}}, "kind "},
        {{{"title", {{"es", " "}}}}, "title "},
        {{{"title", "text"}}, "title "},
        {{{"title", {{"fr", "x"}}}}, "title "},
        {{{"title", {{"es", std::string(201, 'x')}}}}, "title "},
        {{{"impact", nullptr}}, "impact "},
        {{{"workaround", 7}}, "workaround "},
        {{{"contact", nullptr}}, "contact "},
        {{{"contact", {{"name", "Diego"}}}}, "contact "},
        {{{"contact", {{"name", "Diego"}, {"phone", 5100}}}}, "contact "},
        {{{"contact", {{"name", "Diego"}, {"twitter", "x"}}}}, "contact "},
        {{{"audience", Json::object()}}, "audience "},
        {{{"audience", {{"everybody", false}}}}, "audience "},
        {{{"audience", {{"everybody", "yes"}}}}, "audience "},
        {{{"audience", {{"sites", {"madrid"}}}}}, "audience "},
        {{{"audience", {{"sites", {to_text(test_id("atlantis"))}}}}}, "audience "},
        {{{"services", Json::array()}}, "services "},
        {{{"services", {{{"service", to_text(test_id("gone"))}, {"impact", "major"}}}}},
         "services "},
        {{{"services", services("catastrophic")}}, "services "},
        {{{"services", 7}}, "services "},
        {{{"body", Json::object()}}, "body "},
        {{{"body", {{"es", std::string(5'001, 'x')}}}}, "body "},
        {{{"state", "resolved"}}, "state services "},
        {{{"state", "scheduled"}}, "state "},
        {{{"state", "on fire"}}, "state "},
        {{{"started_at", "now"}}, "started_at "},
        {{{"started_at", -1}}, "started_at "},
        {{{"next_update_due_at", nullptr}}, "next_update_due_at "},
        {{{"eta_high", 1.5}}, "eta_high "},
        {{{"severity", 1}}, "severity "},
        {{{"kind", "maintenance"}, {"state", "scheduled"}}, "scheduled_until "},
    };
    for (const Case& each : cases) {
        World world = company();
        Json args = vpn_down();
        args.update(each.change);
        const Outcome outcome = world.run(diego(), "outage.publish", args);
        EXPECT_EQ(code_of(outcome), "invalid") << each.change.dump().substr(0, 80);
        EXPECT_EQ(fields_of(outcome), each.fields) << each.change.dump().substr(0, 80);
    }
}

TEST(OutageUpdate, TellsTheStory) {
    World world = company();
    const Id id = published(world);
    world.now += 20min;
    Json first = update(id, "identified", "partial");
    first["workaround"] = {{"es", "Usa la red de invitados."}};
    EXPECT_EQ(code_of(world.run(diego(), "outage.update", first)), "applied");
    EXPECT_EQ(world.outage(id).workaround.es, "Usa la red de invitados.");
    EXPECT_EQ(world.outage(id).material_version, 2);
    world.now += 5min;
    EXPECT_EQ(code_of(world.run(diego(), "outage.update", update(id, "identified", "partial"))),
              "applied");
    EXPECT_EQ(world.outage(id).material_version, 2);
    EXPECT_FALSE(world.outage(id).latest().is_material);
    EXPECT_EQ(world.outage(id).workaround.es, "Usa la red de invitados.");
    world.now += 5min;
    const Json end = {{"outage", to_text(id)}, {"body", {{"es", "Ya funciona."}}}};
    EXPECT_EQ(code_of(world.run(diego(), "outage.resolve", end)), "applied");
    const domain::Outage outage = world.outage(id);
    EXPECT_EQ(outage.state(), OutageState::Resolved);
    EXPECT_EQ(outage.ended_at, world.now);
    EXPECT_EQ(worst_impact(outage), domain::Impact::Operational);
    EXPECT_EQ(outage.material_version, 3);
    EXPECT_EQ(outage.updates.size(), 4U);
}

TEST(OutageUpdate, AfterTheEndIsTooLate) {
    World world = company();
    const Id id = published(world);
    const Json end = {{"outage", to_text(id)}, {"body", {{"es", "Ya funciona."}}}};
    world.run(diego(), "outage.resolve", end);
    for (const Outcome& late :
         {world.run(diego(), "outage.resolve", end),
          world.run(diego(), "outage.update", update(id, "monitoring", "partial")),
          world.run(lucia(), "outage.me_too", {{"outage", to_text(id)}})}) {
        EXPECT_EQ(std::get<Rejection>(late).message, "reject.outage_over");
        EXPECT_EQ(text_or(std::get<Rejection>(late).current, "state"), "resolved");
    }
}

TEST(OutageUpdate, FollowsTheFlowAndItsGuards) {
    struct Case {
        const char* what;
        Json change;
        const char* code;
        const char* fields;
    };
    const Case cases[] = {
        {"as it is", Json::object(), "applied", ""},
        {"a state that does not follow", {{"state", "scheduled"}}, "stale_transition", ""},
        {"an end with something still broken", {{"state", "resolved"}}, "invalid", "services "},
        {"an end with all restored",
         {{"state", "resolved"}, {"services", services("operational")}},
         "applied",
         ""},
        {"a false alarm",
         {{"state", "false_alarm"}, {"services", services("operational")}},
         "applied",
         ""},
        {"no next update", {{"next_update_due_at", nullptr}}, "invalid", "next_update_due_at "},
        {"no words", {{"body", nullptr}}, "invalid", "body "},
        {"no services", {{"services", nullptr}}, "invalid", "services "},
        {"another title", {{"title", {{"es", "x"}}}}, "invalid", "title "},
    };
    for (const Case& each : cases) {
        World world = company();
        const Id id = published(world);
        Json args = update(id, "identified", "partial");
        args.update(each.change);
        const Outcome outcome = world.run(diego(), "outage.update", args);
        EXPECT_EQ(code_of(outcome), each.code) << each.what;
        EXPECT_EQ(fields_of(outcome), each.fields) << each.what;
        EXPECT_EQ(world.outage(id).ended_at.has_value(), !is_open(world.outage(id).state()))
            << each.what;
    }
}

TEST(OutageUpdate, IsForThoseWhoSpeakAndSeenByWhoMay) {
    World world = company();
    const Id id = published(world);
    EXPECT_EQ(code_of(world.run(lucia(), "outage.update", update(id, "identified", "partial"))),
              "forbidden");
    EXPECT_EQ(code_of(world.run(ana(), "outage.update", update(id, "identified", "partial"))),
              "not_found_or_hidden");
    EXPECT_EQ(code_of(world.run(
                  owen(), "outage.resolve", {{"outage", to_text(id)}, {"body", {{"es", "x"}}}})),
              "forbidden");
}

TEST(OutageUpdate, AScheduledMaintenanceIsCancelledNotResolved) {
    World world = company();
    Json args = vpn_down();
    args.update(
        {{"kind", "maintenance"}, {"state", "scheduled"}, {"scheduled_until", to_ms(kNow + 3h)}});
    const Id id = published(world, args);
    const Json end = {{"outage", to_text(id)}, {"body", {{"es", "Ya está."}}}};
    EXPECT_EQ(code_of(world.run(diego(), "outage.resolve", end)), "stale_transition");
    EXPECT_EQ(code_of(world.run(diego(), "outage.update", update(id, "in_progress", "major"))),
              "applied");
    EXPECT_EQ(code_of(world.run(diego(), "outage.resolve", end)), "applied");
    EXPECT_EQ(world.outage(id).state(), OutageState::Completed);
}

TEST(OutageUpdate, ADeviceWhoseClockIsBehindKeepsTheOrder) {
    World world = company();
    const Id id = published(world);
    world.now -= 30min;
    world.run(diego(), "outage.update", update(id, "identified", "partial"));
    EXPECT_EQ(world.outage(id).latest().at, kNow);
}

TEST(Outages, ASecondTimeChangesNothing) {
    World world = company();
    const Command publish = world.command("outage.publish", vpn_down());
    EXPECT_EQ(code_of(world.run(diego(), publish)), "applied");
    EXPECT_EQ(code_of(world.run(diego(), publish)), "nothing new");
    const Id id = derived_id("outage", publish.cmd_id);
    const Command next = world.command("outage.update", update(id, "identified", "partial"));
    EXPECT_EQ(code_of(world.run(diego(), next)), "applied");
    EXPECT_EQ(code_of(world.run(diego(), next)), "nothing new");
    const Command end =
        world.command("outage.resolve", {{"outage", to_text(id)}, {"body", {{"es", "Ya."}}}});
    EXPECT_EQ(code_of(world.run(diego(), end)), "applied");
    EXPECT_EQ(code_of(world.run(diego(), end)), "nothing new");
    EXPECT_EQ(world.outage(id).updates.size(), 3U);
}

TEST(MeToo, CountsEachPersonOnce) {
    World world = company();
    const Id id = published(world);
    const Json args = {{"outage", to_text(id)}};
    EXPECT_EQ(code_of(world.run(lucia(), "outage.me_too", args)), "applied");
    EXPECT_EQ(code_of(world.run(lucia(), "outage.me_too", args)), "nothing new");
    EXPECT_EQ(world.outage(id).affected_count, 1);
    EXPECT_EQ(code_of(world.run(owen(), "outage.me_too", args)), "applied");
    EXPECT_EQ(world.outage(id).affected_count, 2);
    EXPECT_EQ(code_of(world.run(ana(), "outage.me_too", args)), "not_found_or_hidden");
    EXPECT_EQ(world.outage(id).affected_count, 2);
    const domain::RowRef ref{RowType::Affected, domain::affected_id(id, lucia().user)};
    EXPECT_TRUE(world.is_visible(ref, lucia().audiences()));
    EXPECT_TRUE(world.is_visible(ref, carla().audiences()));
    EXPECT_FALSE(world.is_visible(ref, ana().audiences()));
}

TEST(MeToo, KeepsTheBannerAsItIs) {
    World world = company();
    const Id id = published(world);
    world.run(lucia(), "outage.me_too", {{"outage", to_text(id)}});
    EXPECT_EQ(world.outage(id).material_version, 1);
    EXPECT_EQ(world.outage(id).updates.size(), 1U);
}

TEST(RequestSubmit, IsLinkedToAnOutageThePersonCanSee) {
    World world = company();
    const Id id = published(world);
    for (const auto& [who, linked] : {std::pair{lucia(), id}, {ana(), Id{}}}) {
        const Command command = world.command("request.submit",
                                              {{"item", "INC-03"},
                                               {"form_version", 3},
                                               {"outage", to_text(id)},
                                               {"answers", {{"problem", "vpn"}}}});
        EXPECT_EQ(code_of(world.run(who, command)), "applied");
        EXPECT_EQ(world.request(derived_id("request", command.cmd_id)).outage, linked)
            << who.display_name;
    }
}

}  // namespace
}  // namespace ventanilla::commands
