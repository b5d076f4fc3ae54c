#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/domain/lang.hpp"
#include "shared/domain/row.hpp"

// What is broken, or will be on purpose. Each update is a full snapshot of the impact per service, so that
// everything shown derives from the newest one. Source: outage.md 2.1 to 2.3.

namespace ventanilla::domain {

enum class OutageKind : std::uint8_t { Incident, Maintenance };
enum class OutageState : std::uint8_t {
    Investigating, Identified, Monitoring, Resolved,  // incidents
    Scheduled, InProgress, Verifying, Completed,      // maintenance
    FalseAlarm, Cancelled,
    Merged,      // goes on in another incident
    HandedOver,  // a maintenance that goes on as an incident of its own
    Rejected,    // several people reported it, and it was none: never published
};
// How long before its end a maintenance may still be extended as planned: a day, or not at all.
enum class NoticeClass : std::uint8_t { Standard, Emergency, Vendor };
enum class Impact : std::uint8_t { Operational = 0, Degraded = 3, Partial = 4, Major = 5 };  // outage.md 2.4

std::string_view name(OutageKind kind);    // "incident", "maintenance"
std::string_view name(OutageState state);  // "investigating", …, "in_progress", "false_alarm"
std::string_view name(Impact impact);      // "operational", "degraded", "partial", "major"
std::string_view name(NoticeClass notice);  // "standard", "emergency", "vendor"
std::optional<OutageKind> outage_kind(std::string_view name);
std::optional<OutageState> outage_state(std::string_view name);
std::optional<Impact> impact(std::string_view name);
std::optional<NoticeClass> notice_class(std::string_view name);

// Neither resolved, completed, a false alarm, cancelled nor continued in another outage.
bool is_open(OutageState state);

struct ServiceImpact {
    Id service;
    Impact impact = Impact::Operational;

    friend bool operator==(const ServiceImpact&, const ServiceImpact&) = default;
};

struct OutageUpdate {
    Id id;  // derived from its command
    OutageState state = OutageState::Investigating;
    L10n body;
    std::vector<ServiceImpact> snapshot;  // all services it concerns, not a difference
    std::optional<Instant> eta_low;       // the estimate is a range; only its end is shown
    std::optional<Instant> eta_high;      // shown rounded up to a quarter of an hour
    std::optional<Instant> next_update_due_at;  // required while open
    Instant at;
    std::string author_name;
    bool is_material = true;  // speaks, re-shows and notifies (outage.md 2.3)
};

struct Contact {
    std::string name;
    std::string phone;
    std::string mail;
};

// Who it concerns: everybody, or the people of some sites.
struct OutageAudience {
    bool is_everybody = false;
    std::vector<Id> sites;
};

// What was promised of a maintenance until `at`, when it was moved.
struct FormerPromise {
    Instant at;
    Instant from;
    Instant until;
};

struct Outage {
    Id id;
    std::string public_id;  // 12 letters, in URLs
    OutageKind kind = OutageKind::Incident;
    L10n title;   // "La VPN no conecta en Madrid"
    L10n impact;  // what people cannot do, in one sentence
    L10n workaround;
    std::string workaround_article;  // number of an article, empty when none
    Contact contact;
    OutageAudience audience;
    Instant started_at;
    std::optional<Instant> scheduled_until;  // maintenance: what is promised now
    std::vector<FormerPromise> former;       // maintenance: what was promised before, oldest first
    std::vector<ServiceImpact> expected;     // maintenance: what it was announced to do, at worst
    NoticeClass notice = NoticeClass::Standard;
    Id series;          // maintenance that comes again: its first; nil for one that does not
    std::string rrule;  // how often, RFC 5545, by the wall of `tz`; each time is a row of its own
    std::string tz;     // IANA
    std::optional<Instant> ended_at;
    std::vector<OutageUpdate> updates;  // oldest first, at least one
    int material_version = 1;           // dismissing hides one of these, not the outage
    int affected_count = 0;             // "me too", those of absorbed ones too
    int works_count = 0;   // of those: who said that it works again, since it last was restored
    int broken_count = 0;  // and who said that it does not
    Id continued_in;                    // merged or handed over: where its story goes on
    Id continues;                       // the maintenance this incident came out of
    std::vector<Id> absorbed;           // incidents that were merged into this one
    bool is_backfilled = false;         // written down afterwards: nobody was told

    [[nodiscard]] const OutageUpdate& latest() const { return updates.back(); }
    [[nodiscard]] OutageState state() const { return updates.back().state; }
};

// The forms they have in rows and commands: [{"service", "impact"}], and {"everybody": true} or {"sites": [ids]}.
// Errors of both: Invalid.
Json to_json(const std::vector<ServiceImpact>& impacts);
Json to_json(const OutageAudience& audience);
Result<std::vector<ServiceImpact>> impacts_from_json(const Json& value);
Result<OutageAudience> audience_from_json(const Json& value);

Json to_json(const Outage& outage);
Result<Outage> outage_from(const Row& row);  // Errors: Invalid, also when there is no update.

// The worst impact of the newest snapshot.
Impact worst_impact(const Outage& outage);

// "It happens to me too": one row per person and outage, whatever is tapped how often.
struct Affected {
    Id id;  // derived from outage and user
    Id outage;
    Id user;
    Instant at;
    // Once it is said to work again: whether it does for them. Of an earlier recovery when older.
    bool works = false;
    std::optional<Instant> answered_at;
};

Id affected_id(const Id& outage, const Id& user);
Json to_json(const Affected& affected);
Result<Affected> affected_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
