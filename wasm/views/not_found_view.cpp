#include "wasm/views/not_found_view.hpp"

#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

void not_found_view(ui::Ui& ui, const Say& say) {
    ui.heading(1, say(K::page_not_found));
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Search,
                          .title = say(K::page_not_found_text),
                          .action = say(K::page_home_link),
                          .action_href = "/"});
}

}  // namespace ventanilla::views
