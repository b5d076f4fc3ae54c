#include "server/auth/system.hpp"

#include <cstdlib>

#include <sys/random.h>

namespace ventanilla::auth {

Clock system_clock() {
    return [] { return std::chrono::floor<Millis>(std::chrono::system_clock::now()); };
}

Clock monotonic_clock() {
    using Steady = std::chrono::steady_clock;
    return [wall = system_clock()(), began = Steady::now()] {
        return wall + std::chrono::floor<Millis>(Steady::now() - began);
    };
}

std::uint64_t SystemRandom::next() {
    std::uint64_t bits = 0;
    if (getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) std::abort();
    return bits;
}

std::string random_bytes(Random& random, std::size_t count) {
    std::string bytes;
    while (bytes.size() < count) {
        const std::uint64_t bits = random.next();
        for (unsigned shift = 0; shift < 64 && bytes.size() < count; shift += 8)
            bytes.push_back(static_cast<char>((bits >> shift) & 0xffU));
    }
    return bytes;
}

}  // namespace ventanilla::auth
