#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <thread>
#include <vector>

#include <poll.h>

#include "shared/base/text.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/person.hpp"

// bench_spread PORT LISTENERS CHANGES comment|outage: one person changes something CHANGES times
// while LISTENERS devices of people who may see it wait on their event streams and pull when told.
// A comment on a request, twice a second on average, is for agents; an outage of everybody, one
// every few seconds, for everybody. Prints one line of JSON: how long from the moment a change was
// sent until each device held it.

namespace ventanilla::bench {

namespace {

using Logins = std::vector<std::string_view>;

const Logins kAgents = {"sofia.arrieta", "owen.blake", "carla.nunez", "bruno.tedesco"};
const Logins kRequesters = {"lucia.ferreyra",
                            "martin.bazan",
                            "esteban.rojas",
                            "marta.olmedo",
                            "alvaro.nieto",
                            "ana.prieto",
                            "helen.ward",
                            "james.ortiz"};
constexpr std::size_t kStreamsPerSession = 6;  // the server's limit
constexpr std::size_t kSignInsPerOffice = 50;
constexpr double kPatienceMs = 5'000;

// What is measured: who says what, who listens, how often.
struct Plan {
    std::string_view writer;
    const Logins& listeners;
    int gap_least_ms, gap_spread_ms;
    bool is_outage;
};

// One device: its stream of hints, and the connection it pulls with.
class Listener {
  public:
    // `cursor`: what the device holds already; empty when it must fetch all.
    Listener(int port, const Person& person, std::string cursor)
        : person_(person), hints_(port), pulls_(port), cursor_(std::move(cursor)) {
        while (!take_page()) {
        }
        hints_.open_stream(sync::kLivePath, person.headers);
    }

    struct Held {
        std::uint64_t seq = 0;  // everything up to it is here
        Clock::time_point at;
    };
    std::vector<Held> held;

    [[nodiscard]] const std::string& cursor() const { return cursor_; }
    [[nodiscard]] int hint_socket() const { return hints_.socket(); }
    [[nodiscard]] int pull_socket() const { return pulls_.socket(); }

    // Something came on the stream: a hint, or only a heartbeat.
    void heard() {
        const bool is_hint = hints_.read_some().find("event: head") != std::string::npos;
        if (is_pulling_)
            wants_more_ = wants_more_ || is_hint;
        else if (is_hint)
            ask();
    }

    void answered() {
        is_pulling_ = false;
        const bool is_whole = take_answer();
        if (is_whole) held.push_back({known_, Clock::now()});
        if (!is_whole || std::exchange(wants_more_, false)) ask();
    }

  private:
    void ask() {
        is_pulling_ = true;
        sync::PullQuery query;
        query.user = person_.session.user;
        query.cursor = cursor_;
        pulls_.send_get(sync::pull_target(query), person_.headers);
    }

    bool take_answer() {
        const Answer answer = pulls_.receive();
        if (answer.status == 304) return true;
        const auto page = sync::decode_pull_response(answer.body);
        if (answer.status != 200 || !page)
            give_up(concat("pull: ", answer.status, " ", answer.body));
        cursor_ = page->next;
        if (page->is_complete) known_ = page->to;
        return page->is_complete;
    }

    bool take_page() {
        ask();
        is_pulling_ = false;
        return take_answer();
    }

    const Person& person_;
    HttpClient hints_;
    HttpClient pulls_;
    std::string cursor_;
    std::uint64_t known_ = 0;
    bool is_pulling_ = false;
    bool wants_more_ = false;
};

struct Change {
    std::uint64_t seq = 0;
    Clock::time_point sent_at;
};

std::vector<Change> make_changes(
    int port, const Person& writer, const Plan& plan, int count, std::uint64_t seed) {
    SeededRandom random(seed);
    HttpClient http(port);
    const Id request = plan.is_outage ? Id{} : submit_request(http, writer, random);
    std::vector<Change> changes;
    for (int at = 0; at < count; ++at) {
        const auto spread = static_cast<std::uint64_t>(plan.gap_spread_ms);
        const auto gap = plan.gap_least_ms + static_cast<int>(random.below(spread));
        std::this_thread::sleep_for(std::chrono::milliseconds(gap));
        std::vector<commands::Command> commands;
        commands.push_back(plan.is_outage ? outage_of_everybody(random)
                                          : comment_on(request, random));
        const Clock::time_point sent_at = Clock::now();
        changes.push_back({push(http, writer, std::move(commands)).results.front().seq, sent_at});
    }
    return changes;
}

// Serves the devices until `is_over` says so.
template <class Predicate>
void listen(std::vector<std::unique_ptr<Listener>>& listeners, Predicate is_over) {
    std::vector<pollfd> waiting;
    for (const auto& listener : listeners) {
        waiting.push_back({listener->hint_socket(), POLLIN, 0});
        waiting.push_back({listener->pull_socket(), POLLIN, 0});
    }
    while (!is_over()) {
        if (poll(waiting.data(), waiting.size(), 20) <= 0) continue;
        for (std::size_t at = 0; at < listeners.size(); ++at) {
            if ((waiting[2 * at].revents & POLLIN) != 0) listeners[at]->heard();
            if ((waiting[2 * at + 1].revents & POLLIN) != 0) listeners[at]->answered();
        }
    }
}

// How long each device waited for each change; kPatienceMs for what did not come.
std::vector<double> delays(const std::vector<std::unique_ptr<Listener>>& listeners,
                           const std::vector<Change>& changes) {
    std::vector<double> out;
    for (const auto& listener : listeners) {
        for (const Change& change : changes) {
            const auto first =
                std::find_if(listener->held.begin(), listener->held.end(), [&](const auto& each) {
                    return each.seq >= change.seq;
                });
            const bool came = first != listener->held.end();
            out.push_back(came ? ms_between(change.sent_at, first->at) : kPatienceMs);
        }
    }
    return out;
}

void run(int port, std::size_t count, int changes_wanted, const Plan& plan) {
    SeededRandom random(static_cast<std::uint64_t>(Clock::now().time_since_epoch().count()));
    const Person writer = sign_in(port, plan.writer, random);
    std::vector<std::unique_ptr<Person>> people;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::map<std::string_view, std::string> cursors;  // what one device of a person has, all have
    std::string_view login;
    while (listeners.size() < count) {
        if (listeners.size() % kStreamsPerSession == 0) {
            login = plan.listeners[people.size() % plan.listeners.size()];
            const std::size_t office = 1 + people.size() / kSignInsPerOffice;
            people.push_back(std::make_unique<Person>(sign_in(port, login, random, office)));
        }
        listeners.push_back(std::make_unique<Listener>(port, *people.back(), cursors[login]));
        cursors[login] = listeners.back()->cursor();
    }
    std::vector<Change> changes;
    std::atomic<bool> is_done{false};
    std::thread writing([&] {
        changes = make_changes(port, writer, plan, changes_wanted, random.next());
        is_done = true;
    });
    Clock::time_point done_at = Clock::time_point::max();
    listen(listeners, [&] {
        const Clock::time_point now = Clock::now();
        if (is_done) done_at = std::min(done_at, now);
        return is_done && ms_between(done_at, now) > 2'000;
    });
    writing.join();
    const std::vector<double> waited = delays(listeners, changes);
    std::printf("{\"seen\": %zu, \"p50_ms\": %.1f, \"p99_ms\": %.1f}\n",
                waited.size(),
                percentile(waited, 0.5),
                percentile(waited, 0.99));
}

}  // namespace

}  // namespace ventanilla::bench

int main(int argc, char** argv) {
    using namespace ventanilla::bench;
    const Plan comments{"lucia.ferreyra", kAgents, 250, 500, false};
    const Plan outages{"diego.paz", kRequesters, 2'000, 1'000, true};
    const std::string what = argc == 5 ? argv[4] : "";
    if (what != "comment" && what != "outage") {
        std::fprintf(stderr, "bench_spread PORT LISTENERS CHANGES comment|outage\n");
        return 2;
    }
    const auto number = [&](int at) {
        return std::max(1, static_cast<int>(std::strtol(argv[at], nullptr, 10)));
    };
    run(number(1),
        static_cast<std::size_t>(number(2)),
        number(3),
        what == "outage" ? outages : comments);
    return 0;
}
