#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "shared/base/random.hpp"
#include "wasm/app/ports.hpp"
#include "wasm/ui/ui.hpp"

// The portal without a browser: events in, frames and effects out. The platform calls, in this
// order and from one place: handle() for everything that happened, frame() when wants_frame(),
// take_effects(), and then sleeps until next_wake_ms() or the next event.

namespace ventanilla::app {

// Everything of the outside that must answer at once. All outlive the App.
struct World {
    Random& random;
    views::Locale& locale;
    ui::Measurer& measurer;
};

struct Viewport {
    float width = 1280;  // CSS px
    float height = 800;
};

class App {
  public:
    explicit App(World world);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    void handle(const Event& event, Now now);

    // Whether what is shown may have changed since the last frame. Actions, hover and focus of the
    // mirror also want one: the platform knows of those.
    [[nodiscard]] bool wants_frame() const;

    // Builds the screen: the person's actions are taken from `input`, what follows from them is
    // reduced, and the result stands in the Ui (tree() for the mirror, scene() for the canvas)
    // until the next frame. When actions changed something, the frame is built again before this
    // returns: it never shows the past.
    const ui::Ui& frame(Viewport viewport, ui::Input input, Now now);

    // The page was scrolled; true when the rows of a virtual list changed and frame() must be
    // called.
    bool scrolled(float y);

    // In the order they must be done. Empties the list.
    [[nodiscard]] std::vector<Effect> take_effects();

    // Milliseconds from `now` until handle(Tick) is wanted; 0: at once (but yield first), -1: not
    // by time.
    [[nodiscard]] std::int64_t next_wake_ms(Now now) const;

    [[nodiscard]] std::string_view theme_name()
        const;  // "light", "dark", "contrast": for <meta theme-color>
    [[nodiscard]] std::string_view lang() const;  // "es", "en"

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ventanilla::app
