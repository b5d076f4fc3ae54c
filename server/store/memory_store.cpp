#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "server/store/store.hpp"

// The store without a disk. It keeps the same promises as the SQLite one but durability; what
// undoes a failed job is a list of the old values, walked backwards.

namespace ventanilla::store {
namespace {

using domain::Audience;
using domain::Row;
using domain::RowRef;
using domain::RowType;

std::string lower_ascii(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

struct Tables {
    Meta meta;
    std::map<Seq, Entry> entries;
    std::map<RowRef, std::optional<Row>> rows;  // nothing: deleted
    std::map<Audience, std::map<RowRef, Touch>> touches;
    std::map<Audience, std::map<Seq, std::set<RowRef>>> by_seq;
    std::map<RowRef, std::set<Audience>> audiences;
    std::map<Audience, std::uint64_t> digests;
    std::map<Id, std::map<int, Grant>> grants;
    std::map<Id, Receipt> receipts;
    std::map<std::string, std::uint64_t> counters;
    std::map<std::string, Id> logins;
    std::map<Id, Credential> credentials;
    std::map<std::string, SessionRecord> sessions;
    std::map<Id, Broken> broken;
    std::map<std::string, std::string> settings;
};

class MemoryTransaction final : public Transaction {
  public:
    explicit MemoryTransaction(Tables& tables) : tables_(tables) {}

    [[nodiscard]] std::optional<Row> find(const RowRef& ref) const override {
        const auto found = tables_.rows.find(ref);
        return found == tables_.rows.end() ? std::nullopt : found->second;
    }

    [[nodiscard]] bool is_visible(const RowRef& ref,
                                  const std::vector<Audience>& audiences) const override {
        const auto seen = sights(ref);
        return find(ref).has_value() &&
               std::any_of(seen.begin(), seen.end(), [&](const Sight& sight) {
                   return !sight.touch.out_seq &&
                          std::find(audiences.begin(), audiences.end(), sight.audience) !=
                              audiences.end();
               });
    }

    [[nodiscard]] Meta meta() const override { return tables_.meta; }

    [[nodiscard]] std::optional<std::uint64_t> chain_at(Seq seq) const override {
        if (seq == 0) return 0;
        const auto found = tables_.entries.find(seq);
        if (found == tables_.entries.end()) return std::nullopt;
        return found->second.chain;
    }

    [[nodiscard]] std::vector<Entry> entries(std::size_t count_max) const override {
        std::vector<Entry> out;
        for (auto it = tables_.entries.rbegin();
             it != tables_.entries.rend() && out.size() < count_max;
             ++it) {
            out.push_back(it->second);
        }
        return out;
    }

    [[nodiscard]] std::vector<Entry> entries_of(const Id& user,
                                                Seq after,
                                                Seq upto,
                                                std::size_t count_max) const override {
        std::vector<Entry> out;
        for (auto it = tables_.entries.upper_bound(after); it != tables_.entries.end(); ++it) {
            if (it->first > upto || out.size() >= count_max) break;
            if (it->second.actor == user) out.push_back(it->second);
        }
        return out;
    }

    [[nodiscard]] std::vector<Touch> touched(const Audience& audience,
                                             Seq after,
                                             std::size_t count_max) const override {
        std::vector<Touch> out;
        const auto group = tables_.by_seq.find(audience);
        if (group == tables_.by_seq.end()) return out;
        for (auto it = group->second.upper_bound(after); it != group->second.end(); ++it) {
            if (out.size() >= count_max) break;
            for (const RowRef& ref : it->second)
                out.push_back(tables_.touches.at(audience).at(ref));
        }
        return out;
    }

    [[nodiscard]] std::vector<Sight> sights(const RowRef& ref) const override {
        std::vector<Sight> out;
        const auto found = tables_.audiences.find(ref);
        if (found == tables_.audiences.end()) return out;
        for (const Audience& audience : found->second)
            out.push_back({audience, tables_.touches.at(audience).at(ref)});
        return out;
    }

    [[nodiscard]] std::uint64_t digest(const Audience& audience) const override {
        const auto found = tables_.digests.find(audience);
        return found == tables_.digests.end() ? 0 : found->second;
    }

    [[nodiscard]] std::vector<Grant> grants(const Id& user) const override {
        std::vector<Grant> out;
        const auto found = tables_.grants.find(user);
        if (found == tables_.grants.end()) return out;
        for (const auto& [tag, grant] : found->second)
            out.push_back(grant);
        return out;
    }

    [[nodiscard]] std::optional<Receipt> receipt(const Id& cmd_id) const override {
        return lookup(tables_.receipts, cmd_id);
    }

    [[nodiscard]] std::vector<Row> rows(RowType type) const override {
        std::vector<Row> out;
        for (auto it = tables_.rows.lower_bound({type, Id{}});
             it != tables_.rows.end() && it->first.type == type;
             ++it) {
            if (it->second) out.push_back(*it->second);
        }
        return out;
    }

    [[nodiscard]] std::optional<Id> user_of_login(const std::string& login) const override {
        return lookup(tables_.logins, lower_ascii(login));
    }
    [[nodiscard]] std::optional<Credential> credential(const Id& user) const override {
        return lookup(tables_.credentials, user);
    }
    [[nodiscard]] std::optional<SessionRecord> session(
        const std::string& token_hash) const override {
        return lookup(tables_.sessions, token_hash);
    }
    [[nodiscard]] std::vector<SessionRecord> sessions_of(const Id& user) const override {
        std::vector<SessionRecord> out;
        for (const auto& [hash, session] : tables_.sessions) {
            if (session.user == user) out.push_back(session);
        }
        return out;
    }
    [[nodiscard]] std::vector<Broken> broken(std::size_t count_max) const override {
        std::vector<Broken> out;
        for (const auto& [cmd_id, one] : tables_.broken)
            out.push_back(one);
        std::sort(
            out.begin(), out.end(), [](const Broken& a, const Broken& b) { return a.at > b.at; });
        if (out.size() > count_max) out.resize(count_max);
        return out;
    }
    [[nodiscard]] std::size_t broken_count(const Id& user) const override {
        return static_cast<std::size_t>(
            std::count_if(tables_.broken.begin(), tables_.broken.end(), [&](const auto& one) {
                return one.second.user == user;
            }));
    }
    [[nodiscard]] std::optional<std::string> setting(const std::string& key) const override {
        return lookup(tables_.settings, key);
    }

    bool attempt(const std::function<bool()>& step) override {
        const std::size_t mark = undo_.size();
        bool kept = false;
        try {
            kept = step();
        } catch (...) {
            undo_to(mark);
            throw;
        }
        if (!kept) undo_to(mark);
        return kept;
    }

    void put_row(const Row& row, Seq) override {
        set(tables_.rows, row.ref, std::optional<Row>{row});
    }
    void delete_row(const RowRef& ref, std::uint64_t, Seq) override {
        set(tables_.rows, ref, std::optional<Row>{});
    }

    void put_touch(const Audience& audience, const Touch& touch) override {
        auto& group = tables_.touches[audience];
        const auto old = group.find(touch.ref);
        if (old != group.end()) {
            const Touch before = old->second;
            tables_.by_seq[audience][before.touch_seq].erase(touch.ref);
            undo_.push_back([this, audience, before] { place(audience, before); });
        } else {
            undo_.push_back([this, audience, touch] {
                tables_.touches[audience].erase(touch.ref);
                tables_.audiences[touch.ref].erase(audience);
            });
        }
        undo_.push_back([this, audience, touch] {
            tables_.by_seq[audience][touch.touch_seq].erase(touch.ref);
        });
        place(audience, touch);
        touched_.insert(audience);
    }

    void put_digest(const Audience& audience, std::uint64_t digest) override {
        set(tables_.digests, audience, digest);
    }
    void put_grant(const Id& user, const Grant& grant) override {
        set(tables_.grants[user], grant.tag, grant);
    }
    void put_receipt(const Receipt& receipt, Instant) override {
        set(tables_.receipts, receipt.cmd_id, receipt);
    }
    void append(const Entry& entry) override { set(tables_.entries, entry.seq, entry); }
    void put_meta(const Meta& meta) override {
        undo_.push_back([this, before = tables_.meta] { tables_.meta = before; });
        tables_.meta = meta;
    }
    std::uint64_t next_number(const std::string& counter) override {
        const std::uint64_t number = tables_.counters[counter] + 1;
        set(tables_.counters, counter, number);
        return number;
    }
    void put_login(const std::string& login, const Id& user) override {
        set(tables_.logins, lower_ascii(login), user);
    }
    void put_credential(const Credential& credential) override {
        set(tables_.credentials, credential.user, credential);
    }
    void put_session(const SessionRecord& session) override {
        set(tables_.sessions, session.token_hash, session);
    }
    void delete_session(const std::string& token_hash) override {
        const auto found = tables_.sessions.find(token_hash);
        if (found == tables_.sessions.end()) return;
        undo_.push_back(
            [this, before = found->second] { tables_.sessions[before.token_hash] = before; });
        tables_.sessions.erase(found);
    }
    void put_broken(const Broken& broken) override {
        if (!tables_.broken.contains(broken.cmd_id)) set(tables_.broken, broken.cmd_id, broken);
    }
    void put_setting(const std::string& key, const std::string& value) override {
        set(tables_.settings, key, value);
    }

    void undo_all() { undo_to(0); }

    [[nodiscard]] CommitNote note() const {
        return {tables_.meta.head, {touched_.begin(), touched_.end()}};
    }

  private:
    template <class Map, class Key>
    static std::optional<typename Map::mapped_type> lookup(const Map& map, const Key& key) {
        const auto found = map.find(key);
        if (found == map.end()) return std::nullopt;
        return found->second;
    }

    // Assigns and remembers what was there. The map must outlive the transaction: tables do.
    template <class Map>
    void set(Map& map, const typename Map::key_type& key, typename Map::mapped_type value) {
        const auto found = map.find(key);
        if (found == map.end()) {
            undo_.push_back([&map, key] { map.erase(key); });
        } else {
            undo_.push_back([&map, key, before = found->second] { map[key] = before; });
        }
        map[key] = std::move(value);
    }

    void place(const Audience& audience, const Touch& touch) {
        tables_.touches[audience][touch.ref] = touch;
        tables_.by_seq[audience][touch.touch_seq].insert(touch.ref);
        tables_.audiences[touch.ref].insert(audience);
    }

    void undo_to(std::size_t mark) {
        while (undo_.size() > mark) {
            undo_.back()();
            undo_.pop_back();
        }
    }

    Tables& tables_;
    std::vector<std::function<void()>> undo_;
    std::set<Audience> touched_;
};

class MemoryStore final : public Store {
  public:
    MemoryStore(const Id& epoch, std::string mac_key) {
        tables_.meta.epoch = epoch;
        tables_.meta.mac_key = std::move(mac_key);
    }

    Status read(const std::function<Status(const Snapshot&)>& job) override {
        const std::shared_lock lock{mutex_};
        return job(MemoryTransaction{tables_});
    }

    Status write(const std::function<Status(Transaction&)>& job) override {
        const std::unique_lock lock{mutex_};
        const Seq before = tables_.meta.head;
        MemoryTransaction transaction{tables_};
        Status done = job(transaction);
        if (!done) {
            transaction.undo_all();
        } else if (listener_ && tables_.meta.head != before) {
            listener_(transaction.note());
        }
        return done;
    }

    void on_commit(std::function<void(const CommitNote&)> listener) override {
        const std::unique_lock lock{mutex_};
        listener_ = std::move(listener);
    }

  private:
    std::shared_mutex mutex_;
    Tables tables_;
    std::function<void(const CommitNote&)> listener_;
};

}  // namespace

std::unique_ptr<Store> create_memory_store(Id epoch, std::string mac_key) {
    return std::make_unique<MemoryStore>(epoch, std::move(mac_key));
}

}  // namespace ventanilla::store
