#pragma once

#include <map>

#include "server/store/changes.hpp"
#include "server/store/pull.hpp"
#include "server/store/store.hpp"

// A small company to try stores on: people, and rows that are shown and hidden by hand.

namespace ventanilla::store_test {

inline const Instant kNow = from_ms(1'773'238'800'000);  // 11 March 2026, 14:20 UTC

inline Id id_of(std::string_view name) {
    return derived_id("test", name);
}

domain::User person(std::string_view login,
                    domain::Roles roles,
                    std::vector<std::string> desks = {});

// Opens a store in a fresh folder; the folder goes with it.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

// What a reader holds after pulls: the mirror a portal keeps, in its simplest form.
struct Reader {
    Id user;
    std::string cursor;
    std::map<domain::RowRef, std::pair<std::uint64_t, std::vector<std::uint32_t>>> rows;
    std::map<std::uint32_t, std::uint64_t> digests;  // of the last complete pull
    int pages = 0;
    bool was_told_history_changed = false;

    // Pulls until complete, `limit` rows a page.
    void pull(store::Store& store, std::size_t limit = 500);
    [[nodiscard]] bool holds(const domain::RowRef& ref) const { return rows.contains(ref); }
    // Sums what it holds as the server does; true when every digest matches.
    [[nodiscard]] bool agrees() const;
};

// Stores `row` for `audiences` in one step of history and gives its seq.
store::Seq put(store::Store& store,
               const domain::RowRef& ref,
               const std::string& text,
               std::vector<domain::Audience> audiences);
void hire(store::Store& store, const domain::User& user);
store::Meta meta_of(store::Store& store);

}  // namespace ventanilla::store_test
