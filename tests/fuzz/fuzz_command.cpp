#include "shared/commands/command.hpp"
#include "tests/fuzz/input.hpp"

// A command as it comes over the wire: refused, or the same after a round.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ventanilla;
    const auto value = parse_json(fuzz::text_of(data, size));
    if (!value) return 0;
    const auto command = commands::command_from_json(*value);
    if (!command) return 0;
    const Json written = commands::to_json(*command);
    const auto again = commands::command_from_json(written);
    fuzz::must(again.has_value(), "what was written can be read");
    fuzz::must(commands::to_json(*again) == written, "writing is stable");
    return 0;
}
