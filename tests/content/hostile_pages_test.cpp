#include <gtest/gtest.h>

#include "server/content/html.hpp"
#include "server/content/import.hpp"
#include "shared/content/markdown.hpp"
#include "shared/content/markdown_writer.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "tests/content/support_pages.hpp"

// Pages of a megabyte made to hurt. What is expected is a sensible answer; a step whose cost grows
// with the square of the page would keep this suite for minutes, which nobody would overlook.

namespace ventanilla::content {
namespace {

std::string repeated(std::string_view piece, std::size_t bytes = limits::kArticleBytesMax) {
    std::string out;
    while (out.size() + piece.size() <= bytes)
        out += piece;
    return out;
}

ImportedPage imported(const std::string& body) {
    ImportReport report = import_files({{"a.md", body}}, {});
    EXPECT_EQ(report.pages.size(), 1U);
    return std::move(report.pages.front());
}

const domain::ArticleText& text_of(const ImportedPage& page) {
    return *texts_of(page.article).front();
}

TEST(HostilePage, LinksToNowhereAreText) {
    for (const char* piece : {"[a](#x) ", "[a](nada.md) ", "[a](javascript:x) "}) {
        const ImportedPage page = imported("# T\n\n" + repeated(piece));
        const domain::Blocks blocks = blocks_of(text_of(page));
        ASSERT_EQ(blocks.size(), 1U) << piece;
        ASSERT_EQ(blocks[0].inlines.size(), 1U) << piece << " becomes one stretch of text";
        EXPECT_EQ(blocks[0].inlines[0].kind, domain::InlineKind::Text);
        EXPECT_EQ(blocks[0].inlines[0].text.substr(0, 6), "a a a ");
    }
}

TEST(HostilePage, ACalloutsFirstLineMayBeAMegabyteOfMarks) {
    const domain::Blocks blocks = parse_markdown("> [!NOTE] " + repeated("*a* ")).blocks;
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].kind, domain::BlockKind::Callout);
    EXPECT_GT(blocks[0].inlines.size(), 10'000U);
    EXPECT_TRUE(blocks[0].children.empty());
}

TEST(HostilePage, MarksThatNeverCloseAreFlattened) {
    for (const char* piece : {"<b>x", "<b></i>x", "<a href=\"/x\">x", "**x ", "[x", "~~x "}) {
        const Markdown read = parse_markdown(repeated(piece));
        EXPECT_GT(domain::plain_text(read.blocks).size(), 50'000U) << piece;
        EXPECT_TRUE(domain::blocks_from_json(domain::to_json(read.blocks))) << piece;
    }
}

TEST(HostilePage, MarksBeyondTheBoundCloseWhereTheyWereOpened) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "<b>";
    text += "dentro";
    for (int i = 0; i < 100; ++i)
        text += "</b>";
    const domain::Blocks blocks = parse_markdown("a " + text + " fuera").blocks;
    ASSERT_EQ(blocks[0].inlines.size(), 3U);
    EXPECT_EQ(blocks[0].inlines[2].text, " fuera");
}

TEST(HostilePage, TemplateInstructionsWithoutAnEndAreLeftOut) {
    for (const char* piece :
         {"{% raw %}", "{% raw %}x ", "{{", "{% x", "{% comment %}", "{{ x }} "}) {
        const ImportedPage page = imported("# T\n\ntexto\n\n" + repeated(piece));
        EXPECT_EQ(text_of(page).title, "T") << piece;
        EXPECT_EQ(plain_text(text_of(page)).substr(0, 6), "texto\n") << piece;
    }
}

TEST(HostilePage, NestingOnOneLineEnds) {
    for (const char* piece : {"> ", "- ", "1. ", "<ul><li>", "<table><tr><td>"}) {
        const Markdown read = parse_markdown(repeated(piece, 100'000) + "fondo\n");
        EXPECT_TRUE(domain::blocks_from_json(domain::to_json(read.blocks))) << piece;
    }
}

TEST(HostilePage, RowsThatLeaveCellsOutCountThem) {
    std::string wide = "<table><tr>" + repeated("<td>x", 320) + "</tr>";
    const Markdown read = parse_markdown(wide + repeated("<tr><td>x", 100'000) + "</table>");
    EXPECT_TRUE(domain::blocks_from_json(domain::to_json(read.blocks)));
    EXPECT_GT(domain::plain_text(read.blocks).size(), 1'000U);
}

TEST(HostilePage, IsWrittenAsHtmlAndMarkdownInOnePass) {
    const domain::Blocks headings =
        parse_markdown(repeated("## Un título largo que se repite\n\nUn *texto* `x` [y](/z)\n\n"))
            .blocks;
    EXPECT_GT(headings.size(), 20'000U);
    EXPECT_GT(to_html(headings).size(), limits::kArticleBytesMax);
    const std::string markdown = to_markdown(headings);
    EXPECT_LT(markdown.size(), limits::kArticleBytesMax * 11 / 10);
    EXPECT_TRUE(reads_as(markdown, headings));
}

}  // namespace
}  // namespace ventanilla::content
