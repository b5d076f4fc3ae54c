#include <algorithm>

#include "shared/commands/deciding.hpp"
#include "shared/domain/outage.hpp"
#include "shared/rules/outage_flow.hpp"
#include "shared/rules/permissions.hpp"
#include "shared/rules/visibility.hpp"
#include "shared/rules/words.hpp"

// What those who speak for the desk say about outages, and the people who say "it happens to me
// too".

namespace ventanilla::commands {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageUpdate;
using domain::Row;
using domain::RowRef;
using domain::RowType;

constexpr std::size_t kBodyBytesMax = 5'000;      // a detail of 1,200 characters and room for care
constexpr std::size_t kSentenceBytesMax = 1'000;  // impact, workaround
constexpr std::size_t kContactBytesMax = 200;
constexpr std::size_t kServicesMax = 100;
constexpr std::size_t kSitesMax = 500;

Status must_speak(const Deciding& now) {
    if (!rules::may_publish_outages(now.actor().viewer())) return Errc::Forbidden;
    return ok();
}

Result<std::optional<Instant>> time_if_any(const Deciding& now, std::string_view key) {
    if (!has(now.command().args, key)) return std::optional<Instant>{};
    return std::optional<Instant>{TRY(instant_at(now.command().args, key))};
}

Result<std::vector<domain::ServiceImpact>> services_of(Deciding& now) {
    const Json& list = member(now.command().args, "services");
    if (!list.is_array() || list.size() > kServicesMax)
        return now.wrong("services", "form.error.services_missing");
    Result<std::vector<domain::ServiceImpact>> services = domain::impacts_from_json(list);
    if (!services) return now.wrong("services", "form.error.choice");
    for (const domain::ServiceImpact& entry : *services)
        if (!now.state().find({RowType::Service, entry.service}))
            return now.wrong("services", "form.error.choice");
    return services;
}

Result<domain::OutageAudience> audience_of(Deciding& now) {
    const Json& value = member(now.command().args, "audience");
    if (!only_keys(value, {"everybody", "sites"}))
        return now.wrong("audience", "form.error.audience_missing");
    Result<domain::OutageAudience> audience = domain::audience_from_json(value);
    if (!audience || audience->sites.size() > kSitesMax)
        return now.wrong("audience", "form.error.audience_missing");
    for (const Id& site : audience->sites)
        if (!now.state().find({RowType::Site, site}))
            return now.wrong("audience", "form.error.choice");
    return audience;
}

Result<std::string> contact_part(Deciding& now, const Json& contact, std::string_view key) {
    const Json& value = member(contact, key);
    if (value.is_null()) return std::string{};
    if (!value.is_string()) return now.wrong("contact", "form.error.invalid");
    std::string line = rules::clean_line(value.get_ref<const std::string&>());
    if (line.size() > kContactBytesMax) return now.wrong("contact", "reject.too_long");
    return line;
}

Result<domain::Contact> contact_of(Deciding& now) {
    const Json& value = member(now.command().args, "contact");
    if (!only_keys(value, {"name", "phone", "mail"}))
        return now.wrong("contact", "form.error.contact_missing");
    domain::Contact contact;
    contact.name = TRY(contact_part(now, value, "name"));
    contact.phone = TRY(contact_part(now, value, "phone"));
    contact.mail = TRY(contact_part(now, value, "mail"));
    return contact;
}

Result<domain::OutageState> state_of(Deciding& now) {
    const std::optional<domain::OutageState> state =
        domain::outage_state(TRY(text_at(now.command().args, "state", 64)));
    if (!state) return now.wrong("state", "form.error.choice");
    return *state;
}

// The update that the arguments describe; `at` is for the caller.
Result<OutageUpdate> update_of(Deciding& now) {
    OutageUpdate update;
    update.id = derived_id("update", now.command().cmd_id);
    update.state = TRY(state_of(now));
    update.body = TRY(now.l10n("body", kBodyBytesMax));
    update.snapshot = TRY(services_of(now));
    update.eta_high = TRY(time_if_any(now, "eta_high"));
    update.next_update_due_at = TRY(time_if_any(now, "next_update_due_at"));
    update.at = now.now();
    update.author_name = now.actor().display_name;
    return update;
}

Error unready(Deciding& now, const std::vector<rules::OutageProblem>& problems) {
    Rejection rejection;
    rejection.code = RejectCode::Invalid;
    rejection.message = "reject.invalid";
    for (const rules::OutageProblem& problem : problems)
        rejection.fields.push_back({problem.field, problem.message});
    return now.reject(std::move(rejection));
}

struct FoundOutage {
    Row row;
    Outage outage;
};

Result<FoundOutage> find_outage(const Deciding& now) {
    FoundOutage found;
    found.row = TRY(now.row_at(RowType::Outage, "outage"));
    found.outage = TRY(domain::outage_from(found.row));
    return found;
}

// Whether this very command was applied before: its update is among those of the outage.
bool is_done(const Deciding& now, const Outage& outage) {
    const Id id = derived_id("update", now.command().cmd_id);
    return std::any_of(outage.updates.begin(), outage.updates.end(), [&id](const auto& each) {
        return each.id == id;
    });
}

Error stale(Deciding& now, const FoundOutage& found, std::string message) {
    const Error error = now.stale(std::move(message), found.row);
    std::optional<Rejection> rejection = now.take_rejection();
    rejection->current["state"] = domain::name(found.outage.state());
    return now.reject(std::move(*rejection));
}

// The outage with `update` as its newest; banners come back only for news.
Decision with_update(const FoundOutage& found, Outage outage, OutageUpdate update) {
    // A device's clock may be behind the last update; the list stays in order.
    update.at = std::max(update.at, found.outage.latest().at);
    update.is_material = rules::is_material(found.outage, update, outage.workaround);
    if (update.is_material) outage.material_version += 1;
    if (!is_open(update.state)) outage.ended_at = update.at;
    outage.updates.push_back(std::move(update));
    RowChange change;
    change.ref = found.row.ref;
    change.body = changed_body(found.row.body, to_json(found.outage), to_json(outage));
    return {found.row.ref, {std::move(change)}};
}

Result<Outage> new_outage(Deciding& now) {
    const Json& args = now.command().args;
    Outage outage;
    outage.id = derived_id("outage", now.command().cmd_id);
    outage.public_id = public_letters(outage.id);
    const std::optional<domain::OutageKind> kind =
        domain::outage_kind(TRY(text_at(args, "kind", 64)));
    if (!kind) return now.wrong("kind", "form.error.choice");
    outage.kind = *kind;
    outage.title = TRY(now.l10n("title", limits::kTitleBytesMax));
    outage.impact = TRY(now.l10n("impact", kSentenceBytesMax));
    outage.workaround = TRY(now.l10n_if_any("workaround", kSentenceBytesMax));
    outage.workaround_article =
        TRY(now.text_if_any("workaround_article", limits::kFormKeyBytesMax));
    outage.contact = TRY(contact_of(now));
    outage.audience = TRY(audience_of(now));
    outage.started_at = TRY(instant_at(args, "started_at"));
    outage.scheduled_until = TRY(time_if_any(now, "scheduled_until"));
    outage.updates.push_back(TRY(update_of(now)));
    return outage;
}

}  // namespace

Result<Decision> publish_outage(Deciding& now) {
    (void)TRY(must_speak(now));
    (void)TRY(only_keys(now.command().args,
                        {"kind",
                         "title",
                         "impact",
                         "workaround",
                         "workaround_article",
                         "contact",
                         "audience",
                         "services",
                         "body",
                         "state",
                         "started_at",
                         "scheduled_until",
                         "eta_high",
                         "next_update_due_at"}));
    const RowRef ref{RowType::Outage, derived_id("outage", now.command().cmd_id)};
    if (now.state().find(ref)) return nothing_new(ref);
    const Outage outage = TRY(new_outage(now));
    const std::vector<rules::OutageProblem> problems = rules::problems_of_publishing(outage);
    if (!problems.empty()) return unready(now, problems);
    return Decision{ref, {{ref, to_json(outage), rules::audiences_of(outage), false}}};
}

Result<Decision> update_outage(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(
        args,
        {"outage", "state", "body", "services", "eta_high", "next_update_due_at", "workaround"}));
    const FoundOutage found = TRY(find_outage(now));
    (void)TRY(must_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    const std::vector<domain::OutageState> allowed = rules::next_states(found.outage);
    if (allowed.empty()) return stale(now, found, "reject.outage_over");
    OutageUpdate update = TRY(update_of(now));
    if (std::find(allowed.begin(), allowed.end(), update.state) == allowed.end())
        return stale(now, found, "reject.stale_transition");
    const std::vector<rules::OutageProblem> problems = rules::problems_of_update(update);
    if (!problems.empty()) return unready(now, problems);
    Outage outage = found.outage;
    if (has(args, "workaround"))
        outage.workaround = TRY(now.l10n_if_any("workaround", kSentenceBytesMax));
    return with_update(found, std::move(outage), std::move(update));
}

Result<Decision> resolve_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage", "body"}));
    const FoundOutage found = TRY(find_outage(now));
    (void)TRY(must_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    const std::optional<domain::OutageState> end = rules::ending_of(found.outage);
    if (!end)
        return stale(
            now,
            found,
            is_open(found.outage.state()) ? "reject.stale_transition" : "reject.outage_over");
    OutageUpdate update;
    update.id = derived_id("update", now.command().cmd_id);
    update.state = *end;
    update.body = TRY(now.l10n("body", kBodyBytesMax));
    update.at = now.now();
    update.author_name = now.actor().display_name;
    for (const domain::ServiceImpact& entry : found.outage.latest().snapshot)
        update.snapshot.push_back({entry.service, Impact::Operational});
    return with_update(found, found.outage, std::move(update));
}

Result<Decision> join_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage"}));
    const FoundOutage found = TRY(find_outage(now));
    const RowRef ref{RowType::Affected, domain::affected_id(found.outage.id, now.actor().user)};
    if (now.state().find(ref)) return nothing_new(found.row.ref);
    if (!is_open(found.outage.state())) return stale(now, found, "reject.outage_over");
    const domain::Affected affected{ref.id, found.outage.id, now.actor().user, now.reported_at()};
    Outage outage = found.outage;
    outage.affected_count += 1;
    RowChange counted;
    counted.ref = found.row.ref;
    counted.body = changed_body(found.row.body, to_json(found.outage), to_json(outage));
    return Decision{
        found.row.ref,
        {{ref, to_json(affected), rules::audiences_of(affected), false}, std::move(counted)}};
}

}  // namespace ventanilla::commands
