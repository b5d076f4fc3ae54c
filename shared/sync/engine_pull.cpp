#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/sync/engine.hpp"

// What is fetched: pages into staging, and all of them at once into the base. Also what an envelope error
// means for the whole device.

namespace ventanilla::sync {
namespace {

constexpr Millis kPullTimeout{60'000};
constexpr int kResyncRoundsMax = 2;  // then the whole base

template <class T, class Same>
void add_once(std::vector<T>& list, const T& value, Same same) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const T& known) { return same(known, value); });
    if (found == list.end()) list.push_back(value);
}

}  // namespace

bool Client::Engine::send_pull(Now now) {
    if (!wants_pull_ && !staging_.is_open) return false;
    PullQuery query;
    query.user = identity_.actor.user;
    query.cursor = staging_.is_open ? staging_.cursor : cursor_;
    if (query.cursor.empty()) query.epoch = epoch_;
    query.resync = resync_;
    if (!staging_.is_open) is_pull_stale_ = false;
    InFlightRequest request;
    send(std::move(request), {0, "GET", pull_target(query), {}, kPullTimeout, {}}, now);
    return true;
}

void Client::Engine::on_pull_answer(const InFlightRequest& request, std::string_view body, Now now) {
    Result<PullResponse> page = decode_pull_response(body);
    const bool is_ours = page && (is_nil(epoch_) || page->epoch == epoch_) && page->from == seq_ &&
                         page->to >= seq_;
    if (!is_ours) {
        staging_ = {};
        return unanswered({}, now);
    }
    answered(now);
    clock_.sample(request.sent.wall, now.wall, now.mono - request.sent.mono, from_ms(page->server_ms));
    if (is_nil(epoch_)) epoch_ = page->epoch;
    head_ = std::max(head_, page->head);
    const bool is_complete = page->is_complete || bug(Bug::ApplyPartialPull);
    PullResponse last;
    last.to = page->to;
    last.head = page->head;
    last.scope_rev = page->scope_rev;
    last.digest = page->digest;
    last.next = page->next;
    last.server_ms = page->server_ms;
    stage(std::move(page).value());
    if (is_complete) complete_pull(last, now);
}

// Later pages win over earlier ones: a row that was sent and then went is gone, and the other way round.
void Client::Engine::stage(PullResponse page) {
    staging_.is_open = true;
    staging_.cursor = page.next;
    ++staging_.pages;
    Delta& delta = staging_.delta;
    for (PulledRow& row : page.upsert) {
        const std::string key = key_of(row.type, row.id);
        StoredRow stored{row.type, row.id, row.ver, std::move(row.groups), dump_json(row.fields)};
        const auto known = staging_.upserted.find(key);
        if (known == staging_.upserted.end()) {
            staging_.upserted[key] = delta.upsert.size();
            delta.upsert.push_back(std::move(stored));
        } else {
            delta.upsert[known->second] = std::move(stored);
        }
        std::erase_if(delta.gone,
                      [&](const GoneRow& gone) { return gone.id == row.id && gone.type == row.type; });
    }
    for (GoneRow& row : page.gone) {
        const auto known = staging_.upserted.find(key_of(row.type, row.id));
        if (known != staging_.upserted.end()) {
            delta.upsert[known->second].groups.clear();  // dropped when the pull completes
            staging_.upserted.erase(known);
        }
        if (!bug(Bug::IgnoreGone)) delta.gone.push_back(std::move(row));
    }
    for (const AddedGroup& group : page.groups_added)
        add_once(delta.groups_added, group, [](const AddedGroup& a, const AddedGroup& b) {
            return a.group == b.group;
        });
    if (!bug(Bug::KeepDroppedGroup))
        for (const std::uint32_t group : page.groups_dropped)
            add_once(delta.groups_dropped, group, [](std::uint32_t a, std::uint32_t b) {
                return a == b;
            });
    staging_.receipts.insert(staging_.receipts.end(), page.receipts.begin(), page.receipts.end());
}

// Rows and cursor move together, here and in the transaction that stores them (I6).
void Client::Engine::complete_pull(const PullResponse& last, Now now) {
    Staging done = std::move(staging_);
    staging_ = {};
    std::erase_if(done.delta.upsert, [](const StoredRow& row) { return row.groups.empty(); });
    const bool is_news = last.to != seq_ || cursor_.empty() || !done.delta.upsert.empty() ||
                         !done.delta.gone.empty() || !done.delta.groups_added.empty() ||
                         !done.delta.groups_dropped.empty() || last.scope_rev != scope_rev_;
    replica_.apply(done.delta);
    cursor_ = last.next;
    seq_ = last.to;
    scope_rev_ = last.scope_rev;
    synced_at_ = from_ms(last.server_ms);
    for (const PulledReceipt& receipt : done.receipts)
        on_receipt(receipt, now);
    if (is_news) {
        journal(done.delta, now);
        changed();
    }
    wants_pull_ = is_pull_stale_ || head_ > last.to;  // a hint may have come while the pages were on their way
    resync_.clear();
    purge_discarded(now);
    check_digests(last);
    next_poll_ = now.mono + poll_interval();
}

void Client::Engine::check_digests(const PullResponse& last) {
    const auto& ours = replica_.digests();
    for (const auto& [group, sum] : last.digest) {
        const auto found = ours.find(group);
        const std::uint64_t known = found == ours.end() ? 0 : found->second;
        if (known != sum) resync_.push_back(group);
    }
    if (resync_.empty()) {
        if (!last.digest.empty()) resync_rounds_ = 0;
        return;
    }
    digest_mismatches_ += static_cast<int>(resync_.size());
    wants_pull_ = true;
    changed();
    if (++resync_rounds_ <= kResyncRoundsMax) return;
    // Asking for the groups did not help: everything anew, and then with the patience of the poll.
    resync_.clear();
    resync_rounds_ = 0;
    replica_.clear_base();
    cursor_.clear();
    seq_ = 0;
    needs_snapshot_ = is_base_dirty_ = true;
}

// The answer to a push was lost, but not its effect: the pull says so.
void Client::Engine::on_receipt(const PulledReceipt& receipt, Now now) {
    Item* item = find_item(receipt.cmd_id);
    if (item == nullptr || item->record.state == StoredState::Accepted) return;
    CommandResult result;
    result.cmd_id = receipt.cmd_id;
    result.seq = receipt.seq;
    const Result<domain::RowRef> entity = commands::entity_of(item->record.command);
    if (entity) {
        result.entity = entity->id;
        if (const domain::Row* row = replica_.confirmed(*entity)) {
            result.ver = row->ver;
            result.number = text_or(row->body, "number");
        }
    }
    on_applied(*item, result, epoch_, now);
}

// ---- Envelope errors ------------------------------------------------------------------------------------

// True when `body` is a problem of ours that says what to do; a proxy's error page is not.
bool Client::Engine::on_problem(int status, std::string_view body, Now now) {
    const Result<Problem> problem = decode_problem(body);
    if (!problem) return false;
    if (status == 401) {
        is_signed_in_ = false;
        stop_talking();
        note(problem->code == problem::kOtherUser ? Notice::OtherUser : Notice::SignIn);
    } else if (status == 403 && problem->code == problem::kDeviceRevoked) {
        is_revoked_ = true;
        stop_talking();
        note(Notice::DeviceRevoked);
    } else if (status == 409 && problem->code == problem::kHistoryChanged) {
        on_history_changed(*problem, now);
    } else if (status == 410) {
        if (bug(Bug::ClearOutboxOnResync)) items_.clear();
        drop_base(now);
    } else if (status == 426) {
        is_upgrade_needed_ = true;
        stop_talking();
        note(Notice::UpgradeNeeded);
    } else {
        return false;
    }
    answered(now);
    changed();
    return true;
}

void Client::Engine::drop_base(Now now) {
    replica_.clear_base();
    cursor_.clear();
    seq_ = 0;
    scope_rev_ = 0;
    staging_ = {};
    resync_.clear();
    wants_pull_ = true;
    needs_snapshot_ = true;
    base_changed(now);
}

void Client::Engine::requeue(OutboxRecord& record) {
    record.replay_seq = record.receipt->seq;
    record.receipt.reset();
    record.receipt_epoch = {};
    record.state = StoredState::Queued;
}

// Its receipt is of an epoch this device has left: the server may have lost it. Asking again is harmless.
bool Client::Engine::is_of_other_history(const OutboxRecord& record) const {
    const bool is_applied = record.receipt && record.receipt->status == ResultStatus::Applied;
    return is_applied && !is_nil(record.receipt_epoch) && !is_nil(epoch_) && record.receipt_epoch != epoch_;
}

// The server was restored: everything of ours above `restored_to` may be lost there, and is sent again. All
// of it is stored in one transaction; until then the old cursor on the device leads back here.
void Client::Engine::on_history_changed(const Problem& problem, Now now) {
    const std::uint64_t kept = problem.restored_to;
    const auto is_lost = [&](const OutboxRecord& record) {
        return record.receipt && record.receipt->status == ResultStatus::Applied &&
               record.receipt->seq > kept && record.receipt_epoch != problem.epoch;
    };
    for (auto& [id, item] : items_) {
        if (!is_lost(item.record)) continue;
        requeue(item.record);
        ++item.version;
    }
    for (auto& [segment, records] : acked_) {
        for (OutboxRecord& record : records) {
            if (!is_lost(record)) continue;
            requeue(record);
            Item item;
            item.wire_bytes = dump_json(commands::to_json(record.command)).size();
            item.record = record;
            const Id id = record.command.cmd_id;
            items_.insert({id, std::move(item)});
            acked_index_.erase(id);
            acked_dirty_.insert(segment);
        }
        std::erase_if(records, [&](const OutboxRecord& record) {
            return acked_index_.count(record.command.cmd_id) == 0;
        });
    }
    epoch_ = problem.epoch;
    head_ = 0;
    drop_base(now);
    is_history_pending_ = true;
    note(Notice::HistoryChanged);
}

}  // namespace ventanilla::sync
