#include <algorithm>

#include "wasm/ui/parts.hpp"

// Containers: with meaning, then without.

namespace ventanilla::ui {

using a11y::Role;

Box card_box(const Look& look) {
    Box b = column_box(0);
    const float pad = look.s.card_pad + 1;
    b.pad = {pad, pad, pad, pad};
    b.fill = look.c.surface;
    b.line = look.c.line;
    b.line_px = hairline(look);
    b.radius = look.s.radius_card;
    b.shadow = true;
    return b;
}

Scope Ui::section(std::string_view title, Gap gap) {
    State& s = *state_;
    s.open(column_box(pixels(s.look(), gap)), {.role = Role::Region, .key = title});
    const std::int32_t region = s.top().node;
    const BoxId box = s.add_text(
        {.text = title, .type = heading_type(s.look(), 2, s.phone()), .role = Role::Heading});
    s.node(s.box(box).node).level = 2;
    s.node(region).labelled_by = s.id_of(s.box(box).node);
    return opened();
}

Scope Ui::card(std::string_view title, int level) {
    State& s = *state_;
    const bool named = !title.empty();
    Box b = card_box(s.look());
    b.gap = pixels(s.look(), Gap::Small);
    s.open(b, {.role = named ? Role::Region : Role::Group, .key = title});
    if (named) {
        const std::int32_t region = s.top().node;
        const BoxId box = s.add_text({.text = title,
                                      .type = heading_type(s.look(), level, s.phone()),
                                      .role = Role::Heading});
        s.node(s.box(box).node).level = static_cast<std::uint8_t>(level);
        s.node(region).labelled_by = s.id_of(s.box(box).node);
    }
    return opened();
}

Scope Ui::region(std::string_view name) {
    state_->open(column_box(pixels(state_->look(), Gap::Small)),
                 {.role = Role::Region, .key = name, .name = name});
    return opened();
}

Scope Ui::aside(std::string_view name) {
    state_->open(column_box(pixels(state_->look(), Gap::Large)),
                 {.role = Role::Aside, .key = name, .name = name});
    return opened();
}

Scope Ui::article(std::string_view language) {
    State& s = *state_;
    Box b = column_box(pixels(s.look(), Gap::Large));
    b.max_width = s.look().s.body * 45;  // 72 characters of about 10 px at 16 px
    b.own_align = true;
    s.open(b, {.role = Role::Article});
    if (!language.empty() && language != s.scene.info.lang) {
        s.top().lang = s.keep(language);
        s.node(s.top().node).lang = s.top().lang;
    }
    return opened();
}

Scope Ui::form(std::string_view key, std::string_view name) {
    State& s = *state_;
    s.open(column_box(20 * s.look().unit * (s.look().kiosk ? 1.4F : 1)),
           {.role = Role::Form, .key = key, .name = name});
    return opened();
}

Scope Ui::group(std::string_view name) {
    state_->open(column_box(pixels(state_->look(), Gap::Small)),
                 {.role = Role::Group, .key = name, .name = name});
    return opened();
}

Scope Ui::list(std::string_view name, bool divided) {
    State& s = *state_;
    const BoxId id = s.open(column_box(0), {.role = Role::List, .key = name, .name = name});
    s.top().rules = divided ? id : 0;
    return opened();
}

Scope Ui::ordered_list(std::string_view name) {
    state_->open(column_box(10 * state_->look().unit),
                 {.role = Role::List, .name = name, .flags = a11y::kOrdered});
    return opened();
}

namespace {

void rule_above(const Look& look, Box& b) {
    b.rule_above = true;
    b.line = look.c.line;
    b.line_px = hairline(look);
    b.pad.top += b.line_px;
}

}  // namespace

Scope Ui::item(std::string_view key) {
    State& s = *state_;
    Frame& list = s.top();
    Box b = column_box(2 * s.look().unit);
    if (list.rules != 0) {
        b.pad.top = b.pad.bottom = 14 * s.look().unit;
        if (list.items > 0) rule_above(s.look(), b);
    }
    ++list.items;
    if (!s.virtual_lists.empty() && s.virtual_lists.back().id == list.node_id) {
        const Builder::VirtualList& rows = s.virtual_lists.back();
        b.height = rows.row_px;
        b.clips = true;
        s.open(b, {.role = Role::ListItem, .key = key});
        a11y::Node& node = s.node(s.top().node);
        node.pos_in_set = rows.first + s.frames[s.frames.size() - 2].items;
        node.set_size = rows.total;
        return opened();
    }
    s.open(b, {.role = Role::ListItem, .key = key});
    return opened();
}

Scope Ui::bullet_item(std::string_view key, std::string_view marker) {
    State& s = *state_;
    ++s.top().items;
    s.open(row_box(0, Align::Start), {.role = Role::ListItem, .key = key});
    Box left = column_box(0, Align::End);
    left.width = 22 * s.look().unit;
    left.pad.right = 4 * s.look().unit;
    s.open(left);
    s.add_text({.text = marker, .type = type_of(s.look(), Style::Body), .silent = true});
    s.close();
    Box right = column_box(10 * s.look().unit);
    right.grow = 1;
    s.open(right);
    s.join();
    return opened();
}

Scope Ui::virtual_list(std::string_view name, int rows_total, float row_px, Window& window) {
    State& s = *state_;
    const float row = row_px * s.look().unit * (s.look().kiosk ? 1.4F : 1);
    Box b = column_box(0);
    const BoxId id = s.open(b, {.role = Role::List, .key = name, .name = name});
    const NodeId node = s.top().node_id;
    const Memory& memory = s.memory(node);
    // The visible rows and a page above and below, so that most scrolling needs no new frame.
    const float viewport = s.scene.info.height;
    const float top = s.scroll_y - memory.y;
    window.first =
        std::clamp(static_cast<int>((top - viewport) / row), 0, std::max(0, rows_total - 1));
    window.count = std::min(rows_total - window.first, static_cast<int>(3 * viewport / row) + 1);
    if (s.scene.info.prefs.unclipped) window = {0, rows_total};
    s.box(id).pad.top = static_cast<float>(window.first) * row;
    s.box(id).height = static_cast<float>(rows_total) * row;
    s.top().rules = id;
    s.virtual_lists.push_back({node, id, rows_total, row, window.first, window.count});
    return opened();
}

namespace {

// A surface that is pressed as a whole.
Box pressable(const Look& look, Box b, NodeId id) {
    b.press = b.ring = id;
    b.fill_hover = look.c.hover;
    b.fill_press = look.c.press;
    if (b.line != 0) b.line_hover = look.c.line_strong;
    return b;
}

}  // namespace

ActiveScope Ui::card_link(std::string_view href, std::string_view key) {
    State& s = *state_;
    Box b = card_box(s.look());
    b.gap = 6 * s.look().unit;
    const BoxId id = s.open(b, {.role = Role::Link, .key = key});
    const NodeId node = s.top().node_id;
    s.node(s.top().node).href = s.keep(href);
    s.box(id) = pressable(s.look(), s.box(id), node);
    s.top().press = node;
    const bool activated = followed(s, node, href);
    return {opened(), activated};
}

ActiveScope Ui::row_link(std::string_view href, std::string_view key) {
    State& s = *state_;
    Box b = column_box(2 * s.look().unit);
    b.pad = {12 * s.look().unit, 10 * s.look().unit, 12 * s.look().unit, 10 * s.look().unit};
    b.radius = s.look().s.radius;
    const BoxId id = s.open(b, {.role = Role::Link, .key = key});
    const NodeId node = s.top().node_id;
    s.node(s.top().node).href = s.keep(href);
    s.box(id) = pressable(s.look(), s.box(id), node);
    s.top().press = node;
    const bool activated = followed(s, node, href);
    return {opened(), activated};
}

ActiveScope Ui::card_button(std::string_view key) {
    State& s = *state_;
    Box b = card_box(s.look());
    b.gap = 6 * s.look().unit;
    const BoxId id = s.open(b, {.role = Role::Button, .key = key});
    const NodeId node = s.top().node_id;
    s.box(id) = pressable(s.look(), s.box(id), node);
    s.top().press = node;
    const bool activated = s.clicked(node);
    return {opened(), activated};
}

Scope Ui::table(std::string_view name, std::span<const TableColumn> columns) {
    State& s = *state_;
    s.open(column_box(0), {.role = Role::Table, .key = name, .name = name});
    const auto first = static_cast<std::int32_t>(s.scene.columns.size());
    for (const TableColumn& column : columns) {
        const bool hidden = column.hidden_on_phone && s.phone();
        s.scene.columns.push_back(hidden ? -column.weight : column.weight);
    }
    s.top().columns_at = first;
    s.top().columns = static_cast<std::int32_t>(columns.size());
    {
        const Scope head = table_row("head");
        for (const TableColumn& column : columns) {
            Box b = column_box(0, column.align == Align::End ? Align::End : Align::Stretch);
            b.gone = column.hidden_on_phone && s.phone();
            s.open(b, {.role = Role::ColumnHeader, .key = column.title});
            s.add_text({.text = column.title, .type = type_of(s.look(), Style::Caption)});
            s.close();
        }
    }
    return opened();
}

Scope Ui::table_row(std::string_view key) {
    State& s = *state_;
    const Frame& table = s.top();
    Box b;
    b.flow = Flow::Cells;
    b.gap = 16 * s.look().unit;
    b.align = Align::Start;
    b.a = table.columns_at;
    b.b = table.columns;
    b.pad.top = b.pad.bottom = 12 * s.look().unit;
    if (table.items > 0) rule_above(s.look(), b);
    const std::int32_t at = table.columns_at, count = table.columns;
    ++s.top().items;
    s.open(b, {.role = Role::TableRow, .key = key});
    s.top().columns_at = at;
    s.top().columns = count;
    return opened();
}

Scope Ui::cell() {
    State& s = *state_;
    Frame& row = s.top();
    Box b = column_box(2 * s.look().unit);
    const int column = row.cell++;
    b.gone = column < row.columns &&
             s.scene.columns[static_cast<std::size_t>(row.columns_at + column)] < 0;
    s.open(b, {.role = Role::Cell});
    return opened();
}

Scope Ui::header_cell() {
    State& s = *state_;
    ++s.top().cell;
    s.open(column_box(2 * s.look().unit), {.role = Role::RowHeader});
    return opened();
}

void Ui::skeleton(std::string_view reason, int lines) {
    State& s = *state_;
    const Look& look = s.look();
    s.open(column_box(12 * look.unit),
           {.role = Role::Progress, .key = reason, .name = reason, .flags = a11y::kBusy});
    for (int i = 0; i < lines; ++i) {
        Box bar;
        bar.flow = Flow::Leaf;
        bar.height = (i % 3 == 0 ? 16 : 12) * look.unit;
        bar.max_width = (i % 3 == 0 ? 240.0F : i % 3 == 1 ? 560.0F : 400.0F) * look.unit;
        bar.fill = look.c.skeleton;
        bar.radius = 6 * look.unit;
        s.add(bar);
    }
    s.close();
}

Scope Ui::panel(const PanelSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    const ToneColours colours = tone_colours(look, spec.tone);
    Box b = column_box(4 * look.unit);
    b.pad = {look.s.banner_pad_x, look.s.banner_pad_y, look.s.banner_pad_x, look.s.banner_pad_y};
    if (s.phone() && !look.kiosk)
        b.pad = {14 * look.unit, 14 * look.unit, 14 * look.unit, 14 * look.unit};
    b.fill = colours.soft;
    b.line = spec.border || look.contrast ? colours.line : 0;
    b.line_px = hairline(look);
    b.radius = look.s.radius_card;
    const Role role = spec.alert ? Role::Alert : spec.name.empty() ? Role::Group : Role::Region;
    const BoxId id = s.open(b,
                            {.role = role,
                             .key = spec.key,
                             .name = spec.name,
                             .flags = spec.alert ? a11y::kFocusable : 0U});
    if (spec.alert) s.box(id).ring = s.top().node_id;
    return opened();
}

// ---- without meaning
// -----------------------------------------------------------------------------------

Scope Ui::column(Gap gap, Align align) {
    state_->open(column_box(pixels(state_->look(), gap), align));
    return opened();
}

Scope Ui::row(const RowSpec& spec) {
    State& s = *state_;
    Box b = row_box(pixels(s.look(), spec.gap), spec.align, spec.justify);
    if (spec.wrap) {
        b.flow = Flow::Wrap;
        b.cross_gap = pixels(s.look(), std::min(spec.gap, spec.tight ? Gap::Tiny : Gap::Small));
    }
    s.open(b);
    return opened();
}

Scope Ui::grid(float column_px, int columns_max, Gap gap) {
    State& s = *state_;
    Box b;
    b.flow = Flow::Grid;
    b.gap = pixels(s.look(), gap);
    b.column_min = column_px * s.look().unit;
    b.columns_max = columns_max;
    s.open(b);
    return opened();
}

Scope Ui::split(float main_px, float aside_px, Gap gap) {
    State& s = *state_;
    Box b;
    b.flow = Flow::Split;
    b.gap = pixels(s.look(), gap);
    b.cross_gap = pixels(s.look(), Gap::Huge);
    b.column_min = main_px * s.look().unit;
    b.aside_min = aside_px * s.look().unit;
    s.open(b);
    return opened();
}

Scope Ui::fill(Gap gap) {
    Box b = column_box(pixels(state_->look(), gap));
    b.grow = 1;
    state_->open(b);
    return opened();
}

Scope Ui::limited(float width_px, Gap gap) {
    Box b = column_box(pixels(state_->look(), gap));
    if (width_px > 0) b.max_width = width_px * state_->look().unit;
    state_->open(b);
    return opened();
}

Scope Ui::indented(Gap gap) {
    Box b = column_box(pixels(state_->look(), gap));
    b.pad.left = 22 * state_->look().unit;
    state_->open(b);
    return opened();
}

void Ui::spacer() {
    Box b;
    b.flow = Flow::Leaf;
    b.grow = 1;
    b.height = 0;
    state_->add(b);
}

void Ui::gap(Gap size) {
    Box b;
    b.flow = Flow::Leaf;
    b.is_gap = true;
    b.height = pixels(state_->look(), size);
    b.width = 0;
    state_->add(b);
}

void Ui::divider() {
    State& s = *state_;
    Box b;
    b.flow = Flow::Leaf;
    b.height = hairline(s.look());
    b.fill = s.look().c.line;
    s.add(b);
}

Scope Ui::keyed(std::string_view key) {
    State& s = *state_;
    s.open(column_box(0));
    Frame& frame = s.top();
    for (const char c : key) {
        frame.key = (frame.key ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    frame.counters = s.frames.size() - 1;
    frame.unnamed = {};
    return opened();
}

Scope Ui::lang(std::string_view language) {
    State& s = *state_;
    s.open(column_box(s.box(s.top().box).gap));
    if (language != s.scene.info.lang) s.top().lang = s.keep(language);
    return opened();
}

}  // namespace ventanilla::ui
