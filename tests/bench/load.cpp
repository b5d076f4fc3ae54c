#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/bench/http_client.hpp"

// bench_load PORT CLIENTS SECONDS LISTENERS BATCH: CLIENTS connections push comments as fast as
// they are answered while LISTENERS event streams wait for news; prints one line of JSON. Every
// answer is checked: a rejected command stops the run.

namespace ventanilla::bench {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::string_view kPassword = "ventanilla-demo";
constexpr std::string_view kAgents[] = {
    "sofia.arrieta", "owen.blake", "carla.nunez", "bruno.tedesco"};
constexpr int kStreamsPerSession = 6;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

[[noreturn]] void give_up(const std::string& what) {
    std::fprintf(stderr, "bench_load: %s\n", what.c_str());
    std::exit(1);
}

// Somebody signed in on a device of their own.
struct Person {
    std::string headers;
    sync::SessionInfo session;
    Id device;
};

Person sign_in(int port, std::string_view login, Random& random) {
    Person person;
    person.device = random_id(random);
    const std::string device = concat("X-Device: ", to_text(person.device), "\r\n");
    HttpClient client(port);
    const Answer answer =
        client.post(sync::kLoginPath,
                    device,
                    sync::encode(sync::LoginRequest{std::string(login), std::string(kPassword)}));
    const auto session = sync::decode_session_info(answer.body);
    if (answer.status != 200 || !session)
        give_up(concat("sign-in: ", answer.status, " ", answer.body));
    person.session = *session;
    person.headers = concat(device, "Cookie: ", answer.cookie, "\r\n");
    return person;
}

commands::Command command(Random& random, std::string type, Json args, const Id& entity) {
    commands::Command made;
    made.cmd_id = random_id(random);
    made.type = std::move(type);
    made.args = std::move(args);
    made.lane = concat("request:", to_text(is_nil(entity) ? made.cmd_id : entity));
    return made;
}

// One client: submits a request, then comments on it until the time is over.
class Client {
  public:
    Client(int port, Person person, std::uint64_t seed)
        : person_(std::move(person)), random_(seed), http_(port) {}

    void run(Clock::time_point until, std::size_t batch) {
        while (Clock::now() < until) {
            if (comments_ % 50 == 0) request_ = submit();
            const Clock::time_point start = Clock::now();
            std::vector<commands::Command> commands;
            for (std::size_t at = 0; at < batch; at++) {
                commands.push_back(
                    command(random_,
                            "request.comment",
                            {{"request", to_text(request_)}, {"text", "Sigue igual"}},
                            request_));
            }
            push(std::move(commands));
            latencies.push_back(ms_since(start));
            accepted += batch;
            comments_++;
        }
    }

    std::vector<double> latencies;
    std::size_t accepted = 0;

  private:
    Id submit() {
        const Json answers = {{"kind", "vpn"},
                              {"symptom", "drops"},
                              {"place", "home"},
                              {"other_sites", "yes"},
                              {"who", "me"},
                              {"can_work", "partly"}};
        std::vector<commands::Command> commands;
        commands.push_back(
            command(random_,
                    "request.submit",
                    {{"item", "INC-03"}, {"form_version", 1}, {"answers", answers}, {"lang", "es"}},
                    {}));
        accepted++;
        return push(std::move(commands)).front().entity;
    }

    std::vector<sync::CommandResult> push(std::vector<commands::Command> commands) {
        sync::PushRequest request;
        request.device = person_.device;
        request.user = person_.session.user;
        for (commands::Command& each : commands) {
            sync::PushCommand pushed;
            pushed.command = std::move(each);
            request.commands.push_back(std::move(pushed));
        }
        const Answer answer = http_.post(sync::kPushPath, person_.headers, sync::encode(request));
        auto response = sync::decode_push_response(answer.body);
        if (answer.status != 200 || !response)
            give_up(concat("push: ", answer.status, " ", answer.body));
        for (const sync::CommandResult& result : response->results) {
            if (result.status != sync::ResultStatus::Applied)
                give_up(concat("not applied: ", answer.body));
        }
        return std::move(response->results);
    }

    Person person_;
    SeededRandom random_;
    HttpClient http_;
    Id request_;
    std::size_t comments_ = 0;
};

// Event streams that wait; counts how long each hint took from a push that began at `pushed_at`.
class Listeners {
  public:
    Listeners(int port, int count, Random& random) {
        for (int at = 0; at < count; at++) {
            if (at % kStreamsPerSession == 0) {
                const auto agent = static_cast<std::size_t>(at / kStreamsPerSession);
                people_.push_back(sign_in(port, kAgents[agent % std::size(kAgents)], random));
            }
            streams_.push_back(std::make_unique<HttpClient>(port));
            streams_.back()->open_stream(sync::kLivePath, people_.back().headers);
        }
        drain(std::chrono::milliseconds(300));
    }

    // How long each stream took to say something after `pushed_at`; what says nothing in 2 s counts
    // 2 s.
    std::vector<double> hear(Clock::time_point pushed_at) {
        std::vector<double> delays(streams_.size(), 2000.0);
        std::size_t heard = 0;
        while (heard < streams_.size() && ms_since(pushed_at) < 2000.0) {
            std::vector<pollfd> waiting = polls();
            if (poll(waiting.data(), waiting.size(), 50) <= 0) continue;
            for (std::size_t at = 0; at < waiting.size(); at++) {
                if ((waiting[at].revents & POLLIN) == 0) continue;
                read_some(waiting[at].fd);
                if (delays[at] < 2000.0) continue;
                delays[at] = ms_since(pushed_at);
                heard++;
            }
        }
        return delays;
    }

    void drain(std::chrono::milliseconds quiet) {
        std::vector<pollfd> waiting = polls();
        while (poll(waiting.data(), waiting.size(), static_cast<int>(quiet.count())) > 0) {
            for (const pollfd& each : waiting) {
                if ((each.revents & POLLIN) != 0) read_some(each.fd);
            }
        }
    }

  private:
    static void read_some(int socket) {
        char chunk[4096];
        if (recv(socket, chunk, sizeof chunk, 0) <= 0) give_up("a stream ended");
    }

    [[nodiscard]] std::vector<pollfd> polls() const {
        std::vector<pollfd> waiting;
        for (const auto& stream : streams_)
            waiting.push_back({stream->socket(), POLLIN, 0});
        return waiting;
    }

    std::vector<Person> people_;
    std::vector<std::unique_ptr<HttpClient>> streams_;
};

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0.0;
    std::sort(values.begin(), values.end());
    const auto last = static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(last * part)];
}

void run(int port, int clients, int seconds, int listeners, std::size_t batch) {
    SeededRandom random(static_cast<std::uint64_t>(Clock::now().time_since_epoch().count()));
    std::vector<std::unique_ptr<Client>> all;
    const Person writer = sign_in(port, "lucia.ferreyra", random);
    for (int at = 0; at < clients; at++)
        all.push_back(std::make_unique<Client>(port, writer, random.next()));

    const Clock::time_point start = Clock::now();
    std::vector<std::thread> threads;
    for (auto& client : all) {
        threads.emplace_back([&] { client->run(start + std::chrono::seconds(seconds), batch); });
    }
    for (std::thread& thread : threads)
        thread.join();
    const double took = ms_since(start);

    std::vector<double> latencies;
    std::size_t accepted = 0;
    for (const auto& client : all) {
        latencies.insert(latencies.end(), client->latencies.begin(), client->latencies.end());
        accepted += client->accepted;
    }
    std::vector<double> delays;
    if (listeners > 0) {
        Listeners waiting(port, listeners, random);
        Client one(port, writer, random.next());
        for (int round = 0; round < 20; round++) {
            const Clock::time_point pushed_at = Clock::now();
            one.run(pushed_at + std::chrono::microseconds(1), 1);
            const std::vector<double> heard = waiting.hear(pushed_at);
            delays.insert(delays.end(), heard.begin(), heard.end());
            waiting.drain(std::chrono::milliseconds(100));
        }
    }
    std::printf(
        "{\"accepted\": %zu, \"per_second\": %.0f, \"p50_ms\": %.2f, \"p99_ms\": %.2f, "
        "\"hint_p50_ms\": %.1f, \"hint_p99_ms\": %.1f}\n",
        accepted,
        static_cast<double>(accepted) * 1000.0 / took,
        percentile(latencies, 0.5),
        percentile(latencies, 0.99),
        percentile(delays, 0.5),
        percentile(delays, 0.99));
}

}  // namespace

}  // namespace ventanilla::bench

int main(int argc, char** argv) {
    if (argc != 6) {
        std::fprintf(stderr, "bench_load PORT CLIENTS SECONDS LISTENERS BATCH\n");
        return 2;
    }
    int numbers[5];
    for (int at = 0; at < 5; at++)
        numbers[at] = static_cast<int>(std::strtol(argv[at + 1], nullptr, 10));
    ventanilla::bench::run(numbers[0],
                           numbers[1],
                           numbers[2],
                           numbers[3],
                           static_cast<std::size_t>(std::max(1, numbers[4])));
    return 0;
}
