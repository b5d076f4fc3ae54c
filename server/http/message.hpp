#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"

// A request and its answer as plain values. Handlers see nothing else of HTTP: no sockets, no event
// loop.

namespace ventanilla::http {

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

struct HttpRequest {
    std::string method;  // "GET", "HEAD", "POST" or "OPTIONS": others never come this far
    std::string path;    // still percent-encoded, begins with "/"
    std::string query;   // behind the "?", still encoded, may be empty
    Headers headers;
    std::string body;
    std::string peer;  // address of the client, or what a trusted proxy said it is

    // The value of the first header called `name` (lower case); empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] int header_count(std::string_view name) const;
    // Empty when there is none. Source: RFC 6265.
    [[nodiscard]] std::string_view cookie(std::string_view name) const;
};

// What somebody listening to hints may hear.
struct LiveTopic {
    std::string session;  // closing it ends the stream
    std::string user;
    std::vector<std::string> audiences;
    std::uint64_t head = 0;  // said first
};

struct HttpResponse {
    int status = 200;
    Headers headers;  // without length, connection, date and the security headers
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of body: a file held in memory
    std::optional<LiveTopic> live;                   // an event stream instead of a body

    HttpResponse& with(std::string_view name, std::string_view value);
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::string_view content() const {
        return shared_body ? std::string_view{*shared_body} : std::string_view{body};
    }
};

HttpResponse json_response(std::string body, int status = 200);

// "es" or "en": what the first language of Accept-Language is served in; Spanish by default.
std::string_view language_of(const HttpRequest& request);

// One parameter of `query`, decoded. Errors: NotFound; Invalid for broken percent signs.
Result<std::string> query_parameter(std::string_view query, std::string_view name);

// "%20" becomes a space. Errors: Invalid for broken sequences and NUL.
Result<std::string> percent_decoded(std::string_view text);

}  // namespace ventanilla::http
