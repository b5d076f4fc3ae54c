#pragma once

#include <span>
#include <string_view>

#include "server/status/model.hpp"
#include "shared/base/json.hpp"

// The public status in the shape of Statuspage's /api/v2, so that clients written for it read ours
// unmodified. Source: outage.md 5.2.
//
// `indicator` is none, minor, major or critical and nothing else. When nothing is known it is minor
// with a description that says so: a client that paints "none" green must not paint ignorance
// green.

namespace ventanilla::public_status {

// "/api/v2/summary.json" and so on, in a stable order.
std::span<const std::string_view> statuspage_paths();

// What stands at one of them: an assertion fails for any other path. Incidents and maintenances are
// at most 50, newest first.
Json statuspage_answer(const Model& model, std::string_view path);

}  // namespace ventanilla::public_status
