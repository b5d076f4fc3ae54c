#include "wasm/app/screens.hpp"

#include "wasm/views/article_view.hpp"
#include "wasm/views/articles_view.hpp"
#include "wasm/views/catalogue_view.hpp"
#include "wasm/views/device_view.hpp"
#include "wasm/views/first_fetch_view.hpp"
#include "wasm/views/form_view.hpp"
#include "wasm/views/home_view.hpp"
#include "wasm/views/knowledge_view.hpp"
#include "wasm/views/not_found_view.hpp"
#include "wasm/views/outage_form.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/views/request_view.hpp"
#include "wasm/views/requests_view.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/views/search_view.hpp"
#include "wasm/views/settings_view.hpp"
#include "wasm/views/shell_view.hpp"
#include "wasm/views/sign_in_view.hpp"
#include "wasm/views/status_view.hpp"
#include "wasm/views/writing_view.hpp"

namespace ventanilla::app {

namespace {

using namespace views;

// Pages that have something to say on a device that holds nothing yet.
bool is_of_the_device(Page page) {
    return page == Page::Settings || page == Page::Device || page == Page::SignIn;
}

void draw_page(ui::Ui& ui, const AppState& state, Instant now, Intents& intents) {
    if (is_without_data(state) && !is_of_the_device(state.route.page))
        return first_fetch_view(ui, say_for(state, now), intents);
    switch (state.route.page) {
        case Page::Home: return home_view(ui, home_model(state, now), state, intents);
        case Page::Search: return search_view(ui, search_model(state, now), state, intents);
        case Page::Catalogue: return catalogue_view(ui, catalogue_model(state, now), intents);
        case Page::Form: return form_view(ui, form_model(state, now), intents);
        case Page::Requests: return requests_view(ui, requests_model(state, now), state, intents);
        case Page::Request:
        case Page::QueueRequest: return request_view(ui, request_model(state, now), intents);
        case Page::Article: return article_view(ui, article_model(state, now), intents);
        case Page::Articles: return articles_view(ui, articles_model(state, now));
        case Page::Knowledge: return knowledge_view(ui, knowledge_model(state, now));
        case Page::NewArticle:
        case Page::EditArticle: return writing_view(ui, writing_model(state, now), intents);
        case Page::Review: return review_view(ui, review_model(state, now), intents);
        case Page::Status: return status_view(ui, status_model(state, now), intents);
        case Page::Queue: return queue_view(ui, queue_model(state, now), state, intents);
        case Page::SignIn: return sign_in_view(ui, sign_in_model(state, now), intents);
        case Page::Settings: return settings_view(ui, settings_model(state, now), intents);
        case Page::Device: return device_view(ui, device_model(state, now), intents);
        case Page::NewOutage:
        case Page::Outage: return outage_view(ui, outage_model(state, now), intents);
        case Page::NotFound: return not_found_view(ui, say_for(state, now));
    }
}

}  // namespace

void draw_screen(ui::Ui& ui, const AppState& state, Instant now, Intents& intents) {
    const auto shell = open_shell(ui, state, now, intents);
    if (!is_signed_in(state)) {
        sign_in_view(ui, sign_in_model(state, now), intents);
    } else {
        const auto page = ui.column(ui::Gap::Huge);
        notices_view(ui, state, now, intents);
        draw_page(ui, state, now, intents);
    }
    overlays_view(ui, state, now, intents);
}

}  // namespace ventanilla::app
