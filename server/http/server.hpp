#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "server/http/message.hpp"

// The listener: sockets, TLS, timeouts, limits, event streams. The only part that knows Boost and
// an event loop; what requests mean is the Application's business.

namespace ventanilla::http {

// What becomes of a request before its body is read.
struct Gate {
    std::shared_ptr<const std::string> wire;  // the whole answer (to_wire); null: it goes on
    double units = 0;  // of admitted work; left() follows when it has been answered
};

class Application {
  public:
    virtual ~Application() = default;

    // How much a request to this path may carry, in bytes.
    [[nodiscard]] virtual std::size_t body_bytes_max(std::string_view path) const = 0;

    // Whether handling it takes microseconds and never blocks: then it is done on the event loop.
    [[nodiscard]] virtual bool is_quick(std::string_view path) const = 0;

    // The answer to a plain GET of `path` when it lies ready (to_wire) and depends on nothing but
    // `if_none_match`; null otherwise. On the event loop, before the request is parsed.
    virtual std::shared_ptr<const std::string> at_hand(std::string_view path,
                                                       std::string_view if_none_match) {
        (void)path, (void)if_none_match;
        return nullptr;
    }

    // Called on the event loop for every request that is parsed; must take microseconds.
    virtual Gate gate(const HttpRequest& head) {
        (void)head;
        return {};
    }
    virtual void left(double units) { (void)units; }

    // Called on the event loop when quick, on one of the worker threads otherwise.
    virtual HttpResponse handle(const HttpRequest& request) = 0;

    // The answer when there is no worker to be had: 503, or what takes microseconds to give
    // instead. Called on the event loop.
    virtual HttpResponse busy(const HttpRequest& request);
};

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;    // 0: any free one
    std::string tls_certificate;  // files in PEM; both or none
    std::string tls_key;
    bool is_behind_proxy = false;  // a proxy we trust ends TLS and names the client

    int workers = 32;              // they mostly wait for the shared commit, so more than cores
    int connections_max = 12'000;  // 10,000 people who come back at once, and a few more
    int live_max = 1'024;          // event streams
    int jobs_max = 1'024;          // requests given to workers and not answered; above it 503
    std::size_t header_bytes_max = 16 * 1024;
    std::chrono::seconds header_timeout{10};
    std::chrono::seconds idle_timeout{60};  // between two requests
    std::chrono::seconds body_timeout{30};
    std::chrono::seconds live_heartbeat{15};
    std::chrono::seconds live_lifetime{15 *
                                       60};   // plus up to a tenth, so streams do not end together
    std::chrono::milliseconds live_gap{250};  // at most four hints a second and stream
    std::chrono::seconds drain_timeout{5};    // after a stop, for what is under way
};

// Whether cookies may be Secure: TLS here or at the proxy.
inline bool is_secure(const ServerOptions& options) {
    return options.is_behind_proxy || !options.tls_certificate.empty();
}

// Hints to event streams. All of these may be called from any thread.
class Live {
  public:
    virtual ~Live() = default;
    virtual void publish(std::uint64_t head, std::vector<std::string> audiences) = 0;
    virtual void close_session(const std::string& session) = 0;
    virtual void close_user(const std::string& user) = 0;
};

class Server : public Live {
  public:
    // Binds and listens. Errors: Invalid for an address that may not be served without TLS
    // (anything but loopback), or unreadable TLS files; Unavailable when the port is taken.
    static Result<std::unique_ptr<Server>> create(ServerOptions options, Application& application);

    [[nodiscard]] virtual std::uint16_t port() const = 0;

    // Serves until stop() or SIGTERM or SIGINT: then no new connections, streams end, requests
    // under way are answered. `on_signals`: whether this server listens to signals.
    virtual void run(bool on_signals) = 0;
    virtual void stop() = 0;  // from any thread
};

}  // namespace ventanilla::http
