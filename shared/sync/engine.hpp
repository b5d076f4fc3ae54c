#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/base/bug_zoo.hpp"
#include "shared/base/random.hpp"
#include "shared/recovery/pacer.hpp"
#include "shared/sync/backoff.hpp"
#include "shared/sync/client.hpp"
#include "shared/sync/clock_offset.hpp"

// The inside of sync::Client, in six parts: life (engine.cpp), what the person does (engine_outbox.cpp),
// what is written (engine_store.cpp), when it talks (engine_return.cpp), what is sent (engine_push.cpp) and
// what is fetched (engine_pull.cpp).
// Each input changes the state and ends in settle(), which derives everything else from it: the view, what
// is held, the next commit, the next request, the next timer. So nothing can be forgotten by one path.

namespace ventanilla::sync {

class Client::Engine {
  public:
    explicit Engine(Random& random) : random_(random), pacer_(random), live_backoff_(random) {}

    // Inputs, as in client.hpp.
    void boot(const Files& files, Identity identity, TabRole role, Now now);
    SubmitResult submit(std::string_view type, Json args, Now now);
    Status discard(const Id& cmd_id, Now now);
    Status undo_discard(const Id& cmd_id, Now now);
    Status retry(const Id& cmd_id, Now now);
    SubmitResult edit(const Id& cmd_id, Json args, Now now);
    void save_draft(const Id& draft, Json body, Now now);
    void delete_draft(const Id& draft, Now now);
    void flush_drafts(Now now);
    void sync_now(Now now);
    void on_commit(std::uint64_t id, CommitResult result, Now now);
    void on_response(std::uint64_t tag, int status, Millis retry_after, std::string_view body, Now now);
    void on_network_error(std::uint64_t tag, Now now);
    void on_hint(std::uint64_t head, Now now);
    void on_live_state(bool is_open, Now now);
    void on_live_heartbeat(Now now);
    void on_online(bool is_online, Now now);
    void on_visibility(bool is_visible, Now now);
    void on_timer(Now now);
    void on_signed_in(const SessionInfo& session, Now now);
    void on_foreign_outbox(const std::string& path, const std::string& bytes, Now now);
    void on_leader_commit(const Commit& commit, Now now);
    void logout(Now now);
    void wipe(Now now);
    std::vector<Effect> take_effects();

    // Reading, as in client.hpp.
    [[nodiscard]] const Replica& replica() const { return replica_; }
    [[nodiscard]] std::vector<Entry> entries() const;
    [[nodiscard]] std::optional<Entry> entry(const Id& cmd_id) const;
    [[nodiscard]] std::optional<Entry> entry_of(const domain::RowRef& entity) const;
    [[nodiscard]] std::optional<domain::RowRef> find_local_code(std::string_view code) const;
    [[nodiscard]] const std::vector<Unreadable>& unreadable() const { return unreadable_; }
    [[nodiscard]] std::vector<Draft> drafts() const;
    [[nodiscard]] const Draft* draft(const Id& id) const;
    [[nodiscard]] int unsent_count() const;
    [[nodiscard]] ClientStatus status() const;
    [[nodiscard]] const Identity& identity() const { return identity_; }
    [[nodiscard]] std::optional<SessionInfo> session() const { return session_; }
    [[nodiscard]] Instant server_time(Now now) const { return now.wall + clock_.offset(); }
    [[nodiscard]] std::uint64_t revision() const { return revision_ + replica_.revision(); }
    [[nodiscard]] std::string export_unsent() const;

  private:
    // A command of this device that is not yet confirmed.
    struct Item {
        OutboxRecord record;
        std::uint64_t version = 1;  // grows with each change of the record
        std::uint64_t stored = 0;   // newest version known to be on the device; 0: none is
        bool is_refused = false;    // its first commit failed: in this tab only
        bool is_in_flight = false;
        bool is_unannounced = false;  // stored, but the leader was never told: written once more
        bool is_orphan = false;     // the server waits for a command that this device does not have
        bool is_foreign = false;    // somebody else's: kept, never sent
        Millis not_before{0};       // after a lone failure, or when the server asked to wait
        int lone_failures = 0;      // network errors and 5xx when sent alone, for its own backoff
        std::uint64_t contacts_at_failure = 0;
        std::size_t wire_bytes = 0;
        std::optional<Id> held_by;  // derived in refold()
        [[nodiscard]] bool is_dirty() const { return stored < version || is_unannounced; }
    };
    using Items = std::map<Id, Item>;

    // The one transaction on its way.
    struct InFlightCommit {
        std::uint64_t id = 0;
        WriteClass write_class = WriteClass::A;
        std::vector<std::pair<Id, std::uint64_t>> items;
        std::vector<std::pair<Id, std::uint64_t>> drafts;  // and their versions
        std::vector<Id> retired;     // whose files it deletes
        std::vector<std::uint64_t> acked;
        bool has_session = false;
        bool has_base = false;
        bool has_snapshot = false;
        bool is_eviction = false;
        bool is_new_work = false;    // first puts of commands
        bool is_history = false;
        Millis deadline{0};
    };

    // The one request on its way.
    enum class Asks : std::uint8_t { Pull, Push, Banner, Slot };
    struct InFlightRequest {
        std::uint64_t tag = 0;
        Asks asks = Asks::Pull;
        std::vector<Id> commands;
        Now sent;
        Millis deadline{0};
        [[nodiscard]] bool is_push() const { return asks == Asks::Push; }
    };

    struct StoredDraft {
        Draft draft;
        std::uint64_t version = 1;
        std::uint64_t stored = 0;
        bool is_deleted = false;
        Millis due{0};
        Millis latest{0};
    };

    // What a pull of several pages has brought so far.
    struct Staging {
        bool is_open = false;
        std::string cursor;  // of the next page
        std::uint64_t pages = 0;
        Delta delta;
        std::vector<PulledReceipt> receipts;
        std::map<std::string, std::size_t> upserted;  // "type:id" -> index in delta.upsert
    };

    // An answer that is none; status 0 is silence.
    struct Failure {
        int status = 0;
        Millis retry_after{0};
        std::string_view body;
    };

    // Life (engine.cpp).
    void settle(Now now);
    void observe(Now now);
    void adopt_records(Boot& boot);
    void adopt_acked(Boot& boot);
    void settle_duplicates();
    void adopt_base(Boot& boot);
    void refold(Now now);
    std::optional<Id> holder_of(const Item& item, const std::vector<Item*>& earlier) const;
    void schedule(Now now);
    void pump_live(Now now);
    void expire(Now now);
    void note(Notice notice, const Id& cmd_id = {});
    void changed() { ++revision_; }
    [[nodiscard]] bool may_talk() const;
    [[nodiscard]] bool may_write() const;
    [[nodiscard]] Millis poll_interval();
    void stop_talking();

    // Outbox (engine_outbox.cpp).
    Result<commands::Command> make_command(std::string_view type, Json args, Now now);
    SubmitResult add_command(commands::Command command, Now now);
    void add_dependencies(commands::Command& command, Now now);
    void retarget(const Id& old_id, const commands::Command& successor, Now now);
    [[nodiscard]] std::vector<Item*> ordered();
    [[nodiscard]] std::vector<const Item*> ordered() const;
    [[nodiscard]] EntryState state_of(const Item& item) const;
    [[nodiscard]] Entry entry_of_item(const Item& item) const;
    [[nodiscard]] bool is_confirmed(const Item& item) const;
    [[nodiscard]] std::size_t open_count() const;
    void set_state(Item& item, StoredState state, Now now);
    Item* find_item(const Id& cmd_id);
    [[nodiscard]] const OutboxRecord* find_acked(const Id& cmd_id) const;

    // Store (engine_store.cpp).
    void pump_store(Now now);
    bool commit_new_work(Now now);
    bool commit_changes(Now now);
    bool commit_base(Now now);
    bool commit_drafts(Now now);
    [[nodiscard]] bool is_under_way(const Id& draft, std::uint64_t version) const;
    Commit resting_drafts(Now now, InFlightCommit& in_flight) const;
    void begin_commit(Commit commit, InFlightCommit in_flight, Now now);
    void add_changed_items(Commit& commit, InFlightCommit& in_flight);
    void add_retired(Commit& commit, InFlightCommit& in_flight);
    void add_base(Commit& commit, InFlightCommit& in_flight);
    void add_snapshot(Commit& commit, InFlightCommit& in_flight);
    void commit_done(const InFlightCommit& done);
    void commit_failed(const InFlightCommit& failed, CommitResult result, Now now);
    void evict(Now now);
    void journal(const Delta& delta, Now now);
    void base_changed(Now now);
    void retire_confirmed(Now now);
    void prune_acked(Now now);
    void purge_discarded(Now now);
    [[nodiscard]] Manifest manifest() const;

    // When it talks, and coming back (engine_return.cpp).
    void pump_network(Now now);
    [[nodiscard]] bool has_queued_work() const;
    [[nodiscard]] bool is_interactive(const std::vector<Item*>& batch, Now now) const;
    void send_banner(Now now);
    void send_slot(const std::vector<Item*>& batch, Now now);
    void add_lane(Send& message, const std::vector<Item*>& batch, Now now) const;
    void on_return_answer(const InFlightRequest& request, const Failure& answer, Now now);
    void lost(const InFlightRequest& request, Now now);
    void reconnect(Now now);
    void answered(Now now);
    void unanswered(const Failure& failure, Now now);
    [[nodiscard]] std::optional<Instant> turn_at() const;

    // Push (engine_push.cpp).
    void send_push(const std::vector<Item*>& batch, Now now);
    std::vector<Item*> next_batch(Now now);
    [[nodiscard]] bool is_sendable(const Item& item, Now now) const;
    [[nodiscard]] bool are_dependencies_met(const Item& item, const std::set<Id>& batch) const;
    void on_push_answer(const InFlightRequest& request, std::string_view body, Now now);
    void on_result(const CommandResult& result, const Id& epoch, Now now);
    void on_applied(Item& item, const CommandResult& result, const Id& epoch, Now now);
    void on_push_failure(const InFlightRequest& request, const Failure& failure, Now now);
    void on_lone_failure(Item& item, int status, bool is_our_bug, Now now);
    void send(InFlightRequest request, Send send, Now now);

    // Pull (engine_pull.cpp) and envelope errors.
    bool send_pull(Now now);
    void on_pull_answer(const InFlightRequest& request, std::string_view body, Now now);
    void stage(PullResponse page);
    void complete_pull(const PullResponse& last, Now now);
    void check_digests(const PullResponse& last);
    void on_receipt(const PulledReceipt& receipt, Now now);
    bool on_problem(int status, std::string_view body, Now now);
    void on_history_changed(const Problem& problem, Now now);
    static void requeue(OutboxRecord& record);
    [[nodiscard]] bool is_of_other_history(const OutboxRecord& record) const;
    void drop_base(Now now);

    Random& random_;
    Identity identity_;
    TabRole role_ = TabRole::Leader;
    bool is_booted_ = false;
    bool is_logged_out_ = false;
    bool is_newer_format_ = false;
    std::uint64_t revision_ = 1;
    std::vector<Effect> effects_;
    std::uint64_t last_noted_revision_ = 0;
    Millis last_wake_{-1};

    // What the device holds.
    Items items_;
    std::map<std::uint64_t, std::vector<OutboxRecord>> acked_;  // by segment
    std::map<Id, std::uint64_t> acked_index_;
    std::set<std::uint64_t> acked_dirty_;
    std::map<std::uint64_t, std::size_t> acked_bytes_;
    std::vector<Id> to_retire_;  // moved to acked_, their outbox files still there
    std::map<std::string, domain::RowRef> local_codes_;
    std::vector<Unreadable> unreadable_;
    std::map<Id, StoredDraft> drafts_;
    std::optional<SessionInfo> session_;
    bool is_session_dirty_ = false;
    std::uint64_t next_lseq_ = 1;
    Replica replica_;

    // Where the base stands.
    Id epoch_;
    std::string cursor_;
    std::uint64_t seq_ = 0;
    std::uint64_t head_ = 0;
    std::uint64_t scope_rev_ = 0;
    std::optional<Instant> synced_at_;
    std::optional<Instant> last_contact_;

    // How the base is stored.
    std::uint64_t snapshot_ = 0;
    std::vector<Manifest::Part> shard_parts_;
    std::vector<Manifest::Part> sealed_parts_;  // of journal segments before the open one
    std::map<std::size_t, std::string> unsaved_segments_;
    std::string segment_;                       // the open journal segment, whole
    std::size_t snapshot_bytes_ = 0;
    std::size_t journal_bytes_ = 0;
    std::set<std::string> base_files_;          // that may be on the device
    std::set<std::string> garbage_;
    bool is_base_dirty_ = false;
    bool needs_snapshot_ = false;
    bool is_history_pending_ = false;  // outbox, acked and base must change in one transaction
    Millis base_due_{0};
    bool was_hinted_ = false;  // since the request under way was sent
    std::optional<Millis> base_written_;  // when the last write of Base began
    Millis no_base_until_{0};          // after an eviction

    // Writing.
    std::optional<InFlightCommit> commit_;
    std::uint64_t next_commit_ = 1;
    StorageMode storage_ = StorageMode::Durable;
    Millis store_not_before_{0};
    int store_failures_ = 0;

    // Talking.
    std::optional<InFlightRequest> request_;
    std::uint64_t next_tag_ = 1;
    recovery::Pacer pacer_;
    Backoff live_backoff_;
    Now observed_;  // the newest input's clocks
    Millis last_sync_now_{-60'000};
    bool wants_pull_ = false;
    bool is_pull_stale_ = false;  // hints began only after the pull on its way was sent
    bool was_push_last_ = false;
    std::size_t batch_max_ = limits::kPushCommandsMax;
    int push_failures_ = 0;
    std::uint64_t contacts_at_push_failure_ = 0;
    std::uint64_t contacts_ = 0;  // answered requests, as evidence that the server lives
    Staging staging_;
    std::vector<std::uint32_t> resync_;
    int resync_rounds_ = 0;
    Millis next_poll_{0};
    bool is_online_ = true;
    bool is_visible_ = true;
    bool is_reachable_ = false;
    bool is_signed_in_ = true;
    bool is_upgrade_needed_ = false;
    bool is_revoked_ = false;
    int digest_mismatches_ = 0;
    ClockOffset clock_;
    std::optional<Millis> wall_minus_mono_;

    enum class Live : std::uint8_t { Closed, Opening, Open };
    Live live_ = Live::Closed;
    Millis live_heard_{0};
    Millis live_not_before_{0};
    Millis live_opened_{0};
};

}  // namespace ventanilla::sync
