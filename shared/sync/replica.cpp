#include "shared/sync/replica.hpp"

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/bytes.hpp"

namespace ventanilla::sync {
namespace {

std::size_t index_of(domain::RowType type) { return static_cast<std::size_t>(type); }

bool contains(const std::vector<std::uint32_t>& groups, std::uint32_t group) {
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

}  // namespace

std::string key_of(std::string_view type, const Id& id) { return concat(type, ':', to_text(id)); }

// ---- Reading --------------------------------------------------------------------------------------------

const domain::Row& Replica::parsed(const BaseRow& row) const {
    if (!row.is_parsed) {
        // Bodies were objects when they came in and have a checksum since; an unreadable one is shown empty.
        row.row.body = parse_json(row.text, limits::kPullBytesMax).value_or(Json::object());
        row.is_parsed = true;
    }
    return row.row;
}

const domain::Row* Replica::confirmed(const domain::RowRef& ref) const {
    if (index_of(ref.type) >= kTypes) return nullptr;
    const Table& table = base_[index_of(ref.type)];
    const auto found = table.find(ref.id);
    return found == table.end() ? nullptr : &parsed(found->second);
}

const domain::Row* Replica::get(const domain::RowRef& ref) const {
    if (index_of(ref.type) >= kTypes) return nullptr;
    const auto& overlay = overlay_[index_of(ref.type)];
    const auto found = overlay.find(ref.id);
    return found == overlay.end() ? confirmed(ref) : &found->second;
}

bool Replica::is_pending(const domain::RowRef& ref) const {
    return index_of(ref.type) < kTypes && overlay_[index_of(ref.type)].count(ref.id) > 0;
}

void Replica::each(domain::RowType type, const std::function<void(const domain::Row&)>& visit) const {
    const auto& overlay = overlay_[index_of(type)];
    for (const auto& [id, row] : overlay)
        visit(row);
    for (const auto& [id, row] : base_[index_of(type)])
        if (overlay.empty() || overlay.count(id) == 0) visit(parsed(row));
}

void Replica::each_text(domain::RowType type, const VisitText& visit) const {
    const auto& overlay = overlay_[index_of(type)];
    for (const auto& [id, row] : overlay)
        visit(row.ref, row.ver, dump_json(row.body));
    for (const auto& [id, row] : base_[index_of(type)])
        if (overlay.empty() || overlay.count(id) == 0) visit(row.row.ref, row.row.ver, row.text);
}

void Replica::visit_text(const domain::RowRef& ref, const VisitText& visit) const {
    if (index_of(ref.type) >= kTypes) return;
    const auto& overlay = overlay_[index_of(ref.type)];
    const auto& base = base_[index_of(ref.type)];
    if (const auto row = overlay.find(ref.id); row != overlay.end())
        visit(ref, row->second.ver, dump_json(row->second.body));
    else if (const auto stored = base.find(ref.id); stored != base.end())
        visit(ref, stored->second.row.ver, stored->second.text);
}

std::size_t Replica::count(domain::RowType type) const {
    const Table& table = base_[index_of(type)];
    std::size_t total = table.size();
    for (const auto& [id, row] : overlay_[index_of(type)])
        if (table.count(id) == 0) ++total;
    return total;
}

std::uint64_t Replica::revision(domain::RowType type) const { return revisions_[index_of(type)]; }

std::optional<domain::Row> Replica::find(const domain::RowRef& ref) const {
    const domain::Row* row = get(ref);
    if (row == nullptr) return std::nullopt;
    return *row;
}

bool Replica::is_visible(const domain::RowRef& ref, const std::vector<domain::Audience>&) const {
    return get(ref) != nullptr;
}

// ---- Base -----------------------------------------------------------------------------------------------

void Replica::touch(const domain::RowRef& ref) {
    changed_.insert(ref);
    ++revisions_[index_of(ref.type)];
    ++revision_;
}

void Replica::count_digest(std::string_view type, const Id& id, std::uint64_t ver,
                           const std::vector<std::uint32_t>& groups, bool is_added) {
    const std::uint64_t share = row_digest(type, id, ver);
    for (const std::uint32_t group : groups) {
        std::uint64_t& sum = digests_[group];
        sum = is_added ? sum + share : sum - share;
    }
}

std::optional<domain::RowRef> Replica::place(StoredRow row) {
    count_digest(row.type, row.id, row.ver, row.groups, true);
    const std::optional<domain::RowType> type = domain::row_type(row.type);
    if (!type) {
        unknown_[{row.type, row.id}] = {row.ver, std::move(row.groups), std::move(row.body)};
        ++base_size_;
        return std::nullopt;
    }
    const domain::RowRef ref{*type, row.id};
    BaseRow& slot = base_[index_of(*type)][row.id];
    slot.row = {ref, row.ver, Json()};
    slot.is_parsed = false;
    slot.text = std::move(row.body);
    slot.groups = std::move(row.groups);
    ++base_size_;
    return ref;
}

void Replica::put(StoredRow row) {
    if (const auto ref = place(std::move(row))) touch(*ref);
}

void Replica::remove(std::string_view type, const Id& id) {
    const std::optional<domain::RowType> known = domain::row_type(type);
    if (!known) {
        const auto found = unknown_.find({std::string(type), id});
        if (found == unknown_.end()) return;
        count_digest(type, id, found->second.ver, found->second.groups, false);
        unknown_.erase(found);
        --base_size_;
        return;
    }
    Table& table = base_[index_of(*known)];
    const auto found = table.find(id);
    if (found == table.end()) return;
    count_digest(type, id, found->second.row.ver, found->second.groups, false);
    table.erase(found);
    --base_size_;
    touch({*known, id});
}

// Takes `group` off every row that is not in `keep`; rows left with no group are gone.
void Replica::drop_group(std::uint32_t group, const std::unordered_set<std::string>* keep) {
    std::vector<std::pair<std::string, Id>> orphans;
    const auto leave = [&](std::string_view type, const Id& id, std::uint64_t ver,
                           std::vector<std::uint32_t>& groups) {
        if (!contains(groups, group)) return;
        if (keep != nullptr && keep->count(key_of(type, id)) > 0) return;
        digests_[group] -= row_digest(type, id, ver);
        groups.erase(std::find(groups.begin(), groups.end(), group));
        if (groups.empty()) orphans.emplace_back(type, id);
    };
    for (Table& table : base_)
        for (auto& [id, row] : table)
            leave(domain::name(row.row.ref.type), id, row.row.ver, row.groups);
    for (auto& [key, row] : unknown_)
        leave(key.first, key.second, row.ver, row.groups);
    for (const auto& [type, id] : orphans)
        remove(type, id);
    if (keep == nullptr) digests_.erase(group);
}

void Replica::clear_base() {
    for (std::size_t i = 0; i < kTypes; ++i) {
        if (base_[i].empty()) continue;
        base_[i].clear();
        ++revisions_[i];
    }
    ++revision_;
    unknown_.clear();
    digests_.clear();
    base_size_ = 0;
    is_everything_changed_ = true;
}

void Replica::load(std::vector<StoredRow> rows) {
    for (StoredRow& row : rows)
        if (const auto ref = place(std::move(row))) ++revisions_[index_of(ref->type)];
    ++revision_;
    is_everything_changed_ = true;
}

void Replica::apply(const Delta& delta) {
    for (const std::uint32_t group : delta.groups_dropped)
        drop_group(group, nullptr);
    std::unordered_set<std::string> sent;
    for (const AddedGroup& group : delta.groups_added) {
        if (!group.is_backfill) continue;
        sent.clear();
        for (const StoredRow& row : delta.upsert)
            if (contains(row.groups, group.group)) sent.insert(key_of(row.type, row.id));
        drop_group(group.group, &sent);
    }
    for (const GoneRow& row : delta.gone)
        remove(row.type, row.id);
    for (const StoredRow& row : delta.upsert) {
        remove(row.type, row.id);
        put(row);
    }
}

std::vector<std::string> Replica::shards(std::size_t bytes_each) const {
    std::vector<std::string> out;
    const auto add = [&](StoredRow row) {
        if (out.empty() || out.back().size() >= bytes_each) out.emplace_back();
        append_row(out.back(), row);
    };
    for (const Table& table : base_)
        for (const auto& [id, row] : table)
            add({std::string(domain::name(row.row.ref.type)), id, row.row.ver, row.groups, row.text});
    for (const auto& [key, row] : unknown_)
        add({key.first, key.second, row.ver, row.groups, row.text});
    return out;
}

std::uint64_t Replica::content_digest() const {
    std::uint64_t sum = 0;
    const auto add = [&](std::string_view type, const Id& id, std::uint64_t ver, std::string_view body) {
        std::string bytes = concat(type, ':', to_text(id), ':', ver, ':');
        bytes += body;
        sum += hash64(bytes);
    };
    for (const Table& table : base_)
        for (const auto& [id, row] : table)
            add(domain::name(row.row.ref.type), id, row.row.ver, row.text);
    for (const auto& [key, row] : unknown_)
        add(key.first, key.second, row.ver, row.text);
    return sum;
}

}  // namespace ventanilla::sync
