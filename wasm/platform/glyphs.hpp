#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "wasm/ui/fonts.hpp"

// Letters for the canvas. The browser draws them (glyphs.js), unless it falsifies what it draws:
// then they come from the small font that the page fetched, through stb_truetype.

namespace ventanilla::platform {

class BrowserGlyphs final : public ui::GlyphSource {
  public:
    BrowserGlyphs();
    ~BrowserGlyphs() override;

    // From now on letters come from this TrueType file. Ignored when it is none.
    void use_font(std::vector<std::uint8_t> file);

    ui::FaceMetrics metrics(ui::Face face, float size_device_px) override;
    float advance(char32_t code_point, ui::Face face, float size_css_px) override;
    bool draw(char32_t code_point,
              ui::Face face,
              float size_device_px,
              ui::GlyphBitmap& out) override;

  private:
    struct OwnFont;
    std::unique_ptr<OwnFont> own_;
};

}  // namespace ventanilla::platform
