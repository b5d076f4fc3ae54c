#include <algorithm>
#include <utility>

#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/views/writing_view.hpp"

// Writing articles: the Markdown that is typed is read beside the portal (wasm/markdown), one text
// at a time, and what is sent are the blocks that the preview showed.

namespace ventanilla::app {

namespace {

using namespace views;

WritingState* current(Core& core) {
    return const_cast<WritingState*>(writing_of(core.state));  // NOLINT: the state is ours
}

void ask_for(Core& core, MarkdownJob job, bool is_writing, std::string text) {
    const std::uint64_t id = core.next_markdown++;
    core.markdown_jobs[id] = std::move(job);
    core.effect(MarkdownWish{.id = id, .is_writing = is_writing, .text = std::move(text)});
}

// One text at a time; whatever was typed meanwhile is read next.
void read_text(Core& core, const std::string& number, WritingState& writing) {
    if (writing.is_reading) return;
    for (const Lang lang : {writing.lang, writing.lang == Lang::Es ? Lang::En : Lang::Es}) {
        const WrittenText& text = writing.texts[static_cast<std::size_t>(lang)];
        if (text.read == text.markdown) continue;
        writing.is_reading = true;
        return ask_for(
            core, {.number = number, .lang = lang, .text = text.markdown}, false, text.markdown);
    }
    if (writing.wants_send) propose(core);
}

void take_blocks(WrittenText& text, const std::string& markdown, const std::string& answer) {
    text.read = markdown;
    text.issues.clear();
    text.blocks.clear();
    text.personal.clear();
    const Result<Json> json = parse_json(answer);
    if (!json) return;
    if (Result<domain::Blocks> blocks = domain::blocks_from_json(member(*json, "blocks")))
        text.blocks = std::move(blocks).value();
    for (const Json& each : member(*json, "issues"))
        text.issues.push_back({static_cast<int>(int_or(each, "line")), text_or(each, "what")});
    for (const Json& each : member(*json, "personal"))
        text.personal.push_back({rules::personal_kind(text_or(each, "kind")),
                                 static_cast<std::size_t>(int_or(each, "line", 1)),
                                 text_or(each, "text")});
}

void text_read(Core& core, const MarkdownJob& job, const MarkdownDone& done) {
    const auto at = core.state.writings.find(job.number);
    if (at == core.state.writings.end()) return;
    WritingState& writing = at->second;
    writing.is_reading = false;
    writing.is_unread = !done.is_done;
    core.is_dirty = true;
    if (done.is_done) {
        take_blocks(writing.texts[static_cast<std::size_t>(job.lang)], job.text, done.text);
        return read_text(core, job.number, writing);
    }
    if (std::exchange(writing.wants_send, false)) propose(core);
}

void touched(Core& core, WritingState& writing, std::string_view field) {
    std::erase_if(writing.problems,
                  [&](const FieldProblem& problem) { return problem.field == field; });
    writing.wants_send = false;
    touch(core, writing.saving);
}

std::string* member_of(WritingState& writing, std::string_view field) {
    WrittenText& text = writing.text();
    const std::pair<std::string_view, std::string*> kMembers[] = {{"title", &text.title},
                                                                  {"summary", &text.summary},
                                                                  {"keywords", &text.keywords},
                                                                  {"markdown", &text.markdown},
                                                                  {"owner", &writing.owner},
                                                                  {"review_by", &writing.review_by},
                                                                  {"valid_to", &writing.valid_to},
                                                                  {"change", &writing.change}};
    for (const auto& [name, value] : kMembers)
        if (name == field) return value;
    return nullptr;
}

bool is_of_text(std::string_view field) {
    return field == "title" || field == "summary" || field == "keywords" || field == "markdown";
}

void sent(Core& core, const std::string& number, const Id& version) {
    forget_draft(core, core.state.writings[number].draft);
    core.state.writings.erase(number);
    toast(core, std::string(core.words()(K::writing_sent)), ui::Tone::Ok);
    go(core, {Page::Review, to_text(version), {}}, History::Replace);
}

}  // namespace

WritingState& writing_named(Core& core, const std::string& number) {
    const auto [at, is_new] = core.state.writings.try_emplace(number);
    if (is_new) {
        at->second.draft = derived_id("draft", concat("article:", number));
        at->second.lang = core.state.lang;
    }
    return at->second;
}

void follow_writing(Core& core) {
    const Page page = core.state.route.page;
    if (core.client == nullptr || !core.state.was_storage_opened) return;
    for (const SourceKey& key : sources_wanted(core.state)) {
        core.state.sources[key] = {};
        ask_for(core, {.source = key}, true, dump_json(source_blocks(core.state, key)));
    }
    if (auto diff = new_review_diff(core.state)) {
        core.state.review_diff = std::move(diff);
        core.is_dirty = true;
    }
    if (page != Page::NewArticle && page != Page::EditArticle) return;
    WritingState& writing = writing_named(core, core.state.route.key);
    if (!writing.is_begun) {
        const Id returned = writing.returned_cmd;
        if (!begin_writing(core.state, core.state.route.key, writing)) return;
        if (!is_nil(returned)) {
            touch(core, writing.saving);
            (void)core.client->discard(returned, core.engine_now());
        }
    }
    if (!writing.is_unread) read_text(core, core.state.route.key, writing);
}

void markdown_done(Core& core, const MarkdownDone& done) {
    const auto at = core.markdown_jobs.find(done.id);
    if (at == core.markdown_jobs.end()) return;
    const MarkdownJob job = std::move(at->second);
    core.markdown_jobs.erase(at);
    if (!job.source) return text_read(core, job, done);
    core.state.sources[*job.source] = {done.text, done.is_done, !done.is_done};
    core.is_dirty = true;
}

void edit_writing(Core& core, const EditWriting& edit) {
    WritingState* writing = current(core);
    std::string* value = writing == nullptr ? nullptr : member_of(*writing, edit.field);
    if (value == nullptr) return;
    *value = edit.text;
    if (is_of_text(edit.field)) writing->text().is_touched = true;
    writing->is_unread = false;
    touched(core, *writing, edit.field);
}

void write_in(Core& core, Lang lang) {
    if (WritingState* writing = current(core)) writing->lang = lang;
}

void set_internal(Core& core, bool is_internal) {
    WritingState* writing = current(core);
    if (writing == nullptr) return;
    writing->is_internal = is_internal;
    touched(core, *writing, "internal");
}

void set_form_only(Core& core, bool is_form_only) {
    WritingState* writing = current(core);
    if (writing == nullptr) return;
    writing->is_form_only = is_form_only;
    touched(core, *writing, "form_only");
}

void take_new_base(Core& core) {
    WritingState* writing = current(core);
    const ArticleCard* article = core.state.library.article(std::string_view(core.state.route.key));
    if (writing == nullptr || article == nullptr) return;
    writing->base = article->version;
    touched(core, *writing, "base");
}

void propose(Core& core) {
    WritingState* writing = current(core);
    if (writing == nullptr || core.client == nullptr) return;
    const bool is_unread =
        std::any_of(writing->texts.begin(), writing->texts.end(), [](const WrittenText& text) {
            return text.read != text.markdown;
        });
    if (is_unread && !writing->is_unread) {
        writing->wants_send = true;
        return;
    }
    writing->wants_send = false;
    writing->problems = writing_problems(core.words(), *writing);
    core.state.focus_summary = !writing->problems.empty();
    if (!writing->problems.empty()) return;
    const std::string number = core.state.route.key;
    if (const auto entity = send(core, "article_version.propose", propose_args(*writing)))
        sent(core, number, entity->id);
}

void discard_writing(Core& core) {
    WritingState* writing = current(core);
    if (writing == nullptr) return;
    forget_draft(core, writing->draft);
    core.state.writings.erase(core.state.route.key);
    toast(core, std::string(core.words()(K::toast_draft_deleted)));
    go(core, {Page::Articles, {}, {}}, History::Replace);
}

void write_again(Core& core, const Id& cmd, const Json& args) {
    const VersionCard* version = core.state.library.version(id_or_nil(args, "article_version"));
    const Id id = version == nullptr ? id_or_nil(args, "article") : version->article;
    const ArticleCard* article = core.state.library.article(id);
    const std::string number = article != nullptr   ? article->number
                               : version != nullptr ? to_text(version->id)
                                                    : "";
    WritingState& writing = writing_named(core, number);
    writing = {
        .draft = writing.draft, .lang = core.state.lang, .returned = args, .returned_cmd = cmd};
    go(core, {number.empty() ? Page::NewArticle : Page::EditArticle, number, {}});
}

void note_again(Core& core, const Id& cmd, const Json& args) {
    const Id version = id_or_nil(args, "article_version");
    ReplyState& reply = reply_of(core, {version, std::string(kNote)});
    reply.text = text_or(args, "note");
    touch(core, reply.saving);
    (void)core.client->discard(cmd, core.engine_now());
    go(core, {Page::Review, to_text(version), {}});
}

void publish_version(Core& core, const Id& version) {
    if (!send(core, "article_version.publish", {{"article_version", to_text(version)}})) return;
    toast(core, std::string(core.words()(K::review_published)), ui::Tone::Ok);
    core.state.focus_heading = true;
}

void suggest_edits(Core& core, const Id& version) {
    ReplyState& reply = reply_of(core, {version, std::string(kNote)});
    const std::string note{trimmed(reply.text)};
    reply.is_empty_refused = note.empty();
    if (note.empty())
        return core.say(core.words()(K::review_note_missing), a11y::Urgency::Assertive);
    if (!send(core,
              "article_version.suggest_edits",
              {{"article_version", to_text(version)}, {"note", note}}))
        return;
    forget_draft(core, reply.draft);
    core.state.replies.erase({version, std::string(kNote)});
    toast(core, std::string(core.words()(K::review_suggested)));
}

void recall_version(Core& core, const Id& version) {
    if (send(core, "article_version.recall", {{"article_version", to_text(version)}}))
        toast(core, std::string(core.words()(K::review_recalled)));
}

}  // namespace ventanilla::app
