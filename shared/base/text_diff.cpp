#include "shared/base/text_diff.hpp"

#include <algorithm>
#include <cstddef>

namespace ventanilla {
namespace {

using Parts = std::vector<std::string_view>;

constexpr std::size_t kPairsMax = 1'000'000;

struct Step {
    bool is_before =
        false;  // taken from the first; from the second; from both when they are the same
    bool is_after = false;
};

// The steps through what is different, by the longest common subsequence.
void walk(const Parts& a,
          const Parts& b,
          std::size_t first,
          std::size_t last_a,
          std::size_t last_b,
          std::vector<Step>& steps) {
    const std::size_t rows = last_a - first, columns = last_b - first;
    if (rows * columns > kPairsMax) {
        steps.insert(steps.end(), rows, {true, false});
        steps.insert(steps.end(), columns, {false, true});
        return;
    }
    // common[i][j]: how much the rest from i and from j has in common.
    std::vector<std::uint32_t> common((rows + 1) * (columns + 1));
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
        return common[i * (columns + 1) + j];
    };
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;)
            at(i, j) = a[first + i] == b[first + j] ? at(i + 1, j + 1) + 1
                                                    : std::max(at(i + 1, j), at(i, j + 1));
    }
    std::size_t i = 0, j = 0;
    while (i < rows || j < columns) {
        const bool is_same = i < rows && j < columns && a[first + i] == b[first + j];
        const bool takes_before =
            is_same || j == columns || (i < rows && at(i + 1, j) >= at(i, j + 1));
        steps.push_back({takes_before, is_same || !takes_before});
        i += takes_before ? 1 : 0;
        j += is_same || !takes_before ? 1 : 0;
    }
}

std::vector<Step> steps_between(const Parts& a, const Parts& b) {
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && a[head] == b[head])
        ++head;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    std::vector<Step> steps(head, {true, true});
    walk(a, b, head, a.size() - tail, b.size() - tail, steps);
    steps.insert(steps.end(), tail, {true, true});
    return steps;
}

Parts lines_of(std::string_view text) {
    Parts lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool is_word_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
}

// Words, and what stands between them byte by byte.
Parts words_of(std::string_view line) {
    Parts words;
    for (std::size_t from = 0; from < line.size();) {
        std::size_t end = from + 1;
        while (is_word_byte(line[from]) && end < line.size() && is_word_byte(line[end]))
            ++end;
        words.push_back(line.substr(from, end - from));
        from = end;
    }
    return words;
}

// `word` stands directly behind what is there: one span as long as both are alike.
void append(std::vector<DiffSpan>& spans, std::string_view word, bool is_different) {
    if (!spans.empty() && spans.back().is_different == is_different)
        spans.back().text = {spans.back().text.data(), spans.back().text.size() + word.size()};
    else
        spans.push_back({word, is_different});
}

DiffLine changed(std::string_view before, std::string_view after) {
    const Parts a = words_of(before), b = words_of(after);
    DiffLine line{DiffKind::Changed, {}, {}};
    std::size_t i = 0, j = 0;
    for (const Step& step : steps_between(a, b)) {
        const bool is_same = step.is_before && step.is_after;
        if (step.is_before) append(line.before, a[i++], !is_same);
        if (step.is_after) append(line.after, b[j++], !is_same);
    }
    return line;
}

// Lines that went and lines that came in their place: as pairs as long as there are both.
void flush(Parts& removed, Parts& added, std::vector<DiffLine>& out) {
    const std::size_t pairs = std::min(removed.size(), added.size());
    for (std::size_t i = 0; i < pairs; ++i)
        out.push_back(changed(removed[i], added[i]));
    for (std::size_t i = pairs; i < removed.size(); ++i)
        out.push_back({DiffKind::Removed, {{removed[i], true}}, {}});
    for (std::size_t i = pairs; i < added.size(); ++i)
        out.push_back({DiffKind::Added, {}, {{added[i], true}}});
    removed.clear();
    added.clear();
}

}  // namespace

std::vector<DiffLine> text_diff(std::string_view before, std::string_view after) {
    const Parts a = lines_of(before), b = lines_of(after);
    std::vector<DiffLine> out;
    Parts removed, added;
    std::size_t i = 0, j = 0;
    for (const Step& step : steps_between(a, b)) {
        const bool is_same = step.is_before && step.is_after;
        if (is_same) {
            flush(removed, added, out);
            out.push_back({DiffKind::Same, {{a[i++], false}}, {{b[j++], false}}});
        } else if (step.is_before) {
            removed.push_back(a[i++]);
        } else {
            added.push_back(b[j++]);
        }
    }
    flush(removed, added, out);
    return out;
}

}  // namespace ventanilla
