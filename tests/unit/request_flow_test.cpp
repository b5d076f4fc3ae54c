#include "shared/rules/request_flow.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "shared/rules/permissions.hpp"

namespace ventanilla::rules {
namespace {

using domain::HoldReason;
using domain::RequestState;
using domain::Role;

constexpr int kStateCount = static_cast<int>(RequestState::Cancelled) + 1;
constexpr int kStepCount = static_cast<int>(Step::CloseQuietly) + 1;

std::vector<Situation> all_situations() {
    std::vector<Situation> all;
    for (int state = 0; state < kStateCount; ++state) {
        for (const bool is_assigned : {false, true}) {
            all.push_back({static_cast<RequestState>(state), std::nullopt, is_assigned});
            for (int reason = 0; reason <= static_cast<int>(HoldReason::AwaitingStock); ++reason)
                all.push_back({static_cast<RequestState>(state),
                               static_cast<HoldReason>(reason),
                               is_assigned});
        }
    }
    return all;
}

// Every set of parties, with the empty one.
std::vector<Parties> all_parties() {
    const Parties r = Party::Requester;
    const Parties a = Party::Agent;
    const Parties s = Party::System;
    return {Parties{}, r, a, s, r | a, r | s, a | s, r | a | s};
}

TEST(RequestFlow, OffersExactlyTheStepsItAccepts) {
    for (const Situation& now : all_situations()) {
        for (const Parties parties : all_parties()) {
            const std::vector<Step> offered = open_steps(now, parties);
            for (int i = 0; i < kStepCount; ++i) {
                const auto step = static_cast<Step>(i);
                const auto count = std::count(offered.begin(), offered.end(), step);
                EXPECT_LE(count, 1);
                EXPECT_EQ(count == 1, advance(now, step, parties).has_value())
                    << name(step) << " from " << name(now.state);
            }
        }
    }
}

// The table of domain.md 4.3.2 once more, written independently: event by event, the states it
// leaves.
TEST(RequestFlow, LeavesExactlyTheStatesOfTheSpecification) {
    using enum RequestState;
    struct Event {
        Step step;
        std::vector<RequestState> from;
        RequestState to;
    };
    const Event events[] = {
        {Step::AskApproval, {New}, AwaitingApproval},
        {Step::Approve, {AwaitingApproval}, Open},
        {Step::Deny, {AwaitingApproval}, Denied},
        {Step::Route, {New}, Open},
        {Step::Take, {Open}, InProgress},
        {Step::Hold, {Open, InProgress}, OnHold},
        {Step::Answer, {OnHold}, InProgress},
        {Step::Heard, {OnHold}, InProgress},
        {Step::Resume, {OnHold}, InProgress},
        {Step::GiveUpWaiting, {OnHold}, Resolved},
        {Step::Resolve, {New, Open, InProgress, OnHold}, Resolved},
        {Step::Cancel, {New, AwaitingApproval, Open, OnHold}, Cancelled},
        {Step::Confirm, {Resolved}, Closed},
        {Step::CloseQuietly, {Resolved}, Closed},
        {Step::Reopen, {Resolved}, InProgress},
    };
    EXPECT_EQ(std::size(events), static_cast<std::size_t>(kStepCount));
    const Parties everybody = Party::Requester | Party::Agent | Party::System;
    for (const Event& event : events) {
        for (int i = 0; i < kStateCount; ++i) {
            const auto from = static_cast<RequestState>(i);
            const auto to =
                advance({from, HoldReason::AwaitingRequester, true}, event.step, everybody);
            const bool leaves = std::count(event.from.begin(), event.from.end(), from) > 0;
            EXPECT_EQ(to.has_value(), leaves) << name(event.step) << " from " << name(from);
            EXPECT_EQ(to.value_or(event.to), event.to)
                << name(event.step) << " from " << name(from);
        }
    }
}

TEST(RequestFlow, NobodyElseTakesSomebodysStep) {
    struct Case {
        Step step;
        Situation now;
        Parties may;
        Parties may_not;
    };
    const Situation waiting{RequestState::OnHold, HoldReason::AwaitingRequester, true};
    const Case cases[] = {
        {Step::Take, {RequestState::Open}, Party::Agent, Party::Requester | Party::System},
        {Step::Hold,
         {RequestState::InProgress, {}, true},
         Party::Agent,
         Party::Requester | Party::System},
        {Step::Resolve, {RequestState::Open}, Party::Agent, Party::Requester | Party::System},
        {Step::Answer, waiting, Party::Requester, Party::Agent | Party::System},
        {Step::Confirm,
         {RequestState::Resolved, {}, true},
         Party::Requester,
         Party::Agent | Party::System},
        {Step::Reopen,
         {RequestState::Resolved, {}, true},
         Party::Requester | Party::Agent,
         Party::System},
        {Step::Cancel, {RequestState::Open}, Party::Requester | Party::Agent, Party::System},
        {Step::Resume, waiting, Party::System, Party::Requester | Party::Agent},
    };
    for (const Case& each : cases) {
        EXPECT_TRUE(advance(each.now, each.step, each.may)) << name(each.step);
        EXPECT_EQ(advance(each.now, each.step, each.may_not).error().code, Errc::Forbidden)
            << name(each.step);
        EXPECT_EQ(advance(each.now, each.step, {}).error().code, Errc::Forbidden)
            << name(each.step);
    }
}

TEST(RequestFlow, FinalStatesAreLeftByNobody) {
    for (const RequestState state :
         {RequestState::Closed, RequestState::Cancelled, RequestState::Denied}) {
        EXPECT_TRUE(is_final(state));
        EXPECT_TRUE(
            open_steps({state, {}, true}, Party::Requester | Party::Agent | Party::System).empty());
        EXPECT_EQ(advance({state, {}, true}, Step::Reopen, Party::Requester).error().code,
                  Errc::Conflict);
    }
    EXPECT_FALSE(is_final(RequestState::Resolved));
}

TEST(RequestFlow, WorkIsNeverAssignedToNobody) {
    for (const Situation& now : all_situations()) {
        if (now.is_assigned) continue;
        for (int i = 0; i < kStepCount; ++i) {
            const auto step = static_cast<Step>(i);
            if (step == Step::Take) continue;
            const auto to = advance(now, step, Party::Requester | Party::Agent | Party::System);
            EXPECT_NE(to.value_or(RequestState::Open), RequestState::InProgress)
                << name(step) << " from " << name(now.state);
        }
    }
}

TEST(RequestFlow, OnlyTheQuestionThatWasAskedCanBeAnswered) {
    for (const auto reason : {HoldReason::AwaitingStock, HoldReason::AwaitingThirdParty})
        EXPECT_EQ(advance({RequestState::OnHold, reason, true}, Step::Answer, Party::Requester)
                      .error()
                      .code,
                  Errc::Conflict);
}

TEST(RequestFlow, TheRequesterMayCancelUntilWorkBegan) {
    EXPECT_TRUE(advance({RequestState::Open}, Step::Cancel, Party::Requester));
    EXPECT_TRUE(advance({RequestState::OnHold, {}, false}, Step::Cancel, Party::Requester));
    EXPECT_EQ(
        advance({RequestState::OnHold, {}, true}, Step::Cancel, Party::Requester).error().code,
        Errc::Forbidden);
    EXPECT_EQ(
        advance({RequestState::InProgress, {}, true}, Step::Cancel, Party::Requester).error().code,
        Errc::Conflict);
    EXPECT_TRUE(advance({RequestState::OnHold, {}, true}, Step::Cancel, Party::Agent));
}

TEST(RequestFlow, ButtonsKeepTheirPlaces) {
    EXPECT_EQ(open_steps({RequestState::Open}, Party::Agent),
              (std::vector{Step::Take, Step::Hold, Step::Resolve, Step::Cancel}));
    EXPECT_EQ(open_steps({RequestState::InProgress, {}, true}, Party::Agent),
              (std::vector{Step::Hold, Step::Resolve}));
    EXPECT_EQ(open_steps({RequestState::Resolved, {}, true}, Party::Requester),
              (std::vector{Step::Confirm, Step::Reopen}));
    EXPECT_EQ(
        open_steps({RequestState::OnHold, HoldReason::AwaitingRequester, true}, Party::Requester),
        (std::vector{Step::Answer}));
}

TEST(Permissions, FollowFromWhoSomebodyIsToTheRequest) {
    domain::Request request;
    request.requester = derived_id("t", "lucia");
    request.desk = "it";
    request.state = RequestState::Open;
    struct Case {
        const char* who;
        Viewer viewer;
        bool reads, reads_internal, comments, works;
    };
    const Id other = derived_id("t", "other");
    const Case cases[] = {
        {"its requester", {request.requester, {Role::Requester}}, true, false, true, false},
        {"somebody else", {other, {Role::Requester}}, false, false, false, false},
        {"an agent of the desk", {other, {Role::Agent}, {"it"}}, true, true, true, true},
        {"a manager of the desk", {other, {Role::Manager}, {"hr", "it"}}, true, true, true, true},
        {"an agent of another desk", {other, {Role::Agent}, {"hr"}}, false, false, false, false},
        {"somebody with the desk but not the role",
         {other, {Role::Requester}, {"it"}},
         false,
         false,
         false,
         false},
        {"an agent without a desk", {other, {Role::Agent}}, false, false, false, false},
        {"an auditor", {other, {Role::Auditor}}, true, true, false, false},
        {"an administrator", {other, {Role::Admin}}, true, true, true, true},
        {"an agent whose own request it is",
         {request.requester, {Role::Agent}, {"it"}},
         true,
         false,
         true,
         true},
        {"a spokesperson", {other, {Role::Spokesperson}}, false, false, false, false},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(may_read(request, each.viewer), each.reads) << each.who;
        EXPECT_EQ(may_read_internal(request, each.viewer), each.reads_internal) << each.who;
        EXPECT_EQ(may_comment(request, each.viewer), each.comments) << each.who;
        const std::vector<Step> steps = steps_for(request, each.viewer);
        EXPECT_EQ(std::count(steps.begin(), steps.end(), Step::Take) == 1, each.works) << each.who;
    }
}

TEST(Permissions, OutagesArePublishedByThoseWhoSpeakForTheDesk) {
    for (int bit = 0; bit < 10; ++bit) {
        const auto role = static_cast<Role>(1 << bit);
        const bool may =
            role == Role::Spokesperson || role == Role::IncidentManager || role == Role::Admin;
        EXPECT_EQ(may_publish_outages({Id{}, {role}}), may) << domain::name(role);
    }
}

}  // namespace
}  // namespace ventanilla::rules
