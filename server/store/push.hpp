#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "server/store/store.hpp"
#include "shared/sync/protocol.hpp"

// What the server makes of commands. Source: sync.md 2.4.

namespace ventanilla::store {

struct PushContext {
    Id user;  // from the session, never from the message
    Id device;
    Instant now;
    commands::Created clock;  // the device's clocks when it sent this
    // Told about commands that broke `decide`: a bug of ours, kept from harming the others.
    std::function<void(std::string_view)> on_bug;
};

// One result per command, in their order. Those with a receipt are answered from it; the others are
// decided with today's permissions and leave rows, history and receipt in `transaction`. Valid once
// it is committed. Errors: NotFound when the person has no active account.
Result<std::vector<sync::CommandResult>> push(Transaction& transaction,
                                              const std::vector<sync::PushCommand>& commands,
                                              const PushContext& context);

// The same for one command of somebody whose permissions the caller vouches for: the command line
// acts as the server itself.
sync::CommandResult push_as(Transaction& transaction,
                            const commands::Command& command,
                            const commands::Actor& actor,
                            const PushContext& context);

}  // namespace ventanilla::store
