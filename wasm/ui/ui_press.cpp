#include "shared/base/text.hpp"
#include "wasm/ui/parts.hpp"

// Buttons and links.

namespace ventanilla::ui {

using a11y::Role;
using a11y::Weight;

bool followed(Builder& ui, NodeId id, std::string_view href) {
    if (!ui.clicked(id)) return false;
    if (ui.navigated.empty()) ui.navigated = href;
    return true;
}

namespace {

struct ButtonLook {
    Box box;
    Colour ink;
};

ButtonLook button_look(const Look& look, Emphasis emphasis, bool off) {
    const Palette& c = look.c;
    Box b = row_box(8 * look.unit, Align::Center, Justify::Center);
    const float side = look.s.button_pad_x + 1, end = (look.s.touch - look.s.button * 1.375F) / 2;
    b.pad = {side, end, side, end};
    b.min_height = look.s.touch;
    b.radius = look.s.radius_button;
    b.line_px = hairline(look);
    if (off) {
        b.fill = c.neutral_soft;
        b.line = c.neutral_line;
        return {b, c.neutral};
    }
    switch (emphasis) {
        case Emphasis::Primary:
            b.fill = c.accent;
            b.fill_hover = c.accent_hover;
            b.fill_press = c.accent_press;
            return {b, c.accent_text};
        case Emphasis::Secondary:
            b.fill = c.surface;
            b.line = c.line_strong;
            b.fill_hover = c.hover;
            b.fill_press = c.press;
            return {b, c.text};
        case Emphasis::Quiet:
            b.fill_hover = c.hover;
            b.fill_press = c.press;
            return {b, c.accent};
        case Emphasis::Danger:
            b.fill = c.surface;
            b.line = c.crit;
            b.fill_hover = c.crit_soft;
            b.fill_press = c.crit_soft;
            return {b, c.crit};
    }
    return {b, c.text};
}

// What a button or a link that looks like one has inside.
void add_face(Builder& ui, Icon icon, std::string_view label, Colour ink, bool icon_only) {
    const Look& look = ui.look();
    if (icon != Icon::None) ui.add_icon(icon, look.s.button * 1.15F, ink);
    if (icon_only) return;
    const Type type{look.s.button, look.s.button * 1.375F, Weight::Semibold, false, ink};
    ui.add_text({.text = label, .type = type, .align = a11y::Align::Center});
}

}  // namespace

bool Ui::button(const ButtonSpec& spec) {
    State& s = *state_;
    const bool busy = !spec.busy_reason.empty(), disabled = !spec.disabled_reason.empty();
    const bool on = spec.pressed == 1;
    ButtonLook look = button_look(s.look(), spec.emphasis, busy || disabled);
    if (on) {
        look.box.fill = s.look().c.accent_soft;
        look.box.line = look.ink = s.look().c.accent;
    }
    if (spec.icon_only) {
        look.box.pad.left = look.box.pad.right = look.box.pad.top;
        look.box.min_width = s.look().s.touch;
    }
    const bool in_column = s.box(s.top().box).flow == Flow::Column;
    if (in_column && !spec.wide) {
        look.box.own_align = true;
        look.box.self = Align::Start;
    }
    // A reason that a listener gets is shown to everybody.
    if (disabled) s.open(column_box(4 * s.look().unit, Align::Start));
    const BoxId id =
        s.open(look.box, {.role = Role::Button, .key = spec.key.empty() ? spec.label : spec.key});
    const NodeId node_id = s.top().node_id;
    const std::int32_t index = s.top().node;
    s.box(id).ring = s.box(id).press = node_id;
    a11y::Node& node = s.node(index);
    if (spec.icon_only) node.name = s.keep(spec.label);
    node.description = s.keep(busy       ? spec.busy_reason
                              : disabled ? spec.disabled_reason
                                         : spec.description);
    if (busy) node.flags |= a11y::kBusy | a11y::kDisabled;
    if (disabled) node.flags |= a11y::kDisabled;
    if (spec.submit) node.flags |= a11y::kSubmit;
    if (spec.pressed >= 0) node.flags |= a11y::kPressable | (on ? a11y::kPressed : 0U);
    add_face(s, busy ? Icon::Hourglass : spec.icon, spec.label, look.ink, spec.icon_only);
    s.close();
    if (disabled) {
        s.add_text({.text = spec.disabled_reason,
                    .type = type_of(s.look(), Style::Secondary),
                    .silent = true});
        s.close();
    }
    return !busy && !disabled && s.clicked(node_id);
}

bool Ui::link(const LinkSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    Type type = type_of(look, spec.style);
    type.ink = spec.quiet ? look.c.text_2 : spec.inked ? look.c.text : look.c.accent;
    if (spec.strong) type.weight = Weight::Bold;
    ButtonLook face{row_box(6 * look.unit), type.ink};
    if (spec.as_button) face = button_look(look, spec.emphasis, false);
    if (s.box(s.top().box).flow == Flow::Column) {
        face.box.own_align = true;
        face.box.self = Align::Start;
    }
    // A link on its own line is easy to hit on a touch screen, too.
    if (!spec.as_button && s.scene.info.prefs.coarse_pointer) {
        face.box.min_height = std::max(24.0F, look.s.touch * 0.75F);
    }
    face.box.radius = spec.as_button ? face.box.radius : 4 * look.unit;
    const std::string key =
        spec.key.empty() ? concat(spec.href, "|", spec.label) : std::string(spec.key);
    const BoxId id = s.open(face.box, {.role = Role::Link, .key = key});
    const NodeId node_id = s.top().node_id;
    s.box(id).ring = s.box(id).press = node_id;
    s.top().press = node_id;
    a11y::Node& node = s.node(s.top().node);
    node.href = s.keep(spec.href);
    if (spec.external) {
        node.flags |= a11y::kExternal;
        node.description = s.keep(s.scene.info.words.opens_outside);
    }
    if (spec.download) node.flags |= a11y::kDownload;
    if (spec.as_button) {
        add_face(s, spec.icon, spec.label, face.ink, false);
    } else {
        if (spec.icon != Icon::None) s.add_icon(spec.icon, type.size_px * 1.15F, type.ink);
        const BoxId text = s.add_text({.text = spec.label, .type = type});
        s.box(text).underline = true;
    }
    if (spec.external) s.add_icon(Icon::ExternalLink, type.size_px, face.ink);
    s.close();
    return followed(s, node_id, spec.href);
}

bool Ui::field_link(std::string_view label, std::string_view key) {
    State& s = *state_;
    Box b = row_box(0);
    b.own_align = true;
    b.self = Align::Start;
    b.radius = 4 * s.look().unit;
    const BoxId id = s.open(b, {.role = Role::Link, .key = key});
    const NodeId node = s.top().node_id;
    s.box(id).ring = s.box(id).press = node;
    s.top().press = node;
    s.node(s.top().node).href = s.keep(concat("#", key));
    Type type = type_of(s.look(), Style::Body);
    type.ink = s.look().c.accent;
    const BoxId text = s.add_text({.text = label, .type = type});
    s.box(text).underline = true;
    s.close();
    return s.clicked(node);
}

// ---- what opens and closes
// -----------------------------------------------------------------------------

Scope Ui::disclosure(std::string_view title, std::string_view key, bool open_at_first) {
    State& s = *state_;
    const Look& look = s.look();
    s.open(column_box(8 * look.unit));
    Box head = row_box(8 * look.unit);
    head.min_height = look.s.touch;
    head.radius = look.s.radius;
    head.own_align = true;
    head.self = Align::Start;
    const BoxId id = s.open(head, {.role = Role::Button, .key = key});
    const NodeId button = s.top().node_id;
    const std::int32_t index = s.top().node;
    s.box(id).press = s.box(id).ring = button;
    s.top().press = button;
    Memory& memory = s.memory(button);
    if (memory.active < 0) {
        memory.active = 0;
        memory.open = open_at_first;
    }
    if (s.clicked(button)) memory.open = !memory.open;
    const bool open = memory.open;
    s.node(index).flags |= a11y::kExpandable | (open ? a11y::kExpanded : 0U);
    s.add_icon(open ? Icon::ChevronDown : Icon::ChevronRight, look.s.icon, look.c.text_2);
    Type type = type_of(look, Style::Body);
    type.weight = Weight::Semibold;
    const BoxId text = s.add_text({.text = title, .type = type});
    s.box(text).underline = true;
    s.close();
    if (!open) {
        s.close();
        return {nullptr, button, false};
    }
    s.open(column_box(8 * look.unit), {.role = Role::Group, .key = key});
    s.node(index).controls = s.top().node_id;
    s.join();
    return opened();
}

Scope Ui::popover(const ButtonSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    const ButtonLook face = button_look(look, spec.emphasis, false);
    const BoxId anchor =
        s.open(face.box, {.role = Role::Button, .key = spec.key.empty() ? spec.label : spec.key});
    const NodeId button = s.top().node_id;
    const std::int32_t index = s.top().node;
    s.box(anchor).press = s.box(anchor).ring = button;
    Memory& memory = s.memory(button);
    if (s.clicked(button)) {
        memory.open = !memory.open;
    } else if (memory.open && s.pressed_outside(button, memory.panel)) {
        memory.open = false;
    }
    if (s.key_pressed(button, a11y::kKeyEscape)) memory.open = false;
    s.node(index).flags |= a11y::kExpandable | (memory.open ? a11y::kExpanded : 0U);
    s.node(index).keys = memory.open ? a11y::kKeyEscape : 0;
    if (spec.icon_only) s.node(index).name = s.keep(spec.label);
    add_face(s, spec.icon, spec.label, face.ink, spec.icon_only);
    s.close();
    if (!memory.open) return {nullptr, button, false};

    Box panel = card_box(look);
    panel.plane = Plane::Floating;
    panel.anchor = anchor;
    panel.min_width = 220 * look.unit;
    panel.gap = 4 * look.unit;
    panel.pad = {8 * look.unit, 8 * look.unit, 8 * look.unit, 8 * look.unit};
    s.open(panel,
           {.role = Role::Group,
            .key = concat("panel|", spec.key, spec.label),
            .name = spec.label,
            .flags = a11y::kAbovePage});
    const NodeId panel_id = s.top().node_id;
    s.node(s.top().node).keys = a11y::kKeyEscape;
    s.node(index).controls = panel_id;
    memory.panel = panel_id;
    if (s.key_pressed(panel_id, a11y::kKeyEscape)) {
        memory.open = false;
        s.node_focus = button;
    }
    return opened();
}

DialogScope Ui::dialog(const DialogSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    Box b = card_box(look);
    b.plane = Plane::Modal;
    b.max_width = (spec.wide ? 800.0F : 560.0F) * look.unit * (look.kiosk ? 1.4F : 1);
    b.gap = pixels(look, Gap::Medium);
    b.pad.left = b.pad.right = b.pad.top = b.pad.bottom = 24 * look.unit;
    b.clips = true;
    const BoxId id = s.open(b,
                            {.role = Role::Dialog,
                             .key = spec.key,
                             .flags = a11y::kModal | a11y::kFixed | a11y::kFocusable |
                                      a11y::kAbovePage | a11y::kScroll});
    const NodeId dialog = s.top().node_id;
    const std::int32_t index = s.top().node;
    s.node(index).keys = a11y::kKeyEscape;
    s.hoisted.push_back(dialog);
    s.scene.tree.modal = dialog;
    s.box(id).ring = a11y::kNoNode;
    Memory& memory = s.memory(dialog);
    if (!memory.open) {
        memory.open = true;
        s.node_focus = spec.focus_key.empty() ? dialog : a11y::kNoNode;
        s.field_focus = spec.focus_key;
    }
    bool dismissed = s.key_pressed(dialog, a11y::kKeyEscape) || s.clicked(dialog);

    s.open(row_box(12 * look.unit, Align::Start));
    Box title = column_box(0);
    title.grow = 1;
    title.pad.top = (look.s.touch - look.s.h2_line) / 2;
    s.open(title);
    const BoxId heading = s.add_text(
        {.text = spec.title, .type = heading_type(look, 2, s.phone()), .role = Role::Heading});
    s.node(s.box(heading).node).level = 2;
    s.node(index).labelled_by = s.id_of(s.box(heading).node);
    s.close();
    dismissed |= button({.label = s.scene.info.words.close,
                         .emphasis = Emphasis::Quiet,
                         .icon = Icon::X,
                         .key = "close",
                         .icon_only = true});
    s.close();
    return {opened(), dismissed};
}

Scope Ui::toast(std::string_view key, Tone tone) {
    State& s = *state_;
    const Look& look = s.look();
    Box b = row_box(12 * look.unit);
    b.plane = Plane::Toast;
    b.pad = {16 * look.unit, 12 * look.unit, 16 * look.unit, 12 * look.unit};
    b.fill = look.c.surface;
    b.line = tone == Tone::Neutral ? look.c.line_strong : tone_colours(look, tone).ink;
    b.line_px = 1.5F;
    b.radius = look.s.radius_card;
    b.shadow = true;
    b.top = s.phone() ? 72 * look.unit : 0;  // above the bottom bar
    s.open(b, {.role = Role::Group, .key = key, .flags = a11y::kFixed | a11y::kAbovePage});
    s.hoisted.push_back(s.top().node_id);
    return opened();
}

}  // namespace ventanilla::ui
