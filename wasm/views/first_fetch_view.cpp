#include "wasm/views/first_fetch_view.hpp"

#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

void first_fetch_view(ui::Ui& ui, const Say& say, Intents& intents) {
    ui.heading(1, say(K::first_fetch_title));
    widgets::empty_state(ui,
                         {.icon = ui::Icon::CloudOff,
                          .title = say(K::first_fetch_what),
                          .text = say(K::first_fetch_text)});
    if (ui.button(say(K::first_fetch_retry))) intents.push_back(SyncNow{});
}

}  // namespace ventanilla::views
