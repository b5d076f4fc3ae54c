#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/search/score.hpp"

// The passage of a document that answers a query, and what in it matched.

namespace ventanilla::search {

struct Passage {
    std::string text;         // one line, "…" where it was cut
    std::vector<Span> marks;  // ascending, apart
};

// What in `text` matches, in bytes.
std::vector<Span> marks_in(std::string_view text, Lang lang, const Plan& plan, Marker& marker);

// The stretch of summary or body that has most of the query's words, at most about 180 bytes.
Passage passage(const StoredDocument& document, const Plan& plan, Marker& marker);

}  // namespace ventanilla::search
