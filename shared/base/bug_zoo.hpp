#pragma once

#include <cstdint>
#include <string_view>

// Bugs planted on purpose. The simulator's build turns one of them on and must notice (make sim, --zoo):
// a checker that catches nothing proves nothing. In every other build bug() is false at compile time and
// nothing of this is in the program. Each name stands at exactly the line it breaks.

namespace ventanilla {

enum class Bug : std::uint8_t {
    None,
    // The portal's engine (shared/sync).
    AckBeforeComplete,     // "Saved on this device" before the transaction completed
    ForgetLaneHold,        // sends what depends on a rejected command
    DropOnReject,          // a rejected command vanishes
    ClearOutboxOnResync,   // 410 takes the outbox with the base
    CursorBeforeRows,      // the stored cursor moves ahead of the stored rows
    ApplyPartialPull,      // a page takes effect before the pull is complete
    NewIdOnRetry,          // an unanswered command is sent again under another id
    StopAfterFirstError,   // one command that fails keeps all others waiting
    RetryTimerIdle,        // the retry timer only returns to idle
    TrustCaptivePortal,    // a 200 with a web page counts as an answer
    ConfirmOnHead,         // "confirmed" as soon as the server's head is high enough
    IgnoreGone,            // rows that are gone stay
    KeepDroppedGroup,      // losing an audience keeps its rows
    SkipRefold,            // own pending commands are not shown over new base rows
    UnfencedBase,          // a tab that lost the lead still writes the base
    TrustDamagedOutbox,    // a damaged outbox file is deleted at boot
    // The store and the server.
    SkipReceipt,           // applied without a receipt
    ReuseSeq,              // two commands get one seq
    SkipSeq,               // a seq is left out
    DropOutSeq,            // leaving an audience is not recorded
    PullPastSnapshot,      // the next cursor stands ahead of the rows that were sent
    AnswerBeforeCommit,    // the reply is sent although the commit failed
    ForgetBackfill,        // a new audience brings only its new rows
    LeakHiddenRow,         // a pull sends rows of audiences the reader does not hold
    ChangeRejection,       // a rejected command is decided anew when it is asked again
};

#ifdef VENTANILLA_BUG_ZOO
inline Bug g_planted_bug = Bug::None;  // the simulator sets it before a run
inline bool bug(Bug which) { return g_planted_bug == which; }
#else
constexpr bool bug(Bug) { return false; }
#endif

}  // namespace ventanilla
