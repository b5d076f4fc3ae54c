#pragma once

#include <string>
#include <string_view>

// Characters as search sees them. Tables instead of a Unicode library: Latin with every accent is
// folded, Greek and Cyrillic lose their capitals, and everything else is kept as it is.

namespace ventanilla::search {

// Letters and digits of any script; not marks, symbols, emoji or spaces.
bool is_word_char(char32_t c);

// Scripts written without spaces: each character is a word.
bool is_ideograph(char32_t c);

bool is_combining_mark(char32_t c);
bool is_upper(char32_t c);  // Latin capitals, for "OneDrive"

// Appends `c` in lower case without accents; ñ stays ñ.
void append_folded(std::string& out, char32_t c);

// The text in lower case with its accents: for showing a corrected word.
std::string lowered(std::string_view text);

}  // namespace ventanilla::search
