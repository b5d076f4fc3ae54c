#include "shared/search/view.hpp"

#include <algorithm>
#include <cmath>

namespace ventanilla::search {
namespace {

// Weights of title, keywords, headings, summary, body (domain.md 4.7), and how much a long field
// dilutes its words: much in bodies, little in titles.
constexpr std::array<double, kFields> kFieldWeight = {5.5, 3, 2, 2, 1};
constexpr std::array<double, kFields> kDilution = {0.4, 0.2, 0.5, 0.4, 0.6};
constexpr double kIdfPower = 0.7;
constexpr double kSaturation = 1.2;  // BM25's k1
constexpr std::size_t kRememberedTerms = 50'000;

StatClass class_for(const Document& document) {
    const auto lang = static_cast<StatClass>(document.lang);
    return document.kind == Kind::Request ? static_cast<StatClass>(2 + lang) : lang;
}

}  // namespace

View::View(const Corpus& corpus, const std::vector<bool>& seen)
    : corpus_(corpus), classes_(corpus.documents().size(), kHidden) {
    for (Slot slot = 0; slot < classes_.size(); ++slot) {
        const StoredDocument& document = corpus.documents()[slot];
        if (!document.is_alive || !seen[document.audience]) continue;
        const StatClass c = class_for(document.document);
        classes_[slot] = c;
        ++counts_[c];
        for (std::size_t field = 0; field < kFields; ++field)
            mean_length_[c][field] += document.lengths[field];
    }
    for (std::size_t c = 0; c < kStatClasses; ++c) {
        for (double& mean : mean_length_[c])
            mean = std::max(1.0, mean / std::max(1U, counts_[c]));
    }
}

Frequencies View::frequencies(TermId term) const {
    const auto known = frequencies_.find(term);
    if (known != frequencies_.end()) return known->second;
    if (frequencies_.size() > kRememberedTerms) frequencies_.clear();
    return frequencies_.try_emplace(term, counted(term)).first->second;
}

Frequencies View::counted(TermId term) const {
    Frequencies found{};
    corpus_.each_posting(term, [&](const Posting& posting) {
        const StatClass c = classes_[posting.slot];
        if (c != kHidden) ++found[c];
    });
    return found;
}

std::uint32_t View::frequency(TermId term) const {
    std::uint32_t sum = 0;
    for (const std::uint32_t n : frequencies(term))
        sum += n;
    return sum;
}

bool View::has(TermId term) const {
    return term != kNoTerm && frequency(term) > 0;
}

bool View::has_in_title_or_keywords(TermId term) const {
    bool found = false;
    corpus_.each_posting(term, [&](const Posting& posting) {
        if (classes_[posting.slot] == kHidden) return;
        found = found || posting.counts.at(Field::Title) + posting.counts.at(Field::Keywords) > 0;
    });
    return found;
}

double View::idf(StatClass c, std::uint32_t frequency) const {
    const double n = counts_[c];
    const double df = std::min<double>(frequency, n);
    return std::pow(std::log(1.0 + (n - df + 0.5) / (df + 0.5)), kIdfPower);
}

double View::saturated(const StoredDocument& document, StatClass c, FieldCounts counts) const {
    double weighted = 0;
    for (std::size_t field = 0; field < kFields; ++field) {
        const std::uint32_t times = counts.at(static_cast<Field>(field));
        if (times == 0) continue;
        const double length = document.lengths[field] / mean_length_[c][field];
        weighted +=
            kFieldWeight[field] * times / (1 - kDilution[field] + kDilution[field] * length);
    }
    return weighted / (kSaturation + weighted);
}

}  // namespace ventanilla::search
