#pragma once

#include <optional>

#include "server/api/article_numbers.hpp"
#include "server/api/article_page.hpp"
#include "server/api/services.hpp"
#include "server/http/site.hpp"

// GET /articulos/KB0005-words and /articles/…: the portal's page, with the article in it for who
// may read it. For everybody else, and for what does not exist, it is the page anybody gets.

namespace ventanilla::api {

class ArticlePages {
  public:
    // `site` may be null: there is no portal to serve, and no page to put an article in.
    ArticlePages(const Services& services, const http::Site* site);

    // Whether `path` is an article's address in the portal (wasm/views/route.hpp).
    [[nodiscard]] static bool is_article_path(std::string_view path);

    // The page with the article; nothing when the ordinary page is the answer, whatever the reason.
    // It is `no-store`: what a person reads stays on no device that the portal cannot clear.
    std::optional<HttpResponse> answer(const HttpRequest& request);

  private:
    struct Found {
        domain::Article article;
        std::vector<domain::CatalogItem> items;
    };

    std::optional<Found> find(const Session& session, std::string_view number);

    const Services& services_;
    std::optional<PortalPage> page_;
    ArticleNumbers numbers_;
};

}  // namespace ventanilla::api
