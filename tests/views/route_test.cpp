#include "wasm/views/route.hpp"

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::views {
namespace {

constexpr Page kPages[] = {Page::Home,
                           Page::Search,
                           Page::Catalogue,
                           Page::Form,
                           Page::Requests,
                           Page::Request,
                           Page::Article,
                           Page::Articles,
                           Page::Knowledge,
                           Page::NewArticle,
                           Page::EditArticle,
                           Page::Review,
                           Page::Status,
                           Page::Queue,
                           Page::QueueRequest,
                           Page::SignIn,
                           Page::Settings,
                           Page::Device,
                           Page::NewOutage,
                           Page::Outage,
                           Page::NotFound};

// What pages keep in their address.
Route random_route(Random& random) {
    const auto text = [&] {
        std::string out;
        const std::string_view letters = "abc XYZ019-~&=?/#%+ñé·«";
        for (std::uint64_t i = 1 + random.below(8); i > 0; --i) {
            std::size_t at = random.below(letters.size());
            while (at > 0 && (static_cast<unsigned char>(letters[at]) & 0xC0U) == 0x80U)
                --at;
            append_utf8(out, next_code_point(letters, at));
        }
        return out;
    };
    Route route{.page = kPages[random.below(std::size(kPages))]};
    switch (route.page) {
        case Page::Form:
        case Page::EditArticle:
        case Page::Review:
        case Page::Request:
        case Page::QueueRequest:
        case Page::Outage: route.key = text(); break;
        case Page::Article: route.key = concat("KB", random.below(9999)); break;
        case Page::Search:
        case Page::SignIn:
        case Page::Catalogue:
        case Page::Requests:
        case Page::Queue: route.query = text(); break;
        default: break;
    }
    return route;
}

TEST(Route, ComesBackFromItsAddress) {
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        SeededRandom random(seed);
        const Route route = random_route(random);
        const std::string url = to_url(route);
        EXPECT_EQ(parse_route(url), route) << "seed " << seed << ": " << url;
    }
}

TEST(Route, UnderstandsEnglishAddresses) {
    EXPECT_EQ(parse_route("/search?q=vpn"), (Route{Page::Search, "", "vpn"}));
    EXPECT_EQ(parse_route("/ask/INC-03"), (Route{Page::Form, "INC-03", ""}));
    EXPECT_EQ(parse_route("/requests/SOL-2026-000123/"),
              (Route{Page::Request, "SOL-2026-000123", ""}));
    EXPECT_EQ(parse_route("/articles"), (Route{Page::Articles, "", ""}));
    EXPECT_EQ(parse_route("/write/KB0005"), (Route{Page::EditArticle, "KB0005", ""}));
    EXPECT_EQ(parse_route("/outages/new"), (Route{Page::NewOutage, "", ""}));
    EXPECT_EQ(parse_route("/status#services"), (Route{Page::Status, "", ""}));
}

TEST(Route, WritesArticlesForPeopleAndReadsTheirNumber) {
    const std::string url = article_url("KB0005", "VPN: errores 809 y 720");
    EXPECT_EQ(url, "/articulos/KB0005-vpn-errores-809-y-720");
    EXPECT_EQ(parse_route(url), (Route{Page::Article, "KB0005", ""}));
    EXPECT_EQ(article_url("KB0009", "«¡!»"), "/articulos/KB0009");
}

TEST(Route, IsNobodysWhenNobodyHasIt) {
    for (const char* url : {"/nada", "/pedir/a/b", "/solicitudes//", "/%ff%fe", "/revision"})
        EXPECT_EQ(parse_route(url).page,
                  url == std::string("/solicitudes//") ? Page::Requests : Page::NotFound)
            << url;
}

TEST(Route, KeepsThePathThatIsNobodys) {
    EXPECT_EQ(parse_route("/travel/leave/?x=1"), (Route{Page::NotFound, "travel/leave", ""}));
}

TEST(Route, KeepsTheCodeOfARequestThatHasNoNumberYet) {
    EXPECT_EQ(to_url(Page::Request, "~7K2Q4"), "/solicitudes/~7K2Q4");
    EXPECT_EQ(parse_route("/solicitudes/~7K2Q4").key, "~7K2Q4");
}

}  // namespace
}  // namespace ventanilla::views
