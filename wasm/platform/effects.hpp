#pragma once

#include <vector>

#include "wasm/app/ports.hpp"
#include "wasm/platform/block.hpp"

namespace ventanilla::platform {

// The effects of one turn for effects.js, in order.
Block encode(const std::vector<app::Effect>& effects);

}  // namespace ventanilla::platform
