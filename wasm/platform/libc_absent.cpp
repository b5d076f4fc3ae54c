#include <algorithm>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "wasm/platform/imports.hpp"

// Parts of the C library a browser need not load, because it has them: they stand before musl's own
// at the link. All that is scanned and formatted in the portal goes through the JSON library, which
// asks for little: whole JSON numbers, and hexadecimal for bytes that are not UTF-8. The parts musl
// brings for it carry 128-bit arithmetic along, 10 KB of every first visit. Tested in
// tests/browser/platform/probe.mjs.

namespace {

constexpr char kDigits[] = "0123456789abcdef";

// "%04x" or "%.4X" at the start of a text.
struct Hexadecimal {
    std::size_t size = 0;  // of what was read; 0: it is something else
    unsigned width = 0;
    bool is_upper = false;
};

Hexadecimal read_hexadecimal(const char* at) {
    Hexadecimal out;
    if (*at != '%') return out;
    const std::size_t flags = std::strspn(at + 1, ".0123456789h");
    const char letter = at[1 + flags];
    if (letter != 'x' && letter != 'X') return out;
    out.size = flags + 2;
    out.is_upper = letter == 'X';
    for (std::size_t i = 1; i <= flags; ++i) {
        if (at[i] >= '0' && at[i] <= '9') out.width = static_cast<unsigned>(at[i] - '0');
    }
    return out;
}

unsigned digits_of(unsigned value) {
    unsigned digits = 1;
    while ((value >>= 4U) != 0)
        ++digits;
    return digits;
}

}  // namespace

extern "C" {

// `text` is one whole number of JSON and nothing behind it.
double strtod(const char* text, char** end) {
    const std::size_t size = std::strlen(text);
    if (end != nullptr) *end = const_cast<char*>(text) + size;
    return pf_parse_number(text, size);
}

// Nobody calls these; they stand here because musl keeps the three together.
float strtof(const char* text, char** end) {
    return static_cast<float>(strtod(text, end));
}
long double strtold(const char* text, char** end) {
    return strtod(text, end);
}

// Knows %x and %X of unsigned numbers, padded with zeros to at most nine digits; anything else
// stands as it is.
int snprintf(char* out, std::size_t size, const char* format, ...) {
    std::va_list values;
    va_start(values, format);
    std::size_t length = 0;
    const auto put = [&](char c) {
        if (length + 1 < size) out[length] = c;
        ++length;
    };
    while (*format != '\0') {
        const Hexadecimal how = read_hexadecimal(format);
        if (how.size == 0) {
            put(*format++);
            continue;
        }
        format += how.size;
        const unsigned value = va_arg(values, unsigned);
        for (unsigned digit = std::max(how.width, digits_of(value)); digit-- > 0;) {
            const char c = kDigits[value >> (4 * digit) & 15U];
            put(how.is_upper && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    va_end(values);
    if (size > 0) out[length < size ? length : size - 1] = '\0';
    return static_cast<int>(length);
}

}  // extern "C"
