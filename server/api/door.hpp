#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "server/auth/system.hpp"
#include "server/http/server.hpp"
#include "server/store/store.hpp"
#include "shared/recovery/admission.hpp"

// Stands before sessions, JSON and the store: answers the banner, gives turns, and sends away what
// there is no room for, from buffers that are put together in advance. Everything may be called
// from any thread; all but refresh() and remember() take microseconds. What it decides is
// shared/recovery's. Source: outage.md 3.

namespace ventanilla::api {

class Door {
  public:
    // `clock` must never go back (auth::monotonic_clock). Reads from `store` what was known before.
    Door(store::Store& store, auth::Clock clock, bool is_secure);

    // Every byte of the answer to GET kBannerPath.
    std::shared_ptr<const std::string> banner_wire(std::string_view if_none_match);
    // What becomes of a request whose header alone has been read.
    http::Gate gate(const http::HttpRequest& head);
    void left(double units);

    // For those who come by way of the routes.
    http::HttpResponse banner(const http::HttpRequest& request);
    Result<http::HttpResponse> slot(const http::HttpRequest& request);

    // Puts the banner together again. Errors: Unavailable; then the old one stays.
    Status refresh();
    // Keeps what a restarted server should know, when it has changed by more than a tenth.
    Status remember();
    [[nodiscard]] recovery::Advice advice();

  private:
    using Wire = std::shared_ptr<const std::string>;
    struct Banner {
        std::string etag;
        http::HttpResponse full;
        Wire wire;
        Wire unchanged;
    };
    struct Refused {
        Millis retry_after{-1};
        Wire es, en;
    };

    http::Gate refuse(const recovery::Verdict& verdict, std::string_view lang);
    Wire wire_of(const http::HttpResponse& response) const;

    store::Store& store_;
    auth::Clock clock_;
    bool is_secure_;
    std::mutex mutex_;  // over everything below
    recovery::Admission admission_;
    recovery::Known remembered_;
    Banner banner_;
    Refused refused_;
};

}  // namespace ventanilla::api
