#include "shared/base/text.hpp"

#include <array>
#include <cstring>

namespace ventanilla {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

bool continues(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the well-formed sequence at `at`, 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    const std::uint8_t a = byte_at(text, at);
    const std::uint8_t b = byte_at(text, at + 1);
    if (a < 0x80) return 1;
    if (a >= 0xC2 && a <= 0xDF) return continues(b) ? 2 : 0;
    const bool third = continues(byte_at(text, at + 2));
    if (a >= 0xE0 && a <= 0xEF) {
        const bool second = continues(b) && !(a == 0xE0 && b < 0xA0) && !(a == 0xED && b > 0x9F);
        return second && third ? 3 : 0;
    }
    if (a >= 0xF0 && a <= 0xF4) {
        const bool second = continues(b) && !(a == 0xF0 && b < 0x90) && !(a == 0xF4 && b > 0x8F);
        return second && third && continues(byte_at(text, at + 3)) ? 4 : 0;
    }
    return 0;
}

// The next place from `at` on that is not ASCII. Eight bytes at a time: most text is ASCII, and megabytes are
// checked before a person sees their first list.
std::size_t behind_ascii(std::string_view text, std::size_t at) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & kHighBits) != 0) break;
    }
    while (at < text.size() && byte_at(text, at) < 0x80)
        ++at;
    return at;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool is_utf8(std::string_view text) {
    std::size_t at = behind_ascii(text, 0);
    while (at < text.size()) {
        const std::size_t length = sequence_length(text, at);
        if (length == 0) return false;
        at = behind_ascii(text, at + length);
    }
    return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
        ++at;
        return kReplacement;
    }
    const char32_t first = byte_at(text, at);
    static constexpr std::array<char32_t, 5> kLeadMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t value = first & kLeadMask[length];
    for (std::size_t i = 1; i < length; ++i)
        value = (value << 6U) | (byte_at(text, at + i) & 0x3FU);
    at += length;
    return value;
}

void append_utf8(std::string& out, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
    const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        push(c);
    } else if (c < 0x800) {
        push(0xC0U | (c >> 6U));
        push(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        push(0xE0U | (c >> 12U));
        push(0x80U | ((c >> 6U) & 0x3FU));
        push(0x80U | (c & 0x3FU));
    } else {
        push(0xF0U | (c >> 18U));
        push(0x80U | ((c >> 12U) & 0x3FU));
        push(0x80U | ((c >> 6U) & 0x3FU));
        push(0x80U | (c & 0x3FU));
    }
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) return text;
    std::size_t end = bytes_max;
    while (end > 0 && continues(byte_at(text, end)))
        --end;
    return text.substr(0, end);
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string padded(std::int64_t value, int width) {
    std::string digits = std::to_string(value);
    const auto wanted = static_cast<std::size_t>(width);
    return digits.size() >= wanted ? digits : std::string(wanted - digits.size(), '0') + digits;
}

std::string to_hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 0x0FU]);
    }
    return out;
}

bool from_hex(std::string_view text, std::string& out) {
    if (text.size() % 2 != 0) return false;
    out.clear();
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return true;
}

std::string to_base64url(std::string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<std::uint8_t>(c);
        for (held += 8; held >= 6; held -= 6)
            out.push_back(kBase64Url[(bits >> (held - 6)) & 0x3FU]);
    }
    if (held > 0) out.push_back(kBase64Url[(bits << (6 - held)) & 0x3FU]);
    return out;
}

bool from_base64url(std::string_view text, std::string& out) {
    out.clear();
    if (text.size() % 4 == 1) return false;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const std::size_t value = kBase64Url.find(c);
        if (value == std::string_view::npos) return false;
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out.push_back(static_cast<char>((bits >> held) & 0xFFU));
    }
    // Left-over bits must be zero, or two texts would mean the same bytes.
    return (bits & ((1U << held) - 1U)) == 0;
}

}  // namespace ventanilla
