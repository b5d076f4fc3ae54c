#include "shared/search/correct.hpp"

#include <algorithm>
#include <array>

#include "shared/search/fold.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kCorrectionsMax = 6;
constexpr std::size_t kRememberedWords = 2'000;
constexpr std::size_t kTwoErrorsFrom = 7;  // letters
constexpr double kNearTrust = 0.85;
constexpr double kFarTrust = 0.5;
constexpr double kUnfinishedTrust = 0.5;
constexpr double kFirstLetterCost = 0.15;

struct Candidate {
    TermId term = kNoTerm;
    int distance = 0;
    bool is_other_start = false;
    std::uint32_t frequency = 0;
};

bool is_correctable(std::string_view term) {
    return term.size() >= 3 && std::none_of(term.begin(), term.end(), [](char c) {
               return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) > 0xC3;
           });
}

std::vector<Candidate> candidates_of(std::string_view term, const View& view, bool is_prefix) {
    const Vocabulary& vocabulary = view.corpus().vocabulary();
    const int distance_max = term.size() >= kTwoErrorsFrom && !is_prefix ? 2 : 1;
    std::vector<FuzzyMatch> matches;
    vocabulary.near(term, distance_max, is_prefix, matches);
    std::vector<Candidate> candidates;
    for (const FuzzyMatch& match : matches) {
        const std::string_view text = vocabulary.text(match.term);
        if (match.distance == 0 || text.size() < 3) continue;
        if (term.size() == 3 && !view.has_in_title_or_keywords(match.term)) continue;
        const std::uint32_t frequency = view.frequency(match.term);
        if (frequency == 0) continue;
        candidates.push_back({match.term, match.distance, text.front() != term.front(), frequency});
    }
    std::stable_sort(
        candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
            if (a.distance != b.distance) return a.distance < b.distance;
            if (a.is_other_start != b.is_other_start) return !a.is_other_start;
            return a.frequency > b.frequency;
        });
    // Two errors are only believed when one explains nothing.
    const auto farther = [&](const Candidate& c) {
        return c.distance > candidates.front().distance;
    };
    candidates.erase(std::find_if(candidates.begin(), candidates.end(), farther), candidates.end());
    if (candidates.size() > kCorrectionsMax) candidates.resize(kCorrectionsMax);
    return candidates;
}

bool writes(const Token& token, std::string_view term) {
    return token.term == term || without_tilde(token.term) == term;
}

std::vector<Correction> looked_up(std::string_view term, const View& view, bool is_unfinished) {
    if (!is_correctable(term)) return {};
    std::vector<Candidate> candidates = candidates_of(term, view, false);
    double trust = !candidates.empty() && candidates.front().distance == 1 ? kNearTrust : kFarTrust;
    if (candidates.empty() && is_unfinished && term.size() > 4) {
        candidates = candidates_of(term, view, true);
        trust = kUnfinishedTrust;
    }
    std::uint32_t most = 1;
    for (const Candidate& candidate : candidates)
        most = std::max(most, candidate.frequency);
    std::vector<Correction> corrections;
    for (const Candidate& candidate : candidates) {
        const double common = 0.7 + 0.3 * candidate.frequency / most;
        const double start = candidate.is_other_start ? kFirstLetterCost : 0.0;
        corrections.push_back({candidate.term, (trust - start) * common});
    }
    return corrections;
}

}  // namespace

std::vector<Correction> corrections_of(std::string_view term,
                                       const View& view,
                                       bool is_unfinished) {
    View::Remembered& known = view.corrections();
    const std::string key = std::string(term) + (is_unfinished ? "+" : "");
    const auto at = known.find(key);
    if (at != known.end()) return at->second;
    if (known.size() > kRememberedWords) known.clear();
    return known.try_emplace(key, looked_up(term, view, is_unfinished)).first->second;
}

std::vector<std::string> split_of(std::string_view term, const View& view) {
    const Vocabulary& vocabulary = view.corpus().vocabulary();
    const auto is_seen = [&](std::string_view part) {
        const TermId id = vocabulary.find(part);
        return id != kNoTerm && view.has(id);
    };
    const std::vector<std::string_view> parts = digit_parts(term);
    if (!parts.empty()) {
        if (!std::all_of(parts.begin(), parts.end(), is_seen)) return {};
        return {parts.begin(), parts.end()};
    }
    for (std::size_t at = term.size() - 2; term.size() > 5 && at >= 2; --at) {
        const std::string_view left = term.substr(0, at);
        const std::string_view right = term.substr(at);
        const bool cuts_letter = (static_cast<unsigned char>(right.front()) & 0xC0U) == 0x80U;
        if (!cuts_letter && is_seen(left) && is_seen(right))
            return {std::string(left), std::string(right)};
    }
    return {};
}

std::string shown_as(TermId term, const View& view) {
    if (term == kNoTerm) return {};
    const Corpus& corpus = view.corpus();
    const std::string wanted(corpus.vocabulary().text(term));
    const StoredDocument* first = nullptr;
    corpus.each_posting(term, [&](const Posting& posting) {
        if (view.class_of(posting.slot) == kHidden) return;
        const StoredDocument& document = corpus.documents()[posting.slot];
        if (first == nullptr || document.document.key < first->document.key) first = &document;
    });
    if (first == nullptr) return wanted;
    const Document& d = first->document;
    for (const std::string* text : {&d.title, &d.keywords, &d.summary, &d.body}) {
        for (const Token& token : tokens(*text)) {
            if (writes(token, wanted))
                return lowered(std::string_view(*text).substr(token.from, token.to - token.from));
        }
    }
    return wanted;
}

}  // namespace ventanilla::search
