#include "tests/looks/stb_glyphs.hpp"

#include <cmath>
#include <fstream>
#include <iterator>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#define STB_TRUETYPE_IMPLEMENTATION
#define STBTT_STATIC
#include <imstb_truetype.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace ventanilla::looks {

struct StbGlyphs::Font {
    std::string file;
    stbtt_fontinfo info{};
    bool ok = false;
    [[nodiscard]] float scale(float em_px) const {
        return stbtt_ScaleForMappingEmToPixels(&info, em_px);
    }
};

StbGlyphs::StbGlyphs(const std::vector<std::string>& files) {
    for (const std::string& path : files) {
        auto font = std::make_unique<Font>();
        std::ifstream in(path, std::ios::binary);
        font->file.assign(std::istreambuf_iterator<char>(in), {});
        const auto* bytes = reinterpret_cast<const unsigned char*>(font->file.data());
        font->ok = !font->file.empty() && stbtt_InitFont(&font->info, bytes, 0) != 0;
        fonts_.push_back(std::move(font));
    }
}

StbGlyphs::~StbGlyphs() = default;

bool StbGlyphs::ok() const {
    for (const auto& font : fonts_) {
        if (!font->ok) return false;
    }
    return true;
}

ui::FaceMetrics StbGlyphs::metrics(ui::Face face, float size) {
    const Font& font = *fonts_[static_cast<std::size_t>(face)];
    int ascent = 0, descent = 0, gap = 0;
    stbtt_GetFontVMetrics(&font.info, &ascent, &descent, &gap);
    const float scale = font.scale(size);
    return {static_cast<float>(ascent) * scale, static_cast<float>(-descent) * scale};
}

float StbGlyphs::advance(char32_t code_point, ui::Face face, float size) {
    const Font& font = *fonts_[static_cast<std::size_t>(face)];
    int advance = 0, bearing = 0;
    stbtt_GetCodepointHMetrics(&font.info, static_cast<int>(code_point), &advance, &bearing);
    return static_cast<float>(advance) * font.scale(size);
}

bool StbGlyphs::draw(char32_t code_point, ui::Face face, float size, ui::GlyphBitmap& out) {
    const Font& font = *fonts_[static_cast<std::size_t>(face)];
    const int glyph = stbtt_FindGlyphIndex(&font.info, static_cast<int>(code_point));
    if (glyph == 0) return false;
    const float scale = font.scale(size);
    int left = 0, top = 0, right = 0, bottom = 0;
    stbtt_GetGlyphBitmapBox(&font.info, glyph, scale, scale, &left, &top, &right, &bottom);
    out.width = right - left;
    out.height = bottom - top;
    out.left = left;
    out.top = -top;
    out.advance = advance(code_point, face, size);
    if (out.width <= 0 || out.height <= 0) return true;
    out.pixels.assign(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height),
                      0);
    stbtt_MakeGlyphBitmap(
        &font.info, out.pixels.data(), out.width, out.height, out.width, scale, scale, glyph);
    return true;
}

}  // namespace ventanilla::looks
