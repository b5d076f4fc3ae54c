#pragma once

#include "server/store/store.hpp"
#include "shared/domain/person.hpp"

// People as the server's own tools make them: the first administrator, the demo, `ventanilla user`.

namespace ventanilla::store {

// Settings. The hash of the one-time token for the first administrator; empty or absent: there is
// none.
inline constexpr const char* kSetupTokenKey = "setup_token";
inline constexpr const char* kCompanyKey = "company";

// Stores the person and how to sign in; an empty `hash` leaves the password as it is.
// Errors: Conflict when the login is somebody else's.
Status put_account(Transaction& transaction,
                   const domain::User& user,
                   const std::string& hash,
                   Instant now);

// Stores a row that the server itself owns (sites, services, catalogue, articles), unless it is
// there unchanged already. Gives whether anything was written.
bool put_own_row(Transaction& transaction,
                 const domain::RowRef& ref,
                 const Json& body,
                 const std::vector<domain::Audience>& audiences,
                 Instant now);

}  // namespace ventanilla::store
