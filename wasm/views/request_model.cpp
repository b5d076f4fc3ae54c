#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/request_view.hpp"

namespace ventanilla::views {

namespace {

using domain::CommentKind;
using domain::RequestState;
using rules::Step;
using ui::Emphasis;
using ui::Icon;
using ui::Tone;

constexpr int kStepsTotal = 5;

struct Progress {
    int done;
    K word;
};
Progress progress_of(RequestState state) {
    switch (state) {
        case RequestState::New: return {1, K::state_new};
        case RequestState::AwaitingApproval: return {2, K::state_approval};
        case RequestState::Open: return {2, K::state_open};
        case RequestState::InProgress: return {3, K::state_in_progress};
        case RequestState::OnHold: return {3, K::state_on_hold};
        case RequestState::Resolved: return {4, K::state_resolved};
        case RequestState::Closed: return {5, K::state_closed};
        case RequestState::Denied: return {5, K::state_denied};
        case RequestState::Cancelled: return {5, K::state_cancelled};
    }
    return {1, K::state_new};
}

// ---- what was answered

std::string option_label(const Say& say, const domain::Field& field, const std::string& key) {
    for (const domain::Option& option : field.options) {
        if (option.key == key) return option.label.in(say.lang);
    }
    return key;
}

std::string value_text(const Say& say, const domain::Field& field, const Json& value) {
    if (value.is_string()) return option_label(say, field, value.get<std::string>());
    if (value.is_boolean())
        return std::string(say(value.get<bool>() ? K::answer_yes : K::answer_no));
    if (value.is_number_integer()) return say.number(value.get<std::int64_t>());
    if (value.is_number()) return say.locale->number(value.get<double>(), 2, say.lang);
    std::string out;
    if (!value.is_array()) return out;
    for (const Json& each : value)
        out += concat(out.empty() ? "" : ", ", value_text(say, field, each));
    return out;
}

void append_facts(const Say& say,
                  const domain::Section& section,
                  const Json& answers,
                  std::string_view prefix,
                  std::vector<FactModel>& out) {
    for (const domain::Field& field : section.fields) {
        const std::string value = value_text(say, field, member(answers, field.key));
        if (!value.empty()) out.push_back({concat(prefix, field.label.in(say.lang)), value});
    }
}

// ---- the conversation

K did_key(CommentKind kind) {
    switch (kind) {
        case CommentKind::Taken: return K::did_taken;
        case CommentKind::Question: return K::did_question;
        case CommentKind::Resolved: return K::did_resolved;
        case CommentKind::Confirmed: return K::did_confirmed;
        case CommentKind::Reopened: return K::did_reopened;
        case CommentKind::Cancelled: return K::did_cancelled;
        case CommentKind::Linked: return K::did_linked;
        case CommentKind::Held: return K::did_held;
        case CommentKind::Comment:
        case CommentKind::Internal:
        case CommentKind::Answer: break;
    }
    return K::app_name;
}

bool is_plain(CommentKind kind) {
    return kind == CommentKind::Comment || kind == CommentKind::Internal ||
           kind == CommentKind::Answer;
}

Mark comment_mark(const AppState& state, const Say& say, const domain::Comment& comment) {
    const domain::RowRef ref{domain::RowType::Comment, comment.id};
    if (state.client->replica().is_pending(ref)) {
        for (const sync::Entry& entry : state.client->entries()) {
            if (derived_id("comment", entry.cmd_id) == comment.id &&
                entry.state != sync::EntryState::Confirmed)
                return unsent_mark(say, entry);
        }
        return {std::string(say(K::unsent_badge)), Tone::Warning, Icon::Hourglass};
    }
    if (comment.kind == CommentKind::Internal)
        return {std::string(say(K::request_internal)), Tone::Neutral, Icon::Lock};
    return {};
}

EntryModel entry_of(const AppState& state, const Say& say, const domain::Comment& comment) {
    const bool is_mine = comment.author == me(state);
    EntryModel entry{.key = to_text(comment.id), .text = comment.text, .is_mine = is_mine};
    entry.who = is_mine ? std::string(say(K::request_you)) : comment.author_name;
    const std::string at = say.when(comment.at);
    entry.when = is_plain(comment.kind) ? at : concat(say(did_key(comment.kind)), " · ", at);
    entry.mark = comment_mark(state, say, comment);
    return entry;
}

EntryModel opening(const AppState& state, const Say& say, const domain::Request& request) {
    const bool is_mine = request.requester == me(state);
    return {.key = "opening",
            .who = is_mine ? std::string(say(K::request_you)) : request.requester_name,
            .when = say.when(request.reported_at),
            .text = request.description.empty() ? request.title : request.description,
            .is_mine = is_mine};
}

// ---- what can be done

void push(
    std::vector<StepButton>& out, const Say& say, std::string step, K label, Emphasis emphasis) {
    out.push_back({std::move(step), std::string(say(label)), emphasis});
}

std::vector<StepButton> requester_steps(const Say& say,
                                        const domain::Request& request,
                                        const rules::Viewer& viewer) {
    std::vector<StepButton> out;
    const std::vector<Step> open = rules::steps_for(request, viewer);
    const auto may = [&](Step step) {
        return std::find(open.begin(), open.end(), step) != open.end();
    };
    if (may(Step::Answer)) push(out, say, "answer", K::step_answer, Emphasis::Primary);
    if (may(Step::Confirm)) push(out, say, "confirm", K::step_confirm, Emphasis::Primary);
    if (may(Step::Reopen)) push(out, say, "reopen", K::step_reopen, Emphasis::Secondary);
    if (out.empty() && !rules::is_final(request.state))
        push(out, say, "comment", K::step_comment, Emphasis::Primary);
    if (may(Step::Cancel)) push(out, say, "cancel", K::step_cancel, Emphasis::Quiet);
    return out;
}

std::vector<StepButton> desk_steps(const Say& say,
                                   const domain::Request& request,
                                   const rules::Viewer& viewer) {
    std::vector<StepButton> out;
    const std::vector<Step> open = rules::steps_for(request, viewer);
    const auto may = [&](Step step) {
        return std::find(open.begin(), open.end(), step) != open.end();
    };
    const bool is_mine = request.assignee == viewer.user;
    if (may(Step::Take)) push(out, say, "take", K::step_take, Emphasis::Primary);
    if (may(Step::Resolve))
        push(out,
             say,
             "resolve",
             K::step_resolve,
             is_mine ? Emphasis::Primary : Emphasis::Secondary);
    if (may(Step::Hold)) push(out, say, "ask", K::step_ask, Emphasis::Secondary);
    if (!rules::is_final(request.state)) {
        push(out, say, "comment", K::step_reply, Emphasis::Secondary);
        push(out, say, "internal", K::step_internal, Emphasis::Secondary);
    }
    if (may(Step::Hold)) push(out, say, "hold", K::step_hold, Emphasis::Quiet);
    if (may(Step::Reopen)) push(out, say, "reopen", K::step_reopen_desk, Emphasis::Secondary);
    if (may(Step::Cancel)) push(out, say, "cancel", K::step_cancel_desk, Emphasis::Quiet);
    return out;
}

K reply_label(const domain::Request& request, Side side) {
    if (side == Side::Desk) return K::request_reply_desk;
    if (request.state == RequestState::OnHold &&
        request.hold_reason == domain::HoldReason::AwaitingRequester)
        return K::request_reply_answer;
    return request.state == RequestState::Resolved ? K::request_reply_resolved
                                                   : K::request_reply_comment;
}

// ---- the whole

void fill_standing(RequestModel& model, const RequestCard& card, const domain::Request& request) {
    const Say& say = model.say;
    const Progress progress = progress_of(card.state);
    model.steps_done = progress.done;
    model.steps_total = kStepsTotal;
    model.steps_name = say(K::request_steps,
                           {{"done", std::to_string(progress.done)},
                            {"total", std::to_string(kStepsTotal)},
                            {"word", say(progress.word)}});
    const bool asks =
        card.state == RequestState::OnHold && is_your_turn(card) && !request.question.empty();
    if (model.side == Side::Requester && is_your_turn(card))
        model.turn = std::string(say(K::request_your_turn));
    if (asks && model.side == Side::Requester)
        model.standing = request.question;
    else if (card.state == RequestState::Resolved)
        model.standing = say(K::request_resolved, {{"notes", request.resolution}});
    else
        model.standing = next_step(say, card);
}

void fill_unsent(const AppState& state, RequestModel& model) {
    for (const sync::Entry& entry : state.client->entries()) {
        if (!(entry.entity.id == model.id)) continue;
        using enum sync::EntryState;
        if (entry.state == Rejected || entry.state == Quarantined || entry.state == Held) {
            model.troubles.push_back({.cmd = entry.cmd_id,
                                      .mark = unsent_mark(model.say, entry),
                                      .text = unsent_text(model.say, entry),
                                      .may_edit = entry.state == Rejected,
                                      .may_retry = entry.state != Held});
        } else if (entry.state != Confirmed && entry.state != Discarded) {
            model.unsent = unsent_text(model.say, entry);
            model.unsent_mark = unsent_mark(model.say, entry);
        }
    }
}

void fill_marks(const AppState& state, RequestModel& model, const RequestCard& card) {
    if (!model.unsent.empty()) model.marks.push_back(model.unsent_mark);
    model.marks.push_back(state_mark(model.say, card, model.side));
    model.marks.push_back({request_name(card), Tone::Neutral, Icon::None});
    if (!card.number.empty() && !card.local_code.empty() && card.is_pending)
        model.marks.push_back({concat("~", card.local_code), Tone::Neutral, Icon::None});
    if (const domain::Service* service = state.library.service(card.service))
        model.marks.push_back(
            {model.say(K::request_service, {{"name", service->name.in(model.say.lang)}}),
             Tone::Neutral,
             Icon::None});
    if (model.side == Side::Desk) {
        model.marks.push_back(
            {model.say(K::request_priority, {{"n", std::to_string(card.priority)}}),
             card.priority == 1 ? Tone::Critical : Tone::Neutral,
             Icon::None});
    }
}

void fill_reply(const AppState& state, RequestModel& model, const domain::Request& request) {
    model.steps = model.side == Side::Requester
                      ? requester_steps(model.say, request, viewer_of(state))
                      : desk_steps(model.say, request, viewer_of(state));
    model.reply_label = std::string(model.say(reply_label(request, model.side)));
    model.draft_line = draft_line(model.say, {});
    const auto reply = state.replies.find({model.id, std::string(kMessage)});
    if (reply == state.replies.end()) return;
    model.reply_text = reply->second.text;
    if (reply->second.is_empty_refused)
        model.reply_error = std::string(model.say(K::request_reply_missing));
    model.draft_line = draft_line(model.say, reply->second.saving);
}

const RequestCard* card_of(const AppState& state) {
    if (const RequestCard* named = state.library.request_named(state.route.key)) return named;
    // A code from before the server gave a number; the number may have come meanwhile.
    std::string_view code = state.route.key;
    if (!code.starts_with("~") || state.client == nullptr) return nullptr;
    const auto ref = state.client->find_local_code(code.substr(1));
    return ref ? state.library.request(ref->id) : nullptr;
}

}  // namespace

std::string draft_line(const Say& say, const Saving& saving) {
    if (saving.is_failed) return std::string(say(K::draft_volatile));
    if (saving.is_dirty()) return std::string(say(K::draft_saves));
    if (saving.saved_at) return say(K::draft_saved, {{"time", say.time(*saving.saved_at)}});
    return std::string(say(K::draft_saves));  // the line keeps its place: no button moves later
}

std::vector<FactModel> answer_facts(const Say& say,
                                    const domain::CatalogItem* item,
                                    const Json& answers) {
    std::vector<FactModel> out;
    if (item == nullptr) return out;
    for (const domain::Section& section : item->form.sections) {
        if (section.repeat_max <= 1) {
            append_facts(say, section, answers, "", out);
            continue;
        }
        int row = 0;
        for (const Json& each : member(answers, section.key)) {
            const std::string prefix = concat(section.title.in(say.lang), " ", ++row, " · ");
            append_facts(say, section, each, prefix, out);
        }
    }
    return out;
}

RequestModel request_model(const AppState& state, Instant now) {
    RequestModel model{.say = say_for(state, now)};
    model.side = state.route.page == Page::QueueRequest ? Side::Desk : Side::Requester;
    const RequestCard* card = card_of(state);
    const auto request = card == nullptr ? std::nullopt : state.library.whole_request(card->id);
    if (!request) {
        model.found = is_loading(state) ? Found::Loading : Found::No;
        return model;
    }
    if (!(request->requester == me(state))) model.side = Side::Desk;
    model.id = card->id;
    model.title = card->title;
    fill_unsent(state, model);
    fill_marks(state, model, *card);
    fill_standing(model, *card, *request);
    model.facts = answer_facts(model.say, state.library.item(card->item_key), request->answers);
    if (model.side == Side::Desk) {
        const domain::Site* site = state.library.site(card->site);
        const std::string where =
            site == nullptr ? "" : concat(" · ", site->name.in(model.say.lang));
        model.facts.insert(
            model.facts.begin(),
            {std::string(model.say(K::request_who)), concat(card->requester_name, where)});
    }
    model.entries.push_back(opening(state, model.say, *request));
    for (const domain::Comment& comment : state.library.comments(card->id))
        model.entries.push_back(entry_of(state, model.say, comment));
    fill_reply(state, model, *request);
    const bool is_done =
        request->state == RequestState::Resolved || request->state == RequestState::Closed;
    if (is_done && model.side == Side::Desk && rules::may_propose_articles(viewer_of(state)))
        model.write_url = to_url(Page::EditArticle, concat("~", request->number));
    return model;
}

}  // namespace ventanilla::views
