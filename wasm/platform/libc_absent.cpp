#include <cstdarg>
#include <cstddef>
#include <cstdint>
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

// "04x" or ".4X", as behind the percent sign: how wide, padded with zeros.
struct Hexadecimal {
    unsigned width = 0;
    bool is_upper = false;
};

Hexadecimal read_format(const char*& at) {
    Hexadecimal out;
    for (; *at != 'x' && *at != 'X'; ++at) {
        if (*at >= '1' && *at <= '9') out.width = static_cast<unsigned>(*at - '0');
    }
    out.is_upper = *at++ == 'X';
    return out;
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

// Knows %x and %X of unsigned numbers, padded with zeros; anything else stands as it is.
int snprintf(char* out, std::size_t size, const char* format, ...) {
    std::va_list values;
    va_start(values, format);
    std::size_t length = 0;
    const auto put = [&](char c) {
        if (length + 1 < size) out[length] = c;
        ++length;
    };
    while (*format != '\0') {
        if (*format != '%') {
            put(*format++);
            continue;
        }
        const Hexadecimal how = read_format(++format);
        const unsigned value = va_arg(values, unsigned);
        for (unsigned digit = how.width; digit-- > 0;) {
            const char c = kDigits[value >> (4 * digit) & 15U];
            put(how.is_upper && c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    va_end(values);
    if (size > 0) out[length < size ? length : size - 1] = '\0';
    return static_cast<int>(length);
}

}  // extern "C"
