#include "shared/content/markdown_writer.hpp"

#include <gtest/gtest.h>

#include "shared/content/markdown.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "tests/content/support_pages.hpp"

// Blocks to Markdown and back: whatever reading made, writing and reading again makes the same.

namespace ventanilla::content {
namespace {

using domain::Blocks;

Blocks read(std::string_view markdown) {
    MarkdownOptions options;
    options.image = [](std::string_view source) { return std::string(source); };
    return parse_markdown(markdown, options).blocks;
}

std::string again(std::string_view markdown) {
    return to_markdown(read(markdown));
}

TEST(MarkdownWriter, WritesWhatAPersonWouldHaveWritten) {
    for (const char* markdown :
         {"Abre **Configuración → Red** y elige `Andina (TCP)`, _ya_.\n",
          "## Error 809\n\n1. Uno\n2. Dos con [un enlace](/pedir/ACC-03)\n   - dentro\n",
          "- a\n\n- b\n",
          "3. tres\n4. cuatro\n",
          "| Error | Qué |\n|---|--:|\n| 809 | La **red** |\n",
          "> [!NOTE] ¿Sigue igual?\n>\n> Avísanos con [esto](/pedir/INC-03).\n",
          "> [!WARNING]\n>\n> Cuidado.\n",
          "> cita\n>\n> - uno\n",
          "```powershell\nipconfig /all\n```\n",
          "uno\\\ndos\n",
          "***\n",
          "archivo_de_prueba.txt y R&D y 3 - 2 y a > b\n",
          "mira <https://uno.example/a_b> y **_todo_**\n",
          "![una foto](/fotos/1.png)\n"})
        EXPECT_EQ(again(markdown), markdown);
}

TEST(MarkdownWriter, WhatOnlyLooksLikeAMarkStaysText) {
    for (const char* markdown : {"\\# uno\n",
                                 "1986\\. Un año\n",
                                 "\\- no es lista\n",
                                 "\\*x\\* \\_y\\_ \\`z\\` \\[a\\](b) \\<b> \\~c\\~\n",
                                 "\\&amp; y \\&#65; y AT&T\n",
                                 "https\\://no.enlace.example\n",
                                 "hola\\![a](/b)\n",
                                 "| a\\|b |\n|---|\n| `x` |\n"})
        EXPECT_EQ(again(markdown), markdown);
}

TEST(MarkdownWriter, MarksThatTouchWordsBecomeTags) {
    EXPECT_EQ(again("a<em>b</em>c"), "a<em>b</em>c\n");
    EXPECT_EQ(again("<strong>a</strong><strong>b</strong>"), "<strong>a</strong>**b**\n");
    EXPECT_EQ(again("<strong> a</strong>b"), "<strong> a</strong>b\n");
}

void expect_same(const Blocks& blocks) {
    const std::string markdown = to_markdown(blocks);
    EXPECT_TRUE(reads_as(markdown, blocks))
        << "--- written\n"
        << markdown << "--- is\n"
        << dump_json(domain::to_json(blocks)) << "\n--- reads as\n"
        << dump_json(domain::to_json(read(markdown)));
}

TEST(MarkdownWriter, TheSpecificationsExamplesComeBackTheSame) {
    for (const SpecExample& example : spec_examples()) {
        SCOPED_TRACE(example.markdown);
        expect_same(read(example.markdown));
    }
}

TEST(MarkdownWriter, TheDemosArticlesComeBackTheSame) {
    for (const ImportedPage& page : demo_articles().pages) {
        SCOPED_TRACE(page.article.source_path);
        for (const domain::ArticleText* text : texts_of(page.article))
            expect_same(blocks_of(*text));
    }
}

TEST(MarkdownWriter, ARealHandbookComesBackTheSame) {
    for (const ImportedPage& page : handbook_articles().pages) {
        SCOPED_TRACE(page.article.source_path);
        for (const domain::ArticleText* text : texts_of(page.article))
            expect_same(blocks_of(*text));
    }
}

TEST(MarkdownWriterProperty, RandomPiecesComeBackTheSame) {
    constexpr const char* kPieces[] = {"**",       "*",     "_",
                                       "`",        "> ",    "- ",
                                       "1. ",      "3. ",   "\n",
                                       "\n\n",     "# ",    "[a](b)",
                                       "[",        "](",    "<b>",
                                       "</b>",     "<em>",  "</em>",
                                       "texto ",   "ñ",     "a",
                                       "1",        "&amp;", "&",
                                       "<!-- -->", "~~",    "[!NOTE] ",
                                       "    ",     "|",     "| a |\n|--|\n",
                                       "```\n",    "\\",    "<br>",
                                       "  \n",     ": ",    "=",
                                       "<ul><li>", "</ul>", "https://x.y ",
                                       "!",        "(",     ")",
                                       "{{ x }}",  "***\n"};
    for (std::uint64_t seed = 1; seed <= 5'000; ++seed) {
        SeededRandom random(seed);
        std::string text;
        for (std::uint64_t i = 0, n = random.below(30); i < n; ++i)
            text += kPieces[random.below(std::size(kPieces))];
        SCOPED_TRACE(concat("seed ", seed, "\n", text));
        expect_same(read(text));
    }
}

}  // namespace
}  // namespace ventanilla::content
