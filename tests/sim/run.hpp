#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "shared/base/bug_zoo.hpp"

// One simulation from one seed.

namespace ventanilla::sim {

struct RunResult {
    std::string violation;  // empty: all invariants held
    std::deque<std::string> tail;
    std::uint64_t steps = 0;
    std::int64_t virtual_ms = 0;
    std::size_t commands = 0;
    std::size_t applied = 0;
    std::size_t rejected = 0;
};

RunResult run_seed(std::uint64_t seed, Bug planted, bool is_verbose);

}  // namespace ventanilla::sim
