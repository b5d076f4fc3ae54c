#include "server/api/public_api.hpp"

#include <algorithm>
#include <array>

#include "server/api/public_status.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::api {
namespace {

constexpr std::string_view kMethods = "GET, HEAD, OPTIONS";
constexpr std::string_view kPage = "/public/status.html";
constexpr std::array<std::string_view, 4> kFeeds = {
    "/history.atom", "/history.rss", "/history.json", "/calendar.ics"};

// No script at all: there is none on these pages.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

void open_to_all(HttpResponse& response) {
    response.with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "ETag, Date")
        .with("cross-origin-resource-policy", "cross-origin");
}

HttpResponse preflight() {
    HttpResponse response;
    response.status = 204;
    response.with("allow", kMethods)
        .with("access-control-allow-methods", kMethods)
        .with("access-control-allow-headers", "If-None-Match, Content-Type, X-Requested-With")
        .with("access-control-max-age", "86400");
    open_to_all(response);
    return response;
}

bool names_etag(const HttpRequest& request, const std::string& etag) {
    const std::string_view wanted = request.header("if-none-match");
    return wanted == "*" || wanted.find(etag) != std::string_view::npos;
}

}  // namespace

bool is_public_path(std::string_view path) {
    return path.starts_with("/public/") || path.starts_with("/api/v2/") ||
           std::find(kFeeds.begin(), kFeeds.end(), path) != kFeeds.end();
}

HttpResponse answer_public(const HttpRequest& request, PublicStatus* status) {
    const std::string_view lang = http::language_of(request);
    if (request.method == "OPTIONS") return preflight();
    if (request.method != "GET" && request.method != "HEAD") {
        HttpResponse response = http::problem(405, "method_not_allowed", lang);
        response.with("allow", kMethods);
        return response;
    }
    const bool is_negotiated = request.path == kPage || request.path == "/public/status";
    const std::string path =
        is_negotiated ? concat("/public/status.", lang, ".html") : request.path;
    Result<PublicStatus::Bytes> found = Errc::NotFound;
    if (status != nullptr) found = status->file(path);
    if (!found) {
        HttpResponse response = http::problem_of(found.error(), lang);
        open_to_all(response);
        return response;
    }
    HttpResponse response;
    response.with("content-type", found->type)
        .with("etag", found->etag)
        .with("cache-control", "public, max-age=15, stale-if-error=86400")
        .with("content-security-policy", kPolicy);
    if (is_negotiated) response.with("vary", "accept-language").with("content-location", path);
    open_to_all(response);
    if (names_etag(request, found->etag))
        response.status = 304;
    else
        response.shared_body = found->text;
    return response;
}

}  // namespace ventanilla::api
