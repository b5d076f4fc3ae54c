#include "shared/base/json.hpp"
#include "tests/fuzz/input.hpp"

// Whatever the bytes: an Error or a value, and a value survives being written and read again.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ventanilla;
    const auto value = parse_json(fuzz::text_of(data, size));
    if (!value) return 0;
    const std::string written = dump_json(*value);
    const auto again = parse_json(written);
    fuzz::must(again.has_value(), "what was written can be read");
    fuzz::must(dump_json(*again) == written, "writing is stable");
    return 0;
}
