#pragma once

#include <string>
#include <string_view>

// Character references of HTML: "&eacute;", "&#233;", "&#xE9;".

namespace ventanilla::content {

// What `entity`, with its & and ;, stands for; itself when it is none.
std::string decoded_entity(std::string_view entity);

// The text with every reference decoded.
std::string decoded(std::string_view text);

}  // namespace ventanilla::content
