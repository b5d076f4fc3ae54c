#include "server/http/glance.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

constexpr std::string_view kMethod = "GET ";
constexpr std::string_view kVersion = " HTTP/1.1";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kBytesMax = 4'096;

// They change how a request is read or what becomes of the connection.
constexpr std::array<std::string_view, 6> kUnusual = {
    "content-length", "transfer-encoding", "content-encoding", "expect", "upgrade", "trailer"};

bool is_same(std::string_view name, std::string_view lower) {
    return name.size() == lower.size() &&
           std::equal(name.begin(), name.end(), lower.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
           });
}

// Of a header's name. Source: RFC 9110, 5.6.2.
bool is_token(std::string_view name) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return is_letter || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
    });
}

bool is_visible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

bool is_plain(std::string_view value) {
    return std::all_of(
        value.begin(), value.end(), [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; });
}

struct Seen {
    int hosts = 0;
    int tags = 0;
};

// Takes one header line; false when a look is not enough for it.
bool look_at(std::string_view line, Glance& found, Seen& seen) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view name = line.substr(0, colon);
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!is_token(name) || !is_plain(line.substr(colon + 1))) return false;
    if (is_same(name, "host")) ++seen.hosts;
    if (is_same(name, "connection") && !is_same(value, "keep-alive")) return false;
    if (is_same(name, "if-none-match")) {
        ++seen.tags;
        found.if_none_match = value;
    }
    return std::none_of(kUnusual.begin(), kUnusual.end(), [&](std::string_view unusual) {
        return is_same(name, unusual);
    });
}

}  // namespace

std::optional<Glance> glance(std::string_view received) {
    if (!received.starts_with(kMethod)) return std::nullopt;
    std::size_t end = received.find(kLineEnd);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = received.substr(kMethod.size(), end - kMethod.size());
    if (!line.ends_with(kVersion)) return std::nullopt;
    Glance found;
    found.path = line.substr(0, line.size() - kVersion.size());
    if (!found.path.starts_with('/') || !is_visible(found.path)) return std::nullopt;
    if (found.path.find('?') != std::string_view::npos) return std::nullopt;
    Seen seen;
    while (true) {
        const std::size_t begin = end + kLineEnd.size();
        end = received.find(kLineEnd, begin);
        if (end == std::string_view::npos || end > kBytesMax) return std::nullopt;
        line = received.substr(begin, end - begin);
        if (line.empty()) break;
        if (!look_at(line, found, seen)) return std::nullopt;
    }
    found.bytes = end + kLineEnd.size();
    if (seen.hosts != 1 || seen.tags > 1) return std::nullopt;
    return found;
}

}  // namespace ventanilla::http
