#include "wasm/views/outage_words.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/outage_flow.hpp"
#include "shared/status/banner.hpp"
#include "shared/status/rollup.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using ui::Icon;
using ui::Tone;

constexpr Millis kFreshFor = std::chrono::minutes{2};
constexpr Millis kAskedFor = std::chrono::hours{48};

bool is_maintenance(const Outage& outage) {
    return outage.kind == OutageKind::Maintenance;
}

bool has_joined(const AppState& state, const Outage& outage) {
    const auto is_mine = [&](const Id& id) { return state.library.is_affected(id); };
    return is_mine(outage.id) ||
           std::any_of(outage.absorbed.begin(), outage.absorbed.end(), is_mine);
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
    const std::optional<Instant> eta = status::shown_eta(outage);
    if (!eta || is_maintenance(outage)) return {};
    if (say.is_past(*eta)) return std::string(say(K::banner_eta_missed));
    return say(K::banner_eta, {{"time", say.when(*eta)}});
}

std::string contact_text(const Say& say, const domain::Contact& contact) {
    std::string who = contact.name;
    const std::string& way = contact.phone.empty() ? contact.mail : contact.phone;
    if (!way.empty()) who += concat(who.empty() ? "" : ", ", way);
    if (who.empty()) return {};
    return say(K::banner_contact, {{"contact", who}});
}

std::string maintenance_text(const Say& say, const Outage& outage) {
    const std::string impact = outage.impact.in(say.lang);
    if (!outage.scheduled_until) return impact;
    const std::string end = say.when(*outage.scheduled_until);
    if (say.is_past(*outage.scheduled_until)) return say(K::banner_overrun_text, {{"time", end}});
    const bool is_ahead =
        outage.state() == domain::OutageState::Scheduled && !say.is_past(outage.started_at);
    const std::string when =
        is_ahead ? say(K::banner_window, {{"from", say.when(outage.started_at)}, {"to", end}})
                 : say(K::banner_until, {{"time", end}});
    std::string text = concat(impact, " ", when);
    if (!outage.former.empty())
        text +=
            concat(" ", say(K::banner_moved, {{"time", say.when(outage.former.front().until)}}));
    return text;
}

std::string title_text(const Say& say, const Outage& outage) {
    const std::string& title = outage.title.in(say.lang);
    if (!is_maintenance(outage)) return say(K::banner_incident, {{"title", title}});
    if (is_overrun(outage, say.now)) return say(K::banner_overrun, {{"title", title}});
    const bool is_worse = status::is_unplanned(outage, say.now);
    return say(is_worse ? K::banner_worse : K::banner_maintenance, {{"title", title}});
}

Tone tone_of(const status::Banner& banner) {
    if (!banner.is_unplanned) return Tone::Maintenance;
    const bool is_bad = domain::worst_impact(*banner.outage) >= Impact::Partial;
    return is_bad ? Tone::Critical : Tone::Warning;
}

Icon icon_of(Tone tone) {
    if (tone == Tone::Maintenance) return Icon::Wrench;
    return tone == Tone::Critical ? Icon::OctagonX : Icon::TriangleAlert;
}

status::ServiceLine line_of(const AppState& state, const Id& service, Instant now) {
    const auto freshness =
        is_stale(state, now) ? status::Freshness::LastKnown : status::Freshness::Current;
    return status::service_line(service, state.library.outages(), viewer_of(state), freshness, now);
}

// What a banner says when nobody has kept it true for a day.
BannerModel collapsed(const Say& say, const Outage& outage, BannerModel model) {
    model.text = say(K::banner_may_be_over, {{"time", say.when(outage.latest().at)}});
    model.workaround.clear();
    model.workaround_url.clear();
    model.times.clear();
    model.eta.clear();
    model.may_join = false;
    return model;
}

BannerModel model_of(const AppState& state, const status::Banner& banner, Instant now) {
    const Say say = say_for(state, now);
    const Outage& outage = *banner.outage;
    BannerModel model{.outage = outage.id, .news = banner.news};
    model.tone = tone_of(banner);
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
    model.has_joined = has_joined(state, outage);
    model.may_join = !is_maintenance(outage) && is_signed_in(state);
    model.is_dismissible = banner.is_dismissible;
    return say.is_past(status::expires_at(outage)) ? collapsed(say, outage, std::move(model))
                                                   : model;
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
    return model_of(state, status::banner_of(outage, viewer_of(state), now), now);
}

BannerModel preview_model(const AppState& state, Outage outage, Instant now) {
    if (outage.title.empty())
        outage.title = {std::string(tr(Lang::Es, K::outage_preview_title)),
                        std::string(tr(Lang::En, K::outage_preview_title))};
    BannerModel model = banner_model(state, outage, now);
    model.may_join = model.has_joined = model.is_dismissible = false;
    model.age.clear();
    return model;
}

std::vector<BannerModel> banner_models(const AppState& state, Instant now) {
    std::vector<status::Dismissal> dismissed;
    for (const auto& [outage, news] : state.dismissed)
        dismissed.push_back({outage, news});
    std::vector<BannerModel> models;
    for (const status::Banner& banner :
         status::banners_for(state.library.outages(), viewer_of(state), dismissed, now))
        models.push_back(model_of(state, banner, now));
    return models;
}

std::vector<BannerModel> all_banner_models(const AppState& state, Instant now) {
    const std::vector<Outage>& outages = state.library.outages();
    std::vector<BannerModel> models;
    for (const status::Banner& banner : status::banners_for(outages, viewer_of(state), {}, now))
        models.push_back(model_of(state, banner, now));
    for (const Outage& outage : outages) {
        const bool is_there = std::any_of(models.begin(), models.end(), [&](const auto& each) {
            return each.outage == outage.id;
        });
        if (domain::is_open(outage.state()) && !is_there &&
            !rules::is_later_occurrence(outage, outages))
            models.push_back(banner_model(state, outage, now));
    }
    return models;
}

std::vector<AskModel> ask_models(const AppState& state, Instant now) {
    std::vector<AskModel> asks;
    const Say say = say_for(state, now);
    for (const Outage& outage : state.library.outages()) {
        const std::optional<Instant> restored = rules::restored_at(outage);
        if (!restored || say.is_past(*restored + kAskedFor)) continue;
        std::vector<Id> told = outage.absorbed;
        told.insert(told.begin(), outage.id);
        for (const Id& id : told) {
            const auto mine = state.library.my_affected(id);
            if (!mine) continue;
            const bool is_answered = mine->answered_at && *mine->answered_at >= *restored;
            if (!is_answered)
                asks.push_back({outage.id,
                                say(K::works_title, {{"title", outage.title.in(say.lang)}}),
                                outage.latest().body.in(say.lang)});
            break;
        }
    }
    return asks;
}

void asks_view(ui::Ui& ui, const Say& say, const std::vector<AskModel>& asks, Intents& intents) {
    for (const AskModel& ask : asks) {
        const auto event = widgets::banner(ui,
                                           {.key = "ask-" + to_text(ask.outage),
                                            .tone = Tone::Ok,
                                            .icon = Icon::CircleCheck,
                                            .title = ask.title,
                                            .text = ask.text,
                                            .action = say(K::works_yes),
                                            .second_action = say(K::works_no)});
        if (event.action) intents.push_back(AnswerOutage{ask.outage, true});
        if (event.second_action) intents.push_back(AnswerOutage{ask.outage, false});
    }
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
    if (event.second_action) intents.push_back(DismissBanner{banner.outage, banner.news});
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
    return line_of(state, service, now).status >= status::ServiceStatus::Maintenance;
}

Mark service_mark(const AppState& state, const Id& service, Instant now) {
    const Say say = say_for(state, now);
    const auto mark = [&](K word, Tone tone, Icon icon) {
        return Mark{std::string(say(word)), tone, icon};
    };
    switch (line_of(state, service, now).status) {
        case status::ServiceStatus::Operational:
            return mark(K::service_ok, Tone::Ok, Icon::CircleCheck);
        case status::ServiceStatus::Maintenance:
            return mark(K::service_maintenance, Tone::Maintenance, Icon::Wrench);
        case status::ServiceStatus::Degraded:
            return mark(K::service_degraded, Tone::Warning, Icon::TriangleAlert);
        case status::ServiceStatus::Partial:
            return mark(K::service_partial, Tone::Critical, Icon::OctagonX);
        case status::ServiceStatus::Major:
            return mark(K::service_major, Tone::Critical, Icon::OctagonX);
        case status::ServiceStatus::Unknown: break;
    }
    return mark(K::service_unknown, Tone::Neutral, Icon::CircleHelp);
}

}  // namespace ventanilla::views
