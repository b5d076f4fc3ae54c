#include "shared/sync/client.hpp"

#include "shared/sync/engine.hpp"

namespace ventanilla::sync {

std::string_view name(EntryState state) {
    switch (state) {
        case EntryState::Draft: return "draft";
        case EntryState::Volatile: return "volatile";
        case EntryState::Queued: return "queued";
        case EntryState::Sent: return "sent";
        case EntryState::Accepted: return "accepted";
        case EntryState::Confirmed: return "confirmed";
        case EntryState::Rejected: return "rejected";
        case EntryState::Held: return "held";
        case EntryState::Quarantined: return "quarantined";
        case EntryState::Discarded: return "discarded";
    }
    return "queued";
}

Client::Client(Random& random) : engine_(std::make_unique<Engine>(random)) {}
Client::~Client() = default;

void Client::boot(const Files& files, Identity identity, TabRole role, Now now) {
    engine_->boot(files, std::move(identity), role, now);
}
SubmitResult Client::submit(std::string_view type, Json args, Now now) {
    return engine_->submit(type, std::move(args), now);
}
Status Client::discard(const Id& cmd_id, Now now) { return engine_->discard(cmd_id, now); }
Status Client::undo_discard(const Id& cmd_id, Now now) { return engine_->undo_discard(cmd_id, now); }
Status Client::retry(const Id& cmd_id, Now now) { return engine_->retry(cmd_id, now); }
SubmitResult Client::edit(const Id& cmd_id, Json args, Now now) {
    return engine_->edit(cmd_id, std::move(args), now);
}
void Client::save_draft(const Id& draft, Json body, Now now) {
    engine_->save_draft(draft, std::move(body), now);
}
void Client::delete_draft(const Id& draft, Now now) { engine_->delete_draft(draft, now); }
void Client::flush_drafts(Now now) { engine_->flush_drafts(now); }
void Client::sync_now(Now now) { engine_->sync_now(now); }
void Client::on_commit(std::uint64_t id, CommitResult result, Now now) {
    engine_->on_commit(id, result, now);
}
void Client::on_response(std::uint64_t tag, int status, Millis retry_after, std::string_view body,
                         Now now) {
    engine_->on_response(tag, status, retry_after, body, now);
}
void Client::on_network_error(std::uint64_t tag, Now now) { engine_->on_network_error(tag, now); }
void Client::on_hint(std::uint64_t head, Now now) { engine_->on_hint(head, now); }
void Client::on_live_state(bool is_open, Now now) { engine_->on_live_state(is_open, now); }
void Client::on_live_heartbeat(Now now) { engine_->on_live_heartbeat(now); }
void Client::on_online(bool is_online, Now now) { engine_->on_online(is_online, now); }
void Client::on_visibility(bool is_visible, Now now) { engine_->on_visibility(is_visible, now); }
void Client::on_timer(Now now) { engine_->on_timer(now); }
void Client::on_signed_in(const SessionInfo& session, Now now) { engine_->on_signed_in(session, now); }
void Client::on_foreign_outbox(const std::string& path, const std::string& bytes, Now now) {
    engine_->on_foreign_outbox(path, bytes, now);
}
void Client::on_leader_commit(const Commit& commit, Now now) {
    engine_->on_leader_commit(commit, now);
}
void Client::logout(Now now) { engine_->logout(now); }
void Client::wipe(Now now) { engine_->wipe(now); }
std::vector<Effect> Client::take_effects() { return engine_->take_effects(); }

const Replica& Client::replica() const { return engine_->replica(); }
std::vector<Entry> Client::entries() const { return engine_->entries(); }
std::optional<Entry> Client::entry(const Id& cmd_id) const { return engine_->entry(cmd_id); }
std::optional<Entry> Client::entry_of(const domain::RowRef& entity) const {
    return engine_->entry_of(entity);
}
std::optional<domain::RowRef> Client::find_local_code(std::string_view code) const {
    return engine_->find_local_code(code);
}
const std::vector<Unreadable>& Client::unreadable() const { return engine_->unreadable(); }
std::vector<Draft> Client::drafts() const { return engine_->drafts(); }
const Draft* Client::draft(const Id& id) const { return engine_->draft(id); }
int Client::unsent_count() const { return engine_->unsent_count(); }
ClientStatus Client::status() const { return engine_->status(); }
const Identity& Client::identity() const { return engine_->identity(); }
std::optional<SessionInfo> Client::session() const { return engine_->session(); }
Instant Client::server_time(Now now) const { return engine_->server_time(now); }
std::uint64_t Client::revision() const { return engine_->revision(); }
std::string Client::export_unsent() const { return engine_->export_unsent(); }

}  // namespace ventanilla::sync
