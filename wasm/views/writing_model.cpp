#include <algorithm>
#include <utility>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/rules/dates.hpp"
#include "shared/rules/permissions.hpp"
#include "wasm/views/article_view.hpp"
#include "wasm/views/request_view.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/views/writing_view.hpp"

namespace ventanilla::views {

namespace {

using domain::Article;
using domain::ArticleText;
using domain::ArticleVersion;
using domain::Block;
using domain::BlockKind;

constexpr std::size_t kLongMinutes = 4;
constexpr std::size_t kIssuesShown = 5;

const ArticleText& in(const Article& article, Lang lang) {
    return lang == Lang::Es ? article.es : article.en;
}
const ArticleText& in(const ArticleVersion& version, Lang lang) {
    return lang == Lang::Es ? version.es : version.en;
}

std::string day_text(const std::optional<Instant>& at) {
    return at ? rules::to_text(std::chrono::floor<std::chrono::days>(*at)) : std::string{};
}

// A day ends where the latest clocks say so: nobody loses an article on the day it is good for.
constexpr std::chrono::hours kDayEnds{36};

void put_day(Json& args, const char* key, const std::string& text) {
    if (const auto day = rules::parse_day(text)) args[key] = to_ms(Instant{*day} + kDayEnds);
}

void append_keys(const Id& row,
                 std::uint64_t ver,
                 const ArticleText& es,
                 const ArticleText& en,
                 std::vector<SourceKey>& out) {
    for (const Lang lang : {Lang::Es, Lang::En})
        if (!(lang == Lang::Es ? es : en).empty()) out.push_back({row, ver, lang});
}

void append_wanted(const AppState& state, const Id& id, std::vector<SourceKey>& out) {
    for (const SourceKey& key : source_keys(state, id))
        if (!state.sources.contains(key)) out.push_back(key);
}

// The row a writing begins with: the own proposal, or what is published.
Id origin_of(const AppState& state, std::string_view key) {
    if (const VersionCard* own = own_proposal(state, key)) return own->id;
    const ArticleCard* article = key.empty() ? nullptr : state.library.article(key);
    return article == nullptr ? Id{} : article->id;
}

// False while a text is on its way.
bool take_texts(const AppState& state,
                const Id& row,
                std::uint64_t ver,
                const auto& from,
                WritingState& writing) {
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const ArticleText& text = in(from, lang);
        if (text.empty()) continue;
        const auto source = state.sources.find({row, ver, lang});
        if (source == state.sources.end() || !source->second.is_here) return false;
        writing.texts[static_cast<std::size_t>(lang)] = {.title = text.title,
                                                         .summary = text.summary,
                                                         .keywords = text.keywords,
                                                         .markdown = source->second.markdown};
    }
    writing.owner = from.owner;
    writing.is_internal = from.is_internal;
    writing.review_by = from.review_by ? day_text(*from.review_by - kDayEnds) : "";
    writing.valid_to = from.valid_to ? day_text(*from.valid_to - kDayEnds) : "";
    return true;
}

bool begin_with(const AppState& state, const VersionCard& card, WritingState& writing) {
    const auto version = state.library.whole_version(card.id);
    if (!version || !take_texts(state, card.id, card.ver, *version, writing)) return false;
    writing.article = version->article;
    writing.version = version->id;
    writing.base = version->base;
    writing.change = version->change;
    writing.is_form_only = version->is_form_only;
    for (WrittenText& text : writing.texts)
        text.is_touched = !text.is_empty();
    return true;
}

bool begin_with(const AppState& state, const ArticleCard& card, WritingState& writing) {
    const auto article = state.library.whole_article(card.id);
    if (!article || !take_texts(state, card.id, card.ver, *article, writing)) return false;
    writing.article = article->id;
    writing.base = article->version;
    return true;
}

bool has_steps(const domain::Blocks& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
        return (block.kind == BlockKind::List && block.is_ordered) || has_steps(block.children);
    });
}

void add_checks(const Say& say,
                const WritingState& writing,
                std::vector<WritingModel::Check>& out) {
    const WrittenText& text = writing.text();
    const bool is_both = !writing.texts[0].is_empty() && !writing.texts[1].is_empty();
    const std::size_t minutes = reading_minutes(text.blocks);
    const std::string length = say(K::writing_check_length, {{"n", std::to_string(minutes)}});
    out.push_back({has_steps(text.blocks), std::string(say(K::writing_check_steps))});
    out.push_back({!trimmed(text.summary).empty(), std::string(say(K::writing_check_summary))});
    out.push_back({!trimmed(text.keywords).empty(), std::string(say(K::writing_check_keywords))});
    out.push_back({minutes <= kLongMinutes, length});
    out.push_back({is_both, std::string(say(K::writing_check_both))});
    for (std::size_t i = 0; i < std::min(text.issues.size(), kIssuesShown); ++i) {
        const auto& [line, what] = text.issues[i];
        out.push_back(
            {false, say(K::writing_check_issue, {{"line", std::to_string(line)}, {"what", what}})});
    }
}

Json text_json(const WrittenText& text) {
    return {{"title", text.title},
            {"summary", text.summary},
            {"keywords", text.keywords},
            {"blocks", to_json(text.blocks)}};
}

void need(
    const Say& say, bool is_there, const char* field, K what, std::vector<FieldProblem>& out) {
    if (!is_there) out.push_back({field, std::string(say(what))});
}

std::vector<SourceKey> returned_keys(const WritingState& writing) {
    std::vector<SourceKey> out;
    for (const Lang lang : {Lang::Es, Lang::En})
        if (has(writing.returned, domain::name(lang)))
            out.push_back({writing.returned_cmd, 0, lang});
    return out;
}

void append_returned(const AppState& state,
                     const WritingState& writing,
                     std::vector<SourceKey>& out) {
    for (const SourceKey& key : returned_keys(writing))
        if (!state.sources.contains(key)) out.push_back(key);
}

std::string day_at(const Json& args, std::string_view key) {
    const std::int64_t ms = int_or(args, key);
    return ms == 0 ? "" : day_text(from_ms(ms) - kDayEnds);
}

// What came back, over what is published.
void take_returned(const AppState& state, WritingState& writing) {
    const Json args = std::exchange(writing.returned, {});
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const Json& text = member(args, domain::name(lang));
        if (text.is_null()) continue;
        writing.texts[static_cast<std::size_t>(lang)] = {
            .title = text_or(text, "title"),
            .summary = text_or(text, "summary"),
            .keywords = text_or(text, "keywords"),
            .markdown = state.sources.at({writing.returned_cmd, 0, lang}).markdown,
            .is_touched = true};
    }
    writing.returned_cmd = {};
    writing.version = id_or_nil(args, "article_version");
    writing.base = static_cast<int>(int_or(args, "base"));
    writing.owner = text_or(args, "owner");
    writing.is_internal = bool_or(args, "internal", false);
    writing.is_form_only = bool_or(args, "form_only", false);
    writing.change = text_or(args, "change");
    writing.review_by = day_at(args, "review_by");
    writing.valid_to = day_at(args, "valid_to");
}

// As Markdown says it: a person's text may hold anything.
std::string escaped_markdown(std::string_view text) {
    std::string out;
    bool is_at_start = true;
    for (const char c : text) {
        const bool is_mark = std::string_view("\\*_`<[").find(c) != std::string_view::npos;
        const bool is_head = is_at_start && (c == '#' || c == '>');
        if (is_mark || is_head) out.push_back('\\');
        out.push_back(c);
        if (c == '\n') out.push_back('\n');  // a line of a form is a paragraph
        is_at_start = c == '\n';
    }
    return out;
}

void begin_with(const AppState& state, const domain::Request& request, WritingState& writing) {
    const Say say = say_for(state, {});
    writing.lang = request.lang;
    WrittenText& text = writing.text();
    text.title = request.title;
    text.markdown = escaped_markdown(request.description.empty() ? request.title
                                                                 : request.description);
    text.markdown += concat("\n\n## ", tr(request.lang, K::writing_solution), "\n\n");
    text.markdown += concat(escaped_markdown(request.resolution), "\n");
    text.is_touched = true;
    writing.items = {request.item_key};
    writing.names = {request.requester_name, request.assignee_name};
    for (const domain::Comment& comment : state.library.comments(request.id))
        writing.names.push_back(comment.author_name);
    writing.change = say(K::writing_from_request, {{"number", request.number}});
}

// A new one about a request that was resolved, something that is asked for, or words.
bool begin_about(const AppState& state, std::string_view about, WritingState& writing) {
    if (const RequestCard* card = state.library.request_named(about)) {
        const auto request = state.library.whole_request(card->id);
        if (request) begin_with(state, *request, writing);
    } else if (const domain::CatalogItem* item = state.library.item(about)) {
        writing.text().title = item->title.in(writing.lang);
        writing.items = {item->key};
    } else {
        writing.text().title = sentence(std::string(about));
    }
    writing.text().is_touched = true;
    return writing.is_begun = true;
}

bool begin_published(const AppState& state, std::string_view number, WritingState& writing) {
    if (number.empty()) return writing.is_begun = true;
    if (number.front() == '~')
        return !is_loading(state) && begin_about(state, number.substr(1), writing);
    const VersionCard* own = own_proposal(state, number);
    const ArticleCard* article = own == nullptr ? state.library.article(number) : nullptr;
    writing.lang = state.lang;
    writing.is_begun = (own != nullptr && begin_with(state, *own, writing)) ||
                       (article != nullptr && begin_with(state, *article, writing));
    return writing.is_begun;
}

}  // namespace

const WritingState* writing_of(const AppState& state) {
    const bool is_writing =
        state.route.page == Page::NewArticle || state.route.page == Page::EditArticle;
    const auto at = state.writings.find(state.route.key);
    return is_writing && at != state.writings.end() ? &at->second : nullptr;
}

std::vector<SourceKey> source_keys(const AppState& state, const Id& row) {
    std::vector<SourceKey> out;
    if (const VersionCard* card = state.library.version(row)) {
        if (const auto version = state.library.whole_version(row))
            append_keys(row, card->ver, version->es, version->en, out);
    } else if (const ArticleCard* article = state.library.article(row)) {
        if (const auto whole = state.library.whole_article(row))
            append_keys(row, article->ver, whole->es, whole->en, out);
    }
    return out;
}

std::vector<SourceKey> sources_wanted(const AppState& state) {
    std::vector<SourceKey> out;
    const bool is_writing =
        state.route.page == Page::NewArticle || state.route.page == Page::EditArticle;
    if (is_writing) {
        const WritingState* writing = writing_of(state);
        if (writing != nullptr && writing->is_begun) return out;
        append_wanted(state, origin_of(state, state.route.key), out);
        if (writing != nullptr) append_returned(state, *writing, out);
    } else if (state.route.page == Page::Review) {
        const Result<Id> id = parse_id(state.route.key);
        if (!id) return out;
        append_wanted(state, *id, out);
        append_wanted(state, compared_with(state, *id), out);
    }
    return out;
}

Json source_blocks(const AppState& state, const SourceKey& key) {
    const WritingState* writing = writing_of(state);
    if (writing != nullptr && !is_nil(key.row) && writing->returned_cmd == key.row)
        return member(member(writing->returned, domain::name(key.lang)), "blocks");
    if (const auto version = state.library.whole_version(key.row))
        return in(*version, key.lang).blocks;
    const auto article = state.library.whole_article(key.row);
    return article ? in(*article, key.lang).blocks : Json{};
}

const VersionCard* own_proposal(const AppState& state, std::string_view key) {
    const ArticleCard* article = state.library.article(key);
    const Id version = parse_id(key).value_or(Id{});
    for (const VersionCard& card : state.library.versions()) {
        const bool is_open = domain::is_proposed(card.state);
        const bool is_it = article != nullptr ? card.article == article->id : card.id == version;
        if (is_open && is_it && card.author == me(state)) return &card;
    }
    return nullptr;
}

bool begin_writing(const AppState& state, std::string_view number, WritingState& writing) {
    for (const SourceKey& key : returned_keys(writing))
        if (!state.sources.contains(key) || !state.sources.at(key).is_here) return false;
    if (!begin_published(state, number, writing)) return false;
    if (!is_nil(writing.returned_cmd)) take_returned(state, writing);
    return true;
}

std::vector<FieldProblem> writing_problems(const Say& say, const WritingState& writing) {
    std::vector<FieldProblem> out;
    bool is_touched = false;
    for (const WrittenText& text : writing.texts) {
        is_touched = is_touched || text.is_touched;
        const bool is_there = text.is_touched && !text.is_empty();
        need(say, !is_there || !trimmed(text.title).empty(), "title", K::writing_need_title, out);
        need(say, !is_there || !text.blocks.empty(), "markdown", K::writing_need_body, out);
    }
    const bool is_empty = writing.texts[0].is_empty() && writing.texts[1].is_empty();
    need(say, !is_empty, "title", K::writing_need_title, out);
    need(say,
         writing.base == 0 || !trimmed(writing.change).empty(),
         "change",
         K::writing_need_change,
         out);
    need(say, !writing.is_unread, "markdown", K::writing_need_reader, out);
    for (const WrittenText& text : writing.texts)
        need(say,
             text.markdown.size() <= limits::kCommandBytesMax,
             "markdown",
             K::writing_too_long,
             out);
    const std::size_t bytes = dump_json(propose_args(writing)).size();
    constexpr std::size_t kEnvelopeBytes = 1024;
    need(say,
         bytes + kEnvelopeBytes <= limits::kCommandBytesMax,
         "markdown",
         K::writing_too_long,
         out);
    return out;
}

Json propose_args(const WritingState& writing) {
    Json args = {{"base", writing.base},
                 {"owner", writing.owner},
                 {"internal", writing.is_internal},
                 {"change", writing.change}};
    if (!is_nil(writing.version))
        args["article_version"] = to_text(writing.version);
    else if (!is_nil(writing.article))
        args["article"] = to_text(writing.article);
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const WrittenText& text = writing.texts[static_cast<std::size_t>(lang)];
        if (text.is_touched && !text.is_empty())
            args[std::string(domain::name(lang))] = text_json(text);
    }
    if (writing.is_form_only) args["form_only"] = true;
    if (!writing.items.empty()) args["items"] = writing.items;
    put_day(args, "review_by", writing.review_by);
    put_day(args, "valid_to", writing.valid_to);
    return args;
}

K label_of(rules::PersonalKind kind) {
    switch (kind) {
        case rules::PersonalKind::Mail: return K::writing_personal_mail;
        case rules::PersonalKind::Phone: return K::writing_personal_phone;
        case rules::PersonalKind::Name: return K::writing_personal_name;
        case rules::PersonalKind::Code: break;
    }
    return K::writing_personal_code;
}

// Names in all that is read; the rest where it was looked for, in the text.
void fill_personal(const WritingState& writing, WritingModel& model) {
    const WrittenText& text = writing.text();
    std::vector<rules::PersonalData> all;
    for (const std::string* part : {&text.title, &text.summary, &text.keywords})
        for (rules::PersonalData& each : rules::names_in(*part, writing.names)) {
            each.line = 0;
            all.push_back(std::move(each));
        }
    all.insert(all.end(), text.personal.begin(), text.personal.end());
    for (rules::PersonalData& each : rules::names_in(text.markdown, writing.names))
        all.push_back(std::move(each));
    std::stable_sort(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    for (const rules::PersonalData& each : all) {
        const std::string what = model.say(label_of(each.kind), {{"text", each.text}});
        const std::string line = std::to_string(each.line);
        model.personal.push_back(
            each.line == 0 ? what : model.say(K::writing_line, {{"line", line}, {"what", what}}));
    }
    const auto end = std::unique(model.personal.begin(), model.personal.end());
    model.personal.erase(end, model.personal.end());
}

WritingModel writing_model(const AppState& state, Instant now) {
    WritingModel model{.say = say_for(state, now),
                       .is_allowed = rules::may_propose_articles(viewer_of(state))};
    const ArticleCard* article = state.route.key.empty()
                                     ? nullptr
                                     : state.library.article(std::string_view(state.route.key));
    const WritingState* writing = writing_of(state);
    if (writing != nullptr) model.writing = *writing;
    model.focus_summary = state.focus_summary;
    if (!model.writing.is_begun) {
        const bool is_coming = !is_nil(origin_of(state, state.route.key)) || is_loading(state);
        model.found = is_coming ? Found::Loading : Found::No;
        for (const auto& [key, source] : state.sources)
            model.is_failed = model.is_failed ||
                              (source.is_failed && key.row == origin_of(state, state.route.key));
        return model;
    }
    if (article != nullptr && article->version != model.writing.base)
        model.newer_version = article->version;
    if (const auto whole = state.library.whole_article(model.writing.article)) {
        model.newer = newer_line(model.say, *whole, model.writing.lang);
        model.is_translated = !whole->es.empty() && !whole->en.empty();
    }
    if (const auto version = state.library.whole_version(model.writing.version))
        model.note = version->note;
    model.saved = draft_line(model.say, model.writing.saving);
    add_checks(model.say, model.writing, model.checks);
    fill_personal(model.writing, model);
    return model;
}

}  // namespace ventanilla::views
