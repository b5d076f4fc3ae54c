#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"

// The door: real fields, so that password managers and browsers fill them in.

namespace ventanilla::views {

struct SignInModel {
    Say say = {};
    std::string lead = {};  // why one is here, when the session ended
    std::string login = {};
    std::string password = {};
    std::string problem = {};  // what to do; empty: none
    bool is_busy = false;
    bool is_starting = false;
};

SignInModel sign_in_model(const AppState& state, Instant now);
void sign_in_view(ui::Ui& ui, const SignInModel& model, Intents& intents);

}  // namespace ventanilla::views
