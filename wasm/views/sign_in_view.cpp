#include "wasm/views/sign_in_view.hpp"

#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

SignInModel sign_in_model(const AppState& state, Instant now) {
    SignInModel model{.say = say_for(state, now)};
    const bool is_again = is_signed_in(state) && state.session.is_over;
    model.lead = std::string(model.say(is_again ? K::sign_in_again : K::sign_in_text));
    model.login = state.sign_in.login;
    model.password = state.sign_in.password;
    if (state.sign_in.problem) model.problem = std::string(model.say(*state.sign_in.problem));
    model.is_busy = state.sign_in.is_busy;
    model.is_starting = state.session.kind == SessionKind::Starting;
    return model;
}

void sign_in_view(ui::Ui& ui, const SignInModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto page = ui.column(ui::Gap::Large);
    ui.heading(1, say(model.is_starting ? K::app_name : K::sign_in_title));
    if (model.is_starting) return ui.skeleton(say(K::loading_store), 4);
    ui.paragraph(model.lead);
    {
        const auto card = ui.card();
        const auto form = ui.form("sign-in", say(K::sign_in_title));
        if (!model.problem.empty()) {
            const auto alert =
                ui.panel({.tone = ui::Tone::Critical, .key = "problem", .alert = true});
            ui.text(model.problem);
        }
        std::string login = model.login;
        std::string password = model.password;
        if (ui.text_field({.key = "username",
                           .label = say(K::sign_in_login),
                           .autocomplete = "username",
                           .required = true},
                          login))
            intents.push_back(EditLogin{login});
        if (ui.text_field({.key = "password",
                           .label = say(K::sign_in_password),
                           .type = ui::FieldType::Password,
                           .autocomplete = "current-password",
                           .required = true},
                          password))
            intents.push_back(EditPassword{password});
        if (ui.button({.label = say(K::sign_in_submit),
                       .emphasis = ui::Emphasis::Primary,
                       .busy_reason = model.is_busy ? say(K::sign_in_busy) : std::string_view{},
                       .submit = true,
                       .wide = true}))
            intents.push_back(SignIn{});
    }
    ui.text(say(K::sign_in_help), ui::Style::Secondary);
    const Lang other = say.lang == Lang::Es ? Lang::En : Lang::Es;
    const auto language = ui.lang(domain::name(other));
    if (ui.button(say(K::sign_in_other_language), ui::Emphasis::Quiet))
        intents.push_back(SetLang{other});
}

}  // namespace ventanilla::views
