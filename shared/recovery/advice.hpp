#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/json.hpp"
#include "shared/base/time.hpp"

// What a server says to those who come back, and what they ask it. Source: outage.md 3.3.

namespace ventanilla::recovery {

inline constexpr std::string_view kBannerPath = "/s/banner";        // GET, no session
inline constexpr std::string_view kSlotPath = "/api/v1/sync/slot";  // POST, no session
inline constexpr std::string_view kTicketHeader = "Outbox-Ticket";
inline constexpr std::string_view kLaneHeader = "Outbox-Lane";    // "interactive"
inline constexpr std::string_view kItemsHeader = "Outbox-Items";  // commands in a push
inline constexpr std::string_view kInteractive = "interactive";

enum class Mode : std::uint8_t {
    Normal,      // come when you like
    Recovering,  // ask for a slot first
    Paused,      // look at the banner now and then
};

std::string_view name(Mode mode);

struct Advice {
    Mode mode = Mode::Normal;
    Millis spread{30'000};  // before the first contact; this much when nobody has said otherwise
    Millis min_backoff{1'000};  // after a refusal
    Millis poll{60'000};        // between two looks at the banner
};

// {"mode","spread_ms","min_backoff_ms","writes"}: the `recovery` of a banner.
Json to_json(const Advice& advice);
// From a whole banner, whose `poll_ms` is read too. Errors: Invalid when it is none of ours.
Result<Advice> decode_banner(std::string_view body);

struct SlotRequest {
    int items = 0;  // commands waiting
    std::int64_t bytes = 0;
    std::int64_t oldest_age_ms = 0;
};

std::string encode(const SlotRequest& request);
Result<SlotRequest> decode_slot_request(std::string_view body);  // Errors: Invalid.

// A turn: come after `slot`, with the ticket.
struct Grant {
    Millis slot{0};
    std::string ticket;  // empty: none is needed
    Millis life{0};      // of the ticket, from the slot on
    int batch_max = 0;   // commands in one push; 0: no other bound than the protocol's
    Mode mode = Mode::Recovering;
};

std::string encode(const Grant& grant);
Result<Grant> decode_grant(std::string_view body);  // Errors: Invalid.

// A 429 or 503. The body's milliseconds hold; `header` is for answers without our body.
struct Refusal {
    Millis retry_after{0};
    std::optional<Grant> grant;  // a later turn for somebody who came with a ticket
};

Refusal refusal_of(std::string_view body, Millis header);

}  // namespace ventanilla::recovery
