#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

// 16-byte identifiers. Written as 32 lower-case hexadecimal digits everywhere: JSON, URLs, SQLite, logs.

namespace ventanilla {

class Random;

struct Id {
    std::array<std::uint8_t, 16> bytes{};

    friend bool operator==(const Id&, const Id&) = default;
    friend bool operator<(const Id& a, const Id& b) { return a.bytes < b.bytes; }
};

inline bool is_nil(const Id& id) { return id == Id{}; }

std::string to_text(const Id& id);

// Errors: Invalid, unless `text` is exactly 32 hexadecimal digits.
Result<Id> parse_id(std::string_view text);

// 16 random bytes marked as UUID version 4. No clock inside, so a device with a wrong one is harmless.
Id random_id(Random& random);

// The first 16 bytes of SHA-256(kind, 0x00, seed): the same command re-creates the same entity even when
// receipts were lost in a restore. Source: sync.md 2.2.
Id derived_id(std::string_view kind, std::string_view seed);
Id derived_id(std::string_view kind, const Id& seed);

// The five letters a person can read out before the server gave a number: "~7K2Q4" without the tilde.
// Crockford's base 32, so nobody confuses 0 with O. Source: sync.md 2.2.
std::string short_code(const Id& id);

// Twelve lower-case letters for addresses that anybody may see, always the same for one id.
std::string public_letters(const Id& id);

struct IdHash {
    std::size_t operator()(const Id& id) const;
};

}  // namespace ventanilla
