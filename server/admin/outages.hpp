#pragma once

#include "server/admin/tasks.hpp"

// Scripted outages as the demo folder's outages.json has them: an array of
//   {"key": "O1", "kind": "incident", "title": {es,en}, "impact": {es,en}, "workaround": {es,en},
//    "workaround_article"?: "KB0003", "contact": {"name","phone","mail"}, "state"?:
//    "investigating", "audience": {"everybody": true} or {"sites": ["madrid"]}, "services":
//    [{"service": "network", "impact": "partial"}], "body": {es,en}, "started_minutes_ago"?: 7,
//    "next_update_minutes"?: 30, "eta_minutes"?, "scheduled_minutes"?, "updates": [{"state",
//    "body", "services"?, "workaround"?, "next_update_minutes"?, "eta_minutes"?}], "resolve":
//    {"body"}}
// with services and sites by key and all times relative to the moment the step is taken.

namespace ventanilla::admin {

// Settings: the scripts as they were seeded, and how far each one has come.
inline constexpr const char* kScriptsKey = "outage_scripts";

// The id a key of the demo stands for, also in user.cpp and seed: the same key, the same id,
// always.
Id id_of_key(std::string_view kind, std::string_view key);

}  // namespace ventanilla::admin
