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

struct Scored {
    Slot slot = 0;
    double relevance = 0;  // what was found and how near together; decides what is listed at all
    double score = 0;      // with title, language and prior; decides the order
    Why why;
};

// Every visible document that has something of the plan, best first; ties by key.
std::vector<Scored> score(const Corpus& corpus,
                          const View& view,
                          const Plan& plan,
                          const SearchOptions& options,
                          Marker& marker);

}  // namespace ventanilla::search
