#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/articles_view.hpp"

// What helps and what is missing, for those who keep the articles: sums without people, and each
// gap is the beginning of an article.

namespace ventanilla::views {

struct KnowledgeModel {
    Say say = {};
    bool is_allowed = true;
    bool is_loading = false;
    std::vector<std::pair<std::string, std::string>> avoided = {};  // label and figure
    std::vector<ArticleLine> helpful = {};                          // the most first
    std::vector<ArticleLine> gaps = {};       // searches that lead nowhere, the commonest first
    std::vector<ArticleLine> uncovered = {};  // what is resolved again and again without an article
};

KnowledgeModel knowledge_model(const AppState& state, Instant now);
void knowledge_view(ui::Ui& ui, const KnowledgeModel& model);

// The lines of one kind under their title, with how many there are; nothing when there is none.
void lines_view(ui::Ui& ui, const Say& say, K title, const std::vector<ArticleLine>& lines);

}  // namespace ventanilla::views
