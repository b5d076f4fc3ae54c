#include "wasm/views/status_view.hpp"

#include "shared/base/text.hpp"
#include "shared/rules/outage_flow.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr std::size_t kPast = 5;
constexpr std::size_t kAllBanners = 20;

std::string age_line(const AppState& state, const Say& say) {
    std::string out = concat(sentence(freshness(state, say.now)), " · ", say(K::status_updates));
    const std::string zone = say.locale->zone_name(say.zone, say.lang);
    return zone.empty() ? out : concat(out, " · ", zone);
}

std::string share_text(const Say& say, int share) {
    const bool is_whole = share == 100'000;
    return say(K::status_share,
               {{"share", say.locale->number(share / 1000.0, is_whole ? 0 : 3, say.lang)}});
}

std::string bars_name(const Say& say, const std::vector<ui::DayState>& days) {
    int outages = 0, degraded = 0, maintenance = 0;
    for (const ui::DayState day : days) {
        outages += day == ui::DayState::Outage ? 1 : 0;
        degraded += day == ui::DayState::Degraded ? 1 : 0;
        maintenance += day == ui::DayState::Maintenance ? 1 : 0;
    }
    std::string out{say(K::status_bars)};
    if (outages + degraded + maintenance == 0) return concat(out, " ", say(K::status_bars_none));
    const auto add = [&](P key, int n) {
        if (n > 0) out += concat(out.ends_with(':') ? " " : ", ", say(key, n));
    };
    add(P::status_days_outage, outages);
    add(P::status_days_degraded, degraded);
    add(P::status_days_maintenance, maintenance);
    return out;
}

ServiceHistory service_history(const AppState& state,
                               const Say& say,
                               const domain::Service& service) {
    History history = history_of(state.library.outages(), service.id, say.now);
    ServiceHistory out{.key = to_text(service.id),
                       .name = service.name.in(say.lang),
                       .mark = service_mark(state, service.id, say.now)};
    out.bars_name = bars_name(say, history.days);
    out.share = share_text(say, history.share);
    out.days = std::move(history.days);
    return out;
}

PastOutage past_outage(const Say& say, const domain::Outage& outage) {
    PastOutage out{.key = to_text(outage.id), .title = outage.title.in(say.lang)};
    out.detail = say.when(outage.started_at);
    if (outage.ended_at) {
        const bool same_day = say.day(*outage.ended_at) == say.day(outage.started_at);
        out.detail +=
            concat(" – ", same_day ? say.time(*outage.ended_at) : say.when(*outage.ended_at));
    }
    out.text = outage.latest().body.in(say.lang);
    return out;
}

void services_view(ui::Ui& ui, const StatusModel& model) {
    const auto card = ui.card(model.say(K::status_services));
    if (model.services.empty()) return ui.skeleton(model.say(K::loading_first), 8);
    const auto list = ui.list(model.say(K::status_services));
    for (const ServiceHistory& service : model.services) {
        widgets::uptime_row(ui,
                            {.key = service.key,
                             .name = service.name,
                             .badge = service.mark.badge(),
                             .bars_name = service.bars_name,
                             .days = service.days,
                             .first_day = model.say(K::status_first_day),
                             .share = service.share,
                             .last_day = model.say(K::status_last_day)});
    }
}

void past_view(ui::Ui& ui, const StatusModel& model) {
    const auto card = ui.card(model.say(K::status_past));
    if (model.past.empty()) return ui.text(model.say(K::status_past_none), ui::Style::Secondary);
    const auto list = ui.list(model.say(K::status_past));
    for (const PastOutage& past : model.past) {
        const auto item = ui.item(past.key);
        const auto column = ui.column(ui::Gap::Tiny);
        ui.text(past.title, ui::Style::Strong);
        ui.text(past.detail, ui::Style::Secondary);
        if (!past.text.empty()) ui.text(past.text);
    }
}

void managed_view(ui::Ui& ui, const StatusModel& model) {
    if (!model.may_publish) return;
    const auto card = ui.card(model.say(K::status_manage));
    for (const auto& [title, url] : model.managed)
        ui.link(title, url);
    ui.link({.label = model.say(K::outage_new_title),
             .href = to_url(Page::NewOutage),
             .icon = ui::Icon::Megaphone,
             .as_button = true});
}

}  // namespace

StatusModel status_model(const AppState& state, Instant now) {
    StatusModel model{.say = say_for(state, now)};
    model.age = age_line(state, model.say);
    model.self_outage = self_outage_model(state, now);
    model.is_loading = is_loading(state);
    model.banners = all_banner_models(state, now);
    model.asks = ask_models(state, now);
    model.bursts = burst_models(state, now);
    model.may_publish = may_publish_outages(state);
    for (const domain::Outage& outage : state.library.outages()) {
        const bool is_open = domain::is_open(outage.state());
        if (!is_open && model.past.size() < kPast &&
            outage.state() != domain::OutageState::FalseAlarm &&
            outage.state() != domain::OutageState::Rejected) {
            model.past.push_back(past_outage(model.say, outage));
        }
        if (!model.may_publish || (!is_open && !rules::is_reopenable(outage, now))) continue;
        const K word = is_open ? K::status_manage_item : K::status_reopen_item;
        std::string title = outage.title.in(state.lang);
        if (!is_nil(outage.series)) title += concat(" · ", model.say.day(outage.started_at));
        model.managed.push_back({model.say(word, {{"title", title}}),
                                 to_url(Page::Outage, to_text(outage.id))});
    }
    for (const domain::Service& service : state.library.services())
        model.services.push_back(service_history(state, model.say, service));
    return model;
}

void status_view(ui::Ui& ui, const StatusModel& model, Intents& intents) {
    const auto page = ui.column(ui::Gap::Huge);
    widgets::page_title(ui, model.say(K::nav_status), model.age);
    self_outage_view(ui, model.say, model.self_outage, intents);
    asks_view(ui, model.say, model.asks, intents);
    bursts_view(ui, model.say, model.bursts, intents);
    banners_view(ui, model.say, model.banners, kAllBanners, intents);
    services_view(ui, model);
    past_view(ui, model);
    managed_view(ui, model);
}

}  // namespace ventanilla::views
