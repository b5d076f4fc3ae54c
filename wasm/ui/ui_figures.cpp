#include <algorithm>

#include "wasm/ui/parts.hpp"

// Pictures with a meaning: progress, days, timelines.

namespace ventanilla::ui {

using a11y::Role;

void Ui::steps(const StepSpec& spec) {
    State& s = *state_;
    Box b;
    b.flow = Flow::Leaf;
    b.height = 5 * s.look().unit;
    b.deco = Deco::Steps;
    b.a = spec.done;
    b.b = std::max(1, spec.total);
    b.ink = s.look().c.accent;
    b.ink_2 = s.look().contrast ? s.look().c.skeleton : s.look().c.press;
    b.node = s.add_node({.role = Role::Progress, .key = spec.name, .name = spec.name});
    a11y::Node& node = s.node(b.node);
    node.now = spec.done;
    node.max = spec.total;
    s.add(b);
}

void Ui::day_bars(std::string_view name, std::span<const DayState> days) {
    State& s = *state_;
    Box b;
    b.flow = Flow::Leaf;
    b.height = 30 * s.look().unit;
    b.deco = Deco::Days;
    b.a = static_cast<std::int32_t>(s.scene.days.size());
    b.b = static_cast<std::int32_t>(days.size());
    s.scene.days.insert(s.scene.days.end(), days.begin(), days.end());
    b.node = s.add_node({.role = Role::Image, .key = name, .name = name});
    s.add(b);
}

Scope Ui::timeline(std::string_view name) {
    state_->open(column_box(0),
                 {.role = Role::List, .key = name, .name = name, .flags = a11y::kOrdered});
    return opened();
}

Scope Ui::timeline_entry(std::string_view key, bool mine, Tone tone) {
    State& s = *state_;
    const Look& look = s.look();
    Box b = column_box(0);
    b.pad.left = 33 * look.unit;
    b.pad.bottom = 20 * look.unit;
    b.deco = mine ? Deco::TimelineMine : Deco::Timeline;
    b.ink = tone == Tone::Neutral ? (mine ? look.c.accent : look.c.line_strong)
                                  : tone_colours(look, tone).ink;
    b.ink_2 = look.c.line;
    s.open(b, {.role = Role::ListItem, .key = key});
    return opened();
}

void Ui::meter(std::string_view name, float share, Tone tone) {
    State& s = *state_;
    Box b;
    b.flow = Flow::Leaf;
    b.height = 8 * s.look().unit;
    b.deco = Deco::Meter;
    b.a = static_cast<std::int32_t>(std::clamp(share, 0.0F, 1.0F) * 1000);
    b.ink = tone_colours(s.look(), tone).ink;
    b.ink_2 = s.look().c.press;
    b.node = s.add_node({.role = Role::Progress, .key = name, .name = name});
    s.node(b.node).now = b.a / 10;
    s.node(b.node).max = 100;
    s.add(b);
}

}  // namespace ventanilla::ui
