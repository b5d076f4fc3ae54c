#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/say.hpp"

// An address that nobody has.

namespace ventanilla::views {

void not_found_view(ui::Ui& ui, const Say& say);

}  // namespace ventanilla::views
