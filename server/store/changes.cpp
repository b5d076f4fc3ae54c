#include "server/store/changes.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "shared/base/bug_zoo.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"

namespace ventanilla::store {
namespace {

using domain::Audience;
using domain::Row;
using domain::RowRef;
using Sight = Snapshot::Sight;

const std::string kEndedEpochs = "ended_epochs";

// A step being written: its seq, and what the chain will say about it.
struct Step {
    Transaction& transaction;
    Instant now;
    sync::ChainEntry entry;

    [[nodiscard]] Seq seq() const { return entry.seq; }
};

Step begin(Transaction& transaction, const Author& author, Instant now) {
    Step step{transaction, now, {}};
    const Seq head = transaction.meta().head;
    step.entry.seq = head + 1;
    if (bug(Bug::ReuseSeq) && head % 7 == 6) step.entry.seq = head;
    if (bug(Bug::SkipSeq) && head % 7 == 6) step.entry.seq = head + 2;
    step.entry.cmd_id = author.cmd_id;
    step.entry.user = author.user;
    step.entry.device = author.device;
    step.entry.at_ms = to_ms(now);
    step.entry.body_hash = author.body_hash;
    return step;
}

void end(const Step& step, const Author& author, const RowRef& entity) {
    Meta meta = step.transaction.meta();
    meta.head = step.seq();
    meta.chain = sync::chain_next(meta.chain, step.entry);
    step.transaction.put_meta(meta);
    step.transaction.append({.seq = step.seq(),
                             .at = step.now,
                             .actor = author.user,
                             .device = author.device,
                             .cmd_id = author.cmd_id,
                             .type = author.type,
                             .entity = entity,
                             .chain = meta.chain});
}

void add_to_digest(Transaction& transaction, const Audience& audience, std::uint64_t difference) {
    transaction.put_digest(audience, transaction.digest(audience) + difference);  // modulo 2^64
}

// Moves the row from version `before` (0: none) to `after` (0: gone) in the eyes of `audience`.
void resee(Step& step,
           const RowRef& ref,
           const Audience& audience,
           const Sight* sight,
           std::uint64_t before,
           std::uint64_t after) {
    const bool was_open = sight != nullptr && !sight->touch.out_seq;
    Touch touch{.ref = ref, .in_seq = step.seq(), .out_seq = std::nullopt, .touch_seq = step.seq()};
    if (was_open) touch.in_seq = sight->touch.in_seq;
    if (after == 0 && !bug(Bug::DropOutSeq)) touch.out_seq = step.seq();
    step.transaction.put_touch(audience, touch);

    const std::uint64_t old_share = was_open ? sync::row_digest(ref, before) : 0;
    const std::uint64_t new_share = after == 0 ? 0 : sync::row_digest(ref, after);
    add_to_digest(step.transaction, audience, new_share - old_share);
}

// Brings what audiences see of the row to `wanted` (nothing: those that see it now).
void show(Step& step,
          const RowRef& ref,
          const std::optional<std::vector<Audience>>& wanted,
          std::uint64_t before,
          std::uint64_t after) {
    const std::vector<Sight> sights = step.transaction.sights(ref);
    const auto is_wanted = [&](const Audience& audience) {
        return after != 0 &&
               (!wanted || std::find(wanted->begin(), wanted->end(), audience) != wanted->end());
    };
    for (const Sight& sight : sights) {
        const bool is_open = !sight.touch.out_seq;
        if (is_open)
            resee(step, ref, sight.audience, &sight, before, is_wanted(sight.audience) ? after : 0);
    }
    if (!wanted) return;
    for (const Audience& audience : *wanted) {
        const auto known = std::find_if(sights.begin(), sights.end(), [&](const Sight& sight) {
            return sight.audience == audience && !sight.touch.out_seq;
        });
        if (known == sights.end()) resee(step, ref, audience, nullptr, 0, after);
    }
}

std::string year_of(Instant now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    return std::to_string(static_cast<int>(std::chrono::year_month_day{day}.year()));
}

// "SOL-2026-000123". Source: domain.md 4.2.
std::string next_request_number(Transaction& transaction, Instant now) {
    const std::string year = year_of(now);
    const auto number = static_cast<std::int64_t>(transaction.next_number("SOL-" + year));
    return concat("SOL-", year, "-", padded(number, 6));
}

std::uint64_t write(Step& step, const commands::RowChange& change) {
    const std::optional<Row> old = step.transaction.find(change.ref);
    const std::uint64_t before = old ? old->ver : 0;
    Row row{change.ref, before + 1, change.body};
    if (change.needs_number && text_or(row.body, "number").empty())
        row.body["number"] = next_request_number(step.transaction, step.now);
    step.transaction.put_row(row, step.seq());
    show(step, change.ref, change.audiences, before, row.ver);
    step.entry.rows.push_back({change.ref, row.ver, false});
    return row.ver;
}

// Opens and closes memberships so that the person holds exactly `wanted` from `seq` on.
void regrant(Transaction& transaction,
             const Id& user,
             const std::vector<Audience>& wanted,
             Seq seq) {
    int last_tag = 0;
    std::vector<Audience> held;
    for (Grant grant : transaction.grants(user)) {
        last_tag = std::max(last_tag, grant.tag);
        if (grant.out_seq) continue;
        if (std::find(wanted.begin(), wanted.end(), grant.audience) != wanted.end()) {
            held.push_back(grant.audience);
        } else {
            grant.out_seq = seq;
            transaction.put_grant(user, grant);
        }
    }
    for (const Audience& audience : wanted) {
        if (std::find(held.begin(), held.end(), audience) != held.end()) continue;
        transaction.put_grant(
            user,
            {.audience = audience, .tag = ++last_tag, .in_seq = seq, .out_seq = std::nullopt});
    }
}

commands::Actor actor_from(const domain::User& user) {
    return {.user = user.id,
            .display_name = user.display_name,
            .roles = user.roles,
            .desks = user.desks,
            .site = user.site,
            .lang = user.lang};
}

}  // namespace

Applied apply(Transaction& transaction,
              const commands::Decision& decision,
              const Author& author,
              Instant now) {
    Step step = begin(transaction, author, now);
    Applied applied{.seq = step.seq(), .ver = 0, .number = {}};
    for (const commands::RowChange& change : decision.changes) {
        const std::uint64_t ver = write(step, change);
        if (change.ref == decision.entity) applied.ver = ver;
    }
    if (const auto entity = transaction.find(decision.entity)) {
        applied.ver = entity->ver;
        applied.number = text_or(entity->body, "number");
    }
    end(step, author, decision.entity);
    return applied;
}

Seq remove(Transaction& transaction,
           const std::vector<RowRef>& refs,
           const Author& author,
           Instant now) {
    Step step = begin(transaction, author, now);
    RowRef first;
    for (const RowRef& ref : refs) {
        const std::optional<Row> old = transaction.find(ref);
        if (!old) continue;
        if (step.entry.rows.empty()) first = ref;
        transaction.delete_row(ref, old->ver + 1, step.seq());
        show(step, ref, std::nullopt, old->ver, 0);
        step.entry.rows.push_back({ref, old->ver + 1, true});
    }
    if (step.entry.rows.empty()) return transaction.meta().head;
    end(step, author, first);
    return step.seq();
}

Status put_user(Transaction& transaction,
                const domain::User& user,
                const Author& author,
                Instant now) {
    const std::optional<Id> owner = transaction.user_of_login(user.login);
    if (owner && *owner != user.id) return Error{Errc::Conflict, "the login is taken", "login"};

    const RowRef ref{domain::RowType::User, user.id};
    const std::optional<Row> old = transaction.find(ref);
    const Json body = domain::to_json(user);
    if (old && old->body == body) return ok();

    const std::vector<Audience> seen_by{domain::audience_of_user(user.id),
                                        Audience{domain::kStaff}};
    commands::Decision decision{
        .entity = ref,
        .changes = {{.ref = ref, .body = body, .audiences = seen_by, .needs_number = false}}};
    const Applied applied = apply(transaction, decision, author, now);
    transaction.put_login(user.login, user.id);
    const auto wanted = user.is_active ? actor_from(user).audiences() : std::vector<Audience>{};
    regrant(transaction, user.id, wanted, applied.seq);
    return ok();
}

Result<commands::Actor> actor_of(const Snapshot& snapshot, const Id& user) {
    const std::optional<Row> row = snapshot.find({domain::RowType::User, user});
    if (!row) return Error{Errc::NotFound, "no such person", {}};
    const domain::User person = TRY(domain::user_from(*row));
    if (!person.is_active) return Error{Errc::NotFound, "the account is not active", {}};
    return actor_from(person);
}

void begin_epoch(Transaction& transaction, const Id& epoch, Seq restored_to) {
    Meta meta = transaction.meta();
    // "<epoch>:<restored to>" lines, oldest first: which history ended where.
    const std::string ended = transaction.setting(kEndedEpochs).value_or("");
    transaction.put_setting(kEndedEpochs,
                            concat(ended, to_text(meta.epoch), ":", restored_to, "\n"));
    meta.epoch = epoch;
    meta.restored_to = restored_to;
    transaction.put_meta(meta);
}

Seq common_with(const Snapshot& snapshot, const Id& epoch) {
    const std::string ended = snapshot.setting(kEndedEpochs).value_or("");
    std::size_t at = ended.find(to_text(epoch));
    if (at == std::string::npos) return 0;
    Seq common = snapshot.meta().restored_to;
    while (at < ended.size()) {
        const std::size_t number = ended.find(':', at) + 1;
        common = std::min<Seq>(common, std::strtoull(ended.c_str() + number, nullptr, 10));
        at = ended.find('\n', number) + 1;
    }
    return common;
}

}  // namespace ventanilla::store
