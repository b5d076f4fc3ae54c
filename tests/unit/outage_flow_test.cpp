#include "shared/rules/outage_flow.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "shared/rules/visibility.hpp"

namespace ventanilla::rules {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;

const Id kVpn = derived_id("t", "vpn");
const Id kMail = derived_id("t", "mail");
constexpr Instant kNow = from_ms(1'773'238'800'000);

Outage vpn_down() {
    Outage outage;
    outage.title = {"La VPN no conecta en Madrid", ""};
    outage.impact = {"No puedes trabajar desde casa.", ""};
    outage.workaround = {"Usa el móvil como punto de acceso.", ""};
    outage.contact = {.name = "Diego Paz", .phone = "5100"};
    outage.audience.sites = {derived_id("t", "madrid")};
    outage.started_at = kNow - 10min;
    OutageUpdate first;
    first.body = {"Lo estamos mirando.", ""};
    first.snapshot = {{kVpn, Impact::Partial}};
    first.eta_high = kNow + 60min;
    first.next_update_due_at = kNow + 30min;
    first.at = kNow;
    outage.updates = {first};
    return outage;
}

Outage maintenance() {
    Outage outage = vpn_down();
    outage.kind = OutageKind::Maintenance;
    outage.updates[0].state = OutageState::Scheduled;
    outage.scheduled_until = kNow + 2h;
    return outage;
}

OutageUpdate following(const Outage& outage) {
    OutageUpdate next = outage.latest();
    next.at = kNow + 20min;
    return next;
}

std::string fields_of(const std::vector<OutageProblem>& problems) {
    std::string fields;
    for (const OutageProblem& problem : problems)
        fields += problem.field + " ";
    return fields;
}

TEST(OutageFlow, CompleteOutagesCanBePublished) {
    EXPECT_EQ(fields_of(problems_of_publishing(vpn_down())), "");
    EXPECT_EQ(fields_of(problems_of_publishing(maintenance())), "");
}

TEST(OutageFlow, NamesWhatIsMissingBeforePublishing) {
    struct Case {
        const char* fields;
        void (*spoil)(Outage&);
    };
    const Case cases[] = {
        {"title ",
         [](Outage& o) {
             o.title = {"  ", ""};
         }},
        {"impact ", [](Outage& o) { o.impact = {}; }},
        {"state ", [](Outage& o) { o.updates[0].state = OutageState::Scheduled; }},
        {"contact ", [](Outage& o) { o.contact.phone.clear(); }},
        {"contact ", [](Outage& o) { o.contact.name = " "; }},
        {"audience ", [](Outage& o) { o.audience.sites.clear(); }},
        {"body ", [](Outage& o) { o.updates[0].body = {}; }},
        {"services ", [](Outage& o) { o.updates[0].snapshot.clear(); }},
        {"services ",
         [](Outage& o) {
             o.updates[0].snapshot.push_back({kVpn, Impact::Major});
         }},
        {"next_update_due_at ", [](Outage& o) { o.updates[0].next_update_due_at.reset(); }},
        {"state services ", [](Outage& o) { o.updates[0].state = OutageState::Resolved; }},
    };
    for (const Case& each : cases) {
        Outage outage = vpn_down();
        each.spoil(outage);
        EXPECT_EQ(fields_of(problems_of_publishing(outage)), each.fields);
    }
    Outage mailed = vpn_down();
    mailed.contact = {.name = "Diego", .phone = "", .mail = "diego@andina.example"};
    EXPECT_EQ(fields_of(problems_of_publishing(mailed)), "");
}

TEST(OutageFlow, MaintenanceSaysUntilWhen) {
    Outage outage = maintenance();
    outage.scheduled_until.reset();
    EXPECT_EQ(fields_of(problems_of_publishing(outage)), "scheduled_until ");
    outage.scheduled_until = outage.started_at;
    EXPECT_EQ(fields_of(problems_of_publishing(outage)), "scheduled_until ");
}

TEST(OutageFlow, AnEndMustSayThatEverythingWorks) {
    OutageUpdate end = following(vpn_down());
    end.state = OutageState::Resolved;
    end.next_update_due_at.reset();
    EXPECT_EQ(fields_of(problems_of_update(end)), "services ");
    end.snapshot = {{kVpn, Impact::Operational}};
    EXPECT_EQ(fields_of(problems_of_update(end)), "");
}

TEST(OutageFlow, EveryStateIsReachedAndEndedAsDrawn) {
    using S = OutageState;
    struct Case {
        S from;
        std::vector<S> to;
        std::optional<S> ending;
    };
    const Case cases[] = {
        {S::Investigating,
         {S::Investigating, S::Identified, S::Monitoring, S::Resolved, S::FalseAlarm},
         S::Resolved},
        {S::Identified,
         {S::Identified, S::Investigating, S::Monitoring, S::Resolved, S::FalseAlarm},
         S::Resolved},
        {S::Monitoring, {S::Monitoring, S::Investigating, S::Identified, S::Resolved}, S::Resolved},
        {S::Resolved, {}, {}},
        {S::FalseAlarm, {}, {}},
        {S::Merged, {}, {}},
        {S::HandedOver, {}, {}},
        {S::Scheduled, {S::Scheduled, S::InProgress, S::Cancelled}, {}},
        {S::InProgress, {S::InProgress, S::Verifying, S::Completed}, S::Completed},
        {S::Verifying, {S::Verifying, S::InProgress, S::Completed}, S::Completed},
        {S::Completed, {}, {}},
        {S::Cancelled, {}, {}},
    };
    for (const Case& each : cases) {
        Outage outage = vpn_down();
        outage.updates[0].state = each.from;
        EXPECT_EQ(next_states(outage, OutageStep::Update, kNow), each.to) << name(each.from);
        EXPECT_EQ(ending_of(outage), each.ending) << name(each.from);
    }
}

TEST(OutageFlow, OtherStepsAreOpenWhereTheyMakeSense) {
    using S = OutageState;
    struct Case {
        OutageStep step;
        std::vector<S> from;
    };
    const Case cases[] = {
        {OutageStep::Reopen, {S::Resolved}},
        {OutageStep::Move, {S::Scheduled, S::InProgress, S::Verifying}},
        {OutageStep::Convert, {S::InProgress, S::Verifying}},
        {OutageStep::Merge, {S::Investigating, S::Identified, S::Monitoring}},
    };
    for (const Case& each : cases) {
        for (int state = 0; state <= static_cast<int>(S::HandedOver); ++state) {
            Outage outage = vpn_down();
            outage.ended_at = kNow;
            outage.updates[0].state = static_cast<S>(state);
            const bool is_open_from =
                std::find(each.from.begin(), each.from.end(), outage.state()) != each.from.end();
            EXPECT_EQ(!next_states(outage, each.step, kNow).empty(), is_open_from)
                << name(outage.state()) << " " << static_cast<int>(each.step);
        }
    }
}

TEST(OutageFlow, WhatWasResolvedIsReopenedForADay) {
    Outage outage = vpn_down();
    outage.updates[0].state = OutageState::Resolved;
    outage.ended_at = kNow;
    EXPECT_TRUE(is_reopenable(outage, kNow + 24h));
    EXPECT_FALSE(is_reopenable(outage, kNow + 24h + 1ms));
    EXPECT_EQ(refusal_of(outage, OutageState::Identified, kNow + 25h), "reject.reopen_late");
    EXPECT_EQ(refusal_of(outage, OutageState::Resolved, kNow), "reject.outage_over");
}

TEST(OutageFlow, RefusesWithTheReason) {
    using S = OutageState;
    struct Case {
        S from;
        S to;
        const char* message;
    };
    const Case cases[] = {
        {S::Scheduled, S::Completed, "reject.outage_not_begun"},
        {S::Scheduled, S::HandedOver, "reject.outage_not_begun"},
        {S::InProgress, S::Cancelled, "reject.outage_begun"},
        {S::Verifying, S::Scheduled, "reject.outage_begun"},
        {S::Monitoring, S::FalseAlarm, "reject.outage_was_real"},
        {S::Completed, S::InProgress, "reject.outage_over"},
        {S::Merged, S::Identified, "reject.outage_over"},
        {S::Investigating, S::Verifying, "reject.stale_transition"},
    };
    for (const Case& each : cases) {
        Outage outage = vpn_down();
        outage.updates[0].state = each.from;
        EXPECT_EQ(refusal_of(outage, each.to, kNow), each.message) << name(each.from);
    }
}

TEST(OutageFlow, AnEstimateIsARangeThatDoesNotRunBackwards) {
    OutageUpdate next = following(vpn_down());
    next.eta_low = *next.eta_high - 30min;
    EXPECT_EQ(fields_of(problems_of_update(next)), "");
    next.eta_low = *next.eta_high + 1min;
    EXPECT_EQ(fields_of(problems_of_update(next)), "eta_high ");
    next.eta_high.reset();
    EXPECT_EQ(fields_of(problems_of_update(next)), "eta_high ");
}

TEST(OutageFlow, FirstStatesDependOnTheKind) {
    for (const OutageKind kind : {OutageKind::Incident, OutageKind::Maintenance})
        for (const OutageState state : first_states(kind))
            EXPECT_TRUE(is_open(state));
    EXPECT_EQ(first_states(OutageKind::Maintenance).front(), OutageState::Scheduled);
}

TEST(OutageFlow, OnlyNewsIsMaterial) {
    struct Case {
        const char* what;
        bool is_news;
        void (*change)(OutageUpdate&);
    };
    const Case cases[] = {
        {"nothing", false, [](OutageUpdate&) {}},
        {"other words",
         false,
         [](OutageUpdate& u) {
             u.body = {"Seguimos en ello.", ""};
         }},
        {"another promise of the next update",
         false,
         [](OutageUpdate& u) { *u.next_update_due_at += 30min; }},
        {"the end by 14 minutes", false, [](OutageUpdate& u) { *u.eta_high += 14min; }},
        {"the end by a quarter of an hour", true, [](OutageUpdate& u) { *u.eta_high += 15min; }},
        {"the end, earlier", true, [](OutageUpdate& u) { *u.eta_high -= 15min; }},
        {"no end any more", true, [](OutageUpdate& u) { u.eta_high.reset(); }},
        {"the state", true, [](OutageUpdate& u) { u.state = OutageState::Identified; }},
        {"an impact", true, [](OutageUpdate& u) { u.snapshot[0].impact = Impact::Major; }},
        {"one more service",
         true,
         [](OutageUpdate& u) {
             u.snapshot.push_back({kMail, Impact::Degraded});
         }},
        {"one more service that works",
         false,
         [](OutageUpdate& u) {
             u.snapshot.push_back({kMail, Impact::Operational});
         }},
        {"an end that passed meanwhile", true, [](OutageUpdate& u) { u.at = kNow + 61min; }},
    };
    for (const Case& each : cases) {
        const Outage outage = vpn_down();
        OutageUpdate next = following(outage);
        each.change(next);
        EXPECT_EQ(is_material(outage, next, outage.workaround), each.is_news) << each.what;
    }
    const Outage outage = vpn_down();
    EXPECT_TRUE(is_material(outage, following(outage), {"Usa la red de invitados.", ""}));
}

TEST(OutageFlow, AMissedEndIsNewsOnce) {
    Outage outage = vpn_down();
    OutageUpdate late = following(outage);
    late.at = kNow + 61min;
    EXPECT_TRUE(is_material(outage, late, outage.workaround));
    outage.updates.push_back(late);
    OutageUpdate later = late;
    later.at = kNow + 80min;
    EXPECT_FALSE(is_material(outage, later, outage.workaround));
}

TEST(Visibility, RowsGoToWhomTheyConcern) {
    const Id ada = derived_id("t", "ada");
    const std::string user = "user:" + to_text(ada);
    domain::Request request;
    request.requester = ada;
    request.desk = "hr";
    EXPECT_EQ(audiences_of(request), (Audiences{user, "team:hr"}));
    domain::Comment comment;
    comment.kind = domain::CommentKind::Question;
    EXPECT_EQ(audiences_of(comment, request), (Audiences{user, "team:hr"}));
    comment.kind = domain::CommentKind::Internal;
    EXPECT_EQ(audiences_of(comment, request), (Audiences{"team:hr"}));
    domain::Article article;
    EXPECT_EQ(audiences_of(article), (Audiences{"kb:public"}));
    article.is_internal = true;
    EXPECT_EQ(audiences_of(article), (Audiences{"staff:all"}));
    EXPECT_EQ(audiences_of(domain::Vote{.user = ada}), (Audiences{user, "staff:all"}));
    EXPECT_EQ(audiences_of(domain::Affected{.user = ada}), (Audiences{user, "staff:all"}));
    EXPECT_EQ(audiences_of(domain::User{.id = ada}), (Audiences{user, "staff:all"}));
    EXPECT_EQ(audiences_of_shared_list(), (Audiences{"org:all"}));
}

TEST(Visibility, AnOutageGoesToItsSitesAndTheStaff) {
    Outage outage = vpn_down();
    EXPECT_EQ(audiences_of(outage),
              (Audiences{"site:" + to_text(outage.audience.sites[0]), "staff:all"}));
    outage.audience.is_everybody = true;
    EXPECT_EQ(audiences_of(outage), (Audiences{"org:all", "staff:all"}));
}

}  // namespace
}  // namespace ventanilla::rules
