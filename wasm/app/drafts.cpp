#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"

// What is being typed is saved after a second of rest, at the latest after five, and comes back
// after the browser was killed. "Saved" is said only once the bytes are committed.

namespace ventanilla::app {

namespace {

using views::FormState;
using views::OutageForm;
using views::ReplyKey;
using views::ReplyState;
using views::Saving;
using views::WritingState;

Json body_of(const std::string& item, const FormState& form) {
    Json body = {{"kind", "form"}, {"item", item}, {"answers", form.answers}};
    if (!is_nil(form.editing)) body["editing"] = to_text(form.editing);
    if (!is_nil(form.outage)) body["outage"] = to_text(form.outage);
    return body;
}

Json body_of(const ReplyKey& key, const ReplyState& reply) {
    return {{"kind", "reply"},
            {"request", to_text(key.first)},
            {"purpose", key.second},
            {"text", reply.text}};
}

Json body_of(const std::string& number, const WritingState& writing) {
    Json body = {{"kind", "article"},
                 {"number", number},
                 {"base", writing.base},
                 {"owner", writing.owner},
                 {"change", writing.change},
                 {"internal", writing.is_internal},
                 {"review_by", writing.review_by},
                 {"valid_to", writing.valid_to}};
    if (writing.is_form_only) body["form_only"] = true;
    if (!writing.items.empty()) body["items"] = writing.items;
    if (!writing.names.empty()) body["names"] = writing.names;
    body["article"] = to_text(writing.article);
    body["version"] = to_text(writing.version);
    for (const views::Lang lang : {views::Lang::Es, views::Lang::En}) {
        const views::WrittenText& text = writing.texts[static_cast<std::size_t>(lang)];
        body[std::string(domain::name(lang))] = {{"title", text.title},
                                                 {"summary", text.summary},
                                                 {"keywords", text.keywords},
                                                 {"markdown", text.markdown},
                                                 {"touched", text.is_touched}};
    }
    return body;
}

Json body_of_outage(const std::string& key, const OutageForm& form) {
    Json body = {{"kind", "outage"},
                 {"key", key},
                 {"services", form.services},
                 {"sites", form.sites},
                 {"texts", Json::object()},
                 {"filled", form.filled}};
    if (!is_nil(form.seen)) body["seen"] = to_text(form.seen);
    for (const auto& [field, text] : form.texts)
        body["texts"][field] = text;
    return body;
}

// Every draft that is open, with what would be stored of it.
template <class Visit>
void each_draft(Core& core, const Visit& visit) {
    for (auto& [item, form] : core.state.forms)
        visit(
            form.draft, form.saving, [&form = form, &item = item] { return body_of(item, form); });
    for (auto& [key, reply] : core.state.replies)
        visit(reply.draft, reply.saving, [&reply = reply, &key = key] {
            return body_of(key, reply);
        });
    for (auto& [number, writing] : core.state.writings)
        visit(writing.draft, writing.saving, [&writing = writing, &number = number] {
            return body_of(number, writing);
        });
    for (auto& [key, form] : core.state.outage_forms)
        visit(form.draft, form.saving, [&form = form, &key = key] {
            return body_of_outage(key, form);
        });
}

std::vector<std::string> texts_at(const Json& body, std::string_view key) {
    std::vector<std::string> out;
    for (const Json& each : member(body, key)) {
        if (each.is_string()) out.push_back(each.get<std::string>());
    }
    return out;
}

void restore_writing(Core& core, const sync::Draft& draft) {
    const Json& body = draft.body;
    WritingState& writing = writing_named(core, text_or(body, "number"));
    writing.draft = draft.id;
    writing.base = static_cast<int>(int_or(body, "base"));
    writing.owner = text_or(body, "owner");
    writing.change = text_or(body, "change");
    writing.is_internal = bool_or(body, "internal", false);
    writing.review_by = text_or(body, "review_by");
    writing.valid_to = text_or(body, "valid_to");
    writing.is_form_only = bool_or(body, "form_only", false);
    writing.items = texts_at(body, "items");
    writing.names = texts_at(body, "names");
    writing.article = id_or_nil(body, "article");
    writing.version = id_or_nil(body, "version");
    for (const views::Lang lang : {views::Lang::Es, views::Lang::En}) {
        const Json& text = member(body, domain::name(lang));
        writing.texts[static_cast<std::size_t>(lang)] = {
            .title = text_or(text, "title"),
            .summary = text_or(text, "summary"),
            .keywords = text_or(text, "keywords"),
            .markdown = text_or(text, "markdown"),
            .is_touched = bool_or(text, "touched", false)};
    }
    writing.is_begun = true;
    writing.saving.saved_at = draft.at;
}

void restore_outage(Core& core, const sync::Draft& draft) {
    OutageForm& form = outage_form_of(core, text_or(draft.body, "key"));
    form.draft = draft.id;
    form.services = texts_at(draft.body, "services");
    form.sites = texts_at(draft.body, "sites");
    form.seen = id_or_nil(draft.body, "seen");
    for (const auto& each : member(draft.body, "texts").items())
        if (each.value().is_string()) form.texts[each.key()] = each.value().get<std::string>();
    for (const auto& each : member(draft.body, "filled").items())
        if (each.value().is_string()) form.filled[each.key()] = each.value().get<std::string>();
    form.saving.saved_at = draft.at;
}

void restore(Core& core, const sync::Draft& draft) {
    const std::string kind = text_or(draft.body, "kind");
    if (kind == "form") {
        FormState& form = form_of(core, text_or(draft.body, "item"));
        form.draft = draft.id;
        if (member(draft.body, "answers").is_object()) form.answers = member(draft.body, "answers");
        form.editing = id_or_nil(draft.body, "editing");
        form.outage = id_or_nil(draft.body, "outage");
        form.saving.saved_at = draft.at;
    } else if (kind == "reply") {
        ReplyState& reply =
            reply_of(core, {id_or_nil(draft.body, "request"), text_or(draft.body, "purpose")});
        reply.draft = draft.id;
        reply.text = text_or(draft.body, "text");
        reply.saving.saved_at = draft.at;
    } else if (kind == "article") {
        restore_writing(core, draft);
    } else if (kind == "outage") {
        restore_outage(core, draft);
    }
}

}  // namespace

FormState& form_of(Core& core, const std::string& item) {
    const auto [at, is_new] = core.state.forms.try_emplace(item);
    if (is_new) at->second.draft = derived_id("draft", concat("form:", item));
    return at->second;
}

ReplyState& reply_of(Core& core, const ReplyKey& key) {
    const auto [at, is_new] = core.state.replies.try_emplace(key);
    if (is_new)
        at->second.draft =
            derived_id("draft", concat("reply:", to_text(key.first), ":", key.second));
    return at->second;
}

void touch(Core& core, Saving& saving) {
    saving.edited_ms = core.now.mono_ms;
    saving.is_handed_over = false;
}

void hand_over_drafts(Core& core) {
    if (core.client == nullptr) return;
    each_draft(core, [&](const Id& draft, Saving& saving, const auto& body) {
        if (saving.is_handed_over) return;
        saving.is_handed_over = true;
        core.client->save_draft(draft, body(), core.engine_now());
    });
}

void drafts_committed(Core& core, const Committing& committed, bool is_durable) {
    const std::vector<Id>& drafts = committed.drafts;
    each_draft(core, [&](const Id& draft, Saving& saving, const auto&) {
        if (std::find(drafts.begin(), drafts.end(), draft) == drafts.end()) return;
        saving.is_failed = !is_durable;
        if (!is_durable) return;
        saving.saved_at = core.now.wall;
        if (saving.edited_ms <= committed.issued_ms) saving.edited_ms = -1;
    });
}

void restore_drafts(Core& core) {
    if (core.client == nullptr) return;
    for (const sync::Draft& draft : core.client->drafts())
        restore(core, draft);
}

void forget_draft(Core& core, const Id& draft) {
    if (core.client != nullptr && core.client->draft(draft) != nullptr)
        core.client->delete_draft(draft, core.engine_now());
}

bool has_dirty_drafts(Core& core) {
    bool is_any = false;
    each_draft(core, [&](const Id&, const Saving& saving, const auto&) {
        is_any = is_any || saving.is_dirty();
    });
    return is_any;
}

}  // namespace ventanilla::app
