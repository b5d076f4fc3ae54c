#pragma once

#include <optional>
#include <string_view>

#include "wasm/a11y/action.hpp"
#include "wasm/app/ports.hpp"
#include "wasm/platform/wire.hpp"

// What the browser reported, as the application's own events. Records of the surface (pointer,
// scroll, size, context) are none of them: portal.cpp looks after those.

namespace ventanilla::platform {

std::optional<app::Event> event_of(const Record& record, std::string_view payload);

a11y::Action action_of(const Record& record, std::string_view payload);

}  // namespace ventanilla::platform
