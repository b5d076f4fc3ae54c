#pragma once

#include <string>

#include "server/admin/serve.hpp"
#include "server/auth/system.hpp"
#include "shared/base/result.hpp"

// `ventanilla status export|verify|key`: the public status as files for another host, with a
// snapshot that cannot be changed unnoticed. The key is made when it is first needed and lies in
// the data folder, readable for its owner only.

namespace ventanilla::admin {

// Writes all public files and snapshot.json under `to`, the snapshot last; also while a server
// runs. What else lies there stays. Errors: NotFound without a store; Invalid for an unknown time
// zone; Unavailable when something cannot be written.
Result<std::string> export_status(const ServeOptions& options,
                                  const std::string& to,
                                  const auth::Clock& clock);

// Of when the snapshot in `file` is and what it says. `key`: the public key in base64url; empty:
// that of the data folder. Errors: NotFound; Invalid; Corrupt when it was tampered with.
Result<std::string> verify_snapshot(const std::string& file,
                                    const std::string& key,
                                    const std::string& data,
                                    const auth::Clock& clock);

// The public key of the data folder, made when there is none: for those who verify.
Result<std::string> status_key(const std::string& data);

}  // namespace ventanilla::admin
