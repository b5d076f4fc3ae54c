#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/content/issues.hpp"
#include "shared/domain/blocks.hpp"

// Markdown to blocks: CommonMark with tables, strikethrough and "> [!NOTE] Title" callouts. Raw
// HTML never gets through as HTML: simple marks become ours, the text of other tags stays, scripts
// go. Source: CommonMark 0.31 as md4c reads it.

namespace ventanilla::content {

struct MarkdownOptions {
    // Where a link leads in the portal; nullopt when it leads nowhere. Without it every safe target
    // stays.
    std::function<std::optional<std::string>(std::string_view target)> link = {};
    // Where an image lies; nullopt when there is none. Without it no image is kept, only its text.
    std::function<std::optional<std::string>(std::string_view source)> image = {};
    int first_line = 1;  // of the text in its file, for the issues
};

struct Markdown {
    domain::Blocks blocks;
    std::vector<Issue> issues;
};

// `text` with U+FFFD for broken bytes, so that every text made of it is UTF-8.
std::string repaired(std::string_view text);

// Any text will do. What is over limits::kArticleBytesMax or kBlockNodesMax is cut and reported.
Markdown parse_markdown(std::string_view text, const MarkdownOptions& options = {});

}  // namespace ventanilla::content
