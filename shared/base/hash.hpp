#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

// Hashes that portal, server and simulator must compute alike. Passwords and cursors use the server's
// libraries (server/auth, server/store).

namespace ventanilla {

using Sha256 = std::array<std::uint8_t, 32>;

// Source: FIPS 180-4.
Sha256 sha256(std::string_view bytes);
std::string sha256_bytes(std::string_view bytes);  // the same, 32 bytes in a string

// Proof that whoever made `message` knew `key`. Its time depends on lengths only. Source: RFC 2104.
Sha256 hmac_sha256(std::string_view key, std::string_view message);

// Whether both are the same, in a time that tells nothing of where they differ: for proofs.
bool equal_in_constant_time(std::string_view one, std::string_view other);

// CRC-32C (Castagnoli), as stored in every frame of the local store. Source: RFC 3720, appendix B.4.
std::uint32_t crc32c(std::string_view bytes);

// 64 well-mixed bits for digests and hash tables; stable across builds because digests travel.
std::uint64_t hash64(std::string_view bytes);

}  // namespace ventanilla
