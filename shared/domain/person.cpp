#include "shared/domain/person.hpp"

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kRoles = std::to_array<Named<Role>>({
    {Role::Requester, "requester"},
    {Role::Agent, "agent"},
    {Role::Manager, "manager"},
    {Role::ServiceOwner, "service_owner"},
    {Role::IncidentManager, "incident_manager"},
    {Role::Spokesperson, "spokesperson"},
    {Role::Author, "author"},
    {Role::Reviewer, "reviewer"},
    {Role::Auditor, "auditor"},
    {Role::Admin, "admin"},
});

Json to_json(const Roles& roles) {
    Json names = Json::array();
    for (const Named<Role>& entry : kRoles)
        if (roles.has(entry.value)) names.push_back(entry.name);
    return names;
}

// A role that this build does not know grants nothing.
Roles roles_of(const Json& object) {
    Roles roles;
    for (const std::string& text : texts_or_none(object, "roles"))
        if (const std::optional<Role> known = role(text)) roles.add(*known);
    return roles;
}

}  // namespace

std::string_view name(Role role) {
    return name_in(kRoles, role);
}
std::optional<Role> role(std::string_view name) {
    return value_in(kRoles, name);
}

Roles::Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles)
        add(role);
}

bool Roles::has(Role role) const {
    return (bits_ & static_cast<std::uint16_t>(role)) != 0;
}

void Roles::add(Role role) {
    bits_ = static_cast<std::uint16_t>(bits_ | static_cast<std::uint16_t>(role));
}

Roles Roles::from_bits(std::uint16_t bits) {
    Roles roles;
    for (const Named<Role>& entry : kRoles)
        if ((bits & static_cast<std::uint16_t>(entry.value)) != 0) roles.add(entry.value);
    return roles;
}

Json to_json(const User& user) {
    Json body = Json::object();
    put(body, "login", user.login);
    put(body, "display_name", user.display_name);
    put(body, "email", user.email);
    body["lang"] = name(user.lang);
    put(body, "time_zone", user.time_zone);
    put(body, "site", user.site);
    body["roles"] = to_json(user.roles);
    put(body, "desks", user.desks);
    put_flag(body, "is_active", user.is_active, true);
    return body;
}

Json to_json(const Site& site) {
    Json body = Json::object();
    put(body, "key", site.key);
    put(body, "name", site.name);
    put(body, "time_zone", site.time_zone);
    return body;
}

Json to_json(const Service& service) {
    Json body = Json::object();
    put(body, "key", service.key);
    put(body, "name", service.name);
    put(body, "description", service.description);
    put(body, "desk", service.desk);
    put_count(body, "criticality", service.criticality, 3);
    return body;
}

Result<User> user_from(const Row& row) {
    const Json& body = row.body;
    User user;
    user.id = row.ref.id;
    user.login = TRY(full_text_at(body, "login"));
    user.display_name = TRY(full_text_at(body, "display_name"));
    user.email = text_or(body, "email");
    user.lang = lang_of(text_or(body, "lang"));
    user.time_zone = text_or(body, "time_zone");
    user.site = TRY(id_if_any(body, "site"));
    user.roles = roles_of(body);
    user.desks = texts_or_none(body, "desks");
    user.is_active = bool_or(body, "is_active", true);
    return user;
}

Result<Site> site_from(const Row& row) {
    Site site;
    site.id = row.ref.id;
    site.key = TRY(full_text_at(row.body, "key"));
    site.name = TRY(l10n_at(row.body, "name"));
    site.time_zone = text_or(row.body, "time_zone");
    return site;
}

Result<Service> service_from(const Row& row) {
    Service service;
    service.id = row.ref.id;
    service.key = TRY(full_text_at(row.body, "key"));
    service.name = TRY(l10n_at(row.body, "name"));
    service.description = l10n_or_empty(row.body, "description");
    service.desk = text_or(row.body, "desk");
    service.criticality = count_or(row.body, "criticality", 3);
    return service;
}

}  // namespace ventanilla::domain
