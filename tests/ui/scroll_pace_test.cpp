#include "wasm/ui/scroll_pace.hpp"

#include <gtest/gtest.h>

namespace ventanilla::ui {
namespace {

TEST(ScrollPace, DoesNotWaitForASingleLeap) {
    ScrollPace pace;
    EXPECT_EQ(pace.wait_ms(0), 0);
    pace.scrolled(1000);
    EXPECT_EQ(pace.wait_ms(1000), 0);
}

TEST(ScrollPace, WaitsWhileScrollingGoesOn) {
    ScrollPace pace;
    pace.scrolled(1000);
    for (std::int64_t now = 1016; now < 1200; now += 16) {
        pace.scrolled(now);
        EXPECT_EQ(pace.wait_ms(now), ScrollPace::kRestMs);
    }
}

TEST(ScrollPace, GoesOnWhenEveryFrameScrollsHoweverSlowTheyAre) {
    ScrollPace pace;
    pace.scrolled(1000);
    pace.painted();
    pace.scrolled(1400);
    EXPECT_EQ(pace.wait_ms(1400), ScrollPace::kRestMs);
    pace.painted();
    pace.painted();  // one that nobody scrolled
    pace.scrolled(2200);
    EXPECT_EQ(pace.wait_ms(2200), 0);
}

TEST(ScrollPace, IsOverWhenScrollingRests) {
    ScrollPace pace;
    pace.scrolled(1000);
    pace.scrolled(1016);
    EXPECT_EQ(pace.wait_ms(1016 + 100), ScrollPace::kRestMs - 100);
    EXPECT_EQ(pace.wait_ms(1016 + ScrollPace::kRestMs), 0);
    pace.scrolled(5000);
    EXPECT_EQ(pace.wait_ms(5000), 0);
}

}  // namespace
}  // namespace ventanilla::ui
