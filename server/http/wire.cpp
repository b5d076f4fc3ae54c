#include "server/http/wire.hpp"

#include <boost/beast/http/status.hpp>

#include "server/http/core.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::http {

std::string to_wire(const HttpResponse& response, bool is_secure) {
    const auto status = static_cast<unsigned>(response.status);
    const auto reason =
        boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(status));
    std::string wire =
        concat("HTTP/1.1 ", status, " ", std::string_view{reason.data(), reason.size()}, "\r\n");
    for (const Headers* headers : {&security_headers(is_secure), &response.headers}) {
        for (const auto& [name, value] : *headers)
            wire += concat(name, ": ", value, "\r\n");
    }
    if (response.header("cache-control").empty()) wire += "cache-control: no-store\r\n";
    if (status == 304) return wire + "\r\n";
    const std::string_view content = response.content();
    return wire + concat("content-length: ", content.size(), "\r\n\r\n", content);
}

}  // namespace ventanilla::http
