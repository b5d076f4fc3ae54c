#include "server/http/connection.hpp"

#include <algorithm>
#include <array>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "server/http/glance.hpp"
#include "server/http/log.hpp"
#include "server/http/problem.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

namespace beast = boost::beast;
namespace wire = boost::beast::http;

using Parser = wire::request_parser<wire::string_body>;

constexpr std::size_t kTargetBytesMax = 8 * 1024;
constexpr std::size_t kLivePerSession = 6;  // tabs that each lost their lock, and then some
constexpr std::size_t kSlowestBytesPerS = 8 * 1024;

// What an answer needs besides itself.
struct Reply {
    HttpResponse response;
    bool is_head = false;
    bool keeps_alive = true;
};

HttpRequest request_of(const Parser& parser, std::string peer, bool is_behind_proxy) {
    const auto& message = parser.get();
    HttpRequest request;
    request.method = std::string{message.method_string()};
    const std::string_view target{message.target().data(), message.target().size()};
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = std::string{target.substr(0, mark)};
    if (mark < target.size()) request.query = std::string{target.substr(mark + 1)};
    for (const auto& field : message) {
        std::string name{field.name_string()};
        for (char& c : name) {
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        request.headers.emplace_back(std::move(name), std::string{field.value()});
    }
    request.body = message.body();
    request.peer = std::move(peer);
    if (is_behind_proxy) {  // the last hop is the proxy's own word; the ones before are anybody's
        const std::string_view hops = request.header("x-forwarded-for");
        const std::string_view last = trimmed(hops.substr(hops.rfind(',') + 1));
        if (!last.empty()) request.peer = std::string{last};
    }
    return request;
}

// What is wrong with a request before anybody looks at what it wants. Sources: RFC 9110, RFC 9112.
std::optional<HttpResponse> objection(const HttpRequest& request, unsigned version) {
    const std::string_view lang = language_of(request);
    constexpr std::array<std::string_view, 4> kKnown = {"GET", "HEAD", "POST", "OPTIONS"};
    if (std::find(kKnown.begin(), kKnown.end(), request.method) == kKnown.end()) {
        HttpResponse response = problem(405, "method_not_allowed", lang);
        response.with("allow", "GET, HEAD, POST");
        return response;
    }
    const bool is_origin_form = !request.path.empty() && request.path[0] == '/';
    if (!is_origin_form || request.path.size() + request.query.size() > kTargetBytesMax)
        return problem(400, "bad_request", lang);
    const int hosts = request.header_count("host");
    if (hosts > 1 || (hosts == 0 && version >= 11)) return problem(400, "bad_request", lang);
    if (!request.header("content-encoding").empty()) return problem(415, "not_json", lang);
    return std::nullopt;
}

bool is_security_header(std::string_view name) {
    const Headers& headers = security_headers(true);
    return std::any_of(headers.begin(), headers.end(), [name](const auto& header) {
        return header.first == name;
    });
}

HttpResponse refusal(const beast::error_code& error) {
    if (error == wire::error::header_limit) return problem(431, "headers_too_large", "es");
    if (error == wire::error::body_limit) return problem(413, "too_large", "es");
    if (error == beast::error::timeout) return problem(408, "timeout", "es");
    return problem(400, "bad_request", "es");
}

// The one place where exceptions stop.
HttpResponse handle_safely(Application& application, const HttpRequest& request) {
    try {
        return application.handle(request);
    } catch (const std::exception& bug) {
        log(Level::Problem,
            concat("a handler threw at ", request.path, ": ", std::string_view{bug.what()}));
    } catch (...) {
        log(Level::Problem, concat("a handler threw at ", request.path));
    }
    return problem(503, "busy", language_of(request));
}

// Admitted work has been answered, or its connection is gone. Not when the server ends: the
// application may be gone by then.
class Left {
  public:
    Left(Core& core, double units) : core_(core), units_(units) {}
    ~Left() {
        if (units_ > 0 && !core_.is_stopping) core_.application.left(units_);
    }
    Left(const Left&) = delete;
    Left& operator=(const Left&) = delete;

  private:
    Core& core_;
    double units_;
};

template <class Stream>
class Session {
  public:
    Session(Core& core, Stream stream) : core_(core), stream_(std::move(stream)) {
        open_.close = [this] { lowest().cancel(); };
        core_.open.insert(&open_);
        beast::error_code error;
        const auto endpoint = lowest().socket().remote_endpoint(error);
        if (!error) peer_ = endpoint.address().to_string();
        lowest().socket().set_option(asio::ip::tcp::no_delay(true), error);
    }

    ~Session() { core_.open.erase(&open_); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    asio::awaitable<void> serve() {
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            lowest().expires_after(core_.options.header_timeout);
            const auto [error] =
                co_await stream_.async_handshake(asio::ssl::stream_base::server, kToken);
            if (error) co_return;
        }
        bool goes_on = true;
        while (goes_on && !core_.is_stopping)
            goes_on = co_await serve_one();
        co_await close();
    }

  private:
    auto& lowest() { return beast::get_lowest_layer(stream_); }

    // One request and its answer; whether another may follow.
    asio::awaitable<bool> serve_one() {
        // Waiting for a next request may take long; reading its header may not.
        if (buffer_.size() == 0) {
            open_.is_idle = true;
            lowest().expires_after(core_.options.idle_timeout);
            const auto [error, size] =
                co_await stream_.async_read_some(buffer_.prepare(4096), kToken);
            open_.is_idle = false;
            if (error) co_return false;
            buffer_.commit(size);
        }
        if (const auto wire = at_hand()) co_return co_await send(*wire, true);
        Parser parser;
        parser.header_limit(static_cast<std::uint32_t>(core_.options.header_bytes_max));
        parser.body_limit(1024 * 1024);  // raised or lowered by the path, once it is known
        lowest().expires_after(core_.options.header_timeout);
        const auto [header_error, header_size] =
            co_await wire::async_read_header(stream_, buffer_, parser, kToken);
        (void)header_size;
        if (header_error) co_return co_await refuse(header_error);

        HttpRequest head = request_of(parser, peer_, core_.options.is_behind_proxy);
        if (auto response = objection(head, parser.get().version())) {
            Reply reply{std::move(*response), head.method == "HEAD", false};
            co_return co_await write(reply);
        }
        const bool is_gated = parser.get().version() >= 11;
        const Gate gate = is_gated ? core_.application.gate(head) : Gate{};
        const Left left{core_, gate.units};
        const std::size_t body_max = core_.application.body_bytes_max(head.path);
        if (parser.content_length().value_or(0) > body_max) {
            Reply reply{problem(413, "too_large", language_of(head)), false, false};
            co_return co_await write(reply);
        }
        parser.body_limit(body_max);
        if (!parser.is_done()) {
            if (!co_await read_body(parser)) co_return false;
            head.body = std::move(parser.get().body());
        }
        if (gate.wire) co_return co_await send(*gate.wire, parser.get().keep_alive());
        co_return co_await answer(head, parser.get().keep_alive());
    }

    // The answer to what has been received, if a look is enough to give it; that is then used up.
    std::shared_ptr<const std::string> at_hand() {
        const auto received = buffer_.cdata();
        const auto seen = glance({static_cast<const char*>(received.data()), received.size()});
        if (!seen) return nullptr;
        auto wire = core_.application.at_hand(seen->path, seen->if_none_match);
        if (wire) buffer_.consume(seen->bytes);
        return wire;
    }

    asio::awaitable<bool> read_body(Parser& parser) {
        lowest().expires_after(core_.options.body_timeout);
        if (beast::iequals(parser.get()[wire::field::expect], "100-continue")) {
            static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto [error, size] =
                co_await asio::async_write(stream_, asio::buffer(kContinue), kToken);
            (void)size;
            if (error) co_return false;
        }
        const auto [error, size] = co_await wire::async_read(stream_, buffer_, parser, kToken);
        (void)size;
        if (error) co_return co_await refuse(error);
        co_return true;
    }

    // An answer that was made in advance.
    asio::awaitable<bool> send(const std::string& wire, bool keeps_alive) {
        lowest().expires_after(std::chrono::seconds{20});
        const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(wire), kToken);
        (void)size;
        co_return !error && keeps_alive && !core_.is_stopping;
    }

    // Says what was wrong, if anybody still listens. Always ends the connection.
    asio::awaitable<bool> refuse(const beast::error_code& error) {
        const bool is_gone = error == wire::error::end_of_stream || error == asio::error::eof ||
                             error == asio::error::connection_reset ||
                             error == asio::error::operation_aborted;
        if (!is_gone) {
            Reply reply{refusal(error), false, false};
            co_await write(reply);
        }
        co_return false;
    }

    asio::awaitable<bool> answer(const HttpRequest& request, bool keeps_alive) {
        Reply reply;
        if (core_.application.is_quick(request.path)) {
            reply.response = handle_safely(core_.application, request);
        } else if (core_.jobs >= core_.options.jobs_max) {
            reply.response = core_.application.busy(request);
        } else {
            ++core_.jobs;
            reply.response = co_await on_worker(request);
            --core_.jobs;
        }
        reply.is_head = request.method == "HEAD";
        reply.keeps_alive = keeps_alive && !core_.is_stopping;
        if (reply.response.live && (reply.is_head || is_full_of_streams())) {
            reply.response = problem(503, "busy", language_of(request));
        } else if (reply.response.live) {
            co_await stream_hints(std::move(*reply.response.live));
            co_return false;
        }
        co_return co_await write(reply);
    }

    [[nodiscard]] bool is_full_of_streams() const {
        return core_.hub.size() >= static_cast<std::size_t>(core_.options.live_max);
    }

    asio::awaitable<HttpResponse> on_worker(const HttpRequest& request) {
        auto work = [this, &request]() -> asio::awaitable<HttpResponse> {
            co_return handle_safely(core_.application, request);
        };
        co_return co_await asio::co_spawn(core_.pool, std::move(work), asio::use_awaitable);
    }

    template <class Message>
    void set_headers(Message& message, const Reply& reply) {
        message.keep_alive(reply.keeps_alive);
        for (const auto& [name, value] : security_headers(is_secure(core_.options)))
            message.set(name, value);
        for (const auto& [name, value] : reply.response.headers) {
            if (is_security_header(name))
                message.set(name, value);  // an answer may have a policy of its own
            else
                message.insert(name, value);
        }
        if (reply.response.header("cache-control").empty())
            message.set("cache-control", "no-store");
    }

    asio::awaitable<bool> write(const Reply& reply) {
        const std::string_view content = reply.response.content();
        const auto status = static_cast<unsigned>(reply.response.status);
        const bool has_body = !reply.is_head && status != 304 && status != 204;
        lowest().expires_after(std::chrono::seconds{
            20 + static_cast<std::int64_t>(content.size() / kSlowestBytesPerS)});
        beast::error_code failure;
        if (has_body) {
            wire::response<wire::span_body<const char>> message;
            message.result(status);
            set_headers(message, reply);
            message.body() = beast::span<const char>{content.data(), content.size()};
            message.prepare_payload();
            const auto [error, size] = co_await wire::async_write(stream_, message, kToken);
            (void)size;
            failure = error;
        } else {
            wire::response<wire::empty_body> message;
            message.result(status);
            set_headers(message, reply);
            if (reply.is_head) message.content_length(content.size());
            wire::response_serializer<wire::empty_body> serializer{message};
            const auto [error, size] =
                co_await wire::async_write_header(stream_, serializer, kToken);
            (void)size;
            failure = error;
        }
        co_return !failure && reply.keeps_alive;
    }

    // ---- hints ----

    asio::awaitable<bool> say(std::string text) {
        lowest().expires_after(std::chrono::seconds{10});
        const auto [error, size] = co_await asio::async_write(stream_, asio::buffer(text), kToken);
        (void)size;
        lowest().expires_never();
        co_return !error;
    }

    [[nodiscard]] std::string live_header() const {
        std::string header =
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n"
            "x-accel-buffering: no\r\nconnection: close\r\n";
        for (const auto& [name, value] : security_headers(is_secure(core_.options)))
            header += concat(name, ": ", value, "\r\n");
        return header + "\r\n";
    }

    asio::awaitable<void> stream_hints(LiveTopic topic) {
        Subscriber self{std::move(topic), asio::steady_timer{core_.loop}, 0, false};
        core_.hub.add(self, static_cast<int>(kLivePerSession));
        co_await tell(self);
        core_.hub.remove(self);
    }

    // Until the stream's time is over, its session ends or nobody listens.
    asio::awaitable<void> tell(Subscriber& self) {
        using Clock = std::chrono::steady_clock;
        const auto lifetime = std::chrono::milliseconds{core_.options.live_lifetime};
        const auto jitter =
            lifetime / 10 * static_cast<int>(std::hash<void*>{}(&self) / 64 % 8) / 8;
        const auto end = Clock::now() + lifetime + jitter;
        std::uint64_t told = 0;
        if (!co_await say(live_header())) co_return;
        while (!self.is_closing && !core_.is_stopping && Clock::now() < end) {
            if (self.pending > told) {
                told = self.pending;
                // As shared/sync encodes a hint.
                if (!co_await say(concat("event: head\ndata: {\"h\":", told, "}\n\n"))) co_return;
                self.timer.expires_after(core_.options.live_gap);
                // Woken early by news: still wait, so that a storm becomes four hints a second.
                const auto until = self.timer.expiry();
                while (Clock::now() < until && !self.is_closing) {
                    self.timer.expires_at(until);
                    (void)co_await self.timer.async_wait(kToken);
                }
                continue;
            }
            self.timer.expires_after(core_.options.live_heartbeat);
            const auto [woken] = co_await self.timer.async_wait(kToken);
            if (!woken && !co_await say(": hb\n\n")) co_return;
        }
    }

    asio::awaitable<void> close() {
        beast::error_code ignored;
        if constexpr (std::is_same_v<Stream, TlsStream>) {
            lowest().expires_after(std::chrono::seconds{5});
            (void)co_await stream_.async_shutdown(kToken);
        }
        lowest().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        // Reads what is still coming, a little while: closing at once would reset the connection
        // before the client has read why it was refused.
        lowest().expires_after(std::chrono::seconds{1});
        for (int i = 0; i < 64 && !core_.is_stopping; ++i) {
            buffer_.clear();
            const auto [error, size] =
                co_await lowest().async_read_some(buffer_.prepare(16 * 1024), kToken);
            (void)size;
            if (error) break;
        }
        lowest().socket().close(ignored);
    }

    Core& core_;
    Stream stream_;
    beast::flat_buffer buffer_;
    std::string peer_;
    Open open_;
};

template <class Stream>
asio::awaitable<void> serve(Core& core, Stream stream) {
    try {
        Session<Stream> session{core, std::move(stream)};
        co_await session.serve();
    } catch (const std::exception& failure) {
        log(Level::Warning, concat("a connection ended: ", std::string_view{failure.what()}));
    }
}

}  // namespace

asio::awaitable<void> serve_connection(Core& core, PlainStream stream) {
    return serve(core, std::move(stream));
}
asio::awaitable<void> serve_connection(Core& core, TlsStream stream) {
    return serve(core, std::move(stream));
}

}  // namespace ventanilla::http
