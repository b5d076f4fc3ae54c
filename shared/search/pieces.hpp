#pragma once

#include <string_view>

// A text as pieces that alternate: runs that may hold words, and the gaps between them. No word,
// compound or apostrophe reaches over a gap, so cutting a piece into words gives what cutting the
// text would.

namespace ventanilla::search {

inline bool is_gap_byte(char byte) {
    const auto c = static_cast<unsigned char>(byte);
    const bool is_alnum =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return c < 0x80 && !is_alnum && c != '-' && c != '_' && c != '\'';
}

template <class Take>
void each_piece(std::string_view text, Take take) {
    std::size_t from = 0;
    while (from < text.size()) {
        const bool is_gap = is_gap_byte(text[from]);
        std::size_t to = from + 1;
        while (to < text.size() && is_gap_byte(text[to]) == is_gap)
            ++to;
        take(text.substr(from, to - from));
        from = to;
    }
}

}  // namespace ventanilla::search
