#include "tests/views/support_harness.hpp"

#include <algorithm>
#include <unordered_map>

#include <gtest/gtest.h>

#include "shared/base/text.hpp"

namespace ventanilla::support {

using a11y::Action;
using a11y::Node;
using a11y::Tree;

ui::Words words() {
    return {.skip_to_content = "Saltar al contenido",
            .required = "obligatorio",
            .optional = "opcional",
            .close = "Cerrar",
            .choose = "Elige una opción",
            .loading = "Cargando",
            .main_nav = "Principal",
            .opens_outside = "se abre en otra pestaña"};
}

namespace {

ui::FrameInfo sized(float width, float height) {
    ui::FrameInfo info;
    info.width = width;
    info.height = height;
    info.words = words();
    return info;
}

}  // namespace

ui::FrameInfo desk() {
    return sized(1280, 800);
}
ui::FrameInfo phone() {
    return sized(390, 844);
}
ui::FrameInfo narrow() {
    return sized(320, 640);
}

ui::FrameInfo kiosk() {
    ui::FrameInfo info = sized(1080, 1920);
    info.prefs.kiosk = true;
    info.prefs.coarse_pointer = true;
    return info;
}

bool Handle::exists() const {
    return harness_.all(role_, name_).size() == 1;
}

const Node& Handle::node() const {
    static const Node kNone{};
    const std::vector<const Node*> found = harness_.all(role_, name_);
    EXPECT_EQ(found.size(), 1U) << a11y::role_name(role_) << " \"" << name_ << "\" in\n"
                                << harness_.spoken();
    return found.empty() ? kNone : *found[0];
}

std::string Handle::value() const {
    return std::string(harness_.tree().text(node().value));
}

void Handle::click() {
    const Node& target = node();
    focus();
    harness_.act({.node = target.id, .kind = Action::Click, .number = 0, .text = {}});
}

void Handle::focus() {
    const a11y::NodeId id = node().id;
    if (harness_.input.focused == id) return;
    if (harness_.input.focused != a11y::kNoNode) {
        harness_.act(
            {.node = harness_.input.focused, .kind = Action::Blur, .number = 0, .text = {}});
    }
    harness_.input.focused = id;
    harness_.act({.node = id, .kind = Action::Focus, .number = 1, .text = {}});
}

void Handle::type(std::string_view value) {
    focus();
    harness_.act(
        {.node = node().id, .kind = Action::SetValue, .number = 0, .text = std::string(value)});
}

void Handle::check(bool on) {
    harness_.act({.node = node().id, .kind = Action::SetChecked, .number = on ? 1 : 0, .text = {}});
}

void Handle::press(a11y::Key key) {
    const Node& target = node();
    EXPECT_NE(target.keys & key, 0) << name_ << " does not listen to that key";
    harness_.act({.node = target.id, .kind = Action::KeyPress, .number = key, .text = {}});
}

Harness::Harness(View view, const ui::FrameInfo& frame_info)
    : info(frame_info), view_(std::move(view)), ui_(measurer_) {
    settle();
}

void Harness::act(Action action) {
    input.actions.push_back(std::move(action));
    frame();
    settle();
}

void Harness::frame() {
    const Tree before = ui_.tree();
    ui::Input now = input;
    input.actions.clear();
    ui_.begin(info, std::move(now));
    view_(ui_);
    ui_.end();
    if (ui_.tree().focus != a11y::kNoNode) input.focused = ui_.tree().focus;
    if (!ui_.navigated().empty()) navigated_ = ui_.navigated();
    for (a11y::Announcement& a : ui_.take_announcements())
        heard.push_back(std::move(a));
    inspect(before);
}

void Harness::settle() {
    for (int i = 0; i < 5; ++i) {
        const Tree before = ui_.tree();
        frame();
        if (i > 0 && a11y::same(before, ui_.tree())) return;
    }
}

std::vector<const Node*> Harness::all(Role role, std::string_view name) const {
    std::vector<const Node*> found;
    for (const Node& node : ui_.tree().nodes) {
        if (node.role == role && a11y::name_of(ui_.tree(), node) == name) found.push_back(&node);
    }
    return found;
}

bool Harness::says(std::string_view text) const {
    return spoken().find(text) != std::string::npos;
}

std::string Harness::focused_name() const {
    const Node* node = ui_.tree().find(input.focused);
    return node == nullptr ? std::string() : a11y::name_of(ui_.tree(), *node);
}

namespace {

bool needs_name(Role role) {
    switch (role) {
        case Role::Link:
        case Role::Button:
        case Role::TextField:
        case Role::ComboBox:
        case Role::Select:
        case Role::CheckBox:
        case Role::Radio:
        case Role::Image:
        case Role::Progress:
        case Role::Dialog:
        case Role::ListOption:
        case Role::Heading: return true;
        default: return false;
    }
}

std::string inspect_node(const Tree& tree, const Node& node) {
    std::string out;
    const std::string name = a11y::name_of(tree, node);
    if (needs_name(node.role) && name.empty()) {
        out += concat(a11y::role_name(node.role), " without a name\n");
    }
    const bool outside = node.rect.x < -0.5F || node.rect.x + node.rect.w > tree.width + 0.5F;
    if (outside && !node.is(a11y::kInline)) {
        out += concat(a11y::role_name(node.role),
                      " \"",
                      name,
                      "\" reaches from ",
                      static_cast<int>(node.rect.x),
                      " to ",
                      static_cast<int>(node.rect.x + node.rect.w),
                      " of ",
                      static_cast<int>(tree.width),
                      "\n");
    }
    return out;
}

}  // namespace

void Harness::inspect(const Tree& before) {
    const Tree& tree = ui_.tree();
    std::string found;
    std::unordered_map<a11y::NodeId, int> known;
    for (const Node& node : tree.nodes) {
        if (node.id != a11y::kRootId && known.count(node.parent) == 0)
            found += "a parent comes late\n";
        if (++known[node.id] > 1) found += "an id is there twice\n";
        if (node.id > a11y::kNodeIdMax) found += "an id would be negative in JavaScript\n";
        found += inspect_node(tree, node);
    }
    if (ui_.keys_repeated() > 0) found += "a key is used twice in one scope\n";
    const a11y::Diff diff = a11y::diff(before, tree);
    const Tree applied = a11y::applied(diff, before, tree);
    const auto elements = std::count_if(
        tree.nodes.begin(), tree.nodes.end(), [](const Node& n) { return !n.is(a11y::kInline); });
    if (static_cast<std::ptrdiff_t>(applied.nodes.size()) != elements)
        found += "the diff loses nodes\n";
    a11y::encode(tree, diff);
    if (complaints_.find(found) == std::string::npos) complaints_ += found;
}

}  // namespace ventanilla::support
