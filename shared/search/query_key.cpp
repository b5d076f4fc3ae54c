#include "shared/search/query_key.hpp"

#include <algorithm>
#include <vector>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/search/fold.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kQueryWordsMax = 8;
constexpr std::ptrdiff_t kQueryDigitsMax =
    4;  // "error 809" and "windows 2022" say nothing about anybody

bool may_identify(std::string_view query, std::size_t words) {
    const auto digits =
        std::count_if(query.begin(), query.end(), [](char c) { return c >= '0' && c <= '9'; });
    return words > kQueryWordsMax || digits > kQueryDigitsMax ||
           query.find('@') != std::string_view::npos || query.size() > limits::kSearchWordsBytesMax;
}

std::string words_in_a_row(std::string_view query) {
    std::string out;
    for (const char c : lowered(query)) {
        const bool is_space = static_cast<unsigned char>(c) <= ' ';
        if (is_space && (out.empty() || out.back() == ' ')) continue;
        out.push_back(is_space ? ' ' : c);
    }
    return std::string(trimmed(out));
}

}  // namespace

QueryKey query_key(std::string_view query, domain::Lang lang) {
    std::vector<std::string> stems;
    std::vector<std::string> others;
    std::size_t words = 0;
    for (const Token& token : tokens(query)) {
        if (token.is_extra) continue;
        ++words;
        auto& kept = is_stop_word(token.term) ? others : stems;
        kept.push_back(stem(token.term, lang));
    }
    if (stems.empty()) stems = std::move(others);
    if (stems.empty()) return {};
    std::sort(stems.begin(), stems.end());
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
    std::string seed;
    for (const std::string& each : stems)
        seed += concat(each, ' ');
    return {derived_id("search", seed), may_identify(query, words) ? "" : words_in_a_row(query)};
}

}  // namespace ventanilla::search
