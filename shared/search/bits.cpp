#include "shared/search/bits.hpp"

namespace ventanilla::search {

void BitWriter::put(std::uint32_t value, unsigned count) {
    const std::uint64_t mask = (std::uint64_t{1} << count) - 1;
    held_ = (held_ << count) | (value & mask);
    held_bits_ += count;
    while (held_bits_ >= 8) {
        held_bits_ -= 8;
        out_.push_back(static_cast<char>(held_ >> held_bits_));
    }
}

void BitWriter::number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        put(static_cast<std::uint32_t>(value & 0x7F) | 0x80U, 8);
    put(static_cast<std::uint32_t>(value), 8);
}

void BitWriter::text(std::string_view bytes) {
    align();
    number(bytes.size());
    for (const char byte : bytes)
        put(static_cast<unsigned char>(byte), 8);
}

void BitWriter::align() {
    if (held_bits_ > 0) put(0, 8 - held_bits_);
}

std::string BitWriter::take() && {
    align();
    return std::move(out_);
}

void BitReader::fill() {
    while (held_bits_ <= 56 && at_ < bytes_.size()) {
        held_ = (held_ << 8) | static_cast<unsigned char>(bytes_[at_++]);
        held_bits_ += 8;
    }
}

std::uint32_t BitReader::peek(unsigned count) {
    if (held_bits_ < count) fill();
    const std::uint64_t mask = (std::uint64_t{1} << count) - 1;
    if (held_bits_ >= count)
        return static_cast<std::uint32_t>((held_ >> (held_bits_ - count)) & mask);
    return static_cast<std::uint32_t>((held_ << (count - held_bits_)) & mask);
}

void BitReader::skip(unsigned count) {
    if (held_bits_ < count) fill();
    if (held_bits_ < count) is_past_end_ = true;
    held_bits_ -= held_bits_ < count ? held_bits_ : count;
}

std::uint32_t BitReader::get(unsigned count) {
    const std::uint32_t value = peek(count);
    skip(count);
    return value;
}

std::uint64_t BitReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint32_t byte = get(8);
        value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return value;
    }
    is_past_end_ = true;
    return 0;
}

std::string_view BitReader::text() {
    align();
    const std::uint64_t size = number();
    if (size > bytes_left()) {
        is_past_end_ = true;
        return {};
    }
    const std::size_t from = at_ - held_bits_ / 8;
    held_bits_ = 0;
    at_ = from + static_cast<std::size_t>(size);
    return bytes_.substr(from, static_cast<std::size_t>(size));
}

void BitReader::align() {
    held_bits_ -= held_bits_ % 8;
}

}  // namespace ventanilla::search
