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
};

// Runs until a signal. Errors: in words for the person who started it.
Status serve(const ServeOptions& options);

}  // namespace ventanilla::admin
