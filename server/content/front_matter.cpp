#include "server/content/front_matter.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

constexpr std::size_t kHeadBytesMax = 64 * 1024;

// Quotes go; in double quotes \", \\ and \n are read; a comment behind a plain value goes.
std::string unquoted(std::string_view value) {
    value = trimmed(value);
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
        const char quote = value.front();
        std::string out;
        value = value.substr(1, value.size() - 2);
        for (std::size_t i = 0; i < value.size(); ++i) {
            const bool escapes =
                i + 1 < value.size() && ((quote == '"' && value[i] == '\\') ||
                                         (quote == '\'' && value.substr(i, 2) == "''"));
            if (escapes) ++i;
            out.push_back(escapes && quote == '"' && value[i] == 'n' ? '\n' : value[i]);
        }
        return out;
    }
    return std::string(trimmed(value.substr(0, value.find(" #"))));
}

std::vector<std::string> values_of(std::string_view value) {
    value = trimmed(value);
    if (value.size() < 2 || value.front() != '[' || value.back() != ']') {
        std::string one = unquoted(value);
        return one.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(one)};
    }
    value = value.substr(1, value.size() - 2);
    std::vector<std::string> out;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find(','), value.size());
        std::string one = unquoted(value.substr(0, end));
        if (!one.empty()) out.push_back(std::move(one));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return out;
}

void read_line(std::string_view line, std::string& key, FrontMatter& out) {
    const std::string_view bare = trimmed(line);
    if (bare.empty() || bare.front() == '#') return;
    if (bare.substr(0, 2) == "- " && !key.empty()) {
        const std::string_view item = bare.substr(2);
        if (item.find(": ") == std::string_view::npos) out.values[key].push_back(unquoted(item));
        return;
    }
    if (line.front() == ' ' || line.front() == '\t') return;  // nested
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    key = std::string(trimmed(line.substr(0, colon)));
    out.values[key] = values_of(line.substr(colon + 1));
}

}  // namespace

std::string FrontMatter::text(std::string_view key) const {
    const std::vector<std::string> all = list(key);
    return all.empty() ? std::string() : all.front();
}

std::vector<std::string> FrontMatter::list(std::string_view key) const {
    const auto at = values.find(std::string(key));
    return at == values.end() ? std::vector<std::string>{} : at->second;
}

std::string front_matter_value(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') out.push_back('\\');
        if (c == '\n')
            out += "\\n";
        else if (c != '\r')
            out.push_back(c);
    }
    return out + "\"";
}

FrontMatter read_front_matter(std::string_view text) {
    FrontMatter out;
    if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
    out.body = text;
    const bool has_head = text.substr(0, 4) == "---\n" || text.substr(0, 5) == "---\r\n";
    if (!has_head) return out;
    std::string key;
    int line_number = 1;
    std::size_t at = text.find('\n') + 1;
    while (at < text.size() && at < kHeadBytesMax) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        at = std::min(end + 1, text.size());
        ++line_number;
        if (line == "---" || line == "...") {
            out.body = text.substr(at);
            out.body_line = line_number + 1;
            return out;
        }
        read_line(line, key, out);
    }
    return {.values = {}, .body = text};  // never closed: it was no head
}

}  // namespace ventanilla::content
