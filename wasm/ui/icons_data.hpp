#pragma once

#include <cstdint>

#include "wasm/ui/icons_gen.hpp"

// The strokes behind the Icon enum, as generate.py packs them: 1 move x y, 2 line x y, 3 cubic x1
// y1 x2 y2 x y, 4 close, 5 fill the last shape; tenths of a 24 px box.

namespace ventanilla::ui {

extern const std::uint16_t
    kIconOffsets[];  // kIconOffsets[i]..[i+1] of kIconData; kIcons + 1 entries
extern const std::uint8_t kIconData[];
extern const char* const kIconNames[];

}  // namespace ventanilla::ui
