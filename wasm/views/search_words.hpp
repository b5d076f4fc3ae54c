#pragma once

#include <string>
#include <vector>

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/request_words.hpp"

// Search answers as people read them, for the field on the home page and for the results page.

namespace ventanilla::views {

// A text with its matches; owns it.
struct MarkedText {
    std::string text = {};
    std::vector<search::Span> marks = {};

    [[nodiscard]] std::vector<ui::Span> spans() const;  // point into `text`
    friend bool operator==(const MarkedText&, const MarkedText&) = default;
};

struct AnswerModel {
    std::string key = {};
    MarkedText title = {};
    MarkedText detail = {};
    std::string href = {};
    ui::Icon icon = ui::Icon::None;
    ui::Tone tone = ui::Tone::Neutral;

    friend bool operator==(const AnswerModel&, const AnswerModel&) = default;
};

struct AnswerGroup {
    std::string title = {};  // "Resuélvelo ahora · quizá quisiste decir «vpn»"
    std::vector<AnswerModel> answers = {};

    friend bool operator==(const AnswerGroup&, const AnswerGroup&) = default;
};

// What was found for state.search.query, in the order of search::kGroupOrder; empty groups are left
// out.
std::vector<AnswerGroup> answer_groups(const AppState& state, Instant now);

// The search field with its answers. Edits, Enter and choices become intents.
void search_field(ui::Ui& ui,
                  const Say& say,
                  const AppState& state,
                  const std::vector<AnswerGroup>& groups,
                  Intents& intents);

// "útil para 9 de cada 10"; empty while too few have voted.
std::string helpful_text(const Say& say, const ArticleCard& article);

}  // namespace ventanilla::views
