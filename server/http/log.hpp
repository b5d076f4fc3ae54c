#pragma once

#include <string_view>

// One line to standard error: UTC time, level, what happened. English, never anything somebody
// typed.

namespace ventanilla::http {

enum class Level { Info, Warning, Problem };

void log(Level level, std::string_view text);

}  // namespace ventanilla::http
