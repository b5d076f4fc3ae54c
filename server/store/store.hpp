#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/json.hpp"
#include "shared/base/result.hpp"
#include "shared/commands/decide.hpp"
#include "shared/domain/row.hpp"

// Where everything the server knows is kept. Two adapters stand behind this port: memory (tests)
// and SQLite; tests/contract/store_contract_test.cpp holds both to these words. What a command or a
// pull means is not here but in push.hpp and pull.hpp, written once over these few reads and
// writes.
//
// Calls block. Handlers are plain functions on threads of their own; only server/http knows an
// event loop.

namespace ventanilla::store {

using Seq = std::uint64_t;  // position in the one order of all changes; gapless, 1 is the first

// One line about the history the store holds. Source: sync.md 2.2.
struct Meta {
    Id epoch;
    Seq head = 0;             // the newest seq, 0 when nothing happened yet
    std::uint64_t chain = 0;  // at head
    Seq horizon = 0;          // cursors below it are too old to be told what is gone
    Seq restored_to = 0;      // head at the time this epoch began
    std::string mac_key;      // 32 secret bytes for cursors
};

// A row entering, changing in or leaving the sight of an audience; one per pair, the newest.
struct Touch {
    domain::RowRef ref;
    Seq in_seq = 0;
    std::optional<Seq> out_seq;  // set: no longer visible through this audience
    Seq touch_seq = 0;
};

// Somebody's membership of an audience.
struct Grant {
    domain::Audience audience;
    int tag = 0;  // what the client calls the group: small, unique per user, never used again
    Seq in_seq = 0;
    std::optional<Seq> out_seq;  // set: no longer a member
};

// What a command was answered. Kept 400 days, so that a device may ask again after any absence.
struct Receipt {
    Id cmd_id;
    Id user;
    std::string body_hash;  // 32 bytes: the same id with another body is refused
    std::string result;     // JSON, as sent
    Seq seq = 0;            // 0 when it was rejected
};

// One applied change: what the chain is made of. Source: sync.md 2.13, I18.
struct Entry {
    Seq seq = 0;
    Instant at;
    Id actor;   // nil: the server itself
    Id device;  // nil likewise
    Id cmd_id;
    std::string type;
    domain::RowRef entity;
    std::uint64_t chain = 0;  // after this entry
};

struct Credential {
    Id user;
    std::string hash;  // encoded Argon2id, server/auth/password.hpp
    bool must_change = false;
};

// A command a device could not get through, as the bytes it was: somebody will look at it.
struct Broken {
    Id cmd_id;
    Id user;
    Id device;
    Instant at;
    std::string reason;
    std::string bytes;
};
inline constexpr std::size_t kBrokenPerUserMax = 200;

struct SessionRecord {
    std::string token_hash;  // SHA-256 of the cookie's token, 32 bytes
    Id id;                   // what lists and logs name it by
    Id user;
    Id device;
    Instant created_at;
    Instant seen_at;
};

// Reads of one moment. From commands::State: find gives rows that are there and not deleted.
class Snapshot : public commands::State {
  public:
    [[nodiscard]] virtual Meta meta() const = 0;

    // The chain value after `seq`; 0 for seq 0; nothing when the store has no such entry.
    [[nodiscard]] virtual std::optional<std::uint64_t> chain_at(Seq seq) const = 0;

    // Newest entries first, at most `count_max`.
    [[nodiscard]] virtual std::vector<Entry> entries(std::size_t count_max) const = 0;

    // What `user` changed with after < seq <= upto, oldest first.
    [[nodiscard]] virtual std::vector<Entry> entries_of(const Id& user,
                                                        Seq after,
                                                        Seq upto,
                                                        std::size_t count_max) const = 0;

    // Touches of `audience` with touch_seq > `after`, in ascending order. At most `count_max`, and
    // then as many more as share the last one's touch_seq: a page never cuts a change in two.
    [[nodiscard]] virtual std::vector<Touch> touched(const domain::Audience& audience,
                                                     Seq after,
                                                     std::size_t count_max) const = 0;

    // All touches of a row, open and closed, by audience.
    struct Sight {
        domain::Audience audience;
        Touch touch;
    };
    [[nodiscard]] virtual std::vector<Sight> sights(const domain::RowRef& ref) const = 0;

    // Sum over the rows an audience sees of row_digest (changes.hpp), modulo 2^64.
    [[nodiscard]] virtual std::uint64_t digest(const domain::Audience& audience) const = 0;

    [[nodiscard]] virtual std::vector<Grant> grants(const Id& user) const = 0;  // by tag
    [[nodiscard]] virtual std::optional<Receipt> receipt(const Id& cmd_id) const = 0;

    // All rows of a type, by id: for the few types that are few (users, sites, services, outages).
    [[nodiscard]] virtual std::vector<domain::Row> rows(domain::RowType type) const = 0;

    // Logins are compared without case in ASCII.
    [[nodiscard]] virtual std::optional<Id> user_of_login(const std::string& login) const = 0;
    [[nodiscard]] virtual std::optional<Credential> credential(const Id& user) const = 0;
    [[nodiscard]] virtual std::optional<SessionRecord> session(
        const std::string& token_hash) const = 0;
    [[nodiscard]] virtual std::vector<SessionRecord> sessions_of(const Id& user) const = 0;
    [[nodiscard]] virtual std::vector<Broken> broken(
        std::size_t count_max) const = 0;  // newest first
    [[nodiscard]] virtual std::size_t broken_count(const Id& user) const = 0;
    [[nodiscard]] virtual std::optional<std::string> setting(const std::string& key) const = 0;
};

// Reads and writes that all happen or none does.
class Transaction : public Snapshot {
  public:
    // Runs `step` and keeps what it wrote when it gives true; otherwise, and when it throws, all of
    // it is undone and the transaction goes on. Steps do not nest.
    virtual bool attempt(const std::function<bool()>& step) = 0;

    virtual void put_row(const domain::Row& row, Seq seq) = 0;
    virtual void delete_row(const domain::RowRef& ref, std::uint64_t ver, Seq seq) = 0;
    virtual void put_touch(const domain::Audience& audience, const Touch& touch) = 0;
    virtual void put_digest(const domain::Audience& audience, std::uint64_t digest) = 0;
    virtual void put_grant(const Id& user, const Grant& grant) = 0;
    virtual void put_receipt(const Receipt& receipt, Instant at) = 0;
    virtual void append(const Entry& entry) = 0;
    virtual void put_meta(const Meta& meta) = 0;

    // 1, 2, 3 … for each `counter`.
    virtual std::uint64_t next_number(const std::string& counter) = 0;

    virtual void put_login(const std::string& login, const Id& user) = 0;
    virtual void put_credential(const Credential& credential) = 0;
    virtual void put_session(const SessionRecord& session) = 0;
    virtual void delete_session(const std::string& token_hash) = 0;
    virtual void put_broken(const Broken& broken) = 0;  // one per command: the first stays
    virtual void put_setting(const std::string& key, const std::string& value) = 0;
};

// What a commit changed, for those who hint at it.
struct CommitNote {
    Seq head = 0;
    std::vector<domain::Audience> touched;  // each once
};

class Store {
  public:
    virtual ~Store() = default;

    // Runs `job` on one consistent snapshot and passes on what it says.
    // Errors: the job's own; Unavailable when the store did not answer; Corrupt.
    virtual Status read(const std::function<Status(const Snapshot&)>& job) = 0;

    // Runs `job` and returns when its changes are durable. Jobs of several callers may share one
    // commit; a job that gives an error leaves nothing behind and disturbs no other. Errors: the
    // job's own; Unavailable when nothing could be written (disk full); Corrupt.
    virtual Status write(const std::function<Status(Transaction&)>& job) = 0;

    // Called after each commit that moved the head, before the write returns, on the writing
    // thread.
    virtual void on_commit(std::function<void(const CommitNote&)> listener) = 0;
};

// Everything in ordinary maps, forgotten at the end. Any number of threads.
std::unique_ptr<Store> create_memory_store(Id epoch, std::string mac_key);

enum class SqliteMode : std::uint8_t {
    Threads,  // one writer thread with group commit, readers on connections of their own
    Inline,   // everything on the calling thread, one commit a write: for simulations and tools
};

struct SqliteOptions {
    std::string path;
    std::string vfs;  // name of a registered sqlite3_vfs; empty: the default one
    SqliteMode mode = SqliteMode::Threads;
    Id first_epoch;             // of a store that is new
    std::string first_mac_key;  // likewise, 32 random bytes
    int readers = 3;            // connections for reading
    // After a failed fsync nobody knows what is on the disk: the process must end. Called then,
    // once.
    std::function<void(const Error&)> on_fatal;
};

// Opens or creates the file, migrates it to the newest schema and checks it.
// Errors: Unavailable when the file can't be opened or is in use by a newer version; Corrupt when
// PRAGMA quick_check says so.
Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions options);

// A consistent copy of the store at `from` into the new file `to`, while it may be in use.
// Errors: Unavailable; Conflict when `to` exists.
Status backup_sqlite(const std::string& from, const std::string& to);

}  // namespace ventanilla::store
