#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/catalog.hpp"

// An article as plain HTML inside the portal's own page: what a browser shows until the portal has
// drawn, what stays when it cannot, and all there is without JavaScript. Knows nothing of who asks.

namespace ventanilla::api {

// The portal's page cut open where an article goes in. The title, the description, the language
// and the skeleton are replaced; scripts and everything the portal needs stay as they are.
class PortalPage {
  public:
    // What goes into each hole, in the order of the page.
    enum Hole { Language, Title, Style, Description, Skeleton, NoScript, Body, kHoles };
    using Fillings = std::array<std::string, kHoles>;

    // Errors: Invalid, naming what `page` (public/index.html) lacks.
    static Result<PortalPage> cut(std::string_view page);

    [[nodiscard]] std::string filled(const Fillings& fillings) const;

  private:
    std::array<std::string, kHoles + 1> between_;  // what stands before, between and behind holes
};

// The article in `lang`, or in the other one with a sentence that says so, as there is when it is no
// longer valid at `now`. `items` are what is offered beside it. Cost: linear in the article.
std::string article_page(const PortalPage& page,
                         const domain::Article& article,
                         const std::vector<domain::CatalogItem>& items,
                         domain::Lang lang,
                         Instant now);

std::string_view article_style();  // CSS, in the portal's colours

// Where article_style() is served; its query changes with it.
inline constexpr std::string_view kArticleStylePath = "/article.css";

}  // namespace ventanilla::api
