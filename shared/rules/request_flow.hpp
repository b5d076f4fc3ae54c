#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/request.hpp"

// The life of a request, as one table. The portal offers the steps it finds here, the server
// refuses any other, and commands waiting on a device are decided by the same rows. To change the
// process, change the table; there is no other place to look. Source: domain.md 4.3.2.

namespace ventanilla::rules {

// What can happen to a request. Each is taken by a command, except those of Party::System.
enum class Step : std::uint8_t {
    Route,    // no approval is needed: it goes to its desk
    Take,     // an agent makes it theirs
    Hold,     // work waits for somebody; only the requester can be asked a question
    Answer,   // the requester answers that question
    Resolve,  // an agent says what was done
    Confirm,  // the requester agrees
    Reopen,   // it was not solved after all
    Cancel,   // it is not wanted any more
    Heard,    // the requester wrote something while it was on hold
    AskApproval,
    Approve,
    Deny,
    Resume,         // what was waited for has come
    GiveUpWaiting,  // the requester never answered
    CloseQuietly,   // nobody contradicted the resolution
};

std::string_view name(Step step);  // "take", "hold", …

// Who somebody is to a request. One person may be several: an agent who needs a laptop too.
enum class Party : std::uint8_t { Requester = 1, Agent = 2, System = 4 };

class Parties {
  public:
    constexpr Parties() = default;
    constexpr Parties(Party party)
        : bits_(static_cast<std::uint8_t>(party)) {}  // NOLINT: a party is a set of one
    [[nodiscard]] constexpr bool any_of(Parties others) const {
        return (bits_ & others.bits_) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    friend constexpr Parties operator|(Parties a, Parties b) {
        a.bits_ = static_cast<std::uint8_t>(a.bits_ | b.bits_);
        return a;
    }

  private:
    std::uint8_t bits_ = 0;
};

constexpr Parties operator|(Party a, Party b) {
    return Parties(a) | Parties(b);
}

// What must be true besides the state.
enum class Guard : std::uint8_t {
    None,
    AwaitsRequester,  // it is on hold for the requester's answer
    Unassigned,       // nobody has begun to work on it
};

struct Transition {
    domain::RequestState from;
    Step step;
    domain::RequestState
        to;  // InProgress means Open while nobody is assigned: never "assigned to nobody"
    Parties by;
    Guard guard = Guard::None;
};

// Closed, Cancelled and Denied have no row: they are final.
inline constexpr auto kRequestFlow = [] {
    using S = domain::RequestState;
    using enum Party;
    constexpr Parties kBoth = Requester | Agent;
    return std::to_array<Transition>({
        {S::New, Step::AskApproval, S::AwaitingApproval, System},
        {S::AwaitingApproval, Step::Approve, S::Open, System},
        {S::AwaitingApproval, Step::Deny, S::Denied, System},
        {S::New, Step::Route, S::Open, System},
        {S::Open, Step::Take, S::InProgress, Agent},
        {S::Open, Step::Hold, S::OnHold, Agent},
        {S::InProgress, Step::Hold, S::OnHold, Agent},
        {S::OnHold, Step::Answer, S::InProgress, Requester, Guard::AwaitsRequester},
        {S::OnHold, Step::Heard, S::InProgress, System},
        {S::OnHold, Step::Resume, S::InProgress, System},
        {S::OnHold, Step::GiveUpWaiting, S::Resolved, System, Guard::AwaitsRequester},
        {S::New, Step::Resolve, S::Resolved, Agent},
        {S::Open, Step::Resolve, S::Resolved, Agent},
        {S::InProgress, Step::Resolve, S::Resolved, Agent},
        {S::OnHold, Step::Resolve, S::Resolved, Agent},
        {S::New, Step::Cancel, S::Cancelled, kBoth},
        {S::AwaitingApproval, Step::Cancel, S::Cancelled, kBoth},
        {S::Open, Step::Cancel, S::Cancelled, kBoth},
        {S::OnHold, Step::Cancel, S::Cancelled, Requester, Guard::Unassigned},
        {S::OnHold, Step::Cancel, S::Cancelled, Agent},
        {S::Resolved, Step::Confirm, S::Closed, Requester},
        {S::Resolved, Step::CloseQuietly, S::Closed, System},
        {S::Resolved, Step::Reopen, S::InProgress, kBoth},
    });
}();

// As much of a request as the table asks about.
struct Situation {
    domain::RequestState state = domain::RequestState::New;
    std::optional<domain::HoldReason> hold_reason;
    bool is_assigned = false;
};

Situation situation_of(const domain::Request& request);

// Where `step` leads for somebody who is `parties` to the request.
// Errors: Conflict when the step is not open in this situation; Forbidden when it is, but not to
// them.
Result<domain::RequestState> advance(const Situation& now, Step step, Parties parties);

// The steps open to `parties`, in table order, so that buttons keep their places; none twice. Empty
// when there is none.
std::vector<Step> open_steps(const Situation& now, Parties parties);

// Whether words may still be added to the conversation: not once it is closed, cancelled or denied.
bool is_final(domain::RequestState state);

}  // namespace ventanilla::rules
