#include "tests/recovery/real_line.hpp"

#include <algorithm>
#include <charconv>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <netinet/in.h>
#include <sys/socket.h>

#include "shared/base/text.hpp"

namespace ventanilla::herd {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::uint32_t kFirstAddress = 0x7F000101;  // 127.0.1.1
constexpr std::uint32_t kAddresses = 16;

std::int64_t number_in(std::string_view text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// The value of a header of `head`; empty when it is not there.
std::string_view header(std::string_view head, std::string_view name) {
    const auto is_same = [](char a, char b) { return (a | 0x20) == (b | 0x20); };
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
         at = head.find("\r\n", at + 2)) {
        const std::string_view line = head.substr(at + 2);
        if (line.size() <= name.size() || line[name.size()] != ':') continue;
        if (!std::equal(name.begin(), name.end(), line.begin(), is_same)) continue;
        return trimmed(line.substr(name.size() + 1, line.find("\r\n") - name.size() - 1));
    }
    return {};
}

// The answer that `received` begins with, which is then taken out of it.
std::optional<Reply> take_reply(std::string& received) {
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const std::string_view head{received.data(), end + 2};
    Reply reply;
    reply.status = static_cast<int>(number_in(head.substr(std::min<std::size_t>(9, end))));
    reply.retry_after = std::chrono::seconds{number_in(header(head, "retry-after"))};
    reply.etag = header(head, "etag");
    const bool has_body = reply.status != 304 && reply.status != 204;
    const auto length =
        has_body ? static_cast<std::size_t>(number_in(header(head, "content-length"))) : 0;
    if (received.size() < end + 4 + length) return std::nullopt;
    reply.body = received.substr(end + 4, length);
    received.erase(0, end + 4 + length);
    return reply;
}

}  // namespace

Line::Line(Wires& wires, std::uint32_t number)
    : wires_(wires),
      from_(kFirstAddress + number % kAddresses),
      socket_(wires.loop),
      timer_(wires.loop) {}

template <class Step>
auto Line::while_open(Step step) {
    return [this, step, connection = connection_](const Error& error, std::size_t bytes = 0) {
        if (connection != connection_) return;
        if (error) return fail();
        step(bytes);
    };
}

void Line::ask(std::string request, Millis patience, Handler handler) {
    request_ = std::move(request);
    handler_ = std::move(handler);
    timer_.expires_after(patience);
    timer_.async_wait([this](const Error& error) {
        // Not one that ran out for the request before.
        const bool is_over = timer_.expiry() <= asio::steady_timer::clock_type::now();
        if (!error && is_over && is_asking()) fail();
    });
    if (socket_.is_open())
        write();
    else
        open();
}

void Line::open() {
    Error error;
    socket_.open(tcp::v4(), error);
    if (!error) socket_.set_option(tcp::no_delay(true), error);
    // The port is chosen when the other end is known, so that each address has all of them.
    const int on = 1;
    (void)setsockopt(socket_.native_handle(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (!error) socket_.bind({from_, 0}, error);
    if (error)
        return asio::post(
            wires_.loop,
            [on_error = while_open([](std::size_t) {}), error]() mutable { on_error(error); });
    socket_.async_connect(wires_.server, while_open([this](std::size_t) {
                              read();
                              write();
                          }));
}

void Line::write() {
    asio::async_write(socket_, asio::buffer(request_), while_open([](std::size_t) {}));
}

void Line::read() {
    socket_.async_read_some(asio::buffer(chunk_),
                            while_open([this](std::size_t bytes) { take(bytes); }));
}

void Line::take(std::size_t bytes) {
    received_.append(chunk_, bytes);
    read();
    std::optional<Reply> reply = take_reply(received_);
    if (reply && is_asking()) answer(std::move(reply));
}

void Line::fail() {
    close();
    if (is_asking())
        answer(std::nullopt);
    else if (on_end_)
        on_end_();
}

void Line::close() {
    ++connection_;
    received_.clear();
    Error ignored;
    socket_.close(ignored);
}

void Line::answer(std::optional<Reply> reply) {
    timer_.cancel();
    Handler handler = std::move(handler_);
    handler_ = nullptr;
    handler(std::move(reply));
}

}  // namespace ventanilla::herd
