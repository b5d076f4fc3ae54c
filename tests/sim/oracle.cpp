#include "tests/sim/oracle.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::sim {
namespace {

// The unique words a command carries, so that its effect is recognised under any id.
std::string marker_of(const Json& value) {
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        const std::size_t at = text.find("mark-");
        return at == std::string::npos ? "" : text.substr(at, text.find(' ', at) - at);
    }
    if (value.is_structured())
        for (const Json& item : value)
            if (std::string found = marker_of(item); !found.empty()) return found;
    return {};
}

std::string brief(const Id& id) { return short_code(id); }

}  // namespace

// ---- The server's side ----------------------------------------------------------------------------------

void Oracle::on_committed() {
    if (!server_.is_up()) return;
    std::vector<store::Entry> fresh;
    store::Meta meta;
    (void)server_.store().read([&](const store::Snapshot& snapshot) {
        meta = snapshot.meta();
        if (meta.head > head_) fresh = snapshot.entries(static_cast<std::size_t>(meta.head - head_));
        return ok();
    });
    epoch_ = meta.epoch;
    if (meta.head < head_)
        return world_.violation("I1", "committed history is gone: head ", meta.head, " after ", head_);
    std::set<domain::RowRef> touched;
    std::reverse(fresh.begin(), fresh.end());
    if (fresh.size() != meta.head - head_)
        world_.violation("I5", meta.head - head_, " seqs but ", fresh.size(), " entries");
    for (const store::Entry& entry : fresh) {
        if (entry.seq != head_ + 1)
            world_.violation("I5", "seq ", entry.seq, " follows ", head_);
        head_ = entry.seq;
        on_entry(entry, touched);
    }
    take_bodies(touched);
    if (!fresh.empty() && fresh.back().chain != meta.chain)
        world_.violation("I18", "the chain does not end in the newest entry");
    for (Device* device : devices_)
        if (!fresh.empty()) device->hint(meta.head);
}

void Oracle::on_entry(const store::Entry& entry, std::set<domain::RowRef>& touched) {
    if (is_nil(entry.cmd_id)) {
        touched.insert(entry.entity);
    } else {
        const auto known = commands_.find(entry.cmd_id);
        if (known == commands_.end())
            return world_.violation("I2", "effects of a command nobody gave: ", brief(entry.cmd_id));
        if (!applied_.insert({entry.cmd_id, entry.seq}).second)
            return world_.violation("I2", "applied twice: ", brief(entry.cmd_id));
        ever_applied_.insert(entry.cmd_id);
        const std::string& marker = known->second.marker;
        if (!marker.empty() && !applied_markers_.insert(marker).second)
            return world_.violation("I2", "the same intent twice: ", marker);
        const commands::Outcome outcome = commands::decide(
            model_, known->second.command, model_.actor(known->second.user), entry.at);
        const auto* decision = std::get_if<commands::Decision>(&outcome);
        if (decision == nullptr)
            return world_.violation("model", "applied, but should be rejected: ",
                                    known->second.command.type, " ", brief(entry.cmd_id));
        for (const commands::RowChange& change : decision->changes) {
            model_.put(change);
            touched.insert(change.ref);
        }
    }
}

// Bodies as the server has them now: numbers and times are its own.
void Oracle::take_bodies(const std::set<domain::RowRef>& touched) {
    (void)server_.store().read([&](const store::Snapshot& snapshot) {
        for (const domain::RowRef& ref : touched) {
            const std::optional<domain::Row> row = snapshot.find(ref);
            if (row) {
                model_.set_body(ref, *row);
                const bool is_person = ref.type == domain::RowType::User;
                if (const auto user = domain::user_from(*row); is_person && user) model_.set_user(*user);
            } else {
                world_.violation("I2", "a row of an applied command is not there: ", to_text(ref));
            }
        }
        return ok();
    });
}

void Oracle::on_pushed(const Id& user, const sync::PushRequest& request,
                       const sync::PushResponse& response) {
    if (response.results.size() != request.commands.size())
        world_.violation("I3", "fewer results than commands");
    for (const sync::PushCommand& pushed : request.commands) {
        const auto known = commands_.find(pushed.command.cmd_id);
        if (known != commands_.end() && known->second.user != user)
            world_.violation("I9", "pushed with somebody else's authority");
    }
    for (const sync::CommandResult& result : response.results) {
        if (result.status == sync::ResultStatus::Deferred) continue;
        const std::string text = dump_json(sync::to_json(result));
        const auto [first, is_new] = results_.insert({{response.epoch, result.cmd_id}, text});
        const bool is_reuse = result.code == commands::RejectCode::KeyReuse;
        if (!is_new && first->second != text && !is_reuse)
            world_.violation("I2", "another answer for ", brief(result.cmd_id), ": ", first->second,
                             " then ", text);
        if (is_new) world_.trace("server: ", brief(result.cmd_id), " ", text.substr(0, 150));
        if (result.status == sync::ResultStatus::Rejected) {
            rejected_.insert(result.cmd_id);
            continue;
        }
        const auto applied = applied_.find(result.cmd_id);
        if (applied == applied_.end() || applied->second != result.seq)
            world_.violation("I5", "answered as applied at ", result.seq, " but is not: ",
                             brief(result.cmd_id));
    }
}

void Oracle::on_pulled(const Id& user, const sync::PullQuery&, const sync::PullResponse& page) {
    for (const sync::PulledRow& row : page.upsert) {
        const auto type = domain::row_type(row.type);
        if (!type || !model_.sees(user, {*type, row.id}))
            world_.violation("I7", "sent a row the reader may not see: ", row.type);
    }
    if (page.to > head_ || page.head > head_)
        world_.violation("I5", "a page ends at ", page.to, " but the head is ", head_);
}

void Oracle::on_restored(std::uint64_t head) {
    model_ = backup_.model;
    applied_ = backup_.applied;
    applied_markers_ = backup_.markers;
    rejected_.clear();
    head_ = head;
    on_committed();  // the new epoch
}

// ---- The device's side ----------------------------------------------------------------------------------

void Oracle::on_landed(const Device& device, const sync::Commit& commit, std::uint64_t generation,
                       std::uint64_t current) {
    if (generation == current) return;
    const auto is_shared = [](const std::string& path) {
        return path.starts_with("base/") || path.starts_with("meta/") || path.starts_with("acked/");
    };
    bool is_harmful = std::any_of(commit.puts.begin(), commit.puts.end(),
                                  [&](const auto& put) { return is_shared(put.first); });
    for (const std::string& path : commit.deletes)
        is_harmful = is_harmful || is_shared(path) || path.starts_with(sync::kOutboxFolder);
    if (is_harmful)
        world_.violation("I15", device.name(), ": generation ", generation, " wrote after ", current);
}

// In the outbox or among the acknowledged on the disk, or answered by the server for ever.
bool Oracle::is_kept(const Device& device, const Id& cmd_id) const {
    auto& database = const_cast<Device&>(device).database();
    if (database.disk().count(sync::outbox_path(cmd_id)) > 0) return true;
    if (applied_.count(cmd_id) > 0 || rejected_.count(cmd_id) > 0) return true;
    for (const auto& [path, bytes] : database.disk()) {
        if (!path.starts_with("acked/")) continue;
        bool is_damaged = false;
        for (const sync::OutboxRecord& record : sync::decode_acked(bytes, is_damaged))
            if (record.command.cmd_id == cmd_id) return true;
    }
    return false;
}

void Oracle::on_power_cut(Device& device) {
    for (const auto& [id, known] : commands_) {
        const bool is_excused = discarded_.count(id) > 0 ||
                                (ever_applied_.count(id) > 0 && damaged_.count(&device) > 0);
        if (known.device == &device && known.was_saved && !is_excused && !is_kept(device, id))
            world_.violation("I1", "saved on ", device.name(), ", then lost: ", brief(id));
    }
}

void Oracle::on_send(Tab& tab, const sync::Send& send) {
    if (send.target != sync::kPushPath) return;
    const Result<sync::PushRequest> request = sync::decode_push_request(send.body);
    if (!request) return world_.violation("I3", tab.name, " sends what cannot be read");
    for (const sync::PushCommand& pushed : request->commands) {
        for (const Id& dep : pushed.command.deps) {
            const std::optional<sync::Entry> entry = tab.client.entry(dep);
            if (entry && entry->state == sync::EntryState::Rejected)
                world_.violation("I3", "sent although what it depends on was rejected: ",
                                 brief(pushed.command.cmd_id));
        }
    }
}

void Oracle::on_input(Tab& tab) {
    for (const sync::Entry& entry : tab.client.entries()) {
        Known& known = commands_[entry.cmd_id];
        if (known.device == nullptr)
            known = {entry.record->command, tab.device.user().id, &tab.device,
                     marker_of(entry.record->command.args), false};
        check_entry(tab, entry);
        check_view(tab, entry);
    }
    check_cursor(tab);
    check_base(tab);
}

void Oracle::check_entry(Tab& tab, const sync::Entry& entry) {
    Known& known = commands_[entry.cmd_id];
    const bool says_saved = entry.state == sync::EntryState::Queued ||
                            entry.state == sync::EntryState::Sent ||
                            entry.state == sync::EntryState::Accepted;
    const bool is_volatile_sent = entry.state == sync::EntryState::Sent && !known.was_saved;
    if (says_saved && !is_volatile_sent) {
        known.was_saved = true;
        if (!is_kept(tab.device, entry.cmd_id))
            world_.violation("I16", tab.name, " says ", sync::name(entry.state),
                             " but nothing is on the disk: ", brief(entry.cmd_id));
    }
    if (entry.state == sync::EntryState::Accepted && entry.record->receipt) {
        const auto applied = applied_.find(entry.cmd_id);
        const bool is_of_now = entry.record->receipt_epoch == epoch_;
        if (is_of_now && server_.is_up() && applied == applied_.end())
            world_.violation("I16", tab.name, " says accepted, the server does not know it: ",
                             brief(entry.cmd_id));
    }
    if (entry.state == sync::EntryState::Held && is_nil(entry.waits_for))
        world_.violation("I16", tab.name, " holds for no reason: ", brief(entry.cmd_id));
}

// I8: what this person did and nobody refused stands in what they see.
void Oracle::check_view(Tab& tab, const sync::Entry& entry) {
    const bool is_pending =
        entry.state == sync::EntryState::Volatile || entry.state == sync::EntryState::Queued ||
        entry.state == sync::EntryState::Sent || entry.state == sync::EntryState::Accepted;
    if (!is_pending) return;
    const sync::FoldState* fold = tab.client.replica().fold_state(entry.cmd_id);
    if (fold == nullptr)
        return world_.violation("I8", tab.name, " does not show ", brief(entry.cmd_id));
    if (!fold->is_applied) return;
    for (const domain::RowRef& ref : fold->wrote)
        if (tab.client.replica().get(ref) == nullptr)
            world_.violation("I8", tab.name, " lacks a row of ", brief(entry.cmd_id));
}

// I6: within an epoch what is known only grows, unless everything is fetched anew.
void Oracle::check_cursor(Tab& tab) {
    const sync::ClientStatus status = tab.client.status();
    Seen& seen = seen_[tab.name];
    const bool is_reload = status.is_loading || status.role == sync::TabRole::Follower;
    const bool is_booted_anew = seen.boots != tab.boots;
    const bool may_go_back = is_reload || seen.was_loading || is_booted_anew;
    if (status.epoch == seen.epoch && status.seq < seen.seq && !may_go_back)
        world_.violation("I6", tab.name, " went back from ", seen.seq, " to ", status.seq);
    seen.boots = tab.boots;
    seen.epoch = status.epoch;
    seen.seq = status.seq;
    seen.was_loading = is_reload;
    if (status.digest_mismatches > 0)
        world_.violation("I4", tab.name, " holds other rows than the digest says");
    // I16: "confirmed" means the base has it.
    for (const auto& [id, known] : commands_) {
        if (known.device != &tab.device || applied_.count(id) == 0) continue;
        const std::optional<sync::Entry> entry = tab.client.entry(id);
        const bool is_confirmed = entry && entry->state == sync::EntryState::Confirmed;
        if (!is_confirmed || !entry->record->receipt || status.is_loading) continue;
        if (entry->record->receipt_epoch == status.epoch && entry->record->receipt->seq > status.seq)
            world_.violation("I16", tab.name, " says confirmed before the base has it: ", brief(id));
    }
}

// I4, I6, I7: whoever says to know everything up to the head holds exactly what the model says.
void Oracle::check_base(Tab& tab) {
    const sync::ClientStatus status = tab.client.status();
    if (status.is_loading || status.seq != head_ || !server_.is_up()) return;
    if (epoch_ != status.epoch) return;
    Seen& seen = seen_[tab.name];
    const std::uint64_t revision = tab.client.replica().revision();
    if (seen.compared_seq == status.seq && seen.compared_revision == revision) return;
    seen.compared_seq = status.seq;
    seen.compared_revision = revision;
    const Id user = tab.device.user().id;
    if (tab.client.replica().content_digest() == model_.projection(user)) return;
    std::string lacks;
    for (const domain::RowRef& ref : model_.refs(user)) {
        const domain::Row* row = tab.client.replica().confirmed(ref);
        if (row == nullptr || row->ver != model_.find(ref)->ver)
            lacks += concat(' ', to_text(ref), row == nullptr ? " missing" : " old");
    }
    world_.violation("I4", tab.name, " at seq ", status.seq, " holds ",
                     tab.client.replica().base_size(), " rows, the model ", model_.refs(user).size(),
                     ":", lacks);
}

// ---- At rest --------------------------------------------------------------------------------------------

void Oracle::check_at_rest() {
    for (Device* device : devices_) {
        Tab* leader = device->leader();
        if (leader == nullptr || !leader->is_booted) {
            world_.violation("I3", device->name(), " has no leading tab at rest");
            continue;
        }
        const sync::ClientStatus status = leader->client.status();
        if (status.seq != head_)
            world_.violation("I4", leader->name, " is at ", status.seq, ", the head at ", head_);
        check_base(*leader);
    }
    for (const auto& [id, known] : commands_)
        check_command_at_rest(known);
}

void Oracle::check_command_at_rest(const Known& known) {
    const Id& id = known.command.cmd_id;
    Tab* leader = known.device->leader();
    if (leader == nullptr) return;
    const std::optional<sync::Entry> entry = leader->client.entry(id);
    if (entry) {
        const bool is_open = entry->state == sync::EntryState::Queued ||
                             entry->state == sync::EntryState::Sent ||
                             entry->state == sync::EntryState::Volatile ||
                             entry->state == sync::EntryState::Accepted;
        if (is_open)
            for (const sync::Entry& other : leader->client.entries()) {
                std::string deps;
                for (const Id& dep : other.record->command.deps)
                    deps += concat(' ', brief(dep));
                world_.trace(leader->name, ": holds ", other.record->command.type, ' ',
                             other.local_code, ' ', sync::name(other.state), " lane ",
                             other.record->command.lane, " deps", deps);
            }
        if (is_open)
            world_.violation("I3", "still ", sync::name(entry->state), " at rest on ", leader->name,
                             ": ", known.command.type, " ", brief(id));
    }
    if (!known.was_saved || discarded_.count(id) > 0 || applied_.count(id) > 0) return;
    if (ever_applied_.count(id) > 0 && damaged_.count(known.device) > 0) return;
    const bool is_shown = entry && (entry->state == sync::EntryState::Rejected ||
                                    entry->state == sync::EntryState::Held ||
                                    entry->state == sync::EntryState::Quarantined);
    if (is_shown) return;
    const std::string path = sync::outbox_path(id);
    const auto& unreadable = leader->client.unreadable();
    const bool is_unreadable = std::any_of(unreadable.begin(), unreadable.end(),
                                           [&](const auto& file) { return file.path == path; });
    if (!is_unreadable)
        world_.violation("I3", "was saved on ", known.device->name(), " and ended silently: ",
                         known.command.type, " ", brief(id));
}

}  // namespace ventanilla::sim
