#include "wasm/ui/atlas.hpp"

#include <imgui_internal.h>

namespace ventanilla::ui {

namespace {

// Dear ImGui hands the loader its own structures only; there is one portal in a program.
struct Loader {
    GlyphSource* source = nullptr;
    GlyphBitmap bitmap;
    int rasterised = 0;
};

Loader& loader() {
    static Loader instance;
    return instance;
}

constexpr float kSteps = 2;  // half device pixels

Face face_of_source(const ImFontConfig* src) {
    return static_cast<Face>(src->FontNo);
}

bool always(ImFontAtlas*, ImFontConfig*) {
    return true;
}
bool contains(ImFontAtlas*, ImFontConfig*, ImWchar) {
    return true;
}

bool init_size(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    baked->Ascent = baked->Size;
    baked->Descent = 0;
    return true;
}

bool load_glyph(ImFontAtlas* atlas,
                ImFontConfig* src,
                ImFontBaked* baked,
                void*,
                ImWchar code_point,
                ImFontGlyph* glyph,
                float* advance) {
    Loader& self = loader();
    const float size = baked->Size / kSteps;
    if (advance != nullptr) {
        *advance = size / 2;  // never asked by us: widths come from the measurer
        return true;
    }
    GlyphBitmap& bitmap = self.bitmap;
    bitmap.width = bitmap.height = 0;
    bitmap.coloured = false;
    if (!self.source->draw(code_point, face_of_source(src), size, bitmap)) return false;
    ++self.rasterised;
    glyph->Codepoint = code_point & 0x3FFFFFFU;
    glyph->AdvanceX = bitmap.advance;
    if (bitmap.width <= 0 || bitmap.height <= 0) return true;
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, bitmap.width, bitmap.height);
    if (id == ImFontAtlasRectId_Invalid) return false;
    ImTextureRect* place = ImFontAtlasPackGetRect(atlas, id);
    glyph->X0 = static_cast<float>(bitmap.left);
    glyph->Y0 = static_cast<float>(-bitmap.top);
    glyph->X1 = glyph->X0 + static_cast<float>(bitmap.width);
    glyph->Y1 = glyph->Y0 + static_cast<float>(bitmap.height);
    glyph->Visible = true;
    glyph->Colored = bitmap.coloured;
    glyph->PackId = id;
    const ImTextureFormat format =
        bitmap.coloured ? ImTextureFormat_RGBA32 : ImTextureFormat_Alpha8;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas,
                                       baked,
                                       src,
                                       glyph,
                                       place,
                                       bitmap.pixels.data(),
                                       format,
                                       bitmap.width * (bitmap.coloured ? 4 : 1));
    return true;
}

const ImFontLoader* glyph_loader() {
    static ImFontLoader functions = [] {
        ImFontLoader f;
        f.Name = "browser";
        f.FontSrcInit = always;
        f.FontSrcContainsGlyph = contains;
        f.FontBakedInit = init_size;
        f.FontBakedLoadGlyph = load_glyph;
        return f;
    }();
    return &functions;
}

}  // namespace

Atlas::Atlas(GlyphSource& source) : source_(source) {
    loader().source = &source;
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    for (int face = 0; face < kFaces; ++face) {
        ImFontConfig config;
        config.FontLoader = glyph_loader();
        config.FontNo = static_cast<ImU32>(face);
        config.SizePixels = 16 * kSteps;
        config.FontDataOwnedByAtlas = true;
        fonts_[face] = atlas.AddFont(&config);
    }
}

const ImFontGlyph& Atlas::glyph(char32_t code_point, Face face, float size_device_px) {
    ImFont* font = fonts_[static_cast<int>(face)];
    return *font->GetFontBaked(size_device_px * kSteps, 1.0F)->FindGlyph(code_point);
}

FaceMetrics Atlas::metrics(Face face, float size_device_px) {
    for (const Known& each : known_) {
        if (each.face == face && each.size_device_px == size_device_px) return each.metrics;
    }
    known_.push_back({face, size_device_px, source_.metrics(face, size_device_px)});
    return known_.back().metrics;
}

void Atlas::clear() {
    known_.clear();
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontAtlasBuildDiscardBakes(&atlas, 0);
}

int Atlas::rasterised() const {
    return loader().rasterised;
}

}  // namespace ventanilla::ui

// Dear ImGui is built as if FreeType drew the glyphs (IMGUI_ENABLE_FREETYPE), which leaves
// stb_truetype out of the program; this is the loader it then asks for. Source: portal.md row 22.
namespace ImGuiFreeType {
const ImFontLoader* GetFontLoader() {
    return ventanilla::ui::glyph_loader();
}
}  // namespace ImGuiFreeType
