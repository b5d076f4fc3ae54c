#include "server/admin/data_folder.hpp"

#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "server/http/log.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::admin {
namespace {

constexpr int kDiskFailed =
    70;  // EX_SOFTWARE: the supervisor restarts us, and WAL recovery decides

[[noreturn]] void die(const Error& error) {
    http::log(http::Level::Problem,
              concat("the disk did not confirm a write, stopping: ", error.detail));
    std::_Exit(kDiskFailed);
}

}  // namespace

Result<FolderLock> FolderLock::take(const DataFolder& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder.path, error);
    const int descriptor = ::open(folder.lock_file().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error{Errc::Unavailable, concat("cannot write in the folder ", folder.path), {}};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        ::close(descriptor);
        return Error{Errc::Conflict, concat("another process works on ", folder.path), {}};
    }
    return FolderLock{descriptor};
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::unique_ptr<store::Store>> open_store(const DataFolder& folder,
                                                 store::SqliteMode mode,
                                                 Random& random) {
    store::SqliteOptions options;
    options.path = folder.store_file();
    options.mode = mode;
    options.first_epoch = random_id(random);
    options.first_mac_key = auth::random_bytes(random, 32);
    options.on_fatal = die;
    return store::open_sqlite_store(std::move(options));
}

}  // namespace ventanilla::admin
