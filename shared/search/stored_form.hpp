#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/search/corpus.hpp"

// An index as bytes, to be ready at once after a start. It holds the texts too, each distinct piece
// of text once and then by its code, and cuts no text into words again when it is read:
// docs/search.md has the layout and the sizes. The same documents give the same bytes, whatever
// order they came in.

namespace ventanilla::search {

inline constexpr std::string_view kStoredFormMark = "VSX1";  // stored; changes with the layout

std::string stored_form(const Corpus& corpus);

// Errors: Corrupt for anything that stored_form did not write, another version included.
// Cost: linear in the texts; no allocation before a count has been checked against the bytes left.
Result<Corpus> corpus_from(std::string_view bytes);

}  // namespace ventanilla::search
