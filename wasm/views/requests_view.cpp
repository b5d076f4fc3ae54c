#include "wasm/views/requests_view.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/catalogue_view.hpp"
#include "wasm/views/page_sizes.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr std::string_view kAll = "todas";

void list_view(ui::Ui& ui, const RequestsModel& model, const AppState& state) {
    const int total = static_cast<int>(model.cards.size());
    ui::Window window{.first = 0, .count = total};
    const auto list = total > kPlainRowsMax
                          ? ui.virtual_list(model.say(K::nav_requests), total, kRowPx, window)
                          : ui.list(model.say(K::nav_requests));
    for (int i = window.first; i < window.first + window.count; ++i) {
        const RowModel row =
            request_row(state, model.say, *model.cards[static_cast<std::size_t>(i)]);
        widgets::record_row(ui,
                            {.key = row.key,
                             .title = row.title,
                             .href = row.href,
                             .badge = row.mark.badge(),
                             .detail = row.detail,
                             .note = row.note});
    }
}

void filters_view(ui::Ui& ui, const RequestsModel& model, Intents& intents) {
    const auto row = ui.wrap(ui::Gap::Small);
    const bool is_open = model.shown == Shown::Open;
    if (ui.button(
            {.label = model.say(K::requests_open), .key = "open", .pressed = is_open ? 1 : 0}))
        intents.push_back(Go{{Page::Requests, {}, {}}});
    if (ui.button({.label = model.say(K::requests_all), .key = "all", .pressed = is_open ? 0 : 1}))
        intents.push_back(Go{{Page::Requests, {}, std::string(kAll)}});
}

void empty_view(ui::Ui& ui, const RequestsModel& model) {
    const Say& say = model.say;
    if (model.is_loading) return ui.skeleton(say(K::loading_first), 8);
    const bool is_open = model.shown == Shown::Open;
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Inbox,
                          .title = say(is_open ? K::home_my_open_empty : K::requests_none),
                          .text = say(K::home_my_open_empty_text),
                          .action = say(K::nav_ask),
                          .action_href = to_url(Page::Catalogue)});
}

}  // namespace

RequestsModel requests_model(const AppState& state, Instant now) {
    RequestsModel model{.say = say_for(state, now), .is_loading = is_loading(state)};
    model.shown = state.route.query == kAll ? Shown::All : Shown::Open;
    model.drafts = catalogue_model(state, now).drafts;
    for (const RequestCard* card : state.library.mine()) {
        if (model.shown == Shown::All || is_open(*card)) model.cards.push_back(card);
    }
    std::stable_partition(model.cards.begin(), model.cards.end(), [](const RequestCard* card) {
        return is_your_turn(*card) || card->is_pending;
    });
    if (!model.cards.empty())
        model.count = model.say(P::requests_count, static_cast<std::int64_t>(model.cards.size()));
    return model;
}

void requests_view(ui::Ui& ui,
                   const RequestsModel& model,
                   const AppState& state,
                   Intents& intents) {
    const auto page = ui.column(ui::Gap::Large);
    widgets::page_title(ui, model.say(K::nav_requests), model.count);
    filters_view(ui, model, intents);
    if (!model.drafts.empty()) {
        const auto card = ui.card(model.say(K::catalogue_drafts));
        rows_view(ui, model.say(K::catalogue_drafts), model.drafts);
    }
    if (model.cards.empty()) return empty_view(ui, model);
    const auto card = ui.card();
    list_view(ui, model, state);
}

}  // namespace ventanilla::views
