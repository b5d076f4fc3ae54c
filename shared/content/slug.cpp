#include "shared/content/slug.hpp"

#include "shared/search/tokens.hpp"

namespace ventanilla::content {

std::string slug(std::string_view text) {
    constexpr std::size_t kSlugBytesMax = 80;
    std::string out;
    for (const char c : search::without_tilde(search::folded(text))) {
        if (out.size() == kSlugBytesMax) break;
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain)
            out.push_back(c);
        else if (!out.empty() && out.back() != '-')
            out.push_back('-');
    }
    while (!out.empty() && out.back() == '-')
        out.pop_back();
    return out;
}

}  // namespace ventanilla::content
