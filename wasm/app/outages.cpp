#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/status/banner.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/outage_form.hpp"

// What a spokesperson does, and what everybody is told of it aloud.

namespace ventanilla::app {

namespace {

using namespace views;

OutageForm& current_form(Core& core) {
    return outage_form_of(core, core.state.route.key);
}

void edited(Core& core, std::string_view field) {
    OutageForm& form = current_form(core);
    const domain::Outage* outage = outage_of_route(core.state);
    if (is_nil(form.seen) && outage != nullptr) form.seen = outage->latest().id;
    std::erase_if(form.problems, [&](const FieldProblem& each) { return each.field == field; });
    // A template speaks of what is chosen; what somebody typed stays.
    const bool is_of_template =
        field == "template" || field == "services" || field == "sites" || field == "next";
    if (is_of_template) fill_template(core.state, form, outage);
    touch(core, form.saving);
}

void drop(Core& core, const std::string& key) {
    const auto at = core.state.outage_forms.find(key);
    if (at == core.state.outage_forms.end()) return;
    forget_draft(core, at->second.draft);
    core.state.outage_forms.erase(at);
}

void outage_refused(Core& core, OutageForm& form, const sync::SubmitResult& result) {
    const Say say = core.words();
    const auto* rejection = std::get_if<commands::Rejection>(&result);
    if (rejection == nullptr)
        return toast(core, std::string(say(K::form_failed_full)), ui::Tone::Critical);
    for (const commands::FieldError& each : rejection->fields)
        form.problems.push_back(problem_of_argument(say, each.field, each.message));
    core.state.focus_summary = !form.problems.empty();
    if (form.problems.empty())
        toast(core,
              std::string(say(key_named(rejection->message).value_or(K::reject_other))),
              ui::Tone::Critical);
}

}  // namespace

OutageForm& outage_form_of(Core& core, const std::string& key) {
    const auto [at, is_new] = core.state.outage_forms.try_emplace(key);
    if (is_new) at->second.draft = derived_id("draft", concat("outage:", key));
    return at->second;
}

void edit_outage(Core& core, const EditOutage& edit) {
    current_form(core).texts[edit.field] = edit.text;
    edited(core, edit.field);
}

void choose_services(Core& core, const std::vector<std::string>& services) {
    current_form(core).services = services;
    edited(core, "services");
}

void choose_sites(Core& core, const std::vector<std::string>& sites) {
    current_form(core).sites = sites;
    edited(core, "sites");
}

void publish_outage(Core& core) {
    if (core.client == nullptr) return;
    OutageForm& form = current_form(core);
    form.problems = outage_problems(core.state, core.now.wall);
    core.state.focus_summary = !form.problems.empty();
    if (!form.problems.empty()) return;
    OutageCommand command = outage_command(core.state, core.now.wall);
    const sync::SubmitResult result =
        core.client->submit(command.type, std::move(command.args), core.engine_now());
    if (!std::holds_alternative<sync::Submitted>(result)) return outage_refused(core, form, result);
    drop(core, core.state.route.key);
    toast(core, std::string(core.words()(K::outage_sent)), ui::Tone::Ok);
    go(core, {Page::Status, {}, {}});
}

void publish_burst(Core& core, const rules::Burst& burst) {
    OutageForm& form = outage_form_of(core, {});
    form.services = {to_text(burst.service)};
    form.sites.clear();
    if (!is_nil(burst.site)) form.sites = {to_text(burst.site)};
    form.texts["kind"] = kIncident;
    form.texts["since"] = wall_text(core.words(), burst.first);
    if (form.text("template").empty()) form.texts["template"] = "down";
    go(core, {Page::NewOutage, {}, {}});
    fill_template(core.state, form, nullptr);
    touch(core, form.saving);
}

void reject_burst(Core& core, const rules::Burst& burst) {
    const domain::Service* service = core.state.library.service(burst.service);
    if (service == nullptr) return;
    const domain::L10n title{
        tr(Lang::Es, K::burst_title, {{"service", service->name.in(Lang::Es)}}),
        tr(Lang::En, K::burst_title, {{"service", service->name.in(Lang::En)}})};
    const domain::L10n body{std::string(tr(Lang::Es, K::burst_rejected)),
                            std::string(tr(Lang::En, K::burst_rejected))};
    const Json args = {{"first", to_text(burst.requests.front())},
                       {"service", to_text(burst.service)},
                       {"title", domain::to_json(title)},
                       {"body", domain::to_json(body)},
                       {"started_at", to_ms(burst.first)},
                       {"reports", burst.requests.size()}};
    if (send(core, "outage.reject", args))
        toast(core, std::string(core.words()(K::burst_rejected)));
}

void read_outage(Core& core) {
    const domain::Outage* outage = outage_of_route(core.state);
    if (outage == nullptr) return;
    OutageForm& form = current_form(core);
    form.seen = outage->latest().id;
    touch(core, form.saving);
}

void discard_outage(Core& core) {
    drop(core, core.state.route.key);
    toast(core, std::string(core.words()(K::toast_draft_deleted)));
    go(core, {Page::Status, {}, {}}, History::Replace);
}

void outage_again(Core& core, const Id& cmd, const commands::Command& command) {
    const std::string key = text_or(command.args, "outage");
    OutageForm& form = outage_form_of(core, key);
    form.texts.clear();
    form.filled.clear();
    read_outage_args(core.words(), {command.type, command.args}, form);
    touch(core, form.saving);
    (void)core.client->discard(cmd, core.engine_now());
    go(core, {key.empty() ? Page::NewOutage : Page::Outage, key, {}});
}

void announce_banners(Core& core) {
    std::map<Id, int> open;
    core.news_at.reset();
    for (const domain::Outage& outage : core.state.library.outages()) {
        if (!domain::is_open(outage.state())) continue;
        open[outage.id] = status::news_of(outage, core.now.wall);
        const auto eta = status::shown_eta(outage);  // missed by time alone
        if (eta && *eta >= core.now.wall)
            core.news_at = std::min(core.news_at.value_or(*eta), *eta);
    }
    for (const auto& [id, news] : open) {
        const auto known = core.known_banners.find(id);
        const bool is_new = known == core.known_banners.end() || known->second < news;
        if (!is_new || !core.has_seen_banners) continue;
        const BannerModel banner =
            banner_model(core.state, *core.state.library.outage(id), core.now.wall);
        const bool is_critical = banner.tone == ui::Tone::Critical;
        core.say(spoken_banner(banner),
                 is_critical ? a11y::Urgency::Assertive : a11y::Urgency::Polite);
    }
    std::set<Id> asked;
    for (const AskModel& ask : ask_models(core.state, core.now.wall)) {
        asked.insert(ask.outage);
        if (core.has_seen_banners && !core.known_asks.contains(ask.outage))
            core.say(concat(ask.title, " ", ask.text));
    }
    core.known_asks = std::move(asked);
    if (!is_loading(core.state)) core.has_seen_banners = true;
    core.known_banners = std::move(open);
}

void announce_reminders(Core& core) {
    std::set<std::pair<Id, bool>> present;
    for (const Reminder& each : reminders(core.state, core.now.wall)) {
        present.insert({each.outage, each.is_late});
        if (!core.known_reminders.contains({each.outage, each.is_late})) core.say(each.text);
    }
    core.known_reminders = std::move(present);
}

}  // namespace ventanilla::app
