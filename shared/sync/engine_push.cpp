#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/sync/engine.hpp"

// What is sent: batches by lane, and what each answer or silence means for each command in them.

namespace ventanilla::sync {
namespace {

constexpr Millis kPushTimeout{30'000};
constexpr Millis kGrace{5'000};  // the platform reports a timeout itself; this is for when it does not
constexpr std::size_t kEnvelopeBytes = 1'024;
constexpr Millis kDeferredLeast{1'000};
constexpr Millis kDeferredMost{600'000};
constexpr Millis kBlockedMost{5'000};
constexpr Millis kRetryAfterMost{3'600'000};

}  // namespace

void Client::Engine::send(InFlightRequest request, Send send, Now now) {
    request.tag = send.tag = next_tag_++;
    request.sent = now;
    was_hinted_ = false;
    request.deadline = now.mono + send.timeout + kGrace;
    was_push_last_ = request.is_push();
    request_ = std::move(request);
    effects_.emplace_back(std::move(send));
}

// ---- Choosing -------------------------------------------------------------------------------------------

bool Client::Engine::is_sendable(const Item& item, Now now) const {
    if (item.is_foreign || item.held_by || item.is_in_flight) return false;
    if (item.record.state != StoredState::Queued) return false;
    const bool is_kept = item.stored > 0 || item.is_refused;  // volatile ones are sent all the same
    return is_kept && now.mono >= item.not_before;
}

bool Client::Engine::are_dependencies_met(const Item& item, const std::set<Id>& batch) const {
    const std::vector<Id>& deps = item.record.command.deps;
    return std::all_of(deps.begin(), deps.end(), [&](const Id& dep) {
        const auto found = items_.find(dep);
        return found == items_.end() || found->second.record.state == StoredState::Accepted ||
               batch.count(dep) > 0;
    });
}

// In the order they were made; a lane stops at the first command that cannot go yet.
std::vector<Client::Engine::Item*> Client::Engine::next_batch(Now now) {
    std::vector<Item*> batch;
    std::set<Id> ids;
    std::set<std::string> closed_lanes;
    std::size_t bytes = kEnvelopeBytes;
    const auto granted = static_cast<std::size_t>(pacer_.batch_max());
    const std::size_t most = granted > 0 ? std::min(granted, batch_max_) : batch_max_;
    for (Item* item : ordered()) {
        const commands::Command& command = item->record.command;
        if (item->record.state != StoredState::Queued || item->held_by || item->is_foreign) {
            const bool stops_all = bug(Bug::StopAfterFirstError) &&
                                   item->record.state == StoredState::Rejected;
            if (stops_all) return batch;
            continue;
        }
        if (closed_lanes.count(command.lane) > 0) continue;
        if (!is_sendable(*item, now) || !are_dependencies_met(*item, ids)) {
            closed_lanes.insert(command.lane);
            continue;
        }
        const bool fits = bytes + item->wire_bytes <= limits::kPushBytesMax;
        if (batch.size() >= most || !fits) break;
        bytes += item->wire_bytes + 32;
        batch.push_back(item);
        ids.insert(command.cmd_id);
    }
    return batch;
}

void Client::Engine::send_push(const std::vector<Item*>& batch, Now now) {
    PushRequest push;
    push.device = identity_.device;
    push.user = identity_.actor.user;
    push.epoch = epoch_;
    push.clock.wall = now.wall;
    push.clock.mono_ms = now.mono.count();
    push.clock.boot = identity_.boot;
    InFlightRequest request;
    request.asks = Asks::Push;
    for (Item* item : batch) {
        item->is_in_flight = true;
        push.commands.push_back({item->record.command, item->record.replay_seq, std::nullopt});
        request.commands.push_back(item->record.command.cmd_id);
    }
    changed();
    Send message{0, "POST", std::string(kPushPath), encode(push), kPushTimeout, {}};
    add_lane(message, batch, now);
    send(std::move(request), std::move(message), now);
}

// ---- Answers --------------------------------------------------------------------------------------------

void Client::Engine::on_response(std::uint64_t tag, int status, Millis retry_after,
                                 std::string_view body, Now now) {
    if (!request_ || request_->tag != tag) return settle(now);
    const InFlightRequest request = *request_;
    request_.reset();
    for (const Id& id : request.commands)
        if (Item* item = find_item(id)) item->is_in_flight = false;
    changed();
    if (request.asks == Asks::Banner || request.asks == Asks::Slot) {
        on_return_answer(request, {status, retry_after, body}, now);
    } else if (status == 200 && request.is_push()) {
        on_push_answer(request, body, now);
    } else if (status == 200) {
        on_pull_answer(request, body, now);
    } else if (status == 304 && !request.is_push()) {
        answered(now);
        // What came while the question was under way speaks of later than its answer.
        wants_pull_ = is_pull_stale_ || (was_hinted_ && head_ > seq_);
        if (!wants_pull_) head_ = seq_;
        synced_at_ = server_time(now);
    } else if (!on_problem(status, body, now)) {
        retry_after = std::clamp(retry_after, Millis{0}, kRetryAfterMost);
        if (request.is_push())
            on_push_failure(request, {status, retry_after, body}, now);
        else
            unanswered({status, retry_after, body}, now);
    }
    settle(now);
}

void Client::Engine::on_network_error(std::uint64_t tag, Now now) {
    if (request_ && request_->tag == tag) {
        const InFlightRequest request = *request_;
        request_.reset();
        lost(request, now);
    }
    settle(now);
}

void Client::Engine::on_push_answer(const InFlightRequest& request, std::string_view body, Now now) {
    const Result<PushResponse> response = decode_push_response(body);
    const bool is_of_this_history =
        response && (is_nil(epoch_) || is_nil(response->epoch) || response->epoch == epoch_);
    if (!is_of_this_history) {
        // Not our server (a captive portal says 200 too), cut off, or another history: a pull will tell.
        if (response) wants_pull_ = true;
        if (!response && bug(Bug::TrustCaptivePortal))
            for (const Id& id : request.commands)
                if (Item* item = find_item(id)) set_state(*item, StoredState::Discarded, now);
        return on_push_failure(request, {}, now);
    }
    answered(now);
    pacer_.spend_ticket();
    clock_.sample(request.sent.wall, now.wall, now.mono - request.sent.mono,
                  from_ms(response->server_ms));
    if (is_nil(epoch_)) epoch_ = response->epoch;
    push_failures_ = 0;
    batch_max_ = std::min(batch_max_ * 2, limits::kPushCommandsMax);
    head_ = std::max(head_, response->head);
    for (const CommandResult& result : response->results)
        on_result(result, response->epoch, now);
    if (response->head > seq_) wants_pull_ = true;
}

void Client::Engine::on_result(const CommandResult& result, const Id& epoch, Now now) {
    Item* item = find_item(result.cmd_id);
    if (item == nullptr || item->record.state != StoredState::Queued) return;
    item->lone_failures = 0;
    switch (result.status) {
        case ResultStatus::Applied: return on_applied(*item, result, epoch, now);
        case ResultStatus::Rejected:
            if (bug(Bug::DropOnReject)) {
                to_retire_.push_back(result.cmd_id);
                items_.erase(result.cmd_id);
                return base_changed(now);
            }
            item->record.receipt = result;
            item->record.receipt_epoch = epoch;
            set_state(*item, StoredState::Rejected, now);
            return note(Notice::NeedsAttention, result.cmd_id);
        case ResultStatus::Deferred: {
            const bool is_blocked = result.reason == DeferReason::BlockedBy;
            const Millis wait = std::clamp(Millis{result.retry_after_ms}, kDeferredLeast,
                                           is_blocked ? kBlockedMost : kDeferredMost);
            item->not_before = now.mono + wait;
            item->is_orphan = is_blocked;
            return;
        }
    }
}

void Client::Engine::on_applied(Item& item, const CommandResult& result, const Id& epoch, Now now) {
    item.record.receipt = result;
    item.record.receipt_epoch = epoch;
    set_state(item, StoredState::Accepted, now);
    wants_pull_ = wants_pull_ || result.seq > seq_;
    note(Notice::Received, result.cmd_id);
}

// ---- Failures -------------------------------------------------------------------------------------------

void Client::Engine::on_push_failure(const InFlightRequest& request, const Failure& failure, Now now) {
    for (const Id& id : request.commands)
        if (Item* item = find_item(id)) item->is_in_flight = false;
    changed();
    const int status = failure.status;
    const bool is_our_bug =
        (status == 413 || status == 422) && decode_problem(failure.body).has_value();
    const bool is_server_bug = status >= 500 && status != 502 && status != 503 && status != 504;
    // Silence is the batch's fault only if something else was answered since the last time.
    const bool is_alive = contacts_ > contacts_at_push_failure_;
    const bool is_overload = status == 429 || status == 503;
    contacts_at_push_failure_ = contacts_;
    push_failures_ = is_alive ? push_failures_ + 1 : 1;
    const bool is_suspect = is_our_bug || is_server_bug || (!is_overload && push_failures_ >= 2);
    if (is_suspect && request.commands.size() > 1) {
        batch_max_ = request.commands.size() / 2;
    } else if (is_suspect && request.commands.size() == 1) {
        if (Item* item = find_item(request.commands.front()))
            on_lone_failure(*item, status, is_our_bug, now);
    }
    if (is_our_bug || is_server_bug)
        pacer_.rest(Backoff::ceiling(1), now.mono);  // somebody answered
    else
        unanswered(failure, now);
    wants_pull_ = true;
    if (!bug(Bug::NewIdOnRetry)) return;
    for (const Id& id : request.commands) {
        const auto found = items_.find(id);
        if (found == items_.end()) continue;
        Item copy = found->second;
        copy.record.command.cmd_id = random_id(random_);
        copy.stored = 0;
        to_retire_.push_back(id);
        items_.erase(found);
        items_.insert({copy.record.command.cmd_id, copy});
    }
}

// A command that fails alone steps aside, so that other lanes flow; only with evidence that the server
// answers others does it count against the command.
void Client::Engine::on_lone_failure(Item& item, int status, bool is_our_bug, Now now) {
    item.lone_failures = std::min(item.lone_failures + 1, 16);
    const Millis wait = uniform(random_, Backoff::ceiling(item.lone_failures));
    item.not_before = now.mono + std::max(Millis{1'000}, wait);
    batch_max_ = limits::kPushCommandsMax;
    if (is_our_bug) {
        item.record.reason = "the server could not read it";
        set_state(item, StoredState::Quarantined, now);
        return note(Notice::NeedsAttention, item.record.command.cmd_id);
    }
    if (status < 500 || contacts_ == item.contacts_at_failure) return;
    item.contacts_at_failure = contacts_;
    ++item.record.attempts;
    ++item.version;
    if (item.record.attempts < limits::kLoneFailuresMax) return;
    item.record.reason = "the server failed on it again and again";
    set_state(item, StoredState::Quarantined, now);
    note(Notice::NeedsAttention, item.record.command.cmd_id);
}

}  // namespace ventanilla::sync
