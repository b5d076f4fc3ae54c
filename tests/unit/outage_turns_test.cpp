#include <gtest/gtest.h>

#include "shared/rules/maintenance.hpp"
#include "shared/rules/outage_flow.hpp"
#include "tests/unit/support_world.hpp"

// What becomes of outages that turn out otherwise: moved, handed over, merged, reopened, written
// down afterwards; and what happens when two people speak at once.

namespace ventanilla::commands {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::OutageState;
using domain::RowType;

std::string said(const Outcome& outcome) {
    if (const auto* no = std::get_if<Rejection>(&outcome)) {
        std::string text = no->message;
        for (const FieldError& each : no->fields)
            text += " " + each.field + " " + each.message;
        return text;
    }
    const auto* decision = std::get_if<Decision>(&outcome);
    return decision != nullptr && decision->changes.empty() ? "nothing new" : "applied";
}

Json on(const char* key, const char* impact) {
    return {{"service", to_text(domain::id_of_key(RowType::Service, key))}, {"impact", impact}};
}

Json at_site(const char* key) {
    return {{"sites", {to_text(domain::id_of_key(RowType::Site, key))}}};
}

Json erp_update() {
    return {{"kind", "maintenance"},
            {"state", "scheduled"},
            {"title", {{"es", "Actualización del ERP"}, {"en", "ERP update"}}},
            {"impact", {{"es", "El ERP no se puede usar."}}},
            {"contact", {{"name", "Mesa"}, {"phone", "4000"}}},
            {"audience", {{"everybody", true}}},
            {"services", Json::array({on("network", "partial")})},
            {"body", {{"es", "El sábado actualizamos el ERP."}}},
            {"started_at", to_ms(kNow + 48h)},
            {"scheduled_until", to_ms(kNow + 50h)},
            {"next_update_due_at", to_ms(kNow + 48h)}};
}

Json vpn_fault(const char* site) {
    Json args = erp_update();
    args.update({{"kind", "incident"},
                 {"state", "investigating"},
                 {"audience", at_site(site)},
                 {"services", Json::array({on("network", "partial")})},
                 {"started_at", to_ms(kNow)},
                 {"next_update_due_at", to_ms(kNow + 30min)}});
    args.erase("scheduled_until");
    return args;
}

Id told(World& world, const Json& args) {
    const Command command = world.command("outage.publish", args);
    EXPECT_EQ(said(world.run(diego(), command)), "applied");
    return derived_id("outage", command.cmd_id);
}

Json news(const Id& outage, const char* state, const char* impact) {
    return {{"outage", to_text(outage)},
            {"state", state},
            {"body", {{"es", state}}},
            {"services", Json::array({on("network", impact)})},
            {"next_update_due_at", to_ms(kNow + 60h)}};
}

Id begun(World& world) {
    const Id id = told(world, erp_update());
    world.now = kNow + 48h;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "in_progress", "partial"))),
              "applied");
    return id;
}

Json moved(const Id& outage, Instant until) {
    return {{"outage", to_text(outage)},
            {"scheduled_until", to_ms(until)},
            {"body", {{"es", "Se mueve."}}}};
}

TEST(Maintenance, IsAnnouncedWithWhatItWillDo) {
    World world = company();
    EXPECT_EQ(world.outage(told(world, erp_update())).expected[0].impact, Impact::Partial);
    Json args = erp_update();
    args["expected"] = Json::array({on("network", "major")});
    args["notice"] = "emergency";
    const domain::Outage outage = world.outage(told(world, args));
    EXPECT_EQ(outage.expected[0].impact, Impact::Major);
    EXPECT_EQ(outage.notice, domain::NoticeClass::Emergency);
}

TEST(Maintenance, RunsThroughItsStates) {
    World world = company();
    const Id id = begun(world);
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "cancelled", "operational"))),
              "reject.outage_begun");
    world.now += 1h;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "verifying", "degraded"))),
              "applied");
    world.now += 10min;
    Json end = {{"outage", to_text(id)}, {"body", {{"es", "Listo."}}}};
    EXPECT_EQ(said(world.run(diego(), "outage.resolve", end)), "applied");
    EXPECT_EQ(world.outage(id).state(), OutageState::Completed);
    EXPECT_EQ(world.outage(id).ended_at, world.now);
    EXPECT_EQ(world.outage(id).scheduled_until, kNow + 50h) << "what was promised stays";
}

TEST(Maintenance, IsCancelledBeforeItBegins) {
    World world = company();
    const Id id = told(world, erp_update());
    EXPECT_EQ(said(world.run(
                  diego(), "outage.resolve", {{"outage", to_text(id)}, {"body", {{"es", "x"}}}})),
              "reject.outage_not_begun");
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "cancelled", "operational"))),
              "applied");
    EXPECT_FALSE(is_open(world.outage(id).state()));
}

TEST(Maintenance, IsMovedAndKeepsWhatItHadPromised) {
    World world = company();
    const Id id = told(world, erp_update());
    Json move = moved(id, kNow + 76h);
    move["started_at"] = to_ms(kNow + 74h);
    EXPECT_EQ(said(world.run(diego(), "outage.move", move)), "applied");
    const domain::Outage outage = world.outage(id);
    EXPECT_EQ(outage.started_at, kNow + 74h);
    EXPECT_EQ(outage.scheduled_until, kNow + 76h);
    ASSERT_EQ(outage.former.size(), 1U);
    EXPECT_EQ(outage.former[0].until, kNow + 50h);
    EXPECT_EQ(outage.state(), OutageState::Scheduled);
    EXPECT_EQ(outage.material_version, 2) << "everybody reads it again";
    EXPECT_EQ(rules::covered_until(outage), kNow + 76h) << "two days ahead is in time";
}

TEST(Maintenance, AnExtensionWhileItRunsMovesTheEndPeopleReadNotTheOneThatCounts) {
    World world = company();
    const Id id = begun(world);
    world.now = kNow + 49h;
    EXPECT_EQ(said(world.run(diego(), "outage.move", moved(id, kNow + 51h))), "applied");
    EXPECT_EQ(world.outage(id).scheduled_until, kNow + 51h);
    EXPECT_EQ(rules::covered_until(world.outage(id)), kNow + 50h);
}

TEST(Maintenance, IsNotMovedToNowhere) {
    World world = company();
    const Id id = begun(world);
    Json start = moved(id, kNow + 60h);
    start["started_at"] = to_ms(kNow + 59h);
    struct Case {
        Json args;
        const char* said;
    };
    const Case cases[] = {
        {moved(id, kNow + 47h), "reject.invalid scheduled_until form.error.schedule_backwards"},
        {moved(id, kNow + 48h), "reject.invalid scheduled_until form.error.schedule_backwards"},
        {start, "reject.outage_begun"},
        {{{"outage", to_text(id)}, {"body", {{"es", "x"}}}},
         "reject.invalid scheduled_until form.error.invalid"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(said(world.run(diego(), "outage.move", each.args)), each.said);
    world.now = kNow + 52h;
    EXPECT_EQ(said(world.run(diego(), "outage.move", moved(id, kNow + 51h))),
              "reject.invalid scheduled_until form.error.schedule_past");
    const Id fault = told(world, vpn_fault("madrid"));
    EXPECT_EQ(said(world.run(diego(), "outage.move", moved(fault, kNow + 60h))),
              "reject.outage_no_window");
    EXPECT_EQ(said(world.run(lucia(), "outage.move", moved(id, kNow + 60h))), "reject.forbidden");
}

Json converted(const Id& outage) {
    Json args = news(outage, "identified", "major");
    args["title"] = {{"es", "El ERP no vuelve"}, {"en", "The ERP is not back"}};
    args["eta_high"] = to_ms(kNow + 53h);
    return args;
}

TEST(Convert, TheIncidentBeginsAtThePromisedEnd) {
    World world = company();
    const Id id = begun(world);
    world.now = kNow + 50h + 20min;
    EXPECT_EQ(said(world.run(diego(), "outage.convert", converted(id))), "applied");
    const domain::Outage maintenance = world.outage(id);
    EXPECT_EQ(maintenance.state(), OutageState::HandedOver);
    EXPECT_EQ(maintenance.ended_at, world.now);
    const domain::Outage incident = world.outage(maintenance.continued_in);
    EXPECT_EQ(incident.continues, id);
    EXPECT_EQ(incident.kind, domain::OutageKind::Incident);
    EXPECT_EQ(incident.started_at, kNow + 50h);
    EXPECT_EQ(incident.title.es, "El ERP no vuelve");
    EXPECT_FALSE(incident.scheduled_until);
    EXPECT_EQ(worst_impact(incident), Impact::Major);
    EXPECT_TRUE(world.is_visible({RowType::Outage, incident.id}, lucia().audiences()));
    world.now += 1h;
    EXPECT_EQ(said(world.run(diego(),
                             "outage.resolve",
                             {{"outage", to_text(incident.id)}, {"body", {{"es", "Ya."}}}})),
              "applied");
    EXPECT_EQ(said(world.run(diego(), "outage.convert", converted(id))), "reject.outage_over");
}

TEST(Convert, BeforeThePromisedEndItBeginsNow) {
    World world = company();
    const Id id = begun(world);
    world.now = kNow + 49h;
    EXPECT_EQ(said(world.run(diego(), "outage.convert", converted(id))), "applied");
    EXPECT_EQ(world.outage(world.outage(id).continued_in).started_at, kNow + 49h);
}

TEST(Convert, NeedsAMaintenanceThatHasBegunAndEverythingAnIncidentNeeds) {
    World world = company();
    const Id announced = told(world, erp_update());
    EXPECT_EQ(said(world.run(diego(), "outage.convert", converted(announced))),
              "reject.outage_not_begun");
    const Id fault = told(world, vpn_fault("madrid"));
    EXPECT_EQ(said(world.run(diego(), "outage.convert", converted(fault))),
              "reject.outage_no_window");
    const Id id = begun(world);
    Json silent = converted(id);
    silent.erase("next_update_due_at");
    EXPECT_EQ(said(world.run(diego(), "outage.convert", silent)),
              "reject.invalid next_update_due_at form.error.next_update_missing");
    EXPECT_EQ(world.outage(id).state(), OutageState::InProgress) << "nothing is half done";
}

TEST(Merge, TheOtherTakesPeopleServicesAndCount) {
    World world = company();
    const Id madrid = told(world, vpn_fault("madrid"));
    Json args = vpn_fault("austin");
    args["services"] = Json::array({on("mail", "major")});
    const Id austin = told(world, args);
    world.run(lucia(), "outage.me_too", {{"outage", to_text(madrid)}});
    world.now += 5min;
    const Json merge = {{"outage", to_text(madrid)},
                        {"into", to_text(austin)},
                        {"body", {{"es", "Es la misma avería."}}}};
    EXPECT_EQ(said(world.run(diego(), "outage.merge", merge)), "applied");
    EXPECT_EQ(world.outage(madrid).state(), OutageState::Merged);
    EXPECT_EQ(world.outage(madrid).continued_in, austin);
    const domain::Outage into = world.outage(austin);
    EXPECT_EQ(into.absorbed, std::vector<Id>{madrid});
    EXPECT_EQ(into.affected_count, 1);
    EXPECT_EQ(into.audience.sites.size(), 2U);
    EXPECT_EQ(into.latest().snapshot.size(), 2U);
    EXPECT_EQ(into.material_version, 2);
    EXPECT_TRUE(world.is_visible({RowType::Outage, austin}, lucia().audiences()))
        << "whoever saw the first sees the other";
    EXPECT_EQ(said(world.run(lucia(), "outage.me_too", {{"outage", to_text(austin)}})),
              "nothing new")
        << "she is among the affected already";
    EXPECT_EQ(said(world.run(diego(), "outage.merge", merge)), "reject.outage_over");
}

TEST(Merge, GoesIntoAnotherOpenIncidentOnly) {
    World world = company();
    const Id fault = told(world, vpn_fault("madrid"));
    const Id window = told(world, erp_update());
    for (const Id& into : {fault, window})
        EXPECT_EQ(
            said(world.run(
                diego(),
                "outage.merge",
                {{"outage", to_text(fault)}, {"into", to_text(into)}, {"body", {{"es", "x"}}}})),
            "reject.invalid into form.error.merge_target");
    EXPECT_EQ(said(world.run(diego(),
                             "outage.merge",
                             {{"outage", to_text(fault)},
                              {"into", to_text(test_id("nobody"))},
                              {"body", {{"es", "x"}}}})),
              "reject.not_found");
}

TEST(Reopen, IsARelapseWithinADay) {
    World world = company();
    const Id id = told(world, vpn_fault("madrid"));
    world.now += 1h;
    const Json end = {{"outage", to_text(id)}, {"body", {{"es", "Ya."}}}};
    EXPECT_EQ(said(world.run(diego(), "outage.resolve", end)), "applied");
    world.now += 23h;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "identified", "partial"))),
              "applied");
    EXPECT_FALSE(world.outage(id).ended_at) << "it is open again";
    world.now += 1h;
    EXPECT_EQ(said(world.run(diego(), "outage.resolve", end)), "applied");
    world.now += 25h;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "investigating", "partial"))),
              "reject.reopen_late");
}

TEST(Backfill, TellsWhatWasWithoutANewsflash) {
    World world = company();
    Json args = vpn_fault("madrid");
    args["state"] = "resolved";
    args["started_at"] = to_ms(kNow - 5h);
    args["ended_at"] = to_ms(kNow - 3h);
    args.erase("next_update_due_at");
    const domain::Outage outage = world.outage(told(world, args));
    EXPECT_TRUE(outage.is_backfilled);
    EXPECT_EQ(outage.state(), OutageState::Resolved);
    EXPECT_EQ(outage.ended_at, kNow - 3h);
    ASSERT_EQ(outage.updates.size(), 2U);
    EXPECT_EQ(outage.updates[0].at, kNow - 5h);
    EXPECT_EQ(outage.updates[0].snapshot[0].impact, Impact::Partial);
    EXPECT_EQ(outage.updates[1].snapshot[0].impact, Impact::Operational);
    EXPECT_FALSE(outage.updates[0].is_material || outage.updates[1].is_material);
}

TEST(Backfill, IsOfThePastAndOfIncidents) {
    World world = company();
    struct Case {
        Json change;
        const char* said;
    };
    const Case cases[] = {
        {{{"ended_at", to_ms(kNow + 1min)}}, "reject.invalid ended_at form.error.backfill_future"},
        {{{"ended_at", to_ms(kNow - 6h)}}, "reject.invalid ended_at form.error.schedule_backwards"},
        {{{"state", "identified"}}, "reject.invalid state form.error.state_for_kind"},
        {{{"kind", "maintenance"}, {"scheduled_until", to_ms(kNow)}},
         "reject.invalid state form.error.state_for_kind"},
    };
    for (const Case& each : cases) {
        Json args = vpn_fault("madrid");
        args.update({{"state", "resolved"},
                     {"started_at", to_ms(kNow - 5h)},
                     {"ended_at", to_ms(kNow - 3h)},
                     {"next_update_due_at", nullptr}});
        args.update(each.change);
        const std::string answer = said(world.run(diego(), "outage.publish", args));
        EXPECT_EQ(answer.substr(0, std::string(each.said).size()), each.said);
    }
}

// ---- maintenance that comes again

Json weekly(std::vector<std::pair<Instant, Instant>> times) {
    Json args = erp_update();
    args["rrule"] = "FREQ=WEEKLY";
    args["tz"] = "Europe/Madrid";
    args["later"] = Json::array();
    for (const auto& [from, until] : times)
        args["later"].push_back({{"started_at", to_ms(from)}, {"scheduled_until", to_ms(until)}});
    return args;
}

constexpr Millis kWeek = std::chrono::hours{7 * 24};

TEST(Series, EveryTimeIsAMaintenanceOfItsOwn) {
    World world = company();
    const Instant from = kNow + 48h;
    const Id first = told(
        world,
        weekly({{from + kWeek, from + kWeek + 2h}, {from + 2 * kWeek, from + 2 * kWeek + 2h}}));
    std::vector<domain::Outage> all;
    for (const auto& [ref, kept] : world.rows)
        if (ref.type == RowType::Outage) all.push_back(*domain::outage_from(kept.row));
    ASSERT_EQ(all.size(), 3U);
    int later = 0;
    for (const domain::Outage& each : all) {
        EXPECT_EQ(each.series, first);
        EXPECT_EQ(each.expected.size(), 1U);
        EXPECT_EQ(each.latest().next_update_due_at, each.started_at);
        EXPECT_TRUE(world.is_visible({RowType::Outage, each.id}, lucia().audiences()));
        later += rules::is_later_occurrence(each, all) ? 1 : 0;
    }
    EXPECT_EQ(later, 2) << "the next one stands for all";
    world.run(diego(), "outage.update", news(first, "cancelled", "operational"));
    EXPECT_FALSE(is_open(world.outage(first).state()));
    EXPECT_EQ(
        std::count_if(all.begin(),
                      all.end(),
                      [&](const auto& each) { return is_open(world.outage(each.id).state()); }),
        2)
        << "one that is cancelled leaves the others";
}

TEST(Series, DoesNotOverlapItselfNorRunOnForEver) {
    World world = company();
    const Instant from = kNow + 48h;
    struct Case {
        Json args;
        const char* said;
    };
    Json once = weekly({{from + kWeek, from + kWeek + 2h}});
    once.erase("rrule");
    const Case cases[] = {
        {weekly({{from + 1h, from + 3h}}), "reject.invalid rrule form.error.series_overlap"},
        {weekly({{from + kWeek, from + kWeek}}), "reject.invalid rrule form.error.series_overlap"},
        {weekly({{from + 20 * kWeek, from + 20 * kWeek + 2h}}),
         "reject.invalid rrule form.error.series_far"},
        {weekly(std::vector<std::pair<Instant, Instant>>(61, {from + kWeek, from + kWeek + 2h})),
         "reject.invalid rrule form.error.invalid"},
        {once, "reject.invalid rrule form.error.invalid"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(said(world.run(diego(), "outage.publish", each.args)), each.said);
}

TEST(Candidate, ThatWasNoneStaysAmongTheStaff) {
    World world = company();
    const Json args = {{"first", to_text(test_id("first request"))},
                       {"service", to_text(domain::id_of_key(RowType::Service, "network"))},
                       {"title", {{"es", "Posible interrupción"}}},
                       {"body", {{"es", "No lo era."}}},
                       {"started_at", to_ms(kNow - 10min)},
                       {"reports", 5}};
    EXPECT_EQ(said(world.run(lucia(), "outage.reject", args)), "reject.forbidden");
    EXPECT_EQ(said(world.run(diego(), "outage.reject", args)), "applied");
    EXPECT_EQ(said(world.run(diego(), "outage.reject", args)), "nothing new") << "also another's";
    const Id id = derived_id("candidate", test_id("first request"));
    const domain::Outage outage = world.outage(id);
    EXPECT_FALSE(is_open(outage.state()));
    EXPECT_FALSE(world.is_visible({RowType::Outage, id}, lucia().audiences()));
    EXPECT_TRUE(world.is_visible({RowType::Outage, id}, owen().audiences()));
    Json wrong = args;
    wrong.update({{"first", to_text(test_id("other"))}, {"reports", -1}});
    EXPECT_EQ(said(world.run(diego(), "outage.reject", wrong)),
              "reject.invalid reports form.error.invalid");
}

// ---- "is it working again?"

Json answered(const Id& outage, bool works) {
    return {{"outage", to_text(outage)}, {"works", works}};
}

TEST(WorksAgain, IsAskedOfThoseItHappenedToOnceItIsRestored) {
    World world = company();
    const Id id = told(world, vpn_fault("madrid"));
    world.run(lucia(), "outage.me_too", {{"outage", to_text(id)}});
    EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(id, true))),
              "reject.outage_not_restored");
    world.now += 1h;
    world.run(diego(), "outage.update", news(id, "monitoring", "operational"));
    world.now += 1min;
    EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(id, false))), "applied");
    EXPECT_EQ(world.outage(id).broken_count, 1);
    EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(id, false))), "nothing new");
    EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(id, true))), "applied");
    EXPECT_EQ(world.outage(id).broken_count, 0);
    EXPECT_EQ(world.outage(id).works_count, 1);
    EXPECT_EQ(said(world.run(carla(), "outage.answer", answered(id, true))), "reject.not_found")
        << "it never happened to her";
    EXPECT_EQ(world.outage(id).material_version, 2) << "answers bring no banner back";
}

TEST(WorksAgain, IsAskedAgainAfterARelapse) {
    World world = company();
    const Id id = told(world, vpn_fault("madrid"));
    world.run(lucia(), "outage.me_too", {{"outage", to_text(id)}});
    for (const char* state : {"monitoring", "identified", "monitoring"}) {
        world.now += 1h;
        const bool is_back = state == std::string_view("monitoring");
        world.run(diego(), "outage.update", news(id, state, is_back ? "operational" : "major"));
        EXPECT_EQ(world.outage(id).works_count, 0) << state;
        if (!is_back) continue;
        EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(id, true))), "applied");
        EXPECT_EQ(world.outage(id).works_count, 1);
    }
}

TEST(WorksAgain, ReachesThoseWhoSpokeUpBeforeAMerge) {
    World world = company();
    const Id madrid = told(world, vpn_fault("madrid"));
    const Id austin = told(world, vpn_fault("austin"));
    world.run(lucia(), "outage.me_too", {{"outage", to_text(madrid)}});
    world.now += 5min;
    world.run(diego(),
              "outage.merge",
              {{"outage", to_text(madrid)}, {"into", to_text(austin)}, {"body", {{"es", "x"}}}});
    world.now += 5min;
    world.run(diego(), "outage.resolve", {{"outage", to_text(austin)}, {"body", {{"es", "Ya."}}}});
    EXPECT_EQ(said(world.run(lucia(), "outage.answer", answered(austin, false))), "applied");
    EXPECT_EQ(world.outage(austin).broken_count, 1);
}

TEST(TwoSpokespersons, TheSecondIsToldAndLosesNothing) {
    World world = company();
    const Id id = told(world, vpn_fault("madrid"));
    const Id first = world.outage(id).latest().id;
    Json one = news(id, "identified", "partial");
    one["seen"] = to_text(first);
    Json other = news(id, "monitoring", "degraded");
    other["seen"] = to_text(first);
    world.now += 5min;
    EXPECT_EQ(said(world.run(diego(), "outage.update", one)), "applied");
    const Outcome late = world.run(diego(), "outage.update", other);
    EXPECT_EQ(said(late), "reject.outage_moved");
    EXPECT_EQ(text_or(std::get<Rejection>(late).current, "state"), "identified")
        << "they see where it stands";
    EXPECT_EQ(world.outage(id).updates.size(), 2U);
    other["seen"] = to_text(world.outage(id).latest().id);
    world.now += 5min;
    EXPECT_EQ(said(world.run(diego(), "outage.update", other)), "applied");
}

TEST(TwoSpokespersons, TheSameNewsTwiceIsToldOnce) {
    World world = company();
    const Id id = told(world, vpn_fault("madrid"));
    world.now += 5min;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "identified", "partial"))),
              "applied");
    world.now += 30s;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "identified", "partial"))),
              "nothing new");
    world.now += 30min;
    EXPECT_EQ(said(world.run(diego(), "outage.update", news(id, "identified", "partial"))),
              "applied")
        << "half an hour later it says that nothing has changed";
}

}  // namespace
}  // namespace ventanilla::commands
