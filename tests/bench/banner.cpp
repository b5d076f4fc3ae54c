#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>

#include "shared/base/text.hpp"
#include "shared/recovery/advice.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/http_client.hpp"

// bench_banner PORT CONNECTIONS SECONDS: each connection asks for the banner it already has, and
// again as soon as it is told that nothing changed. Prints one line of JSON. The answers are as
// many as the questions; what is in them is looked at once a connection.

namespace ventanilla::bench {

namespace {

[[noreturn]] void stop(const char* what) {
    std::fprintf(stderr, "bench_banner: %s\n", what);
    std::exit(1);
}

// One that has the banner and asks whether it is still the one.
class Asker {
  public:
    explicit Asker(int port) : http_(port) {
        http_.send_get(recovery::kBannerPath, {});
        const Answer first = http_.receive();
        if (first.status != 200 || first.etag.empty()) stop("no banner");
        request_ = concat("GET ",
                          recovery::kBannerPath,
                          " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: es\r\n",
                          "If-None-Match: ",
                          first.etag,
                          "\r\n\r\n");
    }

    [[nodiscard]] int socket() const { return http_.socket(); }

    void ask() {
        asked_at_ = Clock::now();
        const ssize_t sent = send(http_.socket(), request_.data(), request_.size(), MSG_NOSIGNAL);
        if (sent != static_cast<ssize_t>(request_.size())) stop("a request did not go out whole");
    }

    // The banner may change while we measure: then it comes whole, and is whole when its end has
    // come. Gives whether the answer is complete.
    bool heard() {
        char chunk[8192];
        const ssize_t got = recv(http_.socket(), chunk, sizeof chunk, 0);
        if (got <= 0) stop("the server closed a connection");
        text_.append(chunk, static_cast<std::size_t>(got));
        const bool is_unchanged = text_.starts_with("HTTP/1.1 304");
        const bool is_whole = text_.ends_with(is_unchanged ? "\r\n\r\n" : "}");
        if (!is_whole) return false;
        if (!is_unchanged && !text_.starts_with("HTTP/1.1 200")) stop("neither 200 nor 304");
        unchanged += is_unchanged ? 1 : 0;
        text_.clear();
        latencies.push_back(ms_between(asked_at_, Clock::now()));
        return true;
    }

    std::vector<double> latencies;
    std::size_t unchanged = 0;

  private:
    HttpClient http_;
    std::string request_;
    std::string text_;
    Clock::time_point asked_at_;
};

void run(int port, int connections, int seconds) {
    std::vector<std::unique_ptr<Asker>> askers;
    const int events = epoll_create1(0);
    for (int at = 0; at < connections; ++at) {
        askers.push_back(std::make_unique<Asker>(port));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = askers.back().get();
        epoll_ctl(events, EPOLL_CTL_ADD, askers.back()->socket(), &event);
    }
    const Clock::time_point start = Clock::now();
    const Clock::time_point end = start + std::chrono::seconds(seconds);
    for (auto& asker : askers)
        asker->ask();
    std::vector<epoll_event> ready(static_cast<std::size_t>(connections));
    while (Clock::now() < end) {
        const int count = epoll_wait(events, ready.data(), connections, 100);
        for (int at = 0; at < count; ++at) {
            auto* asker = static_cast<Asker*>(ready[static_cast<std::size_t>(at)].data.ptr);
            if (asker->heard()) asker->ask();
        }
    }
    const double took = ms_between(start, Clock::now());
    std::vector<double> latencies;
    std::size_t unchanged = 0;
    for (const auto& asker : askers) {
        latencies.insert(latencies.end(), asker->latencies.begin(), asker->latencies.end());
        unchanged += asker->unchanged;
    }
    std::printf(
        "{\"answered\": %zu, \"unchanged\": %zu, \"per_second\": %.0f, \"p50_ms\": %.2f, "
        "\"p99_ms\": %.2f}\n",
        latencies.size(),
        unchanged,
        static_cast<double>(latencies.size()) * 1000.0 / took,
        percentile(latencies, 0.5),
        percentile(latencies, 0.99));
}

}  // namespace

}  // namespace ventanilla::bench

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "bench_banner PORT CONNECTIONS SECONDS\n");
        return 2;
    }
    const auto number = [&](int at) {
        return std::max(1, static_cast<int>(std::strtol(argv[at], nullptr, 10)));
    };
    ventanilla::bench::run(number(1), number(2), number(3));
    return 0;
}
