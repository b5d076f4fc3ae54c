#include "tests/contract/support_company.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "server/store/accounts.hpp"

namespace ventanilla::store_test {

using domain::RowRef;
using store::Store;

domain::User person(std::string_view login, domain::Roles roles, std::vector<std::string> desks) {
    domain::User user;
    user.id = id_of(login);
    user.login = std::string{login};
    user.display_name = user.login;
    user.time_zone = "Europe/Madrid";
    user.roles = roles;
    user.desks = std::move(desks);
    return user;
}

TemporaryFolder::TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ventanilla-XXXXXX").string();
    path_ = mkdtemp(pattern.data()) == nullptr ? std::string{} : pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

namespace {

void take_page(Reader& reader, const sync::PullResponse& page) {
    for (const sync::PulledRow& row : page.upsert) {
        const auto type = domain::row_type(row.type);
        ASSERT_TRUE(type) << row.type;
        reader.rows[{*type, row.id}] = {row.ver, row.groups};
    }
    for (const sync::GoneRow& gone : page.gone)
        reader.rows.erase({*domain::row_type(gone.type), gone.id});
    for (const std::uint32_t dropped : page.groups_dropped) {
        for (auto& [ref, held] : reader.rows)
            std::erase(held.second, dropped);
    }
    std::erase_if(reader.rows, [](const auto& one) { return one.second.second.empty(); });
    reader.digests = page.digest;
    reader.cursor = page.next;
    ++reader.pages;
}

}  // namespace

void Reader::pull(Store& store, std::size_t limit) {
    for (int page = 0; page < 10'000; ++page) {
        sync::PullQuery query;
        query.user = user;
        query.cursor = cursor;
        query.limit = limit;
        std::optional<store::PullOutcome> outcome;
        const auto job = [&](const store::Snapshot& snapshot) -> Status {
            outcome = TRY(store::pull(snapshot, user, query, kNow));
            return ok();
        };
        const Status done = store.read(job);
        ASSERT_TRUE(done) << done.error().detail;
        was_told_history_changed = std::holds_alternative<store::HistoryChanged>(*outcome) ||
                                   std::holds_alternative<store::Rewound>(*outcome);
        const auto* response = std::get_if<sync::PullResponse>(&*outcome);
        if (response == nullptr) return;
        take_page(*this, *response);
        if (response->is_complete) return;
    }
    FAIL() << "the pull never became complete";
}

bool Reader::agrees() const {
    std::map<std::uint32_t, std::uint64_t> sums;
    for (const auto& [group, digest] : digests)
        sums[group] = 0;
    for (const auto& [ref, held] : rows) {
        for (const std::uint32_t group : held.second)
            sums[group] += sync::row_digest(ref, held.first);
    }
    return sums == digests;
}

store::Seq put(Store& store,
               const RowRef& ref,
               const std::string& text,
               std::vector<domain::Audience> audiences) {
    store::Seq seq = 0;
    const auto job = [&](store::Transaction& transaction) {
        store::put_own_row(transaction, ref, {{"text", text}}, audiences, kNow);
        seq = transaction.meta().head;
        return ok();
    };
    EXPECT_TRUE(store.write(job));
    return seq;
}

void hire(Store& store, const domain::User& user) {
    const auto job = [&](store::Transaction& transaction) {
        return store::put_account(transaction, user, "", kNow);
    };
    EXPECT_TRUE(store.write(job));
}

store::Meta meta_of(Store& store) {
    store::Meta meta;
    EXPECT_TRUE(store.read([&](const store::Snapshot& snapshot) {
        meta = snapshot.meta();
        return ok();
    }));
    return meta;
}

}  // namespace ventanilla::store_test
