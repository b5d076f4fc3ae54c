#include "wasm/platform/glyphs.hpp"

#include <cmath>
#include <cstdlib>
#include <utility>

#include "wasm/platform/imports.hpp"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include "imstb_truetype.h"
#pragma clang diagnostic pop

namespace ventanilla::platform {

// One face for all weights: a browser that hides its fonts gets readable letters, not typography.
struct BrowserGlyphs::OwnFont {
    std::vector<std::uint8_t> file;
    stbtt_fontinfo info{};

    [[nodiscard]] float scale(float px) const { return stbtt_ScaleForMappingEmToPixels(&info, px); }

    [[nodiscard]] float advance(char32_t code_point, float px) const {
        int width = 0;
        int bearing = 0;
        stbtt_GetCodepointHMetrics(&info, static_cast<int>(code_point), &width, &bearing);
        return static_cast<float>(width) * scale(px);
    }

    bool draw(char32_t code_point, float px, ui::GlyphBitmap& out) const {
        const int glyph = stbtt_FindGlyphIndex(&info, static_cast<int>(code_point));
        if (glyph == 0) return false;
        int x0 = 0;
        int y0 = 0;
        int x1 = 0;
        int y1 = 0;
        stbtt_GetGlyphBitmapBox(&info, glyph, scale(px), scale(px), &x0, &y0, &x1, &y1);
        out.width = x1 - x0;
        out.height = y1 - y0;
        out.left = x0;
        out.top = -y0;
        out.advance = advance(code_point, px);
        out.coloured = false;
        out.pixels.assign(
            static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 0);
        stbtt_MakeGlyphBitmap(&info,
                              out.pixels.data(),
                              out.width,
                              out.height,
                              out.width,
                              scale(px),
                              scale(px),
                              glyph);
        return true;
    }
};

BrowserGlyphs::BrowserGlyphs() = default;
BrowserGlyphs::~BrowserGlyphs() = default;

void BrowserGlyphs::use_font(std::vector<std::uint8_t> file) {
    auto own = std::make_unique<OwnFont>();
    own->file = std::move(file);
    if (own->file.empty() || stbtt_InitFont(&own->info, own->file.data(), 0) == 0) return;
    own_ = std::move(own);
}

ui::FaceMetrics BrowserGlyphs::metrics(ui::Face face, float size_device_px) {
    if (own_ != nullptr) {
        int ascent = 0;
        int descent = 0;
        int gap = 0;
        stbtt_GetFontVMetrics(&own_->info, &ascent, &descent, &gap);
        const float scale = own_->scale(size_device_px);
        return {.ascent = static_cast<float>(ascent) * scale,
                .descent = static_cast<float>(-descent) * scale};
    }
    float both[2] = {};
    pf_glyph_metrics(static_cast<int>(face), size_device_px, both);
    return {.ascent = both[0], .descent = both[1]};
}

float BrowserGlyphs::advance(char32_t code_point, ui::Face face, float size_css_px) {
    if (own_ != nullptr) return own_->advance(code_point, size_css_px);
    return pf_glyph_advance(
        static_cast<std::uint32_t>(code_point), static_cast<int>(face), size_css_px);
}

bool BrowserGlyphs::draw(char32_t code_point,
                         ui::Face face,
                         float size_device_px,
                         ui::GlyphBitmap& out) {
    if (own_ != nullptr) return own_->draw(code_point, size_device_px, out);
    PfGlyph glyph{};
    std::uint8_t* rgba = pf_glyph_draw(
        static_cast<std::uint32_t>(code_point), static_cast<int>(face), size_device_px, &glyph);
    out.width = glyph.width;
    out.height = glyph.height;
    out.left = glyph.left;
    out.top = glyph.top;
    out.advance = glyph.advance;
    out.coloured = glyph.coloured != 0;
    const std::size_t pixels =
        static_cast<std::size_t>(glyph.width) * static_cast<std::size_t>(glyph.height);
    out.pixels.clear();
    if (rgba == nullptr) return true;
    if (out.coloured) {
        out.pixels.assign(rgba, rgba + pixels * 4);
    } else {
        out.pixels.resize(pixels);
        for (std::size_t i = 0; i < pixels; ++i)
            out.pixels[i] = rgba[i * 4 + 3];
    }
    std::free(rgba);
    return true;
}

}  // namespace ventanilla::platform
