#pragma once

#include <optional>
#include <string_view>

// A look at what has been received, before it is parsed with all care. What everybody asks at once
// after an outage is a GET without a body and without wishes, and its answer lies ready: for that a
// look is enough. Whatever is in any way unusual is not for here.
// Tested in tests/server/glance_test.cpp.

namespace ventanilla::http {

struct Glance {
    std::string_view path;           // without a query
    std::string_view if_none_match;  // empty when it has none
    std::size_t bytes = 0;           // of the request, with the empty line that ends it
};

// The request at the beginning of `received`; nothing unless it is complete, one of the above, and
// such that careful parsing would take it too (RFC 9112). The views are into `received`.
std::optional<Glance> glance(std::string_view received);

}  // namespace ventanilla::http
