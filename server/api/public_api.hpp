#pragma once

#include "server/api/services.hpp"

// What anybody may read, from any page: the public status, its feeds and its API. Without sessions,
// without cookies, the same for everybody. Source: outage.md 5.2.

namespace ventanilla::api {

// Whether `path` is answered here.
bool is_public_path(std::string_view path);

// GET and HEAD with ETag, OPTIONS for browsers that ask first; 405 for the rest.
HttpResponse answer_public(const HttpRequest& request, PublicStatus* status);

}  // namespace ventanilla::api
