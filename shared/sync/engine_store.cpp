#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/engine.hpp"

// What is written, and when: one transaction at a time, somebody's work before everything else.

namespace ventanilla::sync {
namespace {

constexpr Millis kBaseEvery{2'000};
constexpr Millis kCommitDeadline{60'000};       // the platform's own tries end long before
constexpr Millis kNoBaseAfterEviction{600'000};
constexpr std::size_t kShardsMax = 60;
constexpr std::size_t kJournalPartsMax = 32;  // the manifest stays below 4 KiB
constexpr std::int64_t kDiscardedKeptDays = 30;
constexpr std::int64_t kDayMs = 24 * 3'600'000;

Manifest::Part part_of(std::string_view bytes) {
    return {static_cast<std::uint32_t>(bytes.size()), crc32c(bytes)};
}

}  // namespace

// ---- Choosing what to write -----------------------------------------------------------------------------

void Client::Engine::pump_store(Now now) {
    if (commit_ || !may_write() || now.mono < store_not_before_) return;
    if (commit_new_work(now) || commit_changes(now) || commit_drafts(now)) return;
    commit_base(now);
}

void Client::Engine::begin_commit(Commit commit, InFlightCommit in_flight, Now now) {
    commit.id = in_flight.id = next_commit_++;
    in_flight.write_class = commit.write_class;
    in_flight.deadline = now.mono + kCommitDeadline;
    if (bug(Bug::AckBeforeComplete)) {
        for (const auto& [id, version] : in_flight.items)
            if (Item* item = find_item(id)) item->stored = version;
        changed();
    }
    if (bug(Bug::UnfencedBase)) commit.is_fenced = false;
    commit_ = std::move(in_flight);
    effects_.emplace_back(std::move(commit));
}

// First of all, and without a fence: commands that are nowhere but in this tab.
bool Client::Engine::commit_new_work(Now now) {
    Commit commit;
    InFlightCommit in_flight;
    commit.is_fenced = false;
    in_flight.is_new_work = true;
    for (const auto& [id, item] : items_) {
        if ((item.stored > 0 && !item.is_unannounced) || is_history_pending_) continue;
        commit.puts.emplace_back(outbox_path(id), encode(item.record));
        in_flight.items.emplace_back(id, item.version);
    }
    if (commit.puts.empty()) return false;
    begin_commit(std::move(commit), std::move(in_flight), now);
    return true;
}

void Client::Engine::add_changed_items(Commit& commit, InFlightCommit& in_flight) {
    for (const auto& [id, item] : items_) {
        if (item.stored >= item.version) continue;
        commit.puts.emplace_back(outbox_path(id), encode(item.record));
        in_flight.items.emplace_back(id, item.version);
    }
}

// Receipts and other turns of fate: strict as well, and fenced, because the leader alone decides them.
bool Client::Engine::commit_changes(Now now) {
    if (role_ != TabRole::Leader) return false;
    Commit commit;
    InFlightCommit in_flight;
    add_changed_items(commit, in_flight);
    if (is_session_dirty_ && session_) {
        commit.puts.emplace_back(std::string(kSessionFile), frame(encode(*session_)));
        in_flight.has_session = true;
    }
    if (is_history_pending_) {
        in_flight.is_history = true;
        add_retired(commit, in_flight);
        add_base(commit, in_flight);
    }
    if (commit.puts.empty()) return false;
    begin_commit(std::move(commit), std::move(in_flight), now);
    return true;
}

bool Client::Engine::commit_base(Now now) {
    if (role_ != TabRole::Leader || !is_base_dirty_) return false;
    if (now.mono < std::max(base_due_, no_base_until_)) return false;
    Commit commit;
    InFlightCommit in_flight;
    commit.write_class = WriteClass::B;
    base_written_ = now.mono;
    add_retired(commit, in_flight);
    add_base(commit, in_flight);
    begin_commit(std::move(commit), std::move(in_flight), now);
    return true;
}

bool Client::Engine::is_under_way(const Id& draft, std::uint64_t version) const {
    if (!commit_) return false;
    const auto& drafts = commit_->drafts;
    return std::find(drafts.begin(), drafts.end(), std::pair{draft, version}) != drafts.end();
}

// Drafts that rest and are not stored, nor on their way in the transaction under way.
Commit Client::Engine::resting_drafts(Now now, InFlightCommit& in_flight) const {
    Commit commit;
    commit.write_class = WriteClass::C;
    commit.is_fenced = false;
    for (const auto& [id, slot] : drafts_) {
        if (slot.stored >= slot.version || now.mono < slot.due) continue;
        if (is_under_way(id, slot.version)) continue;
        if (slot.is_deleted)
            commit.deletes.push_back(draft_path(id));
        else
            commit.puts.emplace_back(draft_path(id), encode(slot.draft));
        in_flight.drafts.emplace_back(id, slot.version);
    }
    return commit;
}

bool Client::Engine::commit_drafts(Now now) {
    InFlightCommit in_flight;
    Commit commit = resting_drafts(now, in_flight);
    if (in_flight.drafts.empty()) return false;
    begin_commit(std::move(commit), std::move(in_flight), now);
    return true;
}

// A page that goes cannot wait for the transaction under way. Nobody waits for this one: should the
// page stay, the same is written once more when its turn comes.
void Client::Engine::flush_drafts(Now now) {
    for (auto& [id, slot] : drafts_)
        slot.due = std::min(slot.due, now.mono);
    settle(now);
    InFlightCommit unwatched;
    Commit commit = resting_drafts(now, unwatched);
    if (unwatched.drafts.empty() || !may_write()) return;
    commit.id = next_commit_++;
    effects_.emplace_back(std::move(commit));
}

// ---- Acknowledged commands ------------------------------------------------------------------------------

// Confirmed commands move out of the outbox: their file goes in the transaction that keeps them in acked/.
void Client::Engine::retire_confirmed(Now now) {
    if (role_ != TabRole::Leader || !may_write() || is_history_pending_) return;
    std::vector<Id> done;
    for (const auto& [id, item] : items_) {
        const bool is_writing = commit_ && std::any_of(commit_->items.begin(), commit_->items.end(),
                                                       [&, wanted = id](const auto& put) { return put.first == wanted; });
        if (is_confirmed(item) && item.stored >= item.version && !is_writing) done.push_back(id);
    }
    if (done.empty()) return;
    for (const Id& id : done) {
        std::uint64_t segment = acked_.empty() ? 0 : acked_.rbegin()->first;
        if (acked_bytes_[segment] >= limits::kSegmentBytes) ++segment;
        Item& item = items_.at(id);
        acked_bytes_[segment] += item.wire_bytes + 400;
        acked_[segment].push_back(std::move(item.record));
        acked_index_[id] = segment;
        acked_dirty_.insert(segment);
        to_retire_.push_back(id);
        items_.erase(id);
    }
    prune_acked(now);
    base_changed(now);
    changed();
}

// Kept 35 days or 5,000 commands, for a server that is restored from a backup. Source: sync.md 2.8.
void Client::Engine::prune_acked(Now now) {
    while (acked_.size() > 1 && clock_.is_known()) {
        const auto oldest = acked_.begin();
        const Instant newest_in_it =
            oldest->second.empty() ? Instant{} : oldest->second.back().settled_at;
        const bool is_old =
            (server_time(now) - newest_in_it).count() > limits::kAckedRetentionDays * kDayMs;
        const bool is_over = acked_index_.size() - oldest->second.size() >= limits::kAckedCommandsMax;
        if (!is_old && !is_over) return;
        for (const OutboxRecord& record : oldest->second)
            acked_index_.erase(record.command.cmd_id);
        acked_dirty_.insert(oldest->first);  // to be deleted: it is not there any more
        acked_bytes_.erase(oldest->first);
        acked_.erase(oldest);
    }
}

// What was thrown away can be taken back for 30 days by the server's clock; the device's may be years off.
void Client::Engine::purge_discarded(Now now) {
    for (auto it = items_.begin(); it != items_.end();) {
        Item& item = it->second;
        const bool is_discarded = item.record.state == StoredState::Discarded;
        if (is_discarded && to_ms(item.record.settled_at) == 0) {
            item.record.settled_at = server_time(now);
            ++item.version;
        }
        const Millis age = server_time(now) - item.record.settled_at;
        if (!is_discarded || age.count() < kDiscardedKeptDays * kDayMs) {
            ++it;
            continue;
        }
        to_retire_.push_back(it->first);
        it = items_.erase(it);
        base_changed(now);
    }
}

void Client::Engine::add_retired(Commit& commit, InFlightCommit& in_flight) {
    for (const std::uint64_t segment : acked_dirty_) {
        const auto records = acked_.find(segment);
        if (records == acked_.end() || records->second.empty())
            commit.deletes.push_back(acked_path(segment));
        else
            commit.puts.emplace_back(acked_path(segment), encode_acked(records->second));
        in_flight.acked.push_back(segment);
    }
    acked_dirty_.clear();
    for (const Id& id : to_retire_)
        if (items_.count(id) == 0) commit.deletes.push_back(outbox_path(id));
    in_flight.retired = std::move(to_retire_);
    to_retire_.clear();
}

// ---- Base -----------------------------------------------------------------------------------------------

void Client::Engine::base_changed(Now now) {
    // The first change at once, those that follow together: a banner that is seen is also kept.
    if (!is_base_dirty_) base_due_ = base_written_ ? std::max(now.mono, *base_written_ + kBaseEvery) : now.mono;
    is_base_dirty_ = true;
}

void Client::Engine::journal(const Delta& delta, Now now) {
    base_changed(now);
    if (needs_snapshot_ || bug(Bug::CursorBeforeRows)) return;
    const std::string bytes = frame(encode(delta));
    const std::size_t allowed = std::max(limits::kSegmentBytes, snapshot_bytes_ / 4);
    const bool is_full =
        journal_bytes_ + bytes.size() > allowed || sealed_parts_.size() >= kJournalPartsMax;
    if (snapshot_bytes_ == 0 || is_full) {
        needs_snapshot_ = true;
        return;
    }
    if (!segment_.empty() && segment_.size() + bytes.size() > limits::kSegmentBytes) {
        unsaved_segments_[sealed_parts_.size()] = segment_;
        sealed_parts_.push_back(part_of(segment_));
        segment_.clear();
    }
    segment_ += bytes;
    journal_bytes_ += bytes.size();
}

Manifest Client::Engine::manifest() const {
    Manifest out;
    out.user = identity_.actor.user;
    out.epoch = epoch_;
    out.cursor = cursor_;
    out.seq = seq_;
    out.scope_rev = scope_rev_;
    out.snapshot = snapshot_;
    out.shards = shard_parts_;
    out.journal = sealed_parts_;
    if (!segment_.empty()) out.journal.push_back(part_of(segment_));
    if (synced_at_) out.synced_at = *synced_at_;
    return out;
}

void Client::Engine::add_base(Commit& commit, InFlightCommit& in_flight) {
    if (needs_snapshot_) {
        add_snapshot(commit, in_flight);
    } else {
        for (auto& [k, bytes] : unsaved_segments_)
            commit.puts.emplace_back(journal_path(snapshot_, k), std::move(bytes));
        unsaved_segments_.clear();
        if (!segment_.empty())
            commit.puts.emplace_back(journal_path(snapshot_, sealed_parts_.size()), segment_);
    }
    commit.puts.emplace_back(std::string(kManifestPath), encode(manifest()));
    std::set<std::string> fresh;
    for (const auto& [path, bytes] : commit.puts)
        if (path.starts_with("base/")) fresh.insert(path);
    for (const std::string& path : in_flight.has_snapshot ? base_files_ : garbage_)
        if (fresh.count(path) == 0) commit.deletes.push_back(path);
    base_files_.insert(fresh.begin(), fresh.end());
    in_flight.has_base = true;
    is_base_dirty_ = false;
}

// Snapshot N+1 beside N; the same transaction flips the manifest and deletes what it replaces.
void Client::Engine::add_snapshot(Commit& commit, InFlightCommit& in_flight) {
    const std::size_t known = std::max(snapshot_bytes_ + journal_bytes_, limits::kSegmentBytes);
    std::vector<std::string> shards =
        replica_.shards(std::max(limits::kSegmentBytes, known / (kShardsMax / 2)));
    ++snapshot_;
    shard_parts_.clear();
    sealed_parts_.clear();
    unsaved_segments_.clear();
    segment_.clear();
    journal_bytes_ = snapshot_bytes_ = 0;
    for (std::size_t i = 0; i < shards.size(); ++i) {
        snapshot_bytes_ += shards[i].size();
        shard_parts_.push_back(part_of(shards[i]));
        commit.puts.emplace_back(shard_path(snapshot_, i), std::move(shards[i]));
    }
    in_flight.has_snapshot = true;
    needs_snapshot_ = false;
}

// No room for somebody's work: what can be fetched again goes first.
void Client::Engine::evict(Now now) {
    Commit commit;
    InFlightCommit in_flight;
    commit.deletes.assign(base_files_.begin(), base_files_.end());
    Manifest empty;
    empty.user = identity_.actor.user;
    empty.epoch = epoch_;
    empty.snapshot = snapshot_;
    commit.puts.emplace_back(std::string(kManifestPath), encode(empty));
    in_flight.is_eviction = true;
    needs_snapshot_ = true;
    no_base_until_ = now.mono + kNoBaseAfterEviction;
    begin_commit(std::move(commit), std::move(in_flight), now);
}

// ---- How it ended ---------------------------------------------------------------------------------------

void Client::Engine::on_commit(std::uint64_t id, CommitResult result, Now now) {
    if (commit_ && commit_->id == id) {
        const InFlightCommit ended = std::move(*commit_);
        commit_.reset();
        if (result == CommitResult::Ok)
            commit_done(ended);
        else
            commit_failed(ended, result, now);
    }
    settle(now);
}

void Client::Engine::commit_done(const InFlightCommit& done) {
    for (const auto& [id, version] : done.items) {
        Item* item = find_item(id);
        if (item == nullptr) continue;
        item->stored = std::max(item->stored, version);
        item->is_refused = item->is_unannounced = false;
        changed();
    }
    for (const auto& [id, version] : done.drafts) {
        const auto found = drafts_.find(id);
        if (found == drafts_.end()) continue;
        found->second.stored = std::max(found->second.stored, version);
        if (found->second.is_deleted && found->second.stored >= found->second.version)
            drafts_.erase(found);
    }
    if (done.has_session) is_session_dirty_ = false;
    if (done.is_history) is_history_pending_ = false;
    if (done.has_snapshot) {
        base_files_.clear();
        for (std::size_t i = 0; i < shard_parts_.size(); ++i)
            base_files_.insert(shard_path(snapshot_, i));
    }
    if (done.has_base) garbage_.clear();
    if (done.is_eviction) base_files_.clear();
    if (done.is_new_work && !done.items.empty()) note(Notice::NewOutboxFile);
    store_failures_ = 0;
    store_not_before_ = Millis{0};
    const bool is_anything_refused = std::any_of(items_.begin(), items_.end(), [](const auto& entry) {
        return entry.second.is_refused;
    });
    if (storage_ != StorageMode::Durable && !is_anything_refused) {
        storage_ = StorageMode::Durable;
        changed();
    }
}

void Client::Engine::commit_failed(const InFlightCommit& failed, CommitResult result, Now now) {
    // What it held is dirty again; of the base nobody knows what landed, so it is written anew.
    for (const std::uint64_t segment : failed.acked)
        acked_dirty_.insert(segment);
    to_retire_.insert(to_retire_.end(), failed.retired.begin(), failed.retired.end());
    if (failed.has_base) is_base_dirty_ = needs_snapshot_ = true;

    if (result == CommitResult::Fenced) {
        role_ = TabRole::Follower;
        stop_talking();
        note(Notice::BecameFollower);
        note(Notice::ReloadFiles);
        changed();
        return;
    }
    const bool may_evict = result == CommitResult::Quota && failed.is_new_work &&
                           role_ == TabRole::Leader && now.mono >= no_base_until_;
    if (may_evict && !base_files_.empty()) return evict(now);
    if (result == CommitResult::Quota && failed.has_base)
        no_base_until_ = now.mono + kNoBaseAfterEviction;

    for (const auto& [id, version] : failed.items)
        if (Item* item = find_item(id); item != nullptr && item->stored == 0) item->is_refused = true;
    if (failed.is_new_work || !failed.items.empty() || result == CommitResult::Lost) {
        storage_ = result == CommitResult::Lost ? StorageMode::Lost : StorageMode::Volatile;
        changed();
    }
    store_failures_ = std::min(store_failures_ + 1, 6);
    store_not_before_ = now.mono + std::min(Millis{30'000}, Backoff::ceiling(store_failures_));
}

// ---- Other tabs -----------------------------------------------------------------------------------------

void Client::Engine::on_foreign_outbox(const std::string& path, const std::string& bytes, Now now) {
    Result<OutboxRecord> record = decode_outbox(bytes);
    if (record && path == outbox_path(record->command.cmd_id) &&
        record->user == identity_.actor.user) {
        const Id id = record->command.cmd_id;
        if (Item* known = find_item(id)) {
            // The other tab may have written an old state over ours: ours is written once more.
            if (role_ == TabRole::Leader) ++known->version;
        } else if (find_acked(id) == nullptr) {
            Item item;
            item.stored = 1;
            item.wire_bytes = dump_json(commands::to_json(record->command)).size();
            item.record = std::move(record).value();
            if (role_ == TabRole::Leader && is_of_other_history(item.record)) {
                requeue(item.record);  // that tab slept through a restore
                ++item.version;
            }
            next_lseq_ = std::max(next_lseq_, item.record.lseq + 1);
            const Result<domain::RowRef> entity = commands::entity_of(item.record.command);
            if (entity) local_codes_[short_code(id)] = *entity;
            items_.insert({id, std::move(item)});
        } else if (role_ == TabRole::Leader) {
            to_retire_.push_back(id);
            base_changed(now);
        }
        changed();
    }
    settle(now);
}

void Client::Engine::on_leader_commit(const Commit& commit, Now now) {
    if (role_ != TabRole::Follower) return;
    bool is_base_touched = false;
    for (const auto& [path, bytes] : commit.puts) {
        is_base_touched = is_base_touched || path.starts_with("base/") || path == kManifestPath;
        if (!path.starts_with(kOutboxFolder)) continue;
        Result<OutboxRecord> record = decode_outbox(bytes);
        if (!record) continue;
        const Id id = record->command.cmd_id;
        Item& item = items_[id];
        item.record = std::move(record).value();
        item.stored = item.version = std::max(item.version, item.stored + 1);
        next_lseq_ = std::max(next_lseq_, item.record.lseq + 1);
        const Result<domain::RowRef> entity = commands::entity_of(item.record.command);
        if (entity) local_codes_[short_code(id)] = *entity;
    }
    // Base and acknowledged commands change together: read them again rather than guess.
    if (is_base_touched) note(Notice::ReloadFiles);
    changed();
    settle(now);
}

}  // namespace ventanilla::sync
