#include "server/store/sqlite_schema.hpp"

#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::store {
namespace {

// 1: everything of the first release. Unsigned 64-bit values are stored as their two's complement.
constexpr const char* kFirst = R"sql(
CREATE TABLE meta(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  epoch BLOB NOT NULL, head INTEGER NOT NULL, chain INTEGER NOT NULL, horizon INTEGER NOT NULL,
  restored_to INTEGER NOT NULL, mac_key BLOB NOT NULL);
CREATE TABLE rows(
  type INTEGER NOT NULL, id BLOB NOT NULL, ver INTEGER NOT NULL, seq INTEGER NOT NULL,
  body TEXT, deleted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(type, id));
CREATE TABLE aud(
  aud_id TEXT NOT NULL, type INTEGER NOT NULL, id BLOB NOT NULL,
  in_seq INTEGER NOT NULL, out_seq INTEGER, touch_seq INTEGER NOT NULL,
  PRIMARY KEY(aud_id, type, id)) WITHOUT ROWID;
CREATE INDEX aud_touch ON aud(aud_id, touch_seq);
CREATE INDEX aud_row ON aud(type, id);
CREATE TABLE digest(aud_id TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE grants(
  user_id BLOB NOT NULL, tag INTEGER NOT NULL, aud_id TEXT NOT NULL,
  in_seq INTEGER NOT NULL, out_seq INTEGER,
  PRIMARY KEY(user_id, tag)) WITHOUT ROWID;
CREATE TABLE receipt(
  cmd_id BLOB PRIMARY KEY, user_id BLOB NOT NULL, body_hash BLOB NOT NULL, result TEXT NOT NULL,
  seq INTEGER NOT NULL, at INTEGER NOT NULL);
CREATE TABLE audit(
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor BLOB NOT NULL, device BLOB NOT NULL,
  cmd_id BLOB NOT NULL, kind TEXT NOT NULL, type INTEGER NOT NULL, id BLOB NOT NULL,
  chain INTEGER NOT NULL);
CREATE INDEX audit_actor ON audit(actor, seq);
CREATE TABLE counter(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE login(name TEXT PRIMARY KEY COLLATE NOCASE, user_id BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE credential(user_id BLOB PRIMARY KEY, hash TEXT NOT NULL, must_change INTEGER NOT NULL);
CREATE TABLE session(
  token_hash BLOB PRIMARY KEY, id BLOB NOT NULL, user_id BLOB NOT NULL, device BLOB NOT NULL,
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL);
CREATE INDEX session_user ON session(user_id);
CREATE TABLE broken(
  cmd_id BLOB PRIMARY KEY, user_id BLOB NOT NULL, device BLOB NOT NULL, at INTEGER NOT NULL,
  reason TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE INDEX broken_user ON broken(user_id);
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql";

struct Migration {
    int number;
    const char* sql;
    const char* mark;  // user_version takes no parameter
};

constexpr std::array kMigrations{
    Migration{1, kFirst, "PRAGMA user_version = 1"},
};

int version_of(Connection& connection) {
    Statement statement{connection, "PRAGMA user_version"};
    return statement.step() ? static_cast<int>(statement.i64(0)) : 0;
}

}  // namespace

void migrate(Connection& connection, const SqliteOptions& options) {
    const int version = version_of(connection);
    if (version > kMigrations.back().number) {
        throw StoreFailure{
            {Errc::Unavailable, concat("made by a newer version: schema ", version), {}}};
    }
    if (version == kMigrations.back().number) return;
    connection.run("BEGIN IMMEDIATE");
    for (const Migration& migration : kMigrations) {
        if (migration.number <= version) continue;
        connection.run(migration.sql);
        connection.run(migration.mark);
    }
    if (version == 0) {
        Statement{connection,
                  "INSERT INTO meta(one, epoch, head, chain, horizon, restored_to, mac_key)"
                  " VALUES(1, ?, 0, 0, 0, 0, ?)"}
            .bind(options.first_epoch)
            .bind_blob(options.first_mac_key)
            .run();
    }
    connection.run("COMMIT");
}

void check(Connection& connection) {
    Statement statement{connection, "PRAGMA quick_check(1)"};
    const std::string answer = statement.step() ? statement.text(0) : "no answer";
    if (answer != "ok") throw StoreFailure{{Errc::Corrupt, concat("quick_check: ", answer), {}}};
}

}  // namespace ventanilla::store
