#include "wasm/platform/block.hpp"

#include <algorithm>
#include <cstring>

namespace ventanilla::platform {

std::uint32_t Payload::word() {
    std::uint32_t value = 0;
    if (bytes_.size() < sizeof value) return 0;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
}

std::string_view Payload::view() {
    const std::size_t size = std::min<std::size_t>(word(), bytes_.size());
    const std::string_view value = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return value;
}

}  // namespace ventanilla::platform
