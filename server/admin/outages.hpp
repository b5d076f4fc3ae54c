#pragma once

#include "server/admin/tasks.hpp"

// Scripted outages as the demo's outages.json has them: {"key": "O1", "kind", "title", "impact",
// "workaround", "workaround_article", "contact", "audience": {"everybody", "sites": [keys]},
// "started_min", "scheduled_until_min"?, "spokesperson": login, "expected": [{"service": key,
// "impact"}]?, "updates": [{"at_min", "state", "body", "snapshot": [{"service": key, "impact"}],
// "author": login, "eta_high_min"?, "next_update_min"?, "step": "convert"?, "title"?}]}. After a
// maintenance was converted the updates are those of its incident. Minutes are relative to one
// moment; a script may be told as it lies, in the past, or step by step as if each update came now.

namespace ventanilla::admin {

// Setting: the scripts as they were seeded.
inline constexpr const char* kScriptsKey = "outage_scripts";

// Tells a whole script with its minutes relative to `now`, unless it was told before.
// Errors: Invalid with what the rules object to.
Status tell_outage(const TaskContext& context,
                   store::Transaction& transaction,
                   const Json& script,
                   Instant now);

}  // namespace ventanilla::admin
