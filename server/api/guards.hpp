#pragma once

#include <optional>

#include "server/api/routes.hpp"

// What stands before every handler: no request from another site, no session from another device.

namespace ventanilla::api {

// The refusal of a request that did not come from our own pages; nothing when it did, or changes
// nothing. Source: security.md 3.5.
std::optional<HttpResponse> refuse_foreign(const HttpRequest& request);

// The device the request says it comes from (X-Device); nil when it says nothing.
Id device_of(const HttpRequest& request);

std::string_view cookie_name(bool is_secure);
std::string_view token_of(const HttpRequest& request, bool is_secure);

// "Set-Cookie" for a token, or to forget it when `token` is empty.
std::string set_cookie(std::string_view token, Instant expires_at, Instant now, bool is_secure);

// Errors: NotFound when nobody is signed in; Forbidden when the cookie belongs to another device.
Result<Session> session_of(const HttpRequest& request, Access access, const Services& services);

// 401 with what to do, for the errors of session_of; 503 when the store did not answer.
HttpResponse refuse_session(const Error& error, std::string_view lang, bool is_secure);

}  // namespace ventanilla::api
