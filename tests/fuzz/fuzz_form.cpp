#include "shared/domain/form.hpp"
#include "tests/fuzz/input.hpp"

// A form definition, as an import or a row would bring it: refused, or the same after a round.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ventanilla;
    const auto value = parse_json(fuzz::text_of(data, size));
    if (!value) return 0;
    if (const auto stored = domain::stored_form_from_json(*value)) domain::to_json(*stored);
    const auto form = domain::form_from_json(*value);
    if (!form) return 0;
    const Json written = domain::to_json(*form);
    const auto again = domain::form_from_json(written);
    fuzz::must(again.has_value(), "what was written can be read");
    fuzz::must(domain::to_json(*again) == written, "writing is stable");
    return 0;
}
