#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wasm/ui/measure.hpp"

// Where glyphs come from. The portal's source asks the browser to draw each code point once
// (Canvas2D, the system's own face), so that no font is downloaded; wasm/platform implements it.
// Natively the tests use stb_truetype with a font of the machine, or measure without any.

namespace ventanilla::ui {

// Pixels of one glyph, at the device's density.
struct GlyphBitmap {
    int width = 0;  // device pixels; 0 for spaces
    int height = 0;
    int left = 0;  // from the pen to the bitmap's left edge, device pixels
    int top = 0;   // from the baseline to the bitmap's top edge, device pixels, positive upwards
    float advance = 0;                 // device pixels, unrounded
    bool coloured = false;             // emoji: `rgba` is set, otherwise `alpha`
    std::vector<std::uint8_t> pixels;  // width*height bytes of alpha, or *4 of RGBA
};

struct FaceMetrics {
    float ascent = 0;   // device pixels above the baseline, positive
    float descent = 0;  // below, positive
};

class GlyphSource {
  public:
    virtual ~GlyphSource() = default;

    virtual FaceMetrics metrics(Face face, float size_device_px) = 0;

    // Advance of `code_point` in CSS px at a CSS size, exactly as the DOM sets it (no kerning).
    virtual float advance(char32_t code_point, Face face, float size_css_px) = 0;

    // Draws the glyph. False when the source has nothing for it (then U+FFFD is tried, then
    // nothing).
    virtual bool draw(char32_t code_point, Face face, float size_device_px, GlyphBitmap& out) = 0;
};

// A measurer that remembers what the source answered. Forgets everything on clear().
class GlyphMeasurer final : public Measurer {
  public:
    explicit GlyphMeasurer(GlyphSource& source);
    ~GlyphMeasurer() override;
    float advance(char32_t code_point, Face face, float size_px) override;
    void clear();

  private:
    struct Cache;
    GlyphSource& source_;
    std::unique_ptr<Cache> cache_;
};

}  // namespace ventanilla::ui
