#include "shared/rules/words.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

constexpr char32_t kBroken = 0xFFFD;

// Controls of C0 and C1, and the characters that make text read in another order than it is stored.
bool is_left_out(char32_t c) {
    if (c == U'\n' || c == U'\t') return false;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
    return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E || c == 0xFEFF || c == kBroken;
}

bool is_letter(char32_t c) {
    if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return true;
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x2000;
}

bool fits(char32_t c, char32_t wanted) {
    switch (wanted) {
        case U'A': return is_letter(c);
        case U'9': return c >= U'0' && c <= U'9';
        case U'*': return true;
        default: return c == wanted;
    }
}

}  // namespace

std::string clean_text(std::string_view typed) {
    std::string out;
    out.reserve(typed.size());
    for (std::size_t at = 0; at < typed.size();) {
        const char32_t c = next_code_point(typed, at);
        if (c == U'\r') {
            if (at >= typed.size() || typed[at] != '\n') out.push_back('\n');
        } else if (!is_left_out(c)) {
            append_utf8(out, c);
        }
    }
    return std::string(trimmed(out));
}

std::string clean_line(std::string_view typed) {
    std::string out;
    bool was_break = false;
    for (const char c : clean_text(typed)) {
        const bool is_break = c == '\n' || c == '\t';
        const bool is_space = is_break || c == ' ';
        // Around a break the blanks are one; elsewhere they are the person's own.
        const bool is_doubled = is_space && (is_break || was_break) && out.back() == ' ';
        if (!is_doubled) out.push_back(is_break ? ' ' : c);
        was_break = is_break || (was_break && is_space);
    }
    return out;
}

bool fits_mask(std::string_view text, std::string_view mask) {
    std::size_t in_text = 0;
    std::size_t in_mask = 0;
    while (in_mask < mask.size()) {
        char32_t wanted = next_code_point(mask, in_mask);
        const bool is_literal = wanted == U'\\' && in_mask < mask.size();
        if (is_literal) wanted = next_code_point(mask, in_mask);
        if (in_text >= text.size()) return false;
        const char32_t c = next_code_point(text, in_text);
        if (is_literal ? c != wanted : !fits(c, wanted)) return false;
    }
    return in_text == text.size();
}

std::size_t length_of(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++length)
        (void)next_code_point(text, at);
    return length;
}

}  // namespace ventanilla::rules
