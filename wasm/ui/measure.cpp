#include "wasm/ui/measure.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::ui {

float FixedMeasurer::advance(char32_t code_point, Face, float size_px) {
    return code_point >= 0x2E80 ? size_px : size_px / 2;
}

float width_of(Measurer& measurer, std::string_view text, Face face, float size_px) {
    float width = 0;
    for (std::size_t at = 0; at < text.size();) {
        width += measurer.advance(next_code_point(text, at), face, size_px);
    }
    return width;
}

}  // namespace ventanilla::ui
