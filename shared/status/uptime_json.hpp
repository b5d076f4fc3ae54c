#pragma once

#include <string>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/base/time_zone.hpp"
#include "shared/status/uptime.hpp"

// The question about uptime as people and programs write it, and its answer. docs/status.md has
// both with an example.
//
//   {"window": ["2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z"],
//    "events": [{"kind": "incident" | "maintenance", "impact": "major" | "partial" | "degraded" |
//                "operational", "from": "…Z", "to": "…Z" | null, "expected"?: an impact,
//                "scheduled_until"?: "…Z", "segments"?: [names]}],
//    "weights"?: {"major"?: 1, "partial"?: 0.3, "degraded"?: 0},
//    "service_hours"?: a calendar (shared/rules/working_calendar.hpp) | null,
//    "unknown"?: [["…Z", "…Z"]], "users"?: n,
//    "segments"?: [{"name"?, "users": n, "events"?: […]}]}
//
// A segment without events of its own is concerned by those of the whole that name it or name
// nobody; instead of a list it may carry one event's members itself. What a maintenance leaves out
// of "impact" and "expected" is what the other says; without "scheduled_until" it was announced
// until it ended.

namespace ventanilla::status {

struct UptimeQuestion {
    UptimeQuery query;
    std::vector<std::string> ignored;  // members nobody understood: a typing mistake is seen
};

// Errors: Invalid with a sentence that names the member; TooLarge over 100,000 events.
Result<UptimeQuestion> uptime_question_from(const Json& value, const TimeZones& zones);

// {"display" | "sla" | "strict" | "users": {"percent": 99.791 | null, "lost_seconds",
// "base_seconds"}, "seconds": {"window", "known", "planned", "unplanned", "agreed", "degraded",
// "partial", "major"}, "ignored"?: [members]}. The seconds of "users" are those of one person
// times people.
Json uptime_answer(const UptimeQuestion& question, const Uptime& uptime);

}  // namespace ventanilla::status
