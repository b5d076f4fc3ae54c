#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/a11y/diff.hpp"
#include "wasm/a11y/tree.hpp"
#include "wasm/ui/ui.hpp"

// A person without a browser: looks for things by role and name, acts on them, and listens. Frames
// run with a measurer in which every letter is half as wide as high. Every frame is also checked
// for what must hold for all of them: unique ids, parents before children, names on everything that
// can be pressed, nothing wider than the page, and a diff that leads from the last frame to this
// one.
//
//     Harness h([&](Ui& ui) { home_view(ui, model, intents); });
//     h.field("Buscar").type("vpn");
//     h.by_role(Role::Button, "Enviar").click();
//     EXPECT_EQ(h.spoken(), "…");

namespace ventanilla::support {

using a11y::Role;

ui::FrameInfo desk();    // 1280 x 800, light, Spanish
ui::FrameInfo phone();   // 390 x 844
ui::FrameInfo narrow();  // 320 x 640: 1280 px at 400 % zoom
ui::FrameInfo kiosk();   // 1080 x 1920
ui::Words words();       // the layer's own sentences, in Spanish

class Harness;

// One node of the current frame; looked up again for every use, so it may be kept over frames.
class Handle {
  public:
    Handle(Harness& harness, Role role, std::string name)
        : harness_(harness), role_(role), name_(std::move(name)) {}

    [[nodiscard]] bool exists() const;
    [[nodiscard]] const a11y::Node& node()
        const;  // fails the test when it is not there exactly once
    [[nodiscard]] std::string value() const;
    [[nodiscard]] bool is(a11y::Flag flag) const { return node().is(flag); }
    void click();
    void focus();
    void type(std::string_view value);  // the whole new value; the field gets the focus
    void check(bool on = true);
    void press(a11y::Key key);

  private:
    Harness& harness_;
    Role role_;
    std::string name_;
};

class Harness {
  public:
    using View = std::function<void(ui::Ui&)>;

    explicit Harness(View view, const ui::FrameInfo& info = desk());

    // Runs frames until nothing new is to be heard, at most five.
    void settle();
    void frame();
    void act(a11y::Action action);

    Handle by_role(Role role, std::string_view name) { return {*this, role, std::string(name)}; }
    Handle button(std::string_view name) { return by_role(Role::Button, name); }
    Handle link(std::string_view name) { return by_role(Role::Link, name); }
    Handle field(std::string_view name) { return by_role(Role::TextField, name); }

    [[nodiscard]] std::string spoken() const { return a11y::spoken(ui_.tree()); }
    [[nodiscard]] const a11y::Tree& tree() const { return ui_.tree(); }
    [[nodiscard]] std::vector<const a11y::Node*> all(Role role, std::string_view name) const;
    [[nodiscard]] bool says(std::string_view text) const;  // somewhere in spoken()

    [[nodiscard]] std::string focused_name() const;
    [[nodiscard]] std::string navigated() const { return navigated_; }
    // Problems that the checks of every frame found, one a line; empty is good.
    [[nodiscard]] const std::string& complaints() const { return complaints_; }

    ui::Ui& ui() { return ui_; }
    ui::FrameInfo info;
    ui::Input input;  // hover, pressed, focus; actions are added by act()
    std::vector<a11y::Announcement> heard;

  private:
    void inspect(const a11y::Tree& before);

    View view_;
    ui::FixedMeasurer measurer_;
    ui::Ui ui_;
    std::string navigated_;
    std::string complaints_;
};

}  // namespace ventanilla::support
