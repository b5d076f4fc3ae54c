#include "server/content/html.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "shared/content/markdown.hpp"
#include "shared/base/text.hpp"
#include "tests/content/support_pages.hpp"

// The HTML says what the plain text says, word for word: what search finds is what a reader reads.

namespace ventanilla::content {
namespace {

using domain::Blocks;

// Tags that stand inside a line. All others end a word.
bool is_inline(std::string_view tag) {
    constexpr std::string_view kInline[] = {"strong", "em", "del", "code", "a"};
    if (tag.starts_with('/')) tag.remove_prefix(1);
    tag = tag.substr(0, tag.find_first_of(" >"));
    return std::find(std::begin(kInline), std::end(kInline), tag) != std::end(kInline);
}

void unescape(std::string& text) {
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
    for (const auto& [name, sign] : kNames) {
        for (std::size_t at = text.find(name); at != std::string::npos;
             at = text.find(name, at + sign.size()))
            text.replace(at, name.size(), sign);
    }
}

std::string without_tags(std::string_view html) {
    std::string out;
    while (!html.empty()) {
        const std::size_t open = std::min(html.find('<'), html.size());
        out.append(html.substr(0, open));
        if (open == html.size()) break;
        const std::size_t close = html.find('>', open);
        if (close == std::string_view::npos) {
            ADD_FAILURE() << "a tag is not closed: " << html.substr(open);
            break;
        }
        const std::string_view tag = html.substr(open + 1, close - open - 1);
        if (!is_inline(tag)) out.push_back(' ');
        if (const std::size_t alt = tag.find(" alt=\""); alt != std::string_view::npos)
            out.append(tag.substr(alt + 6, tag.find('"', alt + 6) - alt - 6));
        html.remove_prefix(close + 1);
    }
    unescape(out);
    return out;
}

// What plain text writes for a heading, an item or between cells.
bool is_mark(std::string_view word) {
    const bool is_number =
        word.size() > 1 && word.back() == '.' &&
        std::all_of(word.begin(), word.end() - 1, [](char c) { return c >= '0' && c <= '9'; });
    return word == "##" || word == "-" || word == "|" || is_number;
}

std::vector<std::string> words(std::string_view text) {
    constexpr std::string_view kBlanks = " \n\t\r\v\f";
    std::vector<std::string> out;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
        if (text.empty()) return out;
        const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
        if (!is_mark(text.substr(0, end))) out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

void expect_same_words(const Blocks& blocks) {
    EXPECT_EQ(words(without_tags(to_html(blocks))), words(domain::plain_text(blocks)));
    EXPECT_EQ(words(without_tags(to_html(blocks, {.anchors = Anchors::Names}))),
              words(domain::plain_text(blocks)));
}

TEST(Html, SaysWhatThePlainTextSaysInTheSpecificationsExamples) {
    for (const SpecExample& example : spec_examples()) {
        SCOPED_TRACE(example.markdown);
        MarkdownOptions options;
        options.image = [](std::string_view source) { return std::string(source); };
        expect_same_words(parse_markdown(example.markdown, options).blocks);
    }
}

TEST(Html, SaysWhatThePlainTextSaysInTheDemosArticles) {
    const ImportReport demo = demo_articles();
    EXPECT_GE(demo.pages.size(), 30U);
    for (const ImportedPage& page : demo.pages) {
        SCOPED_TRACE(page.article.source_path);
        for (const domain::ArticleText* text : texts_of(page.article))
            expect_same_words(blocks_of(*text));
    }
}

TEST(Html, SaysWhatThePlainTextSaysInARealHandbook) {
    for (const ImportedPage& page : handbook_articles().pages) {
        SCOPED_TRACE(page.article.source_path);
        for (const domain::ArticleText* text : texts_of(page.article))
            expect_same_words(blocks_of(*text));
    }
}

TEST(Html, AComparisonOfWordsCanFail) {
    EXPECT_NE(words(without_tags("<p>uno dos</p>")), words("uno tres\n"));
    EXPECT_NE(words(without_tags("<p>uno</p>dos")), words("unodos"));
    EXPECT_EQ(words(without_tags("<p>u<em>n</em>o &lt;a&gt;</p>")), words("## uno <a>\n"));
}

TEST(Html, NamesAnchorsWhereThePageHasIdsOfItsOwn) {
    const Blocks blocks = parse_markdown("# Canvas\n\n#### d\n").blocks;
    EXPECT_EQ(to_html(blocks, {.anchors = Anchors::Names, .heading_level_min = 2}),
              "<h2><a name=\"canvas\"></a>Canvas</h2>\n<h4><a name=\"d\"></a>d</h4>\n");
    EXPECT_EQ(to_html(blocks), "<h1 id=\"canvas\">Canvas</h1>\n<h4 id=\"d\">d</h4>\n");
}

TEST(Html, ACalloutWithoutATitleGetsTheOneOfItsTone) {
    const HtmlOptions options{.callout_titles = {"Nota", "", "<Atención>", ""}};
    EXPECT_EQ(to_html(parse_markdown("> [!NOTE]\n> a\n").blocks, options),
              "<aside class=\"callout note\">\n<p class=\"title\">Nota</p>\n<p>a</p>\n</aside>\n");
    EXPECT_NE(to_html(parse_markdown("> [!WARNING]\n> a\n").blocks, options).find("&lt;Atención"),
              std::string::npos);
    EXPECT_EQ(to_html(parse_markdown("> [!TIP]\n> a\n").blocks, options),
              "<aside class=\"callout tip\">\n<p>a</p>\n</aside>\n");
    EXPECT_NE(to_html(parse_markdown("> [!NOTE] Mía\n> a\n").blocks, options).find("Mía"),
              std::string::npos);
}

}  // namespace
}  // namespace ventanilla::content
