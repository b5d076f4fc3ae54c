#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/commands/decide.hpp"
#include "shared/domain/lang.hpp"

// What the files of this folder share: one command being decided. A function of it answers with a
// value or an Error; whoever knows better than the Error what to tell the person calls reject() and
// returns what that gives. decide() turns the rest into rejections.

namespace ventanilla::commands {

class Deciding {
  public:
    Deciding(const State& state, const Command& command, const Actor& actor, Instant now)
        : state_(state), command_(command), actor_(actor), now_(now) {}

    [[nodiscard]] const Command& command() const { return command_; }
    [[nodiscard]] const Actor& actor() const { return actor_; }
    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] Instant now() const { return now_; }

    // Keeps the rejection for decide() and gives the Error to return.
    Error reject(Rejection rejection);
    [[nodiscard]] std::optional<Rejection> take_rejection() {
        return std::exchange(rejection_, std::nullopt);
    }

    // The row of argument `key`, when the actor may see it.
    // Errors: Invalid when the argument is no id, NotFound for what does not exist and what is
    // hidden alike.
    Result<domain::Row> row_at(domain::RowType type, std::string_view key) const;
    Result<domain::Row> visible(const domain::RowRef& ref) const;

    // Arguments, cleaned (rules/words.hpp). Errors: Invalid with a message for the field: missing
    // or blank where it may not be, over its bound, of another type.
    Result<std::string> text(std::string_view key, std::size_t bytes_max);
    Result<std::string> text_if_any(std::string_view key, std::size_t bytes_max);
    // The member `key` of `object` on one line; empty when it is not there.
    Result<std::string> line_in(const Json& object, std::string_view key, std::size_t bytes_max);
    Result<domain::L10n> l10n(std::string_view key, std::size_t bytes_max);
    Result<domain::L10n> l10n_if_any(std::string_view key, std::size_t bytes_max);

    // Errors: Invalid, with `field` and a message of assets/i18n.
    Error wrong(std::string_view field, std::string message);

    // StaleTransition: somebody was faster. `current` is what stands in the way.
    Error stale(std::string message, const domain::Row& row);

    // When it happened by the person's clock, never after now and never absurdly long ago.
    [[nodiscard]] Instant reported_at() const;

  private:
    Result<std::string> cleaned(std::string_view key, const Json& value, std::size_t bytes_max);

    const State& state_;
    const Command& command_;
    const Actor& actor_;
    Instant now_;
    std::optional<Rejection> rejection_;
};

// `body` with what changed between `before` and `after`: members nobody here knows stay as they
// are, since a newer version wrote them.
Json changed_body(Json body, const Json& before, const Json& after);

Decision nothing_new(const domain::RowRef& entity);

// One function to a command. Errors: any; see Deciding.
using Decide = Result<Decision> (*)(Deciding&);

Result<Decision> submit_request(Deciding& now);
Result<Decision> comment_request(Deciding& now);
Result<Decision> take_request(Deciding& now);
Result<Decision> hold_request(Deciding& now);
Result<Decision> answer_request(Deciding& now);
Result<Decision> resolve_request(Deciding& now);
Result<Decision> confirm_request(Deciding& now);
Result<Decision> reopen_request(Deciding& now);
Result<Decision> cancel_request(Deciding& now);
Result<Decision> vote_article(Deciding& now);
Result<Decision> propose_version(Deciding& now);
Result<Decision> suggest_edits(Deciding& now);
Result<Decision> publish_version(Deciding& now);
Result<Decision> recall_version(Deciding& now);
Result<Decision> record_help(Deciding& now);
Result<Decision> publish_outage(Deciding& now);
Result<Decision> update_outage(Deciding& now);
Result<Decision> resolve_outage(Deciding& now);
Result<Decision> move_outage(Deciding& now);
Result<Decision> convert_outage(Deciding& now);
Result<Decision> merge_outage(Deciding& now);
Result<Decision> reject_outage(Deciding& now);
Result<Decision> join_outage(Deciding& now);
Result<Decision> answer_outage(Deciding& now);

}  // namespace ventanilla::commands
