#include "wasm/views/outage_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/base/time_zone.hpp"
#include "shared/rules/outage_flow.hpp"

// From what is written to the command that says it, and back. The outage as it would be read is
// made first: preview, problems and advice look at that.

namespace ventanilla::views {

namespace {

using domain::Impact;
using domain::L10n;
using domain::Outage;
using domain::OutageState;
using domain::OutageUpdate;

L10n both(const OutageForm& form, const std::string& key) {
    return {form.text(key + "_es"), form.text(key + "_en")};
}

std::optional<Instant> minutes_from(const OutageForm& form, std::string_view key, Instant now) {
    const std::string text = form.text(key);
    int minutes = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (error != std::errc{} || minutes <= 0) return std::nullopt;
    return now + std::chrono::minutes{minutes};
}

bool is_written(const OutageForm& form, std::string_view key) {
    return form.texts.find(key) != form.texts.end();
}

bool has_window(const OutageForm& form) {
    const std::string kind = form.text("kind");
    return kind == kMaintenance || kind == kBackfill;
}

Id id_of(const std::string& text) {
    const Result<Id> id = parse_id(text);
    return id ? *id : Id{};
}

// ---- what would be read

void read_times(const OutageForm& form, Instant now, OutageUpdate& update) {
    update.at = now;
    update.eta_low = minutes_from(form, "eta_low", now);
    update.eta_high = minutes_from(form, "eta_high", now);
    update.next_update_due_at = minutes_from(form, "next", now);
}

void read_window(const Say& say, const OutageForm& form, Outage& outage) {
    const std::optional<Instant> starts = wall_instant(say, form.text("starts"));
    const std::optional<Instant> ends = wall_instant(say, form.text("ends"));
    OutageUpdate& update = outage.updates.back();
    if (starts) outage.started_at = *starts;
    if (form.text("kind") == kBackfill) {
        outage.is_backfilled = true;
        outage.ended_at = ends;
        update.next_update_due_at.reset();
        OutageUpdate last = update;
        last.state = OutageState::Resolved;
        for (domain::ServiceImpact& entry : last.snapshot)
            entry.impact = Impact::Operational;
        outage.updates.push_back(std::move(last));
        return;
    }
    outage.kind = domain::OutageKind::Maintenance;
    outage.scheduled_until = ends;
    outage.notice =
        domain::notice_class(form.text("notice")).value_or(domain::NoticeClass::Standard);
    outage.expected = update.snapshot;
    const bool is_ahead = outage.started_at > say.now;
    update.state = is_ahead ? OutageState::Scheduled : OutageState::InProgress;
    // The next thing to be said is that it begins, then that it ends.
    update.next_update_due_at = is_ahead ? outage.started_at : ends;
}

Outage new_outage(const AppState& state, const OutageForm& form, Instant now) {
    Outage outage;
    outage.title = both(form, "title");
    outage.impact = both(form, "impact");
    outage.workaround = both(form, "workaround");
    outage.workaround_article = form.text("article");
    outage.contact = {
        form.text("contact_name"), form.text("contact_phone"), form.text("contact_mail")};
    outage.audience.is_everybody = form.sites.empty();
    for (const std::string& site : form.sites)
        outage.audience.sites.push_back(id_of(site));
    outage.started_at = wall_instant(say_for(state, now), form.text("since")).value_or(now);
    OutageUpdate update;
    update.body = both(form, "body");
    update.snapshot = snapshot_of(form, nullptr);
    read_times(form, now, update);
    outage.updates.push_back(std::move(update));
    if (has_window(form)) read_window(say_for(state, now), form, outage);
    return outage;
}

OutageState state_after(const OutageForm& form, const Outage& before, std::string_view act) {
    if (act == kActEnd) return rules::ending_of(before).value_or(OutageState::Completed);
    if (act == kActCancel) return OutageState::Cancelled;
    if (act == kActFalseAlarm) return OutageState::FalseAlarm;
    if (act == kActMerge) return OutageState::Merged;
    const OutageState usual =
        act == kActReopen || act == kActConvert ? OutageState::Identified : before.state();
    return domain::outage_state(form.text("state")).value_or(usual);
}

Outage next_outage(const AppState& state,
                   const OutageForm& form,
                   const Outage& before,
                   Instant now) {
    const std::string act = act_of(form, before, now);
    Outage outage = before;
    OutageUpdate update = before.latest();
    update.id = {};
    update.body = both(form, "body");
    // An estimate holds until another is given, or taken back, or it has passed.
    const bool keeps_eta = form.text("eta_high").empty() && update.eta_high > now;
    const OutageUpdate last = update;
    read_times(form, now, update);
    if (keeps_eta) {
        update.eta_high = last.eta_high;
        if (!update.eta_low) update.eta_low = last.eta_low;
    }
    if (act == kActMove) {
        const Say say = say_for(state, now);
        if (const auto starts = wall_instant(say, form.text("starts"))) outage.started_at = *starts;
        if (is_written(form, "ends")) outage.scheduled_until = wall_instant(say, form.text("ends"));
        update.next_update_due_at = outage.scheduled_until;
        if (before.state() == OutageState::Scheduled) update.next_update_due_at = outage.started_at;
    } else {
        update.snapshot = snapshot_of(form, &before);
        update.state = state_after(form, before, act);
    }
    if (act == kActConvert) {
        outage.kind = domain::OutageKind::Incident;
        outage.title = both(form, "title");
    }
    if (!domain::is_open(update.state)) {
        for (domain::ServiceImpact& entry : update.snapshot)
            entry.impact = Impact::Operational;
        if (update.body.empty() && act == kActEnd)
            update.body = {std::string(tr(Lang::Es, K::outage_resolved_body)),
                           std::string(tr(Lang::En, K::outage_resolved_body))};
    }
    // A window has said when it begins and ends: that is the next time somebody speaks.
    const bool has_end =
        outage.kind == domain::OutageKind::Maintenance && outage.scheduled_until.has_value();
    if (!update.next_update_due_at && has_end) {
        const bool is_ahead = update.state == OutageState::Scheduled;
        update.next_update_due_at =
            std::max(is_ahead ? outage.started_at : *outage.scheduled_until, now);
    }
    if (!both(form, "workaround").empty()) outage.workaround = both(form, "workaround");
    outage.updates.push_back(std::move(update));
    return outage;
}

// ---- what keeps it from being published

struct FieldOfArgument {
    std::string_view argument;
    std::string_view field;
};
constexpr auto kFields = std::to_array<FieldOfArgument>({
    {"title", "title_es"},
    {"impact", "impact_es"},
    {"workaround", "workaround_es"},
    {"body", "body_es"},
    {"contact", "contact_name"},
    {"audience", "sites"},
    {"next_update_due_at", "next"},
    {"started_at", "starts"},
    {"scheduled_until", "ends"},
    {"ended_at", "ends"},
    {"expected", "services"},
});

void require(
    const Say& say, bool is_there, const char* field, K message, std::vector<FieldProblem>& out) {
    if (!is_there) out.push_back({field, std::string(say(message))});
}

void publishing_problems(const AppState& state,
                         const Say& say,
                         const Outage& outage,
                         std::vector<FieldProblem>& out) {
    const OutageForm& form = outage_form(state);
    for (const rules::OutageProblem& each : rules::problems_of_publishing(outage)) {
        // A window says itself when the next word is due.
        const bool is_of_window = has_window(form) && each.field == "next_update_due_at";
        if (!is_of_window) out.push_back(problem_of_argument(say, each.field, each.message));
    }
    if (has_window(form))
        require(say,
                wall_instant(say, form.text("starts")).has_value(),
                "starts",
                K::form_error_datetime,
                out);
    else
        require(say, !outage.workaround.empty(), "workaround_es", K::outage_need_workaround, out);
    const auto people = state.library.people_at(outage.audience.sites);
    require(say, form.sites.empty() || people != 0, "sites", K::outage_seen_none, out);
}

void next_problems(const Say& say,
                   const OutageForm& form,
                   const Outage& before,
                   const Outage& after,
                   std::vector<FieldProblem>& out) {
    const std::string act = act_of(form, before, say.now);
    if (act == kActConvert)
        require(say, !after.title.empty(), "title_es", K::form_error_title_missing, out);
    if (act == kActMerge)
        require(say, !form.text("into").empty(), "into", K::form_error_choice, out);
    if (act == kActMove) {
        const bool has_end = after.scheduled_until.has_value();
        require(say, has_end, "ends", K::form_error_schedule_missing, out);
        if (has_end)
            require(say,
                    *after.scheduled_until > after.started_at,
                    "ends",
                    K::form_error_schedule_backwards,
                    out);
        if (has_end && out.empty())
            require(
                say, *after.scheduled_until > say.now, "ends", K::form_error_schedule_past, out);
    }
    for (const rules::OutageProblem& each : rules::problems_of_update(after.latest()))
        out.push_back(problem_of_argument(say, each.field, each.message));
}

// ---- the command

void put_time(Json& args, const char* key, const std::optional<Instant>& at) {
    if (at) args[key] = to_ms(*at);
}

void put_update(const OutageUpdate& update, Json& args) {
    args["state"] = domain::name(update.state);
    args["services"] = domain::to_json(update.snapshot);
    put_time(args, "eta_low", update.eta_low);
    put_time(args, "eta_high", update.eta_high);
    put_time(args, "next_update_due_at", update.next_update_due_at);
}

Json publish_args(const Outage& outage) {
    Json args = {{"kind", domain::name(outage.kind)},
                 {"title", domain::to_json(outage.title)},
                 {"impact", domain::to_json(outage.impact)},
                 {"body", domain::to_json(outage.latest().body)},
                 {"contact",
                  {{"name", outage.contact.name},
                   {"phone", outage.contact.phone},
                   {"mail", outage.contact.mail}}},
                 {"audience", domain::to_json(outage.audience)},
                 {"started_at", to_ms(outage.started_at)}};
    put_update(outage.latest(), args);
    args["services"] = domain::to_json(outage.updates.front().snapshot);
    if (!outage.workaround.empty()) args["workaround"] = domain::to_json(outage.workaround);
    if (!outage.workaround_article.empty()) args["workaround_article"] = outage.workaround_article;
    put_time(args, "scheduled_until", outage.scheduled_until);
    if (outage.is_backfilled) put_time(args, "ended_at", outage.ended_at);
    if (outage.scheduled_until) args["notice"] = domain::name(outage.notice);
    return args;
}

OutageCommand next_command(const OutageForm& form,
                           const Outage& before,
                           const Outage& after,
                           Instant now) {
    const std::string act = act_of(form, before, now);
    const OutageUpdate& update = after.latest();
    Json args = {{"outage", to_text(before.id)},
                 {"seen", to_text(is_nil(form.seen) ? before.latest().id : form.seen)},
                 {"body", domain::to_json(update.body)}};
    if (act == kActEnd) return {"outage.resolve", args};
    if (act == kActMerge) {
        args["into"] = form.text("into");
        return {"outage.merge", args};
    }
    if (act == kActMove) {
        put_time(args, "started_at", after.started_at);
        put_time(args, "scheduled_until", after.scheduled_until);
        put_time(args, "next_update_due_at", update.next_update_due_at);
        return {"outage.move", args};
    }
    put_update(update, args);
    if (act == kActConvert) {
        args["title"] = domain::to_json(after.title);
        return {"outage.convert", args};
    }
    if (after.workaround != before.workaround)
        args["workaround"] = domain::to_json(after.workaround);
    return {"outage.update", args};
}

// ---- and back

void read_both(const Json& args, const std::string& key, OutageForm& form) {
    const Json& text = member(args, key);
    if (text.is_null()) return;
    form.texts[key + "_es"] = text_or(text, "es");
    form.texts[key + "_en"] = text_or(text, "en");
}

void read_wall(
    const Say& say, const Json& args, const char* key, const char* field, OutageForm& form) {
    if (const std::int64_t ms = int_or(args, key); ms != 0)
        form.texts[field] = wall_text(say, from_ms(ms));
}

std::string act_of_command(const OutageCommand& command) {
    if (command.type == "outage.resolve") return std::string(kActEnd);
    const std::string name = command.type.substr(command.type.find('.') + 1);
    const std::string state = text_or(command.args, "state");
    if (name == kActUpdate && (state == kActCancel || state == kActFalseAlarm)) return state;
    return name;
}

}  // namespace

std::string OutageForm::text(std::string_view key) const {
    const auto at = texts.find(key);
    return at == texts.end() ? std::string{} : std::string(trimmed(at->second));
}

Outage drafted_outage(const AppState& state, Instant now) {
    const OutageForm& form = outage_form(state);
    const Outage* before = outage_of_route(state);
    return before == nullptr ? new_outage(state, form, now)
                             : next_outage(state, form, *before, now);
}

std::vector<domain::ServiceImpact> snapshot_of(const OutageForm& form, const Outage* before) {
    std::vector<domain::ServiceImpact> snapshot;
    if (before != nullptr) snapshot = before->latest().snapshot;
    if (!form.services.empty()) {
        std::vector<domain::ServiceImpact> chosen;
        for (const std::string& service : form.services) {
            const Id id = id_of(service);
            const auto known = std::find_if(snapshot.begin(),
                                            snapshot.end(),
                                            [&](const auto& each) { return each.service == id; });
            chosen.push_back({id, known == snapshot.end() ? Impact::Partial : known->impact});
        }
        snapshot = std::move(chosen);
    }
    for (domain::ServiceImpact& entry : snapshot)
        entry.impact =
            domain::impact(form.text("level." + to_text(entry.service))).value_or(entry.impact);
    return snapshot;
}

std::string act_of(const OutageForm& form, const Outage& before, Instant now) {
    const std::vector<std::string_view> acts = acts_for(before, now);
    const std::string chosen = form.text("act");
    if (std::find(acts.begin(), acts.end(), chosen) != acts.end()) return chosen;
    return acts.empty() ? std::string{} : std::string(acts.front());
}

std::vector<std::string_view> acts_for(const Outage& outage, Instant now) {
    std::vector<std::string_view> acts;
    const auto updates = rules::next_states(outage, rules::OutageStep::Update, now);
    const auto can = [&](rules::OutageStep step) {
        return !rules::next_states(outage, step, now).empty();
    };
    const auto leads_to = [&](OutageState state) {
        return std::find(updates.begin(), updates.end(), state) != updates.end();
    };
    if (!updates.empty()) acts.push_back(kActUpdate);
    if (rules::ending_of(outage)) acts.push_back(kActEnd);
    if (can(rules::OutageStep::Move)) acts.push_back(kActMove);
    if (can(rules::OutageStep::Convert)) acts.push_back(kActConvert);
    if (leads_to(OutageState::Cancelled)) acts.push_back(kActCancel);
    if (leads_to(OutageState::FalseAlarm)) acts.push_back(kActFalseAlarm);
    if (can(rules::OutageStep::Merge)) acts.push_back(kActMerge);
    if (can(rules::OutageStep::Reopen)) acts.push_back(kActReopen);
    return acts;
}

const OutageForm& outage_form(const AppState& state) {
    static const OutageForm kNothing;
    const auto at = state.outage_forms.find(state.route.key);
    return at == state.outage_forms.end() ? kNothing : at->second;
}

const Outage* outage_of_route(const AppState& state) {
    if (state.route.page != Page::Outage) return nullptr;
    return state.library.outage(id_of(state.route.key));
}

FieldProblem problem_of_argument(const Say& say, std::string_view field, std::string_view message) {
    for (const FieldOfArgument& each : kFields)
        if (each.argument == field) field = each.field;
    const K key = key_named(message).value_or(K::form_error_invalid);
    return {std::string(field), tr(say.lang, key, {{"limit", ""}})};
}

std::vector<FieldProblem> outage_problems(const AppState& state, Instant now) {
    std::vector<FieldProblem> out;
    const Say say = say_for(state, now);
    const Outage after = drafted_outage(state, now);
    if (const Outage* before = outage_of_route(state))
        next_problems(say, outage_form(state), *before, after, out);
    else
        publishing_problems(state, say, after, out);
    return out;
}

OutageCommand outage_command(const AppState& state, Instant now) {
    const Outage after = drafted_outage(state, now);
    if (const Outage* before = outage_of_route(state))
        return next_command(outage_form(state), *before, after, now);
    OutageCommand command{"outage.publish", publish_args(after)};
    const Occurrences series = occurrences_of(say_for(state, now), outage_form(state));
    if (after.kind == domain::OutageKind::Maintenance && !series.later.empty()) {
        command.args["rrule"] = outage_form(state).text("rrule");
        command.args["tz"] = state.session.info.time_zone;
        for (const auto& [from, until] : series.later)
            command.args["later"].push_back(
                {{"started_at", to_ms(from)}, {"scheduled_until", to_ms(until)}});
    }
    return command;
}

void read_outage_args(const Say& say, const OutageCommand& command, OutageForm& form) {
    const Json& args = command.args;
    for (const char* key : {"title", "impact", "workaround", "body"})
        read_both(args, key, form);
    for (const char* key : {"state", "into", "notice", "rrule"})
        if (has(args, key)) form.texts[key] = text_or(args, key);
    form.texts["article"] = text_or(args, "workaround_article");
    for (const char* key : {"name", "phone", "mail"})
        form.texts[concat("contact_", key)] = text_or(member(args, "contact"), key);
    form.services.clear();
    for (const Json& each : member(args, "services")) {
        form.services.push_back(text_or(each, "service"));
        form.texts["level." + form.services.back()] = text_or(each, "impact");
    }
    form.sites.clear();
    for (const Json& each : member(member(args, "audience"), "sites"))
        if (each.is_string()) form.sites.push_back(each.get<std::string>());
    if (command.type != "outage.publish") {
        form.texts["act"] = act_of_command(command);
        form.seen = id_or_nil(args, "seen");
    } else if (has(args, "ended_at")) {
        form.texts["kind"] = kBackfill;
    } else if (text_or(args, "kind") == domain::name(domain::OutageKind::Maintenance)) {
        form.texts["kind"] = kMaintenance;
    }
    read_wall(say, args, "started_at", "starts", form);
    read_wall(say, args, "scheduled_until", "ends", form);
    read_wall(say, args, "ended_at", "ends", form);
}

}  // namespace ventanilla::views
