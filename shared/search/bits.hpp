#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// A stream of bits, first bit highest, for the stored form of an index (stored_form.hpp). Reading
// past the end gives zeros and is remembered, so that a reader may check once at the end of a part.

namespace ventanilla::search {

class BitWriter {
  public:
    // The lowest `count` bits of `value`; `count` is 0..32.
    void put(std::uint32_t value, unsigned count);
    void number(std::uint64_t value);     // seven bits a byte, lowest first
    void text(std::string_view bytes);    // aligned: its length and its bytes
    void align();                         // to the next whole byte, with zeros
    [[nodiscard]] std::string take() &&;  // aligned

  private:
    std::string out_;
    std::uint64_t held_ = 0;
    unsigned held_bits_ = 0;
};

class BitReader {
  public:
    explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

    // The next `count` bits, 0..32, without moving past them.
    [[nodiscard]] std::uint32_t peek(unsigned count);
    void skip(unsigned count);
    std::uint32_t get(unsigned count);
    std::uint64_t number();
    std::string_view text();  // empty when it would go past the end
    void align();

    [[nodiscard]] bool is_past_end() const { return is_past_end_; }
    [[nodiscard]] std::size_t bytes_left() const { return bytes_.size() - at_ + held_bits_ / 8; }
    void fail() { is_past_end_ = true; }

  private:
    void fill();

    std::string_view bytes_;
    std::size_t at_ = 0;  // of the next byte to hold
    std::uint64_t held_ = 0;
    unsigned held_bits_ = 0;
    bool is_past_end_ = false;
};

}  // namespace ventanilla::search
