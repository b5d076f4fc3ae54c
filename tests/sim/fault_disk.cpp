#include "tests/sim/fault_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace ventanilla::sim {
namespace {

struct Handle {
    sqlite3_file base;  // first, as SQLite wants it
    FaultDisk* disk;
    std::shared_ptr<FaultDisk::File>* file;
};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

int close_file(sqlite3_file* file) {
    delete handle_of(file).file;
    handle_of(file).file = nullptr;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    Handle& handle = handle_of(file);
    if (handle.disk->is_stopped()) return SQLITE_IOERR_READ;
    const std::string& content = (*handle.file)->content;
    const auto begin = std::min<std::size_t>(static_cast<std::size_t>(at), content.size());
    const std::size_t have = std::min<std::size_t>(static_cast<std::size_t>(size), content.size() - begin);
    std::memcpy(out, content.data() + begin, have);
    if (have == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + have, 0, static_cast<std::size_t>(size) - have);
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    Handle& handle = handle_of(file);
    return handle.disk->write(**handle.file, bytes, size, at);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    Handle& handle = handle_of(file);
    return handle.disk->truncate(**handle.file, size);
}

int sync_file(sqlite3_file* file, int) {
    Handle& handle = handle_of(file);
    return handle.disk->sync(**handle.file);
}

int size_of_file(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>((*handle_of(file).file)->content.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) { return SQLITE_OK; }
int check_lock(sqlite3_file*, int* is_locked) {
    *is_locked = 0;
    return SQLITE_OK;
}
int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 512; }
int characteristics(sqlite3_file*) { return 0; }

const sqlite3_io_methods kMethods = {
    1,          close_file, read_file,  write_file, truncate_file, sync_file,
    size_of_file, lock_file,  lock_file,  check_lock, control,       sector_size,
    characteristics, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};

FaultDisk& disk_of(sqlite3_vfs* vfs) { return *static_cast<FaultDisk*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    Handle& handle = handle_of(file);
    handle.base.pMethods = nullptr;
    FaultDisk& disk = disk_of(vfs);
    if (disk.is_stopped()) return SQLITE_CANTOPEN;
    const std::shared_ptr<FaultDisk::File> found =
        path == nullptr ? std::make_shared<FaultDisk::File>()
                        : disk.open(path, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!found) return SQLITE_CANTOPEN;
    handle.disk = &disk;
    handle.file = new std::shared_ptr<FaultDisk::File>(found);
    handle.base.pMethods = &kMethods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int) {
    if (disk_of(vfs).is_stopped()) return SQLITE_IOERR_DELETE;
    disk_of(vfs).remove(path);
    return SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* path, int, int* is_there) {
    *is_there = disk_of(vfs).exists(path) ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i)
        out[i] = static_cast<char>(disk_of(vfs).random().next());
    return size;
}

int no_sleep(sqlite3_vfs*, int) { return 0; }
int current_time(sqlite3_vfs*, sqlite3_int64* time) {
    *time = 212'000'000'000'000;
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) { return 0; }

void overwrite(std::string& content, const FaultDisk::Write& write) {
    if (write.truncate_to >= 0) {
        content.resize(static_cast<std::size_t>(write.truncate_to));
        return;
    }
    const std::size_t end = static_cast<std::size_t>(write.at) + write.bytes.size();
    if (content.size() < end) content.resize(end);
    std::memcpy(content.data() + write.at, write.bytes.data(), write.bytes.size());
}

}  // namespace

struct FaultDisk::Vfs {
    sqlite3_vfs raw{};
};

FaultDisk::FaultDisk(std::string name, Random& random)
    : name_(std::move(name)), random_(random), vfs_(std::make_unique<Vfs>()) {
    sqlite3_vfs& raw = vfs_->raw;
    raw.iVersion = 2;
    raw.szOsFile = sizeof(Handle);
    raw.mxPathname = 512;
    raw.zName = name_.c_str();
    raw.pAppData = this;
    raw.xOpen = open_file;
    raw.xDelete = delete_file;
    raw.xAccess = access_file;
    raw.xFullPathname = full_path;
    raw.xRandomness = randomness;
    raw.xSleep = no_sleep;
    raw.xGetLastError = last_error;
    raw.xCurrentTimeInt64 = current_time;
    sqlite3_vfs_register(&raw, 0);
}

FaultDisk::~FaultDisk() { sqlite3_vfs_unregister(&vfs_->raw); }

std::shared_ptr<FaultDisk::File> FaultDisk::open(const std::string& path, bool may_create) {
    const auto found = files_.find(path);
    if (found != files_.end()) return found->second;
    if (!may_create) return nullptr;
    return files_[path] = std::make_shared<File>();
}

// Counts down to a planned stop; a stopped disk fails everything.
bool FaultDisk::is_call_fatal() {
    if (calls_left_ > 0 && --calls_left_ == 0) is_stopped_ = true;
    return is_stopped_;
}

int FaultDisk::write(File& file, const void* bytes, int size, std::int64_t at) {
    if (is_call_fatal()) return SQLITE_IOERR_WRITE;
    if (is_full_) return SQLITE_FULL;
    Write write{at, std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), -1};
    overwrite(file.content, write);
    file.unsynced.push_back(std::move(write));
    return SQLITE_OK;
}

int FaultDisk::truncate(File& file, std::int64_t size) {
    if (is_call_fatal()) return SQLITE_IOERR_TRUNCATE;
    const Write write{0, {}, size};
    overwrite(file.content, write);
    file.unsynced.push_back(write);
    return SQLITE_OK;
}

int FaultDisk::sync(File& file) {
    if (is_call_fatal()) return SQLITE_IOERR_FSYNC;
    if (fails_sync_) {
        fails_sync_ = false;
        return SQLITE_IOERR_FSYNC;
    }
    file.synced = file.content;
    file.unsynced.clear();
    return SQLITE_OK;
}

void FaultDisk::restart(bool was_power_lost) {
    is_stopped_ = false;
    is_full_ = false;
    fails_sync_ = false;
    calls_left_ = -1;
    for (auto& [path, file] : files_) {
        if (was_power_lost) {
            // Any subset of what was not synced made it, in any order, one sector of one write in two.
            std::string content = file->synced;
            for (Write& write : file->unsynced) {
                if (random_.chance(1, 2)) continue;
                const bool is_torn = write.truncate_to < 0 && random_.chance(1, 4);
                if (is_torn) write.bytes.resize(random_.below(write.bytes.size() / 512 + 1) * 512);
                overwrite(content, write);
            }
            file->content = std::move(content);
        }
        file->synced = file->content;
        file->unsynced.clear();
    }
}

std::map<std::string, FaultDisk::File> FaultDisk::copy() const {
    std::map<std::string, File> out;
    for (const auto& [path, file] : files_)
        out[path] = *file;
    return out;
}

void FaultDisk::replace(std::map<std::string, File> files) {
    files_.clear();
    for (auto& [path, file] : files)
        files_[path] = std::make_shared<File>(std::move(file));
}

}  // namespace ventanilla::sim
