#pragma once

#include <string>

#include "server/auth/password.hpp"
#include "server/auth/sessions.hpp"
#include "server/auth/system.hpp"
#include "server/auth/throttle.hpp"
#include "server/http/message.hpp"
#include "server/http/problem.hpp"
#include "server/store/store.hpp"
#include "shared/sync/protocol.hpp"

// What handlers work with. One struct, because the API is small; a handler takes from it the two or
// three things it needs.

namespace ventanilla::api {

using auth::Session;
using http::HttpRequest;
using http::HttpResponse;

// What does not change while the server runs.
struct Facts {
    bool is_secure = false;     // cookies may say so
    std::string build = "dev";  // of the portal that is served
    std::string min_build;      // the oldest portal that may go on
};

class Door;
class PublicStatus;

struct Services {
    store::Store& store;
    auth::Sessions& sessions;
    auth::Passwords& passwords;
    auth::Throttle& throttle;
    auth::Clock clock;
    Random& random;
    const Facts& facts;
    Door& door;
    PublicStatus* public_status = nullptr;  // null: there is none
};

}  // namespace ventanilla::api
