#include "shared/domain/catalog.hpp"

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kRequestKinds = std::to_array<Named<RequestKind>>({
    {RequestKind::Incident, "incident"},
    {RequestKind::ServiceRequest, "service_request"},
    {RequestKind::Change, "change_request"},
});

}  // namespace

std::string_view name(RequestKind kind) {
    return name_in(kRequestKinds, kind);
}
std::optional<RequestKind> request_kind(std::string_view name) {
    return value_in(kRequestKinds, name);
}

Json to_json(const Category& category) {
    Json body = Json::object();
    put(body, "key", category.key);
    put(body, "name", category.name);
    put(body, "icon", category.icon);
    put_count(body, "order", category.order);
    return body;
}

Json to_json(const CatalogItem& item) {
    Json body = Json::object();
    put(body, "key", item.key);
    body["kind"] = name(item.kind);
    put(body, "service", item.service);
    put(body, "category", item.category);
    put(body, "desk", item.desk);
    put(body, "title", item.title);
    put(body, "summary", item.summary);
    put(body, "keywords", item.keywords);
    put(body, "icon", item.icon);
    put(body, "lead_time", item.lead_time);
    put_flag(body, "is_offline_allowed", item.is_offline_allowed, true);
    put_flag(body, "is_kiosk_allowed", item.is_kiosk_allowed);
    put_flag(body, "needs_approval", item.needs_approval);
    put_count(body, "order", item.order);
    body["form"] = to_json(item.form);
    return body;
}

Result<Category> category_from(const Row& row) {
    Category category;
    category.id = row.ref.id;
    category.key = TRY(full_text_at(row.body, "key"));
    category.name = TRY(l10n_at(row.body, "name"));
    category.icon = text_or(row.body, "icon");
    category.order = count_or(row.body, "order");
    return category;
}

Result<CatalogItem> catalog_item_from(const Row& row) {
    const Json& body = row.body;
    CatalogItem item;
    item.id = row.ref.id;
    item.key = TRY(full_text_at(body, "key"));
    item.kind = TRY(enum_at(body, "kind", request_kind));
    item.service = TRY(id_if_any(body, "service"));
    item.category = TRY(id_if_any(body, "category"));
    item.desk = TRY(full_text_at(body, "desk"));
    item.title = TRY(l10n_at(body, "title"));
    item.summary = l10n_or_empty(body, "summary");
    item.keywords = l10n_or_empty(body, "keywords");
    item.icon = text_or(body, "icon");
    item.lead_time = l10n_or_empty(body, "lead_time");
    item.is_offline_allowed = bool_or(body, "is_offline_allowed", true);
    item.is_kiosk_allowed = bool_or(body, "is_kiosk_allowed");
    item.needs_approval = bool_or(body, "needs_approval");
    item.order = count_or(body, "order");
    item.form = TRY(stored_form_from_json(member(body, "form")));
    return item;
}

}  // namespace ventanilla::domain
