#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/article_version.hpp"
#include "shared/domain/blocks.hpp"

// When a translation is behind, and in which sections.

namespace ventanilla::domain {
namespace {

Block paragraph(std::string text) {
    Block block;
    block.inlines = {{.text = std::move(text)}};
    return block;
}

Block heading(std::string text) {
    Block block = paragraph(std::move(text));
    block.kind = BlockKind::Heading;
    block.level = 2;
    block.id = "h";
    return block;
}

// "VPN: intro | Antes: apaga | Después: enciende"
ArticleText text_of(std::string_view written) {
    ArticleText text;
    Blocks blocks;
    while (!written.empty()) {
        const std::size_t end = std::min(written.find('|'), written.size());
        const std::string_view part = trimmed(written.substr(0, end));
        written.remove_prefix(std::min(written.size(), end + 1));
        const std::string head(part.substr(0, part.find(':')));
        if (text.title.empty())
            text.title = head;
        else
            blocks.push_back(heading(head));
        blocks.push_back(paragraph(std::string(part.substr(part.find(':') + 1))));
    }
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (blocks[i].kind == BlockKind::Heading) blocks[i].id = concat("h", i);
    text.blocks = to_json(blocks);
    return text;
}

// An article through its versions.
struct Life {
    Article article;

    Life& says(std::string_view es, std::string_view en, bool is_form_only = false) {
        ArticleVersion version;
        version.version = article.version_row == Id{} ? 1 : article.version + 1;
        version.id = derived_id("test", concat(version.version));
        version.es = text_of(es);
        version.en = text_of(en);
        version.is_form_only = is_form_only;
        const bool is_first = is_nil(article.version_row);
        article = published(version, is_first ? std::nullopt : std::optional(article), from_ms(1));
        return *this;
    }

    // Headings of the other language that `lang` is behind in; "-" is the beginning.
    [[nodiscard]] std::string behind(Lang lang) const {
        const bool is_es = lang == Lang::Es;
        const auto& [es, en] = article.sections;
        const auto headings = section_headings(is_es ? article.en : article.es);
        std::string out;
        for (const std::size_t place : newer_sections(is_es ? es : en, is_es ? en : es))
            out += concat(out.empty() ? "" : ", ", headings[place].empty() ? "-" : headings[place]);
        return out;
    }
    [[nodiscard]] std::string both() const {
        return concat(behind(Lang::Es), "/", behind(Lang::En));
    }
};

constexpr std::string_view kEs = "VPN: intro | Antes: apaga | Luego: enciende";
constexpr std::string_view kEn = "VPN en: intro | Before: off | Then: on";

TEST(Sections, WrittenTogetherAreUpToDate) {
    EXPECT_EQ(Life().says(kEs, kEn).both(), "/");
    EXPECT_EQ(Life().says(kEs, "").both(), "/") << "what is not translated is not behind";
}

TEST(Sections, ChangedInOneLanguageAreNewerThere) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: desenchufa | Luego: enciende", kEn);
    EXPECT_EQ(life.both(), "/Antes");
}

TEST(Sections, CatchUpWithoutMakingTheOtherLookOld) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: desenchufa | Luego: enciende", kEn);
    life.says("VPN: intro | Antes: desenchufa | Luego: enciende",
              "VPN en: intro | Before: unplug | Then: on");
    EXPECT_EQ(life.both(), "/");
}

TEST(Sections, ChangedInBothAtOnceStayTogether) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: desenchufa | Luego: enciende", kEn);
    life.says("VPN: intro | Antes: tira del cable | Luego: enciende",
              "VPN en: intro | Before: pull | Then: on");
    EXPECT_EQ(life.both(), "/");
}

TEST(Sections, OfWhichOnlyTheFormChangesMakeNothingOld) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: ¡apaga! | Luego: enciende", kEn, true);
    EXPECT_EQ(life.both(), "/");
}

TEST(Sections, AddedInOneLanguageAreMissingInTheOther) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: apaga | En medio: espera | Luego: enciende", kEn);
    EXPECT_EQ(life.both(), "/En medio");
    life.says("VPN: intro | Antes: apaga | En medio: espera | Luego: enciende",
              "VPN en: intro | Before: off | Meanwhile: wait | Then: on");
    EXPECT_EQ(life.both(), "/") << "the translator added it";
    life.says("VPN: intro | Antes: apaga | En medio: espera | Luego: pulsa",
              "VPN en: intro | Before: off | Meanwhile: wait | Then: on");
    EXPECT_EQ(life.both(), "/Luego") << "each section still knows its own";
}

TEST(Sections, TheTitleBelongsToTheFirst) {
    Life life;
    life.says(kEs, kEn).says(kEs, "VPN on the road: intro | Before: off | Then: on");
    EXPECT_EQ(life.both(), "-/");
}

TEST(Sections, OfAFirstTranslationAreUpToDate) {
    Life life;
    life.says(kEs, "").says("VPN: intro | Antes: desenchufa | Luego: enciende", "");
    life.says("VPN: intro | Antes: desenchufa | Luego: enciende", kEn);
    EXPECT_EQ(life.both(), "/");
}

TEST(Sections, MovedInBothLanguagesAreTheSame) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Luego: enciende | Antes: apaga",
                             "VPN en: intro | Then: on | Before: off");
    EXPECT_EQ(life.both(), "/");
}

TEST(Sections, AreReadBackAsTheyWereWritten) {
    Life life;
    life.says(kEs, kEn).says("VPN: intro | Antes: desenchufa | Luego: enciende", kEn);
    const Row row{{RowType::Article, life.article.id}, 1, [&] {
                      life.article.number = "KB1";
                      return to_json(life.article);
                  }()};
    EXPECT_EQ(article_from(row)->sections, life.article.sections);
    EXPECT_EQ(section_marks_or_none({{"es", {{1, 2}, "x"}}}), BothMarks{});
    EXPECT_EQ(section_marks_or_none("x"), BothMarks{});
}

TEST(Sections, OfATextWithThousandsOfHeadingsTakeBoundedTime) {
    std::string es = "VPN: intro";
    for (int i = 0; i < 2'000; ++i)
        es += concat(" | Parte ", i, ": texto ", i);
    Life life;
    life.says(es, es).says(es + " | Otra: más", es);
    EXPECT_EQ(newer_sections(life.article.sections.en, life.article.sections.es).size(), 1U);
}

}  // namespace
}  // namespace ventanilla::domain
