#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/sync/bytes.hpp"
#include "shared/sync/protocol.hpp"

// Pull: the query, and a page of rows.

namespace ventanilla::sync {
namespace {

template <class Number>
bool read_number(std::string_view text, Number& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size();
}

// Splits off what stands before `mark`; the rest stays in `text`, empty when the mark is not there.
std::string_view cut_at(std::string_view& text, char mark) {
    const std::size_t at = text.find(mark);
    const std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return part;
}

Status read_resync(std::string_view list, PullQuery& query) {
    while (!list.empty()) {
        std::uint32_t group = 0;
        if (!read_number(cut_at(list, ','), group)) return invalid("resync: groups expected", "resync");
        if (query.resync.size() >= limits::kPullRowsMax) return invalid("resync: too many", "resync");
        query.resync.push_back(group);
    }
    return ok();
}

Status read_parameter(std::string_view key, std::string_view value, PullQuery& query) {
    if (key == "user") {
        query.user = TRY(parse_id(value));
    } else if (key == "epoch") {
        query.epoch = TRY(parse_id(value));
    } else if (key == "cursor") {
        if (value.size() > limits::kTitleBytesMax * 2) return invalid("cursor: too long", "cursor");
        query.cursor = std::string(value);
    } else if (key == "limit") {
        if (!read_number(value, query.limit)) return invalid("limit: number expected", "limit");
        query.limit = std::clamp<std::size_t>(query.limit, 1, limits::kPullRowsMax);
    } else if (key == "resync") {
        return read_resync(value, query);
    } else {
        return invalid("unknown parameter", std::string(key));
    }
    return ok();
}

void append_groups(std::string& out, const std::vector<std::uint32_t>& groups) {
    out += '[';
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (i > 0) out += ',';
        append(out, groups[i]);
    }
    out += ']';
}

std::string digest_text(std::uint64_t digest) {
    std::string bytes;
    put_be(bytes, digest, 8);
    return to_hex(bytes);
}

bool read_digest(std::string_view text, std::uint64_t& out) {
    std::string bytes;
    if (text.size() != 16 || !from_hex(text, bytes)) return false;
    out = ByteReader(bytes).be(8);
    return true;
}

// Rows by type, as the wire has them. Written straight into the page: a bootstrap encodes thousands.
void append_upsert(std::string& out, const std::vector<PulledRow>& rows) {
    std::map<std::string_view, std::vector<const PulledRow*>> by_type;
    for (const PulledRow& row : rows)
        by_type[row.type].push_back(&row);
    out += '{';
    for (const auto& [type, list] : by_type) {
        if (out.back() != '{') out += ',';
        out += concat('"', type, "\":[");
        for (const PulledRow* row : list) {
            if (out.back() != '[') out += ',';
            out += concat("{\"id\":\"", to_text(row->id), "\",\"ver\":", row->ver, ",\"a\":");
            append_groups(out, row->groups);
            out += concat(",\"f\":", dump_json(row->fields), "}");
        }
        out += ']';
    }
    out += '}';
}

Result<std::uint32_t> group_of(const Json& value) {
    if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
        value.get<std::int64_t>() > INT32_MAX)
        return invalid("a group is a small number", "a");
    return static_cast<std::uint32_t>(value.get<std::int64_t>());
}

Result<PulledRow> read_row(const std::string& type, Json& value) {
    PulledRow row;
    row.type = type;
    row.id = TRY(id_at(value, "id"));
    row.ver = TRY(uint_at(value, "ver"));
    const Json& groups = member(value, "a");
    if (!groups.is_array() || groups.empty()) return invalid("a row of no group", "a");
    for (const Json& group : groups)
        row.groups.push_back(TRY(group_of(group)));
    std::sort(row.groups.begin(), row.groups.end());
    if (!member(value, "f").is_object()) return invalid("f: object expected", "f");
    row.fields = std::move(value["f"]);
    return row;
}

Status read_upsert(Json& value, PullResponse& page) {
    if (!member(value, "upsert").is_object()) return invalid("upsert: object expected", "upsert");
    for (auto& [type, rows] : value["upsert"].items()) {
        if (!rows.is_array()) return invalid("upsert: lists expected", "upsert");
        for (Json& row : rows)
            page.upsert.push_back(TRY(read_row(type, row)));
    }
    return ok();
}

Status read_gone(const Json& value, PullResponse& page) {
    const Json gone = TRY(array_at(value, "gone"));
    for (const Json& item : gone) {
        if (!item.is_array() || item.size() != 2 || !item[0].is_string() || !item[1].is_string())
            return invalid("gone: pairs expected", "gone");
        page.gone.push_back({item[0].get<std::string>(),
                             TRY(parse_id(item[1].get_ref<const std::string&>()))});
    }
    return ok();
}

Status read_groups(const Json& value, PullResponse& page) {
    const Json& groups = member(value, "groups");
    const Json& added = member(groups, "add");
    if (added.is_array())
        for (const Json& item : added)
            page.groups_added.push_back({TRY(group_of(member(item, "a"))), bool_or(item, "backfill")});
    const Json& dropped = member(groups, "drop");
    if (dropped.is_array())
        for (const Json& item : dropped)
            page.groups_dropped.push_back(TRY(group_of(item)));
    return ok();
}

Status read_receipts(const Json& value, PullResponse& page) {
    const Json& receipts = member(value, "receipts");
    if (!receipts.is_array()) return ok();
    for (const Json& item : receipts)
        page.receipts.push_back({TRY(id_at(item, "cmd_id")), TRY(uint_at(item, "seq"))});
    return ok();
}

Status read_digests(const Json& value, PullResponse& page) {
    const Json& digests = member(value, "digest");
    if (!digests.is_object()) return ok();
    for (const auto& [key, text] : digests.items()) {
        std::uint32_t group = 0;
        std::uint64_t sum = 0;
        if (!read_number(std::string_view(key), group) || !text.is_string() ||
            !read_digest(text.get_ref<const std::string&>(), sum))
            return invalid("digest: sums by group expected", "digest");
        page.digest[group] = sum;
    }
    return ok();
}

std::string groups_text(const PullResponse& page) {
    Json added = Json::array();
    for (const AddedGroup& group : page.groups_added)
        added.push_back({{"a", group.group}, {"backfill", group.is_backfill}});
    return dump_json({{"add", std::move(added)}, {"drop", page.groups_dropped}});
}

}  // namespace

std::string pull_target(const PullQuery& query) {
    std::string out = concat(kPullPath, "?user=", to_text(query.user));
    if (!query.cursor.empty()) out += concat("&cursor=", query.cursor);
    if (!is_nil(query.epoch)) out += concat("&epoch=", to_text(query.epoch));
    out += concat("&limit=", query.limit);
    for (std::size_t i = 0; i < query.resync.size(); ++i)
        out += concat(i == 0 ? "&resync=" : ",", query.resync[i]);
    return out;
}

Result<PullQuery> parse_pull_query(std::string_view query) {
    PullQuery out;
    while (!query.empty()) {
        std::string_view value = cut_at(query, '&');
        const std::string_view key = cut_at(value, '=');
        TRY(read_parameter(key, value, out));
    }
    return out;
}

std::string encode(const PullResponse& page) {
    std::string out = concat("{\"epoch\":\"", to_text(page.epoch), "\",\"from\":", page.from,
                             ",\"to\":", page.to, ",\"head\":", page.head,
                             ",\"complete\":", page.is_complete ? "true" : "false",
                             ",\"scope_rev\":", page.scope_rev, ",\"upsert\":");
    append_upsert(out, page.upsert);
    Json gone = Json::array();
    for (const GoneRow& row : page.gone)
        gone.push_back(Json::array({row.type, to_text(row.id)}));
    Json receipts = Json::array();
    for (const PulledReceipt& receipt : page.receipts)
        receipts.push_back(
            {{"cmd_id", to_text(receipt.cmd_id)}, {"status", "applied"}, {"seq", receipt.seq}});
    Json digests = Json::object();
    for (const auto& [group, sum] : page.digest)
        digests[std::to_string(group)] = digest_text(sum);
    out += concat(",\"gone\":", dump_json(gone), ",\"groups\":", groups_text(page),
                  ",\"receipts\":", dump_json(receipts), ",\"digest\":", dump_json(digests),
                  ",\"next\":", dump_json(Json(page.next)), ",\"server_ms\":", page.server_ms, "}");
    return out;
}

Result<PullResponse> decode_pull_response(std::string_view body) {
    Json value = TRY(parse_json(body, limits::kPullBytesMax));
    PullResponse page;
    page.epoch = TRY(id_at(value, "epoch"));
    page.from = TRY(uint_at(value, "from"));
    page.to = TRY(uint_at(value, "to"));
    page.head = TRY(uint_at(value, "head"));
    page.is_complete = TRY(bool_at(value, "complete"));
    page.scope_rev = TRY(uint_at(value, "scope_rev"));
    page.server_ms = TRY(int_at(value, "server_ms"));
    page.next = TRY(text_at(value, "next", limits::kTitleBytesMax * 2));
    TRY(read_upsert(value, page));
    TRY(read_gone(value, page));
    TRY(read_groups(value, page));
    TRY(read_receipts(value, page));
    TRY(read_digests(value, page));
    return page;
}

}  // namespace ventanilla::sync
