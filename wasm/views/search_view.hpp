#pragma once

#include "wasm/views/search_words.hpp"

// The results page: the same answers as in the home field, all of them, with a way on when there is
// none.

namespace ventanilla::views {

struct SearchModel {
    Say say = {};
    std::string query = {};
    std::string title = {};
    std::string count = {};
    std::string meant = {};  // a better spelling; empty: none
    std::vector<AnswerGroup> groups = {};
    bool is_preparing = false;
};

SearchModel search_model(const AppState& state, Instant now);
void search_view(ui::Ui& ui, const SearchModel& model, const AppState& state, Intents& intents);

}  // namespace ventanilla::views
