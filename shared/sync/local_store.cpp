#include "shared/sync/local_store.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/bytes.hpp"

namespace ventanilla::sync {
namespace {

constexpr std::size_t kFrameHead = 8;
constexpr std::size_t kStoredJsonMax = 1024 * 1024;

Error corrupt(std::string detail) { return {Errc::Corrupt, std::move(detail), {}}; }

// Cuts one frame off the front of `rest`.
Result<std::string_view> take_frame(std::string_view& rest) {
    if (rest.size() < kFrameHead) return corrupt("frame head cut off");
    ByteReader head(rest.substr(0, kFrameHead));
    const std::uint64_t size = head.le(4);
    const std::uint64_t crc = head.le(4);
    if (size > rest.size() - kFrameHead) return corrupt("frame cut off");
    const std::string_view payload = rest.substr(kFrameHead, static_cast<std::size_t>(size));
    if (crc32c(payload) != crc) return corrupt("frame checksum");
    rest.remove_prefix(kFrameHead + payload.size());
    return payload;
}

// Passes over a frame whose checksum is wrong; false when its length cannot be right either.
bool skip_frame(std::string_view& rest) {
    if (rest.size() < kFrameHead) return false;
    const std::uint64_t size = ByteReader(rest).le(4);
    if (size > rest.size() - kFrameHead) return false;
    rest.remove_prefix(kFrameHead + static_cast<std::size_t>(size));
    return true;
}

std::string_view name(StoredState state) {
    switch (state) {
        case StoredState::Queued: return "queued";
        case StoredState::Accepted: return "accepted";
        case StoredState::Rejected: return "rejected";
        case StoredState::Quarantined: return "quarantined";
        case StoredState::Discarded: return "discarded";
    }
    return "queued";
}

std::optional<StoredState> stored_state(std::string_view text) {
    for (const StoredState state : {StoredState::Queued, StoredState::Accepted, StoredState::Rejected,
                                    StoredState::Quarantined, StoredState::Discarded})
        if (name(state) == text) return state;
    return std::nullopt;
}

Json record_json(const OutboxRecord& record) {
    Json out = {{"v", kStoreFormat},
                {"cmd", commands::to_json(record.command)},
                {"lseq", record.lseq},
                {"device_id", to_text(record.device)},
                {"user_id", to_text(record.user)},
                {"scope", record.scope},
                {"state", name(record.state)},
                {"attempts", record.attempts},
                {"settled_ms", to_ms(record.settled_at)}};
    if (record.replay_seq != 0) out["replay"] = record.replay_seq;
    if (record.receipt) {
        out["receipt"] = to_json(*record.receipt);
        out["receipt_epoch"] = to_text(record.receipt_epoch);
    }
    if (!record.reason.empty()) out["reason"] = record.reason;
    return out;
}

Result<OutboxRecord> record_from_json(const Json& value) {
    OutboxRecord record;
    record.command = TRY(commands::command_from_json(member(value, "cmd")));
    record.lseq = TRY(uint_at(value, "lseq"));
    record.device = TRY(id_at(value, "device_id"));
    record.user = TRY(id_at(value, "user_id"));
    record.scope = TRY(text_at(value, "scope", limits::kTitleBytesMax));
    const std::optional<StoredState> state = stored_state(text_or(value, "state"));
    if (!state) return invalid("unknown state", "state");
    record.state = *state;
    record.attempts = static_cast<int>(int_or(value, "attempts"));
    record.settled_at = from_ms(int_or(value, "settled_ms"));
    record.replay_seq = uint_at(value, "replay").value_or(0);
    record.reason = text_or(value, "reason");
    if (has(value, "receipt")) {
        record.receipt = TRY(command_result_from_json(member(value, "receipt")));
        record.receipt_epoch = id_or_nil(value, "receipt_epoch");
    }
    return record;
}

Result<OutboxRecord> decode_record(std::string_view payload) {
    return record_from_json(TRY(parse_json(payload, kStoredJsonMax)));
}

Json parts_json(const std::vector<Manifest::Part>& parts) {
    Json out = Json::array();
    for (const Manifest::Part& part : parts)
        out.push_back(Json::array({part.bytes, part.crc}));
    return out;
}

Status read_parts(const Json& list, std::vector<Manifest::Part>& parts) {
    if (!list.is_array()) return corrupt("manifest parts");
    for (const Json& item : list) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_number_unsigned() ||
            !item[1].is_number_unsigned())
            return corrupt("manifest part");
        parts.push_back({item[0].get<std::uint32_t>(), item[1].get<std::uint32_t>()});
    }
    return ok();
}

StoredRow read_row(ByteReader& in) {
    StoredRow row;
    row.type = std::string(in.take(static_cast<std::size_t>(in.le(1))));
    row.id = in.id();
    row.ver = in.le(8);
    const std::uint64_t groups = in.le(2);
    row.groups.reserve(std::min(static_cast<std::size_t>(groups), in.left() / 4));
    for (std::uint64_t i = 0; i < groups && !in.is_short(); ++i)
        row.groups.push_back(static_cast<std::uint32_t>(in.le(4)));
    row.body = std::string(in.text());
    return row;
}

// The JSON of a file that is one frame of it.
Result<Json> framed_json(std::string_view file) {
    const std::string_view payload = TRY(unframe(file));
    return parse_json(payload, kStoredJsonMax);
}

// A list length that cannot be true of the bytes that are left is damage, not a reason to allocate.
std::uint64_t read_count(ByteReader& in) {
    const std::uint64_t count = in.le(4);
    if (count > in.left()) in.take(in.left() + 1);
    return in.is_short() ? 0 : count;
}

}  // namespace

std::string outbox_path(const Id& cmd_id) { return concat(kOutboxFolder, to_text(cmd_id)); }
std::string draft_path(const Id& draft) { return concat(kDraftsFolder, to_text(draft)); }
std::string acked_path(std::uint64_t segment) { return concat("acked/", segment); }
std::string shard_path(std::uint64_t snapshot, std::size_t shard) {
    return concat("base/s", snapshot, "-", shard);
}
std::string journal_path(std::uint64_t snapshot, std::size_t segment) {
    return concat("base/w", snapshot, "-", segment);
}

std::string frame(std::string_view payload) {
    std::string out;
    out.reserve(kFrameHead + payload.size());
    put_le(out, payload.size(), 4);
    put_le(out, crc32c(payload), 4);
    out.append(payload);
    return out;
}

Result<std::string_view> unframe(std::string_view file) {
    const std::string_view payload = TRY(take_frame(file));
    if (!file.empty()) return corrupt("bytes after the frame");
    return payload;
}

Result<std::vector<std::string_view>> unframe_all(std::string_view file) {
    std::vector<std::string_view> payloads;
    while (!file.empty())
        payloads.push_back(TRY(take_frame(file)));
    return payloads;
}

std::string encode(const OutboxRecord& record) { return frame(dump_json(record_json(record))); }

Result<OutboxRecord> decode_outbox(std::string_view file) { return decode_record(TRY(unframe(file))); }

std::string encode_acked(const std::vector<OutboxRecord>& records) {
    std::string out;
    for (const OutboxRecord& record : records)
        out += frame(dump_json(record_json(record)));
    return out;
}

std::vector<OutboxRecord> decode_acked(std::string_view file, bool& is_damaged) {
    std::vector<OutboxRecord> records;
    is_damaged = false;
    while (!file.empty()) {
        const std::string_view before = file;
        const Result<std::string_view> payload = take_frame(file);
        if (!payload) {
            is_damaged = true;
            // The length may still be right: then only this one is lost.
            file = before;
            if (!skip_frame(file)) return records;
            continue;
        }
        Result<OutboxRecord> record = decode_record(*payload);
        if (record)
            records.push_back(std::move(record).value());
        else
            is_damaged = true;
    }
    return records;
}

void append_row(std::string& out, const StoredRow& row) {
    put_le(out, row.type.size(), 1);
    out += row.type;
    put_id(out, row.id);
    put_le(out, row.ver, 8);
    put_le(out, row.groups.size(), 2);
    for (const std::uint32_t group : row.groups)
        put_le(out, group, 4);
    put_text(out, row.body);
}

Result<std::vector<StoredRow>> decode_rows(std::string_view payload) {
    ByteReader in(payload);
    std::vector<StoredRow> rows;
    while (!in.is_at_end() && !in.is_short())
        rows.push_back(read_row(in));
    if (!in.is_whole()) return corrupt("rows cut off");
    return rows;
}

std::string encode(const Delta& delta) {
    std::string out;
    put_le(out, delta.upsert.size(), 4);
    for (const StoredRow& row : delta.upsert)
        append_row(out, row);
    put_le(out, delta.gone.size(), 4);
    for (const GoneRow& row : delta.gone) {
        put_le(out, row.type.size(), 1);
        out += row.type;
        put_id(out, row.id);
    }
    put_le(out, delta.groups_added.size(), 4);
    for (const AddedGroup& group : delta.groups_added) {
        put_le(out, group.group, 4);
        put_le(out, group.is_backfill ? 1 : 0, 1);
    }
    put_le(out, delta.groups_dropped.size(), 4);
    for (const std::uint32_t group : delta.groups_dropped)
        put_le(out, group, 4);
    return out;
}

Result<Delta> decode_delta(std::string_view payload) {
    ByteReader in(payload);
    Delta delta;
    for (std::uint64_t left = read_count(in); left > 0 && !in.is_short(); --left)
        delta.upsert.push_back(read_row(in));
    for (std::uint64_t left = read_count(in); left > 0 && !in.is_short(); --left) {
        GoneRow row;
        row.type = std::string(in.take(static_cast<std::size_t>(in.le(1))));
        row.id = in.id();
        delta.gone.push_back(std::move(row));
    }
    for (std::uint64_t left = read_count(in); left > 0 && !in.is_short(); --left) {
        const auto group = static_cast<std::uint32_t>(in.le(4));
        delta.groups_added.push_back({group, in.le(1) != 0});
    }
    for (std::uint64_t left = read_count(in); left > 0 && !in.is_short(); --left)
        delta.groups_dropped.push_back(static_cast<std::uint32_t>(in.le(4)));
    if (!in.is_whole()) return corrupt("delta cut off");
    return delta;
}

std::string encode(const Manifest& manifest) {
    return frame(dump_json({{"fmt", manifest.format},
                            {"user", to_text(manifest.user)},
                            {"epoch", to_text(manifest.epoch)},
                            {"cursor", manifest.cursor},
                            {"seq", manifest.seq},
                            {"scope_rev", manifest.scope_rev},
                            {"snapshot", manifest.snapshot},
                            {"shards", parts_json(manifest.shards)},
                            {"journal", parts_json(manifest.journal)},
                            {"synced_ms", to_ms(manifest.synced_at)}}));
}

Result<Manifest> decode_manifest(std::string_view file) {
    const Json value = TRY(framed_json(file));
    Manifest manifest;
    manifest.format = static_cast<int>(TRY(int_at(value, "fmt")));
    if (manifest.format > kStoreFormat)
        return Error{Errc::Conflict, "stored by a newer build", "fmt"};
    manifest.user = TRY(id_at(value, "user"));
    manifest.epoch = TRY(id_at(value, "epoch"));
    manifest.cursor = TRY(text_at(value, "cursor", limits::kTitleBytesMax * 2));
    manifest.seq = TRY(uint_at(value, "seq"));
    manifest.scope_rev = TRY(uint_at(value, "scope_rev"));
    manifest.snapshot = TRY(uint_at(value, "snapshot"));
    TRY(read_parts(member(value, "shards"), manifest.shards));
    TRY(read_parts(member(value, "journal"), manifest.journal));
    manifest.synced_at = from_ms(TRY(int_at(value, "synced_ms")));
    return manifest;
}

std::string encode(const Draft& draft) {
    return frame(
        dump_json({{"id", to_text(draft.id)}, {"body", draft.body}, {"at_ms", to_ms(draft.at)}}));
}

Result<Draft> decode_draft(std::string_view file) {
    const Json value = TRY(framed_json(file));
    Draft draft;
    draft.id = TRY(id_at(value, "id"));
    draft.body = member(value, "body");
    draft.at = from_ms(TRY(int_at(value, "at_ms")));
    return draft;
}

}  // namespace ventanilla::sync
