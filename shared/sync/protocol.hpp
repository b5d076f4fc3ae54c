#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/commands/command.hpp"
#include "shared/commands/decide.hpp"
#include "shared/domain/row.hpp"

// What portal and server say to each other, as values and their JSON. Both link this file, so a field
// cannot mean two things. Encoders write compact JSON; decoders bound what they read and never trust it.
// The story around the messages is docs/sync-protocol.md. Tested in tests/unit/sync_protocol_test.cpp.

namespace ventanilla::sync {

inline constexpr int kProtocol = 1;

// Paths of the endpoints.
inline constexpr std::string_view kPushPath = "/api/v1/sync/push";        // POST PushRequest
inline constexpr std::string_view kPullPath = "/api/v1/sync/pull";        // GET, see PullQuery
inline constexpr std::string_view kLivePath = "/api/v1/sync/live";        // GET, event stream of hints
inline constexpr std::string_view kStatusPath = "/api/v1/sync/status";    // GET SyncStatus
inline constexpr std::string_view kSessionPath = "/api/v1/session";       // GET SessionInfo
inline constexpr std::string_view kLoginPath = "/api/v1/session/login";   // POST LoginRequest -> SessionInfo
inline constexpr std::string_view kLogoutPath = "/api/v1/session/logout"; // POST {}

// ---- The order of things --------------------------------------------------------------------------------

// What a cursor holds once the server has checked its MAC. Opaque to the portal. A cursor within a pull of
// several pages carries where the page ended, so that the window (seq, top] stays the same for all of them.
struct CursorPosition {
    Id epoch;                    // of the server's history
    std::uint64_t seq = 0;       // everything up to here is known
    std::uint64_t chain = 0;     // proves that seq lies on this history
    std::uint64_t scope_rev = 0; // of the reader's permissions
    std::uint64_t top = 0;       // 0: not within a pull; otherwise the seq this pull ends at
    std::uint64_t at_seq = 0;    // within a pull: touch_seq, type and id of the last row sent
    std::uint8_t at_type = 0;
    Id at_id;

    friend bool operator==(const CursorPosition&, const CursorPosition&) = default;
};

// Fixed-size bytes; the server appends its MAC and writes both as base64url. Errors of decode: Invalid.
std::string encode_cursor(const CursorPosition& position);
Result<CursorPosition> decode_cursor(std::string_view bytes);

// One applied command as the chain sees it. `rows` in the order they were written.
struct ChainEntry {
    std::uint64_t seq = 0;
    Id cmd_id;
    Id user;
    Id device;
    std::int64_t at_ms = 0;  // the server's clock
    std::string body_hash;   // command_hash of what was applied, 32 bytes
    struct Touched {
        domain::RowRef ref;
        std::uint64_t ver = 0;
        bool is_deleted = false;
    };
    std::vector<Touched> rows;
};

std::string canonical_bytes(const ChainEntry& entry);

// chain[n] = first 8 bytes, big-endian, of SHA-256(chain[n-1] || canonical entry n). Source: sync.md 2.2.
std::uint64_t chain_next(std::uint64_t previous, const ChainEntry& entry);

// What one row adds to the digest of each group that sees it; a digest is the sum modulo 2^64.
// Shape: a row of version v replaced by v+1 changes the digest by row_digest(v+1) - row_digest(v).
std::uint64_t row_digest(std::string_view type, const Id& id, std::uint64_t ver);
std::uint64_t row_digest(const domain::RowRef& ref, std::uint64_t ver);

// SHA-256 of the command's wire form: the same cmd_id with another hash is rejected with key_reuse.
std::string command_hash(const commands::Command& command);

// ---- Push -----------------------------------------------------------------------------------------------

struct PushCommand {
    commands::Command command;
    std::uint64_t replay_seq = 0;  // not 0: was applied at this seq of a history since restored
    std::optional<Error> broken;   // decoded only: the command could not be read; just cmd_id is valid
};

struct PushRequest {
    int protocol = kProtocol;
    Id device;
    Id user;   // whose commands these are; the server answers 401 when the session is somebody else's
    Id epoch;  // nil: the device knows no history yet
    commands::Created clock;  // the device's clocks at sending; offset_ms unused
    std::vector<PushCommand> commands;
};

std::string encode(const PushRequest& request);

// Errors: Invalid when the envelope cannot be understood or holds more than limits::kPushCommandsMax;
// TooLarge over limits::kPushBytesMax. A single bad command is marked `broken` and does not fail the rest.
Result<PushRequest> decode_push_request(std::string_view body);

enum class ResultStatus : std::uint8_t { Applied, Rejected, Deferred };
enum class DeferReason : std::uint8_t { UnknownType, BlockedBy, Busy };

// What became of one command. The same cmd_id gets the same answer within an epoch, however often it is
// sent; only `deferred` is no answer yet.
struct CommandResult {
    Id cmd_id;
    ResultStatus status = ResultStatus::Applied;
    // applied
    std::uint64_t seq = 0;
    Id entity;
    std::uint64_t ver = 0;
    std::string number;  // "SOL-2026-000123" where the entity has one
    // rejected
    commands::RejectCode code = commands::RejectCode::Invalid;
    std::string message;  // key of assets/i18n
    std::vector<commands::FieldError> fields;
    Json current;
    // deferred
    DeferReason reason = DeferReason::Busy;
    std::int64_t retry_after_ms = 0;
};

Json to_json(const CommandResult& result);
Result<CommandResult> command_result_from_json(const Json& value);  // Errors: Invalid.

struct PushResponse {
    Id epoch;
    std::int64_t server_ms = 0;
    std::uint64_t head = 0;
    std::vector<CommandResult> results;
};

std::string encode(const PushResponse& response);
Result<PushResponse> decode_push_response(std::string_view body);  // Errors: Invalid, TooLarge.

// ---- Pull -----------------------------------------------------------------------------------------------

// GET /api/v1/sync/pull?user=…[&cursor=…][&epoch=…]&limit=500[&resync=3,9]
struct PullQuery {
    Id user;             // as in PushRequest
    std::string cursor;  // empty: from the beginning
    Id epoch;            // sent without a cursor, when the device still knows a history: lets 409 be told
    std::size_t limit = limits::kPullRowsMax;
    std::vector<std::uint32_t> resync;  // groups whose digest did not match: to be sent whole
};

std::string pull_target(const PullQuery& query);  // path and query

// `query`: what stands behind the "?". Errors: Invalid; an unknown parameter is Invalid too.
Result<PullQuery> parse_pull_query(std::string_view query);

struct PulledRow {
    std::string type;  // name of a domain::RowType, or of one this build does not know
    Id id;
    std::uint64_t ver = 0;
    std::vector<std::uint32_t> groups;  // the reader's own groups that see it; ascending, never empty
    Json fields;                        // the body as the reader's role may see it
};

struct GoneRow {
    std::string type;
    Id id;
};

struct AddedGroup {
    std::uint32_t group = 0;
    bool is_backfill = false;  // all its rows follow in this pull; what does not follow has left it
};

struct PulledReceipt {
    Id cmd_id;
    std::uint64_t seq = 0;
};

struct PullResponse {
    Id epoch;
    std::uint64_t from = 0;
    std::uint64_t to = 0;  // what the reader knows once the pull is complete
    std::uint64_t head = 0;
    bool is_complete = true;  // false: more pages follow; rows and cursor take effect only at the last
    std::uint64_t scope_rev = 0;
    std::vector<PulledRow> upsert;
    std::vector<GoneRow> gone;  // deleted, or hidden: the reader cannot tell
    std::vector<AddedGroup> groups_added;
    std::vector<std::uint32_t> groups_dropped;
    std::vector<PulledReceipt> receipts;           // of the reader's own commands applied in (from, to]
    std::map<std::uint32_t, std::uint64_t> digest; // by group; on the last page, and only if to == head
    std::string next;                              // cursor for the next request
    std::int64_t server_ms = 0;
};

std::string encode(const PullResponse& response);
Result<PullResponse> decode_pull_response(std::string_view body);  // Errors: Invalid, TooLarge.

// ---- Hints, status, errors, session ---------------------------------------------------------------------

// "event: head\ndata: {"h":918}": the data line. Errors: Invalid.
std::string encode_hint(std::uint64_t head);
Result<std::uint64_t> decode_hint(std::string_view data);

struct SyncStatus {
    Id epoch;
    std::uint64_t head = 0;
    std::string build;      // of the server
    std::string min_build;  // oldest portal it serves
    std::int64_t server_ms = 0;
};

std::string encode(const SyncStatus& status);
Result<SyncStatus> decode_sync_status(std::string_view body);  // Errors: Invalid.

// An envelope error: application/problem+json (RFC 9457) with a code that programs branch on.
struct Problem {
    int status = 0;
    std::string code;    // see below
    std::string title;   // English
    std::string detail;  // English
    std::int64_t retry_after_ms = 0;  // also in the header, in seconds
    // history_changed
    Id epoch;                       // the new one
    std::uint64_t restored_to = 0;  // seqs up to here are the same in both histories
    // upgrade
    int min_protocol = 0;
    std::string build;
};

namespace problem {
inline constexpr std::string_view kSessionOver = "session_over";        // 401: sign in again
inline constexpr std::string_view kOtherUser = "other_user";            // 401: signed in as somebody else
inline constexpr std::string_view kDeviceRevoked = "device_revoked";    // 403
inline constexpr std::string_view kForbidden = "forbidden";             // 403
inline constexpr std::string_view kHistoryChanged = "history_changed";  // 409
inline constexpr std::string_view kResync = "resync";                   // 410: start at 0, keep the outbox
inline constexpr std::string_view kTooLarge = "too_large";              // 413
inline constexpr std::string_view kMalformed = "malformed";             // 422
inline constexpr std::string_view kUpgrade = "upgrade";                 // 426
inline constexpr std::string_view kTooMany = "too_many";                // 429
inline constexpr std::string_view kBusy = "busy";                       // 503
}  // namespace problem

std::string encode(const Problem& problem);
Result<Problem> decode_problem(std::string_view body);  // Errors: Invalid.

struct LoginRequest {
    std::string login;
    std::string password;
};

std::string encode(const LoginRequest& request);
Result<LoginRequest> decode_login_request(std::string_view body);  // Errors: Invalid.

// Who is signed in. Kept on the device (meta/session) so that the portal opens without a network.
struct SessionInfo {
    Id user;
    std::string login;
    std::string display_name;
    domain::Lang lang = domain::Lang::Es;
    std::string time_zone;
    Id site;
    domain::Roles roles;
    std::vector<std::string> desks;
    std::string scope;  // name of this person's store on the device
    std::string company;
    std::int64_t expires_ms = 0;
    std::int64_t server_ms = 0;
};

std::string encode(const SessionInfo& session);
Result<SessionInfo> decode_session_info(std::string_view body);  // Errors: Invalid.

commands::Actor actor_of(const SessionInfo& session);

}  // namespace ventanilla::sync
