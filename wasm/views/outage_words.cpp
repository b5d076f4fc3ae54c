#include "wasm/views/outage_words.hpp"

#include <algorithm>
#include <tuple>

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using ui::Icon;
using ui::Tone;

constexpr Millis kFreshFor = std::chrono::minutes{2};
constexpr Millis kQuarter = std::chrono::minutes{15};

bool is_maintenance(const Outage& outage) {
    return outage.kind == OutageKind::Maintenance;
}

Instant quarter_up(Instant at) {
    const Millis rest = at.time_since_epoch() % kQuarter;
    return rest == Millis{0} ? at : at + (kQuarter - rest);
}

// Why it is shown to this person: their office, or everybody.
std::string reason(const AppState& state, const Say& say, const Outage& outage) {
    if (outage.audience.is_everybody) return std::string(say(K::banner_everybody));
    const Id& mine = state.session.info.site;
    const auto& sites = outage.audience.sites;
    if (std::find(sites.begin(), sites.end(), mine) != sites.end()) {
        const domain::Site* site = state.library.site(mine);
        if (site != nullptr) return say(K::banner_your_site, {{"site", site->name.in(say.lang)}});
    }
    return std::string(say(K::banner_other_site));
}

std::string times_text(const Say& say, const Outage& outage) {
    const domain::OutageUpdate& latest = outage.latest();
    const std::string at = say.when(latest.at);
    if (!latest.next_update_due_at) return say(K::banner_updated, {{"time", at}});
    const std::string next = say.when(*latest.next_update_due_at);
    if (say.is_past(*latest.next_update_due_at))
        return say(K::banner_updated_late, {{"time", at}, {"next", next}});
    return say(K::banner_updated_next, {{"time", at}, {"next", next}});
}

std::string eta_text(const Say& say, const Outage& outage) {
    const auto& eta = outage.latest().eta_high;
    if (!eta || is_maintenance(outage)) return {};
    const Instant at = quarter_up(*eta);
    if (say.is_past(at)) return std::string(say(K::banner_eta_missed));
    return say(K::banner_eta, {{"time", say.when(at)}});
}

std::string contact_text(const Say& say, const domain::Contact& contact) {
    if (contact.name.empty() && contact.phone.empty()) return {};
    const std::string who =
        contact.phone.empty() ? contact.name : concat(contact.name, ", ", contact.phone);
    return say(K::banner_contact, {{"contact", who}});
}

std::string maintenance_text(const Say& say, const Outage& outage) {
    const std::string impact = outage.impact.in(say.lang);
    if (!outage.scheduled_until) return impact;
    const std::string end = say.when(*outage.scheduled_until);
    if (say.is_past(*outage.scheduled_until)) return say(K::banner_overrun_text, {{"time", end}});
    return concat(impact, " ", say(K::banner_until, {{"time", end}}));
}

std::string title_text(const Say& say, const Outage& outage) {
    const std::string& title = outage.title.in(say.lang);
    if (!is_maintenance(outage)) return say(K::banner_incident, {{"title", title}});
    if (is_overrun(outage, say.now)) return say(K::banner_overrun, {{"title", title}});
    return say(K::banner_maintenance, {{"title", title}});
}

Tone tone_of(const Outage& outage) {
    if (is_maintenance(outage)) return Tone::Maintenance;
    return domain::worst_impact(outage) >= Impact::Partial ? Tone::Critical : Tone::Warning;
}

Icon icon_of(Tone tone) {
    if (tone == Tone::Maintenance) return Icon::Wrench;
    return tone == Tone::Critical ? Icon::OctagonX : Icon::TriangleAlert;
}

// Smaller comes first: mine, worse, overrun, newest.
auto rank(const AppState& state, const Outage& outage, Instant now) {
    const auto& sites = outage.audience.sites;
    const bool is_mine =
        outage.audience.is_everybody ||
        std::find(sites.begin(), sites.end(), state.session.info.site) != sites.end();
    return std::tuple(!is_mine,
                      -static_cast<int>(is_maintenance(outage) ? Impact::Operational
                                                               : domain::worst_impact(outage)),
                      !is_overrun(outage, now),
                      -to_ms(outage.latest().at));
}

const Outage* worst_for(const AppState& state, const Id& service, Instant now, Impact& worst) {
    const Outage* found = nullptr;
    for (const Outage& outage : state.library.outages()) {
        if (!is_happening(outage, now)) continue;
        for (const domain::ServiceImpact& each : outage.latest().snapshot) {
            if (!(each.service == service) || each.impact == Impact::Operational) continue;
            const bool is_worse =
                found == nullptr || (is_maintenance(*found) && !is_maintenance(outage)) ||
                (is_maintenance(*found) == is_maintenance(outage) && each.impact > worst);
            if (is_worse) found = &outage, worst = each.impact;
        }
    }
    return found;
}

K impact_key(Impact impact) {
    switch (impact) {
        case Impact::Major: return K::service_major;
        case Impact::Partial: return K::service_partial;
        case Impact::Degraded: return K::service_degraded;
        case Impact::Operational: break;
    }
    return K::service_ok;
}

}  // namespace

bool is_happening(const Outage& outage, Instant now) {
    return domain::is_open(outage.state()) &&
           (outage.started_at <= now || outage.state() != domain::OutageState::Scheduled);
}

bool is_overrun(const Outage& outage, Instant now) {
    return is_maintenance(outage) && domain::is_open(outage.state()) && outage.scheduled_until &&
           now > *outage.scheduled_until;
}

bool is_stale(const AppState& state, Instant now) {
    if (state.client == nullptr) return true;
    const auto& seen = state.client->status().last_contact;
    return !seen || now - *seen > kFreshFor;
}

std::string freshness(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    const auto seen = state.client == nullptr ? std::nullopt : state.client->status().last_contact;
    if (!seen) return std::string(say(K::fresh_never));
    if (say.is_past(*seen + kFreshFor))
        return say(K::fresh_old, {{"time", say.when(*seen)}, {"ago", say.ago(*seen)}});
    return say(K::fresh_at, {{"time", say.time(*seen)}});
}

BannerModel banner_model(const AppState& state, const Outage& outage, Instant now) {
    const Say say = say_for(state, now);
    BannerModel model{.outage = outage.id, .material_version = outage.material_version};
    model.tone = tone_of(outage);
    model.icon = icon_of(model.tone);
    model.title = title_text(say, outage);
    model.text = is_maintenance(outage)
                     ? maintenance_text(say, outage)
                     : concat(outage.impact.in(say.lang), " ", reason(state, say, outage));
    model.workaround = outage.workaround.in(say.lang);
    if (const ArticleCard* article = state.library.article(outage.workaround_article))
        model.workaround_url = article_url(article->number, article->title.in(say.lang));
    model.times = times_text(say, outage);
    model.eta = eta_text(say, outage);
    model.contact = contact_text(say, outage.contact);
    if (is_stale(state, now)) model.age = freshness(state, now);
    model.has_joined = state.library.is_affected(outage.id);
    model.may_join = !is_maintenance(outage) && is_signed_in(state);
    model.is_dismissible =
        model.tone == Tone::Warning || (is_maintenance(outage) && !is_overrun(outage, now));
    return model;
}

std::vector<BannerModel> banner_models(const AppState& state, Instant now) {
    std::vector<const Outage*> shown;
    for (const Outage& outage : state.library.outages()) {
        const bool is_dismissed = state.dismissed.contains({outage.id, outage.material_version});
        if (domain::is_open(outage.state()) && (!is_dismissed || is_overrun(outage, now)))
            shown.push_back(&outage);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](const Outage* a, const Outage* b) {
        return rank(state, *a, now) < rank(state, *b, now);
    });
    std::vector<BannerModel> models;
    for (const Outage* outage : shown)
        models.push_back(banner_model(state, *outage, now));
    return models;
}

std::string spoken_banner(const BannerModel& banner) {
    std::string out = concat(banner.title, ". ", banner.text);
    for (const std::string* part : {&banner.workaround, &banner.times, &banner.eta}) {
        if (!part->empty()) out += concat(" ", *part, part->ends_with('.') ? "" : ".");
    }
    return out;
}

namespace {

std::vector<std::vector<ui::Span>> facts_of(const Say& say, const BannerModel& banner) {
    std::vector<std::vector<ui::Span>> facts;
    if (!banner.workaround.empty()) {
        facts.push_back({ui::plain(say(K::banner_meanwhile)), ui::plain(" ")});
        facts.back().push_back(banner.workaround_url.empty()
                                   ? ui::plain(banner.workaround)
                                   : ui::linked(banner.workaround, banner.workaround_url));
    }
    for (const std::string* fact : {&banner.times, &banner.eta, &banner.contact, &banner.age}) {
        if (!fact->empty()) facts.push_back({ui::plain(*fact)});
    }
    return facts;
}

void one_banner(ui::Ui& ui, const Say& say, const BannerModel& banner, Intents& intents) {
    const auto facts = facts_of(say, banner);
    const std::string key = to_text(banner.outage);
    const auto event = widgets::banner(
        ui,
        {
            .key = key,
            .tone = banner.tone,
            .icon = banner.icon,
            .title = banner.title,
            .text = banner.text,
            .facts = facts,
            .action =
                banner.may_join && !banner.has_joined ? say(K::banner_me_too) : std::string_view{},
            .action_done = banner.has_joined ? say(K::banner_joined) : std::string_view{},
            .second_action = banner.is_dismissible ? say(K::banner_dismiss) : std::string_view{},
        });
    if (event.action) intents.push_back(MeToo{banner.outage});
    if (event.second_action)
        intents.push_back(DismissBanner{banner.outage, banner.material_version});
}

}  // namespace

void banners_view(ui::Ui& ui,
                  const Say& say,
                  const std::vector<BannerModel>& banners,
                  std::size_t rows_max,
                  Intents& intents) {
    const std::size_t rows = std::min(rows_max, banners.size());
    for (std::size_t i = 0; i < rows; ++i)
        one_banner(ui, say, banners[i], intents);
    if (banners.size() <= rows) return;
    const std::string more = say(P::banner_more, static_cast<std::int64_t>(banners.size() - rows));
    ui.link(more, to_url(Page::Status));
}

SelfOutageModel self_outage_model(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    if (!is_self_outage(state)) return {};
    return {.is_shown = true,
            .text = std::string(say(K::self_outage_text)),
            .contacts = std::string(say(K::self_outage_contacts)),
            .age = freshness(state, now)};
}

void self_outage_view(ui::Ui& ui, const Say& say, const SelfOutageModel& model, Intents& intents) {
    if (!model.is_shown) return;
    const std::vector<std::vector<ui::Span>> facts = {
        {ui::plain(model.contacts)},
        {ui::plain(model.age)},
        {ui::linked(say(K::self_outage_article), "/articulos/KB0024")},
    };
    const auto event = widgets::banner(ui,
                                       {
                                           .key = "self-outage",
                                           .tone = ui::Tone::Warning,
                                           .icon = ui::Icon::CloudOff,
                                           .title = say(K::self_outage_title),
                                           .text = model.text,
                                           .facts = facts,
                                           .second_action = say(K::self_outage_retry),
                                       });
    if (event.second_action) intents.push_back(SyncNow{});
}

bool is_affected_service(const AppState& state, const Id& service, Instant now) {
    Impact impact = Impact::Operational;
    return worst_for(state, service, now, impact) != nullptr;
}

Mark service_mark(const AppState& state, const Id& service, Instant now) {
    const Say say = say_for(state, now);
    Impact impact = Impact::Operational;
    const Outage* outage = worst_for(state, service, now, impact);
    if (outage == nullptr) {
        if (is_stale(state, now))
            return {std::string(say(K::service_unknown)), Tone::Neutral, Icon::CircleHelp};
        return {std::string(say(K::service_ok)), Tone::Ok, Icon::CircleCheck};
    }
    if (is_maintenance(*outage))
        return {std::string(say(K::service_maintenance)), Tone::Maintenance, Icon::Wrench};
    const Tone tone = impact >= Impact::Partial ? Tone::Critical : Tone::Warning;
    return {std::string(say(impact_key(impact))), tone, icon_of(tone)};
}

}  // namespace ventanilla::views
