#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/recovery/lanes.hpp"

// A slot in the server's time, given to one device. The server keeps nothing about it: the ticket
// carries its own proof, so it is still good after a crash as long as the key is. Source:
// outage.md 3.3.

namespace ventanilla::recovery {

inline constexpr Millis kTicketEarly{500};    // clocks and networks
inline constexpr Millis kTicketLife{30'000};  // after its slot

struct Ticket {
    Lane lane = Lane::Replay;
    Instant slot;                  // by the clock of the server that gave it
    std::uint32_t cost_milli = 0;  // thousandths of a unit
    Instant expires_at;
    std::uint64_t principal = 0;  // hash of the device it was given to

    friend bool operator==(const Ticket&, const Ticket&) = default;
};

// base64url of a version, the fields above and their HMAC-SHA256 under `key`. About 0.1 KB.
std::string seal(const Ticket& ticket, std::string_view key);

// Errors: Invalid for anything that `seal` with this key did not make. Takes the same time for
// every wrong proof.
Result<Ticket> open_ticket(std::string_view text, std::string_view key);

enum class TicketState : std::uint8_t { Early, Valid, Late };
TicketState state_of(const Ticket& ticket, Instant now);

}  // namespace ventanilla::recovery
