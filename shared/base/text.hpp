#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// What the standard library lacks for UTF-8 text: checking, walking, cutting, joining. No locale, no
// allocation beyond the answer. Case folding and accents belong to shared/search.

namespace ventanilla {

// Whether `text` is well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
// Source: Unicode 15, table 3-7.
bool is_utf8(std::string_view text);

// The code point at `at`, which moves past it. U+FFFD for a broken byte, which is skipped alone.
char32_t next_code_point(std::string_view text, std::size_t& at);

// Appends `code_point` as UTF-8; U+FFFD when it is no scalar value.
void append_utf8(std::string& out, char32_t code_point);

// At most `bytes_max` bytes of `text`, never cutting a code point in two.
std::string_view cut_utf8(std::string_view text, std::size_t bytes_max);

// `text` without spaces, tabs and line breaks at its ends.
std::string_view trimmed(std::string_view text);

// `value` in decimal, with leading zeros up to `width`.
std::string padded(std::int64_t value, int width);

inline void append(std::string& out, std::string_view part) { out.append(part); }
inline void append(std::string& out, char part) { out.push_back(part); }
template <class Int>
    requires std::is_integral_v<Int>
void append(std::string& out, Int part) {
    out.append(std::to_string(part));
}

// The parts one after another; numbers in decimal.
template <class... Parts>
std::string concat(const Parts&... parts) {
    std::string out;
    (append(out, parts), ...);
    return out;
}

// Lower-case hexadecimal, two digits a byte.
std::string to_hex(std::string_view bytes);

// The bytes written as hexadecimal, either case; false when `text` is not that (`out` is then unspecified).
bool from_hex(std::string_view text, std::string& out);

// base64url without padding. Source: RFC 4648, section 5.
std::string to_base64url(std::string_view bytes);
bool from_base64url(std::string_view text, std::string& out);

}  // namespace ventanilla
