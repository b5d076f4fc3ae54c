#include "shared/base/text.hpp"
#include "wasm/ui/parts.hpp"

// The search field with its answers. Source: ARIA Authoring Practices, combobox with list
// autocomplete: the focus stays in the field, arrows move aria-activedescendant, Enter takes the
// active answer, Escape closes the list.

namespace ventanilla::ui {

using a11y::Action;
using a11y::Role;

namespace {

// The answers one after another, whichever group they are in.
struct Answers {
    std::vector<const Suggestion*> all;
    std::vector<NodeId> ids;
    NodeId list = a11y::kNoNode;
};

struct SearchField {
    std::int32_t node = -1;
    NodeId id = a11y::kNoNode;
    BoxId box = 0;
};

SearchField add_field(Builder& ui, const SearchSpec& spec, std::string& query, bool& changed) {
    const Look& look = ui.look();
    Box b = row_box(12 * look.unit);
    const float x = spec.big ? look.s.search_pad_x : 12 * look.unit;
    const float y = spec.big ? look.s.search_pad_y : 8 * look.unit;
    b.pad = {x + 1.5F, y + 1.5F, x + 1.5F, y + 1.5F};
    b.fill = look.c.surface;
    b.line = look.c.line_strong;
    b.line_hover = look.c.text_2;
    b.line_px = look.contrast ? 2 : 1.5F;
    b.radius = spec.big ? look.s.radius_card : look.s.radius;
    b.shadow = spec.big;
    b.min_height = look.s.touch;
    b.field_frame = true;
    b.clips = true;
    SearchField field;
    field.node = ui.add_node({.role = Role::ComboBox, .key = spec.key, .name = spec.label});
    field.id = ui.id_of(field.node);
    if (const Action* action = ui.action(field.id, Action::SetValue)) {
        changed = action->text != query;
        query = action->text;
    }
    b.node = field.node;
    b.press = b.ring = field.id;
    const float icon = (spec.big ? look.s.search : look.s.body) * 1.15F;
    const Type type{spec.big ? look.s.search : look.s.body,
                    (spec.big ? look.s.search : look.s.body) * 1.5F,
                    a11y::Weight::Regular,
                    false,
                    query.empty() ? look.c.text_2 : look.c.text};
    field.box = ui.open(b);
    ui.add_icon(Icon::Search, icon, look.c.text_2);
    const BoxId text =
        ui.add_text({.text = query.empty() ? spec.placeholder : std::string_view(query),
                     .type = type,
                     .silent = true});
    ui.box(text).field_text = true;
    ui.box(text).grow = 1;
    ui.box(text).press = field.id;
    if (!query.empty()) ui.scene.texts[static_cast<std::size_t>(ui.box(text).text)].lines_max = 1;
    ui.close();

    a11y::Field data;
    data.type = a11y::FieldType::Search;
    data.mode = a11y::InputMode::Search;
    data.name = ui.keep(spec.key);
    data.placeholder = ui.keep(spec.placeholder);
    data.pad_left = b.pad.left + icon + b.gap;
    data.pad_right = b.pad.right;
    data.pad_top = data.pad_bottom = b.pad.top;
    data.length_max = 400;
    ui.scene.tree.fields.push_back(data);
    a11y::Node& node = ui.node(field.node);
    node.field = static_cast<std::int32_t>(ui.scene.tree.fields.size() - 1);
    node.value = ui.keep(query);
    node.style = {type.size_px, type.line_px, type.weight, false, a11y::Align::Start};
    return field;
}

void add_answer(Builder& ui, const Suggestion& item, bool active, Answers& answers) {
    const Look& look = ui.look();
    Box b = column_box(0);
    b.pad = {12 * look.unit, 10 * look.unit, 12 * look.unit, 10 * look.unit};
    b.min_height = look.s.touch;
    b.radius = look.s.radius;
    const BoxId id = ui.open(b, {.role = Role::ListOption, .key = item.key});
    const NodeId node = ui.top().node_id;
    shade(ui.box(id),
          node,
          active ? look.c.accent_soft : 0,
          active ? look.c.accent_soft : look.c.hover,
          look.c.press);
    if (active) ui.node(ui.top().node).flags |= a11y::kSelected;
    ui.open(row_box(6 * look.unit, Align::Start));
    if (item.icon != Icon::None) {
        const Colour ink =
            item.tone == Tone::Neutral ? look.c.text : tone_colours(look, item.tone).ink;
        Box holder = column_box(0);
        holder.pad.top = 3 * look.unit;
        ui.open(holder);
        ui.add_icon(item.icon, look.s.body * 1.15F, ink);
        ui.close();
    }
    add_rich(ui, item.title, type_of(look, Style::Strong), Role::Text);
    ui.close();
    if (!item.detail.empty())
        add_rich(ui, item.detail, type_of(look, Style::Secondary), Role::Text);
    ui.close();
    answers.all.push_back(&item);
    answers.ids.push_back(node);
}

Answers add_list(Builder& ui,
                 const SearchSpec& spec,
                 std::span<const SuggestionGroup> groups,
                 BoxId anchor,
                 int active) {
    const Look& look = ui.look();
    Answers answers;
    Box panel = column_box(0);
    panel.plane = Plane::Floating;
    panel.anchor = anchor;
    panel.pad = {8 * look.unit + 1, 8 * look.unit + 1, 8 * look.unit + 1, 8 * look.unit + 1};
    panel.fill = look.c.surface;
    panel.line = look.c.line;
    panel.line_px = hairline(look);
    panel.radius = look.s.radius_card;
    panel.shadow = true;
    ui.open(panel,
            {.role = Role::ListBox,
             .key = concat(spec.key, "-answers"),
             .name = spec.results_name,
             .flags = a11y::kAbovePage});
    answers.list = ui.top().node_id;
    for (const SuggestionGroup& group : groups) {
        if (group.items.empty()) continue;
        ui.open(column_box(0), {.role = Role::OptionGroup, .key = group.title});
        const std::int32_t node = ui.top().node;
        Box head = column_box(0);
        head.pad = {12 * look.unit, 8 * look.unit, 12 * look.unit, 4 * look.unit};
        ui.open(head);
        const BoxId title =
            ui.add_text({.text = group.title, .type = type_of(look, Style::Caption)});
        ui.node(node).labelled_by = ui.id_of(ui.box(title).node);
        ui.close();
        for (const Suggestion& item : group.items) {
            add_answer(ui, item, static_cast<int>(answers.all.size()) == active, answers);
        }
        ui.close();
    }
    ui.close();
    return answers;
}

void add_nothing(Builder& ui, const SearchSpec& spec, BoxId anchor) {
    Box panel = card_box(ui.look());
    panel.plane = Plane::Floating;
    panel.anchor = anchor;
    ui.open(panel, {.role = Role::Group, .key = "nothing", .flags = a11y::kAbovePage});
    ui.add_text(
        {.text = spec.empty, .type = type_of(ui.look(), Style::Body), .role = Role::Paragraph});
    ui.close();
}

std::size_t count_of(std::span<const SuggestionGroup> groups) {
    std::size_t count = 0;
    for (const SuggestionGroup& group : groups)
        count += group.items.size();
    return count;
}

void reopen(Memory& memory) {
    memory.open = true;
    memory.active = -1;
}

// Moves the active answer with the arrows, around both ends; -1 is the field itself.
void move_active(const Builder& ui, NodeId field, int count, int& active) {
    if (ui.key_pressed(field, a11y::kKeyDown)) active = active + 1 >= count ? -1 : active + 1;
    if (ui.key_pressed(field, a11y::kKeyUp)) active = active < 0 ? count - 1 : active - 1;
}

}  // namespace

SearchEvent Ui::search_box(const SearchSpec& spec,
                           std::string& query,
                           std::span<const SuggestionGroup> groups) {
    State& s = *state_;
    SearchEvent event;
    Box holder = column_box(0);
    if (spec.big) holder.max_width = s.look().s.search_max;
    s.open(holder, {.role = Role::Search, .key = spec.key, .name = spec.label});
    const SearchField field = add_field(s, spec, query, event.changed);
    Memory& memory = s.memory(field.id);
    const int count = static_cast<int>(count_of(groups));
    if (event.changed) reopen(memory);
    if (s.action(field.id, Action::Blur) != nullptr) memory.open = false;
    if (s.key_pressed(field.id, a11y::kKeyDown) && !memory.open) reopen(memory);
    const bool was_open = memory.open && s.input.focused == field.id && !query.empty();
    if (was_open) move_active(s, field.id, count, memory.active);
    if (memory.active >= count) memory.active = -1;
    if (s.key_pressed(field.id, a11y::kKeyEscape)) memory.open = false;
    const bool enter = s.key_pressed(field.id, a11y::kKeyEnter);
    const bool open = was_open && memory.open;

    Answers answers;
    if (open && count > 0) {
        answers = add_list(s, spec, groups, field.box, memory.active);
    } else if (open && !spec.empty.empty()) {
        add_nothing(s, spec, field.box);
    }
    a11y::Node& node = s.node(field.node);
    node.flags |= a11y::kExpandable | (answers.all.empty() ? 0U : a11y::kExpanded);
    node.keys = a11y::kKeyEnter | a11y::kKeyDown;
    if (open) node.keys |= a11y::kKeyUp | a11y::kKeyEscape;
    if (!answers.all.empty()) {
        node.controls = answers.list;
        if (memory.active >= 0) node.active = answers.ids[static_cast<std::size_t>(memory.active)];
    }
    for (std::size_t i = 0; i < answers.all.size(); ++i) {
        const bool taken = enter && static_cast<int>(i) == memory.active;
        if (taken || s.clicked(answers.ids[i])) event.chosen = answers.all[i];
    }
    event.submitted = enter && event.chosen == nullptr;
    if (event.chosen != nullptr || event.submitted) memory.open = false;
    s.close();
    return event;
}

}  // namespace ventanilla::ui
