#pragma once

#include "server/store/sqlite_connection.hpp"
#include "server/store/store.hpp"

// The tables and how older files become newer ones. Numbered steps, never edited once released.

namespace ventanilla::store {

// Brings the file to the newest schema; a new one gets its first epoch and MAC key from `options`.
// Throws StoreFailure: Unavailable when a newer version of the program made the file.
void migrate(Connection& connection, const SqliteOptions& options);

// Throws StoreFailure with Corrupt when PRAGMA quick_check finds anything.
void check(Connection& connection);

}  // namespace ventanilla::store
