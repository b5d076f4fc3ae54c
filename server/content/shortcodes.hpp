#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/content/issues.hpp"

// Template instructions of static site generators (Liquid, Hugo, kramdown), which mean nothing
// elsewhere.

namespace ventanilla::content {

// The text with instructions replaced by what they stand for where that is known ("{% page "x/" %}"
// is the address /x/, "{% alert %}…{% endalert %}" a callout, comments nothing) and taken out,
// reported, where it is not. Fenced code stays as it is. The number of lines stays the same.
std::string without_shortcodes(std::string_view text, int first_line, std::vector<Issue>& issues);

}  // namespace ventanilla::content
