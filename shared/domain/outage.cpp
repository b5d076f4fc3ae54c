#include "shared/domain/outage.hpp"

#include <algorithm>

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kKinds = std::to_array<Named<OutageKind>>({
    {OutageKind::Incident, "incident"},
    {OutageKind::Maintenance, "maintenance"},
});

constexpr auto kOutageStates = std::to_array<Named<OutageState>>({
    {OutageState::Investigating, "investigating"},
    {OutageState::Identified, "identified"},
    {OutageState::Monitoring, "monitoring"},
    {OutageState::Resolved, "resolved"},
    {OutageState::Scheduled, "scheduled"},
    {OutageState::InProgress, "in_progress"},
    {OutageState::Verifying, "verifying"},
    {OutageState::Completed, "completed"},
    {OutageState::FalseAlarm, "false_alarm"},
    {OutageState::Cancelled, "cancelled"},
    {OutageState::Merged, "merged"},
    {OutageState::HandedOver, "handed_over"},
    {OutageState::Rejected, "rejected"},
});

constexpr auto kNoticeClasses = std::to_array<Named<NoticeClass>>({
    {NoticeClass::Standard, "standard"},
    {NoticeClass::Emergency, "emergency"},
    {NoticeClass::Vendor, "vendor"},
});

constexpr auto kImpacts = std::to_array<Named<Impact>>({
    {Impact::Operational, "operational"},
    {Impact::Degraded, "degraded"},
    {Impact::Partial, "partial"},
    {Impact::Major, "major"},
});

Json to_json(const OutageUpdate& update) {
    Json object = Json::object();
    put(object, "id", update.id);
    object["state"] = name(update.state);
    put(object, "body", update.body);
    object["snapshot"] = to_json(update.snapshot);
    put(object, "eta_low", update.eta_low);
    put(object, "eta_high", update.eta_high);
    put(object, "next_update_due_at", update.next_update_due_at);
    object["at"] = to_ms(update.at);
    put(object, "author_name", update.author_name);
    put_flag(object, "is_material", update.is_material, true);
    return object;
}

Json to_json(const Contact& contact) {
    Json object = Json::object();
    put(object, "name", contact.name);
    put(object, "phone", contact.phone);
    put(object, "mail", contact.mail);
    return object;
}

Contact contact_of(const Json& object) {
    return {text_or(object, "name"), text_or(object, "phone"), text_or(object, "mail")};
}

Result<OutageUpdate> update_from(const Json& object) {
    OutageUpdate update;
    update.id = TRY(id_if_any(object, "id"));
    update.state = TRY(enum_at(object, "state", outage_state));
    update.body = l10n_or_empty(object, "body");
    update.snapshot = TRY(impacts_from_json(member(object, "snapshot")));
    update.eta_low = TRY(instant_if_any(object, "eta_low"));
    update.eta_high = TRY(instant_if_any(object, "eta_high"));
    update.next_update_due_at = TRY(instant_if_any(object, "next_update_due_at"));
    update.at = TRY(instant_at(object, "at"));
    update.author_name = text_or(object, "author_name");
    update.is_material = bool_or(object, "is_material", true);
    return update;
}

Json to_json(const std::vector<FormerPromise>& former) {
    Json list = Json::array();
    for (const FormerPromise& each : former)
        list.push_back({{"at", to_ms(each.at)},
                        {"from", to_ms(each.from)},
                        {"until", to_ms(each.until)}});
    return list;
}

Status read_former(const Json& body, Outage& outage) {
    if (!has(body, "former")) return ok();
    for (const Json& each : TRY(array_at(body, "former"))) {
        FormerPromise former;
        former.at = TRY(instant_at(each, "at"));
        former.from = TRY(instant_at(each, "from"));
        former.until = TRY(instant_at(each, "until"));
        outage.former.push_back(former);
    }
    return ok();
}

// What an outage has to do with others, and what only a maintenance has.
Status read_rest(const Json& body, Outage& outage) {
    (void)TRY(read_former(body, outage));
    if (has(body, "expected")) outage.expected = TRY(impacts_from_json(member(body, "expected")));
    if (has(body, "notice")) outage.notice = TRY(enum_at(body, "notice", notice_class));
    outage.series = TRY(id_if_any(body, "series"));
    outage.rrule = text_or(body, "rrule");
    outage.tz = text_or(body, "tz");
    outage.continued_in = TRY(id_if_any(body, "continued_in"));
    outage.continues = TRY(id_if_any(body, "continues"));
    for (const std::string& text : texts_or_none(body, "absorbed"))
        outage.absorbed.push_back(TRY(parse_id(text)));
    outage.is_backfilled = bool_or(body, "is_backfilled");
    outage.works_count = count_or(body, "works_count");
    outage.broken_count = count_or(body, "broken_count");
    return ok();
}

void put_rest(Json& body, const Outage& outage) {
    if (!outage.former.empty()) body["former"] = to_json(outage.former);
    if (!outage.expected.empty()) body["expected"] = to_json(outage.expected);
    if (outage.notice != NoticeClass::Standard) body["notice"] = name(outage.notice);
    put(body, "series", outage.series);
    put(body, "rrule", outage.rrule);
    put(body, "tz", outage.tz);
    put(body, "continued_in", outage.continued_in);
    put(body, "continues", outage.continues);
    std::vector<std::string> absorbed;
    for (const Id& id : outage.absorbed)
        absorbed.push_back(to_text(id));
    put(body, "absorbed", absorbed);
    put_flag(body, "is_backfilled", outage.is_backfilled);
    put_count(body, "works_count", outage.works_count);
    put_count(body, "broken_count", outage.broken_count);
}

Status read_updates(const Json& body, Outage& outage) {
    const Json updates = TRY(array_at(body, "updates"));
    for (const Json& update : updates)
        outage.updates.push_back(TRY(update_from(update)));
    if (outage.updates.empty()) return invalid("outage without an update", "updates");
    return ok();
}

}  // namespace

std::string_view name(OutageKind kind) {
    return name_in(kKinds, kind);
}
std::string_view name(OutageState state) {
    return name_in(kOutageStates, state);
}
std::string_view name(Impact impact) {
    return name_in(kImpacts, impact);
}
std::string_view name(NoticeClass notice) {
    return name_in(kNoticeClasses, notice);
}
std::optional<NoticeClass> notice_class(std::string_view name) {
    return value_in(kNoticeClasses, name);
}
std::optional<OutageKind> outage_kind(std::string_view name) {
    return value_in(kKinds, name);
}
std::optional<OutageState> outage_state(std::string_view name) {
    return value_in(kOutageStates, name);
}
std::optional<Impact> impact(std::string_view name) {
    return value_in(kImpacts, name);
}

bool is_open(OutageState state) {
    return state != OutageState::Resolved && state != OutageState::Completed &&
           state != OutageState::FalseAlarm && state != OutageState::Cancelled &&
           state != OutageState::Merged && state != OutageState::HandedOver &&
           state != OutageState::Rejected;
}

Json to_json(const std::vector<ServiceImpact>& impacts) {
    Json list = Json::array();
    for (const ServiceImpact& entry : impacts)
        list.push_back(Json{{"service", to_text(entry.service)}, {"impact", name(entry.impact)}});
    return list;
}

Result<std::vector<ServiceImpact>> impacts_from_json(const Json& value) {
    if (!value.is_array()) return invalid("list of services expected", "services");
    std::vector<ServiceImpact> impacts;
    for (const Json& entry : value) {
        const Id service = TRY(id_at(entry, "service"));
        impacts.push_back({service, TRY(enum_at(entry, "impact", impact))});
    }
    return impacts;
}

Json to_json(const OutageAudience& audience) {
    Json object = Json::object();
    if (audience.is_everybody) object["everybody"] = true;
    if (audience.sites.empty()) return object;
    Json sites = Json::array();
    for (const Id& site : audience.sites)
        sites.push_back(to_text(site));
    object["sites"] = std::move(sites);
    return object;
}

Result<OutageAudience> audience_from_json(const Json& value) {
    OutageAudience audience;
    if (!value.is_object()) return invalid("audience: object expected", "audience");
    if (has(value, "everybody")) audience.is_everybody = TRY(bool_at(value, "everybody"));
    if (!has(value, "sites")) return audience;
    for (const Json& site : TRY(array_at(value, "sites"))) {
        const Result<Id> id =
            site.is_string() ? parse_id(site.get_ref<const std::string&>()) : Errc::Invalid;
        if (!id) return invalid("audience: ids of sites expected", "audience");
        audience.sites.push_back(*id);
    }
    return audience;
}

Json to_json(const Outage& outage) {
    Json body = Json::object();
    put(body, "public_id", outage.public_id);
    body["kind"] = name(outage.kind);
    put(body, "title", outage.title);
    put(body, "impact", outage.impact);
    put(body, "workaround", outage.workaround);
    put(body, "workaround_article", outage.workaround_article);
    body["contact"] = to_json(outage.contact);
    body["audience"] = to_json(outage.audience);
    body["started_at"] = to_ms(outage.started_at);
    put(body, "scheduled_until", outage.scheduled_until);
    put(body, "ended_at", outage.ended_at);
    Json updates = Json::array();
    for (const OutageUpdate& update : outage.updates)
        updates.push_back(to_json(update));
    body["updates"] = std::move(updates);
    body["material_version"] = outage.material_version;
    put_count(body, "affected_count", outage.affected_count);
    put_rest(body, outage);
    return body;
}

Result<Outage> outage_from(const Row& row) {
    const Json& body = row.body;
    Outage outage;
    outage.id = row.ref.id;
    outage.public_id = text_or(body, "public_id");
    outage.kind = TRY(enum_at(body, "kind", outage_kind));
    outage.title = TRY(l10n_at(body, "title"));
    outage.impact = l10n_or_empty(body, "impact");
    outage.workaround = l10n_or_empty(body, "workaround");
    outage.workaround_article = text_or(body, "workaround_article");
    outage.contact = contact_of(member(body, "contact"));
    outage.audience = TRY(audience_from_json(member(body, "audience")));
    outage.started_at = TRY(instant_at(body, "started_at"));
    outage.scheduled_until = TRY(instant_if_any(body, "scheduled_until"));
    outage.ended_at = TRY(instant_if_any(body, "ended_at"));
    (void)TRY(read_updates(body, outage));
    outage.material_version = count_or(body, "material_version", 1);
    outage.affected_count = count_or(body, "affected_count");
    (void)TRY(read_rest(body, outage));
    return outage;
}

Impact worst_impact(const Outage& outage) {
    Impact worst = Impact::Operational;
    for (const ServiceImpact& entry : outage.latest().snapshot)
        worst = std::max(worst, entry.impact);
    return worst;
}

Id affected_id(const Id& outage, const Id& user) {
    return derived_id("affected", concat(to_text(outage), to_text(user)));
}

Json to_json(const Affected& affected) {
    Json body = Json::object();
    put(body, "outage", affected.outage);
    put(body, "user", affected.user);
    body["at"] = to_ms(affected.at);
    put_flag(body, "works", affected.works);
    put(body, "answered_at", affected.answered_at);
    return body;
}

Result<Affected> affected_from(const Row& row) {
    Affected affected;
    affected.id = row.ref.id;
    affected.outage = TRY(id_at(row.body, "outage"));
    affected.user = TRY(id_at(row.body, "user"));
    affected.at = TRY(instant_at(row.body, "at"));
    affected.works = bool_or(row.body, "works");
    affected.answered_at = TRY(instant_if_any(row.body, "answered_at"));
    return affected;
}

}  // namespace ventanilla::domain
