#include "wasm/ui/fonts.hpp"

#include <array>
#include <cmath>
#include <unordered_map>

namespace ventanilla::ui {

struct GlyphMeasurer::Cache {
    struct Size {
        Face face = Face::Regular;
        float size_px = 0;
        std::array<float, 256> latin;
        std::unordered_map<char32_t, float> others;
    };
    std::vector<std::unique_ptr<Size>> sizes;
    Size* last = nullptr;

    Size& at(Face face, float size_px) {
        if (last != nullptr && last->face == face && last->size_px == size_px) return *last;
        for (const auto& size : sizes) {
            if (size->face == face && size->size_px == size_px) return *(last = size.get());
        }
        sizes.push_back(std::make_unique<Size>());
        last = sizes.back().get();
        last->face = face;
        last->size_px = size_px;
        last->latin.fill(-1);
        return *last;
    }
};

GlyphMeasurer::GlyphMeasurer(GlyphSource& source)
    : source_(source), cache_(std::make_unique<Cache>()) {}
GlyphMeasurer::~GlyphMeasurer() = default;

void GlyphMeasurer::clear() {
    *cache_ = {};
}

float GlyphMeasurer::advance(char32_t code_point, Face face, float size_px) {
    Cache::Size& size = cache_->at(face, size_px);
    if (code_point < size.latin.size()) {
        float& known = size.latin[code_point];
        if (known < 0) known = source_.advance(code_point, face, size_px);
        return known;
    }
    const auto known = size.others.find(code_point);
    if (known != size.others.end()) return known->second;
    const float advance = source_.advance(code_point, face, size_px);
    size.others.emplace(code_point, advance);
    return advance;
}

}  // namespace ventanilla::ui
