#include "wasm/views/outage_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/rules/outage_flow.hpp"

namespace ventanilla::views {

namespace {

using domain::L10n;

std::string text_of(const OutageForm& form, const std::string& key) {
    const auto at = form.texts.find(key);
    return at == form.texts.end() ? std::string{} : std::string(trimmed(at->second));
}

L10n both(const OutageForm& form, const std::string& key) {
    return {text_of(form, key + "_es"), text_of(form, key + "_en")};
}

std::optional<Instant> minutes_from(const OutageForm& form, const std::string& key, Instant now) {
    const std::string text = text_of(form, key);
    int minutes = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (error != std::errc{} || minutes <= 0) return std::nullopt;
    return now + std::chrono::minutes{minutes};
}

std::string level_of(const OutageForm& form) {
    const std::string level = text_of(form, "level");
    return level.empty() ? std::string(domain::name(domain::Impact::Partial)) : level;
}

Json services_json(const OutageForm& form) {
    Json out = Json::array();
    for (const std::string& service : form.services)
        out.push_back({{"service", service}, {"impact", level_of(form)}});
    return out;
}

void put_time(Json& args, const char* key, const std::optional<Instant>& at) {
    if (at) args[key] = to_ms(*at);
}

struct Required {
    const char* field;
    K message;
};

void require(const Say& say,
             const OutageForm& form,
             std::initializer_list<Required> required,
             std::vector<FieldProblem>& out) {
    for (const Required& each : required) {
        if (text_of(form, each.field).empty())
            out.push_back({each.field, std::string(say(each.message))});
    }
}

}  // namespace

std::vector<FieldProblem> publish_problems(const Say& say, const OutageForm& form) {
    std::vector<FieldProblem> out;
    if (form.services.empty())
        out.push_back({"services", std::string(say(K::outage_need_services))});
    require(say,
            form,
            {{"title_es", K::outage_need_title},
             {"impact_es", K::outage_need_impact},
             {"workaround_es", K::outage_need_workaround},
             {"contact_name", K::outage_need_contact},
             {"next", K::outage_need_next},
             {"body_es", K::outage_need_body}},
            out);
    return out;
}

std::vector<FieldProblem> update_problems(const Say& say, const OutageForm& form) {
    std::vector<FieldProblem> out;
    require(say, form, {{"body_es", K::outage_need_body}, {"next", K::outage_need_next}}, out);
    return out;
}

Json publish_args(const OutageForm& form, Instant now) {
    Json audience = {{"everybody", true}};
    if (!form.sites.empty()) audience = {{"sites", form.sites}};
    Json args = {{"kind", domain::name(domain::OutageKind::Incident)},
                 {"state", domain::name(domain::OutageState::Investigating)},
                 {"title", domain::to_json(both(form, "title"))},
                 {"impact", domain::to_json(both(form, "impact"))},
                 {"workaround", domain::to_json(both(form, "workaround"))},
                 {"body", domain::to_json(both(form, "body"))},
                 {"contact",
                  {{"name", text_of(form, "contact_name")},
                   {"phone", text_of(form, "contact_phone")},
                   {"mail", ""}}},
                 {"audience", std::move(audience)},
                 {"services", services_json(form)},
                 {"started_at", to_ms(now)}};
    if (const std::string article = text_of(form, "article"); !article.empty())
        args["workaround_article"] = article;
    put_time(args, "eta_high", minutes_from(form, "eta", now));
    put_time(args, "next_update_due_at", minutes_from(form, "next", now));
    return args;
}

Json update_args(const OutageForm& form, const domain::Outage& outage, Instant now) {
    std::string state = text_of(form, "state");
    if (state.empty()) state = domain::name(outage.state());
    Json services = Json::array();
    for (const domain::ServiceImpact& each : outage.latest().snapshot) {
        const bool keeps = text_of(form, "level").empty();
        services.push_back(
            {{"service", to_text(each.service)},
             {"impact", keeps ? std::string(domain::name(each.impact)) : level_of(form)}});
    }
    Json args = {{"outage", to_text(outage.id)},
                 {"state", state},
                 {"body", domain::to_json(both(form, "body"))},
                 {"services", std::move(services)}};
    if (!both(form, "workaround").empty())
        args["workaround"] = domain::to_json(both(form, "workaround"));
    put_time(args, "eta_high", minutes_from(form, "eta", now));
    put_time(args, "next_update_due_at", minutes_from(form, "next", now));
    return args;
}

Json resolve_args(const OutageForm& form, const Say& say, const Id& outage) {
    L10n body = both(form, "body");
    if (body.empty())
        body = {std::string(tr(Lang::Es, K::outage_resolved_body)),
                std::string(tr(Lang::En, K::outage_resolved_body))};
    (void)say;
    return {{"outage", to_text(outage)}, {"body", domain::to_json(body)}};
}

namespace {

std::string audience_text(const AppState& state, const Say& say, const OutageForm& form) {
    if (form.sites.empty()) return std::string(say(K::outage_seen_by_all));
    std::string names;
    for (const domain::Site& site : state.library.sites()) {
        if (std::find(form.sites.begin(), form.sites.end(), to_text(site.id)) == form.sites.end())
            continue;
        names += concat(names.empty() ? "" : ", ", site.name.in(say.lang));
    }
    return say(K::outage_seen_by, {{"sites", names}});
}

BannerModel preview_of(const AppState& state, const OutageForm& form, Instant now) {
    domain::Outage outage;
    outage.title = both(form, "title");
    if (outage.title.empty())
        outage.title = {std::string(tr(Lang::Es, K::outage_preview_title)),
                        std::string(tr(Lang::En, K::outage_preview_title))};
    outage.impact = both(form, "impact");
    outage.workaround = both(form, "workaround");
    outage.workaround_article = text_of(form, "article");
    outage.contact = {text_of(form, "contact_name"), text_of(form, "contact_phone"), {}};
    outage.audience.is_everybody = form.sites.empty();
    for (const std::string& site : form.sites) {
        if (const Result<Id> id = parse_id(site)) outage.audience.sites.push_back(*id);
    }
    domain::OutageUpdate update;
    update.at = now;
    update.eta_high = minutes_from(form, "eta", now);
    update.next_update_due_at = minutes_from(form, "next", now);
    for (const std::string& service : form.services) {
        if (const Result<Id> id = parse_id(service))
            update.snapshot.push_back(
                {*id, domain::impact(level_of(form)).value_or(domain::Impact::Partial)});
    }
    outage.updates.push_back(std::move(update));
    BannerModel model = banner_model(state, outage, now);
    model.may_join = false;
    model.is_dismissible = false;
    model.age.clear();
    return model;
}

std::string state_word(const Say& say, domain::OutageState state) {
    using enum domain::OutageState;
    switch (state) {
        case Investigating: return std::string(say(K::outage_investigating));
        case Identified: return std::string(say(K::outage_identified));
        case Monitoring: return std::string(say(K::outage_monitoring));
        case Scheduled: return std::string(say(K::outage_scheduled));
        case InProgress: return std::string(say(K::outage_in_progress));
        case Verifying: return std::string(say(K::outage_verifying));
        default: return std::string(domain::name(state));
    }
}

bool is_last(domain::OutageState state) {
    return !domain::is_open(state);
}

}  // namespace

OutageModel outage_model(const AppState& state, Instant now) {
    OutageModel model{.say = say_for(state, now), .is_allowed = may_publish_outages(state)};
    model.is_update = state.route.page == Page::Outage;
    model.form = state.outage_form;
    model.focus_summary = state.focus_summary;
    for (const domain::Service& each : state.library.services())
        model.services.push_back({to_text(each.id), each.name.in(state.lang)});
    for (const domain::Site& each : state.library.sites())
        model.sites.push_back({to_text(each.id), each.name.in(state.lang)});
    for (const auto& [id, article] : state.library.articles()) {
        if (!article.is_internal)
            model.articles.push_back(
                {article.number, concat(article.number, " · ", article.title.in(state.lang))});
    }
    std::sort(model.articles.begin(), model.articles.end());
    if (!model.is_update) {
        model.preview = preview_of(state, model.form, now);
        model.audience = audience_text(state, model.say, model.form);
        return model;
    }
    const Result<Id> id = parse_id(state.route.key);
    const domain::Outage* outage = id ? state.library.outage(*id) : nullptr;
    model.is_missing = outage == nullptr || !domain::is_open(outage->state());
    if (model.is_missing) return model;
    model.outage = outage->id;
    model.preview = banner_model(state, *outage, now);
    model.preview.may_join = false;
    for (const domain::OutageState each : rules::next_states(*outage)) {
        if (!is_last(each))
            model.states.push_back({std::string(domain::name(each)), state_word(model.say, each)});
    }
    return model;
}

}  // namespace ventanilla::views
