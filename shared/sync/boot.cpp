#include <charconv>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/local_store.hpp"

// Boot: reading what a device kept, however damaged. What the server has is dropped and fetched anew; what
// only this device has is kept and shown, whatever it looks like.

namespace ventanilla::sync {
namespace {

std::string_view below(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) ? path.substr(folder.size()) : std::string_view{};
}

bool is_empty_base(const Manifest& manifest) {
    return manifest.cursor.empty() && manifest.shards.empty() && manifest.journal.empty();
}

// The bytes of a base file, if they are the ones the manifest promised.
Result<std::string_view> promised(const Files& files, const std::string& path,
                                  const Manifest::Part& part) {
    const auto found = files.find(path);
    if (found == files.end()) return Error{Errc::Corrupt, concat(path, ": missing"), {}};
    const std::string_view bytes = found->second;
    if (bytes.size() != part.bytes || crc32c(bytes) != part.crc)
        return Error{Errc::Corrupt, concat(path, ": not the bytes that were written"), {}};
    return bytes;
}

Status read_base(const Files& files, Boot& boot) {
    const Manifest& manifest = boot.manifest;
    for (std::size_t i = 0; i < manifest.shards.size(); ++i) {
        const std::string path = shard_path(manifest.snapshot, i);
        const std::string_view bytes = TRY(promised(files, path, manifest.shards[i]));
        std::vector<StoredRow> rows = TRY(decode_rows(bytes));
        for (StoredRow& row : rows)
            boot.rows.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < manifest.journal.size(); ++i) {
        const std::string path = journal_path(manifest.snapshot, i);
        const std::string_view bytes = TRY(promised(files, path, manifest.journal[i]));
        const std::vector<std::string_view> payloads = TRY(unframe_all(bytes));
        for (const std::string_view payload : payloads)
            boot.deltas.push_back(TRY(decode_delta(payload)));
    }
    return ok();
}

void drop_base(Boot& boot, const std::string& why) {
    boot.was_base_dropped = true;
    if (boot.why.empty()) boot.why = why;
    boot.rows.clear();
    boot.deltas.clear();
    Manifest kept;
    kept.user = boot.manifest.user;
    kept.epoch = boot.manifest.epoch;
    kept.snapshot = boot.manifest.snapshot;
    boot.manifest = std::move(kept);
}

void read_manifest(const Files& files, Boot& boot) {
    const auto found = files.find(std::string(kManifestPath));
    if (found == files.end()) return;
    Result<Manifest> manifest = decode_manifest(found->second);
    if (!manifest) {
        boot.is_newer_format = manifest.error().code == Errc::Conflict;
        drop_base(boot, manifest.error().detail);
        return;
    }
    boot.manifest = std::move(manifest).value();
    if (is_empty_base(boot.manifest)) return;
    if (const Status base = read_base(files, boot); !base) drop_base(boot, base.error().detail);
}

void add_unreadable(const std::string& path, std::string_view bytes, std::string why, Boot& boot) {
    const std::string code = short_code(derived_id("unreadable", path));
    boot.unreadable.push_back({path, std::string(bytes), code, std::move(why)});
}

void read_outbox_file(std::string_view name, const std::string& path, std::string_view bytes,
                      Boot& boot) {
    Result<OutboxRecord> record = decode_outbox(bytes);
    const bool is_named_right = record && to_text(record->command.cmd_id) == name;
    if (is_named_right) {
        boot.outbox.push_back(std::move(record).value());
        return;
    }
    const std::string why = record ? "stored under another name" : record.error().detail;
    if (boot.why.empty()) boot.why = concat(path, ": ", why);
    add_unreadable(path, bytes, why, boot);
}

void read_acked_file(std::string_view name, const std::string& path, std::string_view bytes,
                     Boot& boot) {
    std::uint64_t segment = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), segment);
    if (error != std::errc{} || end != name.data() + name.size()) {
        boot.garbage.push_back(path);
        return;
    }
    bool is_damaged = false;
    boot.acked[segment] = decode_acked(bytes, is_damaged);
    if (is_damaged && boot.why.empty()) boot.why = concat(path, ": damaged");
}

void read_draft_file(const std::string& path, std::string_view bytes, Boot& boot) {
    Result<Draft> draft = decode_draft(bytes);
    if (draft && draft_path(draft->id) == path) {
        boot.drafts.push_back(std::move(draft).value());
        return;
    }
    if (boot.why.empty()) boot.why = concat(path, ": damaged draft");
    add_unreadable(path, bytes, "draft", boot);
}

bool is_referred_to(std::string_view name, const Manifest& manifest) {
    const std::string path = concat("base/", name);
    for (std::size_t i = 0; i < manifest.shards.size(); ++i)
        if (shard_path(manifest.snapshot, i) == path) return true;
    for (std::size_t i = 0; i < manifest.journal.size(); ++i)
        if (journal_path(manifest.snapshot, i) == path) return true;
    return false;
}

// Without a manifest the newest receipt tells which history the device last saw.
void guess_epoch(Boot& boot) {
    if (!is_nil(boot.manifest.epoch)) return;
    std::uint64_t newest = 0;
    const auto look = [&](const OutboxRecord& record) {
        if (!record.receipt || is_nil(record.receipt_epoch) || record.receipt->seq < newest) return;
        newest = record.receipt->seq;
        boot.manifest.epoch = record.receipt_epoch;
    };
    for (const OutboxRecord& record : boot.outbox)
        look(record);
    for (const auto& [segment, records] : boot.acked)
        for (const OutboxRecord& record : records)
            look(record);
}

}  // namespace

Boot read_store(const Files& files) {
    Boot boot;
    read_manifest(files, boot);
    for (const auto& [path, bytes] : files) {
        if (const std::string_view name = below(path, kOutboxFolder); !name.empty())
            read_outbox_file(name, path, bytes, boot);
        else if (const std::string_view segment = below(path, "acked/"); !segment.empty())
            read_acked_file(segment, path, bytes, boot);
        else if (!below(path, kDraftsFolder).empty())
            read_draft_file(path, bytes, boot);
        else if (const std::string_view base = below(path, "base/"); !base.empty()) {
            if (!is_referred_to(base, boot.manifest)) boot.garbage.push_back(path);
        }
    }
    const auto session = files.find(std::string(kSessionFile));
    if (session != files.end()) {
        const Result<std::string_view> payload = unframe(session->second);
        Result<SessionInfo> info = payload ? decode_session_info(*payload)
                                           : Result<SessionInfo>(payload.error());
        if (info) boot.session = std::move(info).value();
    }
    guess_epoch(boot);
    return boot;
}

}  // namespace ventanilla::sync
