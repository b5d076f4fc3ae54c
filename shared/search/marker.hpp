#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/plan.hpp"

namespace ventanilla::search {

// What a marker has found out, by term; kept from query to query so that none has to clear it. An
// answer counts when it is of this round.
class MarkMemory {
  public:
    static constexpr std::uint8_t kUnknown = 0xFF;

    void begin_round(std::size_t terms);
    [[nodiscard]] std::uint8_t get(std::size_t table, TermId term) const {
        const std::uint32_t entry = tables_[table][term];
        return entry >> 8 == round_ ? static_cast<std::uint8_t>(entry) : kUnknown;
    }
    void set(std::size_t table, TermId term, std::uint8_t answer) {
        tables_[table][term] = round_ << 8 | answer;
    }
    [[nodiscard]] std::size_t terms() const { return terms_; }

  private:
    std::array<std::vector<std::uint32_t>, 4> tables_;
    std::size_t terms_ = 0;
    std::uint32_t round_ = 0;  // 24 bits
};

// Which word of the plan a word of a text matches. Answers are remembered for the time of one
// query; one marker at a time uses a memory.
class Marker {
  public:
    Marker(Corpus& corpus, const Plan& plan, MarkMemory& memory);

    static constexpr std::uint8_t kNone = 0;

    // 1 + the index of the plan's word, or kNone.
    std::uint8_t of(TermId word, Lang lang) {
        if (word >= memory_.terms()) return kNone;
        const std::uint8_t known = memory_.get(static_cast<std::size_t>(lang), word);
        return known != MarkMemory::kUnknown ? known : find_out(word, lang);
    }
    std::uint8_t of(std::string_view folded_word, Lang lang);

    [[nodiscard]] bool is_stop(TermId word);

  private:
    // Tables of the memory; 0 and 1 are words by language.
    static constexpr std::size_t kPlanTerms = 2;
    static constexpr std::size_t kStopWords = 3;

    std::uint8_t find_out(TermId word, Lang lang);
    void mark(const Family& family, std::uint8_t number);

    Corpus& corpus_;
    MarkMemory& memory_;
};

}  // namespace ventanilla::search
