#pragma once

#include <functional>
#include <string>

#include "shared/base/random.hpp"
#include "shared/base/time.hpp"

// The real clock and the real randomness, behind what tests replace.

namespace ventanilla::auth {

using Clock = std::function<Instant()>;
Clock system_clock();

// The same at first, and from then on never set back or forward: for measuring what lasts.
Clock monotonic_clock();

// getrandom(2). Ends the program when the kernel has none to give.
class SystemRandom final : public Random {
  public:
    std::uint64_t next() override;
};

std::string random_bytes(Random& random, std::size_t count);

}  // namespace ventanilla::auth
