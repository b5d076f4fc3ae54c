#include "wasm/views/search_view.hpp"

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kFieldPx = 760;

void group_view(ui::Ui& ui, const AnswerGroup& group) {
    const auto part = ui.section(group.title, ui::Gap::Small);
    const auto list = ui.list(group.title);
    for (const AnswerModel& answer : group.answers) {
        const auto item = ui.item(answer.key);
        const auto link = ui.row_link(answer.href, answer.key);
        const auto row = ui.row(ui::Gap::Small);
        if (answer.icon != ui::Icon::None) ui.icon(answer.icon, answer.tone);
        const auto column = ui.fill();
        const auto title = answer.title.spans();
        ui.rich(title, ui::Style::Strong);
        const auto detail = answer.detail.spans();
        if (!detail.empty()) ui.rich(detail, ui::Style::Secondary);
    }
}

}  // namespace

SearchModel search_model(const AppState& state, Instant now) {
    SearchModel model{.say = say_for(state, now), .query = state.search.query};
    model.title = model.query.empty() ? std::string(model.say(K::search_title))
                                      : model.say(K::search_title_for, {{"query", model.query}});
    model.groups = model.query.empty() ? std::vector<AnswerGroup>{} : answer_groups(state, now);
    std::int64_t count = 0;
    for (const AnswerGroup& group : model.groups)
        count += static_cast<std::int64_t>(group.answers.size());
    if (count > 0) model.count = model.say(P::search_count, count);
    model.meant = state.search.results.did_you_mean;
    model.is_preparing = !state.search.is_ready;
    return model;
}

void search_view(ui::Ui& ui, const SearchModel& model, const AppState& state, Intents& intents) {
    const Say& say = model.say;
    const auto page = ui.column(ui::Gap::Large);
    ui.heading(1, model.title);
    {
        const auto narrow = ui.limited(kFieldPx);
        search_field(ui, say, state, {}, intents);
    }
    if (model.is_preparing) ui.text(say(K::search_preparing), ui::Style::Secondary);
    if (!model.meant.empty())
        ui.rich({ui::plain(say(K::search_meant)),
                 ui::plain(" "),
                 ui::linked(model.meant, to_url(Page::Search, {}, model.meant))});
    if (!model.count.empty()) ui.text(model.count, ui::Style::Secondary);
    for (const AnswerGroup& group : model.groups)
        group_view(ui, group);
    if (!model.groups.empty()) return;
    if (model.query.empty()) {
        widgets::empty_state(ui,
                             {.icon = ui::Icon::Search,
                              .title = say(K::search_start),
                              .text = say(K::search_start_text)});
        return;
    }
    const std::string none = say(K::search_none, {{"query", model.query}});
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Search,
                          .title = none,
                          .text = say(K::search_none_text),
                          .action = say(K::search_none_action),
                          .action_href = to_url(Page::Form, "INC-01")});
}

}  // namespace ventanilla::views
