#pragma once

#include <span>
#include <string_view>

#include "server/api/services.hpp"

// The table of contents of the API.

namespace ventanilla::api {

enum class Access : std::uint8_t {
    Anyone,
    Person,  // with a session, and from the device it belongs to
    Stream,  // with a session; EventSource cannot name its device
};

using Handler = Result<HttpResponse> (*)(const HttpRequest&, const Session&, const Services&);

struct Route {
    std::string_view method;  // "GET" answers HEAD too
    std::string_view path;
    Access access;
    std::size_t body_bytes_max;
    Handler handler;
};

// A few dozen at most: they are looked through one after another.
std::span<const Route> routes();

// One resource a file.
Result<HttpResponse> get_health(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_ready(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_setup(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_setup(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_session(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_login(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_logout(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_password(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_push(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_pull(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_live(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_status(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_quarantine(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_banner(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> post_slot(const HttpRequest&, const Session&, const Services&);
Result<HttpResponse> get_article_style(const HttpRequest&, const Session&, const Services&);

}  // namespace ventanilla::api
