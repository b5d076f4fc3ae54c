#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/commands/command.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/row.hpp"
#include "shared/rules/viewer.hpp"

// The one function that says what a command does. The portal runs it to show the result at once,
// the server runs it as the authority, the simulator runs both. It reads nothing but its arguments.
//
// Commands and their arguments (ids as 32 hex digits; unknown arguments are refused):
//   request.submit   {item (key), form_version, answers, lang, outage?, today? ("2026-03-11", the person's day)}
//   request.comment  {request, text, internal?}        staff may write internal notes
//   request.take     {request}                         agent of the desk
//   request.hold     {request, reason, question?}      agent; awaiting_requester requires the question, for other
//                                                      reasons it is a note to the requester
//   request.answer   {request, text}                   requester, while on hold for them
//   request.resolve  {request, notes}                  agent; notes are public, not empty
//   request.confirm  {request}                         requester, while resolved
//   request.reopen   {request, text}                   requester or agent, while resolved
//   request.cancel   {request, reason?}                requester before work began, or agent with a reason
//   article.vote     {article, version, helpful, reason?}
//   article_version.propose        {article_version?, article?, base, es?, en?, owner?, internal?, items?,
//                                   review_by?, valid_to?, change?, form_only?}
//                     staff. A text is {title, summary?, keywords?, blocks}; a language that is not given stays as
//                     published. With article_version it is proposed again, by its author
//   article_version.suggest_edits  {article_version, note}     reviewer, not the author
//   article_version.publish        {article_version}           reviewer, not the author; on the newest version only
//   article_version.recall         {article_version}           the author
//   help.record      {sought?: [{item, shown, kind?, target?, end, ago}],
//                    searches?: [{key, words?, found, opened?, ago}]}   what came of looking for help, `ago`
//                    milliseconds before the command; what makes no sense in it is passed over
//   outage.publish   {kind, title, impact, workaround, workaround_article?, contact, audience, services, body, state,
//                     started_at, scheduled_until?, eta_high?, next_update_due_at}
//   outage.update    {outage, state, body, services, eta_high?, next_update_due_at?, workaround?}
//   outage.resolve   {outage, body}
//   outage.me_too    {outage}
// Texts in two languages are {"es","en"}; times are milliseconds; services is
// [{"service","impact"}]; audience is {"everybody": true} or {"sites": [ids]}.

namespace ventanilla::commands {

// Who acts, with today's permissions. The server makes it from the session, never from the command.
struct Actor {
    Id user;
    std::string display_name;
    domain::Roles roles;
    std::vector<std::string> desks;
    Id site;
    domain::Lang lang = domain::Lang::Es;

    // The same person as the rules know them.
    [[nodiscard]] rules::Viewer viewer() const { return {user, roles, desks, site}; }

    // The audiences this person holds, in a stable order.
    [[nodiscard]] std::vector<domain::Audience> audiences() const;
};

// The rows a decision may read. On the server a transaction, in the portal the folded view.
class State {
  public:
    virtual ~State() = default;

    // The row as it stands now, whoever may see it; nothing when it does not exist or was deleted.
    [[nodiscard]] virtual std::optional<domain::Row> find(const domain::RowRef& ref) const = 0;

    // Whether a person with `audiences` may see it. In the portal, where only visible rows are
    // kept: whether it exists.
    [[nodiscard]] virtual bool is_visible(const domain::RowRef& ref,
                                          const std::vector<domain::Audience>& audiences) const = 0;
};

struct RowChange {
    domain::RowRef ref;
    Json body;
    // Who sees it from now on; nothing: as before. A new row always names its audiences.
    std::optional<std::vector<domain::Audience>> audiences;
    // The server fills body["number"] from its counter (SOL-YYYY-NNNNNN) when it is empty.
    bool needs_number = false;
};

struct Decision {
    domain::RowRef entity;  // what the command is about; its version is reported back
    std::vector<RowChange> changes;
};

// A closed list; sent and stored as its name. Source: sync.md 2.4.
enum class RejectCode : std::uint8_t {
    Forbidden,
    NotFoundOrHidden,
    Invalid,
    StaleTransition,
    DuplicateBusinessKey,
    TooOld,
    Quota,
    KeyReuse,
    Policy,
};
std::string_view name(RejectCode code);  // "forbidden", "not_found_or_hidden", …
std::optional<RejectCode> reject_code(std::string_view name);

struct FieldError {
    std::string field;    // key of the answer or argument
    std::string message;  // key of assets/i18n: "form.error.required", …
};

struct Rejection {
    RejectCode code = RejectCode::Invalid;
    std::string message;  // key of assets/i18n, what to do next: "reject.stale_transition", …
    std::vector<FieldError> fields;
    Json current;  // null, or {"state": …, "ver": …} of what stood in the way
};

// An unknown type is not a rejection: an older server leaves it in the outbox (sync.md 2.12).
struct UnknownType {};

using Outcome = std::variant<Decision, Rejection, UnknownType>;

// Shape: changes are in the order they must be written; a row stands in them at most once. There is
// none when the command has been done already (its receipt was lost, or the same was tapped twice):
// applied, nothing new. Cost: a few reads of `state`, linear in the size of the rows touched.
Outcome decide(const State& state, const Command& command, const Actor& actor, Instant now);

// The entity a command is about, from its type, arguments and id alone: its lane, and what `base`
// names. Errors: Invalid when the arguments do not say.
Result<domain::RowRef> entity_of(const Command& command);

}  // namespace ventanilla::commands
