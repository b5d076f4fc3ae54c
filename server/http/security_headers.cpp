#include "server/http/core.hpp"

namespace ventanilla::http {
namespace {

// 'wasm-unsafe-eval' lets WebAssembly compile and nothing else; Trusted Types shut the DOM's script
// doors.
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' "
    "blob:; "
    "style-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for "
    "'script'; "
    "trusted-types app";

Headers common() {
    return {{"content-security-policy", kPolicy},
            {"cross-origin-opener-policy", "same-origin"},
            {"cross-origin-resource-policy", "same-origin"},
            {"cross-origin-embedder-policy", "require-corp"},
            {"x-content-type-options", "nosniff"},
            {"referrer-policy", "no-referrer"},
            {"permissions-policy", "camera=(), geolocation=(), microphone=()"}};
}

Headers with_hsts() {
    Headers headers = common();
    headers.emplace_back("strict-transport-security", "max-age=31536000; includeSubDomains");
    return headers;
}

}  // namespace

const Headers& security_headers(bool secure) {
    static const Headers kPlain = common();
    static const Headers kSecure = with_hsts();
    return secure ? kSecure : kPlain;
}

}  // namespace ventanilla::http
