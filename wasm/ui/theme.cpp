#include "wasm/ui/theme.hpp"

#include <algorithm>
#include <cmath>

#include "shared/base/text.hpp"

namespace ventanilla::ui {

namespace {

// Sizes is a struct of floats only (generate.py), scaled as a whole but for what is a bound of the
// screen.
void scale_sizes(Sizes& sizes, float unit) {
    static_assert(sizeof(Sizes) % sizeof(float) == 0);
    auto* all = reinterpret_cast<float*>(&sizes);
    std::for_each(all, all + sizeof(Sizes) / sizeof(float), [&](float& value) { value *= unit; });
}

std::uint8_t part(Colour colour, int shift) {
    return static_cast<std::uint8_t>(colour >> static_cast<unsigned>(shift));
}

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
    return 0.2126 * linear(part(c, 24)) + 0.7152 * linear(part(c, 16)) +
           0.0722 * linear(part(c, 8));
}

}  // namespace

Look look_of(const FrameInfo& info) {
    Look look;
    look.c = kPalettes[static_cast<std::size_t>(info.theme)];
    look.s = info.prefs.kiosk ? kKioskSizes : kPageSizes;
    look.unit = std::clamp(info.prefs.root_font_px / 16.0F, 0.75F, 3.0F);
    scale_sizes(look.s, look.unit);
    look.kiosk = info.prefs.kiosk;
    look.contrast = info.theme == ThemeName::Contrast;
    return look;
}

float pixels(const Look& look, Gap gap) {
    static constexpr float kPixels[] = {0, 4, 8, 12, 16, 24, 32};
    return kPixels[static_cast<std::size_t>(gap)] * look.unit * (look.kiosk ? 1.25F : 1.0F);
}

ToneColours tone_colours(const Look& look, Tone tone) {
    const Palette& c = look.c;
    switch (tone) {
        case Tone::Neutral: return {c.neutral, c.neutral_soft, c.neutral_line};
        case Tone::Accent: return {c.accent, c.accent_soft, c.info_line};
        case Tone::Ok: return {c.ok, c.ok_soft, c.ok_line};
        case Tone::Info: return {c.info, c.info_soft, c.info_line};
        case Tone::Warning: return {c.warn, c.warn_soft, c.warn_line};
        case Tone::Critical: return {c.crit, c.crit_soft, c.crit_line};
        case Tone::Maintenance: return {c.maint, c.maint_soft, c.maint_line};
    }
    return {c.neutral, c.neutral_soft, c.neutral_line};
}

Type type_of(const Look& look, Style style) {
    using a11y::Weight;
    const Sizes& s = look.s;
    const Palette& c = look.c;
    const auto type = [](float size, Weight weight, Colour ink, bool mono = false) {
        return Type{size, size * 1.5F, weight, mono, ink};
    };
    switch (style) {
        case Style::Body: return type(s.body, Weight::Regular, c.text);
        case Style::Strong: return type(s.body, Weight::Bold, c.text);
        case Style::Secondary: return type(s.secondary, Weight::Regular, c.text_2);
        case Style::Caption: return type(s.caption, Weight::Semibold, c.text_2);
        case Style::Lead: return type(s.lead, Weight::Regular, c.text);
        case Style::Mono: return type(s.secondary, Weight::Regular, c.text, true);
        case Style::Number: return type(s.h1, Weight::Bold, c.text);
    }
    return type(s.body, Weight::Regular, c.text);
}

double contrast_ratio(Colour a, Colour b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::vector<Pair> text_pairs(const Palette& c) {
    return {
        {"text on bg", c.text, c.bg},
        {"text on surface", c.text, c.surface},
        {"text on surface_2", c.text, c.surface_2},
        {"text on hover", c.text, c.hover},
        {"text on press", c.text, c.press},
        {"text on accent_soft", c.text, c.accent_soft},
        {"text on info_soft", c.text, c.info_soft},
        {"text on warn_soft", c.text, c.warn_soft},
        {"text on crit_soft", c.text, c.crit_soft},
        {"text on maint_soft", c.text, c.maint_soft},
        {"text on ok_soft", c.text, c.ok_soft},
        {"text_2 on bg", c.text_2, c.bg},
        {"text_2 on surface", c.text_2, c.surface},
        {"text_2 on hover", c.text_2, c.hover},
        {"text_2 on accent_soft", c.text_2, c.accent_soft},
        {"text_2 on crit_soft", c.text_2, c.crit_soft},
        {"text_2 on warn_soft", c.text_2, c.warn_soft},
        {"text_2 on maint_soft", c.text_2, c.maint_soft},
        {"text_2 on info_soft", c.text_2, c.info_soft},
        {"text_2 on ok_soft", c.text_2, c.ok_soft},
        {"neutral on neutral_soft", c.neutral, c.neutral_soft},
        {"ok on ok_soft", c.ok, c.ok_soft},
        {"ok on surface", c.ok, c.surface},
        {"ok on bg", c.ok, c.bg},
        {"info on info_soft", c.info, c.info_soft},
        {"info on surface", c.info, c.surface},
        {"warn on warn_soft", c.warn, c.warn_soft},
        {"warn on surface", c.warn, c.surface},
        {"warn on bg", c.warn, c.bg},
        {"crit on crit_soft", c.crit, c.crit_soft},
        {"crit on surface", c.crit, c.surface},
        {"crit on bg", c.crit, c.bg},
        {"maint on maint_soft", c.maint, c.maint_soft},
        {"maint on surface", c.maint, c.surface},
        {"accent on bg", c.accent, c.bg},
        {"accent on surface", c.accent, c.surface},
        {"accent on accent_soft", c.accent, c.accent_soft},
        {"accent on crit_soft", c.accent, c.crit_soft},
        {"accent on warn_soft", c.accent, c.warn_soft},
        {"accent on maint_soft", c.accent, c.maint_soft},
        {"accent on hover", c.accent, c.hover},
        {"accent_text on accent", c.accent_text, c.accent},
        {"accent_text on accent_hover", c.accent_text, c.accent_hover},
        {"accent_text on accent_press", c.accent_text, c.accent_press},
    };
}

std::string css_variables(ThemeName theme) {
    const Palette& c = kPalettes[static_cast<std::size_t>(theme)];
    struct Named {
        const char* name;
        Colour colour;
    };
    const Named all[] = {{"bg", c.bg},
                         {"surface", c.surface},
                         {"surface-2", c.surface_2},
                         {"line", c.line},
                         {"line-strong", c.line_strong},
                         {"text", c.text},
                         {"text-2", c.text_2},
                         {"accent", c.accent},
                         {"accent-text", c.accent_text},
                         {"accent-soft", c.accent_soft},
                         {"ok", c.ok},
                         {"ok-soft", c.ok_soft},
                         {"info", c.info},
                         {"info-soft", c.info_soft},
                         {"warn", c.warn},
                         {"warn-soft", c.warn_soft},
                         {"crit", c.crit},
                         {"crit-soft", c.crit_soft},
                         {"maint", c.maint},
                         {"maint-soft", c.maint_soft},
                         {"focus", c.focus}};
    std::string out;
    for (const Named& named : all) {
        const char bytes[] = {static_cast<char>(part(named.colour, 24)),
                              static_cast<char>(part(named.colour, 16)),
                              static_cast<char>(part(named.colour, 8))};
        out += concat("--", named.name, ":#", to_hex(std::string_view(bytes, 3)), ";");
    }
    return out;
}

}  // namespace ventanilla::ui
