#include "wasm/ui/paint.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "shared/base/text.hpp"
#include "wasm/ui/pen.hpp"

namespace ventanilla::ui {

namespace {

constexpr float kShadowReach = 16;  // CSS px around a card that its shadow may cover

class Painter {
  public:
    Painter(const Scene& scene,
            const Input& input,
            const PaintInfo& info,
            Measurer& measurer,
            Atlas& atlas,
            ImDrawList& to)
        : scene_(scene),
          input_(input),
          measurer_(measurer),
          atlas_(atlas),
          pen_(to, info.scale),
          look_(scene.look),
          scroll_y_(info.scroll_y) {
        add_with_ancestors(input.hover, hovered_);
        add_with_ancestors(input.pressed, pressed_);
    }

    int run() {
        pen_.fill({0, 0, scene_.info.width, scene_.info.height}, 0, look_.c.bg);
        offset_ = -scroll_y_;
        children(scene_.boxes[0]);
        layers(Plane::Floating, false);
        offset_ = 0;
        layers(Plane::Fixed, false);
        layers(Plane::Modal, false);
        layers(Plane::Toast, false);
        layers(Plane::Fixed, true);
        return painted_;
    }

  private:
    void add_with_ancestors(NodeId id, std::unordered_set<NodeId>& to) {
        for (const a11y::Node* n = id == 0 ? nullptr : scene_.tree.find(id); n != nullptr;
             n = scene_.tree.find(n->parent)) {
            to.insert(n->id);
        }
    }

    void layers(Plane plane, bool only_focused) {
        for (const BoxId id : scene_.layers) {
            const Box& b = scene_.boxes[id];
            if (b.plane != plane || b.only_focused != only_focused || b.gone) continue;
            if (plane == Plane::Modal) {
                pen_.fill({0, 0, scene_.info.width, scene_.info.height}, 0, look_.c.scrim);
            }
            box(b);
        }
    }

    [[nodiscard]] const a11y::Node* node_of(const Box& b) const {
        return b.node < 0 ? nullptr : &scene_.tree.nodes[static_cast<std::size_t>(b.node)];
    }

    [[nodiscard]] bool has_focus(NodeId id) const {
        return id != a11y::kNoNode && id == input_.focused;
    }

    [[nodiscard]] bool seen(const Area& a) const {
        return a.bottom() + kShadowReach * look_.unit >= 0 &&
               a.y - kShadowReach * look_.unit <= scene_.info.height;
    }

    void children(const Box& parent) {
        for (BoxId id = parent.first; id != 0; id = scene_.boxes[id].next) {
            const Box& b = scene_.boxes[id];
            if (b.plane == Plane::Page && !b.gone) box(b);
        }
    }

    void box(const Box& b) {
        const Area area{b.x, b.y + offset_, b.w, b.h};
        if (!seen(area)) return;
        if (b.only_focused && !has_focus(b.ring)) return;
        ++painted_;
        ground(b, area);
        if (b.deco != Deco::None) deco(b, area);
        if (b.icon != Icon::None) icon(b, area);
        if (b.text >= 0) text_box(b, area);
        inside(b, area);
        focus(b, area);
    }

    void inside(const Box& b, const Area& area) {
        if (!b.clips) {
            children(b);
            return;
        }
        const Area clip = area.grown(-b.line_px);
        pen_.list().PushClipRect({clip.x, clip.y}, {clip.right(), clip.bottom()}, true);
        const float before = offset_;
        const a11y::Node* node = node_of(b);
        if (node != nullptr && node->is(a11y::kScroll)) offset_ -= scrolled(node->id);
        children(b);
        offset_ = before;
        pen_.list().PopClipRect();
    }

    [[nodiscard]] float scrolled(NodeId id) const {
        for (const ScrollOffset& scroll : input_.scrolls) {
            if (scroll.node == id) return scroll.y;
        }
        return 0;
    }

    void ground(const Box& b, const Area& area) {
        if (b.shadow) pen_.shadow(area, b.radius, look_.c.shadow, look_.c.shadow_alpha);
        Colour fill = b.fill, line = b.line;
        if (b.press != a11y::kNoNode && hovered_.count(b.press) != 0) {
            if (b.fill_hover != 0) fill = b.fill_hover;
            if (b.line_hover != 0) line = b.line_hover;
            if (b.fill_press != 0 && pressed_.count(b.press) != 0) fill = b.fill_press;
        }
        pen_.fill(area, b.radius, fill);
        if (b.rule_above || b.rule_top_bar) {
            pen_.fill({area.x, area.y, area.w, b.line_px}, 0, b.line);
        } else if (b.rule_right) {
            pen_.fill({area.right() - b.line_px, area.y, b.line_px, area.h}, 0, b.line);
        } else {
            pen_.stroke(area, b.radius, line, b.line_px);
        }
    }

    void focus(const Box& b, const Area& area) {
        if (!has_focus(b.ring)) return;
        if (b.field_frame) {
            pen_.stroke(area.grown(3),
                        b.radius + 3,
                        look_.contrast ? look_.c.focus : look_.c.accent_soft,
                        3);
            pen_.stroke(area, b.radius, look_.c.accent, 2);
            return;
        }
        if (!input_.focus_visible) return;
        const float width = look_.contrast ? 3 : 2.5F;
        const float by = b.ring_inside ? -1 : 2 + width;
        pen_.stroke(area.grown(by), std::max(3.0F, b.radius + by), look_.c.focus, width);
    }

    void icon(const Box& b, const Area& area) {
        const float px = b.icon_px;
        const Area at{pen_.snapped(area.x + (area.w - px) / 2),
                      pen_.snapped(area.y + (area.h - px) / 2),
                      px,
                      px};
        pen_.icon(b.icon, at, b.ink);
    }

    // ---- text
    // ------------------------------------------------------------------------------------------

    void text_box(const Box& b, const Area& area) {
        if (b.field_text && has_focus(b.press)) return;  // the browser shows it, with its caret
        const TextBlock& block = scene_.texts[static_cast<std::size_t>(b.text)];
        const float scale = pen_.scale();
        const float size = block.style.size_px;
        const FaceMetrics m =
            atlas_.metrics(face_of(block.style.weight, block.style.mono), size * scale);
        // The DOM rounds both to whole CSS px before it centres them in the line.
        const float ascent = std::round(m.ascent / scale), descent = std::round(m.descent / scale);
        const float lead = (block.style.line_px - ascent - descent) / 2;
        std::uint32_t count = block.lines.count;
        if (block.lines_max != 0) count = std::min(count, block.lines_max);
        const float room = area.w - b.pad.x();
        for (std::uint32_t i = 0; i < count; ++i) {
            const Line& line = scene_.lines[block.lines.at + i];
            const float top = area.y + b.pad.top + block.style.line_px * static_cast<float>(i);
            if (top > scene_.info.height || top + block.style.line_px < 0) continue;
            float x = area.x + b.pad.left;
            if (block.style.align == a11y::Align::Center) x += (room - line.width) / 2;
            if (block.style.align == a11y::Align::End) x += room - line.width;
            text_line(b, block, line, x, pen_.snapped(top + lead + ascent));
        }
    }

    void text_line(
        const Box& b, const TextBlock& block, const Line& line, float x, float baseline) {
        const auto runs = std::span(scene_.runs).subspan(block.runs.at, block.runs.count);
        const std::string_view all = scene_.text_of(block);
        InkRun base;
        base.weight = block.style.weight;
        base.mono = block.style.mono;
        base.ink = block.ink;
        const float begin = x;
        std::uint32_t at = line.begin;
        std::size_t next = 0;
        while (at < line.end) {
            while (next < runs.size() && runs[next].end <= at)
                ++next;
            const bool in_run = next < runs.size() && runs[next].begin <= at;
            std::uint32_t end = line.end;
            if (in_run) end = std::min(end, runs[next].end);
            if (!in_run && next < runs.size()) end = std::min(end, runs[next].begin);
            const InkRun& run = in_run ? runs[next] : base;
            x = stretch(all.substr(at, end - at), run, block.style.size_px, x, baseline);
            at = end;
        }
        if (b.underline && hovered_.count(b.press) != 0) {
            underline(begin, x, baseline, block.style.size_px, block.ink, 1);
        }
    }

    float stretch(std::string_view text, const InkRun& run, float size, float x, float baseline) {
        const Face face = face_of(run.weight, run.mono);
        const float end = x + width_of(measurer_, text, face, size);
        if (run.code && !look_.contrast) {
            pen_.fill({x - 3, baseline - size * 0.95F, end - x + 6, size * 1.3F},
                      4 * look_.unit,
                      look_.c.surface_2);
        }
        glyphs(text, face, size, x, baseline, Pen::packed(run.ink));
        if (run.link != a11y::kNoNode) {
            const bool hot = hovered_.count(run.link) != 0;
            underline(x, end, baseline, size, run.ink, hot || look_.contrast ? 1 : 0.4F);
            if (has_focus(run.link) && input_.focus_visible) {
                pen_.stroke({x - 3, baseline - size * 1.05F, end - x + 6, size * 1.45F},
                            4,
                            look_.c.focus,
                            2);
            }
        }
        return end;
    }

    void underline(float x, float end, float baseline, float size, Colour ink, float alpha) {
        const float thick = std::max(1 / pen_.scale(), pen_.snapped(size / 16));
        const float y = pen_.snapped(baseline + size * 0.13F);
        pen_.list().AddRectFilled({x, y}, {end, y + thick}, Pen::packed(ink, alpha));
    }

    void glyphs(std::string_view text, Face face, float size, float x, float baseline, ImU32 ink) {
        ImDrawList& to = pen_.list();
        const float scale = pen_.scale(), unit = 1 / scale;
        for (std::size_t at = 0; at < text.size();) {
            const char32_t c = next_code_point(text, at);
            const float left = pen_.snapped(x);
            x += measurer_.advance(c, face, size);
            if (c == U' ' || c == U'\u00A0' || c == U'\t') continue;
            const ImFontGlyph& g = atlas_.glyph(c, face, size * scale);
            if (!g.Visible) continue;
            const ImU32 colour = g.Colored ? ink | IM_COL32(255, 255, 255, 0) : ink;
            to.PrimReserve(6, 4);
            to.PrimRectUV({left + g.X0 * unit, baseline + g.Y0 * unit},
                          {left + g.X1 * unit, baseline + g.Y1 * unit},
                          {g.U0, g.V0},
                          {g.U1, g.V1},
                          colour);
        }
    }

    // ---- figures
    // ---------------------------------------------------------------------------------------

    void deco(const Box& b, const Area& area) {
        switch (b.deco) {
            case Deco::Radio:
            case Deco::RadioOn: radio(b, area); break;
            case Deco::Check:
            case Deco::CheckOn: check(b, area); break;
            case Deco::Steps: steps(b, area); break;
            case Deco::Days: days(b, area); break;
            case Deco::Timeline:
            case Deco::TimelineMine: timeline(b, area); break;
            case Deco::Dot:
                pen_.circle(area.x + area.w / 2, area.y + area.h / 2, area.w / 2, b.ink);
                break;
            case Deco::Brand: brand(b, area); break;
            case Deco::Meter: meter(b, area); break;
            default: break;
        }
    }

    void radio(const Box& b, const Area& area) {
        const float x = area.x + area.w / 2, y = area.y + area.h / 2, r = area.w / 2;
        pen_.circle(x, y, r - 0.5F, look_.c.surface);
        pen_.ring(x, y, r, b.ink, b.deco == Deco::RadioOn ? r * 0.6F : r * 0.2F);
    }

    void check(const Box& b, const Area& area) {
        const float radius = 5 * look_.unit;
        if (b.deco == Deco::Check) {
            pen_.fill(area, radius, look_.c.surface);
            pen_.stroke(area, radius, b.ink, area.w * 0.1F);
            return;
        }
        pen_.fill(area, radius, b.ink);
        pen_.icon(Icon::Check, area.grown(-area.w * 0.12F), b.ink_2);
    }

    void steps(const Box& b, const Area& area) {
        const float gap = 6 * look_.unit;
        const auto n = static_cast<float>(b.b);
        const float width = (area.w - gap * (n - 1)) / n;
        for (int i = 0; i < b.b; ++i) {
            const Area bar{area.x + static_cast<float>(i) * (width + gap), area.y, width, area.h};
            pen_.fill(bar, area.h / 2, i < b.a ? b.ink : b.ink_2);
            if (look_.contrast && i >= b.a) pen_.stroke(bar, area.h / 2, look_.c.line, 1);
        }
    }

    [[nodiscard]] Colour day_colour(DayState state) const {
        switch (state) {
            case DayState::Ok: return look_.c.ok_bar;
            case DayState::Degraded: return look_.c.warn_bar;
            case DayState::Outage: return look_.c.crit;
            case DayState::Maintenance: return look_.c.maint;
            case DayState::NoData: break;
        }
        return look_.c.line;
    }

    void days(const Box& b, const Area& area) {
        const auto n = static_cast<float>(b.b);
        const float gap = area.w / std::max(1.0F, n) < 6 ? 1.0F : 2.0F;
        const float width = (area.w - gap * (n - 1)) / n;
        for (int i = 0; i < b.b; ++i) {
            const float left = pen_.snapped(area.x + static_cast<float>(i) * (width + gap));
            const float right =
                pen_.snapped(area.x + static_cast<float>(i) * (width + gap) + width);
            const DayState state = scene_.days[static_cast<std::size_t>(b.a + i)];
            pen_.fill({left, area.y, std::max(right - left, 1 / pen_.scale()), area.h},
                      2 * look_.unit,
                      day_colour(state));
        }
    }

    void timeline(const Box& b, const Area& area) {
        const float unit = look_.unit, x = area.x + 10 * unit, y = area.y + 13.5F * unit;
        pen_.fill({x - unit, area.y, 2 * unit, area.h}, 0, b.ink_2);
        const float r = 8.5F * unit;
        if (b.deco == Deco::TimelineMine) {
            pen_.circle(x, y, r, b.ink);
            return;
        }
        pen_.circle(x, y, r, look_.c.surface);
        pen_.ring(x, y, r, b.ink, 2.5F * unit);
    }

    void brand(const Box& b, const Area& area) {
        const float u = area.w / 28;
        pen_.fill(area, 8 * u, b.ink);
        pen_.fill({area.x + 7 * u, area.y + 7 * u, 14 * u, 10 * u}, 3 * u, b.ink_2);
        pen_.fill({area.x + 9.5F * u, area.y + 9.5F * u, 9 * u, 1.5F * u}, 0.5F * u, b.ink);
    }

    void meter(const Box& b, const Area& area) {
        pen_.fill(area, area.h / 2, b.ink_2);
        pen_.fill(
            {area.x, area.y, area.w * static_cast<float>(b.a) / 1000, area.h}, area.h / 2, b.ink);
    }

    const Scene& scene_;
    const Input& input_;
    Measurer& measurer_;
    Atlas& atlas_;
    Pen pen_;
    const Look& look_;
    std::unordered_set<NodeId> hovered_;
    std::unordered_set<NodeId> pressed_;
    float scroll_y_;
    float offset_ = 0;
    int painted_ = 0;
};

}  // namespace

int paint(const Scene& scene,
          const Input& input,
          const PaintInfo& info,
          Measurer& measurer,
          Atlas& atlas,
          ImDrawList& to) {
    return Painter(scene, input, info, measurer, atlas, to).run();
}

}  // namespace ventanilla::ui
