#include "server/store/sqlite_connection.hpp"

#include <cstring>

#include "shared/base/text.hpp"

namespace ventanilla::store {
namespace {

StoreFailure failure_of(int extended, const char* message) {
    const int code = extended & 0xff;
    StoreFailure failure;
    failure.error.detail = concat("sqlite ", extended, ": ", std::string_view{message});
    failure.is_fatal = extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC;
    failure.is_disk = code == SQLITE_IOERR || code == SQLITE_FULL || code == SQLITE_CORRUPT ||
                      code == SQLITE_NOTADB || code == SQLITE_NOMEM || code == SQLITE_READONLY;
    failure.error.code =
        code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? Errc::Corrupt : Errc::Unavailable;
    return failure;
}

}  // namespace

Connection::Connection(const std::string& path, int flags, const std::string& vfs) {
    const int code =
        sqlite3_open_v2(path.c_str(), &db_, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code != SQLITE_OK) {
        const StoreFailure failure = failure_of(code, sqlite3_errmsg(db_));
        sqlite3_close(db_);
        throw failure;
    }
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, 5'000);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

Connection::~Connection() {
    for (const auto& [sql, statement] : statements_)
        sqlite3_finalize(statement);
    sqlite3_close_v2(db_);
}

void Connection::run(const char* sql) {
    const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

sqlite3_stmt* Connection::prepared(const char* sql) {
    sqlite3_stmt*& statement = statements_[sql];
    if (statement == nullptr) {
        const int code =
            sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) {
            statements_.erase(sql);
            fail(code);
        }
    }
    return statement;
}

void Connection::fail(int code) const {
    const int extended = sqlite3_extended_errcode(db_);
    throw failure_of(extended == SQLITE_OK ? code : extended, sqlite3_errmsg(db_));
}

Statement& Statement::bind(std::int64_t value) {
    sqlite3_bind_int64(raw_, next_++, value);
    return *this;
}

Statement& Statement::bind(std::uint64_t value) {
    return bind(static_cast<std::int64_t>(value));  // all 64 bits, as two's complement
}

Statement& Statement::bind(std::string_view text) {
    sqlite3_bind_text64(raw_, next_++, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
    sqlite3_bind_blob64(raw_, next_++, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(const Id& id) {
    sqlite3_bind_blob64(raw_, next_++, id.bytes.data(), id.bytes.size(), SQLITE_TRANSIENT);
    return *this;
}

Statement& Statement::bind(const std::optional<std::uint64_t>& value) {
    if (value) return bind(*value);
    sqlite3_bind_null(raw_, next_++);
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(raw_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) connection_.fail(code);
    return false;
}

std::uint64_t Statement::u64(int column) const {
    return static_cast<std::uint64_t>(sqlite3_column_int64(raw_, column));
}

std::optional<std::uint64_t> Statement::optional_u64(int column) const {
    if (sqlite3_column_type(raw_, column) == SQLITE_NULL) return std::nullopt;
    return u64(column);
}

std::string Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(raw_, column);
    const int size = sqlite3_column_bytes(raw_, column);
    return bytes == nullptr
               ? std::string{}
               : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

Id Statement::id(int column) const {
    Id id;
    const void* bytes = sqlite3_column_blob(raw_, column);
    if (bytes != nullptr && sqlite3_column_bytes(raw_, column) == static_cast<int>(id.bytes.size()))
        std::memcpy(id.bytes.data(), bytes, id.bytes.size());
    return id;
}

}  // namespace ventanilla::store
