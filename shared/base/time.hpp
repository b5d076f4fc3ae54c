#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

// Time as the domain sees it: UTC instants in milliseconds and nothing else. No clock is read here;
// whoever calls brings the instant. Time zones belong to the edges (the browser's Intl, the server's tz).

namespace ventanilla {

using Millis = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Millis>;

constexpr std::int64_t to_ms(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant from_ms(std::int64_t ms) { return Instant{Millis{ms}}; }

// "2026-03-11T14:20:05.123Z", always with milliseconds. Source: RFC 3339.
std::string iso8601(Instant at);

// Reads what iso8601 writes, and the same without a fraction. Errors: Invalid.
Result<Instant> parse_iso8601(std::string_view text);

}  // namespace ventanilla
