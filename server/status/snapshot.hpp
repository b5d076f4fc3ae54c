#pragma once

#include <string>

#include "server/status/model.hpp"
#include "shared/base/json.hpp"

// The public status as one signed file that any host may serve while the desk itself is down:
// {"format": "ventanilla-status-1", "payload": text, "signature": base64url}. The payload is the
// summary of the API with "as_of" and "expires_at", as the very text that was signed, so that no
// two programs need agree on how JSON is written.

namespace ventanilla::public_status {

inline constexpr std::chrono::hours kSnapshotTrusted{24};  // after it, it says that it may be over

// Errors: as signature_of.
Result<std::string> signed_snapshot(const Model& model, std::string_view private_key);

// The payload of a snapshot. Errors: Invalid when it is none; Corrupt when it was not signed by the
// owner of `public_key`, or is not as it was signed.
Result<Json> opened_snapshot(std::string_view text, std::string_view public_key);

}  // namespace ventanilla::public_status
