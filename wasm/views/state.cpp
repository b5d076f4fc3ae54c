#include "wasm/views/state.hpp"

namespace ventanilla::views {

Say say_for(const AppState& state, Instant now) {
    return {.lang = state.lang,
            .locale = state.locale,
            .zone = state.session.info.time_zone,
            .now = now,
            .ageing = state.ageing};
}

ui::ThemeName theme_of(const AppState& state) {
    switch (state.theme) {
        case ThemeChoice::Light: return ui::ThemeName::Light;
        case ThemeChoice::Dark: return ui::ThemeName::Dark;
        case ThemeChoice::Contrast: return ui::ThemeName::Contrast;
        case ThemeChoice::System: break;
    }
    if (state.device.more_contrast) return ui::ThemeName::Contrast;
    return state.device.dark ? ui::ThemeName::Dark : ui::ThemeName::Light;
}

namespace {

bool is_unreachable_for(const AppState& state, std::int64_t limit_ms) {
    return state.unreachable_since_ms >= 0 &&
           state.mono_ms - state.unreachable_since_ms >= limit_ms;
}

}  // namespace

bool is_self_outage(const AppState& state) {
    return is_unreachable_for(state, kSelfOutageMs);
}

bool is_cut_off(const AppState& state) {
    return (state.client != nullptr && !state.client->status().is_online) ||
           is_unreachable_for(state, kPatienceMs);
}

bool is_without_data(const AppState& state) {
    if (!state.was_storage_opened || state.client == nullptr) return false;
    return state.client->status().is_loading && is_cut_off(state);
}

rules::Viewer viewer_of(const AppState& state) {
    const sync::SessionInfo& info = state.session.info;
    return {.user = info.user, .roles = info.roles, .desks = info.desks, .site = info.site};
}

bool is_agent(const AppState& state) {
    using enum domain::Role;
    const domain::Roles& roles = state.session.info.roles;
    return is_signed_in(state) && (roles.has(Agent) || roles.has(Manager) || roles.has(Admin));
}

bool may_publish_outages(const AppState& state) {
    using enum domain::Role;
    const domain::Roles& roles = state.session.info.roles;
    return is_signed_in(state) &&
           (roles.has(Spokesperson) || roles.has(IncidentManager) || roles.has(Admin));
}

bool is_loading(const AppState& state) {
    return !state.was_storage_opened ||
           (state.client != nullptr && state.client->status().is_loading);
}

}  // namespace ventanilla::views
