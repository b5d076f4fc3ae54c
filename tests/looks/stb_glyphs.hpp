#pragma once

#include <string>
#include <vector>

#include "wasm/ui/fonts.hpp"

// Glyphs of font files of the machine, through stb_truetype: what the browser's canvas does in the
// portal.

namespace ventanilla::looks {

class StbGlyphs final : public ui::GlyphSource {
  public:
    // One file a face, in the order of ui::Face.
    explicit StbGlyphs(const std::vector<std::string>& files);
    ~StbGlyphs() override;

    [[nodiscard]] bool ok() const;
    ui::FaceMetrics metrics(ui::Face face, float size_device_px) override;
    float advance(char32_t code_point, ui::Face face, float size_css_px) override;
    bool draw(char32_t code_point,
              ui::Face face,
              float size_device_px,
              ui::GlyphBitmap& out) override;

  private:
    struct Font;
    std::vector<std::unique_ptr<Font>> fonts_;
};

}  // namespace ventanilla::looks
