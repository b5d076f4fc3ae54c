#include "server/api/public_status.hpp"

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::api {
namespace {

using public_status::File;
using public_status::Model;
using public_status::Rows;

std::int64_t minute_of(Instant at) {
    return to_ms(std::chrono::floor<std::chrono::minutes>(at));
}

// Whether time alone changes what is said: something is open, or announced.
bool moves_with_time(const Model& model) {
    return std::any_of(model.outages.begin(), model.outages.end(), [](const auto& outage) {
        return domain::is_open(outage.state());
    });
}

// When the server itself wrote the first row: before that nobody watched anything.
Instant first_entry_at(const store::Snapshot& snapshot, Instant otherwise) {
    const auto first = snapshot.entries_of(Id{}, 0, snapshot.meta().head, 1);
    return first.empty() ? otherwise : first.front().at;
}

}  // namespace

Result<Rows> public_rows(store::Store& store, Instant now) {
    Rows rows;
    TRY(store.read([&](const store::Snapshot& snapshot) {
        rows.known_since = first_entry_at(snapshot, now);
        for (const domain::Row& row : snapshot.rows(domain::RowType::Service))
            if (auto service = domain::service_from(row))
                rows.services.push_back(std::move(service).value());
        for (const domain::Row& row : snapshot.rows(domain::RowType::Outage))
            if (auto outage = domain::outage_from(row))
                rows.outages.push_back(std::move(outage).value());
        return ok();
    }));
    return rows;
}

struct PublicStatus::Generation {
    explicit Generation(Model made) : model(std::move(made)) {
        for (File& file : public_status::public_files(model))
            files.emplace(file.path, std::move(file));
    }

    const Model model;
    std::map<std::string, File, std::less<>> files;
    mutable std::mutex mutex;
    std::map<std::string, Bytes, std::less<>> rendered;  // under mutex
};

void PublicStatus::note(const store::CommitNote& commit) {
    const auto& touched = commit.touched;
    if (std::find(touched.begin(), touched.end(), domain::kEverybody) != touched.end())
        is_stale_ = true;
}

bool PublicStatus::is_ready(std::string_view path) const {
    if (is_stale_) return false;
    const std::scoped_lock lock{mutex_};
    if (!generation_ || minute_of(generation_->model.as_of) != minute_of(clock_())) return false;
    const std::scoped_lock files_lock{generation_->mutex};
    return generation_->rendered.contains(path);
}

Result<std::shared_ptr<PublicStatus::Generation>> PublicStatus::current() {
    const std::scoped_lock lock{mutex_};
    const Instant now = clock_();
    const bool is_same_minute =
        generation_ && minute_of(generation_->model.as_of) == minute_of(now);
    if (is_same_minute && !is_stale_) return generation_;
    const bool has_changed = is_stale_.exchange(false);
    Result<Rows> rows = public_rows(store_, now);
    if (!rows) {
        is_stale_ = true;
        if (generation_) return generation_;
        return std::move(rows).error();
    }
    const auto next = std::make_shared<Generation>(
        public_status::public_model(facts_, std::move(rows).value(), now));
    if (generation_ && !has_changed && !moves_with_time(next->model)) {
        const std::scoped_lock files_lock{generation_->mutex};
        for (const auto& [path, bytes] : generation_->rendered)
            if (!next->files.at(path).says_when) next->rendered.emplace(path, bytes);
    }
    generation_ = next;
    return generation_;
}

Result<PublicStatus::Bytes> PublicStatus::file(const std::string& path) {
    const std::shared_ptr<Generation> generation = TRY(current());
    const std::scoped_lock lock{generation->mutex};
    const auto kept = generation->rendered.find(path);
    if (kept != generation->rendered.end()) return kept->second;
    const auto found = generation->files.find(path);
    if (found == generation->files.end()) return Errc::NotFound;
    Bytes bytes;
    bytes.type = found->second.type;
    bytes.text = std::make_shared<const std::string>(found->second.render());
    bytes.etag = concat('"', to_hex(sha256_bytes(*bytes.text)).substr(0, 24), '"');
    generation->rendered.emplace(path, bytes);
    return bytes;
}

}  // namespace ventanilla::api
