#include "server/store/push.hpp"

#include <algorithm>

#include "server/store/changes.hpp"
#include "shared/base/bug_zoo.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::store {
namespace {

using sync::CommandResult;
using sync::PushCommand;
using sync::ResultStatus;

constexpr std::int64_t kRetryAfterMs = 60'000;
constexpr std::int64_t kOldestMs = std::int64_t{400} * 24 * 3600 * 1000;  // sync.md 2.11

CommandResult rejected(const Id& cmd_id, commands::RejectCode code, std::string_view message) {
    CommandResult result;
    result.cmd_id = cmd_id;
    result.status = ResultStatus::Rejected;
    result.code = code;
    result.message = std::string{message};
    return result;
}

CommandResult deferred(const Id& cmd_id, sync::DeferReason reason) {
    CommandResult result;
    result.cmd_id = cmd_id;
    result.status = ResultStatus::Deferred;
    result.reason = reason;
    result.retry_after_ms = kRetryAfterMs;
    return result;
}

// The stored answer, if this very command of this very person was answered before.
std::optional<CommandResult> answered(const Transaction& transaction,
                                      const commands::Command& command,
                                      const std::string& hash,
                                      const PushContext& context) {
    const std::optional<Receipt> receipt = transaction.receipt(command.cmd_id);
    if (!receipt) return std::nullopt;
    if (receipt->user != context.user || receipt->body_hash != hash)
        return rejected(command.cmd_id, commands::RejectCode::KeyReuse, "reject.key_reuse");
    const Result<Json> json = parse_json(receipt->result);
    if (!json) return deferred(command.cmd_id, sync::DeferReason::Busy);
    const Result<CommandResult> result = sync::command_result_from_json(*json);
    return result ? *result : deferred(command.cmd_id, sync::DeferReason::Busy);
}

bool is_blocked(const Transaction& transaction, const commands::Command& command) {
    return std::any_of(command.deps.begin(), command.deps.end(), [&](const Id& dep) {
        const std::optional<Receipt> receipt = transaction.receipt(dep);
        return !receipt || receipt->seq == 0;
    });
}

// When it was made, by the server's clock as well as can be known. Source: sync.md 2.11.
Instant occurred_at(const commands::Created& created, const PushContext& context) {
    // Foreign numbers: clamped before they are added, so that no sum overflows.
    const auto span = [](std::int64_t ms) { return std::clamp(ms, -kOldestMs, kOldestMs); };
    const std::int64_t now = to_ms(context.now);
    const std::int64_t wall =
        std::clamp(to_ms(created.wall), now - 2 * kOldestMs, now + 2 * kOldestMs);
    const std::int64_t age = span(span(context.clock.mono_ms) - span(created.mono_ms));
    const bool is_same_boot = !created.boot.empty() && created.boot == context.clock.boot;
    const std::int64_t at = is_same_boot ? now - age : wall + span(created.offset_ms);
    return from_ms(std::clamp(at, now - kOldestMs, now));
}

CommandResult rejected(const Id& cmd_id, const commands::Rejection& rejection) {
    CommandResult result = rejected(cmd_id, rejection.code, rejection.message);
    result.fields = rejection.fields;
    result.current = rejection.current;
    return result;
}

void keep_receipt(Transaction& transaction,
                  const CommandResult& result,
                  const std::string& hash,
                  const PushContext& context) {
    const bool is_rejected = result.status == ResultStatus::Rejected;
    if (bug(Bug::SkipReceipt) || (is_rejected && bug(Bug::ChangeRejection))) return;
    transaction.put_receipt({.cmd_id = result.cmd_id,
                             .user = context.user,
                             .body_hash = hash,
                             .result = dump_json(sync::to_json(result)),
                             .seq = result.seq},
                            context.now);
}

// Decides one command and writes all it leads to. Only what can be tried again has no receipt.
CommandResult decide_one(Transaction& transaction,
                         commands::Command command,
                         const std::string& hash,
                         const commands::Actor& actor,
                         const PushContext& context) {
    command.created.wall = occurred_at(command.created, context);
    command.created.offset_ms = 0;
    const commands::Outcome outcome = commands::decide(transaction, command, actor, context.now);
    if (std::holds_alternative<commands::UnknownType>(outcome))
        return deferred(command.cmd_id, sync::DeferReason::UnknownType);

    CommandResult result;
    result.cmd_id = command.cmd_id;
    if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) {
        result = rejected(command.cmd_id, *rejection);
    } else {
        const auto& decision = std::get<commands::Decision>(outcome);
        const Author author{.user = actor.user,
                            .device = context.device,
                            .cmd_id = command.cmd_id,
                            .type = command.type,
                            .body_hash = hash};
        const Applied applied = apply(transaction, decision, author, context.now);
        result.status = ResultStatus::Applied;
        result.seq = applied.seq;
        result.entity = decision.entity.id;
        result.ver = applied.ver;
        result.number = applied.number;
    }
    keep_receipt(transaction, result, hash, context);
    return result;
}

// As decide_one, with whatever a bug in it wrote undone again.
CommandResult guarded(Transaction& transaction,
                      const commands::Command& command,
                      const std::string& hash,
                      const commands::Actor& actor,
                      const PushContext& context) {
    CommandResult result = deferred(command.cmd_id, sync::DeferReason::Busy);
    try {
        transaction.attempt([&] {
            result = decide_one(transaction, command, hash, actor, context);
            return true;
        });
    } catch (const std::exception& bug) {
        if (context.on_bug)
            context.on_bug(concat(command.type, ": ", std::string_view{bug.what()}));
        return deferred(command.cmd_id, sync::DeferReason::Busy);
    }
    return result;
}

// A command that could not be read. It has no receipt: reading it again gives the same.
CommandResult unreadable(const PushCommand& pushed) {
    CommandResult result =
        rejected(pushed.command.cmd_id, commands::RejectCode::Invalid, "reject.malformed");
    if (!pushed.broken->field.empty()) result.fields.push_back({pushed.broken->field, {}});
    return result;
}

}  // namespace

CommandResult push_as(Transaction& transaction,
                      const commands::Command& command,
                      const commands::Actor& actor,
                      const PushContext& context) {
    const std::string hash = sync::command_hash(command);
    if (auto known = answered(transaction, command, hash, context)) return std::move(*known);
    if (is_blocked(transaction, command))
        return deferred(command.cmd_id, sync::DeferReason::BlockedBy);
    return guarded(transaction, command, hash, actor, context);
}

Result<std::vector<CommandResult>> push(Transaction& transaction,
                                        const std::vector<PushCommand>& commands,
                                        const PushContext& context) {
    const commands::Actor actor = TRY(actor_of(transaction, context.user));
    std::vector<CommandResult> results;
    results.reserve(commands.size());
    for (const PushCommand& pushed : commands) {
        results.push_back(pushed.broken ? unreadable(pushed)
                                        : push_as(transaction, pushed.command, actor, context));
    }
    return results;
}

}  // namespace ventanilla::store
