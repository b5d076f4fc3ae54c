#pragma once

#include "wasm/ui/measure.hpp"
#include "wasm/ui/scene.hpp"

// Places the boxes of a scene: rows, columns, grids and wrapped text, like the small part of CSS
// flexbox that the verbs need. Widths go down, heights come up; one pass, no iteration.

namespace ventanilla::ui {

// Lays the whole scene out for its viewport and leaves absolute places in the boxes.
// Gives the height of the document.
float lay_out(Scene& scene, Measurer& measurer);

// Breaks a text into lines of at most `width` and gives its height. Words too long for a line are
// broken within; a line always takes at least one code point.
float break_lines(Scene& scene, TextBlock& block, float width, Measurer& measurer);

// The width of the text without breaks, and that of its longest word.
struct TextWidths {
    float narrow, wide;
};
TextWidths widths_of(const Scene& scene, const TextBlock& block, Measurer& measurer);

}  // namespace ventanilla::ui
