#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "shared/sync/local_store.hpp"
#include "shared/sync/replica.hpp"

// The portal's sync engine: a state machine fed with events that answers with effects. It does no I/O and
// reads no clock; the platform (or the simulator) carries the effects out and reports how they ended.
// One client is one tab of one person on one device. Tested in tests/unit/sync_client_test.cpp and, above
// all, by tests/sim.

namespace ventanilla::sync {

// The two clocks of a device. `wall` may jump and lie; `mono` only ever grows within one boot, and all
// waiting is done by it.
struct Now {
    Instant wall;
    Millis mono{0};
};

struct Identity {
    commands::Actor actor;
    Id device;
    std::string scope;  // of this person on this device; names the database
    std::string boot;   // random, one page's life
};

enum class TabRole : std::uint8_t {
    Leader,    // holds the lock: sends, pulls, writes everything
    Follower,  // shows what the leader stored; may drop commands into the outbox
};

// ---- Effects --------------------------------------------------------------------------------------------

enum class WriteClass : std::uint8_t {
    A,  // strict, at once: somebody's work
    B,  // relaxed: can be fetched again
    C,  // relaxed, idle: drafts
};

// One transaction: all or nothing. `is_fenced`: abort with Fenced when the stored generation is not ours;
// puts of new commands are not fenced, because their names are unique.
struct Commit {
    std::uint64_t id = 0;
    WriteClass write_class = WriteClass::A;
    bool is_fenced = true;
    std::vector<std::pair<std::string, std::string>> puts;  // path, bytes
    std::vector<std::string> deletes;
};

enum class CommitResult : std::uint8_t {
    Ok,      // the transaction fired `complete`
    Fenced,  // another tab leads now; nothing was written
    Quota,   // no room; nothing was written
    Failed,  // aborted or timed out after the platform's own retries; assume neither
    Lost,    // the database cannot be opened any more
};

struct Send {
    std::uint64_t tag = 0;
    std::string method;
    std::string target;  // path and query
    std::string body;    // JSON, empty for GET
    Millis timeout{0};
    std::vector<std::pair<std::string, std::string>> headers;  // besides those of every request
};

struct OpenLive {};
struct CloseLive {};

// Call on_timer at or after this; replaces the previous one.
struct WakeAt {
    Millis mono{0};
};

// Delete the scope's whole database.
struct Wipe {
    std::string scope;
};

enum class Notice : std::uint8_t {
    Changed,          // rows, entries or status look different: see revision()
    SignIn,           // 401: ask, the outbox is untouched
    OtherUser,        // the cookie is somebody else's: reload into their scope
    DeviceRevoked,
    UpgradeNeeded,
    BecameFollower,   // fenced: another tab leads
    ReloadFiles,      // read the stored files again and boot with them
    HistoryChanged,   // the server was restored; the base is fetched anew
    NewOutboxFile,    // a follower stored commands: tell the leader (broadcast the puts of its commits)
    Received,         // a command was accepted: announce it
    NeedsAttention,   // a command was rejected or quarantined
};

struct Notify {
    Notice notice{};
    Id cmd_id;  // nil unless about one command
};

using Effect = std::variant<Commit, Send, OpenLive, CloseLive, WakeAt, Wipe, Notify>;

// ---- What the person sees -------------------------------------------------------------------------------

// Source: sync.md 2.3, the only states and the only words for them.
enum class EntryState : std::uint8_t {
    Draft,        // being typed
    Volatile,     // "Kept in this tab only"; still sent when online
    Queued,       // "Saved on this device"
    Sent,         // the same, in flight
    Accepted,     // "Received", the receipt is stored
    Confirmed,    // plain: the base has it
    Rejected,     // "Needs your attention"
    Held,         // "Waiting for" a rejected one
    Quarantined,  // "Could not be processed, kept safely"
    Discarded,    // gone after a confirmation, 30 days of undo
};

std::string_view name(EntryState state);

struct Entry {
    Id cmd_id;
    EntryState state = EntryState::Volatile;
    bool is_saving = false;      // Volatile only while its first commit is on its way
    bool may_conflict = false;   // does not apply here any more; still sent
    const OutboxRecord* record = nullptr;  // lives until the next input
    domain::RowRef entity;
    std::string local_code;      // "7K2Q4"
    std::string number;          // from the receipt
    Id waits_for;                // Held
    std::string support_code;    // Quarantined
};

enum class StorageMode : std::uint8_t {
    Durable,
    Volatile,  // the last write of somebody's work failed: it is in this tab only
    Lost,      // the database is gone
};

struct ClientStatus {
    TabRole role = TabRole::Leader;
    bool is_online = true;       // the browser says so
    bool is_reachable = false;   // the last request for work was answered
    bool is_live = false;
    bool is_signed_in = true;
    bool is_upgrade_needed = false;
    bool is_revoked = false;
    bool is_loading = false;     // the first pull has not completed: what is shown is not all
    // By the server's clock; until it answers in this life, the last full fetch of an earlier one.
    std::optional<Instant> last_contact;
    std::optional<Instant> last_full_sync;  // by the server's clock
    StorageMode storage = StorageMode::Durable;
    Id epoch;
    std::uint64_t seq = 0;
    std::uint64_t head = 0;
    Millis clock_offset{0};      // server minus device
    int digest_mismatches = 0;   // healed; counted for the operator
    int unreadable_files = 0;
    std::optional<Millis> retry_at;  // by the monotonic clock, while backing off
    // By the server's clock: the turn it gave this device while everybody comes back at once.
    std::optional<Instant> turn_at;
};

struct Submitted {
    Id cmd_id;
    domain::RowRef entity;
    std::string local_code;
};

// A Rejection is what the server would say: nothing was queued. An Error is about this device: TooLarge
// with field "outbox" when it is full, Unavailable when the store is of a newer build.
using SubmitResult = std::variant<Submitted, commands::Rejection, Error>;

// ---- The client -----------------------------------------------------------------------------------------

class Client {
  public:
    explicit Client(Random& random);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // First of all inputs, and again after ReloadFiles or a change of leader; entries not yet stored stay.
    void boot(const Files& files, Identity identity, TabRole role, Now now);

    // ---- What the person does
    SubmitResult submit(std::string_view type, Json args, Now now);
    // Discards a command that was not applied. Errors: NotFound; Conflict when it is in flight or applied.
    Status discard(const Id& cmd_id, Now now);
    Status undo_discard(const Id& cmd_id, Now now);
    // Tries again what was quarantined or rejected; a rejected one gets a new id, because its receipt is final.
    Status retry(const Id& cmd_id, Now now);
    // Replaces a rejected, held or unsent command by one with other arguments; gives the new one.
    SubmitResult edit(const Id& cmd_id, Json args, Now now);
    void save_draft(const Id& draft, Json body, Now now);
    void delete_draft(const Id& draft, Now now);
    // Writes what rests at most a second otherwise, also beside a write under way: the page may be about to go.
    void flush_drafts(Now now);
    void sync_now(Now now);  // the person asked: no backoff, but Retry-After holds

    // ---- What the world reports
    void on_commit(std::uint64_t id, CommitResult result, Now now);
    // `retry_after`: from the header, zero when absent.
    void on_response(std::uint64_t tag, int status, Millis retry_after, std::string_view body, Now now);
    void on_network_error(std::uint64_t tag, Now now);
    void on_hint(std::uint64_t head, Now now);
    void on_live_state(bool is_open, Now now);
    void on_live_heartbeat(Now now);
    void on_online(bool is_online, Now now);
    void on_visibility(bool is_visible, Now now);
    void on_timer(Now now);
    void on_signed_in(const SessionInfo& session, Now now);
    // Another tab stored a command of this person.
    void on_foreign_outbox(const std::string& path, const std::string& bytes, Now now);
    // Follower: what the leader committed.
    void on_leader_commit(const Commit& commit, Now now);

    // Stops talking; what is stored stays for the same person. `wipe` deletes it: ask first when
    // unsent_count() is not 0.
    void logout(Now now);
    void wipe(Now now);

    // Moves out what is to be done, in order.
    std::vector<Effect> take_effects();

    // ---- Reading
    [[nodiscard]] const Replica& replica() const;
    [[nodiscard]] std::vector<Entry> entries() const;  // by age, confirmed ones left out
    [[nodiscard]] std::optional<Entry> entry(const Id& cmd_id) const;  // confirmed ones too, while retained
    // The newest command about an entity that is not yet confirmed.
    [[nodiscard]] std::optional<Entry> entry_of(const domain::RowRef& entity) const;
    // The entity a short code of this device stands for.
    [[nodiscard]] std::optional<domain::RowRef> find_local_code(std::string_view code) const;
    [[nodiscard]] const std::vector<Unreadable>& unreadable() const;
    [[nodiscard]] std::vector<Draft> drafts() const;
    [[nodiscard]] const Draft* draft(const Id& id) const;
    // Everything not known to be applied: rejected, held and quarantined ones and unreadable files too.
    [[nodiscard]] int unsent_count() const;
    [[nodiscard]] ClientStatus status() const;
    [[nodiscard]] const Identity& identity() const;
    [[nodiscard]] std::optional<SessionInfo> session() const;  // as last stored
    [[nodiscard]] Instant server_time(Now now) const;          // best guess
    [[nodiscard]] std::uint64_t revision() const;  // grows whenever anything above may differ
    // Every command not known to be applied, as text to save or mail.
    [[nodiscard]] std::string export_unsent() const;

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace ventanilla::sync
