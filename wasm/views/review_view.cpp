#include "wasm/views/review_view.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/base/text_diff.hpp"
#include "wasm/views/page_sizes.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/views/writing_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::ArticleText;
using domain::VersionState;

constexpr std::size_t kContextLines = 2;  // that stay around a difference

// ---- the model

const ArticleText& in(const auto& of, Lang lang) {
    return lang == Lang::Es ? of.es : of.en;
}

// Everything a reader sees of it, line by line.
std::string whole_text(const AppState& state, const SourceKey& key, const ArticleText& text) {
    const auto source = state.sources.find(key);
    if (text.empty() || source == state.sources.end()) return {};
    return concat(
        "# ", text.title, "\n", text.summary, "\n", text.keywords, "\n\n", source->second.markdown);
}

// The text of whichever row `id` is, in one language.
std::string text_of(const AppState& state, const Id& id, Lang lang) {
    if (const VersionCard* card = state.library.version(id)) {
        const auto version = state.library.whole_version(id);
        return version ? whole_text(state, {id, card->ver, lang}, in(*version, lang)) : "";
    }
    const ArticleCard* card = state.library.article(id);
    const auto article = card == nullptr ? std::nullopt : state.library.whole_article(id);
    return article ? whole_text(state, {id, card->ver, lang}, in(*article, lang)) : "";
}

// Both rows as they are now.
std::vector<SourceKey> keys_of(const AppState& state, const Id& version, const Id& before) {
    std::vector<SourceKey> keys = source_keys(state, version);
    const std::vector<SourceKey> more = source_keys(state, before);
    keys.insert(keys.end(), more.begin(), more.end());
    return keys;
}

bool is_here(const AppState& state, const SourceKey& key) {
    const auto source = state.sources.find(key);
    return source != state.sources.end() && source->second.is_here;
}

bool is_failed(const AppState& state, const SourceKey& key) {
    const auto source = state.sources.find(key);
    return source != state.sources.end() && source->second.is_failed;
}

void fill_diff(const AppState& state, ReviewModel& model, const Id& before) {
    const std::vector<SourceKey> keys = keys_of(state, model.version, before);
    model.is_failed = std::any_of(
        keys.begin(), keys.end(), [&](const SourceKey& key) { return is_failed(state, key); });
    if (state.review_diff != nullptr && state.review_diff->of == keys)
        model.diff = state.review_diff;
    else
        model.found = Found::Loading;
}

std::string meta_of(const Say& say,
                    const ArticleCard* article,
                    const domain::ArticleVersion& version) {
    std::string out = article == nullptr ? "" : concat(article->number, " · ");
    if (version.version > 0) out += concat("v", version.version, " · ");
    if (!version.author_name.empty())
        out += say(K::review_by_author,
                   {{"name", version.author_name}, {"ago", say.ago(version.proposed_at)}});
    else
        out += say.day(version.proposed_at);
    if (version.reviewed_at && !version.reviewer_name.empty())
        out +=
            concat(" · ",
                   say(K::review_by_reviewer,
                       {{"name", version.reviewer_name}, {"ago", say.ago(*version.reviewed_at)}}));
    return out;
}

void fill_rights(const AppState& state,
                 ReviewModel& model,
                 const domain::ArticleVersion& version,
                 const ArticleCard* article) {
    const bool is_mine = version.author == me(state);
    model.may_decide = is_proposed(version.state) && rules::may_review(version, viewer_of(state));
    model.may_recall = is_proposed(version.state) && is_mine;
    if (is_mine && is_proposed(version.state))
        model.write_url =
            to_url(Page::EditArticle, article != nullptr ? article->number : to_text(version.id));
    const int newest = article == nullptr ? 0 : article->version;
    if (is_proposed(version.state) && newest != version.base)
        model.stale = model.say(K::review_stale, {{"version", std::to_string(newest)}});
}

// ---- the view

std::vector<ui::Span> spans_of(const std::vector<DiffSpan>& parts,
                               std::string_view sign,
                               bool is_whole) {
    std::vector<ui::Span> out;
    if (!sign.empty()) out.push_back(ui::strong(sign));
    for (const DiffSpan& part : parts)
        out.push_back(part.is_different && !is_whole ? ui::mark(part.text) : ui::plain(part.text));
    return out;
}

void cell_view(ui::Ui& ui,
               const std::vector<DiffSpan>& parts,
               std::string_view sign,
               DiffKind kind) {
    const auto cell = ui.cell();
    if (parts.empty()) return;
    const bool is_whole = kind == DiffKind::Removed || kind == DiffKind::Added;
    const ui::Tone tone = kind == DiffKind::Same ? ui::Tone::Neutral
                          : sign == "+ "         ? ui::Tone::Ok
                                                 : ui::Tone::Critical;
    ui.rich(spans_of(parts, sign, is_whole),
            kind == DiffKind::Same ? ui::Style::Secondary : ui::Style::Body,
            tone);
}

// Whether each line is worth showing: it differs, or stands beside one that does.
std::vector<bool> shown_lines(const std::vector<DiffLine>& lines) {
    std::vector<bool> out(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffKind::Same) continue;
        const std::size_t first = i - std::min(i, kContextLines);
        const std::size_t last = std::min(i + kContextLines + 1, lines.size());
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(first),
                  out.begin() + static_cast<std::ptrdiff_t>(last),
                  true);
    }
    return out;
}

void same_view(ui::Ui& ui, const Say& say, std::size_t from, std::size_t count) {
    const auto row = ui.table_row(concat("same", from));
    {
        const auto cell = ui.cell();
        ui.text(say(P::review_same, static_cast<std::int64_t>(count)), ui::Style::Secondary);
    }
    const auto nothing = ui.cell();
}

void diff_view(ui::Ui& ui, const ReviewModel& model, const ReviewDiff::Text& text) {
    const std::string_view name =
        model.say(text.lang == Lang::Es ? K::writing_in_es : K::writing_in_en);
    const auto part = ui.section(name, ui::Gap::Medium);
    const ui::TableColumn columns[] = {{.title = model.before_title},
                                       {.title = model.say(K::review_after)}};
    const auto table = ui.table(name, columns);
    const auto lang = ui.lang(domain::name(text.lang));
    const std::vector<DiffLine>& lines = text.lines;
    const std::vector<bool> is_shown = shown_lines(lines);
    for (std::size_t i = 0; i < lines.size();) {
        std::size_t end = i;
        while (end < lines.size() && !is_shown[end])
            ++end;
        if (end > i) {
            same_view(ui, model.say, i, end - i);
            i = end;
            continue;
        }
        const auto row = ui.table_row(std::to_string(i));
        const bool is_same = lines[i].kind == DiffKind::Same;
        cell_view(ui, lines[i].before, is_same ? "" : "− ", lines[i].kind);
        cell_view(ui, lines[i].after, is_same ? "" : "+ ", lines[i].kind);
        ++i;
    }
}

void decide_view(ui::Ui& ui, const ReviewModel& model, Intents& intents) {
    const Say& say = model.say;
    const auto part = ui.section(say(K::review_decide), ui::Gap::Medium);
    const auto limited = ui.limited(kTextPx, ui::Gap::Large);
    if (ui.button({.label = say(K::review_publish),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::Check,
                   .disabled_reason = model.stale}))
        intents.push_back(PublishVersion{model.version});
    const auto form = ui.form("edits", say(K::review_suggest));
    std::string note = model.reply.text;
    if (ui.text_field({.key = "note",
                       .label = say(K::review_note),
                       .error = model.reply.is_empty_refused ? say(K::review_note_missing)
                                                             : std::string_view{},
                       .type = ui::FieldType::LongText,
                       .length_max = 2000,
                       .rows = 3},
                      note))
        intents.push_back(EditReply{{model.version, std::string(kNote)}, note});
    if (ui.button({.label = say(K::review_suggest), .icon = ui::Icon::MessageSquare}))
        intents.push_back(SuggestEdits{model.version});
    if (!model.draft_line.empty()) ui.text(model.draft_line, ui::Style::Secondary);
}

void author_view(ui::Ui& ui, const ReviewModel& model, Intents& intents) {
    const auto row = ui.wrap(ui::Gap::Medium);
    if (!model.write_url.empty())
        ui.link({.label = model.say(K::review_write),
                 .href = model.write_url,
                 .icon = ui::Icon::Pencil,
                 .as_button = true,
                 .emphasis = ui::Emphasis::Primary});
    if (ui.button(model.say(K::review_recall))) intents.push_back(RecallVersion{model.version});
}

void head_view(ui::Ui& ui, const ReviewModel& model) {
    const auto column = ui.column(ui::Gap::Small);
    widgets::back_link(ui, model.say(K::articles_title), to_url(Page::Articles));
    ui.heading(1, model.title);
    const auto row = ui.wrap(ui::Gap::Medium);
    ui.badge(version_badge(model.say, model.state));
    ui.text(model.meta, ui::Style::Secondary);
    if (!model.article_url.empty()) ui.link(model.say(K::review_article), model.article_url);
}

void notes_view(ui::Ui& ui, const ReviewModel& model) {
    const Say& say = model.say;
    if (!model.change.empty())
        widgets::banner(ui,
                        {.key = "change",
                         .tone = ui::Tone::Info,
                         .icon = ui::Icon::Pencil,
                         .title = say(K::writing_change),
                         .text = model.change});
    if (model.is_form_only) ui.text(say(K::writing_form_only), ui::Style::Secondary);
    edits_wanted_view(ui, say, model.note);
    if (!model.stale.empty())
        widgets::banner(ui,
                        {.key = "stale",
                         .tone = ui::Tone::Warning,
                         .icon = ui::Icon::TriangleAlert,
                         .title = say(K::review_stale_title),
                         .text = model.stale});
}

void texts_view(ui::Ui& ui, const ReviewModel& model) {
    if (model.is_failed)
        return widgets::status_line(
            ui, ui::Icon::CloudOff, ui::Tone::Warning, model.say(K::writing_need_reader));
    if (model.found == Found::Loading) return ui.skeleton(model.say(K::article_opening), 8);
    bool is_any = false;
    for (const ReviewDiff::Text& text : model.diff->texts) {
        if (text.before == text.after) continue;
        is_any = true;
        diff_view(ui, model, text);
    }
    if (!is_any) ui.text(model.say(K::review_no_difference), ui::Style::Secondary);
}

}  // namespace

Id compared_with(const AppState& state, const Id& id) {
    const VersionCard* version = state.library.version(id);
    if (version == nullptr) return {};
    if (version->version == 0)
        return state.library.article(version->article) == nullptr ? Id{} : version->article;
    for (const VersionCard& other : state.library.versions())
        if (other.article == version->article && other.version == version->base &&
            other.version > 0)
            return other.id;
    return {};
}

std::shared_ptr<const ReviewDiff> new_review_diff(const AppState& state) {
    const Result<Id> id = parse_id(state.route.key);
    if (state.route.page != Page::Review || !id) return {};
    const Id before = compared_with(state, *id);
    std::vector<SourceKey> keys = keys_of(state, *id, before);
    const bool is_known = state.review_diff != nullptr && state.review_diff->of == keys;
    const bool are_here = std::all_of(
        keys.begin(), keys.end(), [&](const SourceKey& key) { return is_here(state, key); });
    if (is_known || keys.empty() || !are_here) return {};
    auto diff = std::make_shared<ReviewDiff>();
    diff->of = std::move(keys);
    for (const Lang lang : {Lang::Es, Lang::En}) {
        ReviewDiff::Text& text = diff->texts[static_cast<std::size_t>(lang)];
        text.lang = lang;
        text.before = text_of(state, before, lang);
        text.after = text_of(state, *id, lang);
        text.lines = text_diff(text.before, text.after);
    }
    return diff;
}

void edits_wanted_view(ui::Ui& ui, const Say& say, std::string_view note) {
    if (note.empty()) return;
    widgets::banner(ui,
                    {.key = "note",
                     .tone = ui::Tone::Warning,
                     .icon = ui::Icon::MessageSquare,
                     .title = say(K::writing_note),
                     .text = note});
}

ui::BadgeSpec version_badge(const Say& say, VersionState state) {
    switch (state) {
        case VersionState::InReview:
            return {
                .word = say(K::version_in_review), .tone = ui::Tone::Info, .icon = ui::Icon::Eye};
        case VersionState::EditsSuggested:
            return {.word = say(K::version_edits_suggested),
                    .tone = ui::Tone::Warning,
                    .icon = ui::Icon::MessageSquare};
        case VersionState::Published:
            return {.word = say(K::version_published),
                    .tone = ui::Tone::Ok,
                    .icon = ui::Icon::CircleCheck};
        case VersionState::Outdated:
            return {.word = say(K::version_outdated),
                    .tone = ui::Tone::Neutral,
                    .icon = ui::Icon::History};
        case VersionState::Recalled: break;
    }
    return {
        .word = say(K::version_recalled), .tone = ui::Tone::Neutral, .icon = ui::Icon::RotateCcw};
}

ReviewModel review_model(const AppState& state, Instant now) {
    ReviewModel model{.say = say_for(state, now),
                      .is_allowed = rules::may_propose_articles(viewer_of(state))};
    const Result<Id> id = parse_id(state.route.key);
    const auto version = id ? state.library.whole_version(*id) : std::nullopt;
    if (!model.is_allowed || !version) {
        model.found = is_loading(state) ? Found::Loading : Found::No;
        return model;
    }
    const ArticleCard* article = state.library.article(version->article);
    model.version = *id;
    model.title = (version->es.empty()                ? version->en
                   : in(*version, state.lang).empty() ? version->es
                                                      : in(*version, state.lang))
                      .title;
    model.meta = meta_of(model.say, article, *version);
    model.state = version->state;
    model.change = version->change;
    model.note = version->note;
    model.is_form_only = version->is_form_only;
    if (article != nullptr)
        model.article_url = article_url(article->number, article->title.in(state.lang));
    fill_rights(state, model, *version, article);
    const auto reply = state.replies.find({*id, std::string(kNote)});
    if (reply != state.replies.end()) {
        model.reply = reply->second;
        model.draft_line = draft_line(model.say, reply->second.saving);
    }
    const Id before = compared_with(state, *id);
    model.before_title =
        is_nil(before) ? std::string(model.say(K::review_nothing)) : concat("v", version->base);
    fill_diff(state, model, before);
    return model;
}

void review_view(ui::Ui& ui, const ReviewModel& model, Intents& intents) {
    const Say& say = model.say;
    if (!model.is_allowed) return no_permission_view(ui, say);
    const auto page = ui.column(ui::Gap::Large);
    if (is_nil(model.version)) {
        widgets::back_link(ui, say(K::articles_title), to_url(Page::Articles));
        ui.heading(1, say(K::review_title));
        if (model.found == Found::Loading) return ui.skeleton(say(K::loading_first), 8);
        return (void)widgets::empty_state(ui,
                                          {.icon = ui::Icon::BookOpen,
                                           .title = say(K::review_missing),
                                           .text = say(K::review_missing_text)});
    }
    head_view(ui, model);
    notes_view(ui, model);
    if (model.may_recall) author_view(ui, model, intents);
    texts_view(ui, model);
    if (model.may_decide) decide_view(ui, model, intents);
}

}  // namespace ventanilla::views
