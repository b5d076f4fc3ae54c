#pragma once

#include <string>
#include <string_view>

namespace ventanilla::content {

// The words of a text for an address: lower case, without accents, joined by hyphens, [a-z0-9-]
// only. Empty for a text without Latin letters or digits.
std::string slug(std::string_view text);

}  // namespace ventanilla::content
