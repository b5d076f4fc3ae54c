#pragma once

#include <string>
#include <vector>

#include "shared/base/json.hpp"

// Whether a translation still says what the other language says, section by section: a corrected
// typing error in one must not make the other look old, and a new step must. A section is what
// stands under one heading; the first is title and summary with what stands before any heading.
// Source: features.md C5.

namespace ventanilla::domain {

struct ArticleText;

// What is remembered of a section. The same key in both languages means the same section.
struct SectionMark {
    int key = 0;
    int since = 0;  // the version of the article that last changed what it says; 0: before this was
                    // remembered

    friend bool operator==(const SectionMark&, const SectionMark&) = default;
};
using SectionMarks = std::vector<SectionMark>;  // in the order of the text

struct BothMarks {
    SectionMarks es;
    SectionMarks en;

    friend bool operator==(const BothMarks&, const BothMarks&) = default;
};

// The text of each section's heading; empty of the first. Not empty.
std::vector<std::string> section_headings(const ArticleText& text);

// The two texts of an article, or of a version of it.
struct BothTexts {
    const ArticleText& es;
    const ArticleText& en;
};

enum class Change : std::uint8_t { Facts, FormOnly };

// The marks of `now`, version `version`, which was `before` with `marks`. A section that changes in
// one language is newer there from then on, unless it was the older one: then it has caught up.
// Changed in both, it is the same in both; with Change::FormOnly nothing is newer than it was.
BothMarks marks_after(const BothTexts& before,
                      const BothMarks& marks,
                      const BothTexts& now,
                      int version,
                      Change change);

// Places in `there` of sections that are newer there than in `here`, or only there. Empty when
// either has none.
std::vector<std::size_t> newer_sections(const SectionMarks& here, const SectionMarks& there);

Json to_json(const BothMarks& marks);
BothMarks section_marks_or_none(const Json& value);  // what cannot be read is none

}  // namespace ventanilla::domain
