#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Every term of the index once, numbered. Words sort apart from stems, whose text begins with a
// byte below kWordFirst, so that completing and correcting only ever see words people could type.

namespace ventanilla::search {

using TermId = std::uint32_t;
inline constexpr TermId kNoTerm = 0xFFFF'FFFF;
inline constexpr char kStemEs = '\x01';
inline constexpr char kStemEn = '\x02';

struct FuzzyMatch {
    TermId term = kNoTerm;
    int distance = 0;
};

class Vocabulary {
  public:
    // The number of `term`, new if need be.
    TermId intern(std::string_view term);

    // kNoTerm when it is not there.
    [[nodiscard]] TermId find(std::string_view term) const;

    // Valid until the next intern.
    [[nodiscard]] std::string_view text(TermId term) const;
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::size_t memory_bytes() const;

    // Sorts the words that came since the last call; the two calls below see only sorted ones.
    void sort();

    // Words that begin with `prefix`, in byte order.
    void with_prefix(std::string_view prefix, std::vector<TermId>& out) const;

    // Words at most `distance_max` insertions, deletions, substitutions or swaps of neighbours away
    // from `word`; with `is_prefix`, words that begin with something that near. In byte order.
    // Cost: walks the sorted words as a trie and leaves a branch as soon as it is too far.
    void near(std::string_view word,
              int distance_max,
              bool is_prefix,
              std::vector<FuzzyMatch>& out) const;

    void clear();

  private:
    [[nodiscard]] std::size_t slot_of(std::string_view term) const;
    void grow();

    std::string arena_;
    std::vector<std::uint32_t> ends_;   // of each term in arena_
    std::vector<TermId> table_;         // open addressing, a power of two
    std::vector<TermId> sorted_;        // words only
    std::vector<std::uint8_t> shared_;  // bytes each sorted word shares with the one before
    TermId unsorted_from_ = 0;
};

}  // namespace ventanilla::search
