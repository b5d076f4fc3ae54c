#pragma once

#include <string>

#include "shared/base/result.hpp"

// `ventanilla backup|restore|doctor`: what is done to the data folder as files.

namespace ventanilla::admin {

// A consistent copy while the server may run. Errors: NotFound without a store; Conflict when `to`
// exists.
Result<std::string> backup(const std::string& data, const std::string& to);

// Puts a backup in place and begins a new epoch, so that every client notices and sends again what
// the backup does not know. The replaced file stays beside it. Errors: NotFound; Conflict while a
// server runs; Corrupt when the backup is damaged (nothing is touched then).
Result<std::string> restore(const std::string& data, const std::string& from);

// What is right and wrong with the folder, in lines. Errors: Corrupt when something is wrong, with
// the lines.
Result<std::string> doctor(const std::string& data);

}  // namespace ventanilla::admin
