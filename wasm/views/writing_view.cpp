#include "wasm/views/writing_view.hpp"

#include "shared/base/text.hpp"
#include "wasm/views/article_view.hpp"
#include "wasm/views/problems.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

constexpr float kWritingPx = 560;
constexpr float kArticlePreviewPx = 340;
constexpr int kBodyRows = 18;
constexpr std::size_t kPersonalShown = 12;

struct WritingFields {
    ui::Ui& ui;
    const WritingModel& model;
    Intents& intents;

    void field(ui::FieldSpec spec, std::string value) {
        spec.error = problem_at(model.writing.problems, spec.key);
        if (ui.text_field(spec, value))
            intents.push_back(EditWriting{std::string(spec.key), value});
    }

    void line(std::string_view key,
              K label,
              const std::string& value,
              bool required = false,
              std::string_view help = {}) {
        field({.key = key,
               .label = model.say(label),
               .help = help,
               .required = required,
               .length_max = 200},
              value);
    }

    void day(std::string_view key, K label, K help, const std::string& value) {
        field({.key = key,
               .label = model.say(label),
               .help = model.say(help),
               .type = ui::FieldType::Date,
               .width_max = 240},
              value);
    }
};

void languages_view(ui::Ui& ui, const WritingModel& model, Intents& intents) {
    const auto row = ui.wrap(ui::Gap::Small);
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const K label = lang == Lang::Es ? K::writing_in_es : K::writing_in_en;
        const int pressed = model.writing.lang == lang ? 1 : 0;
        if (ui.button({.label = model.say(label), .key = domain::name(lang), .pressed = pressed}))
            intents.push_back(WriteIn{lang});
    }
}

void personal_view(ui::Ui& ui, const WritingModel& model) {
    if (model.personal.empty()) return;
    std::vector<std::vector<ui::Span>> lines;
    for (std::size_t i = 0; i < std::min(model.personal.size(), kPersonalShown); ++i)
        lines.push_back({ui::plain(model.personal[i])});
    const auto count = static_cast<std::int64_t>(model.personal.size());
    const std::string title = model.say(P::writing_personal, count);
    widgets::banner(ui,
                    {.key = "personal",
                     .tone = ui::Tone::Warning,
                     .icon = ui::Icon::User,
                     .title = title,
                     .text = model.say(K::writing_personal_text),
                     .facts = lines});
}

void notes_view(ui::Ui& ui, const WritingModel& model, Intents& intents) {
    const Say& say = model.say;
    edits_wanted_view(ui, say, model.note);
    personal_view(ui, model);
    if (!model.newer.empty())
        widgets::status_line(ui, ui::Icon::Languages, ui::Tone::Info, model.newer);
    if (model.newer_version == 0) return;
    const std::string title =
        say(K::writing_newer, {{"version", std::to_string(model.newer_version)}});
    const auto event = widgets::banner(ui,
                                       {.key = "newer",
                                        .tone = ui::Tone::Warning,
                                        .icon = ui::Icon::TriangleAlert,
                                        .title = title,
                                        .text = say(K::writing_newer_text),
                                        .second_action = say(K::writing_newer_take)});
    if (event.second_action) intents.push_back(TakeNewBase{});
}

void actions_view(ui::Ui& ui, const WritingModel& model, Intents& intents) {
    const Say& say = model.say;
    const bool is_sending = model.writing.wants_send;
    const auto row = ui.wrap(ui::Gap::Medium);
    if (ui.button({.label = say(K::writing_send),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::Send,
                   .key = "send",
                   .busy_reason = is_sending ? say(K::writing_reading) : std::string_view{}}))
        intents.push_back(Propose{});
    if (ui.button(say(K::writing_discard))) intents.push_back(AskDiscardWriting{});
}

void fields_view(ui::Ui& ui, const WritingModel& model, Intents& intents) {
    const Say& say = model.say;
    const WritingState& writing = model.writing;
    const WrittenText& text = writing.text();
    WritingFields fields{ui, model, intents};
    const auto form = ui.form("writing", say(K::writing_form));
    problems_view(ui, model.say, model.writing.problems, model.focus_summary);
    languages_view(ui, model, intents);
    {
        const auto keyed = ui.keyed(domain::name(writing.lang));
        const auto column = ui.column(ui::Gap::Large);
        fields.line("title", K::writing_title_field, text.title, true);
        fields.field({.key = "summary",
                      .label = say(K::writing_summary),
                      .help = say(K::writing_summary_help),
                      .type = ui::FieldType::LongText,
                      .length_max = 400,
                      .rows = 2},
                     text.summary);
        fields.line(
            "keywords", K::writing_keywords, text.keywords, false, say(K::writing_keywords_help));
        fields.field({.key = "markdown",
                      .label = say(K::writing_body),
                      .help = say(K::writing_body_help),
                      .type = ui::FieldType::LongText,
                      .required = true,
                      .rows = kBodyRows},
                     text.markdown);
    }
    fields.line("owner", K::writing_owner, writing.owner, false, say(K::writing_owner_help));
    fields.day("review_by", K::writing_review_by, K::writing_review_by_help, writing.review_by);
    fields.day("valid_to", K::writing_valid_to, K::writing_valid_to_help, writing.valid_to);
    bool is_internal = writing.is_internal;
    if (ui.checkbox({.key = "internal", .label = say(K::writing_internal)}, is_internal))
        intents.push_back(SetInternal{is_internal});
    bool is_form_only = writing.is_form_only;
    if (model.is_translated &&
        ui.checkbox({.key = "form_only", .label = say(K::writing_form_only)}, is_form_only))
        intents.push_back(SetFormOnly{is_form_only});
    fields.field({.key = "change",
                  .label = say(K::writing_change),
                  .help = say(K::writing_change_help),
                  .type = ui::FieldType::LongText,
                  .required = writing.base > 0,
                  .length_max = 2000,
                  .rows = 3},
                 writing.change);
    actions_view(ui, model, intents);
    ui.text(model.saved, ui::Style::Secondary);
}

void checks_view(ui::Ui& ui, const WritingModel& model) {
    const auto part = ui.section(model.say(K::writing_checks), ui::Gap::Small);
    const auto list = ui.list(model.say(K::writing_checks), false);
    for (const WritingModel::Check& check : model.checks) {
        const auto item = ui.item(check.text);
        const auto row = ui.row(ui::Gap::Small);
        ui.icon(check.is_fine ? ui::Icon::CircleCheck : ui::Icon::Circle,
                check.is_fine ? ui::Tone::Ok : ui::Tone::Warning,
                model.say(check.is_fine ? K::writing_check_fine : K::writing_check_open));
        const auto fill = ui.fill();
        ui.text(check.text, ui::Style::Secondary);
    }
}

void preview_view(ui::Ui& ui, const WritingModel& model) {
    const Say& say = model.say;
    const WrittenText& text = model.writing.text();
    const auto aside = ui.aside(say(K::writing_preview));
    const auto column = ui.column(ui::Gap::Large);
    checks_view(ui, model);
    const auto card = ui.card(say(K::writing_preview));
    if (model.writing.is_unread)
        return widgets::status_line(
            ui, ui::Icon::CloudOff, ui::Tone::Warning, say(K::writing_need_reader));
    if (text.blocks.empty()) return ui.text(say(K::writing_preview_empty), ui::Style::Secondary);
    if (!text.title.empty()) ui.text_heading(3, text.title, ui::Style::Lead);
    const auto article = ui.article(domain::name(model.writing.lang));
    blocks_view(ui, say, text.blocks, 4);
}

void missing_view(ui::Ui& ui, const WritingModel& model) {
    const Say& say = model.say;
    if (model.is_failed)
        return (void)widgets::empty_state(ui,
                                          {.icon = ui::Icon::CloudOff,
                                           .tone = ui::Tone::Warning,
                                           .title = say(K::writing_unopened),
                                           .text = say(K::writing_need_reader)});
    if (model.found == Found::Loading) return ui.skeleton(say(K::article_opening), 8);
    (void)widgets::empty_state(ui,
                               {.icon = ui::Icon::BookOpen,
                                .title = say(K::article_missing_title),
                                .text = say(K::article_missing_text)});
}

}  // namespace

void writing_view(ui::Ui& ui, const WritingModel& model, Intents& intents) {
    const Say& say = model.say;
    if (!model.is_allowed) return no_permission_view(ui, say);
    const auto page = ui.column(ui::Gap::Large);
    widgets::back_link(ui, say(K::articles_title), to_url(Page::Articles));
    ui.heading(1,
               say(model.writing.base == 0 && model.found == Found::Yes ? K::writing_new
                                                                              : K::writing_edit));
    if (model.found != Found::Yes) return missing_view(ui, model);
    notes_view(ui, model, intents);
    const auto split = ui.split(kWritingPx, kArticlePreviewPx);
    {
        const auto column = ui.column(ui::Gap::Large);
        fields_view(ui, model, intents);
    }
    preview_view(ui, model);
}

}  // namespace ventanilla::views
