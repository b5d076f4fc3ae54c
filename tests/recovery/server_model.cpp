#include "tests/recovery/server_model.hpp"

#include <algorithm>

namespace ventanilla::herd {

using namespace recovery;

ServerModel::ServerModel(const Scenario& scenario, std::size_t commands)
    : scenario_(scenario),
      known_{scenario.capacity * scenario.believed, static_cast<double>(scenario.clients)},
      outboxes_(static_cast<std::size_t>(scenario.clients)),
      applied_(commands) {}

void ServerModel::set_outbox(std::uint32_t owner, std::uint32_t offset, std::uint8_t count) {
    outboxes_[owner] = {offset, count, 0};
}

double ServerModel::offered_units(const Request& request) const {
    switch (request.ask) {
        case Ask::Banner: return kBannerCost;
        case Ask::Slot: return kSlotCost;
        case Ask::Read: return kReadCost;
        case Ask::Push: return kWriteCost * (request.end - request.first);
    }
    return 0;
}

void ServerModel::line_up(Waiting waiting, bool is_banner) {
    if (!scenario_.has_lanes)
        work_.push_back(std::move(waiting));
    else if (is_banner)
        banners_.push_back(std::move(waiting));
    else if (!waiting.is_work)
        refusals_.push_back(std::move(waiting));
    else
        work_.push_back(std::move(waiting));
}

void ServerModel::arrive(const Request& request, std::string_view ticket, Instant now) {
    constexpr Lane kLanes[] = {Lane::Banner, Lane::Banner, Lane::Read, Lane::Replay};
    const Asked asked{.lane = kLanes[static_cast<std::size_t>(request.ask)],
                      .units = offered_units(request),
                      .ticket = ticket,
                      .principal = request.client + 1ULL};
    Verdict verdict = door_->ask(asked, now);
    Waiting waiting;
    waiting.answer.to = request;
    waiting.answer.is_ok = verdict.is_admitted;
    waiting.is_work = verdict.is_admitted;
    waiting.units = verdict.is_admitted ? asked.units : kRefusalCost;
    last_admitted_ = verdict.is_admitted ? asked.units : 0;
    if (!verdict.is_admitted)
        waiting.answer.refusal = {verdict.retry_after, std::move(verdict.grant)};
    else if (request.ask == Ask::Slot)
        waiting.answer.grant = door_->slot(asked.principal, request.end - request.first, now);
    line_up(std::move(waiting), verdict.is_admitted && asked.lane == Lane::Banner);
}

double ServerModel::begin() {
    for (std::deque<Waiting>* line : {&banners_, &refusals_, &work_}) {
        if (line->empty()) continue;
        serving_ = std::move(line->front());
        line->pop_front();
        return serving_->units / scenario_.capacity;
    }
    return 0;
}

void ServerModel::apply(const Request& request) {
    Outbox& outbox = outboxes_[request.owner];
    for (std::uint8_t i = request.first; i < request.end; ++i) {
        std::uint8_t& times = applied_[outbox.offset + i];
        if (times > 0 && scenario_.has_receipts) continue;
        if (times == 0 && i != outbox.next) ++out_of_order_;
        if (times == 0) ++outbox.next;
        if (times < 255) ++times;
    }
}

Answer ServerModel::finish(Instant now) {
    Waiting done = std::move(*serving_);
    serving_.reset();
    if (done.is_work) door_->done(done.units, now);
    if (done.answer.is_ok && done.answer.to.ask == Ask::Push) apply(done.answer.to);
    if (done.answer.is_ok && done.answer.to.ask == Ask::Banner) done.answer.advice = advice(now);
    return std::move(done.answer);
}

std::vector<Request> ServerModel::crash(Instant now) {
    std::vector<Request> lost;
    if (serving_) lost.push_back(serving_->answer.to);
    for (std::deque<Waiting>* line : {&banners_, &refusals_, &work_}) {
        for (const Waiting& waiting : *line)
            lost.push_back(waiting.answer.to);
        line->clear();
    }
    serving_.reset();
    known_ = door_->known(now);
    refused_ += door_->counts().refused;
    bad_tickets_ += door_->counts().tickets_bad;
    return lost;
}

void ServerModel::start(Instant now) {
    door_ = std::make_unique<Admission>(known_, key_, now);
}

std::uint64_t ServerModel::duplicated() const {
    return static_cast<std::uint64_t>(std::count_if(
        applied_.begin(), applied_.end(), [](std::uint8_t times) { return times > 1; }));
}

std::uint64_t ServerModel::missing() const {
    return static_cast<std::uint64_t>(std::count(applied_.begin(), applied_.end(), 0));
}

}  // namespace ventanilla::herd
