#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

// What a screen reader is told although the focus did not move: "Guardada en este dispositivo", a
// new outage, a result count. Two permanent live regions exist in the page; this decides what goes
// into them and when: one message a second so that none cuts another off, critical ones first,
// nothing twice in a row within the same second, and nothing for the first page load.

namespace ventanilla::a11y {

enum class Urgency : std::uint8_t { Polite, Assertive };

struct Announcement {
    Urgency urgency = Urgency::Polite;
    std::string text = {};
};

class Announcer {
  public:
    // Queues `text`. Empty texts and the text that already waits at that urgency are dropped.
    void say(std::string_view text, Urgency urgency = Urgency::Polite);

    // The message to put into its live region now, if one is due. The platform clears the region,
    // then appends the text, so that equal texts are read again. `now_ms` is any monotonic clock.
    std::optional<Announcement> due(std::int64_t now_ms);

    // Milliseconds until due() has something, -1 when nothing waits.
    [[nodiscard]] std::int64_t wait_ms(std::int64_t now_ms) const;

  private:
    std::deque<Announcement> waiting_;
    std::int64_t next_ms_ = 0;
};

}  // namespace ventanilla::a11y
