#include "shared/search/score.hpp"

#include <algorithm>
#include <array>

namespace ventanilla::search {
namespace {

constexpr std::uint8_t kUnknown = 0xFF;
constexpr std::size_t kNearDocuments = 40;    // of the best, looked at word by word
constexpr std::size_t kNearWordsMax = 8'000;  // of one document
constexpr double kCoverageShare = 0.6;        // of the score that depends on finding all the words
constexpr double kNearBonus = 0.3;
constexpr double kTitleStartBonus = 0.15;
constexpr double kExactTitleBonus = 1'000;  // above anything words can add up to
constexpr double kOtherLanguage = 0.88;
constexpr double kPriorSpan = 0.08;  // ±4 %: orders equals, lifts nobody

using PerClass = std::array<double, kStatClasses>;

// Sums what each word of the plan gives each document.
class Accumulator {
  public:
    Accumulator(const Corpus& corpus, const View& view)
        : corpus_(corpus), view_(view), cells_(corpus.documents().size()) {}

    void add(const PlanWord& word) {
        PerClass rarity{};
        for (const Family& family : word.families)
            take_family(family, rarity);
        for (const Conjunction& conjunction : word.conjunctions)
            take_conjunction(conjunction, rarity);
        for (const Slot slot : word_touched_) {
            Cell& cell = cells_[slot];
            const StatClass c = view_.class_of(slot);
            if (cell.sum == 0) touched_.push_back(slot);
            cell.sum += word.weight * cell.best;
            cell.covered += word.weight * cell.best_trust * rarity[c];
            cell.best = cell.best_trust = 0;
        }
        word_touched_.clear();
        for (std::size_t c = 0; c < kStatClasses; ++c)
            wanted_[c] += word.weight * rarity[c];
    }

    [[nodiscard]] const std::vector<Slot>& touched() const { return touched_; }

    [[nodiscard]] double relevance(Slot slot) const {
        const double wanted = wanted_[view_.class_of(slot)];
        const double coverage = wanted > 0 ? std::min(1.0, cells_[slot].covered / wanted) : 0;
        return cells_[slot].sum * (1 - kCoverageShare + kCoverageShare * coverage);
    }

  private:
    struct Cell {
        double sum = 0;
        double covered = 0;
        double best = 0;  // of the word being added
        double best_trust = 0;
        double part = 0;  // of the conjunction being added
        double least = 0;
        std::uint32_t parts = 0;
    };

    [[nodiscard]] PerClass rarity_of(const Family& family) const {
        Frequencies frequency{};
        for (const PlanTerm& term : family.terms) {
            const Frequencies one = view_.frequencies(term.term);
            for (std::size_t c = 0; c < kStatClasses; ++c)
                frequency[c] =
                    family.is_sum ? frequency[c] + one[c] : std::max(frequency[c], one[c]);
        }
        PerClass rarity{};
        for (StatClass c = 0; c < kStatClasses; ++c)
            rarity[c] = view_.idf(c, frequency[c]);
        return rarity;
    }

    // Calls take(slot, trust, value) for each visible posting of the family.
    template <class Take>
    void walk(const Family& family, const PerClass& rarity, Take take) const {
        for (const PlanTerm& term : family.terms) {
            const double trust = family.trust * term.trust;
            corpus_.each_posting(term.term, [&](const Posting& posting) {
                const StatClass c = view_.class_of(posting.slot);
                if (c == kHidden) return;
                const StoredDocument& document = corpus_.documents()[posting.slot];
                take(posting.slot,
                     trust,
                     trust * rarity[c] * view_.saturated(document, c, posting.counts));
            });
        }
    }

    static void raise(PerClass& rarity, const PerClass& other, double trust) {
        for (std::size_t c = 0; c < kStatClasses; ++c)
            rarity[c] = std::max(rarity[c], trust * other[c]);
    }

    void raise(Slot slot, double trust, double value) {
        Cell& cell = cells_[slot];
        if (cell.best == 0) word_touched_.push_back(slot);
        cell.best = std::max(cell.best, value);
        cell.best_trust = std::max(cell.best_trust, trust);
    }

    void take_family(const Family& family, PerClass& rarity) {
        if (family.terms.empty()) return;
        const PerClass own = rarity_of(family);
        raise(rarity, own, family.trust);
        walk(family, own, [this](Slot slot, double trust, double value) {
            raise(slot, trust, value);
        });
    }

    void take_conjunction(const Conjunction& conjunction, PerClass& rarity) {
        std::vector<Slot> seen;
        std::uint32_t done = 0;
        for (const Family& part : conjunction.parts) {
            const PerClass own = rarity_of(part);
            raise(rarity, own, conjunction.trust * 0.5);
            std::vector<Slot> here;
            walk(part, own, [&](Slot slot, double, double value) {
                Cell& cell = cells_[slot];
                if (cell.parts != done) return;
                if (cell.part == 0) here.push_back(slot);
                cell.part = std::max(cell.part, value);
            });
            for (const Slot slot : here) {
                Cell& cell = cells_[slot];
                cell.least = done == 0 ? cell.part : std::min(cell.least, cell.part);
                cell.part = 0;
                cell.parts = done + 1;
            }
            if (done == 0) seen = std::move(here);
            ++done;
        }
        for (const Slot slot : seen) {
            Cell& cell = cells_[slot];
            if (cell.parts == done) raise(slot, conjunction.trust, conjunction.trust * cell.least);
            cell.parts = 0;
        }
    }

    const Corpus& corpus_;
    const View& view_;
    std::vector<Cell> cells_;
    std::vector<Slot> touched_;
    std::vector<Slot> word_touched_;
    PerClass wanted_{};
};

// How many of the query's neighbouring words stand together in the document, 0 to 1.
class Nearness {
  public:
    explicit Nearness(const Plan& plan) {
        for (std::size_t i = 0; i < plan.words.size(); ++i) {
            if (!plan.words[i].is_stop) content_.push_back(i);
        }
        if (content_.size() < 2) {
            content_.clear();
            for (std::size_t i = 0; i < plan.words.size(); ++i)
                content_.push_back(i);
        }
        for (const std::size_t word : content_)
            places_.push_back(plan.words[word].place);
    }

    [[nodiscard]] double of(const StoredDocument& document, Marker& marker) const {
        if (content_.size() < 2) return 0;
        std::vector<std::int64_t> last(content_.size(), -1000);
        std::vector<double> pair(content_.size() - 1, 0.0);
        std::int64_t at = 0;
        const std::size_t end = std::min(document.words.size(), kNearWordsMax);
        for (std::size_t i = 0; i < end; ++i) {
            if ((document.words[i] & kExtraWord) == 0) ++at;
            const std::uint8_t number =
                marker.of(document.words[i] & ~kExtraWord, document.document.lang);
            if (number != Marker::kNone) meet(number - 1U, at, last, pair);
        }
        double sum = 0;
        for (const double value : pair)
            sum += value;
        return sum / static_cast<double>(pair.size());
    }

  private:
    void meet(std::size_t word,
              std::int64_t at,
              std::vector<std::int64_t>& last,
              std::vector<double>& pair) const {
        const auto found = std::find(content_.begin(), content_.end(), word);
        if (found == content_.end()) return;
        const auto k = static_cast<std::size_t>(found - content_.begin());
        last[k] = at;
        if (k > 0 && at - last[k - 1] <= places_[k] - places_[k - 1] + 2) pair[k - 1] = 1;
        if (k + 1 < last.size() && at - last[k + 1] <= 3) pair[k] = std::max(pair[k], 0.6);
    }

    std::vector<std::size_t> content_;  // indices of the plan's words
    std::vector<std::int64_t> places_;
};

bool starts_with_words(const std::string& title, const std::string& words) {
    return title.size() > words.size() && title.compare(0, words.size(), words) == 0 &&
           title[words.size()] == ' ';
}

double ordered_score(double relevance,
                     const StoredDocument& document,
                     const Plan& plan,
                     Lang lang) {
    double score = relevance;
    if (starts_with_words(document.folded_title, plan.folded_query)) score *= 1 + kTitleStartBonus;
    if (document.document.lang != lang) score *= kOtherLanguage;
    score *= 1 + kPriorSpan * (std::clamp(document.document.prior, 0.0, 1.0) - 0.5);
    return document.folded_title == plan.folded_query ? score + kExactTitleBonus : score;
}

}  // namespace

Marker::Marker(Corpus& corpus, const Plan& plan)
    : corpus_(corpus), by_term_(corpus.vocabulary().size(), kNone) {
    for (auto& known : by_word_)
        known.assign(corpus.vocabulary().size(), kUnknown);
    for (std::size_t i = 0; i < plan.words.size(); ++i) {
        const auto number = static_cast<std::uint8_t>(i + 1);
        for (const Family& family : plan.words[i].families)
            mark(family, number);
        for (const Conjunction& conjunction : plan.words[i].conjunctions) {
            for (const Family& part : conjunction.parts)
                mark(part, number);
        }
    }
}

void Marker::mark(const Family& family, std::uint8_t number) {
    for (const PlanTerm& term : family.terms) {
        if (by_term_[term.term] == kNone) by_term_[term.term] = number;
    }
}

std::uint8_t Marker::of(TermId word, Lang lang) {
    auto& known = by_word_[static_cast<std::size_t>(lang)];
    if (word >= known.size()) return kNone;
    if (known[word] != kUnknown) return known[word];
    std::uint8_t number = by_term_[word];
    for (const TermId term : corpus_.derived(word, lang)) {
        if (number == kNone && term < by_term_.size()) number = by_term_[term];
    }
    known[word] = number;
    return number;
}

std::uint8_t Marker::of(std::string_view folded_word, Lang lang) {
    const TermId word = corpus_.vocabulary().find(folded_word);
    return word == kNoTerm ? kNone : of(word, lang);
}

std::vector<Scored> score(const Corpus& corpus,
                          const View& view,
                          const Plan& plan,
                          const SearchOptions& options,
                          Marker& marker) {
    Accumulator sums(corpus, view);
    for (const PlanWord& word : plan.words)
        sums.add(word);
    std::vector<Scored> scored;
    for (const Slot slot : sums.touched()) {
        const auto kind = static_cast<std::size_t>(corpus.documents()[slot].document.kind);
        if (options.kinds[kind]) scored.push_back({slot, sums.relevance(slot), 0});
    }
    const auto& documents = corpus.documents();
    const auto by_key = [&documents](const Scored& a, const Scored& b) {
        return documents[a.slot].document.key < documents[b.slot].document.key;
    };
    std::sort(scored.begin(), scored.end(), [&](const Scored& a, const Scored& b) {
        return a.relevance != b.relevance ? a.relevance > b.relevance : by_key(a, b);
    });
    const Nearness nearness(plan);
    for (std::size_t i = 0; i < scored.size(); ++i) {
        Scored& entry = scored[i];
        const StoredDocument& document = documents[entry.slot];
        if (i < kNearDocuments) entry.relevance *= 1 + kNearBonus * nearness.of(document, marker);
        entry.score = ordered_score(entry.relevance, document, plan, options.lang);
    }
    std::sort(scored.begin(), scored.end(), [&](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : by_key(a, b);
    });
    return scored;
}

}  // namespace ventanilla::search
