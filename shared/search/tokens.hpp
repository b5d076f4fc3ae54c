#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/lang.hpp"

// How text becomes words: folded to lower case without accents, with ñ kept apart ("año" is not
// "ano"), also when it came decomposed. Non-Latin scripts pass through; symbols and emoji separate
// words.

namespace ventanilla::search {

inline constexpr std::size_t kTermBytesMax = 48;  // longer words are cut; nobody types them

struct Token {
    std::string term;        // folded UTF-8, 1..kTermBytesMax bytes
    std::uint32_t from = 0;  // bytes in the text
    std::uint32_t to = 0;
    bool is_extra = false;  // a second reading of words already given: "wifi" beside "wi", "fi"
};

// The words of `text` in order. Compounds come apart and whole: "Wi-Fi" as wi, fi and extra wifi,
// "OneDrive" as onedrive and extra one, drive; "don't" as dont.
std::vector<Token> tokens(std::string_view text);

// Terms joined by spaces, extras left out: two texts that fold alike are the same words.
std::string folded(std::string_view text);

// The term with ñ as n: how people without the key type it.
std::string without_tilde(std::string_view term);

// The Snowball stem of a folded term; the term itself when it is short, has digits or is another
// script.
std::string stem(std::string_view term, domain::Lang lang);

// Words too common to carry meaning ("el", "how"), folded.
bool is_stop_word(std::string_view term);

// The parts of a term where letters meet digits: "an101" as an, 101. Empty when it is of one kind.
std::vector<std::string_view> digit_parts(std::string_view term);

}  // namespace ventanilla::search
