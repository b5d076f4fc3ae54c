#pragma once

#include <optional>
#include <string>

#include "shared/domain/catalog.hpp"
#include "shared/domain/lang.hpp"
#include "shared/domain/row.hpp"

// Somebody's request (incident or service request) and its conversation. What may happen to it is
// shared/rules/request_flow.hpp.

namespace ventanilla::domain {

// Stored as its name. Source: domain.md 4.3.2.
enum class RequestState : std::uint8_t {
    New, AwaitingApproval, Denied, Open, InProgress, OnHold, Resolved, Closed, Cancelled,
};

std::string_view name(RequestState state);  // "new", "awaiting_approval", …, "in_progress", "on_hold", …
std::optional<RequestState> request_state(std::string_view name);

enum class HoldReason : std::uint8_t {
    AwaitingRequester, ScheduledByRequester, AwaitingThirdParty, AwaitingChange, AwaitingProblem, AwaitingStock,
};

std::string_view name(HoldReason reason);  // "awaiting_requester", …
std::optional<HoldReason> hold_reason(std::string_view name);

struct Request {
    Id id;                   // derived from the command that submitted it
    std::string number;      // "SOL-2026-000123"; empty until the server has it
    std::string local_code;  // "7K2Q4", findable for ever
    RequestKind kind = RequestKind::Incident;
    std::string item_key;  // "INC-03"
    L10n item_title;       // as it was when submitted
    int form_version = 1;
    Json answers = Json::object();  // option keys and plain values, never labels
    std::string title;              // what lists show, made from the answers
    std::string description;
    Id requester;
    std::string requester_name;
    Id site;
    Id service;
    std::string desk;
    Id assignee;  // nil: nobody yet
    std::string assignee_name;
    RequestState state = RequestState::New;
    std::optional<HoldReason> hold_reason;
    std::string question;    // what we wait for when AwaitingRequester
    std::string resolution;  // public notes, non-empty once Resolved
    int priority = 3;        // 1 (critical) to 4
    int resolution_cycle = 1;
    Id outage;  // nil unless linked
    Instant reported_at;  // the requester's clock, corrected and clamped by the server
    Instant received_at;  // the server's; equals reported_at until it has it
    Instant updated_at;
    Lang lang = Lang::Es;
};

// Kinds of entries in a request's conversation; stored as their names.
enum class CommentKind : std::uint8_t {
    Comment, Internal, Taken, Question, Answer, Resolved, Confirmed, Reopened, Cancelled, Linked, Held,
};

std::string_view name(CommentKind kind);
std::optional<CommentKind> comment_kind(std::string_view name);

struct Comment {
    Id id;  // derived from its command
    Id request;
    CommentKind kind = CommentKind::Comment;
    Id author;
    std::string author_name;
    bool is_by_staff = false;
    std::string text;  // plain text with line breaks; may be empty for Taken, Confirmed, Linked and Held
    std::optional<HoldReason> hold_reason;  // of Held and Question
    Instant at;
};

Json to_json(const Request& request);
Json to_json(const Comment& comment);
Result<Request> request_from(const Row& row);  // Errors: Invalid.
Result<Comment> comment_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
