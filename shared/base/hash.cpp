#include "shared/base/hash.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace ventanilla {
namespace {

constexpr std::array<std::uint32_t, 64> kRound = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::uint32_t rotate(std::uint32_t x, unsigned n) { return (x >> n) | (x << (32U - n)); }

void expand(const std::uint8_t* block, std::array<std::uint32_t, 64>& w) {
    for (std::size_t i = 0; i < 16; ++i)
        w[i] = (std::uint32_t{block[4 * i]} << 24U) | (std::uint32_t{block[4 * i + 1]} << 16U) |
               (std::uint32_t{block[4 * i + 2]} << 8U) | std::uint32_t{block[4 * i + 3]};
    for (std::size_t i = 16; i < 64; ++i) {
        const std::uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3U);
        const std::uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10U);
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
}

void compress(std::array<std::uint32_t, 8>& h, const std::uint8_t* block) {
    std::array<std::uint32_t, 64> w{};
    expand(block, w);
    std::array<std::uint32_t, 8> v = h;
    for (std::size_t i = 0; i < 64; ++i) {
        const std::uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        const std::uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        const std::uint32_t t1 = v[7] + s1 + choice + kRound[i] + w[i];
        const std::uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        const std::uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        v = {t1 + s0 + majority, v[0], v[1], v[2], v[3] + t1, v[4], v[5], v[6]};
    }
    for (std::size_t i = 0; i < 8; ++i)
        h[i] += v[i];
}

// tables[n][byte]: what a byte does to the sum when n more follow it. Eight at a time, because a device
// reads many megabytes each time the portal opens. Source: Kounavis and Berry 2005, "slicing by 8".
using CrcTables = std::array<std::array<std::uint32_t, 256>, 8>;

CrcTables crc_tables() {
    CrcTables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0x82F63B78U : crc >> 1U;
        tables[0][i] = crc;
    }
    for (std::size_t n = 1; n < tables.size(); ++n) {
        for (std::size_t i = 0; i < 256; ++i)
            tables[n][i] = tables[0][tables[n - 1][i] & 0xFFU] ^ (tables[n - 1][i] >> 8U);
    }
    return tables;
}

// Written out: the portal is compiled for size, which leaves loops as they are.
std::uint32_t crc_of_eight(const CrcTables& t, std::uint32_t crc, const char* bytes) {
    static_assert(std::endian::native == std::endian::little);
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::memcpy(&low, bytes, sizeof low);
    std::memcpy(&high, bytes + sizeof low, sizeof high);
    low ^= crc;
    return t[7][low & 0xFFU] ^ t[6][(low >> 8U) & 0xFFU] ^ t[5][(low >> 16U) & 0xFFU] ^
           t[4][low >> 24U] ^ t[3][high & 0xFFU] ^ t[2][(high >> 8U) & 0xFFU] ^
           t[1][(high >> 16U) & 0xFFU] ^ t[0][high >> 24U];
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
    std::array<std::uint32_t, 8> h = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::size_t at = 0;
    for (; at + 64 <= bytes.size(); at += 64)
        compress(h, reinterpret_cast<const std::uint8_t*>(bytes.data() + at));

    std::array<std::uint8_t, 128> tail{};
    const std::size_t rest = bytes.size() - at;
    if (rest > 0) std::memcpy(tail.data(), bytes.data() + at, rest);
    tail[rest] = 0x80;
    const std::size_t tail_size = rest < 56 ? 64 : 128;
    const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
    for (std::size_t i = 0; i < 8; ++i)
        tail[tail_size - 1 - i] = static_cast<std::uint8_t>(bits >> (8 * i));
    for (std::size_t i = 0; i < tail_size; i += 64)
        compress(h, tail.data() + i);

    Sha256 out{};
    for (std::size_t i = 0; i < 32; ++i)
        out[i] = static_cast<std::uint8_t>(h[i / 4] >> (24 - 8 * (i % 4)));
    return out;
}

std::string sha256_bytes(std::string_view bytes) {
    const Sha256 digest = sha256(bytes);
    return {digest.begin(), digest.end()};
}

Sha256 hmac_sha256(std::string_view key, std::string_view message) {
    constexpr std::size_t kBlock = 64;
    std::string padded{key.size() > kBlock ? sha256_bytes(key) : std::string{key}};
    padded.resize(kBlock, '\0');
    std::string inner(kBlock, '\0');
    std::string outer(kBlock, '\0');
    for (std::size_t i = 0; i < kBlock; ++i) {
        inner[i] = static_cast<char>(padded[i] ^ 0x36);
        outer[i] = static_cast<char>(padded[i] ^ 0x5c);
    }
    inner += message;
    return sha256(outer + sha256_bytes(inner));
}

bool equal_in_constant_time(std::string_view one, std::string_view other) {
    if (one.size() != other.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
        difference |= static_cast<unsigned>(static_cast<std::uint8_t>(one[i] ^ other[i]));
    return difference == 0;
}

std::uint32_t crc32c(std::string_view bytes) {
    // Made at the first call: as constants they would be 8 KB of every portal's first download.
    static const CrcTables tables = crc_tables();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (; bytes.size() >= tables.size(); bytes.remove_prefix(tables.size()))
        crc = crc_of_eight(tables, crc, bytes.data());
    for (const char c : bytes)
        crc = tables[0][(crc ^ static_cast<std::uint8_t>(c)) & 0xFFU] ^ (crc >> 8U);
    return ~crc;
}

std::uint64_t hash64(std::string_view bytes) {
    // FNV-1a gathers, the finaliser of MurmurHash3 mixes: short, and alike on every platform.
    std::uint64_t h = 0xcbf29ce484222325ULL;
    for (const char c : bytes)
        h = (h ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ULL;
    h = (h ^ (h >> 33U)) * 0xff51afd7ed558ccdULL;
    h = (h ^ (h >> 33U)) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ (h >> 33U);
}

}  // namespace ventanilla
