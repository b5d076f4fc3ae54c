#include "server/status/statuspage_json.hpp"

#include <array>
#include <cassert>

#include "shared/base/text.hpp"
#include "shared/status/phase.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using domain::OutageUpdate;
using domain::Service;
using status::Headline;
using status::ServiceStatus;

constexpr std::size_t kListMax = 50;

constexpr std::string_view kSummary = "/api/v2/summary.json";
constexpr std::string_view kStatus = "/api/v2/status.json";
constexpr std::string_view kComponents = "/api/v2/components.json";
constexpr std::string_view kIncidents = "/api/v2/incidents.json";
constexpr std::string_view kUnresolved = "/api/v2/incidents/unresolved.json";
constexpr std::string_view kMaintenances = "/api/v2/scheduled-maintenances.json";
constexpr std::string_view kUpcoming = "/api/v2/scheduled-maintenances/upcoming.json";
constexpr std::string_view kActive = "/api/v2/scheduled-maintenances/active.json";
constexpr std::array kPaths = {
    kSummary, kStatus, kComponents, kIncidents, kUnresolved, kMaintenances, kUpcoming, kActive};

// The names that Statuspage's clients know; part of the protocol, so not translated.
struct Overall {
    const char* indicator;
    const char* description;
};

Overall overall(Headline headline) {
    switch (headline) {
        case Headline::MajorOutage: return {"critical", "Major System Outage"};
        case Headline::PartialOutage: return {"major", "Partial System Outage"};
        case Headline::MinorOutage: return {"minor", "Minor Service Outage"};
        case Headline::Degraded: return {"minor", "Degraded System Service"};
        case Headline::PartiallyDegraded: return {"minor", "Partially Degraded Service"};
        case Headline::Maintenance: return {"none", "Service Under Maintenance"};
        case Headline::IncidentWithoutImpact:
        case Headline::AllOperational: return {"none", "All Systems Operational"};
        case Headline::Unknown: break;
    }
    return {"minor", "Status Unknown"};
}

const char* component_status(ServiceStatus status) {
    switch (status) {
        case ServiceStatus::Maintenance: return "under_maintenance";
        case ServiceStatus::Degraded: return "degraded_performance";
        case ServiceStatus::Partial: return "partial_outage";
        case ServiceStatus::Major: return "major_outage";
        case ServiceStatus::Operational:
        case ServiceStatus::Unknown: break;
    }
    return "operational";
}

const char* component_status(Impact impact, OutageKind kind) {
    if (impact == Impact::Operational) return "operational";
    if (kind == OutageKind::Maintenance) return "under_maintenance";
    if (impact == Impact::Degraded) return "degraded_performance";
    return impact == Impact::Partial ? "partial_outage" : "major_outage";
}

const char* impact_name(const Outage& outage) {
    if (outage.kind == OutageKind::Maintenance) return "maintenance";
    switch (weight_of(outage)) {
        case Impact::Major: return "critical";
        case Impact::Partial: return "major";
        case Impact::Degraded: return "minor";
        case Impact::Operational: break;
    }
    return "none";
}

std::string status_name(OutageState state) {
    if (state == OutageState::FalseAlarm || state == OutageState::Merged) return "resolved";
    if (state == OutageState::Cancelled || state == OutageState::HandedOver) return "completed";
    return std::string{domain::name(state)};
}

Json time_or_null(const std::optional<Instant>& at) {
    return at ? Json(iso8601(*at)) : Json(nullptr);
}

class Answers {
  public:
    explicit Answers(const Model& model) : model_(model) {
        page_id_ = public_letters(derived_id("page", model.facts.name));
        for (std::size_t i = 0; i < model.services.size(); ++i)
            components_.push_back(component(i));
        for (const Outage& outage : model.outages)
            sort_in(outage);
    }

    [[nodiscard]] Json at(std::string_view path) const {
        if (path == kStatus) return {{"page", page()}, {"status", status_json()}};
        if (path == kComponents) return with_page("components", components_);
        if (path == kIncidents) return with_page("incidents", incidents_);
        if (path == kUnresolved) return with_page("incidents", unresolved_);
        if (path == kMaintenances) return with_page("scheduled_maintenances", maintenances_);
        if (path == kUpcoming) return with_page("scheduled_maintenances", upcoming_);
        if (path == kActive) return with_page("scheduled_maintenances", active_);
        assert(path == kSummary);
        return {{"page", page()},
                {"status", status_json()},
                {"components", components_},
                {"incidents", unresolved_},
                {"scheduled_maintenances", coming_}};
    }

  private:
    [[nodiscard]] std::string text(const domain::L10n& words) const {
        return words.in(model_.facts.lang);
    }

    [[nodiscard]] Json page() const {
        return {{"id", page_id_},
                {"name", model_.facts.name},
                {"url", model_.facts.url},
                {"time_zone",
                 model_.facts.zone->name() == "UTC" ? "Etc/UTC" : model_.facts.zone->name()},
                {"updated_at", iso8601(model_.updated_at)}};
    }

    [[nodiscard]] Json status_json() const {
        const Overall is = overall(model_.rollup.headline);
        return {{"indicator", is.indicator}, {"description", is.description}};
    }

    [[nodiscard]] Json with_page(const char* key, const Json& list) const {
        return {{"page", page()}, {key, list}};
    }

    // The newest update that speaks of a service.
    [[nodiscard]] Instant touched_at(const Id& service) const {
        Instant at = model_.known_since;
        for (const Outage& outage : model_.outages)
            for (const OutageUpdate& update : outage.updates)
                for (const domain::ServiceImpact& entry : update.snapshot)
                    if (entry.service == service) at = std::max(at, update.at);
        return at;
    }

    [[nodiscard]] Json component(std::size_t index) const {
        const Service& service = model_.services[index];
        const std::string description = text(service.description);
        return {{"id", public_id(service)},
                {"name", text(service.name)},
                {"status", component_status(model_.rollup.services[index].status)},
                {"created_at", iso8601(model_.known_since)},
                {"updated_at", iso8601(touched_at(service.id))},
                {"position", index + 1},
                {"description", description.empty() ? Json(nullptr) : Json(description)},
                {"showcase", true},
                {"start_date", nullptr},
                {"group_id", nullptr},
                {"page_id", page_id_},
                {"group", false},
                {"only_show_if_degraded", false}};
    }

    [[nodiscard]] Json components_of(const Outage& outage) const {
        Json list = Json::array();
        for (std::size_t i = 0; i < model_.services.size(); ++i)
            for (const domain::ServiceImpact& entry : outage.latest().snapshot)
                if (entry.service == model_.services[i].id) list.push_back(components_[i]);
        return list;
    }

    [[nodiscard]] Json affected(const Outage& outage, std::size_t index) const {
        Json list = Json::array();
        for (const domain::ServiceImpact& entry : outage.updates[index].snapshot) {
            const Service* service = model_.service(entry.service);
            if (service == nullptr) continue;
            Impact before = Impact::Operational;
            if (index > 0)
                for (const domain::ServiceImpact& old : outage.updates[index - 1].snapshot)
                    if (old.service == entry.service) before = old.impact;
            list.push_back({{"code", public_id(*service)},
                            {"name", text(service->name)},
                            {"old_status", component_status(before, outage.kind)},
                            {"new_status", component_status(entry.impact, outage.kind)}});
        }
        return list;
    }

    [[nodiscard]] Json update(const Outage& outage, std::size_t index) const {
        const OutageUpdate& one = outage.updates[index];
        return {{"id", public_id(one)},
                {"status", status_name(one.state)},
                {"body", text(one.body)},
                {"incident_id", public_id(outage)},
                {"created_at", iso8601(one.at)},
                {"updated_at", iso8601(one.at)},
                {"display_at", iso8601(one.at)},
                {"deliver_notifications", one.is_material},
                {"custom_tweet", nullptr},
                {"tweet_id", nullptr},
                {"affected_components", affected(outage, index)}};
    }

    // Announced for a time that has come: under way, also when nobody has confirmed it yet.
    [[nodiscard]] std::string current_status(const Outage& outage) const {
        const bool is_waiting = outage.state() == OutageState::Scheduled;
        const bool has_come = is_waiting && status::is_active(phase(outage));
        return has_come ? "in_progress" : status_name(outage.state());
    }

    [[nodiscard]] status::Phase phase(const Outage& outage) const {
        return status::phase_of(outage, model_.as_of);
    }

    [[nodiscard]] Json incident(const Outage& outage) const {
        Json updates = Json::array();
        std::optional<Instant> monitoring_at;
        for (std::size_t i = outage.updates.size(); i-- > 0;) {
            updates.push_back(update(outage, i));
            if (outage.updates[i].state == OutageState::Monitoring)
                monitoring_at = outage.updates[i].at;
        }
        const bool is_planned = outage.kind == OutageKind::Maintenance;
        Json json = {
            {"id", public_id(outage)},
            {"name", text(outage.title)},
            {"status", current_status(outage)},
            {"created_at", iso8601(outage.updates.front().at)},
            {"updated_at", iso8601(outage.latest().at)},
            {"monitoring_at", time_or_null(monitoring_at)},
            {"resolved_at", time_or_null(outage.ended_at)},
            {"impact", impact_name(outage)},
            {"shortlink", concat(model_.facts.url, "/public/status.html#", public_id(outage))},
            {"started_at", iso8601(is_planned ? began_at(outage) : outage.started_at)},
            {"page_id", page_id_},
            {"incident_updates", updates},
            {"components", components_of(outage)},
            {"reminder_intervals", nullptr}};
        if (is_planned) {
            json["scheduled_for"] = iso8601(outage.started_at);
            json["scheduled_until"] = time_or_null(outage.scheduled_until);
        }
        return json;
    }

    static void add(Json& list, const Json& one) {
        if (list.size() < kListMax) list.push_back(one);
    }

    void sort_in(const Outage& outage) {
        const Json json = incident(outage);
        if (outage.kind == OutageKind::Incident) {
            add(incidents_, json);
            if (is_open(outage.state())) unresolved_.push_back(json);
            return;
        }
        add(maintenances_, json);
        if (!is_open(outage.state())) return;
        const bool is_active = status::is_active(phase(outage));
        (is_active ? active_ : upcoming_).push_back(json);
        coming_.push_back(json);
    }

    const Model& model_;
    std::string page_id_;
    Json components_ = Json::array();
    Json incidents_ = Json::array();
    Json unresolved_ = Json::array();
    Json maintenances_ = Json::array();
    Json upcoming_ = Json::array();
    Json active_ = Json::array();
    Json coming_ = Json::array();  // upcoming and active
};

}  // namespace

std::span<const std::string_view> statuspage_paths() {
    return kPaths;
}

Json statuspage_answer(const Model& model, std::string_view path) {
    return Answers{model}.at(path);
}

}  // namespace ventanilla::public_status
