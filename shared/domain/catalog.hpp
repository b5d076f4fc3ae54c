#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/domain/form.hpp"
#include "shared/domain/lang.hpp"
#include "shared/domain/row.hpp"

// What people can ask for.

namespace ventanilla::domain {

enum class RequestKind : std::uint8_t { Incident, ServiceRequest, Change };

std::string_view name(RequestKind kind);  // "incident", "service_request", "change_request"
std::optional<RequestKind> request_kind(std::string_view name);

struct Category {
    Id id;
    std::string key;
    L10n name;
    std::string icon;  // a name of assets/icons
    int order = 0;
};

struct CatalogItem {
    Id id;
    std::string key;  // "INC-03"
    RequestKind kind = RequestKind::ServiceRequest;
    Id service;
    Id category;
    std::string desk;  // who works it: "it", "hr", "facilities", "finance"
    L10n title;
    L10n summary;
    L10n keywords;   // words people use, separated by spaces
    std::string icon;
    L10n lead_time;  // "Respuesta en 1 h"
    bool is_offline_allowed = true;
    bool is_kiosk_allowed = false;
    bool needs_approval = false;  // shown to the person before sending; the desk asks for it by hand
    int order = 0;                // smaller is asked for more often
    Form form;
};

Json to_json(const Category& category);
Json to_json(const CatalogItem& item);
Result<Category> category_from(const Row& row);         // Errors: Invalid.
Result<CatalogItem> catalog_item_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
