#pragma once

#include <memory>
#include <string>

#include "server/auth/system.hpp"
#include "server/store/store.hpp"

// A data folder: one store file, a lock that says a process writes it, and the socket by which the
// command line talks to a server that runs.

namespace ventanilla::admin {

struct DataFolder {
    std::string path;

    [[nodiscard]] std::string store_file() const { return path + "/ventanilla.db"; }
    [[nodiscard]] std::string lock_file() const { return path + "/lock"; }
    [[nodiscard]] std::string socket_file() const { return path + "/admin.sock"; }
};

// Held while this process writes the folder.
class FolderLock {
  public:
    // Makes the folder when there is none. Errors: Conflict when another process holds the lock;
    // Unavailable when the folder cannot be made or written.
    static Result<FolderLock> take(const DataFolder& folder);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

// The folder's store, made with a first epoch when it is new. An fsync error ends the process.
Result<std::unique_ptr<store::Store>> open_store(const DataFolder& folder,
                                                 store::SqliteMode mode,
                                                 Random& random);

}  // namespace ventanilla::admin
