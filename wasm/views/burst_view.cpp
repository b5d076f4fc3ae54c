#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/burst.hpp"
#include "wasm/views/outage_words.hpp"
#include "wasm/widgets/widgets.hpp"

// "Possible outage": several people reported the same in a short time.

namespace ventanilla::views {

namespace {

constexpr Millis kLookBack = std::chrono::hours{3};

std::vector<rules::Report> reports_of(const AppState& state, Instant now) {
    const rules::Viewer viewer = viewer_of(state);
    std::vector<rules::Report> reports;
    for (const RequestCard* card : state.library.requests()) {
        if (card->reported_at < now - kLookBack || !is_nil(card->outage)) continue;
        if (!viewer.works_desk(card->desk)) continue;
        const domain::CatalogItem* item = state.library.item(card->item_key);
        if (item == nullptr || item->kind != domain::RequestKind::Incident) continue;
        reports.push_back(
            {card->id, card->requester, card->service, card->site, card->reported_at});
    }
    return reports;
}

// Whether people have been told of it, or somebody decided that it is none.
bool is_decided(const AppState& state, const rules::Burst& burst) {
    if (state.library.outage(burst.id()) != nullptr) return true;
    const auto& outages = state.library.outages();
    return std::any_of(outages.begin(), outages.end(), [&](const domain::Outage& outage) {
        const auto& snapshot = outage.updates.front().snapshot;
        const bool is_about = std::any_of(snapshot.begin(), snapshot.end(), [&](const auto& each) {
            return each.service == burst.service;
        });
        return is_about && outage.started_at <= burst.last &&
               outage.ended_at.value_or(Instant::max()) >= burst.first;
    });
}

}  // namespace

std::vector<BurstModel> burst_models(const AppState& state, Instant now) {
    std::vector<BurstModel> models;
    if (!is_agent(state)) return models;
    const Say say = say_for(state, now);
    for (rules::Burst& burst : rules::bursts(reports_of(state, now), now)) {
        const domain::Service* service = state.library.service(burst.service);
        if (service == nullptr || is_decided(state, burst)) continue;
        (void)say.is_past(burst.last + rules::kBurstFresh);
        const domain::Site* site = state.library.site(burst.site);
        const auto minutes =
            std::chrono::ceil<std::chrono::minutes>(burst.last - burst.first).count();
        std::string text = say(P::burst_text,
                               static_cast<std::int64_t>(burst.requests.size()),
                               {{"minutes", std::to_string(std::max<std::int64_t>(1, minutes))}});
        if (site != nullptr) text += concat(" · ", site->name.in(say.lang));
        models.push_back({.burst = std::move(burst),
                          .title = say(K::burst_title, {{"service", service->name.in(say.lang)}}),
                          .text = std::move(text),
                          .may_decide = may_publish_outages(state)});
    }
    return models;
}

void bursts_view(ui::Ui& ui,
                 const Say& say,
                 const std::vector<BurstModel>& bursts,
                 Intents& intents) {
    for (const BurstModel& model : bursts) {
        const std::string_view publish = model.may_decide ? say(K::burst_publish) : "";
        const std::string_view reject = model.may_decide ? say(K::burst_reject) : "";
        const auto event = widgets::banner(ui,
                                           {.key = to_text(model.burst.id()),
                                            .tone = ui::Tone::Warning,
                                            .icon = ui::Icon::TriangleAlert,
                                            .title = model.title,
                                            .text = model.text,
                                            .action = publish,
                                            .second_action = reject});
        if (event.action) intents.push_back(PublishBurst{model.burst});
        if (event.second_action) intents.push_back(RejectBurst{model.burst});
    }
}

}  // namespace ventanilla::views
