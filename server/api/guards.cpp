#include "server/api/guards.hpp"

#include <algorithm>

#include "server/http/log.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::api {
namespace {

bool is_json(std::string_view type) {
    const std::size_t end = std::min(type.find(';'), type.size());
    return trimmed(type.substr(0, end)) == "application/json";
}

// "http://host:port" of Origin against Host. "null" and anything else is foreign.
bool is_own_origin(const HttpRequest& request) {
    std::string_view origin = request.header("origin");
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (origin.starts_with(scheme))
            return origin.substr(scheme.size()) == request.header("host");
    }
    return false;
}

bool is_cross_site(const HttpRequest& request) {
    const std::string_view site = request.header("sec-fetch-site");
    if (request.method == "POST") {
        if (!site.empty() && site != "same-origin") return true;
        const std::string_view origin = request.header("origin");
        if (!origin.empty() && !is_own_origin(request)) return true;
        return request.header("x-requested-by").empty();
    }
    return site == "cross-site" && request.header("sec-fetch-mode") != "navigate";
}

}  // namespace

std::optional<HttpResponse> refuse_foreign(const HttpRequest& request) {
    const std::string_view lang = http::language_of(request);
    if (is_cross_site(request)) return http::problem(403, "cross_site", lang);
    if (request.method == "POST" && !is_json(request.header("content-type")))
        return http::problem(415, "not_json", lang);
    return std::nullopt;
}

Id device_of(const HttpRequest& request) {
    const Result<Id> device = parse_id(request.header("x-device"));
    return device ? *device : Id{};
}

std::string_view cookie_name(bool is_secure) {
    return is_secure ? "__Host-sid" : "sid";
}

std::string_view token_of(const HttpRequest& request, bool is_secure) {
    return request.cookie(cookie_name(is_secure));
}

std::string set_cookie(std::string_view token, Instant expires_at, Instant now, bool is_secure) {
    const std::int64_t seconds =
        token.empty() ? 0 : std::max<std::int64_t>(0, (expires_at - now).count() / 1000);
    std::string cookie = concat(cookie_name(is_secure),
                                "=",
                                token,
                                "; Path=/; HttpOnly; SameSite=Strict; Max-Age=",
                                seconds);
    if (is_secure) cookie += "; Secure";
    return cookie;
}

Result<Session> session_of(const HttpRequest& request, Access access, const Services& services) {
    Session session = TRY(services.sessions.find(token_of(request, services.facts.is_secure)));
    const Id device = device_of(request);
    const bool is_silent = is_nil(device) && access == Access::Stream;
    if (!is_nil(session.device) && device != session.device && !is_silent) {
        http::log(http::Level::Warning,
                  concat("session ", to_text(session.id), " was used from another device"));
        return Errc::Forbidden;
    }
    return session;
}

HttpResponse refuse_session(const Error& error, std::string_view lang, bool is_secure) {
    if (error.code == Errc::Forbidden) return http::problem(401, "other_device", lang);
    if (error.code != Errc::NotFound) return http::problem_of(error, lang);
    HttpResponse response = http::problem(401, sync::problem::kSessionOver, lang);
    response.with("set-cookie", set_cookie({}, {}, {}, is_secure));
    return response;
}

}  // namespace ventanilla::api
