#include <cstdlib>

#include <emscripten/emscripten.h>

#include "wasm/platform/imports.hpp"
#include "wasm/platform/portal.hpp"

// The program the browser starts. It lives as long as the page.

namespace {

ventanilla::platform::Portal& portal() {
    static auto* instance = new ventanilla::platform::Portal;  // never destroyed: there is no exit
    return *instance;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int pf_turn(std::uint32_t count) {
    return portal().turn(count) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE double pf_paint() {
    return portal().paint();
}

EMSCRIPTEN_KEEPALIVE void pf_use_font(std::uint8_t* file, std::size_t size) {
    portal().use_font({file, file + size});
    std::free(file);
}

}  // extern "C"

int main() {
    pf_start(portal().records(), ventanilla::platform::Portal::kRecordsMax);
    return 0;
}
