#include "wasm/views/route.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/base/text.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::views {

namespace {

// The first path written for a page is the one to_url writes.
struct Path {
    Page page;
    std::string_view path;
    bool takes_key;
};
constexpr std::array kPaths = {
    Path{Page::Home, "", false},
    Path{Page::Search, "buscar", false},
    Path{Page::Search, "search", false},
    Path{Page::Catalogue, "pedir", false},
    Path{Page::Catalogue, "ask", false},
    Path{Page::Form, "pedir", true},
    Path{Page::Form, "ask", true},
    Path{Page::Requests, "solicitudes", false},
    Path{Page::Requests, "requests", false},
    Path{Page::Request, "solicitudes", true},
    Path{Page::Request, "requests", true},
    Path{Page::Article, "articulos", true},
    Path{Page::Article, "articles", true},
    Path{Page::Articles, "articulos", false},
    Path{Page::Articles, "articles", false},
    Path{Page::NewArticle, "escribir", false},
    Path{Page::NewArticle, "write", false},
    Path{Page::EditArticle, "escribir", true},
    Path{Page::EditArticle, "write", true},
    Path{Page::Review, "revision", true},
    Path{Page::Review, "review", true},
    Path{Page::Knowledge, "conocimiento", false},
    Path{Page::Knowledge, "knowledge", false},
    Path{Page::Status, "estado", false},
    Path{Page::Status, "status", false},
    Path{Page::Queue, "cola", false},
    Path{Page::Queue, "queue", false},
    Path{Page::QueueRequest, "cola", true},
    Path{Page::QueueRequest, "queue", true},
    Path{Page::SignIn, "entrar", false},
    Path{Page::SignIn, "sign-in", false},
    Path{Page::Settings, "ajustes", false},
    Path{Page::Settings, "settings", false},
    Path{Page::Device, "este-navegador", false},
    Path{Page::Device, "this-browser", false},
    Path{Page::NewOutage, "interrupciones/nueva", false},
    Path{Page::NewOutage, "outages/new", false},
    Path{Page::Outage, "interrupciones", true},
    Path{Page::Outage, "outages", true},
    Path{Page::NotFound, "no-encontrada", false},
};

// The query parameter a page reads, if any.
std::string_view parameter_of(Page page) {
    switch (page) {
        case Page::Search: return "q";
        case Page::SignIn: return "a";
        case Page::Catalogue:
        case Page::Requests:
        case Page::Queue: return "ver";
        default: return {};
    }
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

std::string_view without(std::string_view url, char from) {
    return url.substr(0, url.find(from));
}

// Numbers come before the words: "KB0005-vpn" is KB0005.
std::string key_of(Page page, std::string_view segment) {
    const std::string key = percent_decoded(segment);
    return page == Page::Article ? key.substr(0, key.find('-')) : key;
}

std::optional<Route> read_path(const Path& known, std::string_view path) {
    if (!known.takes_key) {
        if (path != known.path) return std::nullopt;
        return Route{known.page, {}, {}};
    }
    if (path.size() <= known.path.size() + 1 || !path.starts_with(known.path) ||
        path[known.path.size()] != '/')
        return std::nullopt;
    const std::string_view segment = path.substr(known.path.size() + 1);
    if (segment.find('/') != std::string_view::npos) return std::nullopt;
    return Route{known.page, key_of(known.page, segment), {}};
}

}  // namespace

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c)) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(kDigits[byte >> 4U]);
        out.push_back(kDigits[byte & 15U]);
    }
    return out;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string byte;
        if (text[i] == '%' && i + 2 < text.size() && from_hex(text.substr(i + 1, 2), byte)) {
            out += byte;
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return is_utf8(out) ? out : std::string(text);
}

std::string url_parameter(std::string_view url, std::string_view name) {
    const std::size_t question = url.find('?');
    if (question == std::string_view::npos) return {};
    std::string_view rest = without(url.substr(question + 1), '#');
    while (!rest.empty()) {
        const std::string_view pair = without(rest, '&');
        if (without(pair, '=') == name && pair.size() > name.size())
            return percent_decoded(pair.substr(name.size() + 1));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    }
    return {};
}

Route parse_route(std::string_view url) {
    std::string_view path = without(without(url, '#'), '?');
    while (path.starts_with('/'))
        path.remove_prefix(1);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    for (const Path& known : kPaths) {
        std::optional<Route> route = read_path(known, path);
        if (!route) continue;
        if (const std::string_view name = parameter_of(route->page); !name.empty())
            route->query = url_parameter(url, name);
        return *route;
    }
    return {Page::NotFound, percent_decoded(path), {}};
}

std::string to_url(const Route& route) {
    std::string out = "/";
    for (const Path& known : kPaths) {
        if (known.page != route.page) continue;
        out += known.path;
        if (known.takes_key) out += "/" + percent_encoded(route.key);
        break;
    }
    const std::string_view name = parameter_of(route.page);
    if (!name.empty() && !route.query.empty())
        out += concat("?", name, "=", percent_encoded(route.query));
    return out;
}

std::string article_url(std::string_view number, std::string_view title) {
    constexpr std::size_t kWordsBytesMax = 60;
    std::string words;
    for (const char c : search::folded(title))
        words.push_back(is_unreserved(c) ? c : '-');
    if (words.size() > kWordsBytesMax) words.resize(words.rfind('-', kWordsBytesMax));
    while (words.find("--") != std::string::npos)
        words.erase(words.find("--"), 1);
    while (!words.empty() && words.back() == '-')
        words.pop_back();
    std::string out = concat("/articulos/", percent_encoded(number));
    if (!words.empty()) out += "-" + words;
    return out;
}

}  // namespace ventanilla::views
