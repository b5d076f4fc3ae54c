#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/ui/parts.hpp"

// The shell around every screen: skip link, brand, navigation in one of three forms, main.

namespace ventanilla::ui {

using a11y::Role;
using a11y::Weight;

void add_count(Builder& ui, int count, std::string_view label) {
    const Look& look = ui.look();
    Box b = row_box(0);
    b.pad = {9 * look.unit, look.unit, 9 * look.unit, look.unit};
    b.fill = look.c.surface_2;
    b.radius = 999;
    if (look.contrast) {
        b.line = look.c.line;
        b.line_px = 1;
    }
    ui.open(b);
    const BoxId text = ui.add_text(
        {.text = std::to_string(count), .type = type_of(look, Style::Caption), .silent = true});
    if (label.empty()) {
        ui.box(text).node = ui.add_node({.role = Role::Text});
        ui.node(ui.box(text).node).text =
            ui.scene.texts[static_cast<std::size_t>(ui.box(text).text)].text;
    } else {
        ui.box(text).node = ui.add_node({.role = Role::Image, .name = label});
    }
    ui.close();
}

namespace {

using Shell = Ui::ShellSpec;

constexpr float kBottomBar = 65;  // an entry and the bar's own margins

Box fixed_box(float left, float right, float top, Align edge) {
    Box b = column_box(0);
    b.plane = Plane::Fixed;
    b.left = left;
    b.right = right;
    b.top = top;
    b.edge = edge;
    return b;
}

void skip_link(Builder& ui, NodeId main) {
    const Look& look = ui.look();
    Box b = fixed_box(8, -1, 8, Align::Start);
    b.flow = Flow::Row;
    b.align = Align::Center;
    b.pad = {16 * look.unit, 10 * look.unit, 16 * look.unit, 10 * look.unit};
    b.min_height = look.s.touch;
    b.fill = look.c.accent;
    b.radius = look.s.radius;
    b.only_focused = true;
    const BoxId id = ui.open(b,
                             {.role = Role::Link,
                              .key = "skip",
                              .flags = a11y::kFixed | a11y::kVisuallyHidden | a11y::kAbovePage});
    a11y::Node& link = ui.node(ui.top().node);
    const NodeId link_id = link.id;
    link.href = ui.keep("#main");
    ui.box(id).ring = ui.box(id).press = link_id;
    ui.top().press = link_id;
    Type type = type_of(look, Style::Body);
    type.ink = look.c.accent_text;
    type.weight = Weight::Semibold;
    ui.add_text({.text = ui.scene.info.words.skip_to_content, .type = type});
    ui.close();
    if (ui.clicked(link_id)) ui.node_focus = main;
}

void brand(Builder& ui, const Shell& spec, bool with_name) {
    const Look& look = ui.look();
    Box b = row_box(10 * look.unit);
    b.radius = look.s.radius;
    b.min_height = look.kiosk ? look.s.touch : 28 * look.unit;
    b.own_align = true;
    b.self = with_name ? Align::Start : Align::Center;
    const BoxId id = ui.open(b, {.role = Role::Link, .key = "home"});
    a11y::Node& link = ui.node(ui.top().node);
    const NodeId link_id = link.id;
    link.href = ui.keep(spec.home_href);
    if (!with_name) link.name = ui.keep(spec.product);
    ui.box(id).ring = ui.box(id).press = link_id;
    Box mark;
    mark.flow = Flow::Leaf;
    mark.width = mark.height = (look.kiosk ? 52.0F : 28.0F) * look.unit;
    mark.deco = Deco::Brand;
    mark.ink = look.c.accent;
    mark.ink_2 = look.c.accent_text;
    ui.add(mark);
    if (with_name) {
        const Type type{look.s.brand, look.s.brand * 1.5F, Weight::Bold, false, look.c.text};
        ui.add_text({.text = spec.product, .type = type});
    }
    ui.close();
    followed(ui, link_id, spec.home_href);
}

// A quiet line that leads somewhere: the account, the state of the connection.
void quiet_link(Builder& ui,
                std::string_view key,
                std::string_view label,
                std::string_view href,
                Icon icon,
                Colour ink) {
    const Look& look = ui.look();
    Box b = row_box(8 * look.unit);
    b.radius = 4 * look.unit;
    b.min_height = icon == Icon::None ? 0 : 36 * look.unit;
    const BoxId id = ui.open(b, {.role = Role::Link, .key = key});
    a11y::Node& link = ui.node(ui.top().node);
    const NodeId link_id = link.id;
    link.href = ui.keep(href);
    ui.box(id).ring = ui.box(id).press = link_id;
    ui.top().press = link_id;
    if (icon != Icon::None) ui.add_icon(icon, look.s.icon_small * 1.2F, look.c.text_2);
    Type type = type_of(look, Style::Secondary);
    type.ink = ink;
    const BoxId text = ui.add_text({.text = label, .type = type});
    ui.box(text).underline = true;
    ui.close();
    followed(ui, link_id, href);
}

void connection(Builder& ui, const Shell& spec, float width) {
    const Look& look = ui.look();
    Box b = column_box(6 * look.unit, Align::Start);
    b.width = width;
    ui.open(b);
    if (!spec.account_label.empty()) {
        quiet_link(ui, "account", spec.account_label, spec.account_href, Icon::User, look.c.text);
    }
    if (!spec.connection.word.empty()) add_badge(ui, spec.connection);
    if (!spec.connection_detail.empty() && spec.connection_href.empty()) {
        ui.add_text({.text = spec.connection_detail, .type = type_of(look, Style::Secondary)});
    } else if (!spec.connection_detail.empty()) {
        quiet_link(ui,
                   "connection",
                   spec.connection_detail,
                   spec.connection_href,
                   Icon::None,
                   look.c.text_2);
    }
    ui.close();
}

// One entry of the side bar.
void side_entry(Builder& ui, const NavSpec& nav) {
    const Look& look = ui.look();
    Box b = row_box(10 * look.unit);
    b.pad = {12 * look.unit, 10 * look.unit, 12 * look.unit, 10 * look.unit};
    b.min_height = look.s.touch;
    b.radius = look.s.radius;
    const Colour ink = nav.current ? look.c.accent : look.c.text;
    const BoxId id = ui.open(b, {.role = Role::Link, .key = nav.href});
    a11y::Node& link = ui.node(ui.top().node);
    const NodeId link_id = link.id;
    link.href = ui.keep(nav.href);
    if (nav.current) link.flags |= a11y::kCurrent;
    Box& shaded = ui.box(id);
    shade(shaded,
          link_id,
          nav.current ? look.c.accent_soft : 0,
          nav.current ? look.c.accent_soft : look.c.hover,
          look.c.press);
    shaded.ring = link_id;
    shaded.ring_inside = true;
    Type type = type_of(look, Style::Body);
    type.ink = ink;
    type.weight = nav.current ? Weight::Semibold : Weight::Regular;
    const BoxId text = ui.add_text({.text = nav.label, .type = type});
    ui.box(text).grow = 1;
    if (nav.count > 0) add_count(ui, nav.count, nav.count_label);
    ui.close();
    followed(ui, link_id, nav.href);
}

// One entry of the rail or of the bottom bar: icon above a short word.
void stacked_entry(Builder& ui, const NavSpec& nav) {
    const Look& look = ui.look();
    Box b = column_box(0, Align::Center);
    b.pad = {2 * look.unit, 6 * look.unit, 2 * look.unit, 6 * look.unit};
    b.min_height = 54 * look.unit;
    b.radius = look.s.radius;
    b.grow = 1;
    const Colour ink = nav.current ? look.c.accent : look.c.text_2;
    const BoxId id = ui.open(b, {.role = Role::Link, .key = nav.href});
    a11y::Node& link = ui.node(ui.top().node);
    const NodeId link_id = link.id;
    link.href = ui.keep(nav.href);
    if (nav.current) link.flags |= a11y::kCurrent;
    shade(ui.box(id), link_id, 0, look.c.hover, look.c.press);
    ui.box(id).ring = link_id;
    ui.box(id).ring_inside = true;
    Box face = column_box(0);
    face.height = 26 * look.unit;
    face.pad.top = 1.5F * look.unit;
    ui.open(face);
    ui.add_icon(nav.icon, 23 * look.unit, ink);
    ui.close();
    Type type = type_of(look, Style::Caption);
    type.ink = ink;
    type.weight = nav.current ? Weight::Semibold : Weight::Regular;
    ui.add_text({.text = nav.short_label.empty() ? nav.label : nav.short_label,
                 .type = type,
                 .align = a11y::Align::Center});
    ui.close();
    followed(ui, link_id, nav.href);
}

// Painted behind brand and navigation; means nothing.
void bar_ground(Builder& ui, Box b) {
    b.fill = ui.look().c.surface;
    b.line = ui.look().c.line;
    b.line_px = hairline(ui.look());
    ui.open(b);
    ui.close();
}

void side_bar(Builder& ui, const Shell& spec) {
    const Look& look = ui.look();
    const float unit = look.unit, wide = look.s.side - 24 * unit;
    Box ground = fixed_box(0, -1, 0, Align::Stretch);
    ground.width = look.s.side;
    ground.rule_right = true;
    bar_ground(ui, ground);

    Box head = fixed_box(24 * unit, -1, 24 * unit, Align::Start);
    head.width = wide - 24 * unit;
    ui.open(head, {.role = Role::Header, .key = "header", .flags = a11y::kFixed});
    brand(ui, spec, true);
    Box foot = fixed_box(24 * unit, -1, 20 * unit, Align::End);
    foot.width = wide - 12 * unit;
    ui.open(foot, {.role = Role::Group, .key = "connection", .flags = a11y::kFixed});
    connection(ui, spec, wide - 12 * unit);
    ui.close();
    ui.close();

    Box nav = fixed_box(12 * unit, -1, 72 * unit, Align::Start);
    nav.width = wide - unit;
    nav.gap = 2 * unit;
    ui.open(nav,
            {.role = Role::Navigation,
             .key = "nav",
             .name = ui.scene.info.words.main_nav,
             .flags = a11y::kFixed});
    for (const NavSpec& entry : spec.nav)
        side_entry(ui, entry);
    ui.close();
}

void rail(Builder& ui, const Shell& spec) {
    const Look& look = ui.look();
    const float unit = look.unit;
    Box ground = fixed_box(0, -1, 0, Align::Stretch);
    ground.width = look.s.rail;
    ground.rule_right = true;
    bar_ground(ui, ground);

    Box head = fixed_box(0, -1, 20 * unit, Align::Start);
    head.width = look.s.rail;
    ui.open(head, {.role = Role::Header, .key = "header", .flags = a11y::kFixed});
    brand(ui, spec, false);
    ui.close();

    Box nav = fixed_box(6 * unit, -1, 64 * unit, Align::Start);
    nav.width = look.s.rail - 13 * unit;
    nav.gap = 4 * unit;
    ui.open(nav,
            {.role = Role::Navigation,
             .key = "nav",
             .name = ui.scene.info.words.main_nav,
             .flags = a11y::kFixed});
    for (const NavSpec& entry : spec.nav)
        stacked_entry(ui, entry);
    ui.close();
}

void bottom_bar(Builder& ui, const Shell& spec) {
    const Look& look = ui.look();
    Box nav = fixed_box(0, 0, 0, Align::End);
    nav.flow = Flow::Grid;
    nav.column_min = 40 * look.unit;
    nav.columns_max = static_cast<int>(std::count_if(
        spec.nav.begin(), spec.nav.end(), [](const NavSpec& entry) { return entry.on_phone; }));
    nav.align = Align::Stretch;
    nav.pad = {4 * look.unit, 2 * look.unit, 4 * look.unit, 8 * look.unit};
    nav.fill = look.c.surface;
    nav.line = look.c.line;
    nav.line_px = hairline(look);
    nav.rule_top_bar = true;
    ui.open(nav,
            {.role = Role::Navigation,
             .key = "nav",
             .name = ui.scene.info.words.main_nav,
             .flags = a11y::kFixed});
    for (const NavSpec& entry : spec.nav) {
        if (entry.on_phone) stacked_entry(ui, entry);
    }
    ui.close();
}

bool has_strip(const Builder& ui, const Shell& spec) {
    const bool has_bar = spec.bare || ui.look().kiosk || ui.breakpoint == Breakpoint::Desk;
    return !has_bar && !spec.connection.word.empty() && spec.connection.tone != Tone::Ok;
}

// Where there is no side bar, the connection is told when it is not fine: over the page, so that
// nothing a person is about to touch moves when it comes or goes.
void connection_strip(Builder& ui, const Shell& spec) {
    const Look& look = ui.look();
    const float left = ui.phone() ? 0 : look.s.rail;
    Box b = fixed_box(left, 0, ui.phone() ? kBottomBar * look.unit : 0, Align::End);
    b.flow = Flow::Row;
    b.align = Align::Center;
    b.gap = 8 * look.unit;
    b.pad = {16 * look.unit, 6 * look.unit, 16 * look.unit, 6 * look.unit};
    b.fill = look.c.surface;
    b.line = look.c.line;
    b.line_px = hairline(look);
    b.rule_top_bar = true;
    ui.open(b, {.role = Role::Footer, .key = "connection", .flags = a11y::kFixed});
    add_badge(ui, spec.connection);
    if (!spec.connection_detail.empty())
        ui.add_text({.text = spec.connection_detail, .type = type_of(look, Style::Secondary)});
    ui.close();
}

Box main_box(const Builder& ui, const Shell& spec) {
    const Look& look = ui.look();
    const bool phone = ui.phone() && !look.kiosk;
    Box b = column_box(pixels(look, Gap::Huge));
    b.pad = phone
                ? Edges{look.s.pad_phone, look.s.pad_phone, look.s.pad_phone, look.s.pad_phone}
                : Edges{look.s.pad_desk_x, look.s.pad_desk_y, look.s.pad_desk_x, look.s.pad_desk_y};
    b.pad.bottom = std::max(b.pad.bottom, 48 * look.unit);
    b.max_width = look.s.content_max;
    if (spec.narrow) {
        b.max_width = 480 * look.unit;
        b.fills = true;
        b.own_align = true;
        b.self = Align::Center;
    }
    return b;
}

}  // namespace

void Ui::brand(std::string_view product, std::string_view href) {
    Shell spec;
    spec.product = product;
    spec.home_href = href;
    ventanilla::ui::brand(*state_, spec, true);
}

Scope Ui::shell(const ShellSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    s.scene.tree.title = spec.title;
    const bool bare = spec.bare || look.kiosk;
    // The page: what is left of the viewport beside the navigation.
    Box page = column_box(0);
    Box main = main_box(s, spec);
    if (!bare) {
        if (s.breakpoint == Breakpoint::Desk) page.pad.left = look.s.side;
        if (s.breakpoint == Breakpoint::Rail) page.pad.left = look.s.rail;
        if (s.phone()) main.pad.bottom = 96 * look.unit;
        if (has_strip(s, spec)) main.pad.bottom += 40 * look.unit;
    }
    // <main> is needed by the skip link, which comes before it.
    const NodeId main_id = s.reserve_id(Role::Main, "main");
    skip_link(s, main_id);
    if (!bare) {
        if (s.breakpoint == Breakpoint::Desk) side_bar(s, spec);
        if (s.breakpoint == Breakpoint::Rail) rail(s, spec);
        if (s.phone()) bottom_bar(s, spec);
        if (has_strip(s, spec)) connection_strip(s, spec);
    }
    s.open(page);
    if (spec.narrow) s.box(s.top().box).pad.top = std::max(24.0F, s.scene.info.height * 0.12F);
    s.open(main, {.role = Role::Main, .key = "main", .flags = a11y::kFocusable});
    s.main_depth = s.frames.size();
    if (!bare && s.breakpoint != Breakpoint::Desk) {
        s.account_label = spec.account_label;
        s.account_href = spec.account_href;
    }
    s.join();
    return opened();
}

// Where there is no side bar, the account stands at the end of the content.
void Ui::account_footer() {
    State& s = *state_;
    gap(Gap::Large);
    divider();
    link({.label = s.account_label, .href = s.account_href, .icon = Icon::User, .key = "account"});
}

}  // namespace ventanilla::ui
