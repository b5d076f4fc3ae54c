#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/content/issues.hpp"
#include "shared/base/id.hpp"
#include "shared/base/time.hpp"
#include "shared/domain/blocks.hpp"
#include "shared/domain/lang.hpp"

// One file of a folder of pages, its head read and its template instructions gone, before links are
// known.

namespace ventanilla::content {

struct PageSource {
    std::string path;  // "travel/leave.es.md"
    std::string stem;  // "travel/leave": shared by the languages; "index" stands for its folder
    std::string stem_with_lang;  // "travel/leave.es"
    std::string folder;          // "travel/", or nothing
    domain::Lang lang = domain::Lang::Es;
    std::string title;
    std::string summary;
    std::string keywords;
    std::string number;
    std::string owner;
    std::string redirect_to;             // not empty: no article, only another way to one
    std::vector<std::string> addresses;  // former and explicit ones
    std::vector<std::string> items;
    bool is_internal = false;
    int reviewed_days_ago = 0;
    // Said by the pages of an export alone, which know which article they are.
    Id id;                               // nil: follows from the stem
    std::string source_path;             // of the page it was imported from first
    std::optional<Instant> review_by;    // any page may say these two
    std::optional<Instant> valid_to;
    std::optional<Instant> reviewed_at;  // instead of reviewed_days_ago
    int version = 1;
    std::string body;
    int body_line = 1;
    std::vector<Issue> issues;
};

PageSource read_page(std::string_view path, std::string_view text, domain::Lang fallback);

// The first heading's text, otherwise the last part of the stem with spaces and a capital.
std::string title_from(const domain::Blocks& blocks, std::string_view stem);

}  // namespace ventanilla::content
