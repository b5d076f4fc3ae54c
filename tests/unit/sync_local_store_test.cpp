#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "shared/base/hash.hpp"
#include "shared/base/random.hpp"
#include "shared/sync/local_store.hpp"

namespace ventanilla::sync {
namespace {

Id some(std::string_view seed) { return derived_id("test", seed); }

OutboxRecord record(std::string_view seed) {
    OutboxRecord out;
    out.command.cmd_id = some(seed);
    out.command.type = "request.cancel";
    out.command.args = {{"request", to_text(some("request"))}};
    out.command.lane = "request:" + to_text(some("request"));
    out.lseq = 4;
    out.device = some("device");
    out.user = some("user");
    out.scope = "s_1";
    return out;
}

Manifest::Part part(std::string_view bytes) {
    return {static_cast<std::uint32_t>(bytes.size()), crc32c(bytes)};
}

// A device with everything on it: one shard, one journal segment, two commands, one acknowledged, a draft.
using Disk = std::map<std::string, std::string>;  // path -> bytes

Boot boot_of(const Disk& disk) { return read_store({disk.begin(), disk.end()}); }

Disk device() {
    Disk files;
    std::string shard;
    append_row(shard, {"article", some("a1"), 3, {1, 2}, "{\"title\":\"VPN\"}"});
    append_row(shard, {"request", some("r1"), 1, {2}, "{}"});
    Delta delta;
    delta.upsert.push_back({"request", some("r2"), 1, {2}, "{}"});
    delta.gone.push_back({"request", some("r1")});
    delta.groups_added.push_back({2, true});
    delta.groups_dropped.push_back(7);
    const std::string journal = frame(encode(delta)) + frame(encode(Delta{}));
    Manifest manifest;
    manifest.user = some("user");
    manifest.epoch = some("epoch");
    manifest.cursor = "cursor";
    manifest.seq = 12;
    manifest.snapshot = 2;
    manifest.shards = {part(shard)};
    manifest.journal = {part(journal)};
    files[std::string(kManifestPath)] = encode(manifest);
    files[shard_path(2, 0)] = shard;
    files[journal_path(2, 0)] = journal;
    files[outbox_path(some("c1"))] = encode(record("c1"));
    files[outbox_path(some("c2"))] = encode(record("c2"));
    OutboxRecord done = record("c0");
    done.state = StoredState::Accepted;
    done.receipt = CommandResult{};
    done.receipt->seq = 11;
    done.receipt_epoch = some("epoch");
    files[acked_path(0)] = encode_acked({done});
    files[draft_path(some("d1"))] = encode(Draft{some("d1"), {{"text", "hola"}}, from_ms(5)});
    return files;
}

// What must be true of every boot, however damaged the files are.
void check_survives(const Disk& files, const std::string& damaged, const std::string& how) {
    const Boot boot = boot_of(files);
    const bool is_base = damaged.starts_with("base/") || damaged == kManifestPath;
    EXPECT_EQ(boot.was_base_dropped, is_base) << damaged << how;
    if (boot.was_base_dropped) {
        EXPECT_TRUE(boot.rows.empty() && boot.deltas.empty() && boot.manifest.cursor.empty());
        EXPECT_EQ(boot.manifest.epoch, some("epoch")) << damaged << how;
    }
    const std::size_t commands = boot.outbox.size() + static_cast<std::size_t>(std::count_if(
        boot.unreadable.begin(), boot.unreadable.end(),
        [](const Unreadable& file) { return file.path.starts_with(kOutboxFolder); }));
    EXPECT_EQ(commands, 2U) << "no command is lost silently: " << damaged << how;
}

TEST(LocalStore, BootsWhatWasStored) {
    const Boot boot = boot_of(device());
    EXPECT_FALSE(boot.was_base_dropped) << boot.why;
    EXPECT_EQ(boot.rows.size(), 2U);
    EXPECT_EQ(boot.rows[0].groups, (std::vector<std::uint32_t>{1, 2}));
    ASSERT_EQ(boot.deltas.size(), 2U);
    EXPECT_EQ(boot.deltas[0].gone.size(), 1U);
    EXPECT_EQ(boot.outbox.size(), 2U);
    EXPECT_EQ(boot.acked.at(0).at(0).receipt->seq, 11U);
    EXPECT_EQ(boot.drafts.size(), 1U);
    EXPECT_TRUE(boot.unreadable.empty() && boot.garbage.empty());
}

TEST(LocalStore, AnEmptyDeviceBootsEmpty) {
    const Boot boot = read_store({});
    EXPECT_FALSE(boot.was_base_dropped);
    EXPECT_TRUE(boot.outbox.empty());
}

TEST(LocalStore, SurvivesEveryTruncationOfEveryFile) {
    const Disk whole = device();
    for (const auto& [path, bytes] : whole) {
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            Disk files = whole;
            files[path].resize(size);
            check_survives(files, path, " cut to " + std::to_string(size));
        }
    }
}

TEST(LocalStore, SurvivesEveryBitFlipOfEveryFile) {
    const Disk whole = device();
    for (const auto& [path, bytes] : whole) {
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            Disk files = whole;
            char& byte = files[path][at];
            byte = static_cast<char>(byte ^ (1 << (at % 8)));
            check_survives(files, path, " flipped at " + std::to_string(at));
        }
    }
}

TEST(LocalStore, SurvivesMissingAndSwappedFiles) {
    const Disk whole = device();
    for (const auto& [path, bytes] : whole) {
        if (path.starts_with(kOutboxFolder)) continue;
        Disk files = whole;
        files.erase(path);
        const Boot boot = boot_of(files);
        EXPECT_EQ(boot.outbox.size(), 2U) << path;
        EXPECT_EQ(boot.was_base_dropped, path.starts_with("base/")) << path;
    }
    Disk swapped = whole;
    std::swap(swapped[outbox_path(some("c1"))], swapped[outbox_path(some("c2"))]);
    EXPECT_EQ(boot_of(swapped).unreadable.size(), 2U);
}

TEST(LocalStore, ANewerFormatIsLeftAlone) {
    Disk files = device();
    Manifest manifest;
    manifest.format = kStoreFormat + 1;
    files[std::string(kManifestPath)] = encode(manifest);
    const Boot boot = boot_of(files);
    EXPECT_TRUE(boot.is_newer_format);
    EXPECT_EQ(boot.outbox.size(), 2U);
}

TEST(LocalStore, LeftOverBaseFilesAreGarbage) {
    Disk files = device();
    files[shard_path(1, 0)] = "old";
    files[journal_path(2, 1)] = "never referred to";
    EXPECT_EQ(boot_of(files).garbage.size(), 2U);
}

TEST(LocalStore, TheManifestStaysSmall) {
    Manifest manifest;
    manifest.cursor = std::string(140, 'c');
    manifest.shards.assign(64, {0xFFFFFFFF, 0xFFFFFFFF});
    manifest.journal.assign(33, {0xFFFFFFFF, 0xFFFFFFFF});
    EXPECT_LE(encode(manifest).size(), 4096U);
}

}  // namespace
}  // namespace ventanilla::sync
