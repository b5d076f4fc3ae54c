#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/content/issues.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/domain/article.hpp"

// Any folder of Markdown as articles. Nothing is stored here: the caller gets values and decides.
// The same folder always gives the same articles with the same ids, so importing again updates.
//
// A page "x.md" is one article; "x.es.md" and "x.en.md" are the two languages of one. Known members
// of the front matter: title, summary (description, subtitle), keywords (tags), lang, number,
// owner, items, internal, reviewed_days_ago, redirect_from (aliases), redirect_to, permalink.
// Pages of an export (export.hpp) also say id, and with it version, reviewed_at and source_path,
// and templates ("none": braces are text).

namespace ventanilla::content {

struct SourceFile {
    std::string path;  // relative to the folder, with "/"
    std::string text;
};

struct ImportOptions {
    std::string source = "import";         // names the collection; part of every id
    Instant now{};                         // reviewed_at of pages that say nothing
    domain::Lang lang = domain::Lang::Es;  // of pages that neither say nor show it
    std::string owner;                     // of pages that say nothing
    // Addresses of the portal that are no pages of the folder and stay as they are.
    std::vector<std::string> kept_paths = {"/pedir",
                                           "/articulos/",
                                           "/estado",
                                           "/solicitudes",
                                           "/ajustes",
                                           "/este-navegador",
                                           "/buscar"};
};

struct PageIssue {
    std::string path;
    Issue issue;
};

struct ImportedPage {
    domain::Article article;             // links between pages lead to /articulos/NUMBER
    bool is_dated = false;               // it says itself when it was reviewed
};

struct ImportReport {
    std::vector<ImportedPage> pages;  // by path
    std::vector<PageIssue> issues;    // by path and line
    std::size_t files = 0;            // read, pages or not

    // How many issues there are of a kind, repeated ones counted.
    [[nodiscard]] std::size_t count(IssueKind kind) const;
};

// Errors: none; what cannot be carried is in the report.
ImportReport import_files(const std::vector<SourceFile>& files, const ImportOptions& options);

// Reads every .md and .markdown file under `folder`; hidden ones are left out, links are not
// followed. Errors: NotFound when it is no folder; TooLarge over 20,000 files or 256 MiB.
Result<ImportReport> import_tree(const std::filesystem::path& folder, const ImportOptions& options);

// For people: one line a page and issue, then the sums.
std::string written(const ImportReport& report);

}  // namespace ventanilla::content
