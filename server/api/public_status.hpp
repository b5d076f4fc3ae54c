#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server/auth/system.hpp"
#include "server/status/files.hpp"
#include "server/store/store.hpp"

// The public status, rendered once for everybody. After a change, and each minute, the model is
// made anew from the rows; a file is rendered when somebody first asks for it, and a minute that
// changed nothing keeps all but the pages, which say of when they are. Any thread.

namespace ventanilla::api {

// What the public status is made of. Errors: Unavailable.
Result<public_status::Rows> public_rows(store::Store& store, Instant now);

class PublicStatus {
  public:
    PublicStatus(store::Store& store, auth::Clock clock)
        : store_(store), clock_(std::move(clock)) {}

    // Before the first request.
    void configure(public_status::Facts facts) { facts_ = std::move(facts); }

    // Rows changed: what everybody sees is made anew when the change was among it.
    void note(const store::CommitNote& commit);

    struct Bytes {
        std::string type;
        std::shared_ptr<const std::string> text;
        std::string etag;  // strong
    };

    // Whether file() would answer from memory, without reading the store or rendering.
    [[nodiscard]] bool is_ready(std::string_view path) const;

    // Errors: NotFound for a path that is none of public_files; Unavailable when the store does not
    // answer and never has. When it stops answering, the last that is known goes on, with its age.
    Result<Bytes> file(const std::string& path);

  private:
    struct Generation;

    Result<std::shared_ptr<Generation>> current();

    store::Store& store_;
    auth::Clock clock_;
    public_status::Facts facts_;
    std::atomic<bool> is_stale_ = true;
    mutable std::mutex mutex_;
    std::shared_ptr<Generation> generation_;  // under mutex_
};

}  // namespace ventanilla::api
