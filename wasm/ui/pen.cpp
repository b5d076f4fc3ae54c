#include "wasm/ui/pen.hpp"

#include <algorithm>

#include "wasm/ui/icons_data.hpp"

namespace ventanilla::ui {

ImU32 Pen::packed(Colour colour, float alpha) {
    const auto a = static_cast<float>(colour & 0xFFU) * alpha;
    return IM_COL32((colour >> 24U) & 0xFFU,
                    (colour >> 16U) & 0xFFU,
                    (colour >> 8U) & 0xFFU,
                    static_cast<unsigned>(a + 0.5F));
}

Area Pen::snapped(const Area& a) const {
    const float x = snapped(a.x), y = snapped(a.y);
    return {x, y, snapped(a.right()) - x, snapped(a.bottom()) - y};
}

void Pen::fill(const Area& area, float radius, Colour colour) {
    if (colour == 0 || area.w <= 0 || area.h <= 0) return;
    const Area a = snapped(area);
    to_.AddRectFilled(
        {a.x, a.y}, {a.right(), a.bottom()}, packed(colour), std::min({radius, a.w / 2, a.h / 2}));
}

void Pen::stroke(const Area& area, float radius, Colour colour, float width) {
    if (colour == 0 || width <= 0) return;
    const Area a = snapped(area);
    const float half = width / 2;
    const float r = std::max(0.0F, std::min({radius, a.w / 2, a.h / 2}) - half);
    to_.PathRect({a.x + half, a.y + half}, {a.right() - half, a.bottom() - half}, r);
    to_.PathStroke(packed(colour), ImDrawFlags_Closed, width);
}

// Two soft shadows as in `0 1px 2px, 0 4px 16px`: stacked rounded rectangles whose alphas add up to
// the blur's edge.
void Pen::shadow(const Area& area, float radius, Colour colour, float alpha) {
    if (alpha <= 0) return;
    struct Layer {
        float down, blur;
        int steps;
    };
    static constexpr Layer kLayers[] = {{4, 16, 9}, {1, 2, 3}};
    for (const Layer& layer : kLayers) {
        const float part = alpha / static_cast<float>(layer.steps);
        for (int i = 0; i < layer.steps; ++i) {
            // From -blur/2 (full) to +blur/2 (none) of the edge.
            const float at = (static_cast<float>(i) + 0.5F) / static_cast<float>(layer.steps);
            const Area a = area.grown(layer.blur * (at - 0.5F));
            const float r = std::max(0.0F, radius + layer.blur * (at - 0.5F)) + 1;
            to_.AddRectFilled({a.x, a.y + layer.down},
                              {a.right(), a.bottom() + layer.down},
                              packed(colour, part),
                              std::min({r, a.w / 2, a.h / 2}));
        }
    }
}

void Pen::circle(float x, float y, float radius, Colour colour) {
    to_.AddCircleFilled({x, y}, radius, packed(colour));
}

void Pen::ring(float x, float y, float radius, Colour colour, float width) {
    to_.AddCircle({x, y}, radius - width / 2, packed(colour), 0, width);
}

void Pen::polyline(const ImVec2* points, int count, Colour colour, float width) {
    to_.AddPolyline(points, count, packed(colour), ImDrawFlags_None, width);
    // Round ends.
    to_.AddCircleFilled(points[0], width / 2, packed(colour), 8);
    to_.AddCircleFilled(points[count - 1], width / 2, packed(colour), 8);
}

namespace {

// Walks the packed strokes of an icon.
class Strokes {
  public:
    Strokes(ImDrawList& to, const Area& area, ImU32 colour)
        : to_(to), area_(area), colour_(colour), unit_(area.w / 240), width_(area.w / 12) {}

    void run(const std::uint8_t* at, const std::uint8_t* end) {
        while (at < end)
            at = step(at);
        finish(false);
    }

  private:
    ImVec2 point(const std::uint8_t* at) const {
        return {area_.x + static_cast<float>(at[0]) * unit_,
                area_.y + static_cast<float>(at[1]) * unit_};
    }

    const std::uint8_t* step(const std::uint8_t* at) {
        switch (*at++) {
            case 1:
                finish(false);
                start_ = point(at);
                to_.PathLineTo(start_);
                return at + 2;
            case 2: to_.PathLineTo(point(at)); return at + 2;
            case 3:
                to_.PathBezierCubicCurveTo(point(at), point(at + 2), point(at + 4), 0);
                return at + 6;
            case 4: finish(true); return at;
            default: return at;  // 5: a dot, its stroke is as good
        }
    }

    void finish(bool closed) {
        if (to_._Path.Size == 0) return;
        if (closed && to_._Path.Size > 1) {
            // The last point of a closed curve is its first again.
            const ImVec2 a = to_._Path.front(), b = to_._Path.back();
            if (std::fabs(a.x - b.x) + std::fabs(a.y - b.y) < 0.01F) to_._Path.pop_back();
        }
        const ImVec2 first = to_._Path.front(), last = to_._Path.back();
        // A stroke of no length is a dot with round ends.
        if (to_._Path.Size > 1 && spans()) {
            to_.PathStroke(colour_, closed ? ImDrawFlags_Closed : ImDrawFlags_None, width_);
        }
        to_._Path.Size = 0;
        if (!closed) {
            to_.AddCircleFilled(first, width_ / 2, colour_, 10);
            to_.AddCircleFilled(last, width_ / 2, colour_, 10);
        }
    }

    bool spans() const {
        const ImVec2 a = to_._Path.front();
        for (const ImVec2& p : to_._Path) {
            if (std::fabs(a.x - p.x) + std::fabs(a.y - p.y) > width_ * 0.25F) return true;
        }
        return false;
    }

    ImDrawList& to_;
    Area area_;
    ImU32 colour_;
    float unit_;
    float width_;
    ImVec2 start_{};
};

}  // namespace

void Pen::icon(Icon icon, const Area& area, Colour colour) {
    const auto index = static_cast<std::size_t>(icon);
    if (icon == Icon::None) return;
    Strokes(to_, area, packed(colour))
        .run(kIconData + kIconOffsets[index], kIconData + kIconOffsets[index + 1]);
}

}  // namespace ventanilla::ui
