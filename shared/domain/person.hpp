#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "shared/domain/lang.hpp"
#include "shared/domain/row.hpp"

// People, offices, services, and the roles people act in.

namespace ventanilla::domain {

// A set of roles as bits; stored, never renumber.
enum class Role : std::uint16_t {
    Requester = 1,
    Agent = 2,
    Manager = 4,
    ServiceOwner = 8,
    IncidentManager = 16,
    Spokesperson = 32,
    Author = 64,
    Reviewer = 128,
    Auditor = 256,
    Admin = 512,
};

// "requester", "agent", "manager", "service_owner", "incident_manager", "spokesperson", "author", …
std::string_view name(Role role);
std::optional<Role> role(std::string_view name);

class Roles {
  public:
    Roles() = default;
    Roles(std::initializer_list<Role> roles);
    [[nodiscard]] bool has(Role role) const;
    void add(Role role);
    [[nodiscard]] std::uint16_t bits() const { return bits_; }
    static Roles from_bits(std::uint16_t bits);
    friend bool operator==(const Roles&, const Roles&) = default;

  private:
    std::uint16_t bits_ = 0;
};

struct User {
    Id id;
    std::string login;
    std::string display_name;
    std::string email;
    Lang lang = Lang::Es;
    std::string time_zone;           // IANA
    Id site;                         // nil: remote
    Roles roles;
    std::vector<std::string> desks;  // keys of the desks an agent works for: "it", "hr", …
    bool is_active = true;
};

struct Site {
    Id id;
    std::string key;  // "madrid"
    L10n name;
    std::string time_zone;
};

struct Service {
    Id id;
    std::string key;  // "network"
    L10n name;
    L10n description;
    std::string desk;     // key of the desk that supports it
    int criticality = 3;  // 1 (highest) to 4
};

Json to_json(const User& user);
Json to_json(const Site& site);
Json to_json(const Service& service);

// Errors of all three: Invalid with the field at fault. `id` comes from the row, not from the body.
Result<User> user_from(const Row& row);
Result<Site> site_from(const Row& row);
Result<Service> service_from(const Row& row);

}  // namespace ventanilla::domain
