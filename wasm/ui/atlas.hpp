#pragma once

#include <vector>

#include <imgui.h>

#include "wasm/ui/fonts.hpp"

// The glyphs in Dear ImGui's atlas: one ImFont a face, filled on demand from a GlyphSource. Sizes
// are device pixels; the atlas only knows whole numbers, so they are given in halves. Internal to
// wasm/ui.

namespace ventanilla::ui {

class Atlas {
  public:
    // Adds the faces to the atlas of the current context.
    explicit Atlas(GlyphSource& source);

    // The glyph as a rectangle around its pen position: X to the right, Y down from the baseline,
    // device px.
    const ImFontGlyph& glyph(char32_t code_point, Face face, float size_device_px);

    FaceMetrics metrics(Face face, float size_device_px);

    // Forgets all glyphs, so that they are drawn anew.
    void clear();

    [[nodiscard]] int rasterised() const;

  private:
    struct Known {
        Face face;
        float size_device_px;
        FaceMetrics metrics;
    };

    GlyphSource& source_;
    ImFont* fonts_[kFaces] = {};
    std::vector<Known>
        known_;  // a dozen at most; asking the browser costs more than painting a word
};

}  // namespace ventanilla::ui
