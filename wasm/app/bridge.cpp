#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/outage_words.hpp"
#include "wasm/views/request_words.hpp"

// Between the sync engine and the world: its effects become ours, answers find their way back to
// it, and tabs of the same person tell each other what they stored.

namespace ventanilla::app {

namespace {

using views::K;

Json packed(std::string_view kind, const sync::Commit& commit) {
    Json puts = Json::array();
    for (const auto& [path, bytes] : commit.puts)
        puts.push_back({path, to_base64url(bytes)});
    return {{"kind", kind}, {"puts", std::move(puts)}, {"deletes", commit.deletes}};
}

std::optional<sync::Commit> unpacked(const Json& message) {
    sync::Commit commit;
    for (const Json& put : member(message, "puts")) {
        std::string bytes;
        if (!put.is_array() || put.size() != 2 || !put[0].is_string() || !put[1].is_string())
            return std::nullopt;
        if (!from_base64url(put[1].get<std::string>(), bytes)) return std::nullopt;
        commit.puts.emplace_back(put[0].get<std::string>(), std::move(bytes));
    }
    for (const Json& path : member(message, "deletes")) {
        if (path.is_string()) commit.deletes.push_back(path.get<std::string>());
    }
    return commit;
}

std::vector<Id> drafts_in(const sync::Commit& commit) {
    std::vector<Id> out;
    for (const auto& [path, bytes] : commit.puts) {
        if (!path.starts_with(sync::kDraftsFolder)) continue;
        if (const Result<Id> id =
                parse_id(std::string_view(path).substr(sync::kDraftsFolder.size())))
            out.push_back(*id);
    }
    return out;
}

WriteClass class_of(sync::WriteClass each) {
    switch (each) {
        case sync::WriteClass::A: return WriteClass::A;
        case sync::WriteClass::B: return WriteClass::B;
        case sync::WriteClass::C: return WriteClass::C;
    }
    return WriteClass::A;
}

void carry(Core& core, sync::Commit commit) {
    Commit out{.ticket = core.next_ticket++,
               .write_class = class_of(commit.write_class),
               .is_fenced = commit.is_fenced};
    for (const auto& [path, bytes] : commit.puts)
        out.puts.push_back({path, bytes});
    out.removes = commit.deletes;
    Committing committing{.id = commit.id, .what = {}, .drafts = drafts_in(commit)};
    committing.issued_ms = core.now.mono_ms;
    committing.what = std::move(commit);
    core.commits[out.ticket] = std::move(committing);
    core.effect(std::move(out));
}

void carry(Core& core, sync::Send send) {
    core.requests[core.next_http] = {.use = HttpUse::Sync, .tag = send.tag};
    HttpRequest request{.id = core.next_http++, .method = send.method, .url = send.target};
    if (!send.body.empty()) request.headers["content-type"] = "application/json";
    for (const auto& [name, value] : send.headers)
        request.headers[name] = value;
    request.body = std::move(send.body);
    if (send.timeout.count() > 0) request.timeout_ms = send.timeout.count();
    core.effect(std::move(request));
}

// What came of a command, said once.
void tell(Core& core, const Id& cmd) {
    const auto entry = core.client->entry(cmd);
    if (!entry || entry->record == nullptr) return;
    const std::string& type = entry->record->command.type;
    const bool is_quiet = type == "article.vote" || type == "outage.me_too" ||
                          type == "outage.answer" || views::is_note(*entry);
    const bool is_trouble =
        entry->state == sync::EntryState::Rejected || entry->state == sync::EntryState::Quarantined;
    if (is_quiet && !is_trouble) return;
    const views::Say say = core.words();
    const std::string title = views::command_title(say, core.state, *entry);
    core.say(concat(title, ". ", views::unsent_text(say, *entry)));
    if (is_trouble) toast(core, concat(title, ": ", say(K::unsent_rejected)), ui::Tone::Critical);
}

void carry(Core& core, const sync::Notify& notify) {
    switch (notify.notice) {
        case sync::Notice::SignIn: core.state.session.is_over = true; break;
        case sync::Notice::OtherUser: who_am_i(core); break;
        case sync::Notice::BecameFollower: core.state.is_leader = false; break;
        case sync::Notice::ReloadFiles: reopen_store(core); break;
        case sync::Notice::Received:
        case sync::Notice::NeedsAttention: tell(core, notify.cmd_id); break;
        case sync::Notice::DeviceRevoked:
        case sync::Notice::UpgradeNeeded:
        case sync::Notice::HistoryChanged:
        case sync::Notice::NewOutboxFile:
        case sync::Notice::Changed: break;
    }
}

void carry(Core& core, sync::Effect effect) {
    if (auto* commit = std::get_if<sync::Commit>(&effect)) return carry(core, std::move(*commit));
    if (auto* send = std::get_if<sync::Send>(&effect)) return carry(core, std::move(*send));
    if (std::holds_alternative<sync::OpenLive>(effect))
        return core.effect(OpenLive{std::string(sync::kLivePath)});
    if (std::holds_alternative<sync::CloseLive>(effect)) return core.effect(CloseLive{});
    if (const auto* wake = std::get_if<sync::WakeAt>(&effect)) {
        core.engine_wake_ms = wake->mono.count();
        return;
    }
    if (const auto* wipe = std::get_if<sync::Wipe>(&effect))
        return core.effect(CloseStore{.scope = wipe->scope, .wipe = true});
    if (const auto* notify = std::get_if<sync::Notify>(&effect)) carry(core, *notify);
}

sync::CommitResult result_of(CommitResult result) {
    switch (result) {
        case CommitResult::Durable: return sync::CommitResult::Ok;
        case CommitResult::Fenced: return sync::CommitResult::Fenced;
        case CommitResult::Quota: return sync::CommitResult::Quota;
        case CommitResult::Lost: return sync::CommitResult::Lost;
    }
    return sync::CommitResult::Failed;
}

// The other tabs learn what is stored now: a leader tells all, a follower what it put into the
// outbox.
void tell_peers(Core& core, const sync::Commit& commit) {
    if (core.state.is_leader) {
        core.effect(PostPeer{dump_json(packed("commit", commit))});
        return;
    }
    sync::Commit outbox;
    for (const auto& put : commit.puts) {
        if (put.first.starts_with(sync::kOutboxFolder)) outbox.puts.push_back(put);
    }
    if (!outbox.puts.empty()) core.effect(PostPeer{dump_json(packed("outbox", outbox))});
}

Millis retry_after(const HttpReply& reply) {
    const auto header = reply.headers.find("retry-after");
    std::int64_t seconds = 0;
    if (header == reply.headers.end()) return Millis{0};
    const std::string& text = header->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    constexpr std::int64_t kSecondsMax = 3600;
    if (error != std::errc{} || seconds < 0) return Millis{0};
    return Millis{std::min(seconds, kSecondsMax) * 1000};
}

}  // namespace

void carry_effects(Core& core) {
    if (core.client == nullptr) return;
    for (sync::Effect& effect : core.client->take_effects())
        carry(core, std::move(effect));
}

void commit_done(Core& core, const CommitDone& done) {
    const auto at = core.commits.find(done.ticket);
    if (at == core.commits.end() || core.client == nullptr) return;
    const Committing committing = std::move(at->second);
    core.commits.erase(at);
    const bool is_durable = done.result == CommitResult::Durable;
    core.client->on_commit(committing.id, result_of(done.result), core.engine_now());
    drafts_committed(core, committing, is_durable);
    if (is_durable) tell_peers(core, committing.what);
}

void http_reply(Core& core, const HttpReply& reply) {
    const auto at = core.requests.find(reply.id);
    if (at == core.requests.end()) return;
    const InFlight request = at->second;
    core.requests.erase(at);
    if (request.use != HttpUse::Sync) return session_reply(core, request.use, reply);
    if (core.client == nullptr) return;
    if (reply.status == 0)
        core.client->on_network_error(request.tag, core.engine_now());
    else
        core.client->on_response(
            request.tag, reply.status, retry_after(reply), reply.body, core.engine_now());
}

void peer_message(Core& core, const PeerMessage& message) {
    const Result<Json> json = parse_json(message.payload, limits::kJsonBytesMax * 4);
    if (!json || core.client == nullptr) return;
    const auto commit = unpacked(*json);
    if (!commit) return;
    const std::string kind = text_or(*json, "kind");
    if (kind == "commit" && !core.state.is_leader)
        core.client->on_leader_commit(*commit, core.engine_now());
    if (kind != "outbox" || !core.state.is_leader) return;
    for (const auto& [path, bytes] : commit->puts)
        core.client->on_foreign_outbox(path, bytes, core.engine_now());
}

}  // namespace ventanilla::app
