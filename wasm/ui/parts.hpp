#pragma once

#include "wasm/ui/builder.hpp"

// What several verbs share. Internal.

namespace ventanilla::ui {

struct Ui::State : Builder {
    using Builder::Builder;
};

inline Box column_box(float gap, Align align = Align::Stretch) {
    Box b;
    b.gap = gap;
    b.align = align;
    return b;
}

inline Box row_box(float gap, Align align = Align::Center, Justify justify = Justify::Start) {
    Box b;
    b.flow = Flow::Row;
    b.gap = gap;
    b.align = align;
    b.justify = justify;
    return b;
}

// The width of a hairline: 1 px, 2 px in the contrast theme.
inline float hairline(const Look& look) {
    return look.contrast ? 2.0F : 1.0F;
}

Box card_box(const Look& look);

Type heading_type(const Look& look, int level, bool phone);

// A text of a style, maybe in the colour of a tone.
Type toned(const Look& look, Style style, Tone tone);

// Adds the text of `spans` as one block with runs and inline links below the node of the text.
// Gives the index of the activated link, or -1.
int add_rich(Builder& ui,
             std::span<const Span> spans,
             const Type& type,
             a11y::Role role,
             NodeId* text_id = nullptr);

void add_badge(Builder& ui, const BadgeSpec& spec);

// The number in a pill beside a navigation link.
void add_count(Builder& ui, int count, std::string_view label);

// Whether `id`, a link to `href`, was activated; remembers where to.
bool followed(Builder& ui, NodeId id, std::string_view href);

}  // namespace ventanilla::ui
