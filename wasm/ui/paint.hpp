#pragma once

#include <imgui.h>

#include "wasm/ui/atlas.hpp"
#include "wasm/ui/scene.hpp"

// Draws the boxes of a scene into an ImDrawList: what of them can be seen at a scroll position.
// Internal.

namespace ventanilla::ui {

struct PaintInfo {
    float scale = 1;  // device pixels per CSS px
    float scroll_y = 0;
};

// Gives the number of boxes that were drawn.
int paint(const Scene& scene,
          const Input& input,
          const PaintInfo& info,
          Measurer& measurer,
          Atlas& atlas,
          ImDrawList& to);

}  // namespace ventanilla::ui
