#include "shared/recovery/admission.hpp"

#include <algorithm>
#include <cmath>

namespace ventanilla::recovery {
namespace {

constexpr double kPace = 0.85;           // of the capacity is given away as turns
constexpr double kHelloShare = 0.1;      // of the capacity is for those who say hello
constexpr double kQueueSeconds = 1.0;    // of work may wait
constexpr double kSaturatedShare = 0.1;  // of the queue always full: more to do than can be done
constexpr Millis kSpreadLeast{5'000}, kSpreadMost{300'000};
constexpr Millis kBackoffLeast{1'000}, kBackoffMost{300'000};
constexpr Millis kBacklogMuch{5'000}, kBacklogLittle{1'000};
constexpr Millis kCalm{60'000};
constexpr Millis kSecond{1'000};
constexpr Millis kTurnsMost{3'600'000};  // no turn is further away, whoever asks for how many
constexpr int kBatchMax = 10;
constexpr Millis kPoll{60'000};

Millis seconds(double value, Millis least, Millis most) {
    const double ms = std::clamp(
        value * 1000.0, static_cast<double>(least.count()), static_cast<double>(most.count()));
    return Millis{static_cast<std::int64_t>(std::ceil(ms))};
}

std::uint32_t milli(double units) {
    return static_cast<std::uint32_t>(std::lround(units * 1000.0));
}

}  // namespace

Admission::Admission(Known known, std::string key, Instant now)
    : key_(std::move(key)),
      capacity_(known.units_per_s),
      census_(known.clients, now),
      next_free_(now),
      busy_at_(now),
      clients_(known.clients),
      second_began_(now) {}

// ---- Turns

Millis Admission::backlog(Instant now) const {
    const auto ahead = std::chrono::ceil<Millis>(next_free_ - Point{now});
    return std::max(Millis{0}, ahead);
}

// Virtual scheduling: the turn begins where the last one ended, and only ever moves on.
Instant Admission::take_turn(double units, Instant now) {
    next_free_ = std::max(next_free_, Point{now});
    const Instant begins = std::chrono::ceil<Millis>(next_free_);
    if (backlog(now) >= kTurnsMost) return begins;
    const double us = units / (kPace * capacity_.units_per_s()) * 1e6;
    next_free_ += Micros{static_cast<std::int64_t>(std::ceil(us))};
    update_mode(now);
    return begins;
}

Grant Admission::grant_at(Instant slot, double units, const Asked& asked, Instant now) const {
    Ticket ticket;
    ticket.slot = slot;
    ticket.cost_milli = milli(units);
    ticket.expires_at = slot + kTicketLife;
    ticket.principal = asked.principal;
    return {.slot = std::max(Millis{0}, slot - now),
            .ticket = seal(ticket, key_),
            .life = kTicketLife,
            .batch_max = kBatchMax,
            .mode = Mode::Recovering};
}

Grant Admission::slot(std::uint64_t principal, int items, Instant now) {
    observe(now);
    saw(principal, now);
    if (is_paused_) return {.slot = kPoll, .mode = Mode::Paused};
    if (!is_recovering_) return {.mode = Mode::Normal};
    ++counts_.slots;
    const double units = kReadCost + kWriteCost * std::clamp(items, 0, kBatchMax);
    return grant_at(take_turn(units, now), units, {.principal = principal}, now);
}

// ---- The door

Admission::TicketUse Admission::look_at(const Asked& asked, Instant now, Ticket& ticket) {
    if (asked.ticket.empty()) return TicketUse::None;
    const Result<Ticket> opened = open_ticket(asked.ticket, key_);
    const bool is_theirs = opened && opened->principal == asked.principal &&
                           opened->lane == asked.lane && opened->cost_milli >= milli(asked.units) &&
                           opened->slot <= now + kTurnsMost;
    if (!is_theirs) {
        ++counts_.tickets_bad;
        return TicketUse::None;
    }
    ticket = *opened;
    switch (state_of(ticket, now)) {
        case TicketState::Early: return TicketUse::Early;
        case TicketState::Late: ++counts_.tickets_late; return TicketUse::Late;
        case TicketState::Valid: break;
    }
    ++counts_.tickets_good;
    return TicketUse::Valid;
}

bool Admission::has_room(Lane lane, double units) const {
    if (queued_ <= 0) return true;  // however large it is
    const double bound = kQueueSeconds * capacity_.units_per_s();
    return queued_ + units <= bound * rule_of(lane).queue_share;
}

Verdict Admission::admit(double units) {
    ++counts_.admitted;
    queued_ += units;
    return {.is_admitted = true};
}

Verdict Admission::ask(const Asked& asked, Instant now) {
    observe(now);
    Ticket ticket;
    TicketUse use = TicketUse::None;
    if (is_paused_) return refuse(asked, use, ticket, now);
    if (asked.lane == Lane::Replay && is_recovering_) {
        use = look_at(asked, now, ticket);
        const bool is_free = backlog(now) < kBacklogLittle;  // nobody waits long
        if (use != TicketUse::Valid && !is_free) return refuse(asked, use, ticket, now);
        if (use != TicketUse::Valid) take_turn(asked.units, now);
    } else if (!is_recovering_) {
        take_turn(asked.units, now);  // not held to it; it only shows when there is too much
    }
    if (!has_room(asked.lane, asked.units)) return refuse(asked, use, ticket, now);
    return admit(asked.units);
}

// Who came with a ticket gets another turn, whatever became of the first; who came without learns
// only when to ask again, so that nobody can use up turns by knocking.
Verdict Admission::refuse(const Asked& asked, TicketUse use, const Ticket& ticket, Instant now) {
    ++counts_.refused;
    Verdict verdict;
    verdict.retry_after = is_paused_ ? kPoll : min_backoff();
    if (use == TicketUse::None) return verdict;
    const Instant tail = use == TicketUse::Early
                             ? ticket.slot
                             : std::max(take_turn(asked.units, now), now + min_backoff());
    verdict.grant = grant_at(tail, asked.units, asked, now);
    verdict.retry_after = verdict.grant->slot;
    return verdict;
}

void Admission::done(double units, Instant now) {
    observe(now);
    queued_ = std::max(0.0, queued_ - units);
    second_done_ += units;
    second_least_queued_ = std::min(second_least_queued_, queued_);
}

// ---- What it sees

// Closes the second that is over: what was done in it, and whether there was always more to do.
void Admission::observe(Instant now) {
    update_mode(now);
    const Millis passed = now - second_began_;
    if (passed < kSecond) return;
    const double bound = kQueueSeconds * capacity_.units_per_s();
    if (second_least_queued_ >= bound * kSaturatedShare)
        capacity_.saw_saturated(second_done_ * 1000.0 / static_cast<double>(passed.count()));
    else
        capacity_.saw_spare();
    second_began_ = now;
    second_done_ = 0;
    second_least_queued_ = queued_;
    clients_ = census_.clients(now);
}

void Admission::update_mode(Instant now) {
    const Millis ahead = backlog(now);
    if (ahead > kBacklogMuch) is_recovering_ = true;
    if (ahead >= kBacklogLittle) busy_at_ = now;
    if (is_recovering_ && now - busy_at_ >= kCalm) is_recovering_ = false;
}

// So long that refusing everybody costs less than what is left of the capacity.
Millis Admission::min_backoff() const {
    const double spare = (1.0 - kPace) * capacity_.units_per_s();
    return seconds(clients_ * kRefusalCost / spare, kBackoffLeast, kBackoffMost);
}

Advice Admission::advice(Instant now) {
    observe(now);
    Advice advice;
    advice.mode = is_paused_ ? Mode::Paused : is_recovering_ ? Mode::Recovering : Mode::Normal;
    const double hello = kHelloShare * capacity_.units_per_s();
    advice.spread = seconds(clients_ * kHelloCost / hello, kSpreadLeast, kSpreadMost);
    advice.min_backoff = min_backoff();
    advice.poll = kPoll;
    return advice;
}

Known Admission::known(Instant now) const {
    return {capacity_.healthy_units_per_s(), census_.clients(now)};
}

}  // namespace ventanilla::recovery
