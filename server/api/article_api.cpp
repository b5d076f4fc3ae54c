#include "server/api/article_api.hpp"

#include <algorithm>

#include "server/api/guards.hpp"
#include "server/http/log.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::api {
namespace {

using domain::Row;
using domain::RowRef;
using domain::RowType;

// "KB0005-vpn" of "/articulos/KB0005-vpn/"; empty when that is no article's address.
std::string_view segment_of(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    for (const std::string_view folder : {"/articulos/", "/articles/"}) {
        if (!path.starts_with(folder)) continue;
        const std::string_view segment = path.substr(folder.size());
        return segment.find('/') == std::string_view::npos ? segment : std::string_view{};
    }
    return {};
}

// Numbers come before the words: "KB0005-vpn" is KB0005.
std::string number_of(std::string_view path) {
    const Result<std::string> key = http::percent_decoded(segment_of(path));
    return key ? key->substr(0, key->find('-')) : std::string{};
}

std::optional<PortalPage> page_of(const http::Site* site) {
    if (site == nullptr) return std::nullopt;
    Result<PortalPage> page = PortalPage::cut(site->text_of("/index.html"));
    if (page) return std::move(page).value();
    http::log(http::Level::Warning,
              concat("articles are served without their text: ", page.error().detail));
    return std::nullopt;
}

template <class Value>
std::optional<Value> visible(const store::Snapshot& snapshot,
                             const RowRef& ref,
                             const std::vector<domain::Audience>& audiences,
                             Result<Value> (*read)(const Row&)) {
    if (!snapshot.is_visible(ref, audiences)) return std::nullopt;
    const std::optional<Row> row = snapshot.find(ref);
    if (!row) return std::nullopt;
    Result<Value> value = read(*row);
    return value ? std::optional<Value>(std::move(value).value()) : std::nullopt;
}

}  // namespace

ArticlePages::ArticlePages(const Services& services, const http::Site* site)
    : services_(services), page_(page_of(site)) {}

bool ArticlePages::is_article_path(std::string_view path) {
    return !segment_of(path).empty();
}

std::optional<ArticlePages::Found> ArticlePages::find(const Session& session,
                                                      std::string_view number) {
    std::optional<Found> found;
    const std::vector<domain::Audience> audiences = session.actor.audiences();
    const auto job = [&](const store::Snapshot& snapshot) {
        for (const Id& id : numbers_.find(snapshot, number)) {
            auto article =
                visible(snapshot, {RowType::Article, id}, audiences, domain::article_from);
            if (!article) continue;
            found = Found{std::move(*article), {}};
            break;
        }
        if (!found) return ok();
        for (const std::string& key : found->article.items) {
            const RowRef ref{RowType::CatalogItem, domain::id_of_key(RowType::CatalogItem, key)};
            auto item = visible(snapshot, ref, audiences, domain::catalog_item_from);
            if (item) found->items.push_back(std::move(*item));
        }
        return ok();
    };
    if (!services_.store.read(job)) return std::nullopt;
    return found;
}

std::optional<HttpResponse> ArticlePages::answer(const HttpRequest& request) {
    if (!page_ || refuse_foreign(request)) return std::nullopt;
    // A navigation cannot name its device, as an event stream cannot.
    const Result<Session> session = session_of(request, Access::Stream, services_);
    if (!session) return std::nullopt;
    const std::optional<Found> found = find(*session, number_of(request.path));
    if (!found) return std::nullopt;
    HttpResponse response;
    response.with("content-type", "text/html; charset=utf-8")
        .with("cache-control", "private, no-store");
    response.body = article_page(*page_, found->article, found->items, session->actor.lang, services_.clock());
    return response;
}

// GET /article.css
Result<HttpResponse> get_article_style(const HttpRequest&, const Session&, const Services&) {
    HttpResponse response;
    response.with("content-type", "text/css; charset=utf-8")
        .with("cache-control", "public, max-age=31536000, immutable");
    response.body = article_style();
    return response;
}

}  // namespace ventanilla::api
