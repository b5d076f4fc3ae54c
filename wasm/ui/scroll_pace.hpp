#pragma once

#include <cstdint>

namespace ventanilla::ui {

// When the page's elements follow what is painted. A long list shows other rows with every few
// frames of a fling, and making their elements costs several times what painting them does; nobody
// can use an element that is gone in the next frame. So while scrolling goes on, the elements wait
// until it rests. One leap (a key, a found word) is not waited for.
class ScrollPace {
  public:
    static constexpr std::int64_t kRestMs = 120;  // between two turns of a wheel it is less

    // The page was scrolled; `now_ms` never runs backwards. It goes on when the last scroll is not
    // long ago, or was in the frame before: on a slow machine that is longer.
    void scrolled(std::int64_t now_ms) {
        is_running_ = was_in_last_frame_ || (last_ms_ >= 0 && now_ms - last_ms_ < kRestMs);
        is_in_this_frame_ = true;
        last_ms_ = now_ms;
    }

    // A frame shows all that was scrolled so far.
    void painted() {
        was_in_last_frame_ = is_in_this_frame_;
        is_in_this_frame_ = false;
    }

    // Milliseconds until the elements may follow; 0: now.
    [[nodiscard]] std::int64_t wait_ms(std::int64_t now_ms) const {
        const std::int64_t left = last_ms_ + kRestMs - now_ms;
        return is_running_ && left > 0 ? left : 0;
    }

  private:
    std::int64_t last_ms_ = -1;
    bool is_running_ = false;
    bool is_in_this_frame_ = false;
    bool was_in_last_frame_ = false;
};

}  // namespace ventanilla::ui
