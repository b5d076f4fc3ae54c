#pragma once

#include <string>
#include <string_view>

#include "shared/base/id.hpp"
#include "shared/domain/lang.hpp"

// What is noted of a search: enough to count the same question together, and no more of its words
// than it takes to write an article about it (ADR 18).

namespace ventanilla::search {

struct QueryKey {
    Id key;  // the same for the same words in any order, accent and inflection; nil: no words
    std::string words;  // the query in lower case on one line; empty when it may tell who asked
};

// Words are kept from what holds an address or a number of five digits, and from what is long: that
// is somebody's own case. `lang` is the person's, for inflections and for words that mean nothing.
QueryKey query_key(std::string_view query, domain::Lang lang);

}  // namespace ventanilla::search
