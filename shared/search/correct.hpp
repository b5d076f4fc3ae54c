#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/search/view.hpp"

// What a word that occurs nowhere may have been meant to be. Only words the caller may see are
// offered.

namespace ventanilla::search {

// At most six, likeliest first: by distance, then a different first letter last, then how common
// they are. Errors allowed: 1 up to 7 letters, 2 above (domain.md 4.7); words of 3 letters only
// become words that stand in a title or among keywords ("vpm"). Nothing for words with digits.
std::vector<Correction> corrections_of(std::string_view term, const View& view, bool is_unfinished);

// Two seen words that `term` consists of ("nofunciona"), or its letters and digits ("error809").
// Empty when there are none.
std::vector<std::string> split_of(std::string_view term, const View& view);

// How the term is written in the visible document that sorts first: with its accents, in lower
// case.
std::string shown_as(TermId term, const View& view);

}  // namespace ventanilla::search
