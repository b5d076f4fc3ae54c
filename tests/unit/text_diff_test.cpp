#include "shared/base/text_diff.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

std::string spelled(const std::vector<DiffSpan>& spans) {
    std::string out;
    for (const DiffSpan& span : spans)
        out += span.is_different ? concat("[", span.text, "]") : std::string(span.text);
    return out;
}

// "=", "~", "-" or "+" for each line, then what stands in the two columns.
std::string compared(std::string_view before, std::string_view after) {
    constexpr std::string_view kMarks = "=~-+";
    std::string out;
    for (const DiffLine& line : text_diff(before, after))
        out += concat(kMarks.substr(static_cast<std::size_t>(line.kind), 1),
                      spelled(line.before),
                      "|",
                      spelled(line.after),
                      "\n");
    return out;
}

TEST(TextDiff, OfEqualTextsHasNoDifference) {
    EXPECT_EQ(compared("", ""), "");
    EXPECT_EQ(compared("a\nb\n", "a\nb\n"), "=a|a\n=b|b\n");
}

TEST(TextDiff, ShowsWhichWordsOfALineChanged) {
    EXPECT_EQ(compared("Abre el menú y elige VPN.\n", "Abre el menú y elige Red.\n"),
              "~Abre el menú y elige [VPN].|Abre el menú y elige [Red].\n");
}

TEST(TextDiff, ShowsLinesThatCameAndWent) {
    EXPECT_EQ(compared("uno\ndos\ntres\n", "uno\ntres\n"), "=uno|uno\n-[dos]|\n=tres|tres\n");
    EXPECT_EQ(compared("uno\ntres\n", "uno\ndos\ntres\n"), "=uno|uno\n+|[dos]\n=tres|tres\n");
    EXPECT_EQ(compared("", "nuevo"), "+|[nuevo]\n");
    EXPECT_EQ(compared("viejo", ""), "-[viejo]|\n");
}

TEST(TextDiff, KeepsEmptyLines) {
    EXPECT_EQ(compared("a\n\nb", "a\n\nc"), "=a|a\n=|\n~[b]|[c]\n");
}

TEST(TextDiff, JoinedIsBothTexts) {
    std::string before, after;
    for (int i = 0; i < 300; ++i) {
        if (i % 7 != 0) before += concat("línea ", i * i, "\n");
        if (i % 5 != 0) after += concat("línea ", i % 11 == 0 ? 0 : i * i, "\n");
    }
    std::string first, second;
    for (const DiffLine& line : text_diff(before, after)) {
        for (const DiffSpan& span : line.before)
            first += span.text;
        for (const DiffSpan& span : line.after)
            second += span.text;
        if (line.kind != DiffKind::Added) first += "\n";
        if (line.kind != DiffKind::Removed) second += "\n";
    }
    EXPECT_EQ(first, before);
    EXPECT_EQ(second, after);
}

TEST(TextDiff, OfTwoHugeStrangersReplacesTheWhole) {
    std::string before = "mismo\n", after = "mismo\n";
    for (int i = 0; i < 3'000; ++i) {
        before += concat("antes ", i, "\n");
        after += concat("después ", i, "\n");
    }
    const std::vector<DiffLine> lines = text_diff(before, after);
    ASSERT_EQ(lines.size(), 3'001U);
    EXPECT_EQ(lines[0].kind, DiffKind::Same);
    EXPECT_EQ(spelled(lines[1].after), "[después] 0");
}

}  // namespace
}  // namespace ventanilla
