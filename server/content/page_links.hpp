#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/blocks.hpp"

// Where the links of a folder of pages lead: to articles of the portal, to the outside, or nowhere.
// Pages are written for many site generators, so an address is tried as a file beside the page, as
// a path from the root and as a path below the page's own pretty address.

namespace ventanilla::content {

class PageLinks {
  public:
    // `stem` is the path of a page without its extension.
    void add_page(std::string_view stem, const std::string& number);
    void add_address(std::string_view address, const std::string& number);
    void add_redirect(std::string_view address, std::string_view to);

    // The page a link stands on.
    struct From {
        std::string_view folder;  // of its file, "travel/" or nothing
        std::string_view stem;    // "travel/leave"; of "travel/index.md" only "travel"
    };

    // The address in the portal of what `target` on a page leads to; absolute addresses and "#part"
    // are themselves. nullopt when it leads nowhere.
    [[nodiscard]] std::optional<std::string> resolve(const From& from,
                                                     std::string_view target) const;

  private:
    [[nodiscard]] const std::string* find(std::string_view path) const;

    std::map<std::string, std::string> numbers_;    // by normal path
    std::map<std::string, std::string> redirects_;  // normal path to target
};

// Makes every "#part" link lead to a heading of `blocks`, forgiving how other generators write ids.
// Links that lead to none lose their mark, and are given back.
std::vector<std::string> resolve_fragments(domain::Blocks& blocks);

}  // namespace ventanilla::content
