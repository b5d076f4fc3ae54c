#include <algorithm>

#include "shared/commands/deciding.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/help.hpp"
#include "shared/rules/visibility.hpp"
#include "shared/rules/words.hpp"

// What came of looking for help. Nobody should have to attend to a refused note about themselves:
// what makes no sense is left out, and only what no portal of ours sends is an error.

namespace ventanilla::commands {
namespace {

using domain::HelpEnd;
using domain::HelpKind;
using domain::HelpSought;
using domain::RowRef;
using domain::RowType;
using domain::SearchMade;

constexpr int kCountMax = 1'000;
constexpr Millis kAgoMax = std::chrono::days(30);

RowType row_type_of(HelpKind kind) {
    switch (kind) {
        case HelpKind::Article: return RowType::Article;
        case HelpKind::Outage: return RowType::Outage;
        case HelpKind::Request: break;
    }
    return RowType::Request;
}

// What an outage or an article was may be gone from sight since; then there is nothing to count it
// for.
bool is_countable(const Deciding& now, const HelpSought& sought) {
    if (!sought.kind) return sought.end == HelpEnd::Submitted;
    return now.visible({row_type_of(*sought.kind), sought.target}).has_value();
}

// The event as rows have it: it says how long before the command it was, which no wrong clock can
// spoil.
Json dated(const Deciding& now, Json value) {
    const std::int64_t ago_ms = std::clamp<std::int64_t>(int_or(value, "ago"), 0, kAgoMax.count());
    value.erase("ago");
    value["at"] = to_ms(now.reported_at() - Millis{ago_ms});
    return value;
}

Result<HelpSought> sought_of(const Deciding& now, const Json& value) {
    (void)TRY(only_keys(value, {"item", "shown", "kind", "target", "end", "ago"}));
    HelpSought sought = TRY(domain::help_sought_from(dated(now, value)));
    sought.shown = std::clamp(sought.shown, 0, kCountMax);
    const auto row =
        now.visible({RowType::CatalogItem, domain::id_of_key(RowType::CatalogItem, sought.item)});
    if (!row) sought.item.clear();
    if (row) sought.service = id_or_nil(row->body, "service");
    return sought;
}

Result<SearchMade> search_of(const Deciding& now, const Json& value) {
    (void)TRY(only_keys(value, {"key", "words", "found", "opened", "ago"}));
    SearchMade search = TRY(domain::search_made_from(dated(now, value)));
    search.found = std::clamp(search.found, 0, kCountMax);
    search.words = rules::clean_line(std::move(search.words));
    const bool is_too_long = search.words.size() > limits::kSearchWordsBytesMax;
    if (search.is_opened || is_too_long) search.words.clear();
    return search;
}

// Errors: Invalid for what is no list, or too long a one.
Result<Json> list_at(Deciding& now, std::string_view key) {
    const Json& list = member(now.command().args, key);
    if (list.is_null()) return Json::array();
    if (!list.is_array() || list.size() > limits::kHelpEventsMax)
        return now.wrong(key, "form.error.invalid");
    return list;
}

}  // namespace

Result<Decision> record_help(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"sought", "searches"}));
    domain::HelpNote note;
    note.id = derived_id("help_note", now.command().cmd_id);
    note.user = now.actor().user;
    note.at = now.reported_at();
    for (const Json& each : TRY(list_at(now, "sought"))) {
        HelpSought sought = TRY(sought_of(now, each));
        if (is_countable(now, sought)) note.sought.push_back(std::move(sought));
    }
    for (const Json& each : TRY(list_at(now, "searches")))
        note.searches.push_back(TRY(search_of(now, each)));
    const RowRef ref{RowType::HelpNote, note.id};
    const bool is_empty = note.sought.empty() && note.searches.empty();
    if (is_empty || now.state().find(ref)) return nothing_new(ref);
    return Decision{ref,
                    {{.ref = ref, .body = to_json(note), .audiences = rules::audiences_of(note)}}};
}

}  // namespace ventanilla::commands
