#include "shared/content/entities.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "shared/base/text.hpp"

extern "C" {
#include "entity.h"
}

namespace ventanilla::content {
namespace {

std::string numeric(std::string_view digits, int base) {
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    const bool is_whole = error == std::errc{} && end == digits.data() + digits.size();
    std::string out;
    append_utf8(out, is_whole && value != 0 ? char32_t{value} : 0xFFFD);
    return out;
}

}  // namespace

std::string decoded_entity(std::string_view entity) {
    if (entity.size() < 4 || entity.front() != '&' || entity.back() != ';')
        return std::string(entity);
    if (entity[1] == '#') {
        const bool is_hex = entity[2] == 'x' || entity[2] == 'X';
        const std::size_t skip = is_hex ? 3 : 2;
        return numeric(entity.substr(skip, entity.size() - skip - 1), is_hex ? 16 : 10);
    }
    const ENTITY* found = entity_lookup(entity.data(), entity.size());
    if (found == nullptr) return std::string(entity);
    std::string out;
    append_utf8(out, found->codepoints[0]);
    if (found->codepoints[1] != 0) append_utf8(out, found->codepoints[1]);
    return out;
}

std::string decoded(std::string_view text) {
    constexpr std::size_t kEntityBytesMax = 50;
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t start = std::min(text.find('&', at), text.size());
        out.append(text.substr(at, start - at));
        if (start == text.size()) break;
        const std::size_t end = text.substr(start, kEntityBytesMax).find(';');
        const std::size_t length = end == std::string_view::npos ? 1 : end + 1;
        out.append(decoded_entity(text.substr(start, length)));
        at = start + length;
    }
    return out;
}

}  // namespace ventanilla::content
