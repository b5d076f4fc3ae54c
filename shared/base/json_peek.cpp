#include "shared/base/json_peek.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/json.hpp"

namespace ventanilla {
namespace {

constexpr std::size_t kTypicalMembers = 32;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool ends_plain(char c) { return c == ',' || c == '}' || c == ']' || is_space(c); }

// Where it goes on behind the string whose opening quote stands at `at`.
std::size_t behind_string(std::string_view text, std::size_t at) {
    const std::size_t begin = at + 1;
    for (at = text.find('"', begin); at != std::string_view::npos; at = text.find('"', at + 1)) {
        std::size_t first = at;  // of the backslashes before it: an odd number of them escapes it
        while (first > begin && text[first - 1] == '\\')
            --first;
        if ((at - first) % 2 == 0) return at + 1;
    }
    return text.size();
}

std::size_t behind_nested(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behind_string(text, at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return at;
    }
    return at;
}

std::size_t behind_value(std::string_view text, std::size_t at) {
    if (at >= text.size()) return at;
    if (text[at] == '"') return behind_string(text, at);
    if (text[at] == '{' || text[at] == '[') return behind_nested(text, at);
    while (at < text.size() && !ends_plain(text[at]))
        ++at;
    return at;
}

// The next place that is neither space nor one of `marks`.
std::size_t behind_marks(std::string_view text, std::size_t at, std::string_view marks) {
    while (at < text.size() && (is_space(text[at]) || marks.find(text[at]) != std::string_view::npos))
        ++at;
    return at;
}

bool is_string(std::string_view value) { return value.size() >= 2 && value.front() == '"'; }

std::string unquoted(std::string_view value) {
    const std::string_view inside = value.substr(1, value.size() - 2);
    if (inside.find('\\') == std::string_view::npos) return std::string(inside);
    const Result<Json> whole = parse_json(value, value.size());
    return whole && whole->is_string() ? whole->get<std::string>() : std::string{};
}

}  // namespace

JsonPeek::JsonPeek(std::string_view object) {
    members_.reserve(kTypicalMembers);
    std::size_t at = behind_marks(object, 0, "{");
    while (at < object.size() && object[at] == '"') {
        const std::size_t key_end = behind_string(object, at);
        const std::size_t value = behind_marks(object, key_end, ":");
        const std::size_t value_end = behind_value(object, value);
        if (key_end - at >= 2)
            members_.emplace_back(object.substr(at + 1, key_end - at - 2),
                                  object.substr(value, value_end - value));
        at = behind_marks(object, value_end, ",");
    }
}

std::string_view JsonPeek::member(std::string_view key) const {
    const auto found = std::find_if(
        members_.begin(), members_.end(), [key](const auto& each) { return each.first == key; });
    return found == members_.end() ? std::string_view{} : found->second;
}

std::string JsonPeek::text_or(std::string_view key, std::string_view fallback) const {
    const std::string_view value = member(key);
    return is_string(value) ? unquoted(value) : std::string(fallback);
}

std::int64_t JsonPeek::int_or(std::string_view key, std::int64_t fallback) const {
    const std::string_view value = member(key);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool is_whole = error == std::errc{} && end == value.data() + value.size() && !value.empty();
    return is_whole ? number : fallback;
}

bool JsonPeek::bool_or(std::string_view key, bool fallback) const {
    const std::string_view value = member(key);
    if (value == "true") return true;
    return value == "false" ? false : fallback;
}

Id JsonPeek::id_or_nil(std::string_view key) const {
    const std::string_view value = member(key);
    return is_string(value) ? parse_id(value.substr(1, value.size() - 2)).value_or(Id{}) : Id{};
}

std::vector<std::string> JsonPeek::texts_or_none(std::string_view key) const {
    const std::string_view list = member(key);
    std::vector<std::string> out;
    if (list.empty() || list.front() != '[') return out;
    for (std::size_t at = behind_marks(list, 1, ","); at < list.size() && list[at] != ']';) {
        const std::size_t end = behind_value(list, at);
        if (end == at) break;
        const std::string_view value = list.substr(at, end - at);
        if (is_string(value)) out.push_back(unquoted(value));
        at = behind_marks(list, end, ",");
    }
    return out;
}

}  // namespace ventanilla
