#pragma once

#include <cstdint>
#include <string_view>

#include "wasm/a11y/tree.hpp"

// How wide letters are: all that layout needs to know of fonts. In the portal the answer comes from
// the glyphs that will be painted (wasm/ui/fonts.hpp); tests use FixedMeasurer, where it can be
// done by head.

namespace ventanilla::ui {

enum class Face : std::uint8_t { Regular, Semibold, Bold, Mono };
inline constexpr int kFaces = 4;

constexpr Face face_of(a11y::Weight weight, bool mono) {
    if (mono) return Face::Mono;
    return weight == a11y::Weight::Regular ? Face::Regular
           : weight == a11y::Weight::Bold  ? Face::Bold
                                           : Face::Semibold;
}

class Measurer {
  public:
    virtual ~Measurer() = default;

    // The advance of one code point at `size_px`, CSS px, without kerning.
    virtual float advance(char32_t code_point, Face face, float size_px) = 0;
};

// Every letter is half as wide as the text is high; CJK and emoji are square.
class FixedMeasurer final : public Measurer {
  public:
    float advance(char32_t code_point, Face face, float size_px) override;
};

// The width of a line.
float width_of(Measurer& measurer, std::string_view text, Face face, float size_px);

}  // namespace ventanilla::ui
