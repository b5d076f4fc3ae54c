#include "wasm/ui/layout.hpp"

#include <algorithm>
#include <cmath>

namespace ventanilla::ui {

void Scene::clear() {
    tree.clear();
    boxes.clear();
    texts.clear();
    runs.clear();
    lines.clear();
    days.clear();
    columns.clear();
    layers.clear();
}

namespace {

constexpr float kWordMax = 12;  // ems: a longer word does not hold a row open, it is broken

class Layout {
  public:
    Layout(Scene& scene, Measurer& measurer) : scene_(scene), measurer_(measurer) {}

    float run() {
        const float width = scene_.info.width;
        place(0, width);
        absolute(0, 0, 0);
        float height = box(0).h;
        for (const BoxId id : scene_.layers) {
            if (!box(id).gone) height = std::max(height, layer(id));
        }
        return height;
    }

  private:
    Box& box(BoxId id) { return scene_.boxes[id]; }

    // Calls `visit` with every child that takes room in its parent.
    template <class Visit>
    void each_child(const Box& parent, Visit visit) {
        for (BoxId id = parent.first; id != 0; id = box(id).next) {
            if (box(id).plane == Plane::Page && !box(id).gone) visit(id);
        }
    }

    int count_children(const Box& parent) {
        int count = 0;
        each_child(parent, [&](BoxId) { ++count; });
        return count;
    }

    static float clamp_width(const Box& b, float width) {
        return std::max(b.min_width, std::min(b.max_width, width));
    }

    // ---- intrinsic widths
    // -------------------------------------------------------------------------------

    void ask(BoxId id) {
        Box& b = box(id);
        if (b.wide >= 0) return;
        float narrow = 0, wide = 0;
        if (b.width >= 0) {
            narrow = wide = b.width;
        } else {
            inner_widths(b, narrow, wide);
            narrow = clamp_width(b, narrow + b.pad.x());
            wide = clamp_width(b, wide + b.pad.x());
        }
        b.narrow = narrow;
        b.wide = wide;
    }

    void inner_widths(const Box& b, float& narrow, float& wide) {
        if (b.flow == Flow::Text) {
            const TextBlock& block = scene_.texts[static_cast<std::size_t>(b.text)];
            const TextWidths widths = widths_of(scene_, block, measurer_);
            narrow = std::min(widths.narrow, kWordMax * block.style.size_px);
            wide = widths.wide;
            return;
        }
        const bool along = b.flow == Flow::Row || b.flow == Flow::Cells;
        const bool sums_wide = along || b.flow == Flow::Wrap || b.flow == Flow::Split;
        int count = 0;
        each_child(b, [&](BoxId child) {
            ask(child);
            const Box& c = box(child);
            const float space = count++ > 0 ? b.gap : 0;
            narrow = along ? narrow + c.narrow + space : std::max(narrow, c.narrow);
            wide = sums_wide ? wide + c.wide + space : std::max(wide, c.wide);
        });
        if (b.flow == Flow::Grid) {
            const auto n = static_cast<float>(std::max(1, std::min(b.columns_max, count)));
            wide = std::max(wide, b.column_min) * n + b.gap * (n - 1);
        }
    }

    // ---- placing: gives children places relative to the box
    // --------------------------------------------

    void place(BoxId id, float width) {
        Box& b = box(id);
        b.w = b.width >= 0 ? std::min(b.width, std::max(width, b.width)) : clamp_width(b, width);
        const float inner = std::max(0.0F, b.w - b.pad.x());
        float height = 0;
        switch (b.flow) {
            case Flow::Column: height = column(id, inner); break;
            case Flow::Row: height = row(id, inner); break;
            case Flow::Wrap: height = wrap(id, inner); break;
            case Flow::Grid: height = grid(id, inner); break;
            case Flow::Split: height = split(id, inner); break;
            case Flow::Cells: height = cells(id, inner); break;
            case Flow::Text:
                height = break_lines(
                    scene_, scene_.texts[static_cast<std::size_t>(b.text)], inner, measurer_);
                break;
            case Flow::Leaf: break;
        }
        Box& done = box(id);
        done.content_h = height + done.pad.y();
        done.h = std::max(done.min_height, done.height >= 0 ? done.height : done.content_h);
        if (done.flow == Flow::Column) stretch_column(id, height);
    }

    static float shift(Align align, float room, float size) {
        if (align == Align::Center) return (room - size) / 2;
        return align == Align::End ? room - size : 0;
    }

    static Align align_of(const Box& parent, const Box& child) {
        return child.own_align ? child.self : parent.align;
    }

    float column(BoxId id, float inner) {
        const Edges pad = box(id).pad;
        float y = pad.top, distance = 0;
        each_child(box(id), [&](BoxId child) {
            if (box(child).is_gap) {
                distance = box(child).height;
                return;
            }
            const Align align = align_of(box(id), box(child));
            float width = inner;
            if (align != Align::Stretch && !box(child).fills) {
                ask(child);
                width = std::min(box(child).wide, inner);
            }
            place(child, width);
            Box& c = box(child);
            y += distance;
            distance = box(id).gap;
            c.x = pad.left + std::max(0.0F, shift(align, inner, c.w));
            c.y = y;
            y += c.h;
        });
        return y - pad.top;
    }

    // Room that a column has over its content goes to its growing children.
    void stretch_column(BoxId id, float content) {
        const float room = box(id).h - box(id).pad.y() - content - box(id).stretched;
        if (room <= 0) return;
        box(id).stretched += room;
        float total = 0;
        each_child(box(id), [&](BoxId child) { total += box(child).grow; });
        float moved = 0;
        if (total <= 0) {
            if (box(id).justify == Justify::Center) moved = room / 2;
            if (box(id).justify == Justify::End) moved = room;
        }
        each_child(box(id), [&](BoxId child) {
            Box& c = box(child);
            c.y += moved;
            if (total > 0 && c.grow > 0) {
                const float extra = room * c.grow / total;
                c.h += extra;
                moved += extra;
            }
        });
    }

    struct Item {
        BoxId id;
        float width;
        float slack;  // may shrink by that
    };

    std::vector<Item> items_of(BoxId id) {
        std::vector<Item> items;
        each_child(box(id), [&](BoxId child) {
            ask(child);
            items.push_back({child, box(child).wide, box(child).wide - box(child).narrow});
        });
        return items;
    }

    float row(BoxId id, float inner) {
        std::vector<Item> items = items_of(id);
        return line(id, std::span(items), inner, box(id).pad.top);
    }

    // One line of boxes beside each other: shares out the width, aligns, gives the height.
    float line(BoxId id, std::span<Item> items, float inner, float top) {
        if (items.empty()) return 0;
        const float gap = box(id).gap;
        float total = gap * static_cast<float>(items.size() - 1), grow = 0;
        for (const Item& item : items) {
            total += item.width;
            grow += box(item.id).grow;
        }
        float room = inner - total;
        if (room < 0) room = shrink(items, room, [&](const Box& b) { return b.grow > 0; });
        if (room < 0) room = shrink(items, room, [&](const Box& b) { return !b.rigid; });
        if (room < 0) room = shrink(items, room, [&](const Box&) { return true; });
        for (Item& item : items) {
            if (room > 0 && grow > 0) item.width += room * box(item.id).grow / grow;
            place(item.id, item.width);
        }
        return align_line(id, items, inner, top);
    }

    // Takes what is missing (`room` < 0) from the items of a kind; gives what is still missing.
    template <class Kind>
    float shrink(std::span<Item> items, float room, Kind is_of_kind) {
        float slack = 0;
        for (const Item& item : items)
            slack += is_of_kind(box(item.id)) ? item.slack : 0;
        if (slack <= 0) return room;
        const float share = std::min(-room, slack) / slack;
        for (Item& item : items) {
            if (!is_of_kind(box(item.id))) continue;
            item.width -= item.slack * share;
            item.slack -= item.slack * share;
        }
        return room + slack * share;
    }

    float align_line(BoxId id, std::span<Item> items, float inner, float top) {
        const Box& parent = box(id);
        float used = parent.gap * static_cast<float>(items.size() - 1), height = 0;
        for (const Item& item : items) {
            used += box(item.id).w;
            height = std::max(height, box(item.id).h);
        }
        const float fixed = parent.height >= 0 ? parent.height - parent.pad.y()
                                               : parent.min_height - parent.pad.y();
        if (parent.flow == Flow::Row) height = std::max(height, fixed);
        const float room = std::max(0.0F, inner - used);
        float x = parent.pad.left, between = parent.gap;
        if (parent.justify == Justify::Center) x += room / 2;
        if (parent.justify == Justify::End) x += room;
        if (parent.justify == Justify::Between && items.size() > 1) {
            between += room / static_cast<float>(items.size() - 1);
        }
        for (const Item& item : items) {
            Box& c = box(item.id);
            const Align align = align_of(parent, c);
            if (align == Align::Stretch) set_height(item.id, height);
            c.x = x;
            c.y = top + shift(align, height, c.h);
            x += c.w + between;
        }
        return height;
    }

    // Makes a placed box higher; a column hands the room on.
    void set_height(BoxId id, float height) {
        Box& b = box(id);
        if (height <= b.h) return;
        b.h = height;
        if (b.flow == Flow::Column) stretch_column(id, b.content_h - b.pad.y());
        if (b.flow == Flow::Row && b.align != Align::Start) {
            const float extra = height - b.content_h;
            each_child(b, [&](BoxId child) {
                const Align align = align_of(box(id), box(child));
                if (align == Align::Stretch) {
                    set_height(child, height - box(id).pad.y());
                } else {
                    box(child).y += align == Align::Center ? extra / 2
                                    : align == Align::End  ? extra
                                                           : 0;
                }
            });
        }
    }

    float wrap(BoxId id, float inner) {
        std::vector<Item> items = items_of(id);
        const float top = box(id).pad.top;
        float y = top;
        for (std::size_t at = 0; at < items.size();) {
            float used = 0;
            std::size_t end = at;
            for (; end < items.size(); ++end) {
                const float width =
                    std::min(items[end].width, inner) + (end > at ? box(id).gap : 0);
                if (end > at && used + width > inner + 0.02F) break;
                used += width;
            }
            if (at > 0) y += box(id).cross_gap;
            y += line(id, std::span(items).subspan(at, end - at), inner, y);
            at = end;
        }
        return y - top;
    }

    float grid(BoxId id, float inner) {
        const Edges pad = box(id).pad;
        const float gap = box(id).gap, least = box(id).column_min;
        const int count = count_children(box(id));
        int columns = static_cast<int>((inner + gap) / (std::min(least, inner) + gap) + 0.001F);
        columns = std::max(1, std::min(columns, box(id).columns_max));
        const float width =
            (inner - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
        std::vector<BoxId> in_row;
        float y = pad.top;
        int seen = 0;
        each_child(box(id), [&](BoxId child) {
            place(child, width);
            box(child).x = pad.left + static_cast<float>(in_row.size()) * (width + gap);
            in_row.push_back(child);
            ++seen;
            if (static_cast<int>(in_row.size()) < columns && seen < count) return;
            y = end_grid_row(in_row, y) + (seen < count ? gap : 0);
        });
        return y - pad.top;
    }

    float end_grid_row(std::vector<BoxId>& in_row, float y) {
        float height = 0;
        for (const BoxId child : in_row)
            height = std::max(height, box(child).h);
        for (const BoxId child : in_row) {
            if (align_of(box(box(child).parent), box(child)) == Align::Stretch) {
                set_height(child, height);
            }
            box(child).y = y;
        }
        in_row.clear();
        return y + height;
    }

    float split(BoxId id, float inner) {
        const Box b = box(id);
        const float main = std::min(inner, b.column_min);
        const float rest = inner - main - b.gap;
        const bool beside = rest >= b.aside_min && count_children(b) > 1;
        float y = b.pad.top, x = b.pad.left, height = 0;
        bool first = true;
        each_child(box(id), [&](BoxId child) {
            place(child, beside ? (first ? main : rest) : std::min(inner, b.column_min));
            Box& c = box(child);
            if (!first && !beside) y += b.cross_gap;
            c.x = x;
            c.y = y;
            if (beside) {
                x += c.w + b.gap;
                height = std::max(height, c.h);
            } else {
                y += c.h;
                height = y - b.pad.top;
            }
            first = false;
        });
        return height;
    }

    // Cells share the width by the weights of the table's columns: a = first index, b = count.
    float cells(BoxId id, float inner) {
        const Box b = box(id);
        const auto weights =
            std::span(scene_.columns)
                .subspan(static_cast<std::size_t>(b.a), static_cast<std::size_t>(b.b));
        float total = 0;
        std::size_t at = 0;
        for (BoxId child = b.first; child != 0; child = box(child).next, ++at) {
            if (!box(child).gone && at < weights.size()) total += weights[at];
        }
        const float room = inner - b.gap * static_cast<float>(std::max(0, count_children(b) - 1));
        float x = b.pad.left, height = 0;
        at = 0;
        for (BoxId child = b.first; child != 0; child = box(child).next, ++at) {
            if (box(child).gone || at >= weights.size()) continue;
            place(child, total > 0 ? room * weights[at] / total : 0);
            box(child).x = x;
            x += box(child).w + b.gap;
            height = std::max(height, box(child).h);
        }
        each_child(box(id), [&](BoxId child) {
            box(child).y = b.pad.top + shift(box(id).align, height, box(child).h);
        });
        return height;
    }

    // ---- absolute places
    // -------------------------------------------------------------------------------

    void absolute(BoxId id, float x, float y) {
        Box& b = box(id);
        b.x += x;
        b.y += y;
        const float left = b.x, top = b.y;
        each_child(b, [&](BoxId child) { absolute(child, left, top); });
    }

    // A box out of the flow; gives the lower edge if that makes the document longer.
    float layer(BoxId id) {
        switch (box(id).plane) {
            case Plane::Floating: return floating(id);
            case Plane::Fixed: fixed(id); return 0;
            case Plane::Modal: modal(id); return 0;
            case Plane::Toast: toast(id); return 0;
            case Plane::Page: return 0;
        }
        return 0;
    }

    float floating(BoxId id) {
        const Box& anchor = box(box(id).anchor);
        const float margin = 8 * scene_.look.unit;
        ask(id);
        float width = box(id).min_width < 0 ? anchor.w : std::max(box(id).wide, box(id).min_width);
        if (box(id).align == Align::Stretch && box(id).min_width <= 0) width = anchor.w;
        width = std::min(width, scene_.info.width - 2 * margin);
        const float x = std::min(anchor.x, scene_.info.width - margin - width);
        const float y = anchor.y + anchor.h + margin;
        place(id, width);
        box(id).x = box(id).y = 0;
        absolute(id, std::max(margin, x), y);
        return y + box(id).h + margin;
    }

    void fixed(BoxId id) {
        const float viewport_w = scene_.info.width, viewport_h = scene_.info.height;
        const bool spans = box(id).right >= 0 && box(id).width < 0;
        float width = viewport_w - box(id).left - std::max(0.0F, box(id).right);
        if (!spans && box(id).width < 0) {
            ask(id);
            width = std::min(width, box(id).wide);
        }
        if (box(id).edge == Align::Stretch) box(id).height = viewport_h - box(id).top;
        place(id, width);
        const float y =
            box(id).edge == Align::End ? viewport_h - box(id).h - box(id).top : box(id).top;
        box(id).x = box(id).y = 0;
        absolute(id, box(id).left, y);
    }

    void modal(BoxId id) {
        const float margin = 16 * scene_.look.unit;
        const float width = std::min(box(id).max_width, scene_.info.width - 2 * margin);
        place(id, width);
        const float height_max = scene_.info.height - 2 * margin;
        if (box(id).h > height_max) box(id).h = height_max;
        const float free = scene_.info.height - box(id).h;
        box(id).x = box(id).y = 0;
        absolute(id, (scene_.info.width - box(id).w) / 2, std::max(margin, free * 0.4F));
    }

    void toast(BoxId id) {
        const float margin = 16 * scene_.look.unit;
        ask(id);
        place(id,
              std::min(box(id).wide,
                       std::min(scene_.info.width - 2 * margin, 560 * scene_.look.unit)));
        const float y = scene_.info.height - toasts_h_ - box(id).h - margin - box(id).top;
        toasts_h_ += box(id).h + margin / 2;
        box(id).x = box(id).y = 0;
        absolute(id, (scene_.info.width - box(id).w) / 2, y);
    }

    Scene& scene_;
    Measurer& measurer_;
    float toasts_h_ = 0;
};

}  // namespace

float lay_out(Scene& scene, Measurer& measurer) {
    return Layout(scene, measurer).run();
}

}  // namespace ventanilla::ui
