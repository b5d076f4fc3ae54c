#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/index.hpp"

// What one caller may see, and the statistics of exactly that. Everything a query counts, corrects
// or completes goes through here, so a document somebody may not see changes nothing in the answer.

namespace ventanilla::search {

// Statistics are kept apart by language, and for requests apart from what is written for everybody:
// otherwise a hundred English pages would make every Spanish word look rare.
using StatClass = std::uint8_t;
inline constexpr std::size_t kStatClasses = 4;
inline constexpr StatClass kHidden = 0xFF;

using Frequencies = std::array<std::uint32_t, kStatClasses>;

// What a word may have been meant to be: shared/search/correct.hpp.
struct Correction {
    TermId term = kNoTerm;
    double trust = 0;
};

class View {
  public:
    // `seen` says of each of the corpus's audience tags whether the caller holds it. Good until the
    // corpus changes.
    View(const Corpus& corpus, const std::vector<bool>& seen);

    // kHidden when the document is dead or not for this caller.
    [[nodiscard]] StatClass class_of(Slot slot) const { return classes_[slot]; }

    // In how many visible documents of each class the term occurs.
    // Remembered: people type on, and the next query asks for the same words.
    [[nodiscard]] Frequencies frequencies(TermId term) const;
    [[nodiscard]] std::uint32_t frequency(TermId term) const;  // over all classes
    [[nodiscard]] bool has(TermId term) const;                 // the same, above 0
    [[nodiscard]] bool has_in_title_or_keywords(TermId term) const;

    [[nodiscard]] std::uint32_t count(StatClass c) const { return counts_[c]; }

    // How rare a term is that occurs in `frequency` documents of the class. Source: Robertson 2009.
    [[nodiscard]] double idf(StatClass c, std::uint32_t frequency) const;

    // The BM25F term frequency, saturated: 0 to 1.
    [[nodiscard]] double saturated(const StoredDocument& document,
                                   StatClass c,
                                   FieldCounts counts) const;

    [[nodiscard]] const Corpus& corpus() const { return corpus_; }

    // Corrections found so far in this view, by word. Typing on asks for the earlier words again.
    using Remembered = std::unordered_map<std::string, std::vector<Correction>>;
    [[nodiscard]] Remembered& corrections() const { return corrections_; }

  private:
    [[nodiscard]] Frequencies counted(TermId term) const;

    const Corpus& corpus_;
    mutable std::unordered_map<TermId, Frequencies> frequencies_;
    mutable Remembered corrections_;
    std::vector<StatClass> classes_;
    std::array<std::uint32_t, kStatClasses> counts_{};
    std::array<std::array<double, kFields>, kStatClasses> mean_length_{};
};

}  // namespace ventanilla::search
