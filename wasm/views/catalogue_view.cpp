#include "wasm/views/catalogue_view.hpp"

#include "shared/base/text.hpp"
#include "wasm/views/request_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kItemTilePx = 200;

ShelfModel shelf_of(const AppState& state, const Say& say, const domain::Category& category) {
    ShelfModel shelf{.key = category.key, .name = category.name.in(say.lang), .tiles = {}};
    for (const domain::CatalogItem& item : state.library.items()) {
        const bool is_fit = !state.device.ui.kiosk || item.is_kiosk_allowed;
        if (item.category == category.id && is_fit) shelf.tiles.push_back(item_tile(say, item));
    }
    return shelf;
}

}  // namespace

CatalogueModel catalogue_model(const AppState& state, Instant now) {
    CatalogueModel model{.say = say_for(state, now), .is_loading = is_loading(state)};
    for (const auto& [key, form] : state.forms) {
        const domain::CatalogItem* item = state.library.item(key);
        if (item == nullptr || form.answers.empty() || form.sent) continue;
        model.drafts.push_back(
            {.key = key,
             .href = to_url(Page::Form, key),
             .title = item->title.in(state.lang),
             .mark = {std::string(model.say(K::unsent_draft)), ui::Tone::Neutral, ui::Icon::Pencil},
             .detail = draft_line(model.say, form.saving)});
    }
    for (const domain::Category& category : state.library.categories()) {
        ShelfModel shelf = shelf_of(state, model.say, category);
        if (!shelf.tiles.empty()) model.shelves.push_back(std::move(shelf));
    }
    return model;
}

void catalogue_view(ui::Ui& ui, const CatalogueModel& model, Intents& /*intents*/) {
    const Say& say = model.say;
    const auto page = ui.column(ui::Gap::Huge);
    widgets::page_title(ui, say(K::nav_ask), say(K::catalogue_text));
    if (!model.drafts.empty()) {
        const auto card = ui.card(say(K::catalogue_drafts));
        rows_view(ui, say(K::catalogue_drafts), model.drafts);
    }
    for (const ShelfModel& shelf : model.shelves) {
        const auto keyed = ui.keyed(shelf.key);
        const auto part = ui.section(shelf.name, ui::Gap::Medium);
        const auto grid = ui.grid(kItemTilePx, 4);
        for (const TileModel& tile : shelf.tiles)
            widgets::tile(ui,
                          {.key = tile.key,
                           .href = tile.href,
                           .icon = tile.icon,
                           .title = tile.title,
                           .detail = tile.detail});
    }
    if (!model.shelves.empty()) return;
    if (model.is_loading) return ui.skeleton(say(K::loading_first), 8);
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Inbox,
                          .title = say(K::catalogue_empty),
                          .text = say(K::catalogue_empty_text)});
}

}  // namespace ventanilla::views
