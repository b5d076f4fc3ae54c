#include "server/http/server.hpp"

#include <optional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/http/connection.hpp"
#include "server/http/log.hpp"
#include "server/http/problem.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::http {
namespace {

using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

class Listener final : public Server {
  public:
    Listener(ServerOptions options, Application& application)
        : core_(std::move(options), application),
          acceptor_(core_.loop),
          signals_(core_.loop),
          drain_(core_.loop) {}

    Status open() {
        ErrorCode error;
        const auto address = asio::ip::make_address(core_.options.address, error);
        if (error) return invalid("no address: " + core_.options.address, "address");
        if (!address.is_loopback() && !is_secure(core_.options))
            return invalid("plain HTTP is served on loopback only; use TLS or --behind-proxy",
                           "address");
        if (!core_.options.tls_certificate.empty()) TRY(load_tls());

        const tcp::endpoint endpoint{address, core_.options.port};
        acceptor_.open(endpoint.protocol(), error);
        if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(4'096, error);
        if (error) return Error{Errc::Unavailable, "cannot listen: " + error.message(), "port"};
        return ok();
    }

    [[nodiscard]] std::uint16_t port() const override {
        ErrorCode ignored;
        return acceptor_.local_endpoint(ignored).port();
    }

    void run(bool on_signals) override {
        if (on_signals) {
            signals_.add(SIGINT);
            signals_.add(SIGTERM);
            signals_.async_wait([this](const ErrorCode& error, int) {
                if (!error) begin_drain();
            });
        }
        asio::co_spawn(core_.loop, accept(), asio::detached);
        core_.loop.run();
        core_.pool.join();
    }

    void stop() override {
        asio::post(core_.loop, [this] { begin_drain(); });
    }

    void publish(std::uint64_t head, std::vector<std::string> audiences) override {
        asio::post(core_.loop, [this, head, audiences = std::move(audiences)] {
            core_.hub.publish(head, audiences);
        });
    }
    void close_session(const std::string& session) override {
        asio::post(core_.loop, [this, session] { core_.hub.close_session(session); });
    }
    void close_user(const std::string& user) override {
        asio::post(core_.loop, [this, user] { core_.hub.close_user(user); });
    }

  private:
    Status load_tls() {
        tls_.emplace(asio::ssl::context::tls_server);
        ErrorCode error;
        tls_->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_sslv2 |
                              asio::ssl::context::no_sslv3 | asio::ssl::context::no_tlsv1 |
                              asio::ssl::context::no_tlsv1_1,
                          error);
        if (!error) tls_->use_certificate_chain_file(core_.options.tls_certificate, error);
        if (!error)
            tls_->use_private_key_file(core_.options.tls_key, asio::ssl::context::pem, error);
        if (error) return invalid("TLS files: " + error.message(), "tls");
        return ok();
    }

    asio::awaitable<void> accept() {
        while (!core_.is_stopping) {
            auto [error, socket] = co_await acceptor_.async_accept(kToken);
            if (error) {
                if (core_.is_stopping || error == asio::error::operation_aborted) co_return;
                co_await rest();  // out of descriptors: wait for connections to end
                continue;
            }
            if (static_cast<int>(core_.open.size()) >= core_.options.connections_max) {
                ErrorCode ignored;
                socket.close(ignored);
                continue;
            }
            spawn(std::move(socket));
        }
    }

    void spawn(tcp::socket socket) {
        if (tls_) {
            TlsStream stream{PlainStream{std::move(socket)}, *tls_};
            asio::co_spawn(core_.loop, serve_connection(core_, std::move(stream)), asio::detached);
        } else {
            PlainStream stream{std::move(socket)};
            asio::co_spawn(core_.loop, serve_connection(core_, std::move(stream)), asio::detached);
        }
    }

    asio::awaitable<void> rest() {
        asio::steady_timer timer{core_.loop, std::chrono::milliseconds{100}};
        (void)co_await timer.async_wait(kToken);
    }

    // No new connections; streams and idle connections end; what is under way has a few seconds.
    void begin_drain() {
        if (core_.is_stopping) return;
        core_.is_stopping = true;
        log(Level::Info, "stopping: finishing what is under way");
        ErrorCode ignored;
        acceptor_.close(ignored);
        signals_.cancel(ignored);
        core_.hub.close_all();
        for (Open* open : core_.open) {
            if (open->is_idle) open->close();
        }
        drain_.expires_after(core_.options.drain_timeout);
        drain_.async_wait([this](const ErrorCode& error) {
            if (!error) core_.loop.stop();
        });
        watch_drain();
    }

    // Ends the wait as soon as the last connection is gone.
    void watch_drain() {
        if (core_.open.empty()) {
            core_.loop.stop();
            return;
        }
        auto timer =
            std::make_shared<asio::steady_timer>(core_.loop, std::chrono::milliseconds{20});
        timer->async_wait([this, timer](const ErrorCode&) { watch_drain(); });
    }

    Core core_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    asio::steady_timer drain_;
    std::optional<asio::ssl::context> tls_;
};

}  // namespace

HttpResponse Application::busy(const HttpRequest& request) {
    return problem(503, "busy", language_of(request));
}

Result<std::unique_ptr<Server>> Server::create(ServerOptions options, Application& application) {
    auto listener = std::make_unique<Listener>(std::move(options), application);
    TRY(listener->open());
    return std::unique_ptr<Server>(std::move(listener));
}

}  // namespace ventanilla::http
