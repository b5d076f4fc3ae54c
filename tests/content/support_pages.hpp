#pragma once

#include <string>
#include <vector>

#include "server/content/import.hpp"
#include "shared/domain/blocks.hpp"

// Texts to read: the examples of the CommonMark specification, the demo company's articles, and the
// real handbook where it lies beside the project.

namespace ventanilla::content {

struct SpecExample {
    std::string markdown;
    std::string html;
};
std::vector<SpecExample> spec_examples();  // never empty

ImportReport demo_articles();
ImportReport handbook_articles();  // empty when the handbook is not there

// The texts of an article that are there, Spanish first.
std::vector<const domain::ArticleText*> texts_of(const domain::Article& article);

domain::Blocks blocks_of(const domain::ArticleText& text);

}  // namespace ventanilla::content
