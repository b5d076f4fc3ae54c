#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/plan.hpp"

namespace ventanilla::search {

// Which word of the plan a word of a text matches. Answers are remembered for the time of one
// query.
class Marker {
  public:
    Marker(Corpus& corpus, const Plan& plan);

    static constexpr std::uint8_t kNone = 0;

    // 1 + the index of the plan's word, or kNone.
    std::uint8_t of(TermId word, Lang lang) {
        const auto& known = by_word_[static_cast<std::size_t>(lang)];
        if (word >= known.size()) return kNone;
        return known[word] != kUnknown ? known[word] : find_out(word, lang);
    }
    std::uint8_t of(std::string_view folded_word, Lang lang);

    [[nodiscard]] bool is_stop(TermId word) const {
        return is_stop_word(corpus_.vocabulary().text(word));
    }

  private:
    static constexpr std::uint8_t kUnknown = 0xFF;

    std::uint8_t find_out(TermId word, Lang lang);
    void mark(const Family& family, std::uint8_t number);

    Corpus& corpus_;
    std::vector<std::uint8_t> by_term_;
    std::array<std::vector<std::uint8_t>, 2> by_word_;  // kUnknown until asked
};

}  // namespace ventanilla::search
