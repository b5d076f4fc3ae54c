#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

// Passwords as Argon2id with OWASP's minimum (19 MiB, 2 passes, 1 lane). Source:
// security.md 11.4.2. Hashing takes a tenth of a second and 19 MiB: at most four at once, on worker
// threads only.

namespace ventanilla::auth {

class Passwords {
  public:
    explicit Passwords(int parallel_max = 4) : free_(parallel_max) {}

    // The encoded hash with a fresh salt. Errors: Unavailable when there is no memory.
    Result<std::string> hash(std::string_view password);

    // Whether `password` is the one of `encoded`. An empty `encoded` takes just as long and is
    // never it, so that an unknown login cannot be told from a wrong password.
    bool matches(const std::string& encoded, std::string_view password);

  private:
    class Turn;

    std::mutex mutex_;
    std::condition_variable freed_;
    int free_;
};

// Errors: Invalid with field "password" when it is shorter than 12 characters, longer than 200
// bytes, not UTF-8, or among the most common ones. Nothing about its composition. Source:
// security.md 6.2.
Status check_new_password(std::string_view password);

}  // namespace ventanilla::auth
