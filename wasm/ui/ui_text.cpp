#include "shared/base/text.hpp"
#include "wasm/ui/parts.hpp"

// Headings, paragraphs, rich text, badges and icons.

namespace ventanilla::ui {

using a11y::Role;
using a11y::Weight;

Type heading_type(const Look& look, int level, bool phone) {
    const Sizes& s = look.s;
    if (level <= 1 && phone && !look.kiosk)
        return {s.h1_phone, s.h1_phone_line, Weight::Bold, false, look.c.text};
    if (level <= 1) return {s.h1, s.h1_line, Weight::Bold, false, look.c.text};
    if (level == 2) return {s.h2, s.h2_line, Weight::Semibold, false, look.c.text};
    return {s.h3, s.h3 * 1.5F, Weight::Bold, false, look.c.text};
}

Type toned(const Look& look, Style style, Tone tone) {
    Type type = type_of(look, style);
    if (tone != Tone::Neutral) type.ink = tone_colours(look, tone).ink;
    return type;
}

namespace {

Weight weight_of(const Span& span, Weight base) {
    return span.strong || span.mark ? Weight::Bold : base;
}

bool is_plain(const Span& span) {
    return span.href.empty() && !span.strong && !span.emphasis && !span.code && !span.mark;
}

InkRun run_of(const Builder& ui, const Span& span, std::uint32_t begin, const Type& type) {
    InkRun run;
    run.begin = begin;
    run.end = begin + static_cast<std::uint32_t>(span.text.size());
    run.weight = weight_of(span, type.weight);
    run.mono = span.code || type.mono;
    run.emphasis = span.emphasis;
    run.mark = span.mark;
    run.code = span.code;
    // Highlighted words of quiet text stand out in the colour of the text, too.
    run.ink = span.mark && type.ink == ui.look().c.text_2 ? ui.look().c.text : type.ink;
    if (!span.href.empty()) run.ink = ui.look().c.accent;
    return run;
}

bool leads_outside(std::string_view href) {
    return href.starts_with("http:") || href.starts_with("https:");
}

// The node of an inline link; gives whether it was activated.
bool add_inline_link(Builder& ui, const Span& span, NodeId text_id, InkRun& run) {
    const std::int32_t index = ui.add_node(
        {.role = Role::Link, .key = concat(span.href, "|", span.text), .flags = a11y::kInline});
    a11y::Node& link = ui.node(index);
    link.parent = text_id;
    link.href = ui.keep(span.href);
    if (leads_outside(span.href)) link.flags |= a11y::kExternal;
    link.text = ui.keep(span.text);
    run.link = link.id;
    return followed(ui, link.id, span.href);
}

}  // namespace

int add_rich(
    Builder& ui, std::span<const Span> spans, const Type& type, Role role, NodeId* text_id) {
    std::string all;
    for (const Span& span : spans)
        all += span.text;
    const BoxId box = ui.add_text({.text = all, .type = type, .role = role});
    const NodeId id = ui.id_of(ui.box(box).node);
    if (text_id != nullptr) *text_id = id;
    const auto block = static_cast<std::size_t>(ui.box(box).text);
    const auto first = static_cast<std::uint32_t>(ui.scene.runs.size());
    int activated = -1, links = 0;
    std::uint32_t at = 0;
    for (const Span& span : spans) {
        if (!is_plain(span)) {
            InkRun run = run_of(ui, span, at, type);
            if (!span.href.empty()) {
                if (add_inline_link(ui, span, id, run)) activated = links;
                ++links;
            }
            ui.scene.runs.push_back(run);
        }
        at += static_cast<std::uint32_t>(span.text.size());
    }
    ui.scene.texts[block].runs = {first, static_cast<std::uint32_t>(ui.scene.runs.size()) - first};
    return activated;
}

namespace {

void add_dot(Builder& ui, float px, Colour ink) {
    Box b;
    b.flow = Flow::Leaf;
    b.width = b.height = px;
    b.deco = Deco::Dot;
    b.ink = ink;
    ui.add(b);
}

}  // namespace

void add_badge(Builder& ui, const BadgeSpec& spec) {
    const Look& look = ui.look();
    const ToneColours colours = tone_colours(look, spec.tone);
    Box b = row_box(6 * look.unit);
    b.pad = {look.s.badge_pad_x, look.s.badge_pad_y, look.s.badge_pad_x, look.s.badge_pad_y};
    b.fill = colours.soft;
    b.radius = 999;
    b.rigid = true;
    if (look.contrast) {
        b.line = colours.ink;
        b.line_px = 1;
    }
    ui.open(b);
    if (spec.icon != Icon::None) ui.add_icon(spec.icon, look.s.icon_small, colours.ink);
    if (spec.dot) add_dot(ui, 9 * look.unit, colours.ink);
    Type type = type_of(look, Style::Caption);
    type.ink = colours.ink;
    ui.add_text({.text = spec.word, .type = type});
    ui.close();
}

void Ui::heading(int level, std::string_view text) {
    State& s = *state_;
    const BoxId box = s.add_text(
        {.text = text, .type = heading_type(s.look(), level, s.phone()), .role = Role::Heading});
    a11y::Node& node = s.node(s.box(box).node);
    node.level = static_cast<std::uint8_t>(level);
    if (level == 1) {
        node.flags |= a11y::kFocusable;
        if (s.first_heading == a11y::kNoNode) s.first_heading = node.id;
    }
}

void Ui::text_heading(int level, std::string_view text, Style style, Tone tone) {
    State& s = *state_;
    const BoxId box =
        s.add_text({.text = text, .type = toned(s.look(), style, tone), .role = Role::Heading});
    s.node(s.box(box).node).level = static_cast<std::uint8_t>(level);
}

void Ui::tile_title(std::string_view text) {
    State& s = *state_;
    Type type = type_of(s.look(), Style::Strong);
    type.size_px = s.look().s.tile_title;
    type.line_px = type.size_px * 1.5F;
    s.add_text({.text = text, .type = type});
}

Scope Ui::banner_icon() {
    State& s = *state_;
    Box b = column_box(0, Align::Center);
    b.width = (s.look().kiosk ? 44.0F : s.phone() ? 24.0F : 28.0F) * s.look().unit;
    b.pad.top = (s.look().s.body * 1.5F - s.look().s.icon) / 2;
    s.open(b);
    return opened();
}

void Ui::text(std::string_view text, Style style, Tone tone) {
    if (text.empty()) return;
    state_->add_text({.text = text, .type = toned(state_->look(), style, tone)});
}

void Ui::paragraph(std::string_view text, Style style) {
    if (text.empty()) return;
    state_->add_text(
        {.text = text, .type = type_of(state_->look(), style), .role = Role::Paragraph});
}

int Ui::rich(std::span<const Span> spans, Style style, Tone tone) {
    return add_rich(*state_, spans, toned(state_->look(), style, tone), Role::Paragraph);
}

int Ui::rich_heading(int level, std::span<const Span> spans) {
    State& s = *state_;
    NodeId id = a11y::kNoNode;
    const int activated =
        add_rich(s, spans, heading_type(s.look(), level, s.phone()), Role::Heading, &id);
    for (a11y::Node& node : s.scene.tree.nodes) {
        if (node.id == id) node.level = static_cast<std::uint8_t>(level);
    }
    return activated;
}

void Ui::code_block(std::string_view text) {
    State& s = *state_;
    const Look& look = s.look();
    Box b = column_box(0);
    b.pad = {16 * look.unit, 12 * look.unit, 16 * look.unit, 12 * look.unit};
    b.fill = look.c.surface_2;
    b.radius = look.s.radius;
    b.line = look.contrast ? look.c.line : 0;
    b.line_px = hairline(look);
    s.open(b);
    const BoxId id =
        s.add_text({.text = text, .type = type_of(look, Style::Mono), .role = Role::Code});
    s.scene.texts[static_cast<std::size_t>(s.box(id).text)].keep_spaces = true;
    s.close();
}

void Ui::badge(const BadgeSpec& spec) {
    if (!spec.word.empty()) add_badge(*state_, spec);
}

void Ui::icon(Icon icon, Tone tone, std::string_view name) {
    State& s = *state_;
    const Look& look = s.look();
    const Colour ink = tone == Tone::Neutral ? look.c.text_2 : tone_colours(look, tone).ink;
    const BoxId id = s.add_icon(icon, look.s.icon, ink);
    if (!name.empty()) s.box(id).node = s.add_node({.role = Role::Image, .name = name});
}

void Ui::icon_tile(Icon icon, Tone tone) {
    State& s = *state_;
    const Look& look = s.look();
    const ToneColours colours = tone_colours(look, tone);
    Box b = row_box(0, Align::Center, Justify::Center);
    b.width = b.height = look.s.tile_icon;
    b.own_align = true;
    b.self = Align::Start;
    b.fill = colours.soft;
    b.radius = 10 * look.unit;
    s.open(b);
    s.add_icon(icon, look.s.tile_icon_inner, colours.ink);
    s.close();
}

void Ui::dot(Tone tone) {
    add_dot(*state_, 10 * state_->look().unit, tone_colours(state_->look(), tone).ink);
}

}  // namespace ventanilla::ui
