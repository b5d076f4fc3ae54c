#pragma once

#include <cstdint>
#include <string>

#include "wasm/ui/theme_gen.hpp"
#include "wasm/ui/types.hpp"

// Colours and sizes of a frame: the tokens of assets/theme for its theme, kiosk and font size
// setting. The only place where views' meanings become numbers.

namespace ventanilla::ui {

using Colour = std::uint32_t;  // 0xRRGGBBAA; 0 is nothing

struct Look {
    Palette c{};
    Sizes s{};       // scaled by the person's font size
    float unit = 1;  // CSS px per px of the tokens
    bool kiosk = false;
    bool contrast = false;
};

Look look_of(const FrameInfo& info);

float pixels(const Look& look, Gap gap);

// The three colours of a tone, and its border.
struct ToneColours {
    Colour ink, soft, line;
};
ToneColours tone_colours(const Look& look, Tone tone);

// How a text style is set.
struct Type {
    float size_px, line_px;
    a11y::Weight weight;
    bool mono;
    Colour ink;
};
Type type_of(const Look& look, Style style);

// WCAG 2 contrast of two opaque colours, 1..21.
double contrast_ratio(Colour a, Colour b);

// Every pair of text and background colour that the verbs use, for the contrast test.
struct Pair {
    const char* what;
    Colour ink, ground;
};
std::vector<Pair> text_pairs(const Palette& palette);

// The theme as CSS custom properties "--text:#16202e;--surface:…", for what the browser itself
// shows: the text of a focused field, its caret, the selection, DOM mode.
std::string css_variables(ThemeName theme);

}  // namespace ventanilla::ui
