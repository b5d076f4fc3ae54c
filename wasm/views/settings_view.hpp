#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"

// Language, colours, the account, and the way to what this browser keeps.

namespace ventanilla::views {

struct SettingsModel {
    Say say = {};
    Lang lang = Lang::Es;
    ThemeChoice theme = ThemeChoice::System;
    std::string name = {};
    std::string detail = {};  // login and office
    std::string unsent = {};  // empty: nothing waits
};

SettingsModel settings_model(const AppState& state, Instant now);
void settings_view(ui::Ui& ui, const SettingsModel& model, Intents& intents);

}  // namespace ventanilla::views
