#pragma once

#include <string>
#include <vector>

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/request_words.hpp"

// What stands around every screen: navigation, the connection, dialogs, what just happened.

namespace ventanilla::views {

struct NavModel {
    Page page = Page::Home;
    K label{};
    K short_label{};
    ui::Icon icon = ui::Icon::None;
    int count = 0;
    std::string count_label = {};
    bool on_phone = true;
};

struct ConnectionModel {
    Mark badge = {};          // "En línea", "Sin conexión"
    std::string detail = {};  // "Todo enviado · 10:42", "2 sin enviar"

    friend bool operator==(const ConnectionModel&, const ConnectionModel&) = default;
};

ConnectionModel connection_model(const AppState& state, Instant now);
std::vector<NavModel> nav_models(const AppState& state, Instant now);

// The title of the document and, read aloud, of a new page: "Mis solicitudes".
std::string page_name(const AppState& state, Instant now);

// Opens the shell; everything else of the frame is inside it.
ui::Scope open_shell(ui::Ui& ui, const AppState& state, Instant now, Intents& intents);

// Over the page: the open dialog, and toasts.
void overlays_view(ui::Ui& ui, const AppState& state, Instant now, Intents& intents);

// Lines that concern every screen: a session that ended, an update, storage that does not hold.
void notices_view(ui::Ui& ui, const AppState& state, Instant now, Intents& intents);

// The words that the verbs of Ui themselves need.
ui::Words ui_words(Lang lang);

}  // namespace ventanilla::views
