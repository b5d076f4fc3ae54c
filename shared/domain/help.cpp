#include "shared/domain/help.hpp"

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kHelpKinds = std::to_array<Named<HelpKind>>({
    {HelpKind::Article, "article"},
    {HelpKind::Outage, "outage"},
    {HelpKind::Request, "request"},
});

constexpr auto kHelpEnds = std::to_array<Named<HelpEnd>>({
    {HelpEnd::Solved, "solved"},
    {HelpEnd::NotSolved, "not_solved"},
    {HelpEnd::Submitted, "submitted"},
    {HelpEnd::Left, "left"},
});

template <class Value>
Json all_json(const std::vector<Value>& values) {
    Json out = Json::array();
    for (const Value& each : values)
        out.push_back(to_json(each));
    return out;
}

}  // namespace

std::string_view name(HelpKind kind) {
    return name_in(kHelpKinds, kind);
}
std::optional<HelpKind> help_kind(std::string_view name) {
    return value_in(kHelpKinds, name);
}
std::string_view name(HelpEnd end) {
    return name_in(kHelpEnds, end);
}
std::optional<HelpEnd> help_end(std::string_view name) {
    return value_in(kHelpEnds, name);
}

Json to_json(const HelpSought& sought) {
    Json object = {{"end", name(sought.end)}, {"at", to_ms(sought.at)}};
    put(object, "item", sought.item);
    put(object, "service", sought.service);
    put_count(object, "shown", sought.shown);
    if (sought.kind) object["kind"] = name(*sought.kind);
    put(object, "target", sought.target);
    if (sought.is_confirmed) object["confirmed"] = *sought.is_confirmed;
    return object;
}

Result<HelpSought> help_sought_from(const Json& value) {
    HelpSought sought;
    sought.end = TRY(enum_at(value, "end", help_end));
    sought.at = TRY(instant_at(value, "at"));
    sought.item = text_or(value, "item");
    sought.service = TRY(id_if_any(value, "service"));
    sought.shown = count_or(value, "shown");
    if (has(value, "kind")) sought.kind = TRY(enum_at(value, "kind", help_kind));
    sought.target = TRY(id_if_any(value, "target"));
    if (has(value, "confirmed")) sought.is_confirmed = TRY(bool_at(value, "confirmed"));
    return sought;
}

Json to_json(const SearchMade& search) {
    Json object = {{"key", to_text(search.key)}, {"at", to_ms(search.at)}};
    put(object, "words", search.words);
    put_count(object, "found", search.found);
    put_flag(object, "opened", search.is_opened);
    return object;
}

Result<SearchMade> search_made_from(const Json& value) {
    SearchMade search;
    search.key = TRY(id_at(value, "key"));
    search.at = TRY(instant_at(value, "at"));
    search.words = text_or(value, "words");
    search.found = count_or(value, "found");
    search.is_opened = bool_or(value, "opened");
    return search;
}

Json to_json(const HelpNote& note) {
    Json body = {{"user", to_text(note.user)}, {"at", to_ms(note.at)}};
    if (!note.sought.empty()) body["sought"] = all_json(note.sought);
    if (!note.searches.empty()) body["searches"] = all_json(note.searches);
    return body;
}

Result<HelpNote> help_note_from(const Row& row) {
    HelpNote note;
    note.id = row.ref.id;
    note.user = TRY(id_at(row.body, "user"));
    note.at = TRY(instant_at(row.body, "at"));
    for (const Json& each : member(row.body, "sought"))
        note.sought.push_back(TRY(help_sought_from(each)));
    for (const Json& each : member(row.body, "searches"))
        note.searches.push_back(TRY(search_made_from(each)));
    return note;
}

Id help_figures_id(const std::optional<HelpKind>& kind, const Id& target) {
    const std::string_view what = kind ? name(*kind) : "all";
    return derived_id("help_figures", concat(what, ':', to_text(target)));
}

Json to_json(const HelpFigures& figures) {
    Json body = Json::object();
    if (figures.kind) body["kind"] = name(*figures.kind);
    put(body, "target", figures.target);
    put_count(body, "opened", figures.opened);
    put_count(body, "solved", figures.solved);
    put_count(body, "left", figures.left);
    put_count(body, "confirmed_solved", figures.confirmed_solved);
    put_count(body, "confirmed_left", figures.confirmed_left);
    put_count(body, "waiting", figures.waiting);
    put_count(body, "submitted", figures.submitted);
    put_count(body, "sent_unopened", figures.sent_unopened);
    return body;
}

Result<HelpFigures> help_figures_from(const Row& row) {
    const Json& body = row.body;
    HelpFigures figures;
    figures.id = row.ref.id;
    if (has(body, "kind")) figures.kind = TRY(enum_at(body, "kind", help_kind));
    figures.target = TRY(id_if_any(body, "target"));
    figures.opened = count_or(body, "opened");
    figures.solved = count_or(body, "solved");
    figures.left = count_or(body, "left");
    figures.confirmed_solved = count_or(body, "confirmed_solved");
    figures.confirmed_left = count_or(body, "confirmed_left");
    figures.waiting = count_or(body, "waiting");
    figures.submitted = count_or(body, "submitted");
    figures.sent_unopened = count_or(body, "sent_unopened");
    return figures;
}

Json to_json(const SearchGap& gap) {
    Json body = Json::object();
    put(body, "words", gap.words);
    put_count(body, "people", gap.people);
    put_count(body, "searches", gap.searches);
    put_count(body, "empty", gap.empty);
    put_count(body, "unopened", gap.unopened);
    return body;
}

Result<SearchGap> search_gap_from(const Row& row) {
    const Json& body = row.body;
    SearchGap gap;
    gap.id = row.ref.id;
    gap.words = TRY(full_text_at(body, "words"));
    gap.people = count_or(body, "people");
    gap.searches = count_or(body, "searches");
    gap.empty = count_or(body, "empty");
    gap.unopened = count_or(body, "unopened");
    return gap;
}

}  // namespace ventanilla::domain
