#include "shared/search/fold.hpp"

#include <array>
#include <utility>

#include "shared/base/text.hpp"

namespace ventanilla::search {
namespace {

constexpr char32_t kTableFirst = 0xC0;
constexpr char32_t kTableEnd = 0x180;

// U+00C0 to U+017F, two bytes each: NFKD without marks, ligatures apart. Ñ and ñ are handled
// before.
constexpr std::string_view kLatin =
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thss"
    "a a a a a a aec e e e e i i i i d n o o o o o   o u u u u y thy "
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g "
    "g g g g h h h h i i i i i i i i i i ijijj j k k k l l l l l l l "
    "l l l n n n n n n n ngngo o o o o o oeoer r r r r r s s s s s s "
    "s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s ";
static_assert(kLatin.size() == 2 * (kTableEnd - kTableFirst));

// Ranges above Latin that hold no letters: punctuation, symbols, arrows, shapes, private use,
// emoji, variation selectors.
constexpr std::array<std::pair<char32_t, char32_t>, 9> kNotWords = {{{0x2000, 0x2BFF},
                                                                     {0x2E00, 0x2E7F},
                                                                     {0x3000, 0x303F},
                                                                     {0xE000, 0xF8FF},
                                                                     {0xFE00, 0xFE6F},
                                                                     {0xFF00, 0xFF0F},
                                                                     {0xFF1A, 0xFF20},
                                                                     {0xFFF0, 0xFFFF},
                                                                     {0x1F000, 0x1FBFF}}};

bool is_ascii_alnum(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char32_t lower(char32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    if (c >= 0x100 && c <= 0x137) return c | 1U;
    if (c >= 0x14A && c <= 0x177) return c | 1U;
    if (c >= 0x391 && c <= 0x3A9) return c + 32;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    return c;
}

}  // namespace

bool is_word_char(char32_t c) {
    if (c < 0x80) return is_ascii_alnum(c);
    if (c < kTableFirst || c == 0xD7 || c == 0xF7) return false;
    if (c < 0x2B0) return true;
    if (c < 0x370 || is_combining_mark(c)) return false;
    for (const auto& [first, last] : kNotWords) {
        if (c >= first && c <= last) return false;
    }
    return c < 0xE0000;
}

bool is_ideograph(char32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_combining_mark(char32_t c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7) || (c >= 0x64B && c <= 0x65F) ||
           (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE20 && c <= 0xFE2F);
}

bool is_upper(char32_t c) {
    return c < kTableEnd && lower(c) != c;
}

void append_folded(std::string& out, char32_t c) {
    if (c < 0x80) {
        out.push_back(static_cast<char>(lower(c)));
    } else if (c == 0xD1 || c == 0xF1) {
        append_utf8(out, 0xF1);
    } else if (c >= kTableFirst && c < kTableEnd) {
        const std::string_view letters = kLatin.substr(2 * (c - kTableFirst), 2);
        out.append(letters.substr(0, letters.find(' ')));
    } else if (c >= 0xFF10 && c <= 0xFF5A) {
        append_folded(out, c - 0xFEE0);  // full-width forms
    } else {
        append_utf8(out, lower(c));
    }
}

std::string lowered(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        append_utf8(out, lower(next_code_point(text, at)));
    return out;
}

}  // namespace ventanilla::search
