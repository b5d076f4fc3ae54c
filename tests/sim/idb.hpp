#pragma once

#include <functional>
#include <limits>
#include <map>
#include <string>

#include "shared/sync/client.hpp"
#include "tests/sim/world.hpp"

// A model of one IndexedDB database: one transaction after another, `complete` told later than it happened,
// and two states: what a transaction sees, and what is on the disk when the power goes.

namespace ventanilla::sim {

using Disk = std::map<std::string, std::string>;  // path -> bytes

// Looks at every transaction that lands; the oracle listens.
using LandedTap = std::function<void(const sync::Commit&, std::uint64_t generation, std::uint64_t current)>;

class Database {
  public:
    Database(World& world, LandedTap tap) : world_(world), tap_(std::move(tap)) {}

    // Carries out `commit` for a tab of `generation`; `done` is called unless the tab is gone by then.
    void commit(std::uint64_t generation, const sync::Commit& commit,
                std::function<void(sync::CommitResult)> done, std::function<bool()> is_tab_alive);

    std::uint64_t claim() { return ++generation_; }

    // The machine loses power: what was not flushed is gone, what was queued never happens.
    void cut_power();
    // The browser closes the connection; it can be opened again after a while.
    void lose_connection(std::int64_t ms) { lost_until_ms_ = world_.now_ms() + ms; }
    void limit_quota(std::size_t bytes) { quota_ = bytes; }
    void lift_limits() {
        quota_ = std::numeric_limits<std::size_t>::max();
        lost_until_ms_ = 0;
    }
    // One bit of one record changes on the disk; false when there is none.
    bool flip_bit(std::string& path);

    [[nodiscard]] const Disk& shown() const { return shown_; }
    [[nodiscard]] const Disk& disk() const { return disk_; }
    [[nodiscard]] std::uint64_t generation() const { return generation_; }

  private:
    sync::CommitResult land(std::uint64_t generation, const sync::Commit& commit);

    World& world_;
    LandedTap tap_;
    Disk shown_;
    Disk disk_;
    std::uint64_t generation_ = 0;
    std::uint64_t power_cuts_ = 0;
    std::int64_t busy_until_ms_ = 0;
    std::int64_t lost_until_ms_ = 0;
    std::size_t quota_ = std::numeric_limits<std::size_t>::max();
};

}  // namespace ventanilla::sim
