#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/domain/blocks.hpp"

// Blocks as HTML for pages without JavaScript. Everything is escaped; the only addresses are those
// is_safe_link lets into the tree, and they are checked again here.

namespace ventanilla::content {

std::string escaped(std::string_view text);  // & < > " '

// How a heading is found by "#part". An id is also a name among a page's scripts and style sheets;
// where those are not ours alone to choose, an empty <a name> is found just as well.
enum class Anchors : std::uint8_t { Ids, Names };

struct HtmlOptions {
    Anchors anchors = Anchors::Ids;
    int heading_level_min = 1;                         // above it stands the page's own title
    std::array<std::string_view, 4> callout_titles{};  // by tone, of callouts without one
};

// The body without a frame around it, as CommonMark writes it. Headings get their ids. Without
// callout titles it says, tag by tag, what domain::plain_text says. Cost: linear in the tree.
std::string to_html(const domain::Blocks& blocks, const HtmlOptions& options = {});

}  // namespace ventanilla::content
