#include "wasm/ui/theme.hpp"

#include <gtest/gtest.h>

namespace ventanilla::ui {
namespace {

// WCAG 2.2, 1.4.3 and 1.4.6.
TEST(Theme, EveryTextCanBeReadOnItsGround) {
    struct Case {
        ThemeName theme;
        const char* name;
        double least;
    };
    for (const Case& c : {Case{ThemeName::Light, "light", 4.5},
                          Case{ThemeName::Dark, "dark", 4.5},
                          Case{ThemeName::Contrast, "contrast", 7.0}}) {
        for (const Pair& pair : text_pairs(kPalettes[static_cast<std::size_t>(c.theme)])) {
            EXPECT_GE(contrast_ratio(pair.ink, pair.ground), c.least)
                << pair.what << " in " << c.name;
        }
    }
}

// WCAG 2.2, 1.4.11: what one needs to see to know that there is a field or where the focus is.
TEST(Theme, FieldsAndFocusStandOut) {
    for (const Palette& p : kPalettes) {
        EXPECT_GE(contrast_ratio(p.line_strong, p.surface), 3.0);
        EXPECT_GE(contrast_ratio(p.focus, p.bg), 3.0);
        EXPECT_GE(contrast_ratio(p.focus, p.surface), 3.0);
        EXPECT_GE(contrast_ratio(p.accent, p.surface), 3.0);
        EXPECT_GE(contrast_ratio(p.crit, p.surface), 3.0);
    }
}

TEST(Theme, KnownContrastsComeOut) {
    EXPECT_NEAR(contrast_ratio(0x000000FF, 0xFFFFFFFF), 21.0, 0.01);
    EXPECT_NEAR(contrast_ratio(0x777777FF, 0xFFFFFFFF), 4.48, 0.01);
}

TEST(Theme, TheFontSizeOfThePersonScalesEverything) {
    FrameInfo info;
    info.prefs.root_font_px = 32;
    const Look look = look_of(info);
    EXPECT_FLOAT_EQ(look.s.body, 32);
    EXPECT_FLOAT_EQ(look.s.touch, 88);
    EXPECT_FLOAT_EQ(pixels(look, Gap::Large), 32);
}

TEST(Theme, CssGetsTheSameColours) {
    EXPECT_NE(css_variables(ThemeName::Light).find("--text:#16202e;"), std::string::npos);
}

TEST(Icons, AreFoundByTheNamesOfTheCatalogue) {
    EXPECT_EQ(icon_named("key-round"), Icon::KeyRound);
    EXPECT_STREQ(icon_name(Icon::WifiOff), "wifi-off");
    EXPECT_EQ(icon_named("no-such-icon"), Icon::None);
}

}  // namespace
}  // namespace ventanilla::ui
