#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/sync/local_store.hpp"

// What the portal shows: View = fold(decide, Base, pending commands). Base holds only what the server has
// confirmed; the view adds what this person did since and is never stored. Tested in
// tests/unit/sync_replica_test.cpp.

namespace ventanilla::sync {

// "request:9f…", also of a type this build does not know.
std::string key_of(std::string_view type, const Id& id);

// A pending command as the fold sees it.
struct Pending {
    const commands::Command* command = nullptr;
    std::uint64_t lseq = 0;
    bool is_excluded = false;  // rejected, quarantined or discarded: has no effect on the view
};

// How the fold of one pending command ended.
struct FoldState {
    bool is_applied = false;             // its effects are in the view
    std::vector<domain::RowRef> wrote;   // in the view
    std::vector<domain::RowRef> read;
    commands::RejectCode code{};         // when it is not: why; "may conflict"
    bool is_unknown = false;             // of a type this build does not know
};

class Replica final : public commands::State {
  public:
    // ---- Reading. References live until the next change.

    // The row as the person sees it: confirmed, or as their own pending commands will make it.
    [[nodiscard]] const domain::Row* get(const domain::RowRef& ref) const;
    [[nodiscard]] const domain::Row* confirmed(const domain::RowRef& ref) const;
    [[nodiscard]] bool is_pending(const domain::RowRef& ref) const;  // differs from what is confirmed

    // Each visible row of a type once, in no particular order.
    void each(domain::RowType type, const std::function<void(const domain::Row&)>& visit) const;
    // The same with each row's body as text, for lists that need a few members of it (base/json_peek.hpp):
    // nothing is parsed, and nothing parsed is kept.
    using VisitText = std::function<void(const domain::RowRef&, std::uint64_t ver, std::string_view body)>;
    void each_text(domain::RowType type, const VisitText& visit) const;
    void visit_text(const domain::RowRef& ref, const VisitText& visit) const;  // not called when it is not there
    [[nodiscard]] std::size_t count(domain::RowType type) const;

    // Grows whenever a row of the type may look different: rebuild a list only when it did.
    [[nodiscard]] std::uint64_t revision(domain::RowType type) const;
    [[nodiscard]] std::uint64_t revision() const { return revision_; }

    // Of commands::State.
    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override;
    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>& audiences) const override;

    // ---- Base. The only callers are sync::Client and tests.

    void clear_base();
    void load(std::vector<StoredRow> rows);
    // All of a completed pull at once; applying it twice is the same as once.
    void apply(const Delta& delta);
    // Sum of row_digest over the rows of each group.
    [[nodiscard]] const std::map<std::uint32_t, std::uint64_t>& digests() const { return digests_; }
    [[nodiscard]] std::size_t base_size() const { return base_size_; }
    // Every confirmed row as stored, appended to shards by id; cost: linear in the base.
    [[nodiscard]] std::vector<std::string> shards(std::size_t bytes_each) const;
    // One digest over all of (type, id, ver, body): what the simulator compares with the server.
    [[nodiscard]] std::uint64_t content_digest() const;

    // ---- View.

    // Folds `pending` (ordered by lseq) again where the base or they changed since the last call.
    // Cost: the lanes touched; everything when the actor changed.
    void fold(const std::vector<Pending>& pending, const commands::Actor& actor, Instant now);
    [[nodiscard]] const FoldState* fold_state(const Id& cmd_id) const;

  private:
    struct BaseRow {
        mutable domain::Row row;      // body parsed at the first read
        mutable bool is_parsed = false;
        std::string text;
        std::vector<std::uint32_t> groups;
    };
    struct Unknown {
        std::uint64_t ver = 0;
        std::vector<std::uint32_t> groups;
        std::string text;
    };
    struct Folded {
        std::uint64_t lseq = 0;
        std::string lane;
        bool is_excluded = false;
        FoldState state;
    };

    static constexpr std::size_t kTypes = 32;
    using Table = std::unordered_map<Id, BaseRow, IdHash>;

    const domain::Row& parsed(const BaseRow& row) const;
    void touch(const domain::RowRef& ref);
    std::optional<domain::RowRef> place(StoredRow row);  // nothing for a type that is not known
    void put(StoredRow row);
    void remove(std::string_view type, const Id& id);
    void drop_group(std::uint32_t group, const std::unordered_set<std::string>* keep);
    void count_digest(std::string_view type, const Id& id, std::uint64_t ver,
                      const std::vector<std::uint32_t>& groups, bool is_added);
    std::unordered_set<std::string> dirty_lanes(const std::vector<Pending>& pending);
    void unfold(const Folded& folded);
    void fold_one(const Pending& pending, const commands::Actor& actor, Instant now);

    std::array<Table, kTypes> base_;
    std::map<std::pair<std::string, Id>, Unknown> unknown_;  // types of a newer server: counted, not shown
    std::size_t base_size_ = 0;
    std::map<std::uint32_t, std::uint64_t> digests_;
    std::array<std::unordered_map<Id, domain::Row, IdHash>, kTypes> overlay_;
    std::unordered_map<Id, Folded, IdHash> folded_;
    std::unordered_set<domain::RowRef, domain::RowRefHash> changed_;  // in the base, since the last fold
    std::unordered_set<std::string> appended_;                        // lanes, in the present fold
    bool is_everything_changed_ = true;
    std::string actor_key_;
    std::array<std::uint64_t, kTypes> revisions_{};
    std::uint64_t revision_ = 1;
};

}  // namespace ventanilla::sync
