#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/random.hpp"

// A disk for SQLite that can fail: files in memory behind a sqlite3_vfs, where what was written and what
// was synced are two things. It can be full, fail a sync, stop in the middle of anything, and lose power
// with any part of the unsynced writes lost and the last of them torn.

namespace ventanilla::sim {

class FaultDisk {
  public:
    // Registers the vfs under `name`; the destructor takes it out again.
    FaultDisk(std::string name, Random& random);
    ~FaultDisk();
    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;

    struct Write {
        std::int64_t at = 0;
        std::string bytes;
        std::int64_t truncate_to = -1;  // a truncation instead
    };
    struct File {
        std::string content;  // as the operating system shows it
        std::string synced;   // as it is on the platter
        std::vector<Write> unsynced;
    };

    // From now on every call fails, as if the process were gone. Files stay as they are.
    void stop() { is_stopped_ = true; }
    // Stops by itself at the `calls`-th write or sync from now.
    void stop_after(int calls) { calls_left_ = calls; }
    void set_full(bool is_full) { is_full_ = is_full; }
    void fail_next_sync() { fails_sync_ = true; }
    // Forgets what was to fail.
    void disarm() {
        calls_left_ = -1;
        fails_sync_ = false;
    }

    // The machine starts again: after a crash of the process everything written is there, after a power
    // loss only what was synced is certain.
    void restart(bool was_power_lost);

    [[nodiscard]] bool is_stopped() const { return is_stopped_; }
    [[nodiscard]] const std::string& name() const { return name_; }

    // What a backup would hold, and putting it back.
    [[nodiscard]] std::map<std::string, File> copy() const;
    void replace(std::map<std::string, File> files);

    // For the vfs.
    std::shared_ptr<File> open(const std::string& path, bool may_create);
    void remove(const std::string& path) { files_.erase(path); }
    [[nodiscard]] bool exists(const std::string& path) const { return files_.count(path) > 0; }
    int write(File& file, const void* bytes, int size, std::int64_t at);
    int truncate(File& file, std::int64_t size);
    int sync(File& file);
    Random& random() { return random_; }

  private:
    bool is_call_fatal();

    struct Vfs;
    std::string name_;
    Random& random_;
    std::unique_ptr<Vfs> vfs_;
    std::map<std::string, std::shared_ptr<File>> files_;
    bool is_stopped_ = false;
    bool is_full_ = false;
    bool fails_sync_ = false;
    int calls_left_ = -1;
};

}  // namespace ventanilla::sim
