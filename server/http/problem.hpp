#pragma once

#include <string_view>

#include "server/http/message.hpp"
#include "shared/base/json.hpp"

// Errors as problem documents (RFC 9457): a code for programs, a sentence in the reader's language
// that says what to do next, never what happened inside.

namespace ventanilla::http {

// {"type", "title", "status", "code", "detail"} and the members of `extra`. The sentence belongs to
// `code`; a code without one gets that of its status.
HttpResponse problem(int status,
                     std::string_view code,
                     std::string_view lang,
                     const Json& extra = Json::object());

// The one mapping from errors to statuses: 422, 404, 403, 409, 413, 503 and 503.
HttpResponse problem_of(const Error& error, std::string_view lang);

// The sentence alone.
std::string_view sentence(int status, std::string_view code, std::string_view lang);

}  // namespace ventanilla::http
