#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/state.hpp"

// What waits for whoever keeps the articles: proposals to look at, own ones, articles whose time
// has come.

namespace ventanilla::views {

struct ArticleLine {
    std::string key = {};
    std::string href = {};
    std::string title = {};
    std::string detail = {};
    ui::BadgeSpec badge = {};
};

struct ArticlesModel {
    Say say = {};
    bool is_allowed = true;
    bool is_loading = false;
    bool may_review = false;
    std::vector<ArticleLine> to_review = {};  // of others
    std::vector<ArticleLine> mine = {};       // proposed and not decided
    std::vector<ArticleLine> drafts = {};     // begun on this device
    std::vector<ArticleLine> due = {};        // to be looked at again, or no longer valid
    std::vector<ArticleLine> behind = {};     // translations that say something older
    std::vector<ArticleLine> recent = {};     // published
};

ArticlesModel articles_model(const AppState& state, Instant now);
void articles_view(ui::Ui& ui, const ArticlesModel& model);

}  // namespace ventanilla::views
