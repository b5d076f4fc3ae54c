#pragma once

#include <string>
#include <string_view>
#include <vector>

// Words that mean the same to people who ask for help. Editable: an administrator's list is text
// with one group a line, "contraseña = clave = password"; parts may have several words.

namespace ventanilla::search {

struct Synonyms {
    std::vector<std::vector<std::string>> groups;
};

// Reads one group a line, parts separated by "="; "#" starts a comment. Lines with fewer than two
// parts are skipped. Any text will do.
Synonyms parse_synonyms(std::string_view text);

// The list the product comes with: Spanish (both sides of the ocean) and English.
const Synonyms& default_synonyms();

}  // namespace ventanilla::search
