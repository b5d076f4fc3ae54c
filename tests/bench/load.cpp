#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "shared/base/text.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/person.hpp"

// bench_load PORT CLIENTS SECONDS BATCH: CLIENTS connections push BATCH comments at a time as fast
// as they are answered; prints one line of JSON. Every answer is checked: a rejected command stops
// the run.

namespace ventanilla::bench {

namespace {

constexpr std::size_t kPushesPerRequest = 50;  // then a new request is begun

// One client: submits a request, comments on it, begins another, until the time is over.
class Client {
  public:
    Client(int port, const Person& person, std::uint64_t seed)
        : person_(person), random_(seed), http_(port) {}

    void run(Clock::time_point until, std::size_t batch) {
        Id request;
        for (std::size_t pushes = 0; Clock::now() < until; ++pushes) {
            if (pushes % kPushesPerRequest == 0) {
                request = submit_request(http_, person_, random_);
                ++accepted;
            }
            const Clock::time_point start = Clock::now();
            std::vector<commands::Command> commands;
            for (std::size_t at = 0; at < batch; ++at)
                commands.push_back(comment_on(request, random_));
            push(http_, person_, std::move(commands));
            latencies.push_back(ms_between(start, Clock::now()));
            accepted += batch;
        }
    }

    std::vector<double> latencies;
    std::size_t accepted = 0;

  private:
    const Person& person_;
    SeededRandom random_;
    HttpClient http_;
};

void run(int port, int clients, int seconds, std::size_t batch) {
    SeededRandom random(static_cast<std::uint64_t>(Clock::now().time_since_epoch().count()));
    const Person writer = sign_in(port, "lucia.ferreyra", random);
    std::vector<std::unique_ptr<Client>> all;
    for (int at = 0; at < clients; ++at)
        all.push_back(std::make_unique<Client>(port, writer, random.next()));

    const Clock::time_point start = Clock::now();
    std::vector<std::thread> threads;
    for (auto& client : all)
        threads.emplace_back([&] { client->run(start + std::chrono::seconds(seconds), batch); });
    for (std::thread& thread : threads)
        thread.join();
    const double took = ms_between(start, Clock::now());

    std::vector<double> latencies;
    std::size_t accepted = 0;
    for (const auto& client : all) {
        latencies.insert(latencies.end(), client->latencies.begin(), client->latencies.end());
        accepted += client->accepted;
    }
    std::printf("{\"accepted\": %zu, \"per_second\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f}\n",
                accepted,
                static_cast<double>(accepted) * 1000.0 / took,
                percentile(latencies, 0.5),
                percentile(latencies, 0.99));
}

}  // namespace

}  // namespace ventanilla::bench

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "bench_load PORT CLIENTS SECONDS BATCH\n");
        return 2;
    }
    const auto number = [&](int at) {
        return std::max(1, static_cast<int>(std::strtol(argv[at], nullptr, 10)));
    };
    ventanilla::bench::run(number(1), number(2), number(3), static_cast<std::size_t>(number(4)));
    return 0;
}
