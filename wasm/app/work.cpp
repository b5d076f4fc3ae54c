#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/form_view.hpp"

// What a person does with things they share: each becomes a command of the engine, which keeps it
// safe before anything says so.

namespace ventanilla::app {

namespace {

using namespace views;

constexpr std::int64_t kToastMs = 8'000;

// An Error of the engine is about this device.
K failure_of(const Error& error) {
    return error.code == Errc::TooLarge ? K::form_failed_full : K::form_failed_newer;
}

std::string refusal_text(Core& core, const sync::SubmitResult& result) {
    const Say say = core.words();
    if (const auto* error = std::get_if<Error>(&result))
        return std::string(say(failure_of(*error)));
    if (const auto* rejection = std::get_if<commands::Rejection>(&result))
        return message_text(say, rejection->message);
    return {};
}

Json form_args(const Core& core, const domain::CatalogItem& item, const FormState& form) {
    const rules::FormContext context = form_context(core.state, core.now.wall);
    const rules::FormState evaluated = rules::evaluate(item.form, form.answers, context);
    Json args = {{"item", item.key},
                 {"today", rules::to_text(context.today)},
                 {"form_version", item.form.version},
                 {"answers", evaluated.answers()},
                 {"lang", domain::name(core.state.lang)}};
    if (!is_nil(form.outage)) args["outage"] = to_text(form.outage);
    return args;
}

void refused(Core& core, FormState& form, const sync::SubmitResult& result) {
    const Say say = core.words();
    if (const auto* error = std::get_if<Error>(&result)) {
        form.failed = failure_of(*error);
        core.say(say(*form.failed), a11y::Urgency::Assertive);
        return;
    }
    const auto& rejection = std::get<commands::Rejection>(result);
    form.was_tried = true;
    form.problems.clear();
    for (const commands::FieldError& each : rejection.fields)
        form.problems.push_back({each.field,
                                 tr(say.lang,
                                    key_named(each.message).value_or(K::form_error_invalid),
                                    {{"limit", ""}})});
    if (form.problems.empty()) {
        form.failed = key_named(rejection.message).value_or(K::reject_other);
        core.say(say(*form.failed), a11y::Urgency::Assertive);
    }
    core.state.focus_summary = true;
}

void queued(Core& core,
            const std::string& item,
            FormState& form,
            const sync::Submitted& submitted) {
    help_over(core, item, domain::HelpEnd::Submitted);
    form.sent = submitted;
    form.was_tried = false;
    form.problems.clear();
    form.answers = Json::object();
    form.editing = {};
    form.saving = {};
    forget_draft(core, form.draft);
    core.effect(RequestPersist{});
    core.state.focus_heading = true;
}

struct StepArgs {
    std::string type;
    Json args;
    bool needs_text = false;
};

StepArgs step_args(const std::string& step, const Id& request, const std::string& text) {
    Json args = {{"request", to_text(request)}};
    if (step == "take" || step == "confirm") return {"request." + step, args};
    if (step == "cancel") {
        if (!text.empty()) args["reason"] = text;
        return {"request.cancel", args};
    }
    if (step == "ask" || step == "hold") {
        const auto reason = step == "ask" ? domain::HoldReason::AwaitingRequester
                                          : domain::HoldReason::AwaitingThirdParty;
        args["reason"] = domain::name(reason);
        if (step == "ask") args["question"] = text;
        return {"request.hold", args, step == "ask"};
    }
    if (step == "resolve") {
        args["notes"] = text;
        return {"request.resolve", args, true};
    }
    args["text"] = text;
    if (step == "internal") args["internal"] = true;
    return {step == "internal" ? "request.comment" : "request." + step, args, true};
}

// The words of a command that a person wrote.
std::string written_text(const Json& args) {
    for (const char* key : {"text", "notes", "question", "reason", "note"}) {
        if (std::string text = text_or(args, key); !text.empty()) return text;
    }
    std::string out;
    for (const char* part : {"title", "impact", "workaround", "body"}) {  // of an outage
        for (const char* lang : {"es", "en"})
            if (std::string text = text_or(member(args, part), lang); !text.empty())
                out += text + "\n";
    }
    for (const char* lang : {"es", "en"}) {  // of an article
        const Json& text = member(args, lang);
        const auto blocks = domain::blocks_from_json(member(text, "blocks"));
        if (blocks) out += concat(text_or(text, "title"), "\n\n", plain_text(*blocks), "\n");
    }
    return out;
}

std::string copied_text(const Core& core, const commands::Command& command) {
    const domain::CatalogItem* item = core.state.library.item(text_or(command.args, "item"));
    if (item == nullptr) return written_text(command.args);
    std::string out = item->title.in(core.state.lang) + "\n";
    for (const FactModel& fact : answer_facts(core.words(), item, member(command.args, "answers")))
        out += concat(fact.label, ": ", fact.value, "\n");
    return out;
}

}  // namespace

void toast(Core& core, std::string text, ui::Tone tone, Id undo) {
    constexpr std::size_t kToastsMax = 3;
    if (core.state.toasts.size() == kToastsMax) core.state.toasts.erase(core.state.toasts.begin());
    core.say(text);
    core.state.toasts.push_back({std::move(text), tone, undo, core.now.mono_ms + kToastMs});
}

std::optional<domain::RowRef> send(Core& core, std::string_view type, Json args) {
    if (core.client == nullptr) return std::nullopt;
    const sync::SubmitResult result = core.client->submit(type, std::move(args), core.engine_now());
    if (const auto* submitted = std::get_if<sync::Submitted>(&result)) return submitted->entity;
    toast(core, refusal_text(core, result), ui::Tone::Critical);
    return std::nullopt;
}

void submit_form(Core& core, const std::string& item_key) {
    const domain::CatalogItem* item = core.state.library.item(item_key);
    if (item == nullptr || core.client == nullptr) return;
    FormState& form = form_of(core, item_key);
    if (form.sent) return;
    form.failed.reset();
    const rules::FormState evaluated =
        rules::evaluate(item->form, form.answers, form_context(core.state, core.now.wall));
    if (!evaluated.errors().empty()) {
        form.was_tried = true;
        form.problems.clear();
        core.state.focus_summary = true;
        return;
    }
    Json args = form_args(core, *item, form);
    const sync::SubmitResult result =
        is_nil(form.editing)
            ? core.client->submit("request.submit", std::move(args), core.engine_now())
            : core.client->edit(form.editing, std::move(args), core.engine_now());
    if (const auto* submitted = std::get_if<sync::Submitted>(&result))
        queued(core, item_key, form, *submitted);
    else
        refused(core, form, result);
}

void act(Core& core, const Act& act) {
    const ReplyKey key{act.request, std::string(kMessage)};
    const auto reply = core.state.replies.find(key);
    const std::string text =
        reply == core.state.replies.end() ? "" : std::string(trimmed(reply->second.text));
    StepArgs step = step_args(act.step, act.request, text);
    if (step.needs_text && text.empty()) {
        reply_of(core, key).is_empty_refused = true;
        core.say(core.words()(K::request_reply_missing), a11y::Urgency::Assertive);
        return;
    }
    if (!send(core, step.type, std::move(step.args))) return;
    const bool was_used = step.needs_text || act.step == "cancel";
    if (!was_used || reply == core.state.replies.end()) return;
    forget_draft(core, reply->second.draft);
    core.state.replies.erase(reply);
}

void edit_unsent(Core& core, const Id& cmd) {
    const auto entry = core.client == nullptr ? std::nullopt : core.client->entry(cmd);
    if (!entry || entry->record == nullptr) return;
    const commands::Command command = entry->record->command;
    if (command.type == "request.submit") {
        const std::string item = text_or(command.args, "item");
        FormState& form = form_of(core, item);
        form.answers = member(command.args, "answers").is_object() ? member(command.args, "answers")
                                                                   : Json::object();
        form.editing = cmd;
        form.sent.reset();
        touch(core, form.saving);
        return go(core, {Page::Form, item, {}});
    }
    if (command.type == "article_version.propose") return write_again(core, cmd, command.args);
    if (command.type == "article_version.suggest_edits") return note_again(core, cmd, command.args);
    const bool is_of_console = command.type.starts_with("outage.") && has(command.args, "body") &&
                               command.type != "outage.reject";
    if (is_of_console)
        return outage_again(core, cmd, command);
    const RequestCard* card = core.state.library.request(entry->entity.id);
    if (card == nullptr) return;
    const Route to{card->requester == me(core.state) ? Page::Request : Page::QueueRequest,
                   request_name(*card),
                   {}};
    ReplyState& reply = reply_of(core, {card->id, std::string(kMessage)});
    reply.text = written_text(command.args);
    touch(core, reply.saving);
    (void)core.client->discard(cmd, core.engine_now());
    go(core, to);
}

void copy_unsent(Core& core, const Id& cmd) {
    const auto entry = core.client == nullptr ? std::nullopt : core.client->entry(cmd);
    if (entry && entry->record != nullptr)
        core.effect(CopyText{copied_text(core, entry->record->command)});
}

}  // namespace ventanilla::app
