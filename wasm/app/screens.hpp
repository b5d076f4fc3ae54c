#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"

// The table of all screens: which page is drawn by what.

namespace ventanilla::app {

void draw_screen(ui::Ui& ui, const views::AppState& state, Instant now, views::Intents& intents);

}  // namespace ventanilla::app
