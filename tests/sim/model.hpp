#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/commands/decide.hpp"
#include "shared/domain/person.hpp"

// What the shared data should be: rows and who sees them, by deciding every command once more. It has no
// intervals, cursors or digests, so it cannot be wrong in the same way as the server.

namespace ventanilla::sim {

class Model final : public commands::State {
  public:
    void set_user(const domain::User& user) { users_[user.id] = user; }
    void put(const commands::RowChange& change) {
        Shared& row = rows_[change.ref];
        row.body = change.body;
        ++row.ver;
        if (change.audiences) row.audiences = *change.audiences;
    }
    // The server's word for what only the server knows: numbers, counters.
    void set_body(const domain::RowRef& ref, const domain::Row& row) {
        rows_[ref].body = row.body;
        rows_[ref].ver = row.ver;
    }

    [[nodiscard]] commands::Actor actor(const Id& user) const {
        commands::Actor actor;
        const auto found = users_.find(user);
        if (found == users_.end()) return actor;
        actor.user = user;
        actor.display_name = found->second.display_name;
        actor.roles = found->second.roles;
        actor.desks = found->second.desks;
        actor.site = found->second.site;
        actor.lang = found->second.lang;
        return actor;
    }

    [[nodiscard]] bool sees(const Id& user, const domain::RowRef& ref) const {
        const auto found = rows_.find(ref);
        return found != rows_.end() && intersects(found->second.audiences, actor(user).audiences());
    }

    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override {
        const auto found = rows_.find(ref);
        if (found == rows_.end()) return std::nullopt;
        return domain::Row{ref, found->second.ver, found->second.body};
    }

    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>& audiences) const override {
        const auto found = rows_.find(ref);
        return found != rows_.end() && intersects(found->second.audiences, audiences);
    }

    // Every row the person should hold: what sync::Replica::content_digest says of it.
    [[nodiscard]] std::uint64_t projection(const Id& user) const;
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    // In words, for a failure: what `has` lacks or has too much.
    [[nodiscard]] std::vector<domain::RowRef> refs(const Id& user) const;

  private:
    struct Shared {
        Json body;
        std::uint64_t ver = 0;
        std::vector<domain::Audience> audiences;
    };

    static bool intersects(const std::vector<domain::Audience>& a,
                           const std::vector<domain::Audience>& b) {
        const std::set<domain::Audience> held(b.begin(), b.end());
        for (const domain::Audience& audience : a)
            if (held.count(audience) > 0) return true;
        return false;
    }

    std::map<domain::RowRef, Shared> rows_;
    std::map<Id, domain::User> users_;
};

}  // namespace ventanilla::sim
