#include <algorithm>
#include <functional>
#include <set>
#include <variant>

#include "shared/base/text.hpp"
#include "shared/sync/engine.hpp"
#include "shared/sync/recording_state.hpp"

// What the person does: commands, drafts, and how their fate is named.

namespace ventanilla::sync {
namespace {

constexpr Millis kDraftIdle{1'000};
constexpr Millis kDraftLatest{5'000};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

}  // namespace

// ---- Items ----------------------------------------------------------------------------------------------

// By age on this device. Tabs count for themselves, so a number may come late: what another command depends
// on stands before it all the same.
std::vector<Client::Engine::Item*> Client::Engine::ordered() {
    std::vector<Item*> by_age;
    by_age.reserve(items_.size());
    for (auto& [id, item] : items_)
        by_age.push_back(&item);
    std::sort(by_age.begin(), by_age.end(), [](const Item* a, const Item* b) {
        return a->record.lseq != b->record.lseq ? a->record.lseq < b->record.lseq
                                                : a->record.command.cmd_id < b->record.command.cmd_id;
    });
    std::vector<Item*> order;
    order.reserve(by_age.size());
    std::set<const Item*> placed;
    const std::function<void(Item*)> place = [&](Item* item) {
        if (!placed.insert(item).second) return;
        for (const Id& dep : item->record.command.deps)
            if (Item* needed = find_item(dep)) place(needed);
        order.push_back(item);
    };
    for (Item* item : by_age)
        place(item);
    return order;
}

std::vector<const Client::Engine::Item*> Client::Engine::ordered() const {
    const std::vector<Item*> order = const_cast<Engine*>(this)->ordered();
    return {order.begin(), order.end()};
}

Client::Engine::Item* Client::Engine::find_item(const Id& cmd_id) {
    const auto found = items_.find(cmd_id);
    return found == items_.end() ? nullptr : &found->second;
}

const OutboxRecord* Client::Engine::find_acked(const Id& cmd_id) const {
    const auto segment = acked_index_.find(cmd_id);
    if (segment == acked_index_.end()) return nullptr;
    const auto records = acked_.find(segment->second);
    if (records == acked_.end()) return nullptr;
    for (const OutboxRecord& record : records->second)
        if (record.command.cmd_id == cmd_id) return &record;
    return nullptr;
}

bool Client::Engine::is_confirmed(const Item& item) const {
    if (item.record.state != StoredState::Accepted || !item.record.receipt) return false;
    const std::uint64_t known = bug(Bug::ConfirmOnHead) ? std::max(seq_, head_) : seq_;
    return item.record.receipt->seq <= known && !cursor_.empty();
}

std::size_t Client::Engine::open_count() const {
    return static_cast<std::size_t>(std::count_if(items_.begin(), items_.end(), [&](const auto& entry) {
        return entry.second.record.state != StoredState::Discarded && !is_confirmed(entry.second);
    }));
}

void Client::Engine::set_state(Item& item, StoredState state, Now now) {
    item.record.state = state;
    item.record.settled_at = clock_.is_known() ? server_time(now) : Instant{};
    ++item.version;
    changed();
}

EntryState Client::Engine::state_of(const Item& item) const {
    switch (item.record.state) {
        case StoredState::Rejected: return EntryState::Rejected;
        case StoredState::Quarantined: return EntryState::Quarantined;
        case StoredState::Discarded: return EntryState::Discarded;
        case StoredState::Accepted:
            if (is_confirmed(item)) return EntryState::Confirmed;
            return item.stored >= item.version ? EntryState::Accepted : EntryState::Sent;
        case StoredState::Queued: break;
    }
    if (item.is_foreign) return EntryState::Quarantined;
    if (item.held_by) return EntryState::Held;
    if (item.stored == 0) return EntryState::Volatile;
    return item.is_in_flight ? EntryState::Sent : EntryState::Queued;
}

Entry Client::Engine::entry_of_item(const Item& item) const {
    Entry entry;
    const commands::Command& command = item.record.command;
    entry.cmd_id = command.cmd_id;
    entry.state = state_of(item);
    entry.is_saving = item.stored == 0 && !item.is_refused;
    entry.record = &item.record;
    entry.local_code = short_code(command.cmd_id);
    const Result<domain::RowRef> entity = commands::entity_of(command);
    if (entity) entry.entity = *entity;
    if (item.record.receipt) entry.number = item.record.receipt->number;
    if (item.held_by) entry.waits_for = *item.held_by;
    if (entry.state == EntryState::Quarantined) entry.support_code = entry.local_code;
    const FoldState* fold = replica_.fold_state(command.cmd_id);
    entry.may_conflict = item.record.state == StoredState::Queued && fold != nullptr &&
                         !fold->is_applied && !fold->is_unknown;
    return entry;
}

// ---- Commands -------------------------------------------------------------------------------------------

Result<commands::Command> Client::Engine::make_command(std::string_view type, Json args, Now now) {
    commands::Command command;
    command.cmd_id = random_id(random_);
    command.type = std::string(type);
    command.args = std::move(args);
    const domain::RowRef entity = TRY(commands::entity_of(command));
    command.lane = to_text(entity);
    if (const domain::Row* row = replica_.get(entity)) command.base[command.lane] = row->ver;
    command.created.wall = now.wall;
    command.created.mono_ms = now.mono.count();
    command.created.boot = identity_.boot;
    command.created.offset_ms = clock_.offset().count();
    return command;
}

// Commands that read a row which so far exists only by a pending command depend on that one.
void Client::Engine::add_dependencies(commands::Command& command, Now now) {
    std::vector<domain::RowRef> read;
    const RecordingState state(replica_, read);
    (void)commands::decide(state, command, identity_.actor, server_time(now));
    for (const Item* item : ordered()) {
        if (item->record.state != StoredState::Queued && item->record.state != StoredState::Accepted)
            continue;
        const FoldState* fold = replica_.fold_state(item->record.command.cmd_id);
        if (fold == nullptr || is_confirmed(*item)) continue;
        const bool is_needed = std::any_of(read.begin(), read.end(), [&](const domain::RowRef& ref) {
            const bool wrote =
                std::find(fold->wrote.begin(), fold->wrote.end(), ref) != fold->wrote.end();
            return wrote && replica_.confirmed(ref) == nullptr;
        });
        const Id& dep = item->record.command.cmd_id;
        const bool is_known =
            std::find(command.deps.begin(), command.deps.end(), dep) != command.deps.end();
        // Only who created the row: the first that wrote it.
        if (is_needed && !is_known && command.deps.empty()) command.deps.push_back(dep);
    }
}

SubmitResult Client::Engine::add_command(commands::Command command, Now now) {
    if (is_newer_format_) return Error{Errc::Unavailable, "stored by a newer build", "store"};
    if (open_count() >= limits::kOutboxCommandsMax)
        return Error{Errc::TooLarge, "too many commands wait on this device", "outbox"};
    const commands::Outcome outcome =
        commands::decide(replica_, command, identity_.actor, server_time(now));
    if (const auto* rejection = std::get_if<commands::Rejection>(&outcome)) return *rejection;
    if (std::holds_alternative<commands::UnknownType>(outcome)) return invalid("unknown type", "type");
    add_dependencies(command, now);
    Item item;
    item.wire_bytes = dump_json(commands::to_json(command)).size();
    if (item.wire_bytes > limits::kCommandBytesMax)
        return Error{Errc::TooLarge, "the command is too large", "args"};
    item.record.lseq = next_lseq_++;
    item.record.device = identity_.device;
    item.record.user = identity_.actor.user;
    item.record.scope = identity_.scope;
    item.record.command = std::move(command);
    const Id id = item.record.command.cmd_id;
    const Result<domain::RowRef> entity = commands::entity_of(item.record.command);
    const domain::RowRef ref = entity ? *entity : domain::RowRef{};
    local_codes_[short_code(id)] = ref;
    items_.insert({id, std::move(item)});
    changed();
    return Submitted{id, ref, short_code(id)};
}

SubmitResult Client::Engine::submit(std::string_view type, Json args, Now now) {
    observe(now);
    if (!is_booted_) return Error{Errc::Unavailable, "not booted", {}};
    Result<commands::Command> command = make_command(type, std::move(args), now);
    if (!command) return command.error();
    SubmitResult result = add_command(std::move(command).value(), now);
    settle(now);
    return result;
}

Status Client::Engine::discard(const Id& cmd_id, Now now) {
    Item* item = find_item(cmd_id);
    if (item == nullptr) return Errc::NotFound;
    if (role_ != TabRole::Leader) return Error{Errc::Unavailable, "another tab leads", {}};
    if (item->is_in_flight || item->record.state == StoredState::Accepted) return Errc::Conflict;
    set_state(*item, StoredState::Discarded, now);
    settle(now);
    return ok();
}

Status Client::Engine::undo_discard(const Id& cmd_id, Now now) {
    Item* item = find_item(cmd_id);
    if (item == nullptr || item->record.state != StoredState::Discarded) return Errc::NotFound;
    if (role_ != TabRole::Leader) return Error{Errc::Unavailable, "another tab leads", {}};
    const bool was_rejected = item->record.receipt.has_value();
    set_state(*item, was_rejected ? StoredState::Rejected : StoredState::Queued, now);
    settle(now);
    return ok();
}

Status Client::Engine::retry(const Id& cmd_id, Now now) {
    Item* item = find_item(cmd_id);
    if (item == nullptr) return Errc::NotFound;
    if (role_ != TabRole::Leader) return Error{Errc::Unavailable, "another tab leads", {}};
    if (item->record.state == StoredState::Quarantined) {
        item->record.attempts = 0;
        item->record.reason.clear();
        item->lone_failures = 0;
        item->not_before = Millis{0};
        set_state(*item, StoredState::Queued, now);
        settle(now);
        return ok();
    }
    if (item->record.state != StoredState::Rejected) return Errc::Conflict;
    const SubmitResult result = edit(cmd_id, item->record.command.args, now);
    if (const auto* error = std::get_if<Error>(&result)) return *error;
    if (std::holds_alternative<commands::Rejection>(result))
        return Error{Errc::Invalid, "it would be rejected again", {}};
    return ok();
}

SubmitResult Client::Engine::edit(const Id& cmd_id, Json args, Now now) {
    observe(now);
    Item* item = find_item(cmd_id);
    if (item == nullptr) return Error{Errc::NotFound, "no such command", {}};
    if (role_ != TabRole::Leader) return Error{Errc::Unavailable, "another tab leads", {}};
    const EntryState state = state_of(*item);
    const bool is_editable = state == EntryState::Rejected || state == EntryState::Held ||
                             state == EntryState::Quarantined;
    if (!is_editable) return Error{Errc::Conflict, "it may have been applied", {}};
    // Decided as if the old one had never been given.
    const StoredState before = item->record.state;
    item->record.state = StoredState::Discarded;
    refold(now);
    Result<commands::Command> command = make_command(item->record.command.type, std::move(args), now);
    const commands::Command successor = command.value_or({});
    SubmitResult result = command ? add_command(successor, now) : SubmitResult(command.error());
    if (std::holds_alternative<Submitted>(result)) {
        set_state(items_.at(cmd_id), StoredState::Discarded, now);
        retarget(cmd_id, successor, now);
    } else {
        item->record.state = before;
    }
    settle(now);
    return result;
}

// What waited for the replaced command now waits for its successor. Nothing of it was ever applied, so each
// starts anew under an id of its own.
void Client::Engine::retarget(const Id& old_id, const commands::Command& successor, Now now) {
    const auto old = items_.find(old_id);
    if (old == items_.end()) return;
    const Result<domain::RowRef> before = commands::entity_of(old->second.record.command);
    const Result<domain::RowRef> after = commands::entity_of(successor);
    if (!before || !after) return;
    std::vector<Item*> dependents;
    for (Item* item : ordered()) {
        const std::vector<Id>& deps = item->record.command.deps;
        const bool depends = std::find(deps.begin(), deps.end(), old_id) != deps.end();
        const bool is_successor = item->record.command.cmd_id == successor.cmd_id;
        if (item->record.state == StoredState::Queued && depends && !is_successor)
            dependents.push_back(item);
    }
    for (Item* item : dependents) {
        std::string text = dump_json(commands::to_json(item->record.command));
        const Id fresh = random_id(random_);
        text = replaced(std::move(text), to_text(before->id), to_text(after->id));
        text = replaced(std::move(text), to_text(old_id), to_text(successor.cmd_id));
        text = replaced(std::move(text), to_text(item->record.command.cmd_id), to_text(fresh));
        const Result<Json> json = parse_json(text);
        if (!json) continue;
        Result<commands::Command> command = commands::command_from_json(*json);
        if (!command) continue;
        Item copy;
        copy.record = item->record;
        copy.record.command = std::move(command).value();
        copy.record.lseq = next_lseq_++;
        copy.wire_bytes = text.size();
        items_.insert({fresh, std::move(copy)});
        set_state(*item, StoredState::Discarded, now);
    }
}

// ---- Drafts ---------------------------------------------------------------------------------------------

void Client::Engine::save_draft(const Id& draft, Json body, Now now) {
    StoredDraft& slot = drafts_[draft];
    if (slot.stored >= slot.version || slot.draft.id != draft) slot.latest = now.mono + kDraftLatest;
    slot.draft = {draft, std::move(body), now.wall};
    slot.is_deleted = false;
    ++slot.version;
    slot.due = std::min(now.mono + kDraftIdle, slot.latest);
    changed();
    settle(now);
}

void Client::Engine::delete_draft(const Id& draft, Now now) {
    const auto found = drafts_.find(draft);
    if (found == drafts_.end()) return;
    found->second.is_deleted = true;
    ++found->second.version;
    found->second.due = now.mono;
    changed();
    settle(now);
}

std::vector<Draft> Client::Engine::drafts() const {
    std::vector<Draft> out;
    for (const auto& [id, slot] : drafts_)
        if (!slot.is_deleted) out.push_back(slot.draft);
    return out;
}

const Draft* Client::Engine::draft(const Id& id) const {
    const auto found = drafts_.find(id);
    return found == drafts_.end() || found->second.is_deleted ? nullptr : &found->second.draft;
}

// ---- Reading --------------------------------------------------------------------------------------------

std::vector<Entry> Client::Engine::entries() const {
    std::vector<Entry> out;
    for (const Item* item : ordered())
        if (!is_confirmed(*item)) out.push_back(entry_of_item(*item));
    return out;
}

std::optional<Entry> Client::Engine::entry(const Id& cmd_id) const {
    const auto found = items_.find(cmd_id);
    if (found != items_.end()) return entry_of_item(found->second);
    const OutboxRecord* acked = find_acked(cmd_id);
    if (acked == nullptr) return std::nullopt;
    Entry entry;
    entry.cmd_id = cmd_id;
    entry.state = EntryState::Confirmed;
    entry.record = acked;
    entry.local_code = short_code(cmd_id);
    if (acked->receipt) entry.number = acked->receipt->number;
    const Result<domain::RowRef> entity = commands::entity_of(acked->command);
    if (entity) entry.entity = *entity;
    return entry;
}

std::optional<Entry> Client::Engine::entry_of(const domain::RowRef& entity) const {
    std::optional<Entry> newest;
    for (const Item* item : ordered()) {
        if (is_confirmed(*item) || item->record.state == StoredState::Discarded) continue;
        const Result<domain::RowRef> ref = commands::entity_of(item->record.command);
        if (ref && *ref == entity) newest = entry_of_item(*item);
    }
    return newest;
}

std::optional<domain::RowRef> Client::Engine::find_local_code(std::string_view code) const {
    const auto found = local_codes_.find(std::string(code));
    if (found == local_codes_.end()) return std::nullopt;
    return found->second;
}

int Client::Engine::unsent_count() const {
    const auto open = std::count_if(items_.begin(), items_.end(), [](const auto& entry) {
        const StoredState state = entry.second.record.state;
        return state != StoredState::Discarded && state != StoredState::Accepted;
    });
    return static_cast<int>(open) + static_cast<int>(unreadable_.size());
}

std::string Client::Engine::export_unsent() const {
    Json out = Json::array();
    for (const Item* item : ordered()) {
        const StoredState state = item->record.state;
        if (state == StoredState::Accepted || state == StoredState::Discarded) continue;
        out.push_back({{"state", name(state_of(*item))},
                       {"code", short_code(item->record.command.cmd_id)},
                       {"command", commands::to_json(item->record.command)}});
    }
    for (const Unreadable& file : unreadable_)
        out.push_back({{"state", "unreadable"},
                       {"code", file.support_code},
                       {"path", file.path},
                       {"bytes", to_base64url(file.bytes)}});
    return dump_json(out);
}

}  // namespace ventanilla::sync
