#pragma once

#include <cstdint>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/search/bits.hpp"

// Prefix codes for symbols 0..n-1 by how often they occur, in canonical form: the lengths are all
// there is to store. Source: Huffman 1952; Schwartz and Kallick 1964 (canonical).

namespace ventanilla::search {

inline constexpr unsigned kCodeBitsMax = 24;

// The length of each symbol's code; 0 for symbols that never occur. The same counts always give the
// same lengths.
std::vector<std::uint8_t> code_lengths(const std::vector<std::uint32_t>& counts);

class HuffmanWriter {
  public:
    explicit HuffmanWriter(const std::vector<std::uint8_t>& lengths);
    void put(BitWriter& out, std::uint32_t symbol) const {
        out.put(codes_[symbol], lengths_[symbol]);
    }

  private:
    std::vector<std::uint8_t> lengths_;
    std::vector<std::uint32_t> codes_;
};

class HuffmanReader {
  public:
    // Errors: Corrupt when the lengths are no prefix code.
    static Result<HuffmanReader> of(const std::vector<std::uint8_t>& lengths);

    // The next symbol. Marks `in` as failed when the bits are no code.
    [[nodiscard]] std::uint32_t get(BitReader& in) const;

  private:
    struct Entry {
        std::uint32_t symbol = 0;
        std::uint8_t length = 0;  // 0: longer than the table reaches
    };
    std::uint32_t get_long(BitReader& in) const;

    std::vector<std::uint32_t> ordered_;  // symbols by code
    std::vector<std::uint32_t> first_;    // by length: the first code of it
    std::vector<std::uint32_t> begin_;    // by length: where its symbols begin in ordered_
    std::vector<Entry> table_;            // by the next kTableBits bits
};

}  // namespace ventanilla::search
