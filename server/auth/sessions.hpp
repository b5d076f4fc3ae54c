#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "server/auth/system.hpp"
#include "server/store/store.hpp"
#include "shared/commands/decide.hpp"

// Who is signed in. A session is a random token in a cookie, stored here as its hash; permissions
// are read again with every request, so a change is felt at once. Source: security.md 7.

namespace ventanilla::auth {

struct Session {
    Id id;
    commands::Actor actor;
    Id device;  // nil: not bound yet
    Instant created_at;
    Instant expires_at;  // whatever happens
};

struct OpenedSession {
    std::string token;  // for the cookie, base64url of 256 bits; known to nobody else
    Session session;
};

class Sessions {
  public:
    Sessions(store::Store& store, Clock clock, Random& random);

    // Errors: NotFound when the person has no active account; Unavailable.
    Result<OpenedSession> open(const Id& user, const Id& device);

    // The session of a cookie's token. Errors: NotFound when there is none, it is over, or its
    // person is no longer active; Unavailable.
    Result<Session> find(std::string_view token);

    // Ties an unbound session to the device that uses it first.
    Status bind(std::string_view token, const Id& device);

    Status close(std::string_view token);
    Status close_all_of(const Id& user);  // also after a changed password

    // Called with the session's id when one ends here.
    void on_end(std::function<void(const Id& session)> listener) { on_end_ = std::move(listener); }

  private:
    [[nodiscard]] bool is_over(const store::SessionRecord& record,
                               const commands::Actor& actor) const;
    void see(const store::SessionRecord& record);
    Status end(const store::SessionRecord& record);

    store::Store& store_;
    Clock clock_;
    Random& random_;
    std::function<void(const Id&)> on_end_;
    std::mutex mutex_;
    std::map<std::string, Instant> seen_;  // fresher than the store's seen_at, by token hash
};

}  // namespace ventanilla::auth
