#include "wasm/views/outage_form.hpp"
#include "wasm/views/page_sizes.hpp"
#include "wasm/views/problems.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kPreviewPx = 320;

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::vector<ui::Choice> choices_of(const Pairs& pairs) {
    std::vector<ui::Choice> out;
    for (const auto& [value, label] : pairs)
        out.push_back({.value = value, .label = label});
    return out;
}

// Draws the fields of the console; each edit becomes an intent.
struct OutageFields {
    ui::Ui& ui;
    const OutageModel& model;
    Intents& intents;

    [[nodiscard]] std::string value(std::string_view key) const {
        const auto at = model.form.texts.find(std::string(key));
        return at == model.form.texts.end() ? std::string{} : at->second;
    }

    void text(std::string_view key, K label, bool required, bool is_long = false) {
        std::string text = value(key);
        const ui::FieldSpec spec{.key = key,
                                 .label = model.say(label),
                                 .error = problem_at(model.form.problems, key),
                                 .type = is_long ? ui::FieldType::LongText : ui::FieldType::Text,
                                 .required = required,
                                 .length_max = is_long ? 1200U : 200U,
                                 .rows = 3};
        if (ui.text_field(spec, text)) intents.push_back(EditOutage{std::string(key), text});
    }

    void pick(std::string_view key, K label, const Pairs& pairs, bool required) {
        std::string text = value(key);
        const std::vector<ui::Choice> choices = choices_of(pairs);
        const ui::FieldSpec spec{.key = key,
                                 .label = model.say(label),
                                 .error = problem_at(model.form.problems, key),
                                 .required = required};
        if (ui.select(spec, choices, text)) intents.push_back(EditOutage{std::string(key), text});
    }

    void services() {
        std::vector<std::string> chosen = model.form.services;
        const std::vector<ui::Choice> choices = choices_of(model.services);
        if (ui.multi_choice({.key = "services",
                             .label = model.say(K::outage_services),
                             .error = problem_at(model.form.problems, "services"),
                             .required = true},
                            choices,
                            chosen))
            intents.push_back(ChooseServices{chosen});
    }

    void sites() {
        std::vector<std::string> chosen = model.form.sites;
        const std::vector<ui::Choice> choices = choices_of(model.sites);
        if (ui.multi_choice({.key = "sites",
                             .label = model.say(K::outage_sites),
                             .help = model.say(K::outage_sites_help)},
                            choices,
                            chosen))
            intents.push_back(ChooseSites{chosen});
    }

    void times() {
        const Say& say = model.say;
        const Pairs next = {{"15", say(P::time_minutes, 15)},
                            {"20", say(P::time_minutes, 20)},
                            {"30", say(P::time_minutes, 30)},
                            {"60", say(P::time_minutes, 60)}};
        const Pairs eta = {{"30", say(P::time_minutes, 30)},
                           {"60", say(P::time_minutes, 60)},
                           {"120", say(P::time_minutes, 120)},
                           {"240", say(P::time_minutes, 240)}};
        pick("next", K::outage_next, next, true);
        pick("eta", K::outage_eta, eta, false);
    }

    void level() {
        const Say& say = model.say;
        pick("level",
             K::outage_level,
             {{"degraded", std::string(say(K::service_degraded))},
              {"partial", std::string(say(K::service_partial))},
              {"major", std::string(say(K::service_major))}},
             false);
    }
};

void publish_fields(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    OutageFields fields{ui, model, intents};
    const auto form = ui.form("outage", model.say(K::outage_new_title));
    problems_view(ui, model.say, model.form.problems, model.focus_summary);
    fields.services();
    fields.level();
    fields.sites();
    fields.text("title_es", K::outage_title_es, true);
    fields.text("title_en", K::outage_title_en, false);
    fields.text("impact_es", K::outage_impact_es, true);
    fields.text("impact_en", K::outage_impact_en, false);
    fields.text("workaround_es", K::outage_workaround_es, true);
    fields.text("workaround_en", K::outage_workaround_en, false);
    fields.pick("article", K::outage_article, model.articles, false);
    fields.text("contact_name", K::outage_contact_name, true);
    fields.text("contact_phone", K::outage_contact_phone, false);
    fields.times();
    fields.text("body_es", K::outage_body_es, true, true);
    fields.text("body_en", K::outage_body_en, false, true);
    if (ui.button({.label = model.say(K::outage_publish),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::Megaphone}))
        intents.push_back(PublishOutage{});
}

void update_fields(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    OutageFields fields{ui, model, intents};
    const auto form = ui.form("outage", model.say(K::outage_update_title));
    problems_view(ui, model.say, model.form.problems, model.focus_summary);
    fields.pick("state", K::outage_state, model.states, false);
    fields.level();
    fields.text("body_es", K::outage_body_es, true, true);
    fields.text("body_en", K::outage_body_en, false, true);
    fields.text("workaround_es", K::outage_workaround_es, false);
    fields.text("workaround_en", K::outage_workaround_en, false);
    fields.times();
    const auto row = ui.wrap(ui::Gap::Medium);
    if (ui.button({.label = model.say(K::outage_send_update), .emphasis = ui::Emphasis::Primary}))
        intents.push_back(UpdateOutage{model.outage});
    if (ui.button(model.say(K::outage_resolve))) intents.push_back(AskResolveOutage{model.outage});
}

void preview_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    const auto aside = ui.aside(model.say(K::outage_preview));
    ui.heading(2, model.say(K::outage_preview));
    if (!model.audience.empty()) ui.text(model.audience, ui::Style::Secondary);
    banners_view(ui, model.say, {model.preview}, 1, intents);
}

}  // namespace

void outage_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    if (!model.is_allowed) return no_permission_view(ui, model.say);
    const auto page = ui.column(ui::Gap::Large);
    widgets::back_link(ui, model.say(K::nav_status), to_url(Page::Status));
    ui.heading(1, model.say(model.is_update ? K::outage_update_title : K::outage_new_title));
    if (model.is_missing) {
        widgets::empty_state(ui,
                             {.icon = ui::Icon::CircleCheck,
                              .title = model.say(K::outage_over),
                              .text = model.say(K::outage_over_text),
                              .action = model.say(K::nav_status),
                              .action_href = to_url(Page::Status)});
        return;
    }
    const auto split = ui.split(kFormPx, kPreviewPx);
    {
        const auto column = ui.column(ui::Gap::Large);
        if (model.is_update)
            update_fields(ui, model, intents);
        else
            publish_fields(ui, model, intents);
    }
    preview_view(ui, model, intents);
}

}  // namespace ventanilla::views
