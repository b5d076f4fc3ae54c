#pragma once

#include <cstdint>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/plan.hpp"
#include "shared/search/view.hpp"

// From a plan to ordered documents. docs/search.md explains each factor.

namespace ventanilla::search {

struct Scored {
    Slot slot = 0;
    double relevance = 0;  // what was found and how near together; decides what is listed at all
    double score = 0;      // with title, language and prior; decides the order
};

// Which word of the plan a word of a text matches. Answers are remembered for the time of one
// query.
class Marker {
  public:
    Marker(Corpus& corpus, const Plan& plan);

    static constexpr std::uint8_t kNone = 0;

    // 1 + the index of the plan's word, or kNone.
    std::uint8_t of(TermId word, Lang lang);
    std::uint8_t of(std::string_view folded_word, Lang lang);

  private:
    void mark(const Family& family, std::uint8_t number);

    Corpus& corpus_;
    std::vector<std::uint8_t> by_term_;
    std::array<std::vector<std::uint8_t>, 2> by_word_;  // kUnknown until asked
};

// Every visible document that has something of the plan, best first; ties by key.
std::vector<Scored> score(const Corpus& corpus,
                          const View& view,
                          const Plan& plan,
                          const SearchOptions& options,
                          Marker& marker);

}  // namespace ventanilla::search
