#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"

// Who is here and whose store is open. A store that holds a session opens without asking the
// server: that is how the portal starts without a network.

namespace ventanilla::app {

namespace {

using views::K;
using views::SessionKind;

constexpr std::string_view kLangPref = "lang";
constexpr std::string_view kThemePref = "theme";
constexpr std::string_view kScopePref = "scope";
constexpr std::string_view kDevicePref = "device";

std::string pref(const Booted& booted, std::string_view key) {
    const auto at = booted.prefs.find(std::string(key));
    return at == booted.prefs.end() ? std::string{} : at->second;
}

views::ThemeChoice theme_named(std::string_view name) {
    if (name == "light") return views::ThemeChoice::Light;
    if (name == "dark") return views::ThemeChoice::Dark;
    return name == "contrast" ? views::ThemeChoice::Contrast : views::ThemeChoice::System;
}

void open_store(Core& core, const std::string& scope) {
    core.scope = scope;
    core.state.was_storage_opened = false;
    core.effect(OpenStore{scope});
}

std::optional<sync::SessionInfo> stored_session(const sync::Files& files) {
    const auto file = files.find(std::string(sync::kSessionFile));
    if (file == files.end()) return std::nullopt;
    const Result<std::string_view> payload = sync::unframe(file->second);
    if (!payload) return std::nullopt;
    Result<sync::SessionInfo> info = sync::decode_session_info(*payload);
    return info ? std::optional(std::move(info).value()) : std::nullopt;
}

// The person's own language, unless they chose another one on this device.
void take_person(Core& core, const sync::SessionInfo& info) {
    core.state.session.kind = SessionKind::SignedIn;
    core.state.session.info = info;
    core.state.session.is_over = false;
    core.state.sign_in = {};
    if (!core.is_lang_chosen) core.state.lang = info.lang;
    if (core.state.route.page == views::Page::SignIn) {
        const std::string next = core.state.route.query;
        go(core,
           next.starts_with('/') ? views::parse_route(next) : views::Route{},
           History::Replace);
    }
}

void show_sign_in(Core& core) {
    core.state.session = {};
    core.state.session.kind = SessionKind::SignedOut;
    core.state.was_storage_opened = true;
}

K sign_in_problem(const HttpReply& reply) {
    constexpr int kUnauthorized = 401, kForbidden = 403, kUnprocessable = 422, kTooMany = 429;
    if (reply.status == 0) return K::sign_in_offline;
    if (reply.status == kTooMany) return K::sign_in_too_many;
    const bool is_wrong = reply.status == kUnauthorized || reply.status == kForbidden ||
                          reply.status == kUnprocessable;
    return is_wrong ? K::sign_in_wrong : K::sign_in_failed;
}

void signed_in(Core& core, const sync::SessionInfo& info) {
    const bool is_same = core.client != nullptr && core.scope == info.scope;
    take_person(core, info);
    core.effect(SavePref{std::string(kScopePref), info.scope});
    if (is_same)
        core.client->on_signed_in(info, core.engine_now());
    else
        open_store(core, info.scope);
}

void forget_person(Core& core) {
    const views::AppState fresh;
    core.client.reset();
    core.state.client = nullptr;
    core.state.library.clear();
    core.indexer.clear();
    core.state.forms.clear();
    core.help = {};
    core.state.replies.clear();
    core.state.outage_forms.clear();
    core.state.writings.clear();
    core.state.sources.clear();
    core.markdown_jobs.clear();
    core.state.search = fresh.search;
    core.state.trail.clear();
    core.state.dismissed.clear();
    core.known_banners.clear();
    core.known_reminders.clear();
    core.known_asks.clear();
    core.has_seen_banners = false;
    core.commits.clear();
    core.engine_wake_ms = -1;
    core.scope.clear();
    core.effect(SavePref{std::string(kScopePref), {}});
    show_sign_in(core);
}

}  // namespace

void start(Core& core, const Booted& booted) {
    core.boot = booted.boot;
    core.build = booted.build;
    const std::string lang = pref(booted, kLangPref);
    core.is_lang_chosen = !lang.empty();
    core.state.lang = domain::lang_of(core.is_lang_chosen ? lang : booted.locale);
    core.state.theme = theme_named(pref(booted, kThemePref));
    core.state.device.ui.kiosk = views::url_parameter(booted.url, "kiosk") == "1";
    core.is_kiosk = core.state.device.ui.kiosk;
    if (const Result<Id> device = parse_id(pref(booted, kDevicePref))) {
        core.device = *device;
    } else {
        core.device = random_id(core.world.random);
        core.effect(SavePref{std::string(kDevicePref), to_text(core.device)});
    }
    core.state.route = views::parse_route(booted.url);
    if (core.state.route.page == views::Page::Search)
        core.state.search.query = core.state.route.query;
    const std::string scope = pref(booted, kScopePref);
    if (scope.empty())
        who_am_i(core);
    else
        open_store(core, scope);
}

void who_am_i(Core& core) {
    core.requests[core.next_http] = {.use = HttpUse::WhoAmI};
    core.effect(HttpRequest{.id = core.next_http++, .url = std::string(sync::kSessionPath)});
}

void store_opened(Core& core, const StoreOpened& opened) {
    if (opened.scope != core.scope) return;  // of somebody who has left meanwhile
    const auto stored = stored_session(opened.files);
    const bool is_known = core.state.session.kind == SessionKind::SignedIn;
    if (!is_known && !stored) {
        core.state.was_storage_opened = true;
        who_am_i(core);
        return;
    }
    const bool was_running = core.client != nullptr;
    if (!is_known) take_person(core, *stored);
    if (!was_running) core.client = std::make_unique<sync::Client>(core.world.random);
    core.state.client = core.client.get();
    core.state.is_leader = opened.is_leader;
    core.state.is_storage_available = opened.is_available;
    core.state.was_storage_opened = true;
    const sync::SessionInfo& info = core.state.session.info;
    core.client->boot(opened.files,
                      {.actor = sync::actor_of(info),
                       .device = core.device,
                       .scope = core.scope,
                       .boot = core.boot},
                      opened.is_leader ? sync::TabRole::Leader : sync::TabRole::Follower,
                      core.engine_now());
    if (!stored || !(stored->user == info.user)) core.client->on_signed_in(info, core.engine_now());
    if (!was_running) restore_drafts(core);
}

void reopen_store(Core& core) {
    if (!core.scope.empty()) core.effect(OpenStore{core.scope});
}

void sign_in(Core& core) {
    views::SignInForm& form = core.state.sign_in;
    if (form.is_busy) return;
    if (trimmed(form.login).empty() || form.password.empty()) {
        form.problem = K::sign_in_missing;
        return;
    }
    form.problem.reset();
    form.is_busy = true;
    core.requests[core.next_http] = {.use = HttpUse::SignIn};
    core.effect(HttpRequest{
        .id = core.next_http++,
        .method = "POST",
        .url = std::string(sync::kLoginPath),
        .headers = {{"content-type", "application/json"}},
        .body = sync::encode(sync::LoginRequest{std::string(trimmed(form.login)), form.password})});
}

void sign_out(Core& core) {
    if (core.client == nullptr) return;
    const bool has_unsent = core.client->unsent_count() > 0;
    core.client->logout(core.engine_now());
    carry_effects(core);
    core.requests[core.next_http] = {.use = HttpUse::SignOut};
    core.effect(HttpRequest{.id = core.next_http++,
                            .method = "POST",
                            .url = std::string(sync::kLogoutPath),
                            .headers = {{"content-type", "application/json"}},
                            .body = "{}"});
    // Work that is not sent stays for the same person; otherwise nothing of them remains on the
    // device.
    core.effect(CloseStore{.scope = core.scope, .wipe = !has_unsent});
    forget_person(core);
    go(core, {}, History::Replace);
}

void session_reply(Core& core, HttpUse use, const HttpReply& reply) {
    constexpr int kOk = 200;
    if (use == HttpUse::SignOut) return;
    core.state.sign_in.is_busy = false;
    const Result<sync::SessionInfo> info = sync::decode_session_info(reply.body);
    if (reply.status == kOk && info) return signed_in(core, *info);
    if (use == HttpUse::SignIn) {
        core.state.sign_in.problem = sign_in_problem(reply);
        core.state.sign_in.password.clear();
        core.say(core.words()(*core.state.sign_in.problem), a11y::Urgency::Assertive);
        return;
    }
    if (core.client == nullptr) show_sign_in(core);
}

}  // namespace ventanilla::app
