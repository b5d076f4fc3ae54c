#pragma once

#include <set>

#include "server/store/sqlite_connection.hpp"
#include "server/store/store.hpp"

// The reads and writes of the port as SQL, on a connection that is already inside a transaction.

namespace ventanilla::store {

// As it stands in the table.
inline int code(domain::RowType type) {
    return static_cast<int>(type);
}

class SqliteTransaction final : public Transaction {
  public:
    explicit SqliteTransaction(Connection& connection) : db_(connection) {}

    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override;
    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>& audiences) const override;
    [[nodiscard]] Meta meta() const override;
    [[nodiscard]] std::optional<std::uint64_t> chain_at(Seq seq) const override;
    [[nodiscard]] std::vector<Entry> entries(std::size_t count_max) const override;
    [[nodiscard]] std::vector<Entry> entries_of(const Id& user,
                                                Seq after,
                                                Seq upto,
                                                std::size_t count_max) const override;
    [[nodiscard]] std::vector<Touch> touched(const domain::Audience& audience,
                                             Seq after,
                                             std::size_t count_max) const override;
    [[nodiscard]] std::vector<Sight> sights(const domain::RowRef& ref) const override;
    [[nodiscard]] std::uint64_t digest(const domain::Audience& audience) const override;
    [[nodiscard]] std::vector<Grant> grants(const Id& user) const override;
    [[nodiscard]] std::optional<Receipt> receipt(const Id& cmd_id) const override;
    [[nodiscard]] std::vector<domain::Row> rows(domain::RowType type) const override;
    [[nodiscard]] std::optional<Id> user_of_login(const std::string& login) const override;
    [[nodiscard]] std::optional<Credential> credential(const Id& user) const override;
    [[nodiscard]] std::optional<SessionRecord> session(
        const std::string& token_hash) const override;
    [[nodiscard]] std::vector<SessionRecord> sessions_of(const Id& user) const override;
    [[nodiscard]] std::vector<Broken> broken(std::size_t count_max) const override;
    [[nodiscard]] std::size_t broken_count(const Id& user) const override;
    [[nodiscard]] std::optional<std::string> setting(const std::string& key) const override;

    bool attempt(const std::function<bool()>& step) override;
    void put_row(const domain::Row& row, Seq seq) override;
    void delete_row(const domain::RowRef& ref, std::uint64_t ver, Seq seq) override;
    void put_touch(const domain::Audience& audience, const Touch& touch) override;
    void put_digest(const domain::Audience& audience, std::uint64_t digest) override;
    void put_grant(const Id& user, const Grant& grant) override;
    void put_receipt(const Receipt& receipt, Instant at) override;
    void append(const Entry& entry) override;
    void put_meta(const Meta& meta) override;
    std::uint64_t next_number(const std::string& counter) override;
    void put_login(const std::string& login, const Id& user) override;
    void put_credential(const Credential& credential) override;
    void put_session(const SessionRecord& session) override;
    void delete_session(const std::string& token_hash) override;
    void put_broken(const Broken& broken) override;
    void put_setting(const std::string& key, const std::string& value) override;

    // The audiences touched by what was kept.
    [[nodiscard]] const std::set<domain::Audience>& touched_audiences() const { return touched_; }

  private:
    Connection& db_;
    std::set<domain::Audience> touched_;
};

}  // namespace ventanilla::store
