#include "shared/base/id.hpp"

#include <algorithm>
#include <cstring>

#include "shared/base/hash.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

std::string_view raw(const Id& id) {
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

}  // namespace

std::string to_text(const Id& id) { return to_hex(raw(id)); }

Result<Id> parse_id(std::string_view text) {
    std::string bytes;
    if (text.size() != 32 || !from_hex(text, bytes)) return invalid("not an id of 32 hex digits");
    Id id;
    std::memcpy(id.bytes.data(), bytes.data(), id.bytes.size());
    return id;
}

Id random_id(Random& random) {
    Id id;
    for (std::size_t half = 0; half < 2; ++half) {
        const std::uint64_t bits = random.next();
        std::memcpy(id.bytes.data() + 8 * half, &bits, 8);
    }
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0FU) | 0x40U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3FU) | 0x80U);
    return id;
}

Id derived_id(std::string_view kind, std::string_view seed) {
    std::string text(kind);
    text.push_back('\0');
    text.append(seed);
    const Sha256 digest = sha256(text);
    Id id;
    std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

Id derived_id(std::string_view kind, const Id& seed) { return derived_id(kind, raw(seed)); }

std::string short_code(const Id& id) {
    constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i)
        bits = (bits << 8U) | id.bytes[i];
    std::string code;
    for (unsigned i = 0; i < 5; ++i)
        code.push_back(kCrockford[(bits >> (27 - 5 * i)) & 0x1FU]);
    return code;
}

std::string public_letters(const Id& id) {
    const Id seed = derived_id("public", id);
    std::string letters;
    for (std::size_t i = 0; i < 12; ++i)
        letters.push_back(static_cast<char>('a' + seed.bytes[i] % 26));
    return letters;
}

std::size_t IdHash::operator()(const Id& id) const {
    return static_cast<std::size_t>(hash64(raw(id)));
}

}  // namespace ventanilla
