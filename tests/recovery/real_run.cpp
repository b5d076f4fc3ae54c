#include "tests/recovery/real_run.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <memory>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "shared/base/text.hpp"
#include "tests/recovery/real_client.hpp"
#include "tests/server/support_process.hpp"

namespace ventanilla::herd {
namespace {

namespace asio = boost::asio;
using server_test::Program;

constexpr std::size_t kConnectingMost = 64;  // at once, before the outage
constexpr std::chrono::seconds kWorkBeforeKill{2};
constexpr std::chrono::seconds kCalibration{4};
constexpr std::chrono::milliseconds kProbeEvery{50};
constexpr std::chrono::seconds kHorizon{900};

// Asks for the banner again and again, as somebody who wants to know what is going on.
class Probe {
  public:
    explicit Probe(Wires& wires) : line_(wires, 0), timer_(wires.loop) {}

    void start() { ask(); }
    std::vector<double> waits_ms;

  private:
    void ask() {
        std::string request = concat(
            "GET ", recovery::kBannerPath, " HTTP/1.1\r\nHost: 127.0.0.1\r\nIf-None-Match: ");
        line_.ask(concat(request, etag_, "\r\n\r\n"),
                  Millis{10'000},
                  [this, asked = Steady::now()](const std::optional<Reply>& reply) {
                      const std::chrono::duration<double, std::milli> wait = Steady::now() - asked;
                      waits_ms.push_back(reply ? wait.count() : 1e9);
                      if (reply) etag_ = reply->etag;
                      timer_.expires_at(asked + kProbeEvery);
                      timer_.async_wait([this](const auto& error) {
                          if (!error) ask();
                      });
                  });
    }

    Line line_;
    asio::steady_timer timer_;
    std::string etag_;
};

class RealHerd {
  public:
    RealHerd(const RealSize& size, std::uint64_t seed) : size_(size), random_(seed) {}

    Result<RealReport> run();

  private:
    Result<double> calibrate();
    Status prepare();
    Status connect_all();
    void work_and_kill();
    void come_back();
    Status count();
    void run_for(std::chrono::milliseconds time);
    [[nodiscard]] std::string data() const { return program_.folder() + "/data"; }
    [[nodiscard]] double memory_peak_mb() const;
    void aim() { wires_.server.port(program_.port()); }

    RealSize size_;
    SeededRandom random_;
    Program program_;
    Wires wires_{.server = {asio::ip::address_v4::loopback(), 0}};
    asio::executor_work_guard<asio::io_context::executor_type> guard_{wires_.loop.get_executor()};
    Tally tally_;
    Ground ground_{.wires = wires_, .random = random_, .tally = tally_};
    std::vector<Person> people_;
    std::vector<std::unique_ptr<Client>> clients_;
    // Those that measure beforehand; what they send is not counted.
    Tally warm_up_tally_;
    Ground warm_up_{.wires = wires_, .random = random_, .tally = warm_up_tally_};
    std::vector<Person> strangers_;
    std::vector<std::unique_ptr<Client>> workers_;
    Probe probe_{wires_};
    std::size_t connected_ = 0;
    std::size_t unfinished_ = 0;
    RealReport out_;
};

void RealHerd::run_for(std::chrono::milliseconds time) {
    wires_.loop.restart();
    wires_.loop.run_for(time);
}

// What a few clients that never rest get through: the units a second of this machine.
Result<double> RealHerd::calibrate() {
    program_.start();
    aim();
    for (const Person& person : strangers_) {
        Client& worker = *workers_.emplace_back(std::make_unique<Client>(warm_up_, person, 0));
        worker.connect([&worker] { worker.work(); });
    }
    run_for(kCalibration);
    const auto accepted = static_cast<double>(warm_up_tally_.accepted_before);
    program_.kill(SIGTERM);
    run_for(std::chrono::milliseconds{200});  // they notice, and stay away
    if (accepted == 0 || !warm_up_tally_.complaint.empty())
        return Error{Errc::Unavailable, "before: " + warm_up_tally_.complaint, {}};
    return accepted / std::chrono::duration<double>(kCalibration).count();
}

Status RealHerd::prepare() {
    const auto count = static_cast<std::uint32_t>(size_.clients + size_.workers);
    people_ = TRY(hire(data(), count));
    strangers_.assign(people_.begin() + size_.clients, people_.end());
    people_.resize(static_cast<std::size_t>(size_.clients));
    if (size_.capacity <= 0) out_.measured = TRY(calibrate());
    out_.capacity = size_.capacity > 0 ? size_.capacity : out_.measured;
    TRY(believe(data(), {out_.capacity, static_cast<double>(size_.clients)}));
    for (const Person& person : people_) {
        const std::uint64_t draw = random_.below(10);
        const std::uint32_t outbox = draw < 6 ? 0 : draw < 9 ? 1 : 3;
        clients_.push_back(std::make_unique<Client>(ground_, person, outbox));
        clients_.back()->on_done([this] {
            if (--unfinished_ == 0) wires_.loop.stop();
        });
    }
    unfinished_ = clients_.size();
    return ok();
}

Status RealHerd::connect_all() {
    program_.start();
    aim();
    std::size_t next = 0;
    std::function<void()> one_more = [&] {
        if (next < clients_.size()) {
            clients_[next++]->connect([&] {
                if (++connected_ == clients_.size()) wires_.loop.stop();
                one_more();
            });
        }
    };
    for (std::size_t i = 0; i < kConnectingMost; ++i)
        one_more();
    run_for(kHorizon);
    if (connected_ < clients_.size() || !tally_.complaint.empty())
        return Error{Errc::Unavailable,
                     concat(connected_, " of ", clients_.size(), " connected; ", tally_.complaint),
                     {}};
    return ok();
}

void RealHerd::work_and_kill() {
    const auto workers = std::min(clients_.size(), static_cast<std::size_t>(size_.workers));
    for (std::size_t i = 0; i < workers; ++i)
        clients_[i]->work();
    run_for(kWorkBeforeKill);
    ground_.is_dead = true;
    tally_.zero = Steady::now();
}

// The process dies and starts again beside the loop, in which everybody already notices.
void RealHerd::come_back() {
    std::thread restarting{[this] {
        program_.kill(SIGKILL);
        program_.start();
        asio::post(wires_.loop, [this] {
            out_.restart_s = ground_.seconds();
            probe_.start();
        });
    }};
    asio::steady_timer all_know{wires_.loop, std::chrono::milliseconds{200}};
    all_know.async_wait([this](const auto&) {
        for (auto& client : clients_)
            client->cut();
    });
    run_for(kHorizon);
    restarting.join();
    out_.memory_peak_mb = memory_peak_mb();
    program_.kill(SIGTERM);
}

double RealHerd::memory_peak_mb() const {
    std::ifstream status(concat("/proc/", program_.pid(), "/status"));
    for (std::string word; status >> word;) {
        double kb = 0;
        if (word == "VmHWM:" && status >> kb) return kb / 1024;
    }
    return 0;
}

// Lost: acknowledged or waiting, and not in the database. Duplicated: there more than once.
Status RealHerd::count() {
    Report& report = out_.report;
    const Found found = TRY(requests_in(data()));
    for (const auto& client : clients_) {
        out_.commands += client->commands();
        if (!client->is_done()) ++report.lost;
        for (std::uint32_t index = 0; index < client->commands(); ++index) {
            const auto times = found.times.find(words_of(client->person(), index));
            if (times == found.times.end())
                ++report.lost;
            else if (times->second > 1)
                ++report.duplicated;
        }
    }
    report.out_of_order = found.out_of_order;
    return ok();
}

Result<RealReport> RealHerd::run() {
    TRY(prepare());
    TRY(connect_all());
    work_and_kill();
    come_back();
    if (!tally_.complaint.empty())
        return Error{Errc::Unavailable, "an answer that makes no sense: " + tally_.complaint, {}};
    TRY(count());
    Report& report = out_.report;
    std::vector<double> done, banner;
    for (const auto& client : clients_) {
        done.push_back(client->done_s().value_or(1e9));
        banner.push_back(client->banner_s().value_or(1e9));
        report.spread_s = static_cast<double>(client->spread().count()) / 1'000;
    }
    add_times(report, std::move(done), std::move(banner));
    std::sort(tally_.acknowledged_s.begin(), tally_.acknowledged_s.end());
    const auto acknowledged = std::max<std::size_t>(1, tally_.acknowledged_s.size());
    report.acknowledged_s = std::move(tally_.acknowledged_s);
    report.attempts_per_op =
        static_cast<double>(tally_.attempts) / static_cast<double>(acknowledged);
    report.refusals = tally_.refusals;
    report.timeouts = tally_.silences;
    report.banner_wait_p99_ms = percentile(std::move(tally_.banner_wait_ms), 0.99);
    out_.accepted_before = tally_.accepted_before;
    out_.probe_p99_ms = percentile(probe_.waits_ms, 0.99);
    out_.probe_max_ms = percentile(std::move(probe_.waits_ms), 1);
    return out_;
}

}  // namespace

Result<RealReport> run_real(const RealSize& size, std::uint64_t seed) {
    return RealHerd{size, seed}.run();
}

Report simulated(const RealSize& size, const RealReport& real, std::uint64_t seed) {
    Scenario scenario;
    scenario.name = "as the real one";
    scenario.clients = size.clients;
    scenario.capacity = real.capacity;
    scenario.online_within_s = 0;
    scenario.latency_ms_max = 1;
    scenario.down = {0, real.restart_s};
    return herd::run(scenario, seed);
}

}  // namespace ventanilla::herd
