#include "shared/rules/request_flow.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::rules {
namespace {

using domain::RequestState;

constexpr auto kSteps = std::to_array<domain::Named<Step>>({
    {Step::Route, "route"},
    {Step::Take, "take"},
    {Step::Hold, "hold"},
    {Step::Answer, "answer"},
    {Step::Resolve, "resolve"},
    {Step::Confirm, "confirm"},
    {Step::Reopen, "reopen"},
    {Step::Cancel, "cancel"},
    {Step::Heard, "heard"},
    {Step::AskApproval, "ask_approval"},
    {Step::Approve, "approve"},
    {Step::Deny, "deny"},
    {Step::Resume, "resume"},
    {Step::GiveUpWaiting, "give_up_waiting"},
    {Step::CloseQuietly, "close_quietly"},
});

bool holds(Guard guard, const Situation& now) {
    switch (guard) {
        case Guard::None: return true;
        case Guard::AwaitsRequester:
            return now.hold_reason == domain::HoldReason::AwaitingRequester;
        case Guard::Unassigned: return !now.is_assigned;
    }
    return false;
}

}  // namespace

std::string_view name(Step step) {
    return domain::name_in(kSteps, step);
}

Situation situation_of(const domain::Request& request) {
    return {request.state, request.hold_reason, !is_nil(request.assignee)};
}

Result<RequestState> advance(const Situation& now, Step step, Parties parties) {
    bool is_open = false;
    for (const Transition& row : kRequestFlow) {
        if (row.from != now.state || row.step != step || !holds(row.guard, now)) continue;
        is_open = true;
        if (!row.by.any_of(parties)) continue;
        // Taking is what assigns; any other way into work needs somebody who does it.
        const bool is_nobodys =
            row.to == RequestState::InProgress && step != Step::Take && !now.is_assigned;
        return is_nobodys ? RequestState::Open : row.to;
    }
    const Errc code = is_open ? Errc::Forbidden : Errc::Conflict;
    return Error{code, concat(name(step), " from ", domain::name(now.state)), "state"};
}

std::vector<Step> open_steps(const Situation& now, Parties parties) {
    std::vector<Step> steps;
    for (const Transition& row : kRequestFlow) {
        const bool is_offered =
            row.from == now.state && row.by.any_of(parties) && holds(row.guard, now);
        if (is_offered && std::find(steps.begin(), steps.end(), row.step) == steps.end())
            steps.push_back(row.step);
    }
    return steps;
}

bool is_final(RequestState state) {
    return state == RequestState::Closed || state == RequestState::Cancelled ||
           state == RequestState::Denied;
}

}  // namespace ventanilla::rules
