#include "server/admin/status_export.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

#include "server/admin/data_folder.hpp"
#include "server/admin/whole_file.hpp"
#include "server/api/public_status.hpp"
#include "server/status/signature.hpp"
#include "server/status/snapshot.hpp"
#include "server/status/zones.hpp"
#include "shared/base/text.hpp"
#include "shared/status/phase.hpp"

namespace ventanilla::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kSnapshotBytesMax = 4 * 1024 * 1024;

Error unwritable(const std::string& path) {
    return {Errc::Unavailable, concat("cannot write ", path), {}};
}

Result<std::string> content_of(const std::string& path) {
    std::error_code error;
    if (fs::file_size(path, error) > kSnapshotBytesMax || error)
        return Error{Errc::NotFound, concat("cannot read ", path), {}};
    std::ifstream file(path, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

std::string key_file(const std::string& data) {
    return data + "/status.key";
}

Result<std::string> private_key(const std::string& data) {
    const std::string path = key_file(data);
    if (fs::exists(path)) {
        std::string key;
        const std::string text = TRY(content_of(path));
        if (!from_base64url(trimmed(text), key) || key.size() != public_status::kKeyBytes)
            return Error{Errc::Corrupt, concat(path, " holds no key"), {}};
        return key;
    }
    const std::string key = TRY(public_status::new_private_key());
    const std::string line = to_base64url(key) + "\n";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return unwritable(path);
    const ssize_t written = ::write(file, line.data(), line.size());
    const bool is_kept = written == static_cast<ssize_t>(line.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!is_kept) return unwritable(path);
    return key;
}

// A copy of the store in a folder of its own, gone at the end.
class Copy {
  public:
    static Result<std::unique_ptr<Copy>> of(const std::string& data) {
        const DataFolder folder{data};
        if (!fs::exists(folder.store_file()))
            return Error{Errc::NotFound, concat("there is no store in ", data), {}};
        std::string path = (fs::temp_directory_path() / "ventanilla-status-XXXXXX").string();
        if (::mkdtemp(path.data()) == nullptr) return unwritable(path);
        auto copy = std::make_unique<Copy>(path);
        TRY(store::backup_sqlite(folder.store_file(), DataFolder{path}.store_file()));
        return copy;
    }

    explicit Copy(std::string path) : path_(std::move(path)) {}
    ~Copy() {
        std::error_code error;
        fs::remove_all(path_, error);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    Result<std::unique_ptr<store::Store>> open() {
        return open_store(DataFolder{path_}, store::SqliteMode::Inline, random_);
    }

  private:
    std::string path_;
    auth::SystemRandom random_;
};

Result<public_status::Model> model_of(const ServeOptions& options,
                                      const TimeZones& zones,
                                      Instant now) {
    const auto copy = TRY(Copy::of(options.data));
    const auto store = TRY(copy->open());
    public_status::Facts facts;
    facts.name = options.name;
    facts.url = options.public_url;
    facts.lang = domain::lang_of(options.public_lang);
    facts.zone = zones.find(options.time_zone);
    if (facts.zone == nullptr) return invalid("there is no time zone called " + options.time_zone);
    public_status::Rows rows = TRY(api::public_rows(*store, now));
    return public_status::public_model(facts, std::move(rows), now);
}

std::size_t count_open(const Json& content) {
    return member(content, "incidents").size();
}

}  // namespace

Result<std::string> export_status(const ServeOptions& options,
                                  const std::string& to,
                                  const auth::Clock& clock) {
    const auto zones = public_status::system_zones();
    const public_status::Model model = TRY(model_of(options, *zones, clock()));
    const std::string key = TRY(private_key(options.data));
    const auto files = public_status::public_files(model);
    for (const public_status::File& file : files)
        (void)TRY(write_whole_file(to + file.path, file.render()));
    const std::string snapshot = TRY(public_status::signed_snapshot(model, key));
    (void)TRY(write_whole_file(to + "/snapshot.json", snapshot));
    return concat("wrote ", files.size() + 1, " files to ", to, "\n");
}

Result<std::string> verify_snapshot(const std::string& file,
                                    const std::string& key,
                                    const std::string& data,
                                    const auth::Clock& clock) {
    const std::string text = TRY(content_of(file));
    std::string public_key;
    if (key.empty()) {
        if (!fs::exists(key_file(data)))
            return Error{Errc::NotFound,
                         concat("there is no key in ", data, "; give the public one with --key"),
                         {}};
        const std::string own = TRY(private_key(data));
        public_key = TRY(public_status::public_key_of(own));
    } else if (!from_base64url(key, public_key) || public_key.size() != public_status::kKeyBytes) {
        return invalid("the key is not what `ventanilla status key` prints");
    }
    const Json content = TRY(public_status::opened_snapshot(text, public_key));
    const Result<Instant> as_of = parse_iso8601(text_or(content, "as_of"));
    if (!as_of) return invalid("the snapshot does not say of when it is");
    const Instant now = clock();
    const bool is_old = now > *as_of + public_status::kSnapshotTrusted;
    return concat("as it was signed: ",
                  text_or(member(content, "status"), "description"),
                  ", ",
                  count_open(content),
                  " open incidents, as of ",
                  iso8601(*as_of),
                  ", ",
                  status::minutes_between(*as_of, now),
                  " minutes old",
                  is_old ? "; too old to trust: what it says may be over\n" : "\n");
}

Result<std::string> status_key(const std::string& data) {
    std::error_code error;
    if (!fs::is_directory(data, error))
        return Error{Errc::NotFound, concat("there is no folder ", data), {}};
    const std::string own = TRY(private_key(data));
    return to_base64url(TRY(public_status::public_key_of(own))) + "\n";
}

}  // namespace ventanilla::admin
