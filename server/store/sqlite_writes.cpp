#include "server/store/sqlite_transaction.hpp"

// The writing half of SqliteTransaction.

namespace ventanilla::store {
namespace {

void plain(Connection& db, const char* sql) {
    Statement{db, sql}.run();
}

}  // namespace

bool SqliteTransaction::attempt(const std::function<bool()>& step) {
    plain(db_, "SAVEPOINT step");
    const std::set<domain::Audience> before = touched_;
    bool kept = false;
    try {
        kept = step();
    } catch (...) {
        touched_ = before;
        if (db_.in_transaction()) {  // a full disk may have ended it already
            plain(db_, "ROLLBACK TO step");
            plain(db_, "RELEASE step");
        }
        throw;
    }
    if (!kept) {
        touched_ = before;
        plain(db_, "ROLLBACK TO step");
    }
    plain(db_, "RELEASE step");
    return kept;
}

void SqliteTransaction::put_row(const domain::Row& row, Seq seq) {
    Statement{db_,
              "INSERT INTO rows(type, id, ver, seq, body, deleted) VALUES(?, ?, ?, ?, ?, 0)"
              " ON CONFLICT(type, id) DO UPDATE SET ver = excluded.ver, seq = excluded.seq,"
              " body = excluded.body, deleted = 0"}
        .bind(code(row.ref.type))
        .bind(row.ref.id)
        .bind(row.ver)
        .bind(seq)
        .bind(dump_json(row.body))
        .run();
}

void SqliteTransaction::delete_row(const domain::RowRef& ref, std::uint64_t ver, Seq seq) {
    Statement{
        db_, "UPDATE rows SET ver = ?, seq = ?, body = NULL, deleted = 1 WHERE type = ? AND id = ?"}
        .bind(ver)
        .bind(seq)
        .bind(code(ref.type))
        .bind(ref.id)
        .run();
}

void SqliteTransaction::put_touch(const domain::Audience& audience, const Touch& touch) {
    Statement{
        db_,
        "INSERT INTO aud(aud_id, type, id, in_seq, out_seq, touch_seq) VALUES(?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(aud_id, type, id) DO UPDATE SET in_seq = excluded.in_seq,"
        " out_seq = excluded.out_seq, touch_seq = excluded.touch_seq"}
        .bind(audience)
        .bind(code(touch.ref.type))
        .bind(touch.ref.id)
        .bind(touch.in_seq)
        .bind(touch.out_seq)
        .bind(touch.touch_seq)
        .run();
    touched_.insert(audience);
}

void SqliteTransaction::put_digest(const domain::Audience& audience, std::uint64_t digest) {
    Statement{db_,
              "INSERT INTO digest(aud_id, value) VALUES(?, ?)"
              " ON CONFLICT(aud_id) DO UPDATE SET value = excluded.value"}
        .bind(audience)
        .bind(digest)
        .run();
}

void SqliteTransaction::put_grant(const Id& user, const Grant& grant) {
    Statement{db_,
              "INSERT INTO grants(user_id, tag, aud_id, in_seq, out_seq) VALUES(?, ?, ?, ?, ?)"
              " ON CONFLICT(user_id, tag) DO UPDATE SET out_seq = excluded.out_seq"}
        .bind(user)
        .bind(grant.tag)
        .bind(grant.audience)
        .bind(grant.in_seq)
        .bind(grant.out_seq)
        .run();
}

void SqliteTransaction::put_receipt(const Receipt& receipt, Instant at) {
    Statement{
        db_,
        "INSERT INTO receipt(cmd_id, user_id, body_hash, result, seq, at) VALUES(?, ?, ?, ?, ?, ?)"}
        .bind(receipt.cmd_id)
        .bind(receipt.user)
        .bind_blob(receipt.body_hash)
        .bind(receipt.result)
        .bind(receipt.seq)
        .bind(to_ms(at))
        .run();
}

void SqliteTransaction::append(const Entry& entry) {
    Statement{db_,
              "INSERT INTO audit(seq, at, actor, device, cmd_id, kind, type, id, chain)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"}
        .bind(entry.seq)
        .bind(to_ms(entry.at))
        .bind(entry.actor)
        .bind(entry.device)
        .bind(entry.cmd_id)
        .bind(entry.type)
        .bind(code(entry.entity.type))
        .bind(entry.entity.id)
        .bind(entry.chain)
        .run();
}

void SqliteTransaction::put_meta(const Meta& meta) {
    Statement{
        db_,
        "UPDATE meta SET epoch = ?, head = ?, chain = ?, horizon = ?, restored_to = ?, mac_key = ?"}
        .bind(meta.epoch)
        .bind(meta.head)
        .bind(meta.chain)
        .bind(meta.horizon)
        .bind(meta.restored_to)
        .bind_blob(meta.mac_key)
        .run();
}

std::uint64_t SqliteTransaction::next_number(const std::string& counter) {
    Statement statement{db_,
                        "INSERT INTO counter(name, value) VALUES(?, 1)"
                        " ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value"};
    statement.bind(counter);
    const std::uint64_t number = statement.step() ? statement.u64(0) : 0;
    (void)statement.step();  // RETURNING needs its end
    return number;
}

void SqliteTransaction::put_login(const std::string& login, const Id& user) {
    Statement{db_,
              "INSERT INTO login(name, user_id) VALUES(?, ?)"
              " ON CONFLICT(name) DO UPDATE SET user_id = excluded.user_id"}
        .bind(login)
        .bind(user)
        .run();
}

void SqliteTransaction::put_credential(const Credential& credential) {
    Statement{db_,
              "INSERT INTO credential(user_id, hash, must_change) VALUES(?, ?, ?)"
              " ON CONFLICT(user_id) DO UPDATE SET hash = excluded.hash,"
              " must_change = excluded.must_change"}
        .bind(credential.user)
        .bind(credential.hash)
        .bind(credential.must_change ? 1 : 0)
        .run();
}

void SqliteTransaction::put_session(const SessionRecord& session) {
    Statement{db_,
              "INSERT INTO session(token_hash, id, user_id, device, created_at, seen_at)"
              " VALUES(?, ?, ?, ?, ?, ?)"
              " ON CONFLICT(token_hash) DO UPDATE SET seen_at = excluded.seen_at"}
        .bind_blob(session.token_hash)
        .bind(session.id)
        .bind(session.user)
        .bind(session.device)
        .bind(to_ms(session.created_at))
        .bind(to_ms(session.seen_at))
        .run();
}

void SqliteTransaction::delete_session(const std::string& token_hash) {
    Statement{db_, "DELETE FROM session WHERE token_hash = ?"}.bind_blob(token_hash).run();
}

void SqliteTransaction::put_broken(const Broken& broken) {
    Statement{
        db_,
        "INSERT INTO broken(cmd_id, user_id, device, at, reason, bytes) VALUES(?, ?, ?, ?, ?, ?)"
        " ON CONFLICT(cmd_id) DO NOTHING"}
        .bind(broken.cmd_id)
        .bind(broken.user)
        .bind(broken.device)
        .bind(to_ms(broken.at))
        .bind(broken.reason)
        .bind_blob(broken.bytes)
        .run();
}

void SqliteTransaction::put_setting(const std::string& key, const std::string& value) {
    Statement{db_,
              "INSERT INTO setting(key, value) VALUES(?, ?)"
              " ON CONFLICT(key) DO UPDATE SET value = excluded.value"}
        .bind(key)
        .bind(value)
        .run();
}

}  // namespace ventanilla::store
