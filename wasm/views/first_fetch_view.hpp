#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"

// Instead of any page while this device has never fetched anything and cannot now: what is missing,
// why, and what to do meanwhile.

namespace ventanilla::views {

void first_fetch_view(ui::Ui& ui, const Say& say, Intents& intents);

}  // namespace ventanilla::views
