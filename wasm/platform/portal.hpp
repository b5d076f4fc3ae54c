#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "wasm/a11y/tree.hpp"
#include "wasm/app/app.hpp"
#include "wasm/platform/glyphs.hpp"
#include "wasm/platform/locale.hpp"
#include "wasm/platform/random.hpp"
#include "wasm/platform/wire.hpp"
#include "wasm/ui/scroll_pace.hpp"
#include "wasm/ui/surface.hpp"

// The portal in a browser: moves what happened into the application and what it wants done out of
// it, keeps the mirror in step with the semantic tree, and draws. Decides nothing.
//
// JavaScript calls turn() when something happened and paint() in an animation frame, one at a time.

namespace ventanilla::platform {

class Portal {
  public:
    static constexpr std::uint32_t kRecordsMax = 256;  // 8 KiB; more wait on the other side

    Portal();

    Record* records() { return records_.data(); }
    void use_font(std::vector<std::uint8_t> file) { glyphs_.use_font(std::move(file)); }

    // Handles the first `count` records. True when a frame is wanted.
    bool turn(std::uint32_t count);

    // Shows what there is to show. Milliseconds until another frame is wanted; 0: the next one; -1:
    // none.
    double paint();

  private:
    void take(const Record& record);
    void take_surface(const Record& record, std::string_view payload);
    void take_scroll(const Record& record);
    void take_action(const Record& record, std::string_view payload);
    void build();
    void show_meaning();
    double next_paint_in();
    void start_surface();
    void draw();
    void settle();

    BrowserRandom random_;
    BrowserLocale locale_;
    BrowserGlyphs glyphs_;
    ui::Surface surface_;
    app::App app_;

    std::array<Record, kRecordsMax> records_{};
    app::Viewport viewport_{};
    ui::Input input_;
    a11y::Tree shown_;            // what the mirror holds
    const ui::Ui* ui_ = nullptr;  // the last frame
    std::string theme_;           // as last told to the page
    float scroll_y_ = 0;
    ui::ScrollPace pace_;
    bool is_meaning_shown_ = true;  // the page's elements are those of the last frame
    bool is_surface_started_ = false;
    bool wants_build_ = false;  // the person did something the last frame has not seen
    bool wants_paint_ = false;  // the same picture, elsewhere or anew
};

}  // namespace ventanilla::platform
