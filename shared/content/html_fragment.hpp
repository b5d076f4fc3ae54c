#pragma once

#include <string_view>

#include "shared/content/builder.hpp"

// Raw HTML found in Markdown, read as events for the builder. What has a counterpart among our
// blocks and marks becomes it (headings, lists, tables, links, strong, code, line breaks); of other
// tags the text stays; script, style and frames go with all they hold. Every tag is reported but
// those that are marks here too. Never fails.

namespace ventanilla::content {

// A block of HTML: opens and closes its own blocks.
void html_block(std::string_view html, Builder& builder);

// One tag inside a paragraph, "<br>" or "</a>".
void html_inline(std::string_view tag, Builder& builder);

}  // namespace ventanilla::content
