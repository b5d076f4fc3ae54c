#include "tests/recovery/herd.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "shared/base/random.hpp"
#include "shared/recovery/pacer.hpp"
#include "tests/recovery/event_queue.hpp"
#include "tests/recovery/server_model.hpp"

namespace ventanilla::herd {
namespace {

using recovery::Pacer;

constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kTimeoutUs = 10 * kSecondUs;
constexpr std::int64_t kFixedRetryUs = 5 * kSecondUs;
constexpr std::int64_t kRestartUs = 2 * kSecondUs;
constexpr int kBatch = 10;
constexpr std::int64_t kEpochMs = 1'790'000'000'000;

enum class Kind : std::uint8_t {
    Wake,      // the client looks what to do
    Online,    // the network, or the tab, is back
    Arrive,    // a request reaches the server
    Served,    // the server is done with one
    Answered,  // an answer reaches the client
    Silent,    // the client gives up waiting, or the connection was refused
    Crash,
    Start,
};

struct Client {
    explicit Client(Random& random) : pacer(random) {}
    Pacer pacer;
    std::uint32_t owner = 0;
    std::uint32_t number = 0;  // of the request on its way; answers to others are ignored
    std::int64_t woken_us = -1;
    std::int64_t sent_us = 0;
    std::uint8_t commands = 0;
    std::uint8_t acknowledged = 0;
    Manners manners = Manners::Ours;
    bool is_waiting = false;  // for an answer
    bool has_read = false;
    bool may_miss_turn = false;
    bool is_away = false;
    std::int64_t banner_us = -1;
    std::int64_t done_us = -1;
};

class Herd {
  public:
    Herd(const Scenario& scenario, std::uint64_t seed)
        : scenario_(scenario), random_(seed), server_(scenario, populate()) {
        std::uint32_t offset = 0;
        for (std::uint32_t owner = 0; owner < static_cast<std::uint32_t>(scenario.clients);
             ++owner) {
            server_.set_outbox(owner, offset, clients_[owner].commands);
            offset += clients_[owner].commands;
        }
        server_.start(instant());
    }

    Report run();

  private:
    std::size_t populate();
    void begin();
    void happen(const Event& event);
    void act(std::uint32_t who);
    void act_fixed(std::uint32_t who);
    void wake_at(std::uint32_t who, std::int64_t at_us);
    void send(std::uint32_t who, Ask ask);
    void arrive(const Event& event);
    void serve();
    void served();
    void answered(std::uint32_t slot);
    void take_answer(Client& client, const Answer& answer);
    void silent(std::uint32_t who, std::uint32_t number);
    void online(std::uint32_t who);
    void crash();
    void leave(std::uint32_t who, double least_s, double most_s);
    void check_done(Client& client);
    [[nodiscard]] Request request_of(const Event& arrival) const;
    void count(std::vector<double>& buckets, double units);
    Report report();

    [[nodiscard]] Instant instant() const { return from_ms(kEpochMs + now_us_ / 1'000); }
    [[nodiscard]] Millis mono() const { return Millis{now_us_ / 1'000}; }
    [[nodiscard]] double seconds() const { return static_cast<double>(now_us_) / 1e6; }
    bool chance(double share) {
        return share > 0 && random_.below(1'000'000) < static_cast<std::uint64_t>(share * 1e6);
    }
    std::int64_t latency() {
        const auto most = static_cast<std::uint64_t>(scenario_.latency_ms_max * 1'000);
        return 5'000 + static_cast<std::int64_t>(random_.below(most));
    }
    void add(Kind kind,
             std::int64_t at_us,
             std::uint32_t client = 0,
             std::uint32_t number = 0,
             std::uint8_t detail = 0) {
        events_.add({at_us, 0, client, number, static_cast<std::uint8_t>(kind), detail});
    }

    Scenario scenario_;
    SeededRandom random_;
    std::vector<Client> clients_;
    std::vector<Answer> answers_;  // on their way; Answered events carry their place
    std::vector<std::uint32_t> free_answers_;
    ServerModel server_;
    EventQueue events_;
    std::int64_t now_us_ = 0;
    bool is_down_ = false;
    std::uint64_t services_ = 0;  // a Served event of before a crash is ignored
    int crashes_left_ = 0;
    std::size_t unfinished_ = 0;
    std::uint64_t commits_ = 0, attempts_ = 0, timeouts_ = 0;
    std::vector<double> offered_, admitted_, contacts_;
    std::vector<double> acknowledged_s_;
    double total_units_ = 0;
    Millis spread_{0};
};

// 60 % of people have nothing to send, 30 % one command, 10 % three. Gives the number of commands.
std::size_t Herd::populate() {
    std::size_t commands = 0;
    const auto people = static_cast<std::uint32_t>(scenario_.clients);
    for (std::uint32_t owner = 0; owner < people; ++owner) {
        Client client{random_};
        const std::uint64_t draw = random_.below(10);
        client.owner = owner;
        client.commands = draw < 6 ? 0 : draw < 9 ? 1 : 3;
        client.manners = chance(scenario_.legacy) ? Manners::FixedRetry : scenario_.manners;
        client.may_miss_turn = chance(scenario_.no_show);
        commands += client.commands;
        clients_.push_back(client);
    }
    for (std::uint32_t owner = 0; owner < people; ++owner)
        if (clients_[owner].commands > 0 && chance(scenario_.two_tabs))
            clients_.push_back(clients_[owner]);
    crashes_left_ = scenario_.crashes_after_commit;
    return commands;
}

// What everybody was told before the outage, and the moment it ends for all.
void Herd::begin() {
    recovery::Advice before = server_.advice(instant());
    spread_ = before.spread;
    before.mode = recovery::Mode::Normal;
    unfinished_ = clients_.size();
    const auto online_within = static_cast<std::uint64_t>(scenario_.online_within_s * 1e6);
    for (std::uint32_t who = 0; who < clients_.size(); ++who) {
        Client& client = clients_[who];
        total_units_ += recovery::kHelloCost + recovery::kReadCost + client.commands;
        if (client.manners == Manners::NoSpread) before.spread = Millis{0};
        client.pacer.on_banner(before, Millis{0});
        add(Kind::Online, static_cast<std::int64_t>(random_.below(online_within)), who);
    }
    if (scenario_.down.to_s > 0)
        add(Kind::Crash, static_cast<std::int64_t>(scenario_.down.from_s * 1e6));
}

Report Herd::run() {
    begin();
    while (!events_.is_empty() && unfinished_ > 0) {
        const Event event = events_.take();
        now_us_ = event.at_us;
        if (seconds() > scenario_.horizon_s) break;
        happen(event);
    }
    return report();
}

void Herd::happen(const Event& event) {
    switch (static_cast<Kind>(event.kind)) {
        case Kind::Wake:
            if (clients_[event.client].woken_us == event.at_us) act(event.client);
            return;
        case Kind::Online: return online(event.client);
        case Kind::Arrive: return arrive(event);
        case Kind::Served:
            if (event.number == static_cast<std::uint32_t>(services_)) served();
            return;
        case Kind::Answered: return answered(event.number);
        case Kind::Silent: return silent(event.client, event.number);
        case Kind::Crash: return crash();
        case Kind::Start: is_down_ = false; return server_.start(instant());
    }
}

// ---- Clients

void Herd::wake_at(std::uint32_t who, std::int64_t at_us) {
    clients_[who].woken_us = std::max(at_us, now_us_);
    add(Kind::Wake, clients_[who].woken_us, who);
}

void Herd::online(std::uint32_t who) {
    Client& client = clients_[who];
    client.is_away = client.is_waiting = false;
    client.pacer.reconnect(recovery::Attention::Background, mono());
    act(who);
}

void Herd::act(std::uint32_t who) {
    Client& client = clients_[who];
    if (client.is_waiting || client.is_away || client.done_us >= 0) return;
    if (client.manners == Manners::FixedRetry) return act_fixed(who);
    const recovery::Work work = client.has_read ? recovery::Work::Replay : recovery::Work::Read;
    switch (client.pacer.step(work, mono())) {
        case Pacer::Step::Wait: return wake_at(who, client.pacer.until().count() * 1'000);
        case Pacer::Step::AskBanner: return send(who, Ask::Banner);
        case Pacer::Step::AskSlot: return send(who, Ask::Slot);
        case Pacer::Step::Go: return send(who, client.has_read ? Ask::Push : Ask::Read);
    }
}

void Herd::act_fixed(std::uint32_t who) {
    send(who, clients_[who].has_read ? Ask::Push : Ask::Read);
}

// An arrival says what is asked and, above two bits, the first command: a second copy of a push
// asks for the same as the first.
Request Herd::request_of(const Event& arrival) const {
    const Client& client = clients_[arrival.client];
    Request request;
    request.client = arrival.client;
    request.number = arrival.number;
    request.ask = static_cast<Ask>(arrival.detail & 3U);
    request.owner = client.owner;
    request.first = static_cast<std::uint8_t>(arrival.detail >> 2U);
    request.end =
        std::min<std::uint8_t>(client.commands, static_cast<std::uint8_t>(request.first + kBatch));
    request.sent_us = client.sent_us;
    return request;
}

void Herd::send(std::uint32_t who, Ask ask) {
    Client& client = clients_[who];
    ++client.number;
    client.is_waiting = true;
    client.sent_us = now_us_;
    if (ask == Ask::Push)
        attempts_ += static_cast<std::uint64_t>(client.commands - client.acknowledged);
    const auto detail = static_cast<std::uint8_t>(static_cast<unsigned>(ask) |
                                                  (unsigned{client.acknowledged} << 2U));
    add(Kind::Arrive, now_us_ + latency(), who, client.number, detail);
    if (chance(scenario_.duplicates))
        add(Kind::Arrive,
            now_us_ + latency() + static_cast<std::int64_t>(random_.below(3 * kSecondUs)),
            who,
            client.number,
            detail);
    if (ask == Ask::Push && chance(scenario_.tab_kill)) leave(who, 5, 60);
}

// The tab is closed; what it holds is on the device.
void Herd::leave(std::uint32_t who, double least_s, double most_s) {
    Client& client = clients_[who];
    client.pacer = Pacer{random_};  // its turn and what it knew of the server go with the tab
    client.is_away = true;
    client.is_waiting = false;
    ++client.number;
    const auto span = static_cast<std::uint64_t>((most_s - least_s) * 1e6);
    const auto away =
        static_cast<std::int64_t>(least_s * 1e6) + static_cast<std::int64_t>(random_.below(span));
    add(Kind::Online, now_us_ + away, who);
}

void Herd::answered(std::uint32_t slot) {
    const Answer answer = std::move(answers_[slot]);
    free_answers_.push_back(slot);
    Client& client = clients_[answer.to.client];
    if (!client.is_waiting || client.number != answer.to.number) return;
    client.is_waiting = false;
    take_answer(client, answer);
    check_done(client);
    const bool waits = client.manners == Manners::FixedRetry && !answer.is_ok;
    if (waits) return wake_at(answer.to.client, now_us_ + kFixedRetryUs);
    const bool got_turn = answer.is_ok && answer.to.ask == Ask::Slot;
    if (got_turn && client.may_miss_turn) {
        client.may_miss_turn = false;
        return leave(answer.to.client,
                     30 + static_cast<double>(answer.grant.slot.count()) / 1'000,
                     90 + static_cast<double>(answer.grant.slot.count()) / 1'000);
    }
    act(answer.to.client);
}

void Herd::take_answer(Client& client, const Answer& answer) {
    if (!answer.is_ok) return client.pacer.on_refused(answer.refusal, mono());
    switch (answer.to.ask) {
        case Ask::Banner:
            if (client.banner_us < 0) client.banner_us = now_us_;
            return client.pacer.on_banner(answer.advice, mono());
        case Ask::Slot: return client.pacer.on_grant(answer.grant, mono());
        case Ask::Read: client.has_read = true; return client.pacer.on_success();
        case Ask::Push:
            for (unsigned i = client.acknowledged; i < answer.to.end; ++i)
                acknowledged_s_.push_back(seconds());
            client.acknowledged = answer.to.end;
            client.pacer.on_success();
            return client.pacer.spend_ticket();
    }
}

void Herd::check_done(Client& client) {
    if (client.done_us >= 0 || !client.has_read || client.acknowledged < client.commands) return;
    client.done_us = now_us_;
    --unfinished_;
}

void Herd::silent(std::uint32_t who, std::uint32_t number) {
    Client& client = clients_[who];
    if (!client.is_waiting || client.number != number) return;
    client.is_waiting = false;
    ++timeouts_;
    if (client.manners == Manners::FixedRetry) return wake_at(who, now_us_ + kFixedRetryUs);
    client.pacer.on_silence(mono());
    act(who);
}

// ---- Server

void Herd::count(std::vector<double>& buckets, double units) {
    const auto second = static_cast<std::size_t>(now_us_ / kSecondUs);
    if (buckets.size() <= second) buckets.resize(second + 1);
    buckets[second] += units;
}

void Herd::arrive(const Event& event) {
    const Client& client = clients_[event.client];
    if (is_down_) return add(Kind::Silent, now_us_ + latency(), event.client, event.number);
    const Request request = request_of(event);
    server_.arrive(request, client.pacer.ticket(mono()), instant());
    count(offered_, server_.offered_units(request));
    count(admitted_, server_.last_admitted());
    if (request.ask == Ask::Banner) count(contacts_, 1);
    serve();
}

void Herd::serve() {
    if (is_down_ || !server_.is_idle() || !server_.has_work()) return;
    const double slowdown = scenario_.slow.holds(seconds()) ? 1 / 0.4 : 1.0;
    const double took_s = server_.begin() * slowdown;
    ++services_;
    add(Kind::Served,
        now_us_ + static_cast<std::int64_t>(took_s * 1e6),
        0,
        static_cast<std::uint32_t>(services_));
}

void Herd::served() {
    Answer answer = server_.finish(instant());
    const Request to = answer.to;
    const bool is_work = answer.is_ok && (to.ask == Ask::Push || to.ask == Ask::Read);
    if (is_work && to.ask == Ask::Push) ++commits_;
    if (crashes_left_ > 0 && commits_ == 500) {  // after the commit, before the answer
        commits_ = 0;
        --crashes_left_;
        crash();
        return add(Kind::Silent, now_us_ + latency(), to.client, to.number);
    }
    const std::int64_t arrives = now_us_ + latency();
    const bool is_lost =
        (is_work && chance(scenario_.ack_loss)) || arrives - to.sent_us > kTimeoutUs;
    if (is_lost) {
        add(Kind::Silent, std::max(now_us_, to.sent_us + kTimeoutUs), to.client, to.number);
    } else {
        if (free_answers_.empty()) {
            free_answers_.push_back(static_cast<std::uint32_t>(answers_.size()));
            answers_.emplace_back();
        }
        const std::uint32_t slot = free_answers_.back();
        free_answers_.pop_back();
        answers_[slot] = std::move(answer);
        add(Kind::Answered, arrives, to.client, slot);
    }
    serve();
}

void Herd::crash() {
    if (is_down_) return;
    is_down_ = true;
    ++services_;
    for (const Request& lost : server_.crash(instant()))
        add(Kind::Silent, now_us_ + latency(), lost.client, lost.number);
    const bool is_planned = scenario_.down.holds(seconds());
    add(Kind::Start,
        is_planned ? static_cast<std::int64_t>(scenario_.down.to_s * 1e6) : now_us_ + kRestartUs);
}

// ---- Report

double peak(const std::vector<double>& buckets) {
    return buckets.empty() ? 0 : *std::max_element(buckets.begin(), buckets.end());
}

Report Herd::report() {
    Report report;
    report.t_min_s = total_units_ / scenario_.capacity;
    report.spread_s = static_cast<double>(spread_.count()) / 1'000;
    report.offered_peak = peak(offered_) / scenario_.capacity;
    report.admitted_peak = peak(admitted_) / scenario_.capacity;
    report.contacts_peak = peak(contacts_) * report.spread_s / static_cast<double>(clients_.size());
    std::vector<double> done, banner;
    std::uint64_t unacknowledged = 0, commands = 0;
    for (const Client& client : clients_) {
        commands += client.commands;
        unacknowledged += static_cast<std::uint64_t>(client.commands - client.acknowledged);
        if (client.manners == Manners::FixedRetry && scenario_.legacy > 0) continue;
        done.push_back(client.done_us < 0 ? 1e9 : static_cast<double>(client.done_us) / 1e6);
        if (client.manners != Manners::FixedRetry)
            banner.push_back(client.banner_us < 0 ? 1e9
                                                  : static_cast<double>(client.banner_us) / 1e6);
    }
    report.attempts_per_op =
        static_cast<double>(attempts_) / static_cast<double>(std::max<std::uint64_t>(commands, 1));
    add_times(report, std::move(done), std::move(banner));
    report.acknowledged_s = std::move(acknowledged_s_);
    report.lost = std::max(server_.missing(), unacknowledged);
    report.duplicated = server_.duplicated();
    report.out_of_order = server_.out_of_order();
    report.refusals = server_.refused();
    report.timeouts = timeouts_;
    report.tickets_kept = server_.good_tickets();
    report.tickets_refused = server_.bad_tickets();
    return report;
}

}  // namespace

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double at = std::ceil(part * static_cast<double>(values.size())) - 1;
    return values[static_cast<std::size_t>(std::max(0.0, at))];
}

void add_times(Report& report, std::vector<double> done, std::vector<double> banner) {
    report.done_p99_s = percentile(done, 0.99);
    report.done_last_s = percentile(done, 1);
    report.banner_p99_s = percentile(banner, 0.99);
    report.banner_max_s = percentile(std::move(banner), 1);
    std::vector<double>& curve = report.done_in_second;
    curve.assign(static_cast<std::size_t>(std::min(report.done_last_s, 3'600.0)) + 2, 0);
    for (const double s : done) {
        const auto second = static_cast<std::size_t>(s) + 1;
        if (second < curve.size()) curve[second] += 1.0 / static_cast<double>(done.size());
    }
    std::partial_sum(curve.begin(), curve.end(), curve.begin());
}

Report run(const Scenario& scenario, std::uint64_t seed) {
    return Herd{scenario, seed}.run();
}

}  // namespace ventanilla::herd
