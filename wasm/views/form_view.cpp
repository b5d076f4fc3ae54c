#include "wasm/views/form_view.hpp"

#include <charconv>

#include "shared/base/text.hpp"
#include "wasm/views/page_sizes.hpp"
#include "wasm/views/problems.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::FieldType;
using ui::Gap;

constexpr float kSummaryPx = 260;
constexpr std::size_t kRadiosMax = 6;  // more options are a list to choose from

ui::FieldType input_type(FieldType type) {
    switch (type) {
        case FieldType::LongText: return ui::FieldType::LongText;
        case FieldType::Email: return ui::FieldType::Email;
        case FieldType::Phone: return ui::FieldType::Phone;
        case FieldType::Url: return ui::FieldType::Url;
        case FieldType::Date: return ui::FieldType::Date;
        case FieldType::DateTime: return ui::FieldType::DateTime;
        case FieldType::Time: return ui::FieldType::Time;
        default: return ui::FieldType::Text;
    }
}

ui::InputMode input_mode(FieldType type) {
    switch (type) {
        case FieldType::Number:
        case FieldType::Scale: return ui::InputMode::Numeric;
        case FieldType::Decimal:
        case FieldType::Money: return ui::InputMode::Decimal;
        default: return ui::InputMode::Default;
    }
}

ui::FieldSpec spec_of(const FieldModel& field) {
    return {.key = field.path,
            .label = field.label,
            .help = field.help,
            .error = field.error,
            .placeholder = field.placeholder,
            .type = input_type(field.type),
            .mode = input_mode(field.type),
            .required = field.is_required,
            .min = field.min,
            .max = field.max,
            .length_max = field.length_max};
}

// What was typed, as it stands in a draft: numbers stay text until the rules read them.
Json typed(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

std::vector<ui::Choice> choices_of(const FieldModel& field) {
    std::vector<ui::Choice> out;
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        const std::string_view help = i < field.option_help.size()
                                          ? std::string_view(field.option_help[i])
                                          : std::string_view{};
        out.push_back({.value = field.options[i].first,
                       .label = field.options[i].second,
                       .description = help});
    }
    return out;
}

void choice_view(ui::Ui& ui, const FormModel& model, const FieldModel& field, Intents& intents) {
    const std::vector<ui::Choice> choices = choices_of(field);
    std::string value = field.value;
    const bool is_changed = choices.size() <= kRadiosMax && field.type == FieldType::Choice
                                ? ui.choice(spec_of(field), choices, value)
                                : ui.select(spec_of(field), choices, value);
    if (is_changed) intents.push_back(EditAnswer{model.item, field.path, typed(value)});
}

void multi_view(ui::Ui& ui, const FormModel& model, const FieldModel& field, Intents& intents) {
    const std::vector<ui::Choice> choices = choices_of(field);
    std::vector<std::string> values = field.values;
    if (ui.multi_choice(spec_of(field), choices, values))
        intents.push_back(
            EditAnswer{model.item, field.path, values.empty() ? Json() : Json(values)});
}

void field_view(ui::Ui& ui, const FormModel& model, const FieldModel& field, Intents& intents) {
    switch (field.type) {
        case FieldType::Info: return ui.paragraph(field.help.empty() ? field.label : field.help);
        case FieldType::Choice:
        case FieldType::Location:
        case FieldType::Service: return choice_view(ui, model, field, intents);
        case FieldType::MultiChoice: return multi_view(ui, model, field, intents);
        case FieldType::Bool: {
            bool is_checked = field.is_checked;
            if (ui.checkbox(spec_of(field), is_checked))
                intents.push_back(EditAnswer{model.item, field.path, Json(is_checked)});
            return;
        }
        case FieldType::File: {
            ui::FieldSpec spec = spec_of(field);
            spec.disabled_reason = model.say(K::form_file_later);
            return ui.file_field(spec);
        }
        default: {
            std::string value = field.value;
            if (ui.text_field(spec_of(field), value))
                intents.push_back(EditAnswer{model.item, field.path, typed(value)});
        }
    }
}

void section_view(ui::Ui& ui,
                  const FormModel& model,
                  const SectionModel& section,
                  Intents& intents) {
    const auto keyed = ui.keyed(section.key);
    const auto column = ui.column(Gap::Large);
    if (!section.title.empty()) ui.heading(2, section.title);
    if (!section.error.empty()) ui.text(section.error, ui::Style::Secondary, ui::Tone::Critical);
    for (std::size_t i = 0; i < section.entries.size(); ++i) {
        const auto entry_key = ui.keyed(std::to_string(i));
        const std::string name = concat(section.title, " ", i + 1);
        const auto group = section.is_repeated ? ui.card(name, 3) : ui.column(Gap::Large);
        for (const FieldModel& field : section.entries[i])
            field_view(ui, model, field, intents);
        if (!section.may_remove) continue;
        const std::string label = model.say(K::form_remove, {{"name", name}});
        if (ui.button({.label = label, .emphasis = ui::Emphasis::Quiet, .icon = ui::Icon::Trash2}))
            intents.push_back(RemoveRow{model.item, section.key, static_cast<int>(i)});
    }
    if (!section.may_add) return;
    const std::string label = model.say(K::form_add, {{"name", section.title}});
    if (ui.button({.label = label, .icon = ui::Icon::Plus, .key = "add"}))
        intents.push_back(AddRow{model.item, section.key});
}

// Before it is sent: it may be known already.
void same_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    const Say& say = model.say;
    for (const SameModel& same : model.same) {
        const std::string key = to_text(same.outage);
        const auto panel = ui.panel({.tone = ui::Tone::Warning, .name = same.title, .key = key});
        const auto column = ui.column(Gap::Small);
        ui.text(same.title, ui::Style::Strong);
        ui.text(say(K::form_same_text));
        if (same.has_joined)
            ui.badge({.word = say(K::banner_joined), .tone = ui::Tone::Ok, .icon = ui::Icon::Check});
        else if (same.may_join && ui.button({.label = say(K::banner_me_too), .key = "join"}))
            intents.push_back(MeToo{same.outage});
        bool is_linked = same.is_linked;
        if (ui.checkbox({.key = "link-" + key, .label = say(K::form_same_link)}, is_linked))
            intents.push_back(LinkForm{model.item, is_linked ? same.outage : Id{}});
    }
}

void actions_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    ui.text(model.draft_line, ui::Style::Secondary);
    if (!model.failed.empty())
        widgets::status_line(ui, ui::Icon::TriangleAlert, ui::Tone::Critical, model.failed);
    if (!model.offline.empty())
        widgets::status_line(ui, ui::Icon::CloudOff, ui::Tone::Neutral, model.offline);
    const auto row = ui.wrap(Gap::Medium);
    if (ui.button(
            {.label = model.say(K::form_send), .emphasis = ui::Emphasis::Primary, .submit = true}))
        intents.push_back(SubmitForm{model.item});
    if (ui.button(model.say(K::form_later), ui::Emphasis::Quiet))
        intents.push_back(SaveForLater{model.item});
    if (model.has_draft && ui.button(model.say(K::form_discard), ui::Emphasis::Quiet))
        intents.push_back(AskDiscardDraft{model.item});
}

// Beside the form, and on a phone above its last button: never in the way, never below the end.
void hints_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto aside = ui.aside(say(K::form_hints));
    if (model.hints.empty()) return;
    const auto card = ui.card(say(K::form_hints));
    {
        const auto list = ui.list(say(K::form_hints));
        for (const HintModel& hint : model.hints)
            widgets::record_row(ui,
                                {.key = to_text(hint.target),
                                 .title = hint.title,
                                 .href = hint.url,
                                 .plain_title = true,
                                 .badge = hint.mark.badge(),
                                 .detail = hint.detail});
    }
    for (const HintModel& hint : model.hints) {
        if (!hint.is_opened) continue;
        const std::string label = say(K::form_solved_by, {{"title", hint.title}});
        if (ui.button({.label = label, .icon = ui::Icon::CircleCheck, .key = to_text(hint.target)}))
            intents.push_back(SolvedBy{model.item, hint.target});
    }
}

void solved_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    const Say& say = model.say;
    ui.heading(1, model.title);
    const std::string title = say(K::form_solved, {{"title", model.solved}});
    widgets::banner(ui,
                    {.key = "solved",
                     .tone = ui::Tone::Ok,
                     .icon = ui::Icon::CircleCheck,
                     .title = title,
                     .text = say(model.has_draft ? K::form_solved_draft : K::form_solved_text)});
    const auto row = ui.wrap(Gap::Medium);
    ui.link({.label = say(K::page_home_link),
             .href = "/",
             .as_button = true,
             .emphasis = ui::Emphasis::Primary});
    if (ui.button(say(K::form_not_solved))) intents.push_back(NotSolved{model.item});
    if (model.has_draft && ui.button(say(K::form_discard), ui::Emphasis::Quiet))
        intents.push_back(AskDiscardDraft{model.item});
}

void sent_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    const Say& say = model.say;
    ui.heading(1, model.title);
    {
        const auto panel =
            ui.panel({.tone = model.sent.tone, .name = model.sent.title, .key = "sent"});
        const auto row = ui.row(Gap::Medium);
        ui.icon(model.sent.icon, model.sent.tone);
        const auto column = ui.fill(Gap::Tiny);
        ui.text(model.sent.title, ui::Style::Strong, model.sent.tone);
        ui.text(model.sent.text);
    }
    const auto row = ui.wrap(Gap::Medium);
    ui.link({.label = say(K::form_see),
             .href = model.sent.url,
             .as_button = true,
             .emphasis = ui::Emphasis::Primary});
    ui.link({.label = say(K::page_home_link), .href = "/", .as_button = true});
    if (ui.button(say(K::form_another), ui::Emphasis::Quiet))
        intents.push_back(StartAnother{model.item});
}

void missing_view(ui::Ui& ui, const FormModel& model) {
    ui.heading(1, model.say(model.found == Found::Loading ? K::form_opening : K::nav_ask));
    if (model.found == Found::Loading) return ui.skeleton(model.say(K::loading_first), 8);
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Inbox,
                          .title = model.say(K::form_missing_title),
                          .text = model.say(K::form_missing_text),
                          .action = model.say(K::nav_ask),
                          .action_href = to_url(Page::Catalogue)});
}

void lead_view(ui::Ui& ui, const FormModel& model) {
    const auto column = ui.column(Gap::Tiny);
    ui.heading(1, model.title);
    if (!model.lead.empty()) ui.text(model.lead, ui::Style::Secondary);
    if (!model.approval.empty()) ui.text(model.approval, ui::Style::Secondary);
}

}  // namespace

void form_view(ui::Ui& ui, const FormModel& model, Intents& intents) {
    const auto page = ui.column(Gap::Medium);
    widgets::back_link(ui, model.say(K::nav_ask), to_url(Page::Catalogue));
    if (model.found != Found::Yes) return missing_view(ui, model);
    if (model.sent.is_sent) return sent_view(ui, model, intents);
    if (!model.solved.empty()) return solved_view(ui, model, intents);
    lead_view(ui, model);
    const auto split = ui.split(kFormPx, kSummaryPx);
    {
        const auto form = ui.form("request", model.title);
        const auto column = ui.column(Gap::Large);
        problems_view(ui, model.say, model.problems, model.focus_summary);
        for (const SectionModel& section : model.sections)
            section_view(ui, model, section, intents);
        same_view(ui, model, intents);
        if (ui.is_phone()) hints_view(ui, model, intents);
        actions_view(ui, model, intents);
    }
    if (!ui.is_phone()) hints_view(ui, model, intents);
}

}  // namespace ventanilla::views
