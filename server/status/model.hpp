#pragma once

#include <string>
#include <vector>

#include "shared/base/time_zone.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/status/rollup.hpp"

// What anybody on the network may know of the desk's status, from which page, feeds, calendar and
// API are rendered. Public is what was addressed to everybody (ADR 9); the rest does not exist
// here.

namespace ventanilla::public_status {

// Of this installation; does not change while it runs.
struct Facts {
    std::string name = "Ventanilla";
    std::string url = "http://127.0.0.1:8080";  // what links begin with, no slash at the end
    domain::Lang lang = domain::Lang::Es;       // of what has one language only: API, /history.atom
    const TimeZone* zone = &utc();              // of the times on pages
};

struct Model {
    Facts facts;
    Instant as_of;                          // what is rendered was true then
    Instant known_since;                    // before it nobody can say how things were
    std::vector<domain::Service> services;  // the most critical first
    std::vector<domain::Outage> outages;    // newest first; overruns as incidents of their own
    status::Rollup rollup;                  // of the services, in their order
    Instant updated_at;                     // of the newest update; known_since without any

    [[nodiscard]] const domain::Service* service(const Id& id) const;
};

// What a store holds.
struct Rows {
    std::vector<domain::Service> services;
    std::vector<domain::Outage> outages;  // of all audiences
    Instant known_since;
};

Model public_model(const Facts& facts, Rows rows, Instant as_of);

// Ids in public addresses and in the API: twelve of [a-z0-9].
std::string public_id(const domain::Outage& outage);
std::string public_id(const domain::Service& service);
std::string public_id(const domain::OutageUpdate& update);

// When a maintenance began, as far as anybody said so; when it was to begin otherwise.
Instant began_at(const domain::Outage& maintenance);

// The worst an outage did while it is open; after it, the worst it ever did.
domain::Impact weight_of(const domain::Outage& outage);

// Whether any update of `outage` named the service; true for no service: for all.
bool concerns(const domain::Outage& outage, const domain::Service* service);

}  // namespace ventanilla::public_status
