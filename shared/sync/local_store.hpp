#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/sync/protocol.hpp"

// What the portal keeps on the device, as files below /data/<scope>: their names, their bytes, and a boot
// that survives any damage to any of them. Only bytes here: the platform stores them, the simulator loses
// them. Layout: sync.md 2.9. Tested in tests/unit/sync_local_store_test.cpp.
//
//   meta/manifest        epoch, cursor, length and CRC of each base file; flips with them in one transaction
//   meta/session         who was signed in
//   base/s<N>-<shard>    snapshot N of the confirmed rows
//   base/w<N>-<k>        journal of completed pulls since snapshot N
//   outbox/<cmd_id>      one command
//   acked/<k>            commands the server has applied, kept for a restored server
//   drafts/<id>          what somebody is typing
//
// Every file is one or more frames [length: u32][CRC-32C: u32][payload], little-endian.

namespace ventanilla::sync {

inline constexpr int kStoreFormat = 1;

// What a boot reads: path below the scope's folder -> bytes, which are only looked at during the call.
using Files = std::map<std::string, std::string_view>;

inline constexpr std::string_view kManifestPath = "meta/manifest";
inline constexpr std::string_view kSessionFile = "meta/session";
inline constexpr std::string_view kOutboxFolder = "outbox/";
inline constexpr std::string_view kDraftsFolder = "drafts/";
std::string outbox_path(const Id& cmd_id);
std::string draft_path(const Id& draft);
std::string acked_path(std::uint64_t segment);
std::string shard_path(std::uint64_t snapshot, std::size_t shard);
std::string journal_path(std::uint64_t snapshot, std::size_t segment);

// ---- Frames ---------------------------------------------------------------------------------------------

std::string frame(std::string_view payload);

// The payload of a file that is exactly one frame. Errors: Corrupt.
Result<std::string_view> unframe(std::string_view file);

// The payloads of all frames, in order; views into `file`. Errors: Corrupt when a single byte is wrong,
// missing or left over.
Result<std::vector<std::string_view>> unframe_all(std::string_view file);

// ---- Outbox ---------------------------------------------------------------------------------------------

// What is stored of a command's fate; sent, held, volatile and confirmed follow from it at run time.
enum class StoredState : std::uint8_t { Queued, Accepted, Rejected, Quarantined, Discarded };

struct OutboxRecord {
    commands::Command command;
    std::uint64_t lseq = 0;  // order on this device, inside a lane
    Id device;
    Id user;
    std::string scope;
    StoredState state = StoredState::Queued;
    int attempts = 0;       // lone 5xx so far
    std::uint64_t replay_seq = 0;
    std::optional<CommandResult> receipt;
    Id receipt_epoch;
    Instant settled_at;     // when it was accepted, rejected, quarantined or discarded
    std::string reason;     // why it is in quarantine
};

std::string encode(const OutboxRecord& record);                  // a whole file
Result<OutboxRecord> decode_outbox(std::string_view file);       // Errors: Corrupt, Invalid.
std::string encode_acked(const std::vector<OutboxRecord>& records);
// The records of all frames that can be read; `is_damaged` when there were others.
std::vector<OutboxRecord> decode_acked(std::string_view file, bool& is_damaged);

// A file of the outbox that cannot be read: never deleted, shown with its support code, exportable.
struct Unreadable {
    std::string path;
    std::string bytes;
    std::string support_code;  // five letters from the path
    std::string why;
};

// ---- Base -----------------------------------------------------------------------------------------------

// A confirmed row as stored: the body stays text until somebody reads it.
struct StoredRow {
    std::string type;
    Id id;
    std::uint64_t ver = 0;
    std::vector<std::uint32_t> groups;
    std::string body;  // JSON
};

// One completed pull, as the journal keeps it.
struct Delta {
    std::vector<StoredRow> upsert;
    std::vector<GoneRow> gone;
    std::vector<AddedGroup> groups_added;
    std::vector<std::uint32_t> groups_dropped;
};

void append_row(std::string& out, const StoredRow& row);
std::string encode(const Delta& delta);                      // a payload
Result<Delta> decode_delta(std::string_view payload);        // Errors: Corrupt.
Result<std::vector<StoredRow>> decode_rows(std::string_view payload);  // Errors: Corrupt.

struct Manifest {
    int format = kStoreFormat;
    Id user;
    Id epoch;
    std::string cursor;           // empty: the base is empty, start from the beginning
    std::uint64_t seq = 0;        // what the cursor stands at
    std::uint64_t scope_rev = 0;
    std::uint64_t snapshot = 0;   // N
    struct Part {
        std::uint32_t bytes = 0;
        std::uint32_t crc = 0;
    };
    std::vector<Part> shards;
    std::vector<Part> journal;
    Instant synced_at;            // last completed pull, by the server's clock
};

std::string encode(const Manifest& manifest);              // a whole file, at most 4 KiB
Result<Manifest> decode_manifest(std::string_view file);   // Errors: Corrupt; Conflict: of a newer format.

// ---- Drafts ---------------------------------------------------------------------------------------------

struct Draft {
    Id id;
    Json body;
    Instant at;
};

std::string encode(const Draft& draft);
Result<Draft> decode_draft(std::string_view file);  // Errors: Corrupt, Invalid.

// ---- Boot -----------------------------------------------------------------------------------------------

struct Boot {
    Manifest manifest;               // default-made, but for epoch, when the base was dropped
    std::vector<StoredRow> rows;     // the snapshot
    std::vector<Delta> deltas;       // the journal, in order
    std::vector<OutboxRecord> outbox;
    std::map<std::uint64_t, std::vector<OutboxRecord>> acked;  // by segment
    std::vector<Draft> drafts;
    std::vector<Unreadable> unreadable;
    std::optional<SessionInfo> session;
    std::vector<std::string> garbage;  // paths nothing refers to
    bool was_base_dropped = false;     // damaged: to be fetched anew
    bool is_newer_format = false;      // "update needed": outbox readable, nothing may be written
    std::string why;                   // English, of the first damage
};

// Never fails: what cannot be read is dropped if the server has it (base), and kept and shown if not.
Boot read_store(const Files& files);

}  // namespace ventanilla::sync
