#include "wasm/views/settings_view.hpp"

#include <array>

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kPagePx = 640;

struct ThemeName {
    ThemeChoice theme;
    std::string_view value;
    K label;
};
constexpr std::array kThemes = {
    ThemeName{ThemeChoice::System, "system", K::theme_system},
    ThemeName{ThemeChoice::Light, "light", K::theme_light},
    ThemeName{ThemeChoice::Dark, "dark", K::theme_dark},
    ThemeName{ThemeChoice::Contrast, "contrast", K::theme_contrast},
};

void language_view(ui::Ui& ui, const SettingsModel& model, Intents& intents) {
    const std::array<ui::Choice, 2> choices = {ui::Choice{.value = "es", .label = "Español"},
                                               ui::Choice{.value = "en", .label = "English"}};
    std::string value{domain::name(model.lang)};
    if (ui.choice({.key = "lang", .label = model.say(K::settings_lang)}, choices, value))
        intents.push_back(SetLang{domain::lang_of(value)});
}

void theme_view(ui::Ui& ui, const SettingsModel& model, Intents& intents) {
    std::array<ui::Choice, kThemes.size()> choices;
    std::string value;
    for (std::size_t i = 0; i < kThemes.size(); ++i) {
        choices[i] = {.value = kThemes[i].value, .label = model.say(kThemes[i].label)};
        if (kThemes[i].theme == model.theme) value = kThemes[i].value;
    }
    if (!ui.choice({.key = "theme", .label = model.say(K::settings_theme)}, choices, value)) return;
    for (const ThemeName& each : kThemes) {
        if (each.value == value) intents.push_back(SetTheme{each.theme});
    }
}

}  // namespace

SettingsModel settings_model(const AppState& state, Instant now) {
    SettingsModel model{.say = say_for(state, now), .lang = state.lang, .theme = state.theme};
    model.name = state.session.info.display_name;
    model.detail = state.session.info.login;
    if (const domain::Site* site = state.library.site(state.session.info.site))
        model.detail += concat(" · ", site->name.in(state.lang));
    const int unsent = unsent_count(state);
    if (unsent > 0) model.unsent = model.say(P::connection_unsent, unsent);
    return model;
}

void settings_view(ui::Ui& ui, const SettingsModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto narrow = ui.limited(kPagePx, ui::Gap::Huge);
    ui.heading(1, say(K::nav_settings));
    {
        const auto card = ui.card(say(K::settings_look));
        const auto form = ui.form("settings", say(K::settings_look));
        language_view(ui, model, intents);
        theme_view(ui, model, intents);
    }
    {
        const auto card = ui.card(say(K::settings_account));
        ui.text(model.name, ui::Style::Strong);
        ui.text(model.detail, ui::Style::Secondary);
        if (!model.unsent.empty())
            widgets::status_line(ui, ui::Icon::Hourglass, ui::Tone::Warning, model.unsent);
        if (ui.button({.label = say(K::settings_sign_out), .icon = ui::Icon::LogOut}))
            intents.push_back(AskSignOut{});
    }
    const auto card = ui.card(say(K::device_title));
    ui.text(say(K::device_lead), ui::Style::Secondary);
    ui.link(say(K::settings_device), to_url(Page::Device));
}

}  // namespace ventanilla::views
