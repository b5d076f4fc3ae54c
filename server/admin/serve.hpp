#pragma once

#include <string>

#include "server/http/server.hpp"
#include "shared/base/result.hpp"

// `ventanilla serve`: store, API, site, hints and the command line's socket, put together.

namespace ventanilla::admin {

struct ServeOptions {
    std::string data;
    std::string site;  // folder with the built portal; empty: the API alone
    http::ServerOptions http;

    // Of the public status.
    bool has_public_status = true;
    std::string name = "Ventanilla";  // above the page and in feeds
    std::string public_url;           // what its links begin with; empty: the address served
    std::string time_zone = "UTC";    // IANA, of the times on its pages
    std::string public_lang = "es";   // of what has one language only
};

// Runs until a signal. Errors: in words for the person who started it.
Status serve(const ServeOptions& options);

}  // namespace ventanilla::admin
