#include "shared/commands/outage_deciding.hpp"

#include <algorithm>

#include "shared/rules/permissions.hpp"

namespace ventanilla::commands {
namespace {

using domain::Outage;
using domain::OutageUpdate;
using domain::RowType;

constexpr std::size_t kBodyBytesMax = 5'000;  // a detail of 1,200 characters and room for care
constexpr std::size_t kServicesMax = 100;

// Whoever writes names the newest update they had read; another one since then may change what
// they want to say. Errors: a rejection that leaves their text with them.
Status must_be_current(Deciding& now, const FoundOutage& found) {
    if (!has(now.command().args, "seen")) return ok();
    const Id seen = TRY(id_at(now.command().args, "seen"));
    if (seen == found.outage.latest().id) return ok();
    return stale(now, found, "reject.outage_moved");
}

// Answers to "is it working again?" are about the recovery they were given after.
bool is_restored(domain::OutageState state) {
    return state == domain::OutageState::Monitoring || state == domain::OutageState::Resolved;
}

}  // namespace

Status must_speak(const Deciding& now) {
    if (!rules::may_publish_outages(now.actor().viewer())) return Errc::Forbidden;
    return ok();
}

Result<std::optional<Instant>> time_if_any(const Deciding& now, std::string_view key) {
    if (!has(now.command().args, key)) return std::optional<Instant>{};
    return std::optional<Instant>{TRY(instant_at(now.command().args, key))};
}

Result<std::vector<domain::ServiceImpact>> impacts_at(Deciding& now, std::string_view key) {
    const Json& list = member(now.command().args, key);
    if (!list.is_array() || list.size() > kServicesMax)
        return now.wrong(key, "form.error.services_missing");
    Result<std::vector<domain::ServiceImpact>> services = domain::impacts_from_json(list);
    if (!services) return now.wrong(key, "form.error.choice");
    for (const domain::ServiceImpact& entry : *services)
        if (!now.state().find({RowType::Service, entry.service}))
            return now.wrong(key, "form.error.choice");
    return services;
}

Result<domain::OutageState> state_of(Deciding& now) {
    const std::optional<domain::OutageState> state =
        domain::outage_state(TRY(text_at(now.command().args, "state", 64)));
    if (!state) return now.wrong("state", "form.error.choice");
    return *state;
}

Result<OutageUpdate> update_of(Deciding& now) {
    OutageUpdate update;
    update.id = derived_id("update", now.command().cmd_id);
    update.state = TRY(state_of(now));
    update.body = TRY(now.l10n("body", kBodyBytesMax));
    update.snapshot = TRY(impacts_at(now, "services"));
    update.eta_low = TRY(time_if_any(now, "eta_low"));
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

Result<FoundOutage> find_outage(const Deciding& now) {
    FoundOutage found;
    found.row = TRY(now.row_at(RowType::Outage, "outage"));
    found.outage = TRY(domain::outage_from(found.row));
    return found;
}

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

Result<FoundOutage> find_to_speak(Deciding& now) {
    const FoundOutage found = TRY(find_outage(now));
    (void)TRY(must_speak(now));
    if (!is_done(now, found.outage)) (void)TRY(must_be_current(now, found));
    return found;
}

Status must_follow(Deciding& now,
                   const FoundOutage& found,
                   rules::OutageStep step,
                   domain::OutageState to) {
    const std::vector<domain::OutageState> allowed =
        rules::next_states(found.outage, step, now.now());
    if (std::find(allowed.begin(), allowed.end(), to) != allowed.end()) return ok();
    return stale(now, found, rules::refusal_of(found.outage, to, now.now()));
}

Status must_be_ready(Deciding& now, const std::vector<rules::OutageProblem>& problems) {
    if (!problems.empty()) return unready(now, problems);
    return ok();
}

RowChange change_of(const FoundOutage& found, const Outage& outage) {
    RowChange change;
    change.ref = found.row.ref;
    change.body = changed_body(found.row.body, to_json(found.outage), to_json(outage));
    return change;
}

void add_update(const Outage& before, Outage& outage, OutageUpdate update) {
    // A device's clock may be behind the last update; the list stays in order.
    update.at = std::max(update.at, before.latest().at);
    update.is_material =
        update.is_material || rules::is_material(before, update, outage.workaround);
    if (update.is_material) outage.material_version += 1;
    outage.ended_at.reset();
    if (!is_restored(update.state)) outage.works_count = outage.broken_count = 0;
    if (!is_open(update.state)) outage.ended_at = update.at;
    outage.updates.push_back(std::move(update));
}

Decision with_update(const FoundOutage& found, Outage outage, OutageUpdate update) {
    update.is_material = false;
    add_update(found.outage, outage, std::move(update));
    return {found.row.ref, {change_of(found, outage)}};
}

Result<OutageUpdate> words_of(Deciding& now, const Outage& outage, domain::OutageState state) {
    OutageUpdate update = outage.latest();
    update.id = derived_id("update", now.command().cmd_id);
    update.state = state;
    update.body = TRY(now.l10n("body", kBodyBytesMax));
    update.at = now.now();
    update.author_name = now.actor().display_name;
    if (has(now.command().args, "next_update_due_at"))
        update.next_update_due_at = TRY(time_if_any(now, "next_update_due_at"));
    return update;
}

}  // namespace ventanilla::commands
