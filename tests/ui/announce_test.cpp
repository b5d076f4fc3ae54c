#include "wasm/a11y/announce.hpp"

#include <gtest/gtest.h>

namespace ventanilla::a11y {
namespace {

TEST(Announcer, SpeaksOnceASecond) {
    Announcer a;
    a.say("uno");
    a.say("dos");
    EXPECT_EQ(a.due(0)->text, "uno");
    EXPECT_FALSE(a.due(500).has_value());
    EXPECT_EQ(a.wait_ms(500), 500);
    EXPECT_EQ(a.due(1000)->text, "dos");
    EXPECT_EQ(a.wait_ms(1000), -1);
}

TEST(Announcer, CriticalNewsGoesFirst) {
    Announcer a;
    a.say("Guardada");
    a.say("La VPN no conecta en Madrid", Urgency::Assertive);
    EXPECT_EQ(a.due(0)->urgency, Urgency::Assertive);
    EXPECT_EQ(a.due(1000)->text, "Guardada");
}

TEST(Announcer, SaysNothingTwiceWhileItWaits) {
    Announcer a;
    a.say("3 respuestas");
    a.say("3 respuestas");
    a.say("");
    EXPECT_TRUE(a.due(0).has_value());
    EXPECT_FALSE(a.due(5000).has_value());
}

}  // namespace
}  // namespace ventanilla::a11y
