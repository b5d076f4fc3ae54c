#include "tests/sim/idb.hpp"

#include <iterator>

namespace ventanilla::sim {
namespace {

constexpr std::int64_t kTimeoutMs = 10'000;  // of the platform's commit
constexpr std::int64_t kFlushMs = 2'000;     // relaxed: "typically flushed every couple of seconds"

std::size_t bytes_of(const Disk& files) {
    std::size_t total = 0;
    for (const auto& [path, bytes] : files)
        total += path.size() + bytes.size();
    return total;
}

}  // namespace

void Database::commit(std::uint64_t generation, const sync::Commit& commit,
                      std::function<void(sync::CommitResult)> done,
                      std::function<bool()> is_tab_alive) {
    const std::int64_t begin =
        std::max(world_.now_ms(), busy_until_ms_) + world_.between(0, 3);
    busy_until_ms_ = begin;
    const bool is_late = world_.fault(world_.rates.late_complete);
    const std::int64_t end = begin + (is_late ? world_.between(1'000, 15'000) : world_.between(0, 5));
    const std::uint64_t power = power_cuts_;
    const std::int64_t deadline = world_.now_ms() + kTimeoutMs;
    const auto answer = [done, is_tab_alive](sync::CommitResult result) {
        if (is_tab_alive()) done(result);
    };
    world_.at(begin, [=, this] {
        if (power != power_cuts_) return;
        // A tab that was killed takes its open transaction with it, or not.
        if (!is_tab_alive() && world_.random.chance(1, 2)) return;
        const sync::CommitResult result = land(generation, commit);
        if (end <= deadline)
            world_.at(end, [=] { answer(result); });
        else
            world_.at(deadline, [=] { answer(sync::CommitResult::Failed); });
    });
}

sync::CommitResult Database::land(std::uint64_t generation, const sync::Commit& commit) {
    if (world_.now_ms() < lost_until_ms_) return sync::CommitResult::Lost;
    if (commit.is_fenced && generation != generation_) return sync::CommitResult::Fenced;
    if (world_.fault(world_.rates.put_error)) return sync::CommitResult::Failed;
    Disk after = shown_;
    for (const auto& [path, bytes] : commit.puts)
        after[path] = bytes;
    for (const std::string& path : commit.deletes)
        after.erase(path);
    if (bytes_of(after) > quota_ && bytes_of(after) > bytes_of(shown_)) return sync::CommitResult::Quota;
    shown_ = std::move(after);
    tap_(commit, generation, generation_);
    if (commit.write_class == sync::WriteClass::A) {
        disk_ = shown_;
    } else {
        const std::uint64_t power = power_cuts_;
        world_.after(world_.between(0, kFlushMs), [=, this] {
            if (power == power_cuts_) disk_ = shown_;
        });
    }
    return sync::CommitResult::Ok;
}

void Database::cut_power() {
    ++power_cuts_;
    shown_ = disk_;
}

bool Database::flip_bit(std::string& path) {
    if (shown_.empty()) return false;
    auto record = std::next(shown_.begin(), static_cast<std::ptrdiff_t>(world_.random.below(shown_.size())));
    if (record->second.empty()) return false;
    const std::size_t at = world_.random.below(record->second.size());
    record->second[at] = static_cast<char>(record->second[at] ^ (1 << world_.random.below(8)));
    path = record->first;
    if (disk_.count(path) > 0) disk_[path] = record->second;
    return true;
}

}  // namespace ventanilla::sim
