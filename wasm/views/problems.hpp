#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/state.hpp"

// What is missing in something a person fills in: above it as a list of links, and at each field.

namespace ventanilla::views {

using Problems = std::vector<FieldProblem>;

// What to say at the field of that key; empty when it is fine.
std::string_view problem_at(const Problems& problems, std::string_view field);

// Nothing when there is none. With `focus` it takes the focus: somebody tried to send.
void problems_view(ui::Ui& ui, const Say& say, const Problems& problems, bool focus);

}  // namespace ventanilla::views
