#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/ui/parts.hpp"

// Form fields. Each is a label, maybe a help text, the control, maybe an error and a counter; the
// real editing happens in the browser's own elements, the model is the caller's value.

namespace ventanilla::ui {

using a11y::Action;
using a11y::Field;
using a11y::Role;
using a11y::Weight;

namespace {

std::size_t length_of(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return count;
}

// What the parts of one field need to know of each other. Nodes by index, because the vector grows.
struct Parts {
    std::int32_t label = -1;
    std::int32_t help = -1;
    std::size_t depth = 0;
};

// Opens the column of a field with its label and its help text.
Parts open_field(Builder& ui, const FieldSpec& spec) {
    const Look& look = ui.look();
    Parts parts;
    parts.depth = ui.frames.size();
    Box b = column_box(6 * look.unit);
    if (spec.width_max > 0) b.max_width = spec.width_max * look.unit;
    ui.open(b);
    Type type = type_of(look, Style::Body);
    type.weight = Weight::Semibold;
    if (spec.label_hidden) {
        parts.label =
            ui.add_node({.role = Role::Label, .key = spec.key, .flags = a11y::kVisuallyHidden});
        ui.node(parts.label).text = ui.keep(spec.label);
    } else {
        Box head = row_box(6 * look.unit, Align::Start);
        head.flow = Flow::Wrap;
        ui.open(head);
        const BoxId label =
            ui.add_text({.text = spec.label, .type = type, .role = Role::Label, .key = spec.key});
        parts.label = ui.box(label).node;
        if (spec.required) {
            Type quiet = type_of(look, Style::Secondary);
            quiet.line_px = type.line_px;
            quiet.weight = Weight::Semibold;
            ui.add_text({.text = concat("(", ui.scene.info.words.required, ")"),
                         .type = quiet,
                         .silent = true});
        }
        ui.close();
    }
    if (!spec.help.empty()) {
        const BoxId help = ui.add_text(
            {.text = spec.help, .type = type_of(look, Style::Secondary), .role = Role::Paragraph});
        parts.help = ui.box(help).node;
    }
    return parts;
}

// The error and, for long inputs, the counter below the control; then the column is closed.
void close_field(Builder& ui,
                 const FieldSpec& spec,
                 const Parts& parts,
                 std::int32_t control,
                 std::string_view value) {
    const Look& look = ui.look();
    const NodeId id = ui.id_of(control);
    if (parts.help >= 0) ui.node(control).described_by = ui.id_of(parts.help);
    if (!spec.error.empty()) {
        Type type = toned(look, Style::Secondary, Tone::Critical);
        type.weight = Weight::Semibold;
        const BoxId error =
            ui.add_text({.text = spec.error, .type = type, .role = Role::Paragraph});
        ui.node(control).error_by = ui.id_of(ui.box(error).node);
        ui.node(control).flags |= a11y::kInvalid;
    }
    const std::size_t length = spec.length_max == 0 ? 0 : length_of(value);
    if (spec.length_max != 0 && length * 5 >= std::size_t{spec.length_max} * 4) {
        const BoxId counter = ui.add_text({.text = concat(length, " / ", spec.length_max),
                                           .type = type_of(look, Style::Secondary)});
        const std::int32_t index = ui.box(counter).node;
        ui.node(index).flags |= a11y::kLive;
        ui.node(control).described_also = ui.id_of(index);
    }
    if (!spec.disabled_reason.empty()) {
        ui.node(control).flags |= a11y::kDisabled;
        ui.add_text({.text = spec.disabled_reason, .type = type_of(look, Style::Secondary)});
    }
    if (spec.required) ui.node(control).flags |= a11y::kRequired;
    ui.fields[std::string(spec.key)] = id;
    ui.close_to(parts.depth);
}

// A control is named by its label, and the label's element points to it.
void tie(Builder& ui, const Parts& parts, std::int32_t control) {
    ui.node(parts.label).labels = ui.id_of(control);
    ui.node(control).labelled_by = ui.id_of(parts.label);
}

Box frame_box(const Look& look, const FieldSpec& spec) {
    Box b = column_box(0);
    b.pad = {12 * look.unit + 1.5F, 0, 12 * look.unit + 1.5F, 0};
    const float end = (look.s.touch - look.s.body * 1.5F) / 2;
    b.pad.top = b.pad.bottom = end;
    b.min_height = look.s.touch;
    b.fill = spec.disabled_reason.empty() ? look.c.surface : look.c.surface_2;
    b.line = spec.error.empty() ? look.c.line_strong : look.c.crit;
    b.line_px = look.contrast ? 2 : 1.5F;
    b.radius = look.s.radius;
    b.field_frame = true;
    return b;
}

std::int32_t add_field_data(Builder& ui,
                            std::int32_t control,
                            const FieldSpec& spec,
                            const Box& frame) {
    Field field;
    field.type = spec.type;
    field.mode = spec.mode;
    field.name = ui.keep(spec.key);
    field.autocomplete = ui.keep(spec.autocomplete);
    field.placeholder = ui.keep(spec.placeholder);
    field.min = ui.keep(spec.min);
    field.max = ui.keep(spec.max);
    field.step = ui.keep(spec.step);
    field.length_max = spec.length_max;
    field.rows = static_cast<std::uint16_t>(spec.rows);
    field.pad_left = frame.pad.left;
    field.pad_right = frame.pad.right;
    field.pad_top = frame.pad.top;
    field.pad_bottom = frame.pad.bottom;
    field.spellcheck = spec.type == FieldType::LongText || spec.type == FieldType::Text;
    field.once = spec.type == FieldType::Password || spec.type == FieldType::Code;
    ui.scene.tree.fields.push_back(field);
    const auto index = static_cast<std::int32_t>(ui.scene.tree.fields.size() - 1);
    ui.node(control).field = index;
    return index;
}

// The browser shows these itself, in the person's own format.
bool shown_by_browser(FieldType type) {
    return type == FieldType::Date || type == FieldType::Time || type == FieldType::DateTime;
}

std::string painted_value(const FieldSpec& spec, std::string_view value) {
    if (spec.type != FieldType::Password) return std::string(value);
    std::string dots;
    for (std::size_t i = length_of(value); i > 0; --i)
        append_utf8(dots, U'•');
    return dots;
}

bool take_value(Builder& ui, NodeId id, std::string& value) {
    const Action* action = ui.action(id, Action::SetValue);
    if (action == nullptr || action->text == value) return false;
    value = action->text;
    return true;
}

// One radio or checkbox as a card over the whole width, or as a plain row.
struct CardSpec {
    Role role;
    const Choice& choice;
    bool on;
    bool bad;
    std::string_view name;
};

bool choice_card(Builder& ui, const CardSpec& card) {
    const Look& look = ui.look();
    const bool on = card.on;
    Box b = row_box(12 * look.unit, Align::Start);
    b.pad = {14 * look.unit + 1.5F, 12 * look.unit, 14 * look.unit + 1.5F, 12 * look.unit};
    b.min_height = look.s.touch;
    b.radius = look.s.radius;
    b.line_px = look.contrast ? 2 : 1.5F;
    b.line = on ? look.c.accent : card.bad ? look.c.crit : look.c.line;
    b.line_hover = look.c.line_strong;
    const std::int32_t index = ui.add_node({.role = card.role, .key = card.choice.value});
    const NodeId id = ui.id_of(index);
    shade(b,
          id,
          on ? look.c.accent_soft : look.c.surface,
          on ? look.c.accent_soft : look.c.hover,
          look.c.press);
    b.ring = id;
    b.node = index;
    Field field;
    field.name = ui.keep(card.name);
    ui.scene.tree.fields.push_back(field);
    a11y::Node& node = ui.node(index);
    node.field = static_cast<std::int32_t>(ui.scene.tree.fields.size() - 1);
    node.value = ui.keep(card.choice.value);
    if (on) node.flags |= a11y::kChecked;
    if (card.choice.disabled) node.flags |= a11y::kDisabled;
    ui.open(b);
    Box mark;
    mark.flow = Flow::Leaf;
    mark.width = mark.height = 20 * look.unit * (look.kiosk ? 1.5F : 1);
    const bool radio = card.role == Role::Radio;
    mark.deco = radio ? (on ? Deco::RadioOn : Deco::Radio) : (on ? Deco::CheckOn : Deco::Check);
    mark.ink = on ? look.c.accent : look.c.line_strong;
    mark.ink_2 = on ? look.c.accent_text : look.c.surface;
    Box holder = column_box(0);
    holder.pad.top = (look.s.body * 1.5F - mark.height) / 2;
    ui.open(holder);
    ui.add(mark);
    ui.close();
    Box words = column_box(0);
    words.grow = 1;
    ui.open(words);
    const BoxId label = ui.add_text(
        {.text = card.choice.label, .type = type_of(look, Style::Body), .role = Role::Label});
    ui.node(ui.box(label).node).labels = id;
    ui.node(index).labelled_by = ui.id_of(ui.box(label).node);
    if (!card.choice.description.empty()) {
        const BoxId text =
            ui.add_text({.text = card.choice.description, .type = type_of(look, Style::Secondary)});
        ui.node(index).described_by = ui.id_of(ui.box(text).node);
    }
    ui.close();
    ui.close();
    if (card.choice.disabled) return false;
    // The browser tells the value of a radio, and a box whether it is ticked.
    if (radio && ui.action(id, Action::SetValue) != nullptr) return !on;
    const Action* action = ui.action(id, Action::SetChecked);
    return action != nullptr && (action->number != 0) != on;
}

}  // namespace

bool Ui::text_field(const FieldSpec& spec, std::string& value) {
    State& s = *state_;
    const Look& look = s.look();
    const Parts parts = open_field(s, spec);
    Box frame = frame_box(look, spec);
    const bool is_long = spec.type == FieldType::LongText;
    if (is_long)
        frame.min_height = look.s.body * 1.5F * static_cast<float>(spec.rows) + frame.pad.y();
    frame.clips = true;
    const std::int32_t index = s.add_node({.role = Role::TextField, .key = spec.key});
    const NodeId id = s.id_of(index);
    const bool changed = spec.disabled_reason.empty() && take_value(s, id, value);
    frame.node = index;
    frame.press = frame.ring = id;
    frame.line_hover = spec.error.empty() ? look.c.text_2 : look.c.crit;
    s.open(frame);
    tie(s, parts, index);
    add_field_data(s, index, spec, frame);
    s.node(index).value = s.keep(value);
    const Type type = type_of(look, Style::Body);
    s.node(index).style = {type.size_px, type.line_px, type.weight, false, a11y::Align::Start};
    const bool empty = value.empty();
    if (!shown_by_browser(spec.type)) {
        Type shown = type;
        if (empty) shown.ink = look.c.text_2;
        const std::string text = empty ? std::string(spec.placeholder) : painted_value(spec, value);
        const BoxId box = s.add_text({.text = text, .type = shown, .silent = true});
        s.box(box).field_text = true;
        s.box(box).press = id;
        if (!is_long) s.scene.texts[static_cast<std::size_t>(s.box(box).text)].lines_max = 1;
    }
    s.close();
    close_field(s, spec, parts, index, value);
    return changed;
}

bool Ui::select(const FieldSpec& spec, std::span<const Choice> choices, std::string& value) {
    State& s = *state_;
    const Look& look = s.look();
    const Parts parts = open_field(s, spec);
    Box frame = frame_box(look, spec);
    const std::int32_t index = s.add_node({.role = Role::Select, .key = spec.key});
    const NodeId id = s.id_of(index);
    const bool changed = spec.disabled_reason.empty() && take_value(s, id, value);
    frame.flow = Flow::Row;
    frame.align = Align::Center;
    frame.gap = 8 * look.unit;
    frame.node = index;
    frame.press = frame.ring = id;
    frame.line_hover = spec.error.empty() ? look.c.text_2 : look.c.crit;
    s.open(frame);
    tie(s, parts, index);
    add_field_data(s, index, spec, frame);
    s.node(index).value = s.keep(value);
    const auto chosen = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
        return choice.value == value;
    });
    Type type = type_of(look, Style::Body);
    s.node(index).style = {type.size_px, type.line_px, type.weight, false, a11y::Align::Start};
    std::string_view shown = s.scene.info.words.choose;
    if (!spec.placeholder.empty()) shown = spec.placeholder;
    const std::string_view none = shown;
    if (chosen != choices.end()) shown = chosen->label;
    const BoxId text = s.add_text({.text = shown, .type = type, .silent = true});
    s.box(text).grow = 1;
    s.add_icon(Icon::ChevronDown, look.s.icon, look.c.text_2);
    const auto option = [&](const Choice& choice) {
        const std::int32_t at = s.add_node({.role = Role::SelectOption});
        a11y::Node& node = s.node(at);
        node.parent = id;
        node.value = s.keep(choice.value);
        node.text = s.keep(choice.label);
        if (choice.value == value) node.flags |= a11y::kSelected;
        if (choice.disabled) node.flags |= a11y::kDisabled;
    };
    option({.value = {}, .label = none});
    for (const Choice& choice : choices) {
        if (!choice.value.empty()) option(choice);
    }
    s.close();
    close_field(s, spec, parts, index, value);
    return changed;
}

bool Ui::choice(const FieldSpec& spec, std::span<const Choice> choices, std::string& value) {
    State& s = *state_;
    const Parts parts = open_field(s, spec);
    s.open(column_box(8 * s.look().unit), {.role = Role::RadioGroup, .key = spec.key});
    const std::int32_t group = s.top().node;
    s.node(group).labelled_by = s.id_of(parts.label);
    bool changed = false;
    NodeId first = a11y::kNoNode;
    std::string wanted = value;
    for (const Choice& choice : choices) {
        const std::size_t before = s.scene.tree.nodes.size();
        if (choice_card(s,
                        {.role = Role::Radio,
                         .choice = choice,
                         .on = choice.value == value,
                         .bad = !spec.error.empty(),
                         .name = spec.key}) &&
            choice.value != value) {
            wanted = choice.value;
            changed = true;
        }
        if (first == a11y::kNoNode || choice.value == value) first = s.scene.tree.nodes[before].id;
    }
    s.close();
    close_field(s, spec, parts, group, {});
    if (first != a11y::kNoNode) s.fields[std::string(spec.key)] = first;
    value = wanted;
    return changed;
}

bool Ui::multi_choice(const FieldSpec& spec,
                      std::span<const Choice> choices,
                      std::vector<std::string>& values) {
    State& s = *state_;
    const Parts parts = open_field(s, spec);
    s.open(column_box(8 * s.look().unit), {.role = Role::Group, .key = spec.key});
    const std::int32_t group = s.top().node;
    s.node(group).labelled_by = s.id_of(parts.label);
    bool changed = false;
    NodeId first = a11y::kNoNode;
    for (const Choice& choice : choices) {
        const std::size_t before = s.scene.tree.nodes.size();
        const auto at = std::find(values.begin(), values.end(), choice.value);
        const bool on = at != values.end();
        if (choice_card(s,
                        {.role = Role::CheckBox,
                         .choice = choice,
                         .on = on,
                         .bad = !spec.error.empty(),
                         .name = spec.key})) {
            if (on) {
                values.erase(at);
            } else {
                values.emplace_back(choice.value);
            }
            changed = true;
        }
        if (first == a11y::kNoNode) first = s.scene.tree.nodes[before].id;
    }
    s.close();
    close_field(s, spec, parts, group, {});
    if (first != a11y::kNoNode) s.fields[std::string(spec.key)] = first;
    return changed;
}

bool Ui::checkbox(const FieldSpec& spec, bool& value) {
    State& s = *state_;
    const Look& look = s.look();
    const std::size_t depth = s.frames.size();
    s.open(column_box(6 * look.unit));
    const Choice one{.value = spec.key, .label = spec.label, .description = spec.help};
    const std::size_t before = s.scene.tree.nodes.size();
    const bool changed = choice_card(s,
                                     {.role = Role::CheckBox,
                                      .choice = one,
                                      .on = value,
                                      .bad = !spec.error.empty(),
                                      .name = spec.key});
    if (changed) value = !value;
    const auto index = static_cast<std::int32_t>(before);
    Parts parts;
    parts.depth = depth;
    close_field(s, spec, parts, index, {});
    return changed;
}

void Ui::file_field(const FieldSpec& spec) {
    State& s = *state_;
    const Look& look = s.look();
    const Parts parts = open_field(s, spec);
    Box frame = frame_box(look, spec);
    frame.flow = Flow::Row;
    frame.align = Align::Center;
    frame.gap = 8 * look.unit;
    frame.fill = look.c.surface_2;
    frame.line = look.c.line;
    const std::int32_t index = s.add_node({.role = Role::FileField, .key = spec.key});
    frame.node = index;
    frame.press = frame.ring = s.id_of(index);
    s.open(frame);
    tie(s, parts, index);
    add_field_data(s, index, spec, frame);
    s.add_icon(Icon::Paperclip, look.s.icon, look.c.text_2);
    Type type = type_of(look, Style::Body);
    type.ink = look.c.text_2;
    s.add_text({.text = spec.placeholder, .type = type, .silent = true});
    s.close();
    close_field(s, spec, parts, index, {});
}

}  // namespace ventanilla::ui
