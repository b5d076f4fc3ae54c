#include "shared/sync/engine.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

// Life: boot, settling, timers, the live connection.

namespace ventanilla::sync {
namespace {

constexpr Millis kPollVisible{30'000};
constexpr Millis kPollQuiet{300'000};      // hidden, or while hints arrive
constexpr Millis kLiveAgain{5'000};        // at most, after one that lived
constexpr Millis kLiveLifetime{870'000};   // the server ends streams after 15 min: no sign of trouble
constexpr Millis kLiveSilence{40'000};
constexpr Millis kSyncNowEvery{10'000};

}  // namespace

// ---- Boot -----------------------------------------------------------------------------------------------

void Client::Engine::boot(const Files& files, Identity identity, TabRole role, Now now) {
    Items kept;  // what the leader cannot know of yet
    for (auto& [id, item] : items_) {
        const bool is_known = item.stored > 0 && !item.is_unannounced;
        if (!is_known && item.record.state == StoredState::Queued) kept.insert({id, item});
    }
    identity_ = std::move(identity);
    role_ = role;
    items_.clear();
    acked_.clear();
    acked_index_.clear();
    acked_dirty_.clear();
    acked_bytes_.clear();
    to_retire_.clear();
    local_codes_.clear();
    drafts_.clear();
    request_.reset();
    commit_.reset();
    staging_ = {};
    stop_talking();
    replica_.clear_base();

    Boot stored = read_store(files);
    is_newer_format_ = stored.is_newer_format;
    is_upgrade_needed_ = stored.is_newer_format;
    adopt_base(stored);
    adopt_acked(stored);
    adopt_records(stored);
    settle_duplicates();
    for (auto& [id, item] : kept) {
        const auto on_device = items_.find(id);
        if (on_device == items_.end() && item.stored == 0) {
            item.is_in_flight = false;
            items_.insert({id, std::move(item)});
        } else if (on_device != items_.end() && role_ == TabRole::Follower &&
                   on_device->second.record.state == StoredState::Queued) {
            on_device->second.is_unannounced = true;  // its commit came late: told once more
        }
    }
    for (const auto& [id, item] : items_)
        next_lseq_ = std::max(next_lseq_, item.record.lseq + 1);
    session_ = stored.session;
    if (!is_booted_ && has_queued_work()) pacer_.start();
    is_booted_ = true;
    wants_pull_ = true;
    next_poll_ = now.mono + poll_interval();
    changed();
    settle(now);
}

void Client::Engine::adopt_base(Boot& boot) {
    replica_.load(std::move(boot.rows));
    for (const Delta& delta : boot.deltas)
        replica_.apply(delta);
    const Manifest& stored = boot.manifest;
    epoch_ = stored.epoch;
    cursor_ = stored.cursor;
    seq_ = stored.seq;
    scope_rev_ = stored.scope_rev;
    snapshot_ = stored.snapshot;
    if (to_ms(stored.synced_at) > 0) synced_at_ = stored.synced_at;
    shard_parts_ = stored.shards;
    sealed_parts_ = stored.journal;  // the open segment of last time is sealed: a new one begins
    unsaved_segments_.clear();
    segment_.clear();
    snapshot_bytes_ = 0;
    journal_bytes_ = 0;
    base_files_.clear();
    for (std::size_t i = 0; i < stored.shards.size(); ++i) {
        snapshot_bytes_ += stored.shards[i].bytes;
        base_files_.insert(shard_path(snapshot_, i));
    }
    for (std::size_t i = 0; i < stored.journal.size(); ++i) {
        journal_bytes_ += stored.journal[i].bytes;
        base_files_.insert(journal_path(snapshot_, i));
    }
    garbage_ = {boot.garbage.begin(), boot.garbage.end()};
    base_files_.insert(garbage_.begin(), garbage_.end());
    needs_snapshot_ = boot.was_base_dropped;
    is_base_dirty_ = boot.was_base_dropped || !garbage_.empty();
    is_history_pending_ = false;
    // A user change on this device never shares a base.
    const bool is_of_other = !is_nil(stored.user) && stored.user != identity_.actor.user;
    if (!is_of_other) return;
    replica_.clear_base();
    cursor_.clear();
    seq_ = 0;
    needs_snapshot_ = is_base_dirty_ = true;
}

void Client::Engine::adopt_acked(Boot& boot) {
    acked_ = std::move(boot.acked);
    for (const auto& [segment, records] : acked_) {
        for (const OutboxRecord& record : records) {
            acked_index_[record.command.cmd_id] = segment;
            next_lseq_ = std::max(next_lseq_, record.lseq + 1);
            acked_bytes_[segment] += dump_json(commands::to_json(record.command)).size() + 400;
            const Result<domain::RowRef> entity = commands::entity_of(record.command);
            if (entity) local_codes_[short_code(record.command.cmd_id)] = *entity;
        }
    }
}

void Client::Engine::adopt_records(Boot& boot) {
    for (OutboxRecord& record : boot.outbox) {
        Item item;
        item.stored = 1;
        item.is_foreign = record.user != identity_.actor.user;
        item.wire_bytes = dump_json(commands::to_json(record.command)).size();
        const Id id = record.command.cmd_id;
        const Result<domain::RowRef> entity = commands::entity_of(record.command);
        if (entity) local_codes_[short_code(id)] = *entity;
        item.record = std::move(record);
        if (role_ == TabRole::Leader && is_of_other_history(item.record)) {
            requeue(item.record);
            ++item.version;
        }
        items_.insert({id, std::move(item)});
    }
    unreadable_ = std::move(boot.unreadable);
    if (bug(Bug::TrustDamagedOutbox)) {
        for (const Unreadable& file : unreadable_)
            base_files_.insert(file.path);
        unreadable_.clear();
        needs_snapshot_ = is_base_dirty_ = true;
    }
    for (Draft& draft : boot.drafts) {
        StoredDraft stored;
        stored.stored = 1;
        stored.draft = std::move(draft);
        const Id id = stored.draft.id;
        drafts_.insert({id, std::move(stored)});
    }
}

// A command stands in the outbox and among the acknowledged: the file is a left-over, unless it was queued
// again for a restored server.
void Client::Engine::settle_duplicates() {
    for (auto it = items_.begin(); it != items_.end();) {
        const OutboxRecord* acked = find_acked(it->first);
        if (acked == nullptr) {
            ++it;
            continue;
        }
        const bool is_requeued = it->second.record.replay_seq != 0 && acked->receipt &&
                                 acked->receipt->seq == it->second.record.replay_seq;
        is_base_dirty_ = true;
        if (is_requeued) {
            const std::uint64_t segment = acked_index_[it->first];
            const Id id = it->first;
            std::erase_if(acked_[segment], [&](const OutboxRecord& record) {
                return record.command.cmd_id == id;
            });
            acked_index_.erase(id);
            acked_dirty_.insert(segment);
            ++it;
            continue;
        }
        to_retire_.push_back(it->first);
        it = items_.erase(it);
    }
}

// ---- Settling -------------------------------------------------------------------------------------------

void Client::Engine::observe(Now now) {
    const Millis difference = now.wall.time_since_epoch() - now.mono;
    if (wall_minus_mono_) clock_.shift(difference - *wall_minus_mono_);
    wall_minus_mono_ = difference;
    observed_ = now;
}

void Client::Engine::settle(Now now) {
    observe(now);
    if (!is_booted_) return;
    expire(now);
    refold(now);
    retire_confirmed(now);
    pump_store(now);
    pump_live(now);
    pump_network(now);
    schedule(now);
    if (revision() == last_noted_revision_) return;
    last_noted_revision_ = revision();
    note(Notice::Changed);
}

void Client::Engine::note(Notice notice, const Id& cmd_id) {
    effects_.emplace_back(Notify{notice, cmd_id});
}

bool Client::Engine::may_talk() const {
    return is_booted_ && role_ == TabRole::Leader && is_online_ && is_signed_in_ && !is_revoked_ &&
           !is_upgrade_needed_ && !is_logged_out_;
}

bool Client::Engine::may_write() const { return is_booted_ && !is_newer_format_ && !is_logged_out_; }

void Client::Engine::refold(Now now) {
    std::vector<Item*> order = ordered();
    std::vector<Pending> pending;
    for (const Item* item : order) {
        if (is_confirmed(*item)) continue;
        const StoredState state = item->record.state;
        const bool has_effect = state == StoredState::Queued || state == StoredState::Accepted;
        pending.push_back({&item->record.command, item->record.lseq, !has_effect || item->is_foreign});
    }
    replica_.fold(pending, identity_.actor, server_time(now));
    std::vector<Item*> earlier;
    for (Item* item : order) {
        const std::optional<Id> before = item->held_by;
        item->held_by = holder_of(*item, earlier);
        if (item->held_by != before) changed();
        earlier.push_back(item);
    }
}

// What a queued command waits for: a dependency that was not applied, or a predecessor in its lane that was
// refused and without which it does not apply here either.
std::optional<Id> Client::Engine::holder_of(const Item& item, const std::vector<Item*>& earlier) const {
    if (item.record.state != StoredState::Queued || bug(Bug::ForgetLaneHold)) return std::nullopt;
    const auto is_stuck = [](const Item& other) {
        return other.held_by || other.record.state == StoredState::Rejected ||
               other.record.state == StoredState::Quarantined;
    };
    const commands::Command& command = item.record.command;
    for (const Id& dep : command.deps) {
        const auto found = items_.find(dep);
        if (found == items_.end()) {
            // Lost with its tab, or its file is damaged: the server will never have it from here.
            if (item.is_orphan && find_acked(dep) == nullptr) return dep;
            continue;
        }
        if (is_stuck(found->second) || found->second.record.state == StoredState::Discarded) return dep;
    }
    const FoldState* fold = replica_.fold_state(command.cmd_id);
    if (fold == nullptr || fold->is_applied || fold->is_unknown) return std::nullopt;
    for (const Item* other : earlier)
        if (other->record.command.lane == command.lane && is_stuck(*other))
            return other->record.command.cmd_id;
    return std::nullopt;
}

// What is due: answers that did not come, the next poll, a live connection that fell silent.
void Client::Engine::expire(Now now) {
    if (request_ && now.mono >= request_->deadline) {
        const InFlightRequest silent = *request_;
        request_.reset();
        lost(silent, now);
    }
    if (commit_ && now.mono >= commit_->deadline) {
        const InFlightCommit lost = *commit_;
        commit_.reset();
        commit_failed(lost, CommitResult::Failed, now);
    }
    if (may_talk() && now.mono >= next_poll_) {
        wants_pull_ = true;
        next_poll_ = now.mono + poll_interval();
    }
    const bool is_silent = live_ != Live::Closed && now.mono - live_heard_ >= kLiveSilence;
    if (is_silent) {
        effects_.emplace_back(CloseLive{});
        live_ = Live::Closed;
        live_backoff_.fail(now.mono);
        live_not_before_ = live_backoff_.until();
        next_poll_ = std::min(next_poll_, now.mono + poll_interval());
        changed();
    }
}

void Client::Engine::schedule(Now now) {
    std::optional<Millis> wake;
    // What was due already was tried a moment ago, and something else will happen before it can go on.
    const auto at = [&](Millis when) {
        if (when > now.mono && (!wake || when < *wake)) wake = when;
    };
    if (request_) at(request_->deadline);
    if (commit_) at(commit_->deadline);
    if (may_talk()) {
        at(next_poll_);
        const Millis allowed = pacer_.until();
        if (wants_pull_ && !request_) at(allowed);
        for (const auto& [id, item] : items_)
            if (!request_ && item.record.state == StoredState::Queued && !item.held_by)
                at(std::max(item.not_before, allowed));
        at(live_ == Live::Closed ? std::max(live_not_before_, allowed) : live_heard_ + kLiveSilence);
    }
    if (may_write() && !commit_) {
        for (const auto& [id, draft] : drafts_)
            if (draft.stored < draft.version) at(std::max(draft.due, store_not_before_));
        if (is_base_dirty_ && role_ == TabRole::Leader)
            at(std::max({base_due_, no_base_until_, store_not_before_}));
        const bool has_work = std::any_of(items_.begin(), items_.end(), [](const auto& entry) {
            return entry.second.is_dirty();
        });
        if (has_work || is_session_dirty_) at(store_not_before_);
    }
    const Millis next = wake.value_or(Millis{-1});
    if (next == last_wake_ || !wake) return;
    last_wake_ = next;
    effects_.emplace_back(WakeAt{next});
}

void Client::Engine::on_timer(Now now) {
    last_wake_ = Millis{-1};
    settle(now);
}

// 30 s while somebody looks, 5 min otherwise or while hints arrive; 20 % to either side.
Millis Client::Engine::poll_interval() {
    const bool is_quiet = live_ == Live::Open || !is_visible_;
    const Millis base = is_quiet ? kPollQuiet : kPollVisible;
    return base - base / 5 + uniform(random_, base * 2 / 5);
}

// ---- Live -----------------------------------------------------------------------------------------------

void Client::Engine::stop_talking() {
    request_.reset();
    for (auto& [id, item] : items_)
        item.is_in_flight = false;
    staging_ = {};
    if (live_ == Live::Closed) return;
    live_ = Live::Closed;
    effects_.emplace_back(CloseLive{});
}

void Client::Engine::pump_live(Now now) {
    if (!may_talk() || live_ != Live::Closed || now.mono < live_not_before_) return;
    if (pacer_.step(recovery::Work::Read, now.mono) != recovery::Pacer::Step::Go) return;
    live_ = Live::Opening;
    live_heard_ = now.mono;
    effects_.emplace_back(OpenLive{});
}

void Client::Engine::on_live_state(bool is_open, Now now) {
    if (is_open && live_ == Live::Opening) {
        live_ = Live::Open;
        live_heard_ = live_opened_ = now.mono;
        live_backoff_.reset();
        pacer_.trust();
        wants_pull_ = is_pull_stale_ = true;
        changed();
    } else if (!is_open && live_ != Live::Closed) {
        // The server ends connections now and then; one that lived is opened again soon, others back off.
        if (live_ == Live::Open && now.mono - live_opened_ < kLiveLifetime) reconnect(now);
        if (live_ == Live::Open)
            live_backoff_.restart(now.mono, kLiveAgain);
        else
            live_backoff_.fail(now.mono);
        live_ = Live::Closed;
        live_not_before_ = live_backoff_.until();
        next_poll_ = std::min(next_poll_, now.mono + poll_interval());
        changed();
    }
    settle(now);
}

void Client::Engine::on_live_heartbeat(Now now) {
    live_heard_ = now.mono;
    settle(now);
}

void Client::Engine::on_hint(std::uint64_t head, Now now) {
    live_heard_ = now.mono;
    if (head > seq_ || head < head_) wants_pull_ = true;  // less than was seen: the server was restored
    head_ = head;
    was_hinted_ = true;
    settle(now);
}

// ---- The device -----------------------------------------------------------------------------------------

void Client::Engine::on_online(bool is_online, Now now) {
    if (is_online != is_online_) changed();
    const bool came_back = is_online && !is_online_;
    is_online_ = is_online;
    if (came_back) {
        // Everybody's cable was plugged in at the same moment: spread before the first request.
        reconnect(now);
        live_not_before_ = std::max(live_not_before_, pacer_.until());
    }
    if (!is_online) is_reachable_ = false;
    settle(now);
}

void Client::Engine::on_visibility(bool is_visible, Now now) {
    const bool came_back = is_visible && !is_visible_;
    is_visible_ = is_visible;
    if (came_back) wants_pull_ = true;
    next_poll_ = now.mono + poll_interval();
    settle(now);
}

void Client::Engine::sync_now(Now now) {
    if (now.mono - last_sync_now_ < kSyncNowEvery) return;
    last_sync_now_ = now.mono;
    pacer_.retry_now(now.mono);
    live_not_before_ = now.mono;
    wants_pull_ = true;
    for (auto& [id, item] : items_)
        item.not_before = Millis{0};
    store_not_before_ = Millis{0};
    settle(now);
}

void Client::Engine::on_signed_in(const SessionInfo& session, Now now) {
    if (session.user != identity_.actor.user) {
        note(Notice::OtherUser);
        return settle(now);
    }
    identity_.actor = actor_of(session);
    session_ = session;
    is_session_dirty_ = true;
    is_signed_in_ = true;
    is_logged_out_ = false;
    wants_pull_ = true;
    pacer_.trust();
    live_not_before_ = now.mono;
    changed();
    settle(now);
}

void Client::Engine::logout(Now now) {
    stop_talking();
    is_logged_out_ = true;
    is_signed_in_ = false;
    changed();
    settle(now);
}

void Client::Engine::wipe(Now now) {
    logout(now);
    items_.clear();
    acked_.clear();
    acked_index_.clear();
    drafts_.clear();
    local_codes_.clear();
    unreadable_.clear();
    session_.reset();
    replica_.clear_base();
    effects_.emplace_back(Wipe{identity_.scope});
    settle(now);
}

std::vector<Effect> Client::Engine::take_effects() {
    std::vector<Effect> out;
    out.swap(effects_);
    return out;
}

ClientStatus Client::Engine::status() const {
    ClientStatus status;
    status.role = role_;
    status.is_online = is_online_;
    status.is_reachable = is_reachable_;
    status.is_live = live_ == Live::Open;
    status.is_signed_in = is_signed_in_;
    status.is_upgrade_needed = is_upgrade_needed_;
    status.is_revoked = is_revoked_;
    status.is_loading = cursor_.empty();
    status.last_contact = last_contact_ ? last_contact_ : synced_at_;
    status.last_full_sync = synced_at_;
    status.storage = storage_;
    status.epoch = epoch_;
    status.seq = seq_;
    status.head = head_;
    status.clock_offset = clock_.offset();
    status.digest_mismatches = digest_mismatches_;
    status.unreadable_files = static_cast<int>(unreadable_.size());
    if (!is_reachable_ && pacer_.until().count() > 0) status.retry_at = pacer_.until();
    status.turn_at = turn_at();
    return status;
}

}  // namespace ventanilla::sync
