#include <algorithm>

#include <gtest/gtest.h>

#include "shared/content/markdown.hpp"
#include "server/store/accounts.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/article.hpp"
#include "shared/rules/visibility.hpp"
#include "tests/server/support_desk.hpp"

// An article's address asked for by a browser: the portal's page, with the text in it for those who
// may read it. The page is the real one, public/index.html.

namespace ventanilla::server_test {
namespace {

using domain::RowRef;
using domain::RowType;

const http::Site& site() {
    static const http::Site kSite = [] {
        Result<http::Site> loaded = http::Site::load(VENTANILLA_SOURCE_DIR "/public");
        EXPECT_TRUE(loaded);
        return std::move(loaded).value();
    }();
    return kSite;
}

domain::ArticleText text_of(const std::string& title, const std::string& markdown) {
    domain::ArticleText text;
    text.title = title;
    text.blocks = domain::to_json(content::parse_markdown(markdown).blocks);
    return text;
}

domain::Article vpn() {
    domain::Article article;
    article.id = test_id("vpn");
    article.number = "KB0005";
    article.version = 3;
    article.owner = "Redes & VPN";
    article.reviewed_at = from_ms(1'772'535'600'000);  // 3 March 2026
    article.items = {"INC-01", "GONE-99"};
    article.es = text_of("VPN: \"809\" <y> 720",
                         "Mira [otro](/articulos/KB0006).\n\n# Error 809\n\n1. Uno\n2. Dos\n\n"
                         "| a | b |\n|---|---|\n| 1 | `x<y` |\n\n> [!WARNING]\n> Cuidado.\n");
    article.es.summary = "Qué significan & cómo salir \"ya\".";
    article.en = text_of("The VPN", "Look [here](/pedir/INC-01).\n");
    return article;
}

domain::Article internal() {
    domain::Article article;
    article.id = test_id("internal");
    article.number = "KB0031";
    article.is_internal = true;
    article.es = text_of("Guion interno", "Lo que solo lee el equipo.\n");
    return article;
}

class ArticlePage : public testing::Test {
  protected:
    ArticlePage() {
        put(vpn());
        put(internal());
    }

    void put(const domain::Article& article) {
        ASSERT_TRUE(desk.store().write([&](store::Transaction& transaction) {
            store::put_own_row(transaction,
                               {RowType::Article, article.id},
                               domain::to_json(article),
                               rules::audiences_of(article),
                               desk.now);
            return ok();
        }));
    }

    // As a browser goes to an address: with the cookie, without a device.
    static http::HttpRequest visit(Person who, const std::string& target) {
        who.device = {};
        http::HttpRequest request = request_of(who, "GET", target);
        request.headers.emplace_back("sec-fetch-mode", "navigate");
        return request;
    }

    Answer open(const Person& who, const std::string& target) {
        return desk.send(visit(who, target));
    }

    void speaks_english(const Person& who) {
        ASSERT_TRUE(desk.store().write([&](store::Transaction& transaction) -> Status {
            const auto row = transaction.find({RowType::User, who.user});
            domain::User user = TRY(domain::user_from(*row));
            user.lang = domain::Lang::En;
            return store::put_account(transaction, user, {}, desk.now);
        }));
    }

    Desk desk{&site()};
};

bool says(const Answer& answer, std::string_view words) {
    return answer.body.find(words) != std::string::npos;
}

TEST_F(ArticlePage, StandsInThePortalsPageForWhoMayReadIt) {
    const Answer page = open(desk.ada, "/articulos/KB0005-vpn-809-y-720");
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("cache-control"), "private, no-store");
    EXPECT_EQ(page.header("etag"), "");
    for (const char* words :
         {"<title>VPN: &quot;809&quot; &lt;y&gt; 720 · Ventanilla</title>",
          "content=\"Qué significan &amp; cómo salir &quot;ya&quot;.\"",
          "<h1 lang=\"es\">VPN: &quot;809&quot; &lt;y&gt; 720</h1>",
          "KB0005 v3 · <time datetime=\"2026-03-03\">revisado el 3 mar 2026</time> · Redes &amp; "
          "VPN",
          "<a href=\"/articulos/KB0006\">otro</a>",
          "<h2><a name=\"error-809\"></a>Error 809</h2>",
          "<ol>\n<li>Uno</li>\n<li>Dos</li>\n</ol>",
          "<td><code>x&lt;y</code></td>",
          "<aside class=\"callout warning\">\n<p class=\"title\">Atención</p>\n<p>Cuidado.</p>",
          "<h2>Si no te sirvió</h2>\n<ul>\n<li><a href=\"/pedir/INC-01\">Algo no "
          "funciona</a></li>\n</ul>",
          "<script src=\"{{boot.js}}\" defer></script>",
          "<canvas id=\"canvas\"",
          "<section id=\"trouble\""})
        EXPECT_TRUE(says(page, words)) << words << "\n" << page.body;
    EXPECT_FALSE(says(page, "id=\"skeleton\"")) << "it would lie over the article";
    EXPECT_FALSE(says(page, "Ventanilla necesita JavaScript"));
    EXPECT_FALSE(says(page, "GONE-99"));
}

TEST_F(ArticlePage, ItsStyleSheetIsServedAndNamesNoColourOfItsOwn) {
    const Answer page = open(desk.ada, "/articulos/KB0005");
    const std::size_t at = page.body.find("/article.css?");
    ASSERT_NE(at, std::string::npos);
    const Answer style = open({}, page.body.substr(at, page.body.find('"', at) - at));
    EXPECT_EQ(style.status, 200);
    EXPECT_EQ(style.header("content-type"), "text/css; charset=utf-8");
    EXPECT_TRUE(says(style, "html.drawn .article-page { display: none; }"));
    EXPECT_FALSE(says(style, "#")) << "the tokens of the portal's page hold here too";
    EXPECT_FALSE(says(page, "style=")) << "the policy would block it";
}

struct Reading {
    const char* who;  // login; empty: nobody
    const char* path;
    const char* title;  // empty: the ordinary page
};

constexpr Reading kReadings[] = {
    {"ada", "/articulos/KB0005", "<title>VPN"},
    {"ada", "/articulos/KB0005/", "<title>VPN"},
    {"ada", "/articulos/kb0005-otras-palabras", "<title>VPN"},
    {"ada", "/articles/KB0005-vpn", "<title>VPN"},
    {"ada", "/articulos/%4BB0005", "<title>VPN"},
    {"ivan", "/articulos/KB0031", "<title>Guion interno"},
    {"hana", "/articulos/KB0031-x", "<title>Guion interno"},
    {"ada", "/articulos/KB0031", ""},
    {"bob", "/articulos/KB0031-guion-interno", ""},
    {"", "/articulos/KB0005", ""},
    {"", "/articulos/KB0031", ""},
    {"ada", "/articulos/KB9999", ""},
    {"ada", "/articulos/", ""},
    {"ada", "/articulos", ""},
    {"ada", "/articulos/KB0005/x", ""},
    {"ada", "/articulos/-KB0005", ""},
    {"ada", "/articulos/%00", ""},
    {"ada", "/articulos/%ZZ", ""},
    {"ada", "/articulo/KB0005", ""},
    {"ada", "/", ""},
};

TEST_F(ArticlePage, IsTheOrdinaryPageByteForByteForEverybodyElse) {
    const Person nobody;
    for (const Reading& reading : kReadings) {
        SCOPED_TRACE(concat(reading.who, " opens ", reading.path));
        const std::string login = reading.who;
        const Person& who = login == "ada"    ? desk.ada
                            : login == "bob"  ? desk.bob
                            : login == "ivan" ? desk.ivan
                            : login == "hana" ? desk.hana
                                              : nobody;
        const Answer page = open(who, reading.path);
        if (*reading.title != '\0') {
            EXPECT_TRUE(says(page, reading.title));
            continue;
        }
        const http::HttpResponse ordinary = site().serve(visit(who, reading.path));
        EXPECT_EQ(page.status, ordinary.status);
        EXPECT_EQ(page.headers, ordinary.headers);
        EXPECT_EQ(page.body, ordinary.content());
    }
}

TEST_F(ArticlePage, NeedsAGoodSessionAndAVisitOfOurOwn) {
    const std::string ordinary = site().text_of("/index.html");
    Person forged = desk.ada;
    forged.cookie = "sid=" + std::string(43, 'A');
    EXPECT_EQ(open(forged, "/articulos/KB0005").body, ordinary);

    http::HttpRequest fetched = visit(desk.ada, "/articulos/KB0005");
    fetched.headers = {{"host", "desk.example"},
                       {"cookie", desk.ada.cookie},
                       {"sec-fetch-site", "cross-site"},
                       {"sec-fetch-mode", "no-cors"}};
    EXPECT_EQ(desk.send(fetched).body, ordinary);

    Person thief = desk.ada;
    thief.device = test_id("thief");
    EXPECT_EQ(desk.get(thief, "/articulos/KB0005").body, ordinary);

    EXPECT_EQ(desk.post(desk.ada, "/api/v1/session/logout", Json::object()).status, 200);
    EXPECT_EQ(open(desk.ada, "/articulos/KB0005").body, ordinary);
}

TEST_F(ArticlePage, IsWrittenInThePersonsLanguageOrSaysThatItIsNot) {
    speaks_english(desk.ada);
    speaks_english(desk.ivan);
    const Answer english = open(desk.ada, "/articulos/KB0005");
    EXPECT_TRUE(says(english, "<html lang=\"en\""));
    EXPECT_TRUE(says(english, "<title>The VPN · Ventanilla</title>"));
    EXPECT_TRUE(says(english, "content=\"Look here.\"")) << "without a summary its first words";
    EXPECT_TRUE(says(english, "<article lang=\"en\">"));
    EXPECT_TRUE(says(english, "Something is broken</a>"));
    EXPECT_FALSE(says(english, "not been translated"));

    const Answer spanish = open(desk.ivan, "/articulos/KB0031");
    EXPECT_TRUE(says(spanish, "<html lang=\"en\""));
    EXPECT_TRUE(says(spanish, "<h1 lang=\"es\">Guion interno</h1>"));
    EXPECT_TRUE(says(spanish, "This article has not been translated yet: it is shown in Spanish."));
    EXPECT_TRUE(says(spanish, "<article lang=\"es\">"));
}

TEST_F(ArticlePage, FollowsWhatHappensToTheArticle) {
    domain::Article article = vpn();
    EXPECT_TRUE(says(open(desk.ada, "/articulos/KB0005"), "<title>VPN"));
    article.number = "KB0077";
    put(article);
    EXPECT_FALSE(says(open(desk.ada, "/articulos/KB0005"), "<title>VPN"));
    EXPECT_TRUE(says(open(desk.ada, "/articulos/KB0077"), "<title>VPN"));
    article.is_internal = true;
    put(article);
    EXPECT_FALSE(says(open(desk.ada, "/articulos/KB0077"), "VPN"));
    EXPECT_TRUE(says(open(desk.ivan, "/articulos/KB0077"), "<title>VPN"));
    ASSERT_TRUE(desk.store().write([&](store::Transaction& transaction) {
        store::remove(transaction, {{RowType::Article, article.id}}, {}, desk.now);
        return ok();
    }));
    EXPECT_FALSE(says(open(desk.ivan, "/articulos/KB0077"), "<title>VPN"));
}

TEST_F(ArticlePage, SaysWhenItIsNoLongerValid) {
    domain::Article article = vpn();
    article.valid_to = desk.now + std::chrono::hours(1);
    put(article);
    EXPECT_FALSE(says(open(desk.ada, "/articulos/KB0005"), "dejó de ser válido"));
    article.valid_to = desk.now;
    put(article);
    EXPECT_TRUE(says(open(desk.ada, "/articulos/KB0005"), "dejó de ser válido"));
}

TEST_F(ArticlePage, TwoArticlesOfOneNumberAreToldApartByWhoMayReadThem) {
    domain::Article secret = internal();
    secret.number = "KB0005";
    put(secret);
    EXPECT_TRUE(says(open(desk.ada, "/articulos/KB0005"), "<title>VPN"));
}

TEST_F(ArticlePage, AnswersHeadAndRefusesOtherMethods) {
    http::HttpRequest head = visit(desk.ada, "/articulos/KB0005");
    head.method = "HEAD";
    EXPECT_EQ(desk.send(head).headers, open(desk.ada, "/articulos/KB0005").headers);
    EXPECT_EQ(desk.send(head).body, open(desk.ada, "/articulos/KB0005").body)
        << "the connection keeps the length and drops the body";
    EXPECT_EQ(desk.post(desk.ada, "/articulos/KB0005", Json::object()).status, 405);
    EXPECT_FALSE(desk.api().is_quick("/articulos/KB0005")) << "it reads the store";
    EXPECT_TRUE(desk.api().is_quick("/"));
}

TEST_F(ArticlePage, IsTheOrdinaryPageWhenTheServerHasNoWorkerLeft) {
    const http::HttpResponse page = desk.api().busy(visit(desk.ada, "/articulos/KB0005"));
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content(), site().text_of("/index.html"));
    EXPECT_EQ(desk.api().busy(visit(desk.ada, "/api/v1/sync/pull")).status, 503);
    http::HttpRequest post = visit(desk.ada, "/articulos/KB0005");
    post.method = "POST";
    EXPECT_EQ(desk.api().busy(post).status, 503);
}

TEST_F(ArticlePage, NothingOfAnArticleBecomesPartOfThePage) {
    domain::Article article = vpn();
    article.es = text_of("</title><script>x</script>",
                         "## Canvas\n\n## Mirror\n\n</main><script>alert(1)</script>\n\n"
                         "[x](javascript:alert(1))\n\n`</article>`\n");
    article.es.summary = "\"><script>x</script>";
    article.owner = "<b>";
    put(article);
    const Answer page = open(desk.ada, "/articulos/KB0005");
    const std::string ordinary = site().text_of("/index.html");
    const auto count = [](std::string_view text, std::string_view part) {
        int times = 0;
        for (std::size_t at = text.find(part); at != std::string_view::npos;
             at = text.find(part, at + part.size()))
            ++times;
        return times;
    };
    for (const char* tag : {"<script", "<title", "<canvas", "id=\"canvas\"", "id=\"mirror\""})
        EXPECT_EQ(count(page.body, tag), count(ordinary, tag)) << tag;
    EXPECT_EQ(count(page.body, "</main>"), 1);
    EXPECT_EQ(count(page.body, "javascript:"), 0);
    EXPECT_TRUE(says(page, "<a name=\"canvas\"></a>"));
}

TEST(ServiceWorker, KeepsWhatItInstalledAndNoPageItFetched) {
    const std::string worker = site().text_of("/sw.js");
    EXPECT_NE(worker.find("cache.addAll(FILES.map("), std::string::npos);
    for (const char* way : {".put(", ".add("})
        EXPECT_EQ(worker.find(way), std::string::npos) << "a page with an article would stay";
    EXPECT_EQ(worker.find("addAll("), worker.rfind("addAll(")) << "in install, and nowhere else";
}

TEST(PortalPage, SaysWhatIsMissingWhenThePortalsPageHasChanged) {
    const std::string whole = site().text_of("/index.html");
    ASSERT_TRUE(api::PortalPage::cut(whole));
    for (const char* mark : {"<html lang=\"",
                             "</title>",
                             "name=\"description\"",
                             "<div id=\"skeleton\"",
                             "<section id=\"trouble\"",
                             "</noscript>"}) {
        std::string lacking = whole;
        lacking.erase(lacking.find(mark), std::string_view(mark).size());
        EXPECT_FALSE(api::PortalPage::cut(lacking)) << mark;
    }
    const auto untouched = api::PortalPage::cut("no page at all");
    ASSERT_FALSE(untouched);
    EXPECT_NE(untouched.error().detail.find("<html lang="), std::string::npos);
}

TEST(ArticlePageSize, GrowsWithTheArticleAndNoFaster) {
    const auto page = api::PortalPage::cut(site().text_of("/index.html"));
    ASSERT_TRUE(page);
    const auto size = [&](int headings) {
        std::string markdown;
        for (int i = 0; i < headings; ++i)
            markdown += concat("## T\n\n", std::string(80, 'x'), "\n\n");
        domain::Article article;
        article.number = "KB1";
        article.es = text_of("Grande", markdown);
        return api::article_page(*page, article, {}, domain::Lang::Es, Instant{}).size();
    };
    const std::size_t small = size(5'000);
    const std::size_t large = size(10'000);
    EXPECT_GT(large, std::size_t{10'000} * 100);
    EXPECT_LT(large, small * 21 / 10);
}

}  // namespace
}  // namespace ventanilla::server_test
