#pragma once

#include <string>
#include <vector>

#include "server/store/store.hpp"
#include "shared/commands/decide.hpp"
#include "shared/domain/person.hpp"

// One step of history: rows, who sees them, digests, the entry in the chain, the new head. Every
// change of shared data goes through here, so seq stays gapless and each step has exactly one entry
// (I5, I18).

namespace ventanilla::store {

// Who makes a step, for the chain.
struct Author {
    Id user;    // nil: the server itself
    Id device;  // nil likewise
    Id cmd_id;
    std::string type;       // of the command, or "system.…"
    std::string body_hash;  // 32 bytes; empty for the server's own steps
};

struct Applied {
    Seq seq = 0;
    std::uint64_t ver = 0;  // of the entity
    std::string number;     // of the entity, when it has one
};

// Writes the decision. Rows that need a number get the next one of the year of `now`.
Applied apply(Transaction& transaction,
              const commands::Decision& decision,
              const Author& author,
              Instant now);

// The rows disappear for everybody; those that do not exist are passed over.
Seq remove(Transaction& transaction,
           const std::vector<domain::RowRef>& refs,
           const Author& author,
           Instant now);

// Stores a person with login, audiences and memberships, all in one step; an unchanged person is
// none. Errors: Conflict when the login is somebody else's.
Status put_user(Transaction& transaction,
                const domain::User& user,
                const Author& author,
                Instant now);

// Today's permissions of a person. Errors: NotFound when there is none or the account is not
// active.
Result<commands::Actor> actor_of(const Snapshot& snapshot, const Id& user);

// A new history begins: after a restore, or when a client proved that this one went back in time.
// `restored_to`: up to where both histories are the same, as far as is known.
void begin_epoch(Transaction& transaction, const Id& epoch, Seq restored_to);

// Up to where the history `epoch` and the present one are the same: the lowest of all restores
// since; 0 for a history this store never heard of.
Seq common_with(const Snapshot& snapshot, const Id& epoch);

}  // namespace ventanilla::store
