#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/sync/engine.hpp"

// When it talks: the one request at a time, and the steps of coming back after silence. The waiting
// itself is recovery::Pacer's, which the simulated herd runs too.

namespace ventanilla::sync {
namespace {

using recovery::Pacer;
using recovery::Work;

constexpr Millis kReturnTimeout{10'000};
constexpr Millis kJustGiven{30'000};  // a command somebody may still be looking at

bool is_ours(std::string_view body) {
    return decode_problem(body).has_value();
}

}  // namespace

// Pushes and pulls in turns, so that neither a long outbox nor a long bootstrap starves the other.
void Client::Engine::pump_network(Now now) {
    if (!may_talk() || request_) return;
    if (bug(Bug::RetryTimerIdle) && pacer_.is_failing()) return;
    const bool has_pull = wants_pull_ || staging_.is_open;
    const std::vector<Item*> batch = next_batch(now);
    const bool wants_live = live_ == Live::Closed && now.mono >= live_not_before_;
    if (!has_pull && batch.empty() && !wants_live) return;
    const bool is_push = !batch.empty() && !(was_push_last_ && has_pull);
    const Work replay = is_interactive(batch, now) ? Work::Interactive : Work::Replay;
    switch (pacer_.step(is_push ? replay : Work::Read, now.mono)) {
        case Pacer::Step::Wait: return;
        case Pacer::Step::AskBanner: return send_banner(now);
        case Pacer::Step::AskSlot: return send_slot(batch, now);
        case Pacer::Step::Go: break;
    }
    if (is_push)
        send_push(batch, now);
    else
        send_pull(now);  // nothing, when only the live connection was to be opened
}

bool Client::Engine::has_queued_work() const {
    return std::any_of(items_.begin(), items_.end(), [](const auto& entry) {
        return entry.second.record.state == StoredState::Queued && !entry.second.is_foreign;
    });
}

bool Client::Engine::is_interactive(const std::vector<Item*>& batch, Now now) const {
    if (!is_visible_ || pacer_.turn(now.mono)) return false;
    if (pacer_.is_pressed()) return true;
    return std::all_of(batch.begin(), batch.end(), [&](const Item* item) {
        const commands::Created& created = item->record.command.created;
        const bool is_of_this_page = created.boot == identity_.boot;
        return is_of_this_page && now.mono - Millis{created.mono_ms} < kJustGiven;
    });
}

// What the server's door reads before anything else. Source: outage.md 3.3.
void Client::Engine::add_lane(Send& message, const std::vector<Item*>& batch, Now now) const {
    message.headers.emplace_back(recovery::kItemsHeader, concat(batch.size()));
    const std::string& ticket = pacer_.ticket(now.mono);
    if (!ticket.empty() && !pacer_.is_pressed())
        message.headers.emplace_back(recovery::kTicketHeader, ticket);
    else if (is_interactive(batch, now))
        message.headers.emplace_back(recovery::kLaneHeader, recovery::kInteractive);
}

void Client::Engine::send_banner(Now now) {
    InFlightRequest request;
    request.asks = Asks::Banner;
    send(std::move(request),
         {0, "GET", std::string(recovery::kBannerPath), {}, kReturnTimeout, {}},
         now);
}

void Client::Engine::send_slot(const std::vector<Item*>& batch, Now now) {
    recovery::SlotRequest wanted;
    wanted.items = static_cast<int>(batch.size());
    for (const Item* item : batch) {
        wanted.bytes += static_cast<std::int64_t>(item->wire_bytes);
        const Millis age = now.wall - item->record.command.created.wall;
        wanted.oldest_age_ms = std::max<std::int64_t>(wanted.oldest_age_ms, age.count());
    }
    InFlightRequest request;
    request.asks = Asks::Slot;
    send(
        std::move(request),
        {0, "POST", std::string(recovery::kSlotPath), recovery::encode(wanted), kReturnTimeout, {}},
        now);
}

// A server of before all this has no such pages: it is taken as well.
void Client::Engine::on_return_answer(const InFlightRequest& request,
                                      const Failure& answer,
                                      Now now) {
    const bool is_older = answer.status == 404 && is_ours(answer.body);
    if (answer.status == 429 || answer.status == 503) return unanswered(answer, now);
    if (request.asks == Asks::Banner) {
        const Result<recovery::Advice> advice = recovery::decode_banner(answer.body);
        if (answer.status == 200 && advice) return pacer_.on_banner(*advice, now.mono);
        if (is_older) return pacer_.on_banner({}, now.mono);
    } else {
        const Result<recovery::Grant> grant = recovery::decode_grant(answer.body);
        if (answer.status == 200 && grant) return pacer_.on_grant(*grant, now.mono);
        if (is_older) return pacer_.on_grant({.mode = recovery::Mode::Normal}, now.mono);
    }
    unanswered({}, now);
}

void Client::Engine::lost(const InFlightRequest& request, Now now) {
    for (const Id& id : request.commands)
        if (Item* item = find_item(id)) item->is_in_flight = false;
    changed();
    if (request.is_push())
        on_push_failure(request, {}, now);
    else
        unanswered({}, now);
}

// Something that everybody felt: they all come back now.
void Client::Engine::reconnect(Now now) {
    pacer_.reconnect(
        is_visible_ ? recovery::Attention::Foreground : recovery::Attention::Background, now.mono);
    wants_pull_ = true;
    changed();
}

void Client::Engine::answered(Now now) {
    ++contacts_;
    pacer_.on_success();
    if (!is_reachable_) changed();
    is_reachable_ = true;
    last_contact_ = server_time(now);
}

void Client::Engine::unanswered(const Failure& failure, Now now) {
    changed();
    is_reachable_ = false;
    if (failure.status == 429 || failure.status == 503)
        pacer_.on_refused(recovery::refusal_of(failure.body, failure.retry_after), now.mono);
    else
        pacer_.on_silence(now.mono);
}

std::optional<Instant> Client::Engine::turn_at() const {
    const std::optional<Millis> turn = pacer_.turn(observed_.mono);
    if (!turn) return std::nullopt;
    return server_time(observed_) + (*turn - observed_.mono);
}

}  // namespace ventanilla::sync
