#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "shared/domain/lang.hpp"

// What can be found: one text in one language. The same article in Spanish and in English is two
// documents with one `id`; a result shows it once.

namespace ventanilla::search {

using domain::Lang;

// The four groups of results. Stored in no file, sent nowhere.
enum class Kind : std::uint8_t { Article, Item, Request, Status };
inline constexpr std::size_t kKinds = 4;

// The order in which groups are shown: what is happening now, solve it, ask for it, what I asked
// for.
inline constexpr std::array<Kind, kKinds> kGroupOrder = {
    Kind::Status, Kind::Article, Kind::Item, Kind::Request};

struct Document {
    std::string key;  // unique in the index and stable: "article:9f…:es". Ties are broken by it
    std::string
        id;  // what a result opens: 32 hex digits, a catalogue key …; shared by translations
    Kind kind = Kind::Article;
    Lang lang = Lang::Es;  // of the text
    std::string audience;  // opaque tag, given to SearchOptions::may_see; one per set of audiences
    std::string title;
    std::string keywords;  // words people use, separated by spaces or commas
    std::string summary;
    std::string body;    // plain text; lines that start with "# " to "###### " are headings
    double prior = 0.5;  // 0 to 1: freshness and helpfulness, see priors.hpp. 0.5 says nothing
};

}  // namespace ventanilla::search
