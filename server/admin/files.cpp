#include "server/admin/files.hpp"

#include <filesystem>
#include <map>

#include "server/admin/data_folder.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"

namespace ventanilla::admin {
namespace {

namespace fs = std::filesystem;

Status must_exist(const std::string& file) {
    std::error_code error;
    if (fs::is_regular_file(file, error)) return ok();
    return Error{Errc::NotFound, concat("there is no file ", file), {}};
}

// Seqs 1 … head each have one entry; what audiences see adds up to the stored digests.
void check_history(const store::Snapshot& snapshot, std::string& trouble) {
    const store::Meta meta = snapshot.meta();
    store::Seq expected = meta.head;
    for (const store::Entry& entry : snapshot.entries(static_cast<std::size_t>(meta.head) + 1)) {
        if (entry.seq != expected) {
            trouble += concat("the history has a gap at ", expected, "\n");
            return;
        }
        --expected;
    }
    if (expected != 0) trouble += concat("the history lacks its first ", expected, " entries\n");
    if (snapshot.chain_at(meta.head) != meta.chain)
        trouble += "the chain does not end at the head\n";
}

void check_digests(const store::Snapshot& snapshot, std::string& trouble) {
    std::map<domain::Audience, std::uint64_t> sums;
    for (int type = 1; type <= static_cast<int>(domain::kRowTypeLast); ++type) {
        for (const domain::Row& row : snapshot.rows(static_cast<domain::RowType>(type))) {
            for (const auto& sight : snapshot.sights(row.ref)) {
                if (!sight.touch.out_seq)
                    sums[sight.audience] += sync::row_digest(row.ref, row.ver);
            }
        }
    }
    for (const auto& [audience, sum] : sums) {
        if (snapshot.digest(audience) != sum)
            trouble += concat("the digest of ", audience, " is wrong\n");
    }
}

}  // namespace

Result<std::string> backup(const std::string& data, const std::string& to) {
    const DataFolder folder{data};
    TRY(must_exist(folder.store_file()));
    TRY(store::backup_sqlite(folder.store_file(), to));
    std::error_code error;
    return concat("wrote ", to, ", ", fs::file_size(to, error) / 1024, " KiB, checked\n");
}

Result<std::string> restore(const std::string& data, const std::string& from) {
    const DataFolder folder{data};
    TRY(must_exist(from));
    const FolderLock lock = TRY(FolderLock::take(folder));
    const std::string fresh = folder.store_file() + ".restoring";
    std::error_code error;
    fs::remove(fresh, error);
    TRY(store::backup_sqlite(from, fresh));  // copies and checks

    const std::string aside = folder.store_file() + ".before-restore";
    for (const char* suffix : {"", "-wal", "-shm"})
        fs::rename(folder.store_file() + suffix, aside + suffix, error);
    fs::rename(fresh, folder.store_file(), error);
    if (error)
        return Error{Errc::Unavailable, "cannot put the file in place: " + error.message(), {}};

    auth::SystemRandom random;
    auto store = TRY(open_store(folder, store::SqliteMode::Inline, random));
    store::Seq head = 0;
    const auto job = [&](store::Transaction& transaction) {
        head = transaction.meta().head;
        store::begin_epoch(transaction, random_id(random), head);
        return ok();
    };
    TRY(store->write(job));
    return concat("restored up to change ",
                  head,
                  " and began a new history;\n",
                  "devices will send again what this copy does not know.\n",
                  "The replaced file is ",
                  aside,
                  "\n");
}

Result<std::string> doctor(const std::string& data) {
    const DataFolder folder{data};
    TRY(must_exist(folder.store_file()));
    store::SqliteOptions options;  // opening migrates nothing that is current, and checks
    options.path = folder.store_file();
    options.readers = 1;
    auto store = TRY(store::open_sqlite_store(options));
    std::string trouble;
    std::string report;
    const auto job = [&](const store::Snapshot& snapshot) {
        const store::Meta meta = snapshot.meta();
        check_history(snapshot, trouble);
        check_digests(snapshot, trouble);
        report = concat("epoch ",
                        to_text(meta.epoch),
                        ", ",
                        meta.head,
                        " changes, ",
                        snapshot.rows(domain::RowType::User).size(),
                        " people, ",
                        snapshot.rows(domain::RowType::Article).size(),
                        " articles, ",
                        snapshot.rows(domain::RowType::Request).size(),
                        " requests\n",
                        "commands kept for somebody to look at: ",
                        snapshot.broken(1'000).size(),
                        "\n");
        return ok();
    };
    TRY(store->read(job));
    if (!trouble.empty()) return Error{Errc::Corrupt, report + trouble, {}};
    return report + "file, history and digests are sound\n";
}

}  // namespace ventanilla::admin
