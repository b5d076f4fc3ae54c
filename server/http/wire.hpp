#pragma once

#include <string>

#include "server/http/message.hpp"

// Answers made before they are asked for. What is the same for everybody is put together once and
// sent as it lies, so that saying no, or showing the banner, costs next to nothing.

namespace ventanilla::http {

// Every byte of the answer to a GET or POST over HTTP/1.1, with the security headers and its
// length.
std::string to_wire(const HttpResponse& response, bool is_secure);

}  // namespace ventanilla::http
