#pragma once

#include <cmath>

#include <imgui.h>

#include "wasm/ui/theme.hpp"

// Shapes on whole device pixels: the strokes that paint.cpp composes. Internal.

namespace ventanilla::ui {

struct Area {
    float x = 0, y = 0, w = 0, h = 0;
    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] Area grown(float by) const { return {x - by, y - by, w + 2 * by, h + 2 * by}; }
};

class Pen {
  public:
    Pen(ImDrawList& to, float scale) : to_(to), scale_(scale) {}

    [[nodiscard]] float snapped(float v) const { return std::round(v * scale_) / scale_; }
    [[nodiscard]] Area snapped(const Area& a) const;
    [[nodiscard]] float scale() const { return scale_; }

    void fill(const Area& area, float radius, Colour colour);
    void stroke(const Area& area, float radius, Colour colour, float width);  // inside the area
    void shadow(const Area& area, float radius, Colour colour, float alpha);
    void circle(float x, float y, float radius, Colour colour);
    void ring(float x, float y, float radius, Colour colour, float width);  // inside the circle
    void icon(Icon icon, const Area& area, Colour colour);
    void polyline(const ImVec2* points, int count, Colour colour, float width);
    ImDrawList& list() { return to_; }

    static ImU32 packed(Colour colour, float alpha = 1);

  private:
    ImDrawList& to_;
    float scale_;
};

}  // namespace ventanilla::ui
