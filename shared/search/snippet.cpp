#include "shared/search/snippet.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"
#include "shared/search/cut.hpp"

namespace ventanilla::search {
namespace {

constexpr std::uint32_t kWindowWords = 24;
constexpr std::size_t kSnippetBytes = 180;
constexpr std::size_t kLeadBytes =
    60;  // at most so much before the window, to begin with a sentence
constexpr std::uint32_t kWordsSeen = 30'000;  // of one body
constexpr std::string_view kEllipsis = "…";

struct Window {
    std::uint32_t first = 0;  // index into StoredDocument::words
    double value = 0;
};

// Counts which of the plan's words are inside a stretch.
class Tally {
  public:
    explicit Tally(const Plan& plan) : plan_(plan), counts_(plan.words.size(), 0) {}

    void enter(std::uint8_t number) {
        if (number == Marker::kNone) return;
        value_ += (counts_[number - 1U]++ == 0 ? 1.0 : 0.05) * plan_.words[number - 1U].weight;
    }
    void leave(std::uint8_t number) {
        if (number == Marker::kNone) return;
        value_ -= (--counts_[number - 1U] == 0 ? 1.0 : 0.05) * plan_.words[number - 1U].weight;
    }
    [[nodiscard]] double value() const { return value_; }

  private:
    const Plan& plan_;
    std::vector<int> counts_;
    double value_ = 0;
};

Window best_window(const StoredDocument& document, const Plan& plan, Marker& marker) {
    const std::uint32_t begin = document.body_begin();
    const std::uint32_t end = std::min(document.body_end(), begin + kWordsSeen);
    const auto number_at = [&](std::uint32_t i) {
        return marker.of(document.words[i] & ~kExtraWord, document.document.lang);
    };
    Window best{begin, 0};
    Tally tally(plan);
    std::uint32_t first = begin;
    for (std::uint32_t i = begin; i < end; ++i) {
        tally.enter(number_at(i));
        if (i - first >= kWindowWords) tally.leave(number_at(first++));
        if (tally.value() > best.value + 1e-9) best = {first, tally.value()};
    }
    // Begin with the first match, not with whatever stood before it.
    while (best.value > 0 && best.first < end && number_at(best.first) == Marker::kNone)
        ++best.first;
    return best;
}

// Where the sentence or line begins that `at` stands in, or a word near it.
std::size_t sentence_start(std::string_view text, std::size_t at) {
    const std::size_t floor = at > kLeadBytes ? at - kLeadBytes : 0;
    for (std::size_t i = at; i > floor; --i) {
        if (text[i - 1] == '\n') return i;
        const bool ends =
            i >= 2 && text[i - 1] == ' ' && std::string_view(".!?:").find(text[i - 2]) < 4;
        if (ends) return i;
    }
    if (floor == 0) return 0;
    const std::size_t space = text.find(' ', floor);
    return space < at ? space + 1 : at;
}

// One line: breaks and heading or list marks become a space.
std::string on_one_line(std::string_view text) {
    std::string out;
    bool at_line_start = true;
    for (const char c : text) {
        const bool is_mark = at_line_start && (c == '#' || c == ' ' || c == '-');
        if (c == '\n') {
            if (!out.empty() && out.back() != ' ') out.push_back(' ');
            at_line_start = true;
        } else if (!is_mark) {
            out.push_back(c == '\t' || c == '\r' ? ' ' : c);
            at_line_start = false;
        }
    }
    return std::string(trimmed(out));
}

std::string cut_out(std::string_view text, std::size_t from) {
    const std::string_view rest = text.substr(from);
    std::string_view piece = cut_utf8(rest, kSnippetBytes);
    const bool is_cut = piece.size() < rest.size();
    if (is_cut) {
        const std::size_t space = piece.find_last_of(" \n");
        if (space != std::string_view::npos && space > kSnippetBytes / 2)
            piece = piece.substr(0, space);
    }
    std::string line = on_one_line(piece);
    const bool starts_inside = from > 0 && text[from - 1] != '\n';
    return concat(starts_inside ? kEllipsis : "", line, is_cut ? kEllipsis : "");
}

double value_of(std::string_view text, Lang lang, const Plan& plan, Marker& marker) {
    Tally tally(plan);
    for (const Token& token : tokens(text))
        tally.enter(marker.of(token.term, lang));
    return tally.value();
}

}  // namespace

std::vector<Span> marks_in(std::string_view text, Lang lang, const Plan& plan, Marker& marker) {
    std::vector<Span> marks;
    for (const Token& token : tokens(text)) {
        const std::uint8_t number = marker.of(token.term, lang);
        if (number == Marker::kNone || plan.words[number - 1U].weight < 1) continue;
        if (!marks.empty() && token.from < marks.back().to)
            marks.back().to = std::max(marks.back().to, token.to);
        else
            marks.push_back({token.from, token.to});
    }
    return marks;
}

Passage passage(const StoredDocument& document, const Plan& plan, Marker& marker) {
    const Document& d = document.document;
    const Window window = best_window(document, plan, marker);
    const double summary = value_of(d.summary, d.lang, plan, marker);
    Passage out;
    if (window.value > 0 && window.value >= summary) {
        const std::size_t at = bytes_of_word(document, window.first).from;
        out.text = cut_out(d.body, sentence_start(d.body, at));
    } else {
        out.text = cut_out(d.summary.empty() ? std::string_view(d.body) : d.summary, 0);
    }
    out.marks = marks_in(out.text, d.lang, plan, marker);
    return out;
}

}  // namespace ventanilla::search
