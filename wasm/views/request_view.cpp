#include "wasm/views/request_view.hpp"

#include "shared/base/text.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using ui::Gap;

void back(ui::Ui& ui, const RequestModel& model) {
    const bool is_desk = model.side == Side::Desk;
    widgets::back_link(ui,
                       model.say(is_desk ? K::nav_queue : K::nav_requests),
                       to_url(is_desk ? Page::Queue : Page::Requests));
}

void missing_view(ui::Ui& ui, const RequestModel& model) {
    back(ui, model);
    if (model.found == Found::Loading) {
        ui.heading(1, model.say(K::request_opening));
        return ui.skeleton(model.say(K::loading_first), 6);
    }
    ui.heading(1, model.say(K::request_missing));
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Search,
                          .title = model.say(K::request_missing_title),
                          .text = model.say(K::request_missing_text),
                          .action = model.say(K::nav_requests),
                          .action_href = to_url(Page::Requests)});
}

void head_view(ui::Ui& ui, const RequestModel& model) {
    const auto column = ui.column(Gap::Small);
    back(ui, model);
    ui.heading(1, model.title);
    const auto marks = ui.wrap(Gap::Small);
    for (const Mark& mark : model.marks)
        ui.badge(mark.badge());
}

void standing_view(ui::Ui& ui, const RequestModel& model) {
    const auto card = ui.card();
    if (model.turn.empty())
        ui.text(model.standing);
    else
        ui.rich({ui::strong(model.turn), ui::plain(" "), ui::plain(model.standing)});
    if (!model.unsent.empty())
        widgets::status_line(ui, ui::Icon::Hourglass, ui::Tone::Warning, model.unsent);
    ui.steps({.name = model.steps_name, .done = model.steps_done, .total = model.steps_total});
}

void trouble_view(ui::Ui& ui,
                  const RequestModel& model,
                  const TroubleModel& trouble,
                  Intents& intents) {
    const std::string key = to_text(trouble.cmd);
    const auto panel = ui.panel({.tone = trouble.mark.tone, .name = trouble.mark.word, .key = key});
    ui.badge(trouble.mark.badge());
    ui.text(trouble.text);
    const auto row = ui.wrap(Gap::Medium);
    if (trouble.may_edit && ui.button(model.say(K::unsent_edit)))
        intents.push_back(EditUnsent{trouble.cmd});
    if (trouble.may_retry && ui.button(model.say(K::unsent_retry)))
        intents.push_back(RetryUnsent{trouble.cmd});
    if (ui.button(model.say(K::unsent_copy), ui::Emphasis::Quiet))
        intents.push_back(CopyUnsent{trouble.cmd});
    if (ui.button(model.say(K::unsent_discard), ui::Emphasis::Quiet))
        intents.push_back(AskDiscardUnsent{trouble.cmd});
}

void history_view(ui::Ui& ui, const RequestModel& model) {
    const auto history = ui.timeline(model.say(K::request_history));
    for (const EntryModel& entry : model.entries) {
        widgets::timeline_entry(ui,
                                {.key = entry.key,
                                 .who = entry.who,
                                 .when = entry.when,
                                 .text = entry.text,
                                 .mine = entry.is_mine,
                                 .badge = entry.mark.badge()});
    }
}

bool has_text_step(const RequestModel& model) {
    for (const StepButton& step : model.steps) {
        if (step.step != "cancel" && step.step != "take" && step.step != "confirm") return true;
    }
    return false;
}

void reply_view(ui::Ui& ui, const RequestModel& model, Intents& intents) {
    if (model.steps.empty()) return;
    const auto form = ui.form("reply", model.reply_label);
    if (has_text_step(model)) {
        std::string text = model.reply_text;
        const ui::FieldSpec field{.key = "message",
                                  .label = model.reply_label,
                                  .error = model.reply_error,
                                  .type = ui::FieldType::LongText,
                                  .length_max = 10'000,
                                  .rows = 4};
        if (ui.text_field(field, text))
            intents.push_back(EditReply{{model.id, std::string(kMessage)}, text});
        ui.text(model.draft_line, ui::Style::Secondary);
    }
    const auto row = ui.wrap(Gap::Medium);
    for (const StepButton& step : model.steps) {
        if (!ui.button({.label = step.label, .emphasis = step.emphasis, .key = step.step}))
            continue;
        if (step.step == "cancel")
            intents.push_back(AskCancel{model.id});
        else
            intents.push_back(Act{model.id, step.step});
    }
}

void facts_view(ui::Ui& ui, const RequestModel& model) {
    if (model.facts.empty()) return;
    std::vector<widgets::Fact> facts;
    for (const FactModel& fact : model.facts)
        facts.push_back({.label = fact.label, .value = fact.value});
    const auto details =
        ui.disclosure(model.say(K::request_details), "details", model.side == Side::Desk);
    if (details) widgets::facts(ui, model.say(K::request_details), facts);
}

}  // namespace

void request_view(ui::Ui& ui, const RequestModel& model, Intents& intents) {
    const auto page = ui.column(Gap::Large);
    if (model.found != Found::Yes) return missing_view(ui, model);
    head_view(ui, model);
    standing_view(ui, model);
    for (const TroubleModel& trouble : model.troubles)
        trouble_view(ui, model, trouble, intents);
    facts_view(ui, model);
    history_view(ui, model);
    if (!model.write_url.empty())
        ui.link({.label = model.say(K::request_write_article),
                 .href = model.write_url,
                 .icon = ui::Icon::Pencil,
                 .as_button = true});
    reply_view(ui, model, intents);
}

}  // namespace ventanilla::views
