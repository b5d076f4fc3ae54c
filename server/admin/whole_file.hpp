#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

// Files of an export, written one at a time.

namespace ventanilla::admin {

// Puts `bytes` at `path`, with the folders on the way. A reader sees the old file or the new one,
// never half of one. Errors: Unavailable, naming the path.
Status write_whole_file(const std::string& path, std::string_view bytes);

}  // namespace ventanilla::admin
