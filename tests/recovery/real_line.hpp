#pragma once

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "shared/base/time.hpp"

// One HTTP/1.1 connection of a client among thousands in one thread: opened when something is to be
// asked, one request at a time, kept until one side ends it. It understands what our server sends
// and nothing else. Everything happens on the loop's thread.

namespace ventanilla::herd {

// Between client and server.
struct Wires {
    boost::asio::io_context loop{1};
    boost::asio::ip::tcp::endpoint server;
};

struct Reply {
    int status = 0;
    Millis retry_after{0};  // of the header
    std::string etag;
    std::string body;
};

class Line {
  public:
    using Handler = std::function<void(std::optional<Reply>)>;  // nothing: silence

    // `number` picks the address it calls from: one address has no ports for 10,000.
    Line(Wires& wires, std::uint32_t number);

    // `request` is every byte of it. Exactly one call of `handler` follows, not from within.
    void ask(std::string request, Millis patience, Handler handler);
    [[nodiscard]] bool is_asking() const { return handler_ != nullptr; }

    // Called when the other side ends the connection while nothing is asked.
    void on_end(std::function<void()> listener) { on_end_ = std::move(listener); }

  private:
    using Error = boost::system::error_code;

    void open();
    void write();
    void read();
    void take(std::size_t bytes);
    void fail();
    void close();
    void answer(std::optional<Reply> reply);
    // Runs `step` only while the connection is the one of now.
    template <class Step>
    auto while_open(Step step);

    Wires& wires_;
    boost::asio::ip::address_v4 from_;
    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer timer_;
    std::uint64_t connection_ = 0;
    std::string request_;
    std::string received_;
    char chunk_[2048];
    Handler handler_;
    std::function<void()> on_end_;
};

}  // namespace ventanilla::herd
