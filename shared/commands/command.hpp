#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/domain/row.hpp"

// What a person wants done, as data: it waits in the outbox, travels, and is decided. Never "put
// this row", so an old client cannot erase fields it does not know (sync.md 2.1).

namespace ventanilla::commands {

// When it was made, by clocks nobody trusts: they inform, they never order (sync.md 2.11).
struct Created {
    Instant wall;                // the device's clock
    std::int64_t mono_ms = 0;    // since the page began, comparable only within one `boot`
    std::string boot;            // id of that page's life
    std::int64_t offset_ms = 0;  // server minus device, as last measured
};

struct Command {
    Id cmd_id;         // random; the idempotency key
    std::string type;  // "request.submit"; the closed list is in decide.hpp
    int type_version = 1;
    Json args = Json::object();
    std::string lane;      // "request:9f…": order is kept inside a lane only
    std::vector<Id> deps;  // commands of other lanes that must have been applied before
    std::map<std::string, std::uint64_t>
        base;  // "request:9f…" -> version the person was looking at
    Created created;
};

// The wire form of sync.md 2.4, without what only the device keeps.
Json to_json(const Command& command);

// Errors: Invalid with the field at fault; TooLarge over limits::kCommandBytesMax.
Result<Command> command_from_json(const Json& value);

}  // namespace ventanilla::commands
