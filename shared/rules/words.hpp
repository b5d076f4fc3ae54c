#pragma once

#include <string>
#include <string_view>

// What happens to text from people before it is stored: it is made clean rather than refused,
// because a pasted log should arrive.

namespace ventanilla::rules {

// Several lines: ends trimmed, \r\n and \r become \n, control characters other than \n and \t and
// marks that reorder what follows (bidirectional overrides) are left out, as are broken bytes.
std::string clean_text(std::string_view typed);

// One line: the same, with line breaks and tabs as single spaces.
std::string clean_line(std::string_view typed);

// Whether `text` has the shape of `mask`: A letter, 9 digit, * any character, \x x itself, other
// characters themselves. Always ends, everybody can read it.
bool fits_mask(std::string_view text, std::string_view mask);

// Code points, which is what a person counts as characters (nearly).
std::size_t length_of(std::string_view text);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace ventanilla::rules
