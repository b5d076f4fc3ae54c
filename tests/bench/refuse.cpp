#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "shared/base/text.hpp"
#include "shared/recovery/advice.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/person.hpp"

// bench_refuse PORT CONNECTIONS SECONDS: fills the server's turns for the next minutes, then knocks
// without a turn as fast as it is refused, with a whole command each time. Prints one line of JSON.
// For a server that has just started: later it would take everybody.

namespace ventanilla::bench {

namespace {

constexpr Millis kTurnsAhead{60'000};
constexpr int kTurnsMost = 200'000;
constexpr int kCommandsInTurn = 10;

// Takes turns until the next one is a minute away.
void fill(int port) {
    HttpClient http(port);
    const std::string wanted = recovery::encode(recovery::SlotRequest{.items = kCommandsInTurn});
    for (int taken = 0; taken < kTurnsMost; ++taken) {
        const Answer answer = http.post(recovery::kSlotPath, {}, wanted);
        const auto grant = recovery::decode_grant(answer.body);
        if (answer.status != 200 || !grant) give_up(concat("turn: ", answer.status));
        if (grant->mode == recovery::Mode::Normal) give_up("the server gives no turns");
        if (grant->slot >= kTurnsAhead) return;
    }
    give_up("the turns do not end");
}

struct Knocker {
    HttpClient http;
    std::vector<double> latencies;
};

void knock(Knocker& knocker,
           const Person& person,
           const std::string& message,
           Clock::time_point until) {
    while (Clock::now() < until) {
        const Clock::time_point start = Clock::now();
        const Answer answer = knocker.http.post(sync::kPushPath, person.headers, message);
        if (answer.status != 503) give_up(concat("not refused: ", answer.status));
        knocker.latencies.push_back(ms_between(start, Clock::now()));
    }
}

void run(int port, int connections, int seconds) {
    SeededRandom random(static_cast<std::uint64_t>(Clock::now().time_since_epoch().count()));
    Person person = sign_in(port, "lucia.ferreyra", random);
    // What waited, not what was just given.
    person.headers.erase(person.headers.find("Outbox-Lane"));
    sync::PushRequest request;
    request.device = person.device;
    request.user = person.session.user;
    request.commands.emplace_back().command = comment_on(random_id(random), random);
    const std::string message = sync::encode(request);
    fill(port);
    std::vector<std::unique_ptr<Knocker>> knockers;
    for (int at = 0; at < connections; ++at)
        knockers.push_back(std::unique_ptr<Knocker>(new Knocker{HttpClient(port), {}}));
    const Clock::time_point start = Clock::now();
    std::vector<std::thread> threads;
    for (auto& knocker : knockers)
        threads.emplace_back(
            [&] { knock(*knocker, person, message, start + std::chrono::seconds(seconds)); });
    for (std::thread& thread : threads)
        thread.join();
    const double took = ms_between(start, Clock::now());
    std::vector<double> latencies;
    for (const auto& knocker : knockers)
        latencies.insert(latencies.end(), knocker->latencies.begin(), knocker->latencies.end());
    std::printf("{\"refused\": %zu, \"per_second\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f}\n",
                latencies.size(),
                static_cast<double>(latencies.size()) * 1000.0 / took,
                percentile(latencies, 0.5),
                percentile(latencies, 0.99));
}

}  // namespace

}  // namespace ventanilla::bench

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "bench_refuse PORT CONNECTIONS SECONDS\n");
        return 2;
    }
    const auto number = [&](int at) {
        return std::max(1, static_cast<int>(std::strtol(argv[at], nullptr, 10)));
    };
    ventanilla::bench::run(number(1), number(2), number(3));
    return 0;
}
