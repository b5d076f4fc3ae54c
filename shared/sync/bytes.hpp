#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/id.hpp"

// Fixed-width numbers in byte strings. Big-endian in what is hashed and sent, little-endian in stored
// frames; a reader that runs past the end says so once, at the end.

namespace ventanilla::sync {

inline void put_be(std::string& out, std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
}

inline void put_le(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
}

inline void put_id(std::string& out, const Id& id) {
    out.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

// A text of at most 4 GiB, its length first.
inline void put_text(std::string& out, std::string_view text) {
    put_le(out, text.size(), 4);
    out.append(text);
}

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t be(int bytes) {
        std::uint64_t value = 0;
        for (const char c : take(static_cast<std::size_t>(bytes)))
            value = (value << 8U) | static_cast<unsigned char>(c);
        return value;
    }

    std::uint64_t le(int bytes) {
        const std::string_view part = take(static_cast<std::size_t>(bytes));
        std::uint64_t value = 0;
        for (std::size_t i = part.size(); i > 0; --i)
            value = (value << 8U) | static_cast<unsigned char>(part[i - 1]);
        return value;
    }

    Id id() {
        Id value;
        const std::string_view part = take(value.bytes.size());
        for (std::size_t i = 0; i < part.size(); ++i)
            value.bytes[i] = static_cast<std::uint8_t>(part[i]);
        return value;
    }

    std::string_view text() { return take(static_cast<std::size_t>(le(4))); }

    // The next `size` bytes; empty, and everything after too, when there are fewer.
    std::string_view take(std::size_t size) {
        if (is_short_ || size > rest_.size()) {
            is_short_ = true;
            return {};
        }
        const std::string_view part = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return part;
    }

    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    [[nodiscard]] bool is_short() const { return is_short_; }
    [[nodiscard]] bool is_whole() const { return !is_short_ && rest_.empty(); }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }

  private:
    std::string_view rest_;
    bool is_short_ = false;
};

}  // namespace ventanilla::sync
