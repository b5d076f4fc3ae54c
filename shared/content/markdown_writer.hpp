#pragma once

#include <string>

#include "shared/domain/blocks.hpp"

// Blocks back to Markdown, the other way round of markdown.hpp: what parse_markdown makes of it are
// the same blocks again. Marks that Markdown's rules would not read where they stand (a bold word
// inside a word, bold beside bold) are written as HTML tags, which the reader knows.

namespace ventanilla::content {

// Shape: UTF-8, ends with a line break unless empty. Heading ids are not written: they follow from
// the text. Cost: linear; each block is read back once to see that it is the same, and written more
// carefully when it is not.
std::string to_markdown(const domain::Blocks& blocks);

// Whether reading `markdown` gives `blocks` but for the ids of headings.
bool reads_as(const std::string& markdown, const domain::Blocks& blocks);

}  // namespace ventanilla::content
