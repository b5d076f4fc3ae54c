#include "shared/domain/request.hpp"

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kRequestStates = std::to_array<Named<RequestState>>({
    {RequestState::New, "new"},
    {RequestState::AwaitingApproval, "awaiting_approval"},
    {RequestState::Denied, "denied"},
    {RequestState::Open, "open"},
    {RequestState::InProgress, "in_progress"},
    {RequestState::OnHold, "on_hold"},
    {RequestState::Resolved, "resolved"},
    {RequestState::Closed, "closed"},
    {RequestState::Cancelled, "cancelled"},
});

constexpr auto kHoldReasons = std::to_array<Named<HoldReason>>({
    {HoldReason::AwaitingRequester, "awaiting_requester"},
    {HoldReason::ScheduledByRequester, "scheduled_by_requester"},
    {HoldReason::AwaitingThirdParty, "awaiting_third_party"},
    {HoldReason::AwaitingChange, "awaiting_change"},
    {HoldReason::AwaitingProblem, "awaiting_problem"},
    {HoldReason::AwaitingStock, "awaiting_stock"},
});

constexpr auto kCommentKinds = std::to_array<Named<CommentKind>>({
    {CommentKind::Comment, "comment"},
    {CommentKind::Internal, "internal"},
    {CommentKind::Taken, "taken"},
    {CommentKind::Question, "question"},
    {CommentKind::Answer, "answer"},
    {CommentKind::Resolved, "resolved"},
    {CommentKind::Confirmed, "confirmed"},
    {CommentKind::Reopened, "reopened"},
    {CommentKind::Cancelled, "cancelled"},
    {CommentKind::Linked, "linked"},
    {CommentKind::Held, "held"},
});

Status read_submitted(const Json& body, Request& request) {
    request.number = text_or(body, "number");
    request.local_code = text_or(body, "local_code");
    request.kind = TRY(enum_at(body, "kind", request_kind));
    request.item_key = TRY(full_text_at(body, "item_key"));
    request.item_title = l10n_or_empty(body, "item_title");
    request.form_version = count_or(body, "form_version", 1);
    if (has(body, "answers")) request.answers = TRY(object_at(body, "answers"));
    request.title = text_or(body, "title");
    request.description = text_or(body, "description");
    request.requester = TRY(id_at(body, "requester"));
    request.requester_name = text_or(body, "requester_name");
    request.site = TRY(id_if_any(body, "site"));
    request.service = TRY(id_if_any(body, "service"));
    request.outage = TRY(id_if_any(body, "outage"));
    request.lang = lang_of(text_or(body, "lang"));
    return ok();
}

Status read_progress(const Json& body, Request& request) {
    request.desk = TRY(full_text_at(body, "desk"));
    request.assignee = TRY(id_if_any(body, "assignee"));
    request.assignee_name = text_or(body, "assignee_name");
    request.state = TRY(enum_at(body, "state", request_state));
    if (has(body, "hold_reason"))
        request.hold_reason = TRY(enum_at(body, "hold_reason", hold_reason));
    request.question = text_or(body, "question");
    request.resolution = text_or(body, "resolution");
    request.priority = count_or(body, "priority", 3);
    request.resolution_cycle = count_or(body, "resolution_cycle", 1);
    return ok();
}

Status read_times(const Json& body, Request& request) {
    request.reported_at = TRY(instant_at(body, "reported_at"));
    request.received_at = TRY(instant_at(body, "received_at"));
    request.updated_at = TRY(instant_at(body, "updated_at"));
    return ok();
}

}  // namespace

std::string_view name(RequestState state) {
    return name_in(kRequestStates, state);
}
std::optional<RequestState> request_state(std::string_view name) {
    return value_in(kRequestStates, name);
}
std::string_view name(HoldReason reason) {
    return name_in(kHoldReasons, reason);
}
std::optional<HoldReason> hold_reason(std::string_view name) {
    return value_in(kHoldReasons, name);
}
std::string_view name(CommentKind kind) {
    return name_in(kCommentKinds, kind);
}
std::optional<CommentKind> comment_kind(std::string_view name) {
    return value_in(kCommentKinds, name);
}

Json to_json(const Request& request) {
    Json body = Json::object();
    put(body, "number", request.number);
    put(body, "local_code", request.local_code);
    body["kind"] = name(request.kind);
    put(body, "item_key", request.item_key);
    put(body, "item_title", request.item_title);
    body["form_version"] = request.form_version;
    body["answers"] = request.answers;
    put(body, "title", request.title);
    put(body, "description", request.description);
    put(body, "requester", request.requester);
    put(body, "requester_name", request.requester_name);
    put(body, "site", request.site);
    put(body, "service", request.service);
    put(body, "desk", request.desk);
    put(body, "assignee", request.assignee);
    put(body, "assignee_name", request.assignee_name);
    body["state"] = name(request.state);
    if (request.hold_reason) body["hold_reason"] = name(*request.hold_reason);
    put(body, "question", request.question);
    put(body, "resolution", request.resolution);
    put_count(body, "priority", request.priority, 3);
    put_count(body, "resolution_cycle", request.resolution_cycle, 1);
    put(body, "outage", request.outage);
    body["reported_at"] = to_ms(request.reported_at);
    body["received_at"] = to_ms(request.received_at);
    body["updated_at"] = to_ms(request.updated_at);
    body["lang"] = name(request.lang);
    return body;
}

Json to_json(const Comment& comment) {
    Json body = Json::object();
    put(body, "request", comment.request);
    body["kind"] = name(comment.kind);
    put(body, "author", comment.author);
    put(body, "author_name", comment.author_name);
    put_flag(body, "is_by_staff", comment.is_by_staff);
    put(body, "text", comment.text);
    if (comment.hold_reason) body["hold_reason"] = name(*comment.hold_reason);
    body["at"] = to_ms(comment.at);
    return body;
}

Result<Request> request_from(const Row& row) {
    Request request;
    request.id = row.ref.id;
    (void)TRY(read_submitted(row.body, request));
    (void)TRY(read_progress(row.body, request));
    (void)TRY(read_times(row.body, request));
    return request;
}

Result<Comment> comment_from(const Row& row) {
    const Json& body = row.body;
    Comment comment;
    comment.id = row.ref.id;
    comment.request = TRY(id_at(body, "request"));
    comment.kind = TRY(enum_at(body, "kind", comment_kind));
    comment.author = TRY(id_if_any(body, "author"));
    comment.author_name = text_or(body, "author_name");
    comment.is_by_staff = bool_or(body, "is_by_staff");
    comment.text = text_or(body, "text");
    comment.hold_reason = hold_reason(text_or(body, "hold_reason"));
    comment.at = TRY(instant_at(body, "at"));
    return comment;
}

}  // namespace ventanilla::domain
