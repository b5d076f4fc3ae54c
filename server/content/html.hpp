#pragma once

#include <string>
#include <string_view>

#include "shared/domain/blocks.hpp"

// Blocks as HTML for pages without JavaScript. Everything is escaped; the only addresses are those
// is_safe_link lets into the tree, and they are checked again here.

namespace ventanilla::content {

std::string escaped(std::string_view text);  // & < > " '

// The body without a frame around it, as CommonMark writes it. Headings get their ids.
std::string to_html(const domain::Blocks& blocks);

}  // namespace ventanilla::content
