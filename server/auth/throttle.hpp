#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "shared/base/time.hpp"

// Slows guessing down without locking anybody out: tries are counted per login *and* address, and
// per address, so that a stranger elsewhere cannot use up somebody's own. Source:
// security.md 6.3.1.

namespace ventanilla::auth {

class Throttle {
  public:
    // Nothing when a try may be made now (and it is counted), otherwise how long to wait.
    std::optional<Millis> ask(const std::string& login, const std::string& peer, Instant now);

    // A success forgets the tries of that login from there.
    void succeeded(const std::string& login, const std::string& peer);

  private:
    struct Bucket {
        double tokens = 0;
        Instant at;
    };
    struct Rate {
        double burst;
        double per_minute;
    };
    Bucket& refilled(const std::string& key, Rate rate, Instant now);
    void forget_old(Instant now);

    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace ventanilla::auth
