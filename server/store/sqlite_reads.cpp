#include <algorithm>

#include "server/store/sqlite_transaction.hpp"

// The reading half of SqliteTransaction.

namespace ventanilla::store {
namespace {

using domain::Audience;
using domain::Row;
using domain::RowRef;
using domain::RowType;

// Bodies were checked when they were written; a broken one is damage, not input.
Json body_of(const std::string& text) {
    Result<Json> body = parse_json(text, 64 * 1024 * 1024);
    if (!body)
        throw StoreFailure{{Errc::Corrupt, "a stored row is no JSON: " + body.error().detail, {}}};
    return std::move(body).value();
}

Touch touch_of(const Statement& statement, int first) {
    return {.ref = {static_cast<RowType>(statement.i64(first)), statement.id(first + 1)},
            .in_seq = statement.u64(first + 2),
            .out_seq = statement.optional_u64(first + 3),
            .touch_seq = statement.u64(first + 4)};
}

std::vector<Entry> entries_from(Statement& statement) {
    std::vector<Entry> out;
    while (statement.step()) {
        out.push_back({.seq = statement.u64(0),
                       .at = from_ms(statement.i64(1)),
                       .actor = statement.id(2),
                       .device = statement.id(3),
                       .cmd_id = statement.id(4),
                       .type = statement.text(5),
                       .entity = {static_cast<RowType>(statement.i64(6)), statement.id(7)},
                       .chain = statement.u64(8)});
    }
    return out;
}

SessionRecord session_of(const Statement& statement) {
    return {.token_hash = statement.text(0),
            .id = statement.id(1),
            .user = statement.id(2),
            .device = statement.id(3),
            .created_at = from_ms(statement.i64(4)),
            .seen_at = from_ms(statement.i64(5))};
}

}  // namespace

std::optional<Row> SqliteTransaction::find(const RowRef& ref) const {
    Statement statement{db_,
                        "SELECT ver, body FROM rows WHERE type = ? AND id = ? AND deleted = 0"};
    statement.bind(code(ref.type)).bind(ref.id);
    if (!statement.step()) return std::nullopt;
    return Row{ref, statement.u64(0), body_of(statement.text(1))};
}

bool SqliteTransaction::is_visible(const RowRef& ref,
                                   const std::vector<Audience>& audiences) const {
    Statement statement{db_,
                        "SELECT aud_id FROM aud JOIN rows USING(type, id)"
                        " WHERE type = ? AND id = ? AND out_seq IS NULL AND deleted = 0"};
    statement.bind(code(ref.type)).bind(ref.id);
    while (statement.step()) {
        if (std::find(audiences.begin(), audiences.end(), statement.text(0)) != audiences.end())
            return true;
    }
    return false;
}

Meta SqliteTransaction::meta() const {
    Statement statement{db_, "SELECT epoch, head, chain, horizon, restored_to, mac_key FROM meta"};
    if (!statement.step()) throw StoreFailure{{Errc::Corrupt, "the meta row is missing", {}}};
    return {.epoch = statement.id(0),
            .head = statement.u64(1),
            .chain = statement.u64(2),
            .horizon = statement.u64(3),
            .restored_to = statement.u64(4),
            .mac_key = statement.text(5)};
}

std::optional<std::uint64_t> SqliteTransaction::chain_at(Seq seq) const {
    if (seq == 0) return 0;
    Statement statement{db_, "SELECT chain FROM audit WHERE seq = ?"};
    statement.bind(seq);
    if (!statement.step()) return std::nullopt;
    return statement.u64(0);
}

std::vector<Entry> SqliteTransaction::entries(std::size_t count_max) const {
    Statement statement{db_,
                        "SELECT seq, at, actor, device, cmd_id, kind, type, id, chain FROM audit"
                        " ORDER BY seq DESC LIMIT ?"};
    statement.bind(static_cast<std::uint64_t>(count_max));
    return entries_from(statement);
}

std::vector<Entry> SqliteTransaction::entries_of(const Id& user,
                                                 Seq after,
                                                 Seq upto,
                                                 std::size_t count_max) const {
    Statement statement{db_,
                        "SELECT seq, at, actor, device, cmd_id, kind, type, id, chain FROM audit"
                        " WHERE actor = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"};
    statement.bind(user).bind(after).bind(upto).bind(static_cast<std::uint64_t>(count_max));
    return entries_from(statement);
}

std::vector<Touch> SqliteTransaction::touched(const Audience& audience,
                                              Seq after,
                                              std::size_t count_max) const {
    Statement statement{db_,
                        "SELECT type, id, in_seq, out_seq, touch_seq FROM aud"
                        " WHERE aud_id = ? AND touch_seq > ? ORDER BY touch_seq, type, id"};
    statement.bind(audience).bind(after);
    std::vector<Touch> out;
    while (statement.step()) {
        Touch touch = touch_of(statement, 0);
        if (out.size() >= count_max && touch.touch_seq != out.back().touch_seq) break;
        out.push_back(std::move(touch));
    }
    return out;
}

std::vector<Snapshot::Sight> SqliteTransaction::sights(const RowRef& ref) const {
    Statement statement{db_,
                        "SELECT aud_id, type, id, in_seq, out_seq, touch_seq FROM aud"
                        " WHERE type = ? AND id = ? ORDER BY aud_id"};
    statement.bind(code(ref.type)).bind(ref.id);
    std::vector<Sight> out;
    while (statement.step())
        out.push_back({statement.text(0), touch_of(statement, 1)});
    return out;
}

std::uint64_t SqliteTransaction::digest(const Audience& audience) const {
    Statement statement{db_, "SELECT value FROM digest WHERE aud_id = ?"};
    statement.bind(audience);
    return statement.step() ? statement.u64(0) : 0;
}

std::vector<Grant> SqliteTransaction::grants(const Id& user) const {
    Statement statement{
        db_, "SELECT aud_id, tag, in_seq, out_seq FROM grants WHERE user_id = ? ORDER BY tag"};
    statement.bind(user);
    std::vector<Grant> out;
    while (statement.step()) {
        out.push_back({.audience = statement.text(0),
                       .tag = static_cast<int>(statement.i64(1)),
                       .in_seq = statement.u64(2),
                       .out_seq = statement.optional_u64(3)});
    }
    return out;
}

std::optional<Receipt> SqliteTransaction::receipt(const Id& cmd_id) const {
    Statement statement{db_,
                        "SELECT user_id, body_hash, result, seq FROM receipt WHERE cmd_id = ?"};
    statement.bind(cmd_id);
    if (!statement.step()) return std::nullopt;
    return Receipt{.cmd_id = cmd_id,
                   .user = statement.id(0),
                   .body_hash = statement.text(1),
                   .result = statement.text(2),
                   .seq = statement.u64(3)};
}

std::vector<Row> SqliteTransaction::rows(RowType type) const {
    Statement statement{
        db_, "SELECT id, ver, body FROM rows WHERE type = ? AND deleted = 0 ORDER BY id"};
    statement.bind(code(type));
    std::vector<Row> out;
    while (statement.step())
        out.push_back({{type, statement.id(0)}, statement.u64(1), body_of(statement.text(2))});
    return out;
}

std::optional<Id> SqliteTransaction::user_of_login(const std::string& login) const {
    Statement statement{db_, "SELECT user_id FROM login WHERE name = ?"};
    statement.bind(login);
    if (!statement.step()) return std::nullopt;
    return statement.id(0);
}

std::optional<Credential> SqliteTransaction::credential(const Id& user) const {
    Statement statement{db_, "SELECT hash, must_change FROM credential WHERE user_id = ?"};
    statement.bind(user);
    if (!statement.step()) return std::nullopt;
    return Credential{user, statement.text(0), statement.i64(1) != 0};
}

std::optional<SessionRecord> SqliteTransaction::session(const std::string& token_hash) const {
    Statement statement{db_,
                        "SELECT token_hash, id, user_id, device, created_at, seen_at FROM session"
                        " WHERE token_hash = ?"};
    statement.bind_blob(token_hash);
    if (!statement.step()) return std::nullopt;
    return session_of(statement);
}

std::vector<SessionRecord> SqliteTransaction::sessions_of(const Id& user) const {
    Statement statement{db_,
                        "SELECT token_hash, id, user_id, device, created_at, seen_at FROM session"
                        " WHERE user_id = ? ORDER BY created_at"};
    statement.bind(user);
    std::vector<SessionRecord> out;
    while (statement.step())
        out.push_back(session_of(statement));
    return out;
}

std::vector<Broken> SqliteTransaction::broken(std::size_t count_max) const {
    Statement statement{db_,
                        "SELECT cmd_id, user_id, device, at, reason, bytes FROM broken"
                        " ORDER BY at DESC, cmd_id LIMIT ?"};
    statement.bind(static_cast<std::uint64_t>(count_max));
    std::vector<Broken> out;
    while (statement.step()) {
        out.push_back({.cmd_id = statement.id(0),
                       .user = statement.id(1),
                       .device = statement.id(2),
                       .at = from_ms(statement.i64(3)),
                       .reason = statement.text(4),
                       .bytes = statement.text(5)});
    }
    return out;
}

std::size_t SqliteTransaction::broken_count(const Id& user) const {
    Statement statement{db_, "SELECT count(*) FROM broken WHERE user_id = ?"};
    statement.bind(user);
    return statement.step() ? static_cast<std::size_t>(statement.u64(0)) : 0;
}

std::optional<std::string> SqliteTransaction::setting(const std::string& key) const {
    Statement statement{db_, "SELECT value FROM setting WHERE key = ?"};
    statement.bind(key);
    if (!statement.step()) return std::nullopt;
    return statement.text(0);
}

}  // namespace ventanilla::store
