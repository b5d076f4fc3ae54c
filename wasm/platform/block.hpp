#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Values as they cross into the browser and back: words, and bytes that words point at.

namespace ventanilla::platform {

// Outgoing: filled by effects.cpp, read by reader.js.
class Block {
  public:
    void word(std::uint32_t value) { words_.push_back(value); }
    void long_word(std::uint64_t value) {  // below 2^53
        word(static_cast<std::uint32_t>(value));
        word(static_cast<std::uint32_t>(value >> 32U));
    }
    void text(std::string_view value) {
        word(static_cast<std::uint32_t>(bytes_.size()));
        word(static_cast<std::uint32_t>(value.size()));
        bytes_.append(value);
    }

    [[nodiscard]] const std::vector<std::uint32_t>& words() const { return words_; }
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] bool empty() const { return words_.empty(); }

  private:
    std::vector<std::uint32_t> words_;
    std::string bytes_;
};

// Incoming: what pack() of inbox.js wrote. Reading past the end gives zeros and empty texts.
class Payload {
  public:
    explicit Payload(std::string_view bytes) : bytes_(bytes) {}

    std::uint32_t word();
    std::string_view view();  // lives as long as the bytes
    std::string text() { return std::string(view()); }

  private:
    std::string_view bytes_;
};

}  // namespace ventanilla::platform
