#pragma once

#include <cstdint>
#include <memory>

#include "wasm/ui/fonts.hpp"
#include "wasm/ui/ui.hpp"

// The canvas: the only place where Dear ImGui meets the graphics driver. Knows a scene and where
// the page is scrolled to; knows nothing of events, because the DOM brings them.
//
// In the browser the caller has made a WebGL2 context current before start(). Natively there is no
// driver: draw() then does all the work but the upload, which is what tests and benchmarks want.

namespace ventanilla::ui {

class Surface {
  public:
    explicit Surface(GlyphSource& glyphs);
    ~Surface();
    Surface(const Surface&) = delete;
    Surface& operator=(const Surface&) = delete;

    // Makes the driver objects. False when the context cannot do it: go to DOM mode.
    bool start();

    // The context is gone with all its objects: nothing may be drawn until start() again.
    void lose();

    // Viewport in CSS px and device pixels per CSS px. Glyphs are drawn anew at another scale.
    void resize(float width, float height, float scale);

    // Draws `scene` with the page scrolled to `scroll_y`. Costs a clear and the visible boxes only.
    // `animating` is set by the call when another frame is wanted.
    void draw(const Scene& scene, float scroll_y, const Input& input);

    // The page's fonts changed (a web font arrived, another system font): draw every glyph anew.
    void fonts_changed();

    [[nodiscard]] Measurer& measurer();

    // Of the last draw(), for tests and the frame budget.
    struct Stats {
        int boxes = 0;
        int vertices = 0;
        int indices = 0;
        int draw_calls = 0;
        int glyphs_rasterised = 0;
    };
    [[nodiscard]] const Stats& stats() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ventanilla::ui
