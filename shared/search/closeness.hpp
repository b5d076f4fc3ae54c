#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/marker.hpp"
#include "shared/search/plan.hpp"
#include "shared/search/view.hpp"

// How a document holds the words of a query: next to one another, in one line.
// Counting words cannot tell an article about the thing from a long one that mentions every word of
// it somewhere.

namespace ventanilla::search {

// Each 0 to 1, by the rarity of the words concerned.
struct Close {
    double pairs = 0;  // neighbours in the query that stand near each other in the text
    double line = 0;   // how far the title, or else a heading, says the query and nothing else
};

class Closeness {
  public:
    // `rarity` is that of each of the plan's words, its weight included.
    Closeness(const Plan& plan, const std::vector<double>& rarity);

    // Cost: one look at each of the document's words, at most 8,000.
    [[nodiscard]] Close of(const StoredDocument& document, Marker& marker) const;

  private:
    struct Place {
        std::uint8_t word = Marker::kNone;  // as Marker numbers them
        std::int64_t at = 0;                // counts the document's words
    };

    [[nodiscard]] double pairs(const std::vector<Place>& places) const;
    [[nodiscard]] double line(const StoredDocument& document,
                              Marker& marker,
                              WordRange range) const;

    std::vector<double> rarity_;
    double total_ = 0;
    std::vector<std::size_t> content_;    // the plan's words that pairs are made of
    std::vector<std::int64_t> distance_;  // in the query, from each to the one before
};

}  // namespace ventanilla::search
