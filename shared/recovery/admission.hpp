#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/recovery/advice.hpp"
#include "shared/recovery/capacity.hpp"
#include "shared/recovery/census.hpp"
#include "shared/recovery/lanes.hpp"
#include "shared/recovery/ticket.hpp"

// The server's door. It decides who may queue for work, gives those who come back after an outage a
// turn each, at 85 % of what the server can do, and says how far to spread. One object a server;
// not thread safe; every instant it is given must not be earlier than the one before. It keeps no
// list of anybody: a turn is one scalar, the end of the last turn given, and its proof travels with
// the client (ticket.hpp). Tested in tests/unit/recovery_admission_test.cpp and by the gates of
// tests/recovery.

namespace ventanilla::recovery {

// What a server knows of itself when it begins; kept across restarts (known()).
struct Known {
    double units_per_s = 2'000;  // rather too much than too little
    double clients = 0;
};

struct Asked {
    Lane lane = Lane::Replay;
    double units = 1;
    std::string_view ticket;      // as it came; may be anything
    std::uint64_t principal = 0;  // hash of who asks
};

struct Verdict {
    bool is_admitted = false;    // then done() must follow when the work is over
    Millis retry_after{0};       // refused: not before
    std::optional<Grant> grant;  // refused with a ticket: the new turn
};

// For the operator, and for tests.
struct Counts {
    std::uint64_t admitted = 0;
    std::uint64_t refused = 0;
    std::uint64_t slots = 0;
    std::uint64_t tickets_good = 0;
    std::uint64_t tickets_late = 0;
    std::uint64_t tickets_bad = 0;  // forged, damaged, somebody else's, or for less work
};

class Admission {
  public:
    Admission(Known known, std::string key, Instant now);

    // Whether this work may queue. While recovering, a replay needs its ticket, unless nobody waits
    // for a turn. Cost: without a ticket a few comparisons; with one its HMAC.
    Verdict ask(const Asked& asked, Instant now);
    // Admitted work was done, or given up.
    void done(double units, Instant now);

    // A turn for a pull and `items` commands. Normal mode needs none. `ask` with its ticket then
    // admits.
    Grant slot(std::uint64_t principal, int items, Instant now);

    // Counts a client of the last day.
    void saw(std::uint64_t principal, Instant now) { census_.saw(principal, now); }

    [[nodiscard]] Advice advice(Instant now);
    void set_paused(bool is_paused) { is_paused_ = is_paused; }

    [[nodiscard]] Known known(Instant now) const;
    [[nodiscard]] const Counts& counts() const { return counts_; }
    [[nodiscard]] double queued_units() const { return queued_; }
    // How long the turns already given reach into the future.
    [[nodiscard]] Millis backlog(Instant now) const;

  private:
    using Micros = std::chrono::microseconds;
    using Point = std::chrono::sys_time<Micros>;

    enum class TicketUse : std::uint8_t { None, Valid, Early, Late };
    TicketUse look_at(const Asked& asked, Instant now, Ticket& ticket);
    [[nodiscard]] bool has_room(Lane lane, double units) const;
    Verdict admit(double units);
    Verdict refuse(const Asked& asked, TicketUse use, const Ticket& ticket, Instant now);
    Grant grant_at(Instant slot, double units, const Asked& asked, Instant now) const;
    Instant take_turn(double units, Instant now);
    void observe(Instant now);
    void update_mode(Instant now);
    [[nodiscard]] Millis min_backoff() const;

    std::string key_;
    Capacity capacity_;
    Census census_;
    Counts counts_;

    Point next_free_;  // the end of the last turn given
    bool is_paused_ = false;
    bool is_recovering_ = true;
    Instant busy_at_;  // when the backlog was last over a second

    double queued_ = 0;
    double clients_ = 0;  // of the census, looked at once a second

    Instant second_began_;
    double second_done_ = 0;
    double second_least_queued_ = 0;
};

}  // namespace ventanilla::recovery
