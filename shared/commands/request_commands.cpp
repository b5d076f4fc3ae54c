#include "shared/base/text.hpp"
#include "shared/commands/deciding.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/rules/answers.hpp"
#include "shared/rules/permissions.hpp"
#include "shared/rules/visibility.hpp"

// What people and agents do with requests. Each step that a person takes leaves an entry in the
// conversation, in the same decision: there is no change without a trace, and no trace without its
// change.

namespace ventanilla::commands {
namespace {

using domain::Comment;
using domain::CommentKind;
using domain::HoldReason;
using domain::Request;
using domain::RequestState;
using domain::Row;
using domain::RowRef;
using domain::RowType;
using rules::Party;
using rules::Step;

// A request as one command finds it.
struct FoundRequest {
    Row row;
    Request request;
    rules::Parties parties;  // what the actor is to it
};

Id comment_id(const Deciding& now) {
    return derived_id("comment", now.command().cmd_id);
}

Result<FoundRequest> find_request(const Deciding& now) {
    FoundRequest found;
    found.row = TRY(now.row_at(RowType::Request, "request"));
    found.request = TRY(domain::request_from(found.row));
    found.parties = rules::parties_of(found.request, now.actor().viewer());
    return found;
}

// Whether this very command was applied before: its entry stands in the conversation.
bool is_done(const Deciding& now) {
    return now.state().find({RowType::Comment, comment_id(now)}).has_value();
}

Result<RequestState> next_state(Deciding& now, const FoundRequest& found, Step step) {
    const Result<RequestState> to =
        rules::advance(rules::situation_of(found.request), step, found.parties);
    if (to || to.error().code == Errc::Forbidden) return to;
    const bool is_final = rules::is_final(found.request.state);
    return now.stale(is_final ? "reject.request_closed" : "reject.stale_transition", found.row);
}

Comment entry(const Deciding& now, const FoundRequest& found, CommentKind kind, std::string text) {
    Comment comment;
    comment.id = comment_id(now);
    comment.request = found.request.id;
    comment.kind = kind;
    comment.author = now.actor().user;
    comment.author_name = now.actor().display_name;
    // An agent who writes on a request of their own does so as its requester.
    comment.is_by_staff = !found.parties.any_of(Party::Requester);
    comment.text = std::move(text);
    comment.at = now.now();
    return comment;
}

RowChange change_of(const Comment& comment, const Request& request) {
    return {{RowType::Comment, comment.id},
            to_json(comment),
            rules::audiences_of(comment, request),
            false};
}

Decision only_entry(const FoundRequest& found, const Comment& comment) {
    return {found.row.ref, {change_of(comment, found.request)}};
}

// The request as changed to `request`, and the entry that says so.
Decision step_taken(const Deciding& now,
                    const FoundRequest& found,
                    Request request,
                    const Comment& comment) {
    request.updated_at = now.now();
    RowChange change;
    change.ref = found.row.ref;
    change.body = changed_body(found.row.body, to_json(found.request), to_json(request));
    return {found.row.ref, {std::move(change), change_of(comment, request)}};
}

void leave_hold(Request& request) {
    request.hold_reason.reset();
    request.question.clear();
}

// ---- request.submit
// --------------------------------------------------------------------------------------

rules::UserFacts facts_of(const Deciding& now) {
    rules::UserFacts facts;
    facts.name = now.actor().display_name;
    facts.lang = now.actor().lang;
    facts.roles = now.actor().roles;
    if (const std::optional<Row> row = now.state().find({RowType::User, now.actor().user}))
        facts.email = text_or(row->body, "email");
    if (const std::optional<Row> row = now.state().find({RowType::Site, now.actor().site}))
        facts.site = text_or(row->body, "key");
    return facts;
}

// The days it may be for the person, the likeliest first: what they say within a day of UTC, since
// nowhere is further from it. When they do not say it, a date is right if it is on any day it can
// be where they are.
Result<std::vector<rules::Day>> days_of(Deciding& now) {
    constexpr std::chrono::days kOne{1};
    const auto utc = std::chrono::floor<std::chrono::days>(now.reported_at());
    const std::string text = TRY(now.text_if_any("today", 10));
    if (text.empty()) return std::vector<rules::Day>{utc, utc - kOne, utc + kOne};
    const std::optional<rules::Day> day = rules::parse_day(text);
    if (!day) return now.wrong("today", "form.error.date");
    return std::vector<rules::Day>{std::clamp(*day, utc - kOne, utc + kOne)};
}

Result<domain::CatalogItem> item_of(Deciding& now) {
    const std::string key = TRY(text_at(now.command().args, "item", limits::kFormKeyBytesMax));
    const Row row =
        TRY(now.visible({RowType::CatalogItem, domain::id_of_key(RowType::CatalogItem, key)}));
    return domain::catalog_item_from(row);
}

// The answers as they are stored. A form that has changed meanwhile asks its present questions.
Result<rules::FormState> checked_answers(Deciding& now,
                                         const domain::CatalogItem& item,
                                         domain::Lang lang) {
    const Json& args = now.command().args;
    const std::int64_t version = TRY(int_at(args, "form_version"));
    const Json answers = TRY(object_at(args, "answers"));
    rules::FormContext context{facts_of(now), {}};
    context.user.lang = lang;
    std::vector<rules::FormError> errors;
    for (const rules::Day day : TRY(days_of(now))) {
        context.today = day;
        rules::FormState state = rules::evaluate(item.form, answers, context);
        std::vector<rules::FormError> found = state.errors();
        if (found.empty()) return state;
        if (errors.empty()) errors = std::move(found);
    }
    Rejection rejection;
    rejection.code = RejectCode::Invalid;
    rejection.message = version == item.form.version ? "reject.form" : "reject.form_changed";
    for (const rules::FormError& error : errors)
        rejection.fields.push_back({error.path, error.message});
    return now.reject(std::move(rejection));
}

// The outage it is linked to: none when it is over or not theirs to see, since the request matters
// more.
Result<Id> linked_outage(const Deciding& now) {
    const Json& args = now.command().args;
    if (!has(args, "outage")) return Id{};
    const Id id = TRY(id_at(args, "outage"));
    return now.visible({RowType::Outage, id}) ? id : Id{};
}

Request new_request(const Deciding& now, const domain::CatalogItem& item) {
    Request request;
    request.id = derived_id("request", now.command().cmd_id);
    request.local_code = short_code(now.command().cmd_id);
    request.kind = item.kind;
    request.item_key = item.key;
    request.item_title = item.title;
    request.form_version = item.form.version;
    request.requester = now.actor().user;
    request.requester_name = now.actor().display_name;
    request.site = now.actor().site;
    request.service = item.service;
    request.desk = item.desk;
    request.reported_at = now.reported_at();
    request.received_at = now.now();
    request.updated_at = now.now();
    return request;
}

// ---- the rest
// --------------------------------------------------------------------------------------------

// A word of the requester wakes what was on hold: it may be what everybody waited for.
Result<Decision> heard(Deciding& now, const FoundRequest& found, const Comment& comment) {
    Request request = found.request;
    request.state =
        TRY(rules::advance(rules::situation_of(found.request), Step::Heard, Party::System));
    leave_hold(request);
    return step_taken(now, found, std::move(request), comment);
}

Result<Decision> say(Deciding& now, const FoundRequest& found, CommentKind kind, std::string text) {
    if (rules::is_final(found.request.state)) return now.stale("reject.request_closed", found.row);
    const Comment comment = entry(now, found, kind, std::move(text));
    const bool is_heard = found.request.state == RequestState::OnHold &&
                          found.parties.any_of(Party::Requester) && kind != CommentKind::Internal;
    if (is_heard) return heard(now, found, comment);
    return only_entry(found, comment);
}

// Whether whoever worked on it still can. What cannot be looked up here is decided on the server.
bool is_assignee_active(const Deciding& now, const Request& request) {
    if (is_nil(request.assignee)) return false;
    const std::optional<Row> row = now.state().find({RowType::User, request.assignee});
    return !row || bool_or(row->body, "is_active", true);
}

}  // namespace

Result<Decision> submit_request(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(args, {"item", "form_version", "answers", "lang", "outage", "today"}));
    const RowRef ref{RowType::Request, derived_id("request", now.command().cmd_id)};
    if (const std::optional<Row> row = now.state().find(ref)) {
        if (id_or_nil(row->body, "requester") == now.actor().user) return nothing_new(ref);
        return now.reject({.code = RejectCode::KeyReuse, .message = "reject.key_reuse"});
    }
    const domain::CatalogItem item = TRY(item_of(now));
    const domain::Lang lang =
        has(args, "lang") ? domain::lang_of(TRY(text_at(args, "lang", 35))) : now.actor().lang;
    const rules::FormState form = TRY(checked_answers(now, item, lang));
    Request request = new_request(now, item);
    request.answers = form.answers();
    request.title = rules::request_title(item, form, lang);
    request.description = rules::request_description(form);
    request.lang = lang;
    request.outage = TRY(linked_outage(now));
    // Approvals are asked for by the desk, by hand: nothing waits in a state that nobody could
    // leave.
    request.state = TRY(rules::advance({RequestState::New, {}, false}, Step::Route, Party::System));
    return Decision{ref, {{ref, to_json(request), rules::audiences_of(request), true}}};
}

Result<Decision> comment_request(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(args, {"request", "text", "internal"}));
    const FoundRequest found = TRY(find_request(now));
    if (is_done(now)) return nothing_new(found.row.ref);
    const bool is_internal = has(args, "internal") && TRY(bool_at(args, "internal"));
    std::string text = TRY(now.text("text", limits::kCommentBytesMax));
    const rules::Viewer viewer = now.actor().viewer();
    if (!rules::may_comment(found.request, viewer)) return Errc::Forbidden;
    if (is_internal && !rules::may_read_internal(found.request, viewer)) return Errc::Forbidden;
    return say(
        now, found, is_internal ? CommentKind::Internal : CommentKind::Comment, std::move(text));
}

Result<Decision> take_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request"}));
    const FoundRequest found = TRY(find_request(now));
    const bool is_theirs = found.request.assignee == now.actor().user;
    if (is_done(now) || (is_theirs && found.request.state == RequestState::InProgress))
        return nothing_new(found.row.ref);
    if (found.request.state == RequestState::InProgress && found.parties.any_of(Party::Agent))
        return now.stale("reject.taken", found.row);
    Request request = found.request;
    request.state = TRY(next_state(now, found, Step::Take));
    request.assignee = now.actor().user;
    request.assignee_name = now.actor().display_name;
    return step_taken(now, found, std::move(request), entry(now, found, CommentKind::Taken, {}));
}

Result<Decision> hold_request(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(args, {"request", "reason", "question"}));
    const FoundRequest found = TRY(find_request(now));
    if (is_done(now)) return nothing_new(found.row.ref);
    const std::optional<HoldReason> reason = domain::hold_reason(TRY(text_at(args, "reason", 64)));
    if (!reason) return now.wrong("reason", "form.error.choice");
    const bool is_question = reason == HoldReason::AwaitingRequester;
    std::string said = TRY(is_question ? now.text("question", limits::kCommentBytesMax)
                                       : now.text_if_any("question", limits::kCommentBytesMax));
    Request request = found.request;
    request.state = TRY(next_state(now, found, Step::Hold));
    request.hold_reason = reason;
    if (is_question) request.question = said;
    Comment comment =
        entry(now, found, is_question ? CommentKind::Question : CommentKind::Held, std::move(said));
    comment.hold_reason = reason;
    return step_taken(now, found, std::move(request), comment);
}

Result<Decision> answer_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request", "text"}));
    const FoundRequest found = TRY(find_request(now));
    if (is_done(now)) return nothing_new(found.row.ref);
    std::string text = TRY(now.text("text", limits::kCommentBytesMax));
    if (!found.parties.any_of(Party::Requester)) return Errc::Forbidden;
    // Late answers are welcome: work may have gone on without, the words still belong to it.
    return say(now, found, CommentKind::Answer, std::move(text));
}

Result<Decision> resolve_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request", "notes"}));
    const FoundRequest found = TRY(find_request(now));
    if (is_done(now)) return nothing_new(found.row.ref);
    std::string notes = TRY(now.text("notes", limits::kCommentBytesMax));
    Request request = found.request;
    request.state = TRY(next_state(now, found, Step::Resolve));
    request.resolution = notes;
    leave_hold(request);
    if (is_nil(request.assignee)) {
        request.assignee = now.actor().user;
        request.assignee_name = now.actor().display_name;
    }
    return step_taken(
        now, found, std::move(request), entry(now, found, CommentKind::Resolved, std::move(notes)));
}

Result<Decision> confirm_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request"}));
    const FoundRequest found = TRY(find_request(now));
    const bool is_closed =
        found.request.state == RequestState::Closed && found.parties.any_of(Party::Requester);
    if (is_done(now) || is_closed) return nothing_new(found.row.ref);
    Request request = found.request;
    request.state = TRY(next_state(now, found, Step::Confirm));
    return step_taken(
        now, found, std::move(request), entry(now, found, CommentKind::Confirmed, {}));
}

Result<Decision> reopen_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request", "text"}));
    FoundRequest found = TRY(find_request(now));
    if (is_done(now)) return nothing_new(found.row.ref);
    std::string text = TRY(now.text("text", limits::kCommentBytesMax));
    Request request = found.request;
    if (!is_assignee_active(now, request)) {
        request.assignee = Id{};
        request.assignee_name.clear();
    }
    const FoundRequest freed{found.row, request, found.parties};
    request.state = TRY(next_state(now, freed, Step::Reopen));
    request.resolution.clear();
    request.resolution_cycle += 1;
    return step_taken(
        now, found, std::move(request), entry(now, found, CommentKind::Reopened, std::move(text)));
}

Result<Decision> cancel_request(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"request", "reason"}));
    const FoundRequest found = TRY(find_request(now));
    const bool is_cancelled =
        found.request.state == RequestState::Cancelled && !found.parties.empty();
    if (is_done(now) || is_cancelled) return nothing_new(found.row.ref);
    const bool is_own = found.parties.any_of(Party::Requester);
    std::string reason = TRY(is_own ? now.text_if_any("reason", limits::kCommentBytesMax)
                                    : now.text("reason", limits::kCommentBytesMax));
    Request request = found.request;
    request.state = TRY(next_state(now, found, Step::Cancel));
    leave_hold(request);
    return step_taken(now,
                      found,
                      std::move(request),
                      entry(now, found, CommentKind::Cancelled, std::move(reason)));
}

}  // namespace ventanilla::commands
