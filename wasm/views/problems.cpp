#include "wasm/views/problems.hpp"

#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

std::string_view problem_at(const Problems& problems, std::string_view field) {
    for (const FieldProblem& problem : problems)
        if (problem.field == field) return problem.text;
    return {};
}

void problems_view(ui::Ui& ui, const Say& say, const Problems& problems, bool focus) {
    if (problems.empty()) return;
    std::vector<widgets::Problem> lines;
    for (const FieldProblem& each : problems)
        lines.push_back({each.field, each.text});
    const std::string title = say(P::form_missing, static_cast<std::int64_t>(lines.size()));
    const ui::NodeId summary = widgets::error_summary(ui, title, lines);
    if (focus) ui.focus(summary);
}

}  // namespace ventanilla::views
