#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

// Hashes that portal and server must compute alike. Nothing here guards a secret: passwords and MACs
// use the server's libraries (server/auth).

namespace ventanilla {

using Sha256 = std::array<std::uint8_t, 32>;

// Source: FIPS 180-4.
Sha256 sha256(std::string_view bytes);
std::string sha256_bytes(std::string_view bytes);  // the same, 32 bytes in a string

// CRC-32C (Castagnoli), as stored in every frame of the local store. Source: RFC 3720, appendix B.4.
std::uint32_t crc32c(std::string_view bytes);

// 64 well-mixed bits for digests and hash tables; stable across builds because digests travel.
std::uint64_t hash64(std::string_view bytes);

}  // namespace ventanilla
