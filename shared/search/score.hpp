#pragma once

#include <cstdint>
#include <vector>

#include "shared/search/corpus.hpp"
#include "shared/search/index.hpp"
#include "shared/search/marker.hpp"
#include "shared/search/plan.hpp"
#include "shared/search/view.hpp"

// From a plan to ordered documents. docs/search.md explains each factor.

namespace ventanilla::search {

// Many are sorted with every query: kept small, and what a place is made of is worked out again
// where somebody asks (why_of).
struct Scored {
    Slot slot = 0;
    float coverage = 1;  // these two are factors of `relevance`
    double closeness = 1;
    double relevance = 0;  // what was found and how near together; decides what is listed at all
    double score = 0;      // with title, language and prior; decides the order
};

Why why_of(const Scored& entry, const StoredDocument& document, const Plan& plan, Lang lang);

// Every visible document that has something of the plan, best first; ties by key.
std::vector<Scored> score(const Corpus& corpus,
                          const View& view,
                          const Plan& plan,
                          const SearchOptions& options,
                          Marker& marker);

}  // namespace ventanilla::search
