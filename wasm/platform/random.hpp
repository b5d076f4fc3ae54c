#pragma once

#include "shared/base/random.hpp"
#include "wasm/platform/imports.hpp"

namespace ventanilla::platform {

// crypto.getRandomValues.
class BrowserRandom final : public Random {
  public:
    std::uint64_t next() override {
        std::uint64_t value = 0;
        pf_random(&value, sizeof value);
        return value;
    }
};

}  // namespace ventanilla::platform
