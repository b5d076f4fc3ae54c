#include <charconv>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http/problem.hpp"
#include "server/http/server.hpp"
#include "shared/base/text.hpp"

// The listener over real sockets: bad requests, limits, streams, stopping.

namespace ventanilla::server_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class Echo final : public http::Application {
  public:
    [[nodiscard]] std::size_t body_bytes_max(std::string_view path) const override {
        return path == "/echo" ? 1'000 : 0;
    }
    [[nodiscard]] bool is_quick(std::string_view path) const override { return path == "/quick"; }
    http::HttpResponse handle(const http::HttpRequest& request) override {
        if (request.path == "/throw") throw std::runtime_error("a bug");
        if (request.path == "/slow") std::this_thread::sleep_for(milliseconds{300});
        http::HttpResponse response = http::json_response("[" + request.body + "]");
        if (request.path == "/live") {
            response.live =
                http::LiveTopic{.session = "s", .user = "u", .audiences = {"team:it"}, .head = 7};
        }
        return response;
    }
};

class Listener : public testing::Test {
  protected:
    void SetUp() override { start({}); }

    void start(http::ServerOptions options) {
        options.port = 0;
        options.workers = 4;
        options.header_timeout = seconds{1};
        options.body_timeout = seconds{1};
        options.live_gap = milliseconds{50};
        auto created = http::Server::create(options, echo_);
        ASSERT_TRUE(created) << created.error().detail;
        server_ = std::move(created).value();
        thread_ = std::thread([this] { server_->run(false); });
    }
    void TearDown() override {
        server_->stop();
        if (thread_.joinable()) thread_.join();
    }

    [[nodiscard]] int connect() const {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server_->port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const timeval patience{.tv_sec = 5, .tv_usec = 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        return descriptor;
    }

    static void say(int descriptor, std::string_view text) {
        (void)!::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    }

    // Reads until `end` was seen or the other side closes.
    static std::string hear(int descriptor, std::string_view end = {}) {
        std::string text;
        char buffer[4096];
        while (end.empty() || text.find(end) == std::string::npos) {
            const ssize_t count = ::recv(descriptor, buffer, sizeof buffer, 0);
            if (count <= 0) break;
            text.append(buffer, static_cast<std::size_t>(count));
        }
        return text;
    }

    [[nodiscard]] std::string ask(std::string_view text) const {
        const int descriptor = connect();
        say(descriptor, text);
        ::shutdown(descriptor, SHUT_WR);
        std::string answer = hear(descriptor);
        ::close(descriptor);
        return answer;
    }

    Echo echo_;
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

int status_of(const std::string& answer) {
    int status = 0;
    if (answer.size() > 12) std::from_chars(answer.data() + 9, answer.data() + 12, status);
    return status;
}

struct Raw {
    const char* name;
    std::string text;
    int status;  // of the first answer; 0: closed without one
};

const std::string kHost = "Host: a\r\n";

// How a request says where it ends. Source: RFC 9112, sections 6 and 7.
std::vector<Raw> framing() {
    return {
        {"a good one", "GET /quick HTTP/1.1\r\n" + kHost + "\r\n", 200},
        {"a body", "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\n\r\nhi", 200},
        {"a chunked body",
         "POST /echo HTTP/1.1\r\n" + kHost +
             "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
         200},
        {"length and chunks at once",
         "POST /echo HTTP/1.1\r\n" + kHost +
             "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
         400},
        {"two lengths",
         "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
         400},
        {"a negative length",
         "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: -1\r\n\r\n",
         400},
        {"a length with a plus",
         "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: +2\r\n\r\nhi",
         400},
        {"a length beyond 64 bits",
         "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 99999999999999999999999\r\n\r\n",
         400},
        {"a bad chunk size",
         "POST /echo HTTP/1.1\r\n" + kHost +
             "Transfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n0\r\n\r\n",
         400},
        {"a space before the colon", "GET /quick HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"a folded header", "GET /quick HTTP/1.1\r\n" + kHost + "X: a\r\n b\r\n\r\n", 200},
        {"a bare carriage return", "GET /quick HTTP/1.1\r\n" + kHost + "X: a\rb\r\n\r\n", 400},
        {"a NUL in a header",
         std::string("GET /quick HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 40),
         400},
        {"a NUL in the target", std::string("GET /qu\0ck HTTP/1.1\r\nHost: a\r\n\r\n", 32), 400},
    };
}

// What may be asked for, and how much may be said.
std::vector<Raw> manners() {
    return {
        {"no host", "GET /quick HTTP/1.1\r\n\r\n", 400},
        {"two hosts", "GET /quick HTTP/1.1\r\n" + kHost + "Host: b\r\n\r\n", 400},
        {"HTTP/0.9", "GET /quick\r\n\r\n", 400},
        {"HTTP/3.0", "GET /quick HTTP/3.0\r\n\r\n", 400},
        {"a whole URL", "GET http://a/quick HTTP/1.1\r\n" + kHost + "\r\n", 400},
        {"TRACE", "TRACE /quick HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"CONNECT", "CONNECT a:1 HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"DELETE", "DELETE /quick HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"a method nobody knows", "BREW /quick HTTP/1.1\r\n" + kHost + "\r\n", 405},
        {"a header of 20 KB",
         "GET /quick HTTP/1.1\r\n" + kHost + "X: " + std::string(20'000, 'x') + "\r\n\r\n",
         431},
        {"a long target",
         "GET /" + std::string(9'000, 'x') + " HTTP/1.1\r\n" + kHost + "\r\n",
         400},
        {"a body over the path's limit",
         "POST /echo HTTP/1.1\r\n" + kHost + "Content-Length: 5000\r\n\r\n" +
             std::string(5'000, 'x'),
         413},
        {"a body where none belongs",
         "POST /quick HTTP/1.1\r\n" + kHost + "Content-Length: 2\r\n\r\nhi",
         413},
        {"chunks over the path's limit",
         "POST /echo HTTP/1.1\r\n" + kHost + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" +
             std::string(2'000, 'x') + "\r\n0\r\n\r\n",
         413},
        {"a compressed body",
         "POST /echo HTTP/1.1\r\n" + kHost +
             "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhi",
         415},
        {"rubbish", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
        {"nothing", "", 0},
    };
}

TEST_F(Listener, AnswersBadHttpWithAProblemAndGoesOn) {
    std::vector<Raw> corpus = framing();
    for (Raw& one : manners())
        corpus.push_back(std::move(one));
    for (const Raw& one : corpus) {
        const std::string answer = ask(one.text);
        EXPECT_EQ(status_of(answer), one.status) << one.name << "\n" << answer.substr(0, 300);
        const bool is_problem = answer.find("application/problem+json") != std::string::npos;
        EXPECT_EQ(is_problem, one.status >= 400) << one.name;
    }
    EXPECT_EQ(status_of(ask(corpus[0].text)), 200) << "and it still serves";
}

TEST_F(Listener, AHandlersExceptionIsA503WithoutItsText) {
    const std::string answer = ask("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(status_of(answer), 503);
    EXPECT_EQ(answer.find("a bug"), std::string::npos);
}

TEST_F(Listener, KeepsAConnectionAndTakesRequestsOneBehindTheOther) {
    const std::string one = "GET /quick HTTP/1.1\r\nHost: a\r\n\r\n";
    const std::string answer = ask(one + one + one);
    std::size_t count = 0;
    for (std::size_t at = answer.find("HTTP/1.1 200"); at != std::string::npos;
         at = answer.find("HTTP/1.1 200", at + 1))
        ++count;
    EXPECT_EQ(count, 3u);
}

TEST_F(Listener, EveryAnswerHasTheSecurityHeaders) {
    for (const char* path : {"/quick", "/echo", "/throw"}) {
        const std::string answer = ask(concat("GET ", path, " HTTP/1.1\r\nHost: a\r\n\r\n"));
        for (const char* header :
             {"content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';",
              "require-trusted-types-for 'script'",
              "x-content-type-options: nosniff",
              "referrer-policy: no-referrer",
              "cross-origin-opener-policy: same-origin",
              "cross-origin-resource-policy: same-origin",
              "cache-control: no-store"})
            EXPECT_NE(answer.find(header), std::string::npos) << path << " " << header;
        EXPECT_EQ(answer.find("Server:"), std::string::npos);
    }
}

TEST_F(Listener, HeadHasTheLengthAndNoBody) {
    const std::string answer = ask("HEAD /quick HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_NE(answer.find("Content-Length: 2"), std::string::npos) << answer;
    EXPECT_EQ(answer.substr(answer.size() - 4), "\r\n\r\n");
}

TEST_F(Listener, ASlowHeaderIsNotWaitedForForever) {
    const int descriptor = connect();
    say(descriptor, "GET /quick HTTP/1.1\r\nHo");
    const auto began = std::chrono::steady_clock::now();
    const std::string answer = hear(descriptor);
    EXPECT_LT(std::chrono::steady_clock::now() - began, seconds{4});
    EXPECT_EQ(answer.find("200 OK"), std::string::npos);
    ::close(descriptor);
}

TEST_F(Listener, AStreamSaysTheHeadAtOnceAndThenOnlyWhatConcernsIt) {
    const int descriptor = connect();
    say(descriptor, "GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
    const std::string first = hear(descriptor, "{\"h\":7}\n\n");
    EXPECT_NE(first.find("text/event-stream"), std::string::npos);
    EXPECT_NE(first.find("event: head\ndata: {\"h\":7}\n\n"), std::string::npos) << first;
    server_->publish(8, {"user:somebody else"});
    server_->publish(9, {"team:it"});
    const std::string second = hear(descriptor, "}\n\n");
    EXPECT_NE(second.find("{\"h\":9}"), std::string::npos) << second;
    server_->close_session("s");
    EXPECT_EQ(hear(descriptor).find("head"), std::string::npos) << "and the stream ends";
    ::close(descriptor);
}

TEST_F(Listener, AStormOfChangesBecomesAFewHints) {
    const int descriptor = connect();
    say(descriptor, "GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
    (void)hear(descriptor, "{\"h\":7}\n\n");
    for (std::uint64_t head = 8; head <= 500; ++head)
        server_->publish(head, {"team:it"});
    const std::string hints = hear(descriptor, "{\"h\":500}\n\n");
    std::size_t count = 0;
    for (std::size_t at = hints.find("event:"); at != std::string::npos;
         at = hints.find("event:", at + 1))
        ++count;
    EXPECT_LE(count, 10u);
    ::close(descriptor);
}

TEST_F(Listener, StoppingAnswersWhatIsUnderWay) {
    const int slow = connect();
    const int stream = connect();
    const int idle = connect();
    say(slow, "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    say(stream, "GET /live HTTP/1.1\r\nHost: a\r\n\r\n");
    (void)hear(stream, "{\"h\":7}\n\n");
    server_->stop();
    EXPECT_EQ(status_of(hear(slow)), 200);
    EXPECT_EQ(hear(stream), "");
    EXPECT_EQ(hear(idle), "");
    thread_.join();
    for (const int descriptor : {slow, stream, idle})
        ::close(descriptor);
}

class FullListener : public Listener {
  protected:
    void SetUp() override {
        http::ServerOptions options;
        options.jobs_max = 0;
        start(options);
    }
};

TEST_F(FullListener, StillAnswersWhatNeedsNoWorkerAndSaysSoOtherwise) {
    EXPECT_EQ(status_of(ask("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")), 200);
    const std::string answer = ask("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(status_of(answer), 503);
    EXPECT_NE(answer.find("\"busy\""), std::string::npos) << answer;
}

TEST(ListenerOptions, PlainHttpIsForLoopbackOnly) {
    Echo echo;
    http::ServerOptions options;
    options.port = 0;
    options.address = "0.0.0.0";
    EXPECT_FALSE(http::Server::create(options, echo));
    options.is_behind_proxy = true;
    EXPECT_TRUE(http::Server::create(options, echo));
    options.address = "not an address";
    EXPECT_FALSE(http::Server::create(options, echo));
}

}  // namespace
}  // namespace ventanilla::server_test
