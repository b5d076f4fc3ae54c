#include "server/store/pull.hpp"

#include <algorithm>
#include <map>

#include "server/store/changes.hpp"
#include "shared/base/bug_zoo.hpp"

namespace ventanilla::store {
namespace {

using domain::RowRef;
using sync::CursorPosition;
using sync::PullResponse;

constexpr std::size_t kReceiptsMax = 500;

// A membership as this pull sees it.
struct Group {
    Grant grant;
    bool is_whole = false;  // all its rows are sent, not only what changed
};

// What one pull is about: the window (position.seq, top] and the reader's groups at its end.
struct Window {
    CursorPosition position;
    Seq top = 0;
    Seq scope_rev = 0;
    std::vector<Group> groups;
    std::vector<std::uint32_t> dropped;

    [[nodiscard]] bool is_first_page() const { return position.top == 0; }
};

std::uint32_t tag_of(const Grant& grant) {
    return static_cast<std::uint32_t>(grant.tag);
}

Window window_of(const Snapshot& snapshot,
                 const Id& user,
                 const CursorPosition& position,
                 const sync::PullQuery& query,
                 Seq head) {
    Window window;
    window.position = position;
    window.top = position.top == 0 ? head : position.top;
    for (const Grant& grant : snapshot.grants(user)) {
        if (grant.in_seq > window.top) continue;  // known to the next pull
        window.scope_rev = std::max(window.scope_rev, grant.in_seq);
        const bool is_forgotten = bug(Bug::ForgetBackfill) && position.seq != 0;
        const bool is_known = grant.in_seq <= position.scope_rev || is_forgotten;
        if (!grant.out_seq) {
            const bool is_asked =
                std::find(query.resync.begin(), query.resync.end(), tag_of(grant)) !=
                query.resync.end();
            window.groups.push_back({grant, !is_known || is_asked});
        } else if (*grant.out_seq <= window.top) {
            window.scope_rev = std::max(window.scope_rev, *grant.out_seq);
            if (is_known && *grant.out_seq > position.scope_rev)
                window.dropped.push_back(tag_of(grant));
        }
    }
    return window;
}

// The rows of a page: each once, with whether a group saw it that the reader already had.
struct Page {
    std::map<RowRef, bool> rows;  // true: the reader may hold it
    Seq upto = 0;                 // touch_seq of the last one
    bool is_last = true;
};

Page page_of(const Snapshot& snapshot, const Window& window, std::size_t limit) {
    struct Found {
        Seq touch_seq;
        RowRef ref;
        bool may_be_held;
    };
    std::vector<Found> found;
    for (const Group& group : window.groups) {
        const Seq from = group.is_whole ? 0 : window.position.seq;
        const Seq after = std::max(from, window.position.at_seq);
        for (const Touch& touch : snapshot.touched(group.grant.audience, after, limit + 1)) {
            if (touch.touch_seq <= window.top)
                found.push_back({touch.touch_seq, touch.ref, !group.is_whole});
        }
    }
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return a.touch_seq < b.touch_seq;
    });
    Page page;
    page.upto = window.top;
    if (found.size() > limit) {
        page.upto =
            found[limit - 1].touch_seq;  // whole changes only: the page may be a little longer
        page.is_last = bug(Bug::PullPastSnapshot);
    }
    for (const Found& one : found) {
        if (one.touch_seq > page.upto) break;
        bool& may_be_held = page.rows[one.ref];
        may_be_held = may_be_held || one.may_be_held;
    }
    return page;
}

// The reader's groups that see the row now, ascending.
std::vector<std::uint32_t> groups_of(const Snapshot& snapshot,
                                     const Window& window,
                                     const RowRef& ref) {
    std::vector<std::uint32_t> tags;
    for (const Snapshot::Sight& sight : snapshot.sights(ref)) {
        if (sight.touch.out_seq) continue;
        for (const Group& group : window.groups) {
            if (group.grant.audience == sight.audience) tags.push_back(tag_of(group.grant));
        }
    }
    std::sort(tags.begin(), tags.end());
    return tags;
}

void add_rows(const Snapshot& snapshot,
              const Window& window,
              const Page& page,
              PullResponse& response) {
    for (const auto& [ref, may_be_held] : page.rows) {
        const std::string type{domain::name(ref.type)};
        std::vector<std::uint32_t> groups = groups_of(snapshot, window, ref);
        std::optional<domain::Row> row;
        if (groups.empty() && bug(Bug::LeakHiddenRow))
            groups = {tag_of(window.groups.front().grant)};
        if (!groups.empty()) row = snapshot.find(ref);
        if (row) {
            response.upsert.push_back(
                {type, ref.id, row->ver, std::move(groups), std::move(row->body)});
        } else if (may_be_held) {
            response.gone.push_back({type, ref.id});
        }
    }
}

void add_end(const Snapshot& snapshot,
             const Window& window,
             const Id& user,
             PullResponse& response) {
    if (window.position.seq > 0) {
        for (const Entry& entry :
             snapshot.entries_of(user, window.position.seq, window.top, kReceiptsMax))
            response.receipts.push_back({entry.cmd_id, entry.seq});
    }
    if (window.top != response.head) return;
    for (const Group& group : window.groups)
        response.digest[tag_of(group.grant)] = snapshot.digest(group.grant.audience);
}

CursorPosition next_position(const Snapshot& snapshot,
                             const Meta& meta,
                             const Window& window,
                             const Page& page) {
    if (!page.is_last) {
        CursorPosition next = window.position;
        next.epoch = meta.epoch;
        next.top = window.top;
        next.at_seq = page.upto;
        return next;
    }
    CursorPosition next;
    next.epoch = meta.epoch;
    next.seq = window.top;
    next.chain = snapshot.chain_at(window.top).value_or(0);
    next.scope_rev = window.scope_rev;
    return next;
}

bool is_at_rest(const Window& window, const sync::PullQuery& query) {
    const bool has_news = std::any_of(window.groups.begin(),
                                      window.groups.end(),
                                      [](const Group& group) { return group.is_whole; });
    return !query.cursor.empty() && window.is_first_page() && window.position.seq == window.top &&
           !has_news && window.dropped.empty();
}

PullResponse respond(const Snapshot& snapshot,
                     const Meta& meta,
                     const Id& user,
                     const Window& window,
                     std::size_t limit) {
    const Page page = page_of(snapshot, window, limit);
    PullResponse response;
    response.epoch = meta.epoch;
    response.from = window.position.seq;
    response.to = window.top;
    response.head = meta.head;
    response.is_complete = page.is_last;
    response.scope_rev = window.scope_rev;
    if (window.is_first_page()) {
        for (const Group& group : window.groups) {
            if (group.is_whole) response.groups_added.push_back({tag_of(group.grant), true});
        }
        response.groups_dropped = window.dropped;
    }
    add_rows(snapshot, window, page, response);
    if (page.is_last) add_end(snapshot, window, user, response);
    response.next = seal_cursor(next_position(snapshot, meta, window, page), user, meta.mac_key);
    return response;
}

}  // namespace

Result<PullOutcome> pull(const Snapshot& snapshot,
                         const Id& user,
                         const sync::PullQuery& query,
                         Instant now) {
    TRY(actor_of(snapshot, user));
    const Meta meta = snapshot.meta();
    CursorPosition position;
    if (query.cursor.empty()) {
        if (!is_nil(query.epoch) && query.epoch != meta.epoch)
            return PullOutcome{HistoryChanged{meta.epoch, common_with(snapshot, query.epoch)}};
    } else {
        position = TRY(open_cursor(query.cursor, user, meta.mac_key));
        if (position.epoch != meta.epoch)
            return PullOutcome{HistoryChanged{meta.epoch, common_with(snapshot, position.epoch)}};
        const bool is_ahead = position.seq > meta.head || position.top > meta.head;
        if (is_ahead || snapshot.chain_at(position.seq) != position.chain)
            return PullOutcome{Rewound{}};
        if (position.seq != 0 && position.seq < meta.horizon) return PullOutcome{TooOld{}};
    }
    const Window window = window_of(snapshot, user, position, query, meta.head);
    if (is_at_rest(window, query)) return PullOutcome{NotModified{}};
    const std::size_t limit = std::clamp<std::size_t>(query.limit, 1, limits::kPullRowsMax);
    PullResponse response = respond(snapshot, meta, user, window, limit);
    response.server_ms = to_ms(now);
    return PullOutcome{std::move(response)};
}

}  // namespace ventanilla::store
