#pragma once

#include <variant>

#include "server/store/store.hpp"
#include "shared/sync/protocol.hpp"

// What a person is sent of what changed since their cursor. Source: sync.md 2.5.

namespace ventanilla::store {

struct NotModified {};  // the cursor is at the head and nothing about the reader changed

// The reader's cursor lies on another history than this store's current one.
struct HistoryChanged {
    Id epoch;
    Seq restored_to = 0;
};

// A genuine cursor of this epoch that this store never reached: somebody put an old file back. The
// caller begins a new epoch (changes.hpp) and then answers as for HistoryChanged.
struct Rewound {};

struct TooOld {};  // below the horizon: start at the beginning, keep the outbox

using PullOutcome = std::variant<sync::PullResponse, NotModified, HistoryChanged, Rewound, TooOld>;

// Errors: Invalid for a cursor this server did not make for this person; NotFound when the person
// has no active account.
Result<PullOutcome> pull(const Snapshot& snapshot,
                         const Id& user,
                         const sync::PullQuery& query,
                         Instant now);

// base64url of the position and its MAC, which also covers the person. Source: sync.md 2.2.
std::string seal_cursor(const sync::CursorPosition& position,
                        const Id& user,
                        const std::string& mac_key);
Result<sync::CursorPosition> open_cursor(std::string_view cursor,
                                         const Id& user,
                                         const std::string& mac_key);  // Errors: Invalid.

}  // namespace ventanilla::store
