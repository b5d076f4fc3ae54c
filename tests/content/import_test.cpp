#include "server/content/import.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <gtest/gtest.h>

#include "server/content/html.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/blocks.hpp"

namespace ventanilla::content {
namespace {

using domain::Lang;

const domain::Article& article(const ImportReport& report, std::string_view path) {
    for (const ImportedPage& page : report.pages) {
        if (page.article.source_path == path) return page.article;
    }
    ADD_FAILURE() << "no page " << path;
    return report.pages.front().article;
}

std::string html(const domain::ArticleText& text) {
    const auto blocks = domain::blocks_from_json(text.blocks);
    return blocks ? to_html(*blocks) : "broken";
}

TEST(Import, AFolderOfPagesBecomesArticles) {
    const ImportReport report =
        import_files({{"a/uno.md",
                       "---\ntitle: \"Uno\"\nkeywords: x, y z\nredirect_from:\n  - /viejo/\n---\n# "
                       "Uno\n\nVer [dos](dos.md)"
                       " y [tres](../b/tres/#parte-dos) y [viejo](/viejo).\n"},
                      {"a/dos.md", "# Dos páginas\n\nLa de los dos. [Nada](nada.md)\n"},
                      {"b/tres.md", "Sin título de la página para los que leen.\n"}},
                     {.source = "test", .kept_paths = {}});
    ASSERT_EQ(report.pages.size(), 3U);
    const domain::Article& one = article(report, "a/uno.md");
    EXPECT_EQ(one.es.title, "Uno");
    EXPECT_EQ(one.es.keywords, "x  y z");
    EXPECT_EQ(one.addresses, (std::vector<std::string>{"viejo", "a/uno"}));
    const std::string two = article(report, "a/dos.md").number;
    const std::string three = article(report, "b/tres.md").number;
    EXPECT_EQ(html(one.es),
              concat("<p>Ver <a href=\"/articulos/",
                     two,
                     "\">dos</a> y <a href=\"/articulos/",
                     three,
                     "#parte-dos\">tres</a> y <a href=\"/articulos/",
                     one.number,
                     "\">viejo</a>.</p>\n"));
    EXPECT_EQ(article(report, "a/dos.md").es.title, "Dos páginas");
    EXPECT_EQ(article(report, "b/tres.md").es.title, "Tres");
    EXPECT_EQ(report.count(IssueKind::BrokenLink), 1U);
    EXPECT_EQ(report.count(IssueKind::NoTitle), 1U);
}

TEST(Import, TwoLanguagesOfAPageAreOneArticle) {
    const ImportReport report =
        import_files({{"05-vpn.es.md",
                       "---\nnumber: KB0005\ntitle: VPN\nitems: [INC-03, ACC-03]\ninternal: "
                       "true\n---\nTexto [x](/pedir/INC-03)\n"},
                      {"05-vpn.en.md", "---\ntitle: The VPN\n---\nText\n"}},
                     {.source = "demo", .now = from_ms(1'773'238'805'000)});
    ASSERT_EQ(report.pages.size(), 1U);
    const domain::Article& one = report.pages.front().article;
    EXPECT_EQ(one.number, "KB0005");
    EXPECT_EQ(one.es.title, "VPN");
    EXPECT_EQ(one.en.title, "The VPN");
    EXPECT_TRUE(one.is_internal);
    EXPECT_EQ(one.items, (std::vector<std::string>{"INC-03", "ACC-03"}));
    EXPECT_EQ(html(one.es), "<p>Texto <a href=\"/pedir/INC-03\">x</a></p>\n");
    EXPECT_TRUE(report.issues.empty());
}

TEST(Import, ImportingAgainGivesTheSameIdsAndNumbers) {
    const std::vector<SourceFile> files = {{"x.md", "# The x\n"}, {"y.md", "# The y of it\n"}};
    std::vector<SourceFile> more = files;
    more.insert(more.begin(), {"a.md", "# The a\n"});
    const ImportReport first = import_files(files, {});
    const ImportReport second = import_files(more, {});
    EXPECT_EQ(article(first, "y.md").id, article(second, "y.md").id);
    EXPECT_EQ(article(first, "y.md").number, article(second, "y.md").number);
    EXPECT_EQ(article(first, "y.md").en.title, "The y of it") << "the language shows in the text";
}

TEST(Import, TemplateInstructionsAreReadOrReported) {
    const ImportReport report =
        import_files({{"a.md",
                       "---\ntitle: A\n---\n{% comment %}nada\n{% endcomment %}\n[b]({% page "
                       "\"b/\" %}) {{ site.base_url }}"
                       "{% include \"x.html\" %}\n\n{% alert \"Aviso\" %}\nLee esto.\n{% endalert "
                       "%}\n\n```\n{{ literal }}\n```\n"
                       "{% raw %}{{ x }}{% endraw %} {% slack_channel \"help\" %}\n"},
                      {"b.md", "# B\n"}},
                     {.lang = Lang::Es});
    const domain::Article& a = article(report, "a.md");
    const std::string text = plain_text(a.es) + plain_text(a.en);
    EXPECT_NE(text.find("b"), std::string::npos);
    EXPECT_NE(text.find("Aviso\nLee esto."), std::string::npos) << text;
    EXPECT_NE(text.find("{{ literal }}"), std::string::npos) << text;
    EXPECT_NE(text.find("{{ x }} #help"), std::string::npos) << text;
    EXPECT_EQ(text.find("nada"), std::string::npos);
    EXPECT_EQ(report.count(IssueKind::Shortcode), 1U);
    EXPECT_EQ(report.count(IssueKind::BrokenLink), 0U);
}

TEST(Import, AFragmentFindsItsHeadingHoweverItIsWritten) {
    const ImportReport report = import_files(
        {{"a.md", "# La A de los\n\n[x](#mi-parte--dos) [y](#no)\n\n## Mi parte & dos\n"}}, {});
    EXPECT_EQ(html(report.pages[0].article.es),
              "<p><a href=\"#mi-parte-dos\">x</a> y</p>\n<h2 id=\"mi-parte-dos\">Mi parte &amp; "
              "dos</h2>\n");
    EXPECT_EQ(report.count(IssueKind::BrokenLink), 1U);
}

TEST(Import, LinksFindFilesWhoseNamesHaveBlanksAndAccents) {
    const ImportReport report =
        import_files({{"a.md", "# La A\n\n[x](<mi página.md#qué-es>) [y](año.md)\n"},
                      {"mi página.md", "# Mi página\n\n## Qué es\n"},
                      {"año.md", "# El año de la\n\n[z](#qué-es)\n\n## Qué es\n"}},
                     {});
    EXPECT_EQ(report.count(IssueKind::BrokenLink), 0U) << written(report);
    EXPECT_EQ(html(article(report, "a.md").es),
              concat("<p><a href=\"/articulos/",
                     article(report, "mi página.md").number,
                     "#que-es\">x</a> <a href=\"/articulos/",
                     article(report, "año.md").number,
                     "\">y</a></p>\n"));
}

TEST(Import, LinksOfAFoldersOwnPageBeginInTheFolder) {
    const ImportReport report = import_files({{"a/index.md", "# La A\n\n[x](uno.md)\n"},
                                              {"a/uno.md", "# De dentro\n"},
                                              {"uno.md", "# De fuera\n"}},
                                             {});
    EXPECT_NE(html(article(report, "a/index.md").es).find(article(report, "a/uno.md").number),
              std::string::npos);
}

TEST(Import, APageThatNamesItsArticleIsThatArticle) {
    const std::string id = to_text(derived_id("test", "x"));
    const std::string head = concat("---\nid: ",
                                    id,
                                    "\nversion: 7\nreviewed_at: 2026-03-11T14:20:05.123Z\n"
                                    "source_path: \"viejo/a.md\"\ntemplates: none\n"
                                    "summary: \"uno\\ndos\"\n---\n");
    const ImportReport report = import_files(
        {{"b.md", head + "# La B {{ tal cual }}\n"}, {"c.md", head + "# La C de la\n"}}, {});
    ASSERT_EQ(report.pages.size(), 2U);
    const domain::Article& one = report.pages[0].article;
    EXPECT_EQ(to_text(one.id), id);
    EXPECT_EQ(one.version, 7);
    EXPECT_EQ(one.reviewed_at, from_ms(1'773'238'805'123));
    EXPECT_EQ(one.source_path, "viejo/a.md");
    EXPECT_EQ(one.es.title, "La B {{ tal cual }}");
    EXPECT_EQ(one.es.summary, "uno\ndos");
    EXPECT_TRUE(report.pages[0].is_dated);
    EXPECT_NE(report.pages[1].article.id, one.id) << "two articles are never one row";
    EXPECT_EQ(report.count(IssueKind::Duplicate), 1U);
}

TEST(Import, BrokenBytesAreReplacedInTheHeadAndThePathToo) {
    const ImportReport report = import_files(
        {{"caf\xE9.md", "---\ntitle: caf\xE9\nowner: \xFF\nnumber: K\xC3\n---\nla\n"}}, {});
    const domain::Article& one = report.pages.front().article;
    for (const std::string& text : {one.es.title, one.owner, one.number, one.source_path})
        EXPECT_TRUE(is_utf8(text) && text.find("\xEF\xBF\xBD") != std::string::npos) << text;
    const auto stored = parse_json(dump_json(domain::to_json(one)));
    ASSERT_TRUE(stored);
    EXPECT_EQ(*stored, domain::to_json(one)) << "or each import would make a new version";
}

TEST(Import, BadFilesAreInTheReportAndHurtNobody) {
    const ImportReport report = import_files({{"broken.md", "caf\xE9"},
                                              {"empty.md", ""},
                                              {"head.md", "---\ntitle: x\nnever closed\n"},
                                              {"same.md", "# 1 de la"},
                                              {"same.markdown", "# 2 de la"},
                                              {"../../etc/passwd.md", "# La de\n"}},
                                             {});
    EXPECT_EQ(report.count(IssueKind::BadEncoding), 1U);
    EXPECT_EQ(report.count(IssueKind::Duplicate), 1U);
    EXPECT_EQ(report.pages.size(), 5U);
    EXPECT_FALSE(import_tree("/nowhere/at/all", {}));
}

TEST(Import, TheRealHandbookIsCarriedOver) {
    const char* given = std::getenv("VENTANILLA_HANDBOOK");
    const std::filesystem::path folder = given != nullptr ? given : VENTANILLA_HANDBOOK_DIR;
    if (!std::filesystem::is_directory(folder)) return;
    const auto report = import_tree(folder, {.source = "handbook", .lang = Lang::En});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->files, 242U);
    EXPECT_GE(report->pages.size(), 230U);
    std::size_t empty = 0;
    for (const ImportedPage& page : report->pages) {
        const domain::ArticleText& text = page.article.in(Lang::En);
        EXPECT_FALSE(text.title.empty()) << page.article.source_path;
        EXPECT_TRUE(domain::blocks_from_json(text.blocks)) << page.article.source_path;
        // The pages about template instructions show some, and must.
        if (page.article.source_path.find("updating-the-handbook") == std::string::npos) {
            EXPECT_EQ(html(text).find("{%"), std::string::npos) << page.article.source_path;
        }
        empty += plain_text(text).size() < 20 ? 1U : 0U;
    }
    EXPECT_LE(empty, 3U);
    if (given != nullptr) std::cout << written(*report);
}

}  // namespace
}  // namespace ventanilla::content
