#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/bench/http_client.hpp"

// Somebody signed in on a device of their own, and what they send. Shared by the load programs. A
// server that asks to wait is asked again when it said; everything else that is not the answer of a
// healthy server stops the program.

namespace ventanilla::bench {

[[noreturn]] void give_up(const std::string& what);

struct Person {
    std::string headers;  // whole lines: device and cookie
    sync::SessionInfo session;
    Id device;
};

// With the password of the demo company, from the address of an office: the server takes 60 sign-ins
// a minute from each.
Person sign_in(int port, std::string_view login, Random& random, std::size_t office = 0);

commands::Command command(Random& random, std::string type, Json args, const Id& entity);

// Sends them in one message. Shape: one result a command, all of them applied.
sync::PushResponse push(HttpClient& http,
                        const Person& person,
                        std::vector<commands::Command> commands);

// A new request about the network, as form INC-03 makes it; gives its id.
Id submit_request(HttpClient& http, const Person& person, Random& random);

commands::Command comment_on(const Id& request, Random& random);

// Something is broken for everybody; said by a spokesperson.
commands::Command outage_of_everybody(Random& random);

}  // namespace ventanilla::bench
