#pragma once

#include <string>
#include <vector>

#include "server/content/import.hpp"
#include "shared/domain/article.hpp"

// Articles as a folder of Markdown, in the shape import.hpp reads. Imported ones go where they came
// from, ours under their number. Importing the folder gives the same articles with the same ids, so
// into the store it came from it changes nothing; each export is read back to see that it is so.

namespace ventanilla::content {

struct Export {
    std::vector<SourceFile> files;    // one for each article and language, by path
    std::vector<std::string> losses;  // sentences: what reading the files would not give back
};

// The same articles give the same bytes. Votes are the readers' and are not written.
// Errors: none; what cannot be written so that it reads the same is in `losses`.
Export export_articles(const std::vector<domain::Article>& articles);

}  // namespace ventanilla::content
