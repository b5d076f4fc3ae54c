#include "wasm/views/home_view.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr std::size_t kTiles = 4;
constexpr std::size_t kMineRows = 5;
constexpr std::size_t kServiceRows = 3;
constexpr std::size_t kBannerRows = 2;
constexpr float kHomeTilePx = 150;
constexpr float kHalfPx = 340;
constexpr float kSearchPx = 760;

std::string home_title(const AppState& state, const Say& say) {
    const std::string name = first_name(state.session.info.display_name);
    if (state.device.ui.kiosk || name.empty()) return std::string(say(K::home_title));
    return say(K::home_title_name, {{"name", name}});
}

std::vector<TileModel> kiosk_tiles(const Say& say) {
    using ui::Icon;
    return {
        {"report",
         to_url(Page::Form, "INC-01"),
         Icon::TriangleAlert,
         std::string(say(K::kiosk_report)),
         std::string(say(K::kiosk_report_text))},
        {"ask",
         to_url(Page::Catalogue),
         Icon::Inbox,
         std::string(say(K::kiosk_ask)),
         std::string(say(K::kiosk_ask_text))},
        {"solve",
         to_url(Page::Search),
         Icon::BookOpen,
         std::string(say(K::kiosk_solve)),
         std::string(say(K::kiosk_solve_text))},
        {"mine",
         to_url(Page::Requests),
         Icon::IdCard,
         std::string(say(K::kiosk_mine)),
         std::string(say(K::kiosk_mine_text))},
    };
}

void tiles_view(ui::Ui& ui, const HomeModel& model) {
    const auto part = ui.section(model.tiles_title, ui::Gap::Medium);
    if (model.tiles.empty() && model.is_loading) return ui.skeleton(model.say(K::loading_first), 4);
    {
        const auto grid = ui.grid(kHomeTilePx, model.is_kiosk ? 2 : static_cast<int>(kTiles));
        for (const TileModel& tile : model.tiles)
            widgets::tile(ui,
                          {.key = tile.key,
                           .href = tile.href,
                           .icon = tile.icon,
                           .title = tile.title,
                           .detail = tile.detail});
    }
    if (!model.is_kiosk) ui.link(model.say(K::home_catalogue), to_url(Page::Catalogue));
}

void mine_view(ui::Ui& ui, const HomeModel& model) {
    const auto card = ui.card(model.say(K::home_my_open));
    if (model.mine.empty() && model.is_loading) return ui.skeleton(model.say(K::loading_first), 4);
    if (model.mine.empty()) {
        ui.paragraph(model.say(K::home_my_open_empty));
        ui.text(model.say(K::home_my_open_empty_text), ui::Style::Secondary);
        return;
    }
    rows_view(ui, model.say(K::home_my_open), model.mine);
    ui.link(model.say(K::home_all_mine), to_url(Page::Requests));
}

void services_view(ui::Ui& ui, const HomeModel& model) {
    const auto card = ui.card(model.say(K::nav_status));
    ui.text(model.status_line, ui::Style::Secondary);
    if (model.services.empty()) {
        if (model.is_loading) ui.skeleton(model.say(K::loading_first), 3);
        return;
    }
    const auto list = ui.list(model.say(K::nav_status));
    for (const ServiceRow& row : model.services)
        widgets::record_row(
            ui,
            {.key = row.key, .title = row.name, .plain_title = true, .badge = row.mark.badge()});
}

void head_view(ui::Ui& ui, const HomeModel& model, const AppState& state, Intents& intents) {
    const auto column = ui.column(ui::Gap::Large);
    ui.heading(1, model.title);
    const auto narrow = ui.limited(model.is_kiosk ? 0 : kSearchPx);
    search_field(ui, model.say, state, model.answers, intents);
}

// There is no side bar in a kiosk: what everybody needs first stands on top.
void kiosk_bar(ui::Ui& ui, const HomeModel& model, Intents& intents) {
    const auto bar = ui.row({.gap = ui::Gap::Large, .justify = ui::Justify::Between});
    ui.brand(model.say(K::app_name), "/");
    const auto row = ui.row({.gap = ui::Gap::Large, .justify = ui::Justify::End});
    const Lang other = model.say.lang == Lang::Es ? Lang::En : Lang::Es;
    {
        const auto lang = ui.lang(domain::name(other));
        if (ui.button(model.say(K::sign_in_other_language))) intents.push_back(SetLang{other});
    }
    if (ui.button(model.say(K::kiosk_done))) intents.push_back(AskSignOut{});
}

}  // namespace

TileModel item_tile(const Say& say, const domain::CatalogItem& item) {
    return {.key = item.key,
            .href = to_url(Page::Form, item.key),
            .icon = ui::icon_named(item.icon),
            .title = item.title.in(say.lang),
            .detail = item.lead_time.in(say.lang)};
}

RowModel request_row(const AppState& state, const Say& say, const RequestCard& card) {
    RowModel row{.key = to_text(card.id), .href = request_url(card), .title = card.title};
    if (const auto entry = unsent_of(state, card.id);
        entry && entry->state != sync::EntryState::Accepted) {
        row.mark = unsent_mark(say, *entry);
        row.detail = concat(request_name(card), " · ", unsent_text(say, *entry));
    } else {
        row.mark = state_mark(say, card);
        row.detail = concat(request_name(card), " · ", next_step(say, card));
    }
    const bool waits_for_me = card.state == domain::RequestState::OnHold && is_your_turn(card);
    row.note = waits_for_me ? std::string(say(K::request_paused)) : say.ago(card.updated_at);
    return row;
}

std::vector<ServiceRow> service_rows(const AppState& state, Instant now, std::size_t rows_max) {
    std::vector<const domain::Service*> services;
    for (const domain::Service& service : state.library.services())
        services.push_back(&service);
    std::stable_partition(services.begin(), services.end(), [&](const auto* service) {
        return is_affected_service(state, service->id, now);
    });
    if (services.size() > rows_max) services.resize(rows_max);
    std::vector<ServiceRow> rows;
    for (const domain::Service* service : services)
        rows.push_back({to_text(service->id),
                        service->name.in(state.lang),
                        service_mark(state, service->id, now)});
    return rows;
}

std::string services_line(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    const auto& services = state.library.services();
    const auto affected = std::count_if(services.begin(), services.end(), [&](const auto& each) {
        return is_affected_service(state, each.id, now);
    });
    if (services.empty()) return sentence(freshness(state, now));
    if (affected == 0 && is_stale(state, now)) return sentence(freshness(state, now));
    if (affected == 0) return concat(say(K::services_all_ok), " · ", freshness(state, now));
    const std::string total = std::to_string(services.size());
    return concat(
        say(P::services_affected, affected, {{"total", total}}), " · ", freshness(state, now));
}

HomeModel home_model(const AppState& state, Instant now) {
    HomeModel model{.say = say_for(state, now), .is_kiosk = state.device.ui.kiosk};
    model.title = home_title(state, model.say);
    model.self_outage = self_outage_model(state, now);
    model.banners = banner_models(state, now);
    model.asks = ask_models(state, now);
    if (!state.search.query.empty()) model.answers = answer_groups(state, now);
    const domain::Site* site = state.library.site(state.session.info.site);
    model.tiles_title = site == nullptr
                            ? std::string(model.say(K::home_most_used_here))
                            : model.say(K::home_most_used, {{"site", site->name.in(state.lang)}});
    for (const domain::CatalogItem& item : state.library.items()) {
        if (model.tiles.size() < kTiles) model.tiles.push_back(item_tile(model.say, item));
    }
    if (model.is_kiosk) model.tiles = kiosk_tiles(model.say);
    for (const RequestCard* card : state.library.mine()) {
        if (is_open(*card) && model.mine.size() < kMineRows)
            model.mine.push_back(request_row(state, model.say, *card));
    }
    model.services = service_rows(state, now, kServiceRows);
    model.status_line = services_line(state, now);
    model.is_loading = is_loading(state);
    return model;
}

void rows_view(ui::Ui& ui, std::string_view name, const std::vector<RowModel>& rows) {
    const auto list = ui.list(name);
    for (const RowModel& row : rows) {
        widgets::record_row(ui,
                            {.key = row.key,
                             .title = row.title,
                             .href = row.href,
                             .badge = row.mark.badge(),
                             .detail = row.detail,
                             .note = row.note});
    }
}

void home_view(ui::Ui& ui, const HomeModel& model, const AppState& state, Intents& intents) {
    const auto page = ui.column(ui::Gap::Huge);
    if (model.is_kiosk) kiosk_bar(ui, model, intents);
    self_outage_view(ui, model.say, model.self_outage, intents);
    asks_view(ui, model.say, model.asks, intents);
    banners_view(ui, model.say, model.banners, kBannerRows, intents);
    head_view(ui, model, state, intents);
    tiles_view(ui, model);
    const auto halves = ui.grid(kHalfPx, model.is_kiosk ? 1 : 2);
    if (!model.is_kiosk) mine_view(ui, model);
    services_view(ui, model);
}

}  // namespace ventanilla::views
