#include "shared/search/score.hpp"

#include <algorithm>
#include <array>

#include "shared/search/closeness.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kNearDocuments = 40;  // of the best, looked at word by word
constexpr double kCoverageShare = 0.3;      // of the score that depends on finding all the words
constexpr double kPairBonus = 0.9;
constexpr double kLineBonus = 1.8;
constexpr double kTitleStartBonus = 0.15;
constexpr double kExactTitleBonus = 1'000;  // above anything words can add up to
constexpr double kOtherLanguage = 0.88;
constexpr double kPriorSpan = 0.08;  // ±4 %: orders equals, lifts nobody

using PerClass = std::array<double, kStatClasses>;

// Sums what each word of the plan gives each document.
class Accumulator {
  public:
    Accumulator(const Corpus& corpus, const View& view, std::size_t words)
        : corpus_(corpus), view_(view), cells_(corpus.documents().size()), rarity_(words, 0) {}

    // Stop words last: they only add to documents that have another word, if any has.
    void add(const Plan& plan) {
        for (std::size_t i = 0; i < plan.words.size(); ++i) {
            if (!plan.words[i].is_stop) rarity_[i] = add(plan.words[i]);
        }
        is_closed_ = !touched_.empty();
        for (std::size_t i = 0; i < plan.words.size(); ++i) {
            if (plan.words[i].is_stop) rarity_[i] = add(plan.words[i]);
        }
    }

    // Of each of the plan's words, with its weight; the greatest over the classes.
    [[nodiscard]] const std::vector<double>& rarity() const { return rarity_; }

    [[nodiscard]] const std::vector<Slot>& touched() const { return touched_; }

    [[nodiscard]] double words(Slot slot) const { return cells_[slot].sum; }

    // A factor: 1 for all the words, weighed by rarity.
    [[nodiscard]] double coverage(Slot slot) const {
        const double wanted = wanted_[view_.class_of(slot)];
        const double covered = wanted > 0 ? std::min(1.0, cells_[slot].covered / wanted) : 0;
        return 1 - kCoverageShare + kCoverageShare * covered;
    }

  private:
    // Gives the word's rarity.
    double add(const PlanWord& word) {
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
        double most = 0;
        for (std::size_t c = 0; c < kStatClasses; ++c) {
            wanted_[c] += word.weight * rarity[c];
            most = std::max(most, word.weight * rarity[c]);
        }
        return most;
    }

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
                if (c == kHidden || (is_closed_ && cells_[posting.slot].sum == 0)) return;
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
    std::vector<double> rarity_;
    bool is_closed_ = false;  // no further documents are touched
};

double closeness_factor(const Close& close) {
    return 1 + kPairBonus * close.pairs + kLineBonus * close.line;
}

bool starts_with_words(const std::string& title, const std::string& words) {
    return title.size() > words.size() && title.compare(0, words.size(), words) == 0 &&
           title[words.size()] == ' ';
}

// The factors that words have no part in.
Why around_words(const StoredDocument& document, const Plan& plan, Lang lang) {
    Why why;
    if (starts_with_words(document.folded_title, plan.folded_query)) why.title += kTitleStartBonus;
    if (document.document.lang != lang) why.language = kOtherLanguage;
    why.prior += kPriorSpan * (std::clamp(document.document.prior, 0.0, 1.0) - 0.5);
    if (document.folded_title == plan.folded_query) why.exact = kExactTitleBonus;
    return why;
}

}  // namespace

Why why_of(const Scored& entry, const StoredDocument& document, const Plan& plan, Lang lang) {
    Why why = around_words(document, plan, lang);
    why.coverage = entry.coverage;
    why.closeness = entry.closeness;
    why.words = entry.relevance / (why.coverage * why.closeness);
    return why;
}

std::vector<Scored> score(const Corpus& corpus,
                          const View& view,
                          const Plan& plan,
                          const SearchOptions& options,
                          Marker& marker) {
    Accumulator sums(corpus, view, plan.words.size());
    sums.add(plan);
    std::vector<Scored> scored;
    for (const Slot slot : sums.touched()) {
        const auto kind = static_cast<std::size_t>(corpus.documents()[slot].document.kind);
        if (!options.kinds[kind]) continue;
        const auto coverage = static_cast<float>(sums.coverage(slot));
        scored.push_back({slot, coverage, 1, sums.words(slot) * coverage, 0});
    }
    const auto& documents = corpus.documents();
    const auto by_key = [&documents](const Scored& a, const Scored& b) {
        return documents[a.slot].document.key < documents[b.slot].document.key;
    };
    const auto near_end =
        scored.begin() + static_cast<std::ptrdiff_t>(std::min(scored.size(), kNearDocuments));
    std::partial_sort(
        scored.begin(), near_end, scored.end(), [&](const Scored& a, const Scored& b) {
            return a.relevance != b.relevance ? a.relevance > b.relevance : by_key(a, b);
        });
    const Closeness closeness(plan, sums.rarity());
    for (std::size_t i = 0; i < scored.size(); ++i) {
        Scored& entry = scored[i];
        const StoredDocument& document = documents[entry.slot];
        if (i < kNearDocuments) entry.closeness = closeness_factor(closeness.of(document, marker));
        entry.relevance *= entry.closeness;
        const Why why = around_words(document, plan, options.lang);
        entry.score = entry.relevance * why.title * why.language * why.prior + why.exact;
    }
    std::sort(scored.begin(), scored.end(), [&](const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : by_key(a, b);
    });
    return scored;
}

}  // namespace ventanilla::search
