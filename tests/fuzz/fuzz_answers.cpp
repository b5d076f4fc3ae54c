#include "shared/rules/form.hpp"
#include "tests/fuzz/input.hpp"

// A form and answers to it, as {"form": …, "answers": …}: evaluating ends, what is hidden is never
// stored, and what is stored is stored again as it is, whoever reads it.

namespace {

using namespace ventanilla;

void check_fields(const rules::FormState& state) {
    for (const rules::SectionState& section : state.sections)
        for (const auto& entry : section.entries)
            for (const rules::FieldState& field : entry)
                fuzz::must(field.is_visible || (field.value.is_null() && !field.error),
                           "what is hidden is empty");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = parse_json(fuzz::text_of(data, size), 64 * 1024);
    if (!value) return 0;
    const auto form = domain::stored_form_from_json(member(*value, "form"));
    if (!form) return 0;
    rules::FormContext context;
    context.user = {.name = "Ada", .email = "ada@andina.example", .site = "madrid"};
    context.today = *rules::parse_day("2026-03-11");
    (void)rules::first_answers(*form, context);
    const bool is_sound = rules::check_form(*form).empty();
    const rules::FormState state = rules::evaluate(*form, member(*value, "answers"), context);
    check_fields(state);
    if (!is_sound || !state.errors().empty()) return 0;
    const Json stored = state.answers();
    for (const domain::Lang lang : {domain::Lang::Es, domain::Lang::En}) {
        context.user.lang = lang;
        // The form may ask for the person's language: then another one has other answers.
        const bool asks = fuzz::text_of(data, size).find("user.lang") != std::string_view::npos;
        fuzz::must(asks || rules::evaluate(*form, stored, context).answers() == stored,
                   "stored answers stay");
    }
    return 0;
}
