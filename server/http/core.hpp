#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <set>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/server.hpp"

// What the connections of one server share. Everything but `pool` belongs to the one event loop
// thread.

namespace ventanilla::http {

namespace asio = boost::asio;

// How coroutines wait: an error comes back as a value.
inline constexpr auto kToken = asio::as_tuple(asio::use_awaitable);

// One event stream: woken by its timer, which runs out for heartbeats and is cancelled for news.
struct Subscriber {
    LiveTopic topic;
    asio::steady_timer timer;
    std::uint64_t pending = 0;  // the newest head to tell
    bool is_closing = false;
};

class Hub {
  public:
    void add(Subscriber& subscriber, int per_session_max);
    void remove(Subscriber& subscriber) { subscribers_.remove(&subscriber); }
    void publish(std::uint64_t head, const std::vector<std::string>& audiences);
    void close_session(const std::string& session);
    void close_user(const std::string& user);
    void close_all();
    [[nodiscard]] std::size_t size() const { return subscribers_.size(); }

  private:
    template <class Predicate>
    void close_if(Predicate predicate);

    std::list<Subscriber*> subscribers_;  // oldest first
    std::uint64_t head_ = 0;              // published last
};

// A connection as the drain sees it.
struct Open {
    std::function<void()> close;  // cancels what it waits for
    bool is_idle = false;         // between two requests
};

struct Core {
    Core(ServerOptions server_options, Application& app)
        : options(std::move(server_options)),
          application(app),
          pool(static_cast<std::size_t>(options.workers)),
          loop(1) {}

    ServerOptions options;
    Application& application;
    Hub hub;
    std::set<Open*> open;
    int jobs = 0;
    bool is_stopping = false;
    asio::thread_pool pool;
    asio::io_context loop;  // last: its end destroys the connections, which still look at the above
};

// The headers every answer carries. Source: security.md 4.1.
const Headers& security_headers(bool secure);

}  // namespace ventanilla::http
