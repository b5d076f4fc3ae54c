#include "shared/domain/row.hpp"

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kRowTypes = std::to_array<Named<RowType>>({
    {RowType::User, "user"},
    {RowType::Site, "site"},
    {RowType::Service, "service"},
    {RowType::Category, "category"},
    {RowType::CatalogItem, "catalog_item"},
    {RowType::Article, "article"},
    {RowType::Request, "request"},
    {RowType::Comment, "comment"},
    {RowType::Outage, "outage"},
    {RowType::Vote, "vote"},
    {RowType::Affected, "affected"},
    {RowType::ArticleVersion, "article_version"},
    {RowType::HelpNote, "help_note"},
    {RowType::HelpFigures, "help_figures"},
    {RowType::SearchGap, "search_gap"},
});

}  // namespace

std::string_view name(RowType type) {
    return name_in(kRowTypes, type);
}
std::optional<RowType> row_type(std::string_view name) {
    return value_in(kRowTypes, name);
}

std::string to_text(const RowRef& ref) {
    return concat(name(ref.type), ':', to_text(ref.id));
}

Result<RowRef> parse_row_ref(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return invalid("row: type:id expected");
    const std::optional<RowType> type = row_type(text.substr(0, colon));
    if (!type) return invalid("row: unknown type");
    return RowRef{*type, TRY(parse_id(text.substr(colon + 1)))};
}

Id id_of_key(RowType type, std::string_view key) {
    return derived_id(name(type), key);
}

std::size_t RowRefHash::operator()(const RowRef& ref) const {
    // Ids are random already; the type only has to keep two rows of one id apart.
    return IdHash{}(ref.id) ^ (static_cast<std::size_t>(ref.type) * 0x9E3779B9U);
}

Audience audience_of_user(const Id& user) {
    return concat("user:", to_text(user));
}
Audience audience_of_site(const Id& site) {
    return concat("site:", to_text(site));
}
Audience audience_of_team(std::string_view desk) {
    return concat("team:", desk);
}

}  // namespace ventanilla::domain
