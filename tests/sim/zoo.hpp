#pragma once

#include <cstdint>
#include <string_view>

#include "shared/base/bug_zoo.hpp"

// The bug zoo: each planted bug must be caught by some seed, or the checker is the one that is broken.

namespace ventanilla::sim {

Bug bug_of(std::string_view name);  // None when there is no such bug
std::string_view name_of(Bug bug);

// Tries seeds from `first` on with each bug until one notices, at most `seeds_max` of them; prints a line
// a bug. 0 when all were caught.
int run_zoo(std::uint64_t first, std::uint64_t seeds_max);

}  // namespace ventanilla::sim
