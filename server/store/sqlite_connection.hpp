#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include <sqlite3.h>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

// SQLite behind two small classes: a connection that keeps its prepared statements, and a statement
// in use. They throw StoreFailure, which the adapter's read() and write() turn into Errors; nobody
// else sees it.

namespace ventanilla::store {

struct StoreFailure {
    Error error;
    bool is_fatal = false;  // the disk did not confirm an fsync: nothing is known about it any more
    bool is_disk = false;   // the whole transaction failed, not one job in it
};

class Connection {
  public:
    Connection(const std::string& path, int flags, const std::string& vfs);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Runs statements that return nothing. `sql` is one of our constants, never built from data.
    void run(const char* sql);

    // The prepared statement of `sql`, which must be a string literal: its address is the key.
    sqlite3_stmt* prepared(const char* sql);

    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
    [[nodiscard]] sqlite3* raw() const { return db_; }

    [[noreturn]] void fail(int code) const;

  private:
    sqlite3* db_ = nullptr;
    std::unordered_map<const char*, sqlite3_stmt*> statements_;
};

// One execution: bind in order, then step. Resets itself at the end, so bound texts need not
// outlive it.
class Statement {
  public:
    Statement(Connection& connection, const char* sql)
        : connection_(connection), raw_(connection.prepared(sql)) {}
    ~Statement() {
        sqlite3_reset(raw_);
        sqlite3_clear_bindings(raw_);
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(std::uint64_t value);
    Statement& bind(std::int64_t value);
    Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(std::string_view text);
    Statement& bind(const Id& id);
    Statement& bind_blob(std::string_view bytes);
    Statement& bind(const std::optional<std::uint64_t>& value);

    bool step();                  // whether there is a row
    void run() { (void)step(); }  // for statements that give none

    [[nodiscard]] std::uint64_t u64(int column) const;
    [[nodiscard]] std::int64_t i64(int column) const { return sqlite3_column_int64(raw_, column); }
    [[nodiscard]] std::optional<std::uint64_t> optional_u64(int column) const;
    [[nodiscard]] std::string text(int column) const;  // also for blobs
    [[nodiscard]] Id id(int column) const;

  private:
    Connection& connection_;
    sqlite3_stmt* raw_;
    int next_ = 1;
};

}  // namespace ventanilla::store
