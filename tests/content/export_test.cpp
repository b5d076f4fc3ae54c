#include "server/content/export.hpp"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "tests/content/support_pages.hpp"

// Import, export, import: the same articles. And the files an export writes are for people too.

namespace ventanilla::content {
namespace {

using domain::Article;

std::vector<Article> articles_of(const ImportReport& report) {
    std::vector<Article> out;
    for (const ImportedPage& page : report.pages)
        out.push_back(page.article);
    return out;
}

std::map<Id, Json> by_id(const std::vector<Article>& articles) {
    std::map<Id, Json> out;
    for (const Article& article : articles)
        out.emplace(article.id, domain::to_json(article));
    return out;
}

const std::string& file(const Export& made, std::string_view path) {
    static const std::string kNone;
    for (const SourceFile& one : made.files) {
        if (one.path == path) return one.text;
    }
    ADD_FAILURE() << "no file " << path;
    return kNone;
}

std::string listed(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines)
        out += line + "\n";
    return out;
}

// What is imported comes back from its export in every member, and exports to the same bytes.
void expect_round_trip(const std::vector<Article>& articles) {
    const Export made = export_articles(articles);
    EXPECT_EQ(listed(made.losses), "");
    const std::vector<Article> again = articles_of(import_files(made.files, {.source = "another"}));
    const auto before = by_id(articles);
    const auto after = by_id(again);
    EXPECT_EQ(before.size(), after.size());
    for (const auto& [id, article] : before) {
        const auto found = after.find(id);
        ASSERT_TRUE(found != after.end()) << text_or(article, "number");
        EXPECT_EQ(dump_json(found->second), dump_json(article));
    }
    const Export twice = export_articles(again);
    ASSERT_EQ(twice.files.size(), made.files.size());
    for (std::size_t i = 0; i < made.files.size(); ++i) {
        EXPECT_EQ(twice.files[i].path, made.files[i].path);
        EXPECT_EQ(twice.files[i].text, made.files[i].text);
    }
}

ImportReport fixture() {
    auto report = import_tree(VENTANILLA_SOURCE_DIR "/tests/content/fixture",
                              {.source = "fixture", .now = from_ms(1'773'238'805'123)});
    EXPECT_TRUE(report);
    return report ? std::move(report).value() : ImportReport{};
}

TEST(Export, ASmallFolderComesBackTheSame) {
    const ImportReport report = fixture();
    EXPECT_EQ(report.pages.size(), 5U);
    expect_round_trip(articles_of(report));
}

TEST(Export, TheDemosArticlesComeBackTheSame) {
    const std::vector<Article> articles = articles_of(demo_articles());
    EXPECT_GE(articles.size(), 32U);
    expect_round_trip(articles);
}

TEST(Export, ARealHandbookComesBackTheSame) {
    expect_round_trip(articles_of(handbook_articles()));
}

TEST(Export, WritesPagesAPersonCanRead) {
    const Export made = export_articles(articles_of(fixture()));
    const std::string& page = file(made, "clave.md");
    for (const char* words :
         {"---\ntitle: \"Contraseña: qué hacer si la olvidas\"\n",
          "\nkeywords: \"clave  olvidé  bloqueada\"\nlang: es\n",
          "\nowner: \"Identidad\"\nitems:\n  - \"ACC-01\"\n  - \"INC-03\"\n",
          "\nreviewed_at: 2026-02-27T14:20:05.123Z\n",
          "[las dietas de los viajes](viajes/dietas.es.md#si-pagas-con-tarjeta)",
          "> [!WARNING] No la _compartas_\n>\n> Nadie de la mesa te la va a pedir.\n>\n"
          "> - ni por teléfono\n> - ni por correo\n",
          "passwd --expire # {{ literal }}",
          "| Caso | Qué hacer |\n|:--|--:|\n"})
        EXPECT_NE(page.find(words), std::string::npos) << words << "\nin\n" << page;
    const std::string& touching = file(made, "viajes/dietas.es.md");
    EXPECT_NE(touching.find("in**medi**ata y <em>a</em>b"), std::string::npos) << touching;
}

TEST(Export, LinksLeadToFilesAndComeBackToArticles) {
    const Export made = export_articles(articles_of(fixture()));
    EXPECT_NE(file(made, "viajes/index.md").find("[la portada](../index.md)"), std::string::npos);
    EXPECT_NE(file(made, "viajes/index.md").find("[dietas](dietas.es.md)"), std::string::npos);
    EXPECT_NE(file(made, "index.md").find("[los viajes](viajes/index.md)"), std::string::npos);
}

Article own(const char* key, const char* number, const char* title) {
    Article article;
    article.id = derived_id("test", key);
    article.number = number;
    article.version = 4;
    article.es.title = title;
    article.es.blocks = Json::array();
    article.reviewed_at = from_ms(1'773'238'805'123);
    article.review_by = from_ms(1'783'238'805'123);
    article.valid_to = from_ms(1'793'238'805'123);
    return article;
}

TEST(Export, ArticlesOfOurOwnGoUnderTheirNumberAndStayOurs) {
    const std::vector<Article> articles = {own("a", "KB0009", "Pedir un móvil (nuevo)"),
                                           own("b", "KB0010", "日本")};
    const Export made = export_articles(articles);
    ASSERT_EQ(made.files.size(), 2U);
    EXPECT_EQ(made.files[0].path, "kb0009-pedir-un-movil-nuevo.es.md");
    EXPECT_EQ(made.files[1].path, "kb0010.es.md");
    expect_round_trip(articles);
}

TEST(Export, NoPathLeadsOutOfTheFolderOrToAnotherArticlesPage) {
    std::vector<Article> articles;
    int n = 0;
    for (const char* path : {"../../etc/passwd.md",
                             "/etc/shadow.md",
                             "a/./b.md",
                             "a/b.md",
                             "A/B.md",
                             "a/b/index.md",
                             ".git/config.md",
                             "page.txt",
                             "",
                             "x\ny.md"}) {
        articles.push_back(own(path, "KB1", "Uno"));
        articles.back().number = concat("KB", 100 + n++);
        articles.back().source_path = path;
    }
    const Export made = export_articles(articles);
    std::set<std::string> paths;
    for (const SourceFile& one : made.files) {
        EXPECT_TRUE(paths.insert(one.path).second) << one.path;
        EXPECT_EQ(one.path.find(".."), std::string::npos) << one.path;
        EXPECT_NE(one.path.front(), '/') << one.path;
        EXPECT_NE(one.path.front(), '.') << one.path;
        EXPECT_EQ(one.path.find('\n'), std::string::npos) << one.path;
        EXPECT_TRUE(one.path.ends_with(".md")) << one.path;
    }
    EXPECT_EQ(paths.size(), articles.size());
    EXPECT_EQ(import_files(made.files, {}).pages.size(), articles.size());
    EXPECT_EQ(listed(made.losses), "");
}

TEST(Export, SaysWhatReadingWouldNotGiveBack) {
    std::vector<Article> articles = {own("a", "KB1", "Uno"), own("b", "KB1", "Dos")};
    articles[0].es.title = std::string(limits::kTitleBytesMax + 1, 'x');
    articles[1].es.blocks = Json{{"t", "nonsense"}};
    const std::string losses = listed(export_articles(articles).losses);
    for (const char* words : {"KB1: es.title would not be read back as it is",
                              "KB1: number would not be read back as it is",
                              "the text of KB1 is damaged"})
        EXPECT_NE(losses.find(words), std::string::npos) << words << "\n" << losses;
}

}  // namespace
}  // namespace ventanilla::content
