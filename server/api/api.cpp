#include "server/api/api.hpp"

#include "server/api/door.hpp"
#include "server/api/guards.hpp"
#include "shared/recovery/advice.hpp"
#include "server/api/public_api.hpp"
#include "server/api/public_status.hpp"

namespace ventanilla::api {

std::size_t Api::body_bytes_max(std::string_view path) const {
    std::size_t bytes = 0;
    for (const Route& route : routes()) {
        if (route.path == path) bytes = std::max(bytes, route.body_bytes_max);
    }
    return bytes;
}

std::shared_ptr<const std::string> Api::at_hand(std::string_view path,
                                                std::string_view if_none_match) {
    return path == recovery::kBannerPath ? services_.door.banner_wire(if_none_match) : nullptr;
}

http::Gate Api::gate(const HttpRequest& head) {
    return services_.door.gate(head);
}

void Api::left(double units) {
    services_.door.left(units);
}

bool Api::is_quick(std::string_view path) const {
    if (path == recovery::kSlotPath || path == recovery::kBannerPath) return true;
    if (is_public_path(path))
        return services_.public_status == nullptr || services_.public_status->is_ready(path);
    return !path.starts_with("/api/") && !path.starts_with("/s/") && path != "/readyz" &&
           !ArticlePages::is_article_path(path);
}

// The portal opens at an article's address however busy the server is; the text comes later.
HttpResponse Api::busy(const HttpRequest& request) {
    const bool is_page = request.method != "POST" && ArticlePages::is_article_path(request.path);
    return is_page && site_ != nullptr ? site_->serve(request) : Application::busy(request);
}

HttpResponse Api::answer(const Route& route, const HttpRequest& request) {
    const std::string_view lang = http::language_of(request);
    if (auto refused = refuse_foreign(request)) return std::move(*refused);
    Session session;
    if (route.access != Access::Anyone) {
        Result<Session> found = session_of(request, route.access, services_);
        if (!found) return refuse_session(found.error(), lang, services_.facts.is_secure);
        session = std::move(found).value();
    }
    Result<HttpResponse> response = route.handler(request, session, services_);
    if (!response) return http::problem_of(response.error(), lang);
    return std::move(response).value();
}

HttpResponse Api::handle(const HttpRequest& request) {
    if (is_public_path(request.path)) return answer_public(request, services_.public_status);
    const std::string_view lang = http::language_of(request);
    const std::string_view method =
        request.method == "HEAD" ? "GET" : std::string_view{request.method};
    std::string allowed;
    for (const Route& route : routes()) {
        if (route.path != request.path) continue;
        if (route.method == method) return answer(route, request);
        if (!allowed.empty()) allowed += ", ";
        allowed += route.method;
    }
    if (!allowed.empty()) {
        HttpResponse response = http::problem(405, "method_not_allowed", lang);
        response.with("allow", allowed);
        return response;
    }
    const bool is_api = request.path.starts_with("/api/") || request.path.starts_with("/s/");
    if (is_api || site_ == nullptr) return http::problem(404, "not_found", lang);
    if (method != "GET") {
        HttpResponse response = http::problem(405, "method_not_allowed", lang);
        response.with("allow", "GET, HEAD");
        return response;
    }
    if (ArticlePages::is_article_path(request.path)) {
        if (auto page = articles_.answer(request)) return std::move(*page);
    }
    return site_->serve(request);
}

}  // namespace ventanilla::api
