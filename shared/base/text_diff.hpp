#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

// What is different between two texts, line by line and within a line word by word, to be shown
// side by side.

namespace ventanilla {

enum class DiffKind : std::uint8_t { Same, Changed, Removed, Added };

struct DiffSpan {
    std::string_view text;
    bool is_different = false;

    friend bool operator==(const DiffSpan&, const DiffSpan&) = default;
};

struct DiffLine {
    DiffKind kind = DiffKind::Same;
    std::vector<DiffSpan> before;  // empty of an added line
    std::vector<DiffSpan> after;   // empty of a removed line
};

// The lines of both in order; spans point into the two texts, a line's joined are the line. As few
// lines as possible are different; where the part between the first and the last difference is over
// a million pairs of lines, that part is replaced as a whole. Cost: the product of the two parts
// that differ, at most a million steps for the lines.
std::vector<DiffLine> text_diff(std::string_view before, std::string_view after);

}  // namespace ventanilla
