#include "wasm/views/outage_form.hpp"
#include "wasm/views/problems.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kConsolePx = 580;  // so that what it will look like stands beside it on a laptop
constexpr float kBannerPx = 320;
constexpr float kTimePx = 240;
constexpr float kHalfFieldPx = 200;

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
        const auto at = model.form.texts.find(key);
        return at == model.form.texts.end() ? std::string{} : at->second;
    }

    void write(ui::FieldSpec spec, std::string text) {
        spec.error = problem_at(model.form.problems, spec.key);
        for (const Advice& each : model.advice)
            if (each.field == spec.key && spec.help.empty()) spec.help = each.text;
        if (ui.text_field(spec, text)) intents.push_back(EditOutage{std::string(spec.key), text});
    }

    void text(std::string_view key, K label, bool required = false) {
        write({.key = key, .label = model.say(label), .required = required, .length_max = 200},
              value(key));
    }

    void long_text(std::string_view key, K label, bool required = false) {
        write({.key = key,
               .label = model.say(label),
               .type = ui::FieldType::LongText,
               .required = required,
               .length_max = 1200,
               .rows = 3},
              value(key));
    }

    void body() {
        pick("template", K::tpl_label, model.templates);
        long_text("body_es", K::outage_body_es, model.act != kActEnd);
        long_text("body_en", K::outage_body_en);
    }

    void time(std::string_view key, K label, const std::string& text) {
        write({.key = key,
               .label = model.say(label),
               .type = ui::FieldType::DateTime,
               .required = true,
               .width_max = kTimePx},
              text);
    }

    void pick(std::string_view key, std::string_view label, const Pairs& pairs, bool required) {
        std::string text = value(key);
        const std::vector<ui::Choice> choices = choices_of(pairs);
        const ui::FieldSpec spec{.key = key,
                                 .label = label,
                                 .error = problem_at(model.form.problems, key),
                                 .required = required};
        if (ui.select(spec, choices, text)) intents.push_back(EditOutage{std::string(key), text});
    }
    void pick(std::string_view key, K label, const Pairs& pairs, bool required = false) {
        if (!pairs.empty()) pick(key, model.say(label), pairs, required);
    }

    void window() {
        const auto row = ui.grid(kHalfFieldPx, 2);
        if (model.may_move_start) time("starts", K::outage_starts, model.starts);
        time("ends", K::outage_ends, model.ends);
    }

    // Which services, and how much each.
    void services(bool with_levels = true) {
        std::vector<std::string> chosen = model.form.services;
        const std::vector<ui::Choice> choices = choices_of(model.services);
        if (ui.multi_choice({.key = "services",
                             .label = model.say(K::outage_services),
                             .error = problem_at(model.form.problems, "services"),
                             .required = true},
                            choices,
                            chosen))
            intents.push_back(ChooseServices{chosen});
        if (!with_levels) return;
        const Say& say = model.say;
        const Pairs levels = {{"operational", std::string(say(K::service_ok))},
                              {"degraded", std::string(say(K::service_degraded))},
                              {"partial", std::string(say(K::service_partial))},
                              {"major", std::string(say(K::service_major))}};
        const bool is_plan = model.kind == kMaintenance;
        for (const auto& [id, name] : model.chosen) {
            const std::string label =
                say(is_plan ? K::outage_level_planned : K::outage_level, {{"service", name}});
            pick("level." + id, label, levels, false);
        }
    }

    void sites() {
        std::vector<std::string> chosen = model.form.sites;
        const std::vector<ui::Choice> choices = choices_of(model.sites);
        if (ui.multi_choice({.key = "sites",
                             .label = model.say(K::outage_sites),
                             .help = model.say(K::outage_sites_help),
                             .error = problem_at(model.form.problems, "sites")},
                            choices,
                            chosen))
            intents.push_back(ChooseSites{chosen});
    }

    [[nodiscard]] Pairs minutes(std::initializer_list<int> each) const {
        Pairs pairs;
        for (const int n : each)
            pairs.push_back({std::to_string(n), model.say(P::time_minutes, n)});
        return pairs;
    }

    void next(bool required = true) {
        pick("next", K::outage_next, minutes({15, 20, 30, 60, 120}), required);
    }

    void estimate() {
        const auto row = ui.grid(kHalfFieldPx, 2);
        pick("eta_low", K::outage_eta_low, minutes({15, 30, 60, 120, 240}));
        Pairs latest = minutes({30, 60, 120, 240, 480});
        if (model.is_update) latest.push_back({"none", std::string(model.say(K::outage_eta_none))});
        pick("eta_high", K::outage_eta, latest);
    }
};

void kind_field(OutageFields& fields) {
    const Say& say = fields.model.say;
    fields.pick("kind",
                K::outage_kind,
                {{std::string(kIncident), std::string(say(K::outage_kind_incident))},
                 {std::string(kMaintenance), std::string(say(K::outage_kind_maintenance))},
                 {std::string(kBackfill), std::string(say(K::outage_kind_backfill))}});
}

void notice_field(OutageFields& fields) {
    const Say& say = fields.model.say;
    fields.pick("notice",
                K::outage_notice,
                {{"standard", std::string(say(K::outage_notice_standard))},
                 {"emergency", std::string(say(K::outage_notice_emergency))},
                 {"vendor", std::string(say(K::outage_notice_vendor))}});
}

void repeat_field(OutageFields& fields) {
    const Say& say = fields.model.say;
    fields.pick("rrule",
                K::outage_repeat,
                {{"once", std::string(say(K::outage_repeat_never))},
                 {std::string(kWeekly), std::string(say(K::outage_repeat_week))},
                 {std::string(kFortnightly), std::string(say(K::outage_repeat_fortnight))},
                 {std::string(kMonthly), std::string(say(K::outage_repeat_month))}});
    for (const std::string& note : fields.model.repeats)
        fields.ui.text(note, ui::Style::Secondary);
}

void new_fields(OutageFields& fields) {
    const bool is_incident = fields.model.kind == kIncident;
    kind_field(fields);
    if (!is_incident) fields.window();
    if (fields.model.kind == kMaintenance) repeat_field(fields);
    fields.services();
    fields.sites();
    fields.pick("template", K::tpl_label, fields.model.templates);
    fields.text("title_es", K::outage_title_es, true);
    fields.text("title_en", K::outage_title_en);
    fields.text("impact_es", K::outage_impact_es, true);
    fields.text("impact_en", K::outage_impact_en);
    fields.text("workaround_es", K::outage_workaround_es, is_incident);
    fields.text("workaround_en", K::outage_workaround_en);
    fields.pick("article", K::outage_article, fields.model.articles);
    fields.text("contact_name", K::outage_contact_name, true);
    fields.text("contact_phone", K::outage_contact_phone);
    fields.text("contact_mail", K::outage_contact_mail);
    if (fields.model.kind == kMaintenance) notice_field(fields);
    if (is_incident) fields.next();
    if (is_incident) fields.estimate();
    fields.long_text("body_es", K::outage_body_es, true);
    fields.long_text("body_en", K::outage_body_en);
}

void state_fields(OutageFields& fields) {
    const OutageModel& model = fields.model;
    fields.pick("state", K::outage_state, model.states);
    fields.services();
    fields.body();
    if (model.act == kActUpdate) {
        fields.text("workaround_es", K::outage_workaround_es);
        fields.text("workaround_en", K::outage_workaround_en);
    }
    const bool is_window = model.is_maintenance && model.act != kActConvert;
    fields.next(!is_window);
    if (!is_window) fields.estimate();
}

void next_fields(OutageFields& fields) {
    const OutageModel& model = fields.model;
    fields.pick("act", K::outage_act, model.acts);
    if (model.act == kActConvert) {
        fields.text("title_es", K::outage_title_es, true);
        fields.text("title_en", K::outage_title_en);
    }
    if (model.act == kActUpdate || model.act == kActConvert || model.act == kActReopen)
        return state_fields(fields);
    if (model.act == kActMove) fields.window();
    if (model.act == kActMerge) fields.pick("into", K::outage_into, model.targets, true);
    fields.long_text("body_es", K::outage_body_es, model.act != kActEnd);
    fields.long_text("body_en", K::outage_body_en);
}

void advice_view(ui::Ui& ui, const OutageModel& model) {
    if (model.advice.empty()) return;
    const auto panel =
        ui.panel({.tone = ui::Tone::Info, .name = model.say(K::lint_title), .key = "lint"});
    const auto column = ui.column(ui::Gap::Tiny);
    ui.text(model.say(K::lint_title), ui::Style::Strong);
    const auto list = ui.list(model.say(K::lint_title), false);
    for (std::size_t i = 0; i < model.advice.size(); ++i) {
        const auto item = ui.item(std::to_string(i));
        ui.field_link(model.advice[i].text, model.advice[i].field);
    }
}

void publish_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    const bool is_end = model.act == kActEnd && !model.is_maintenance;
    if (!model.audience.empty()) ui.text(model.audience);
    const auto row = ui.wrap(ui::Gap::Medium);
    if (ui.button({.label = model.say(is_end ? K::outage_resolve : K::outage_publish),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::Megaphone,
                   .key = "publish"})) {
        if (is_end)
            intents.push_back(AskResolveOutage{});
        else
            intents.push_back(PublishOutage{});
    }
    if (model.has_draft && ui.button(model.say(K::writing_discard)))
        intents.push_back(AskDiscardOutage{});
}

void console_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    OutageFields fields{ui, model, intents};
    const auto form = ui.form(
        "outage", model.say(model.is_update ? K::outage_update_title : K::outage_new_title));
    problems_view(ui, model.say, model.form.problems, model.focus_summary);
    if (model.is_update)
        next_fields(fields);
    else
        new_fields(fields);
    advice_view(ui, model);
    publish_view(ui, model, intents);
    ui.text(model.saved, ui::Style::Secondary);
}

void moved_on_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    if (model.moved_on.empty()) return;
    const auto event = widgets::banner(ui,
                                       {.key = "moved-on",
                                        .tone = ui::Tone::Warning,
                                        .icon = ui::Icon::TriangleAlert,
                                        .title = model.say(K::outage_moved_on_title),
                                        .text = model.moved_on,
                                        .second_action = model.say(K::outage_moved_on_read)});
    if (event.second_action) intents.push_back(ReadOutage{});
}

void aside_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    const auto aside = ui.aside(model.say(K::outage_preview));
    ui.heading(2, model.say(K::outage_preview));
    banners_view(ui, model.say, {model.preview}, 1, intents);
    if (model.told.empty()) return;
    ui.heading(2, model.say(K::outage_told));
    const auto timeline = ui.timeline(model.say(K::outage_told));
    for (const ToldUpdate& each : model.told)
        widgets::timeline_entry(
            ui, {.key = each.key, .who = each.who, .when = each.when, .text = each.text});
}

// What was being written when somebody else ended it.
void left_over_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    if (model.left_over.empty()) return;
    const auto card = ui.card(model.say(K::outage_your_text));
    ui.paragraph(model.left_over);
    if (ui.button(model.say(K::writing_discard))) intents.push_back(AskDiscardOutage{});
}

}  // namespace

void outage_view(ui::Ui& ui, const OutageModel& model, Intents& intents) {
    if (!model.is_allowed) return no_permission_view(ui, model.say);
    const auto page = ui.column(ui::Gap::Large);
    widgets::back_link(ui, model.say(K::nav_status), to_url(Page::Status));
    const std::string_view title =
        model.say(model.is_update ? K::outage_update_title : K::outage_new_title);
    widgets::page_title(ui, model.title.empty() ? title : model.title, model.standing);
    if (model.is_missing) {
        widgets::empty_state(ui,
                             {.icon = ui::Icon::CircleCheck,
                              .title = model.say(K::outage_over),
                              .text = model.say(K::outage_over_text),
                              .action = model.say(K::nav_status),
                              .action_href = to_url(Page::Status)});
        return left_over_view(ui, model, intents);
    }
    if (!model.reminder.empty())
        widgets::status_line(ui, ui::Icon::Clock, ui::Tone::Warning, model.reminder);
    moved_on_view(ui, model, intents);
    const auto split = ui.split(kConsolePx, kBannerPx);
    {
        const auto column = ui.column(ui::Gap::Large);
        console_view(ui, model, intents);
    }
    aside_view(ui, model, intents);
}

}  // namespace ventanilla::views
