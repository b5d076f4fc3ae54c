#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/commands/outage_deciding.hpp"
#include "shared/rules/maintenance.hpp"
#include "shared/rules/visibility.hpp"

// When an outage turns out to be another one than it was said to be: a maintenance that is moved,
// or goes on as an incident; an incident that is part of another.

namespace ventanilla::commands {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageUpdate;
using domain::Row;
using domain::RowRef;
using domain::RowType;

// ---- outage.convert

Outage incident_out_of(const Outage& maintenance, Instant now) {
    Outage incident = maintenance;
    incident.id = derived_id("overrun", maintenance.id);
    incident.public_id = public_letters(incident.id);
    incident.kind = domain::OutageKind::Incident;
    incident.started_at = std::min(now, rules::covered_until(maintenance));
    incident.scheduled_until.reset();
    incident.ended_at.reset();
    incident.former.clear();
    incident.expected.clear();
    incident.series = {};
    incident.rrule.clear();
    incident.tz.clear();
    incident.notice = domain::NoticeClass::Standard;
    incident.updates.clear();
    incident.material_version = 1;
    incident.affected_count = 0;
    incident.continues = maintenance.id;
    return incident;
}

// ---- outage.merge

domain::OutageAudience both(domain::OutageAudience one, const domain::OutageAudience& other) {
    if (one.is_everybody || other.is_everybody) return {.is_everybody = true, .sites = {}};
    for (const Id& site : other.sites)
        if (std::find(one.sites.begin(), one.sites.end(), site) == one.sites.end())
            one.sites.push_back(site);
    return one;
}

std::vector<domain::ServiceImpact> both(std::vector<domain::ServiceImpact> one,
                                        const std::vector<domain::ServiceImpact>& other) {
    for (const domain::ServiceImpact& entry : other) {
        const auto same = std::find_if(one.begin(), one.end(), [&](const auto& each) {
            return each.service == entry.service;
        });
        if (same == one.end())
            one.push_back(entry);
        else
            same->impact = std::max(same->impact, entry.impact);
    }
    return one;
}

// The incident that `merged` goes on in: with its people, its services and its count.
RowChange absorbing(const FoundOutage& into, const Outage& merged, OutageUpdate update) {
    Outage outage = into.outage;
    outage.absorbed.push_back(merged.id);
    outage.absorbed.insert(outage.absorbed.end(), merged.absorbed.begin(), merged.absorbed.end());
    outage.affected_count += merged.affected_count;
    outage.audience = both(outage.audience, merged.audience);
    const bool is_wider = to_json(outage.audience) != to_json(into.outage.audience);
    const auto snapshot = both(outage.latest().snapshot, merged.latest().snapshot);
    if (is_wider || snapshot != outage.latest().snapshot) {
        const OutageUpdate& latest = outage.latest();
        update.id = derived_id("update_into", update.id);
        update.state = latest.state;
        update.snapshot = snapshot;
        update.eta_low = latest.eta_low;
        update.eta_high = latest.eta_high;
        update.next_update_due_at = latest.next_update_due_at;
        update.is_material = is_wider;
        add_update(into.outage, outage, std::move(update));
    }
    RowChange change = change_of(into, outage);
    change.audiences = rules::audiences_of(outage);
    return change;
}

// ---- outage.reject

constexpr std::int64_t kReportsMax = 100'000;

Result<OutageUpdate> words_of_rejection(Deciding& now) {
    OutageUpdate update;
    update.id = derived_id("update", now.command().cmd_id);
    update.state = domain::OutageState::Rejected;
    update.body = TRY(now.l10n("body", limits::kTitleBytesMax));
    update.author_name = now.actor().display_name;
    update.is_material = false;
    return update;
}

}  // namespace

// Several people reported the same, and it was no outage: kept among the staff, so that nobody is
// asked again.
Result<Decision> reject_outage(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(args, {"first", "service", "title", "started_at", "reports", "body"}));
    (void)TRY(must_speak(now));
    Outage outage;
    outage.id = derived_id("candidate", TRY(id_at(args, "first")));
    const RowRef ref{RowType::Outage, outage.id};
    if (now.state().find(ref)) return nothing_new(ref);
    outage.public_id = public_letters(outage.id);
    outage.title = TRY(now.l10n("title", limits::kTitleBytesMax));
    outage.started_at = TRY(instant_at(args, "started_at"));
    const std::int64_t reports = TRY(int_at(args, "reports"));
    if (reports < 0 || reports > kReportsMax) return now.wrong("reports", "form.error.invalid");
    outage.affected_count = static_cast<int>(reports);
    outage.ended_at = std::max(now.now(), outage.started_at);
    const Row service = TRY(now.row_at(RowType::Service, "service"));
    OutageUpdate update = TRY(words_of_rejection(now));
    update.snapshot = {{service.ref.id, Impact::Operational}};
    update.at = *outage.ended_at;
    outage.updates.push_back(std::move(update));
    return Decision{ref, {{ref, to_json(outage), rules::audiences_of(outage), false}}};
}

Result<Decision> move_outage(Deciding& now) {
    (void)TRY(only_keys(
        now.command().args,
        {"outage", "seen", "started_at", "scheduled_until", "body", "next_update_due_at"}));
    const FoundOutage found = TRY(find_to_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    const domain::OutageState state = found.outage.state();
    if (found.outage.kind != domain::OutageKind::Maintenance)
        return stale(now, found, "reject.outage_no_window");
    (void)TRY(must_follow(now, found, rules::OutageStep::Move, state));
    Outage outage = found.outage;
    outage.scheduled_until = TRY(instant_at(now.command().args, "scheduled_until"));
    if (const auto start = TRY(time_if_any(now, "started_at"))) {
        if (*start != outage.started_at && state != domain::OutageState::Scheduled)
            return stale(now, found, "reject.outage_begun");
        outage.started_at = *start;
    }
    if (*outage.scheduled_until <= outage.started_at)
        return now.wrong("scheduled_until", "form.error.schedule_backwards");
    if (*outage.scheduled_until <= now.now())
        return now.wrong("scheduled_until", "form.error.schedule_past");
    if (found.outage.scheduled_until)
        outage.former.push_back(
            {now.now(), found.outage.started_at, *found.outage.scheduled_until});
    OutageUpdate update = TRY(words_of(now, found.outage, state));
    update.is_material = true;
    add_update(found.outage, outage, std::move(update));
    return Decision{found.row.ref, {change_of(found, outage)}};
}

Result<Decision> convert_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args,
                        {"outage",
                         "seen",
                         "state",
                         "title",
                         "body",
                         "services",
                         "eta_low",
                         "eta_high",
                         "next_update_due_at"}));
    const FoundOutage found = TRY(find_to_speak(now));
    const RowRef ref{RowType::Outage, derived_id("overrun", found.outage.id)};
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    if (found.outage.kind != domain::OutageKind::Maintenance)
        return stale(now, found, "reject.outage_no_window");
    (void)TRY(must_follow(now, found, rules::OutageStep::Convert, domain::OutageState::HandedOver));
    Outage incident = incident_out_of(found.outage, now.now());
    incident.title = TRY(now.l10n("title", limits::kTitleBytesMax));
    OutageUpdate update = TRY(update_of(now));
    update.id = derived_id("update_handed", update.id);
    incident.updates.push_back(update);
    (void)TRY(must_be_ready(now, rules::problems_of_publishing(incident)));
    Outage maintenance = found.outage;
    maintenance.continued_in = incident.id;
    OutageUpdate last = TRY(words_of(now, found.outage, domain::OutageState::HandedOver));
    last.eta_low = last.eta_high = last.next_update_due_at = std::nullopt;
    Decision decision = with_update(found, std::move(maintenance), std::move(last));
    decision.changes.push_back({ref, to_json(incident), rules::audiences_of(incident), false});
    return decision;
}

Result<Decision> merge_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage", "seen", "into", "body"}));
    const FoundOutage found = TRY(find_to_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    (void)TRY(must_follow(now, found, rules::OutageStep::Merge, domain::OutageState::Merged));
    FoundOutage into;
    into.row = TRY(now.row_at(RowType::Outage, "into"));
    into.outage = TRY(domain::outage_from(into.row));
    const bool is_target = into.outage.kind == domain::OutageKind::Incident &&
                           is_open(into.outage.state()) && into.outage.id != found.outage.id;
    if (!is_target) return now.wrong("into", "form.error.merge_target");
    Outage outage = found.outage;
    outage.continued_in = into.outage.id;
    OutageUpdate update = TRY(words_of(now, found.outage, domain::OutageState::Merged));
    update.eta_low = update.eta_high = update.next_update_due_at = std::nullopt;
    RowChange absorbed = absorbing(into, found.outage, update);
    Decision decision = with_update(found, std::move(outage), std::move(update));
    decision.changes.push_back(std::move(absorbed));
    return decision;
}

}  // namespace ventanilla::commands
