#include "server/http/message.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

std::string_view find(const Headers& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (key == name) return value;
    }
    return {};
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
    return find(headers, name);
}

int HttpRequest::header_count(std::string_view name) const {
    return static_cast<int>(std::count_if(
        headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; }));
}

std::string_view HttpRequest::cookie(std::string_view name) const {
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view pair = trimmed(rest.substr(0, end));
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

HttpResponse& HttpResponse::with(std::string_view name, std::string_view value) {
    headers.emplace_back(std::string{name}, std::string{value});
    return *this;
}

std::string_view HttpResponse::header(std::string_view name) const {
    return find(headers, name);
}

HttpResponse json_response(std::string body, int status) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.with("content-type", "application/json");
    return response;
}

std::string_view language_of(const HttpRequest& request) {
    const std::string_view wanted = trimmed(request.header("accept-language"));
    const bool is_english = wanted.size() >= 2 && (wanted[0] == 'e' || wanted[0] == 'E') &&
                            (wanted[1] == 'n' || wanted[1] == 'N');
    return is_english ? "en" : "es";
}

Result<std::string> percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.push_back(text[i]);
            continue;
        }
        std::string byte;
        if (i + 2 >= text.size() || !from_hex(text.substr(i + 1, 2), byte) || byte[0] == '\0')
            return invalid("broken percent encoding");
        out.push_back(byte[0]);
        i += 2;
    }
    return out;
}

Result<std::string> query_parameter(std::string_view query, std::string_view name) {
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) == name)
            return percent_decoded(pair.substr(std::min(equals + 1, pair.size())));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return Errc::NotFound;
}

}  // namespace ventanilla::http
