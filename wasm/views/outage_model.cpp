#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/outage_flow.hpp"
#include "shared/rules/outage_lint.hpp"
#include "shared/status/phase.hpp"
#include "wasm/views/outage_form.hpp"
#include "wasm/views/request_view.hpp"

// What stands on the console besides what is written: what can be chosen, what it would look like,
// what a good editor would say, and what was promised.

namespace ventanilla::views {

namespace {

using domain::Outage;
using domain::OutageState;
using rules::Lint;

constexpr Millis kRemindBefore = std::chrono::minutes{5};
constexpr std::size_t kToldMax = 20;

K word_of(OutageState state) {
    using enum OutageState;
    switch (state) {
        case Investigating: return K::outage_investigating;
        case Identified: return K::outage_identified;
        case Monitoring: return K::outage_monitoring;
        case Scheduled: return K::outage_scheduled;
        case InProgress: return K::outage_in_progress;
        case Verifying: return K::outage_verifying;
        case FalseAlarm: return K::outage_was_false;
        case Cancelled: return K::outage_cancelled;
        case Merged: return K::outage_merged;
        case HandedOver: return K::outage_handed_over;
        case Rejected:
        case Resolved:
        case Completed: break;
    }
    return K::outage_ended;
}

K word_of(std::string_view act) {
    if (act == kActEnd) return K::outage_resolve;
    if (act == kActMove) return K::outage_act_move;
    if (act == kActConvert) return K::outage_act_convert;
    if (act == kActCancel) return K::outage_act_cancel;
    if (act == kActFalseAlarm) return K::outage_act_false;
    if (act == kActMerge) return K::outage_act_merge;
    return act == kActReopen ? K::outage_act_reopen : K::outage_act_update;
}

std::string audience_text(const AppState& state, const Say& say, const Outage& outage) {
    std::string names;
    for (const domain::Site& site : state.library.sites()) {
        const auto& named = outage.audience.sites;
        const bool is_named = std::find(named.begin(), named.end(), site.id) != named.end();
        if (is_named && !outage.audience.is_everybody)
            names += concat(names.empty() ? "" : ", ", site.name.in(say.lang));
    }
    const std::vector<Id> sites =
        outage.audience.is_everybody ? std::vector<Id>{} : outage.audience.sites;
    // While rows are still coming, a number would be too small.
    const auto people = is_loading(state) ? std::nullopt : state.library.people_at(sites);
    if (!people)
        return names.empty() ? std::string(say(K::outage_seen_by_all))
                             : say(K::outage_seen_by, {{"sites", names}});
    if (*people == 0) return std::string(say(K::outage_seen_none));
    if (names.empty()) names = say(K::outage_everybody);
    return say(P::outage_seen, *people, {{"who", names}});
}

// ---- advice

std::string advice_text(const Say& say, const rules::LintFinding& finding) {
    const auto with_words = [&](K key) { return say(key, {{"words", finding.words}}); };
    switch (finding.what) {
        case Lint::NoContact: return std::string(say(K::form_error_contact_missing));
        case Lint::NoWorkaround: return std::string(say(K::outage_need_workaround));
        case Lint::NoNextUpdate: return std::string(say(K::form_error_next_update_missing));
        case Lint::Blame: return with_words(K::lint_blame);
        case Lint::Jargon: return with_words(K::lint_jargon);
        case Lint::BannerTooLong: return std::string(say(K::lint_banner));
        case Lint::DetailTooLong: return std::string(say(K::lint_detail));
        case Lint::PromiseWithoutRange: return with_words(K::lint_promise);
        case Lint::NotTranslated: break;
    }
    return std::string(say(K::lint_not_translated));
}

// Advice on what is being written; nothing before anything is.
std::vector<Advice> advice_on(const Say& say,
                              const OutageForm& form,
                              const Outage& after,
                              bool is_update) {
    const auto has_text = [&](const char* key) {
        return !form.text(concat(key, "_es")).empty() || !form.text(concat(key, "_en")).empty();
    };
    if (!has_text("title") && !has_text("impact") && !has_text("body")) return {};
    rules::Announcement read{.body = after.latest().body};
    if (!is_update || has_text("title")) read.title = after.title;
    if (!is_update) read.impact = after.impact;
    if (!is_update || has_text("workaround")) read.workaround = after.workaround;
    read.has_contact = !after.contact.phone.empty() || !after.contact.mail.empty();
    read.has_workaround = is_update || !after.workaround.empty();
    read.has_next_update =
        after.latest().next_update_due_at || !domain::is_open(after.latest().state);
    read.has_window = after.scheduled_until.has_value();
    std::vector<Advice> out;
    for (const rules::LintFinding& each : rules::findings_on(read)) {
        const std::string_view lang = domain::name(each.lang);
        const bool is_text = each.what >= Lint::Blame;
        std::string field = is_text ? concat(each.field, "_", lang)
                                    : problem_of_argument(say, each.field, {}).field;
        out.push_back({std::move(field), advice_text(say, each)});
    }
    return out;
}

// ---- the parts

void add_chosen(const AppState& state, const Outage& after, OutageModel& model) {
    const domain::OutageUpdate& said = after.is_backfilled ? after.updates.front() : after.latest();
    for (const domain::ServiceImpact& entry : said.snapshot) {
        if (const domain::Service* service = state.library.service(entry.service))
            model.chosen.push_back({to_text(service->id), service->name.in(state.lang)});
        model.form.texts.try_emplace("level." + to_text(entry.service), domain::name(entry.impact));
    }
    if (model.form.services.empty())
        for (const auto& [id, name] : model.chosen)
            model.form.services.push_back(id);
}

void add_choices(const AppState& state, OutageModel& model) {
    for (const domain::Service& each : state.library.services())
        model.services.push_back({to_text(each.id), each.name.in(state.lang)});
    for (const domain::Site& each : state.library.sites())
        model.sites.push_back({to_text(each.id), each.name.in(state.lang)});
    for (const auto& [id, article] : state.library.articles()) {
        if (!article.is_internal)
            model.articles.push_back(
                {article.number, concat(article.number, " · ", article.title.in(state.lang))});
    }
    std::sort(model.articles.begin(), model.articles.end());
}

void add_story(const Say& say, const Outage& outage, OutageModel& model) {
    for (auto update = outage.updates.rbegin(); update != outage.updates.rend(); ++update) {
        if (model.told.size() == kToldMax) break;
        model.told.push_back(
            {.key = to_text(update->id),
             .who = concat(say(word_of(update->state)), " · ", update->author_name),
             .when = say.when(update->at),
             .text = update->body.in(say.lang)});
    }
    model.standing = say(word_of(outage.state()));
    if (outage.affected_count > 0)
        model.standing += concat(" · ", say(P::outage_affected, outage.affected_count));
    if (outage.works_count > 0)
        model.standing += concat(" · ", say(P::outage_works, outage.works_count));
    if (outage.broken_count > 0)
        model.standing += concat(" · ", say(P::outage_broken, outage.broken_count));
}

// What somebody else said since this was begun.
std::string moved_on(const Say& say, const OutageForm& form, const Outage& outage) {
    const domain::OutageUpdate& latest = outage.latest();
    if (is_nil(form.seen) || form.seen == latest.id) return {};
    return say(K::outage_moved_on,
               {{"who", latest.author_name},
                {"when", say.when(latest.at)},
                {"text", latest.body.in(say.lang)}});
}

void add_steps(const AppState& state, const Outage& outage, OutageModel& model) {
    const Say& say = model.say;
    for (const std::string_view act : acts_for(outage, say.now))
        model.acts.push_back({std::string(act), std::string(say(word_of(act)))});
    if (model.is_maintenance)
        for (auto& [act, word] : model.acts)
            if (act == kActEnd) word = say(K::outage_finish);
    model.form.texts["act"] = model.act = act_of(model.form, outage, say.now);
    std::vector<OutageState> states;
    if (model.act == kActConvert)
        states = rules::first_states(domain::OutageKind::Incident);
    else
        states = rules::next_states(
            outage,
            model.act == kActReopen ? rules::OutageStep::Reopen : rules::OutageStep::Update,
            say.now);
    const OutageState usual = model.act == kActUpdate ? outage.state() : OutageState::Identified;
    model.form.texts.try_emplace("state", domain::name(usual));
    for (const OutageState each : states)
        if (domain::is_open(each))
            model.states.push_back(
                {std::string(domain::name(each)), std::string(say(word_of(each)))});
    for (const Outage& each : state.library.outages())
        if (each.kind == domain::OutageKind::Incident && domain::is_open(each.state()) &&
            each.id != outage.id)
            model.targets.push_back({to_text(each.id), each.title.in(say.lang)});
    if (model.targets.empty())
        std::erase_if(model.acts, [](const auto& each) { return each.first == kActMerge; });
}

void add_outage(const AppState& state, const Outage& outage, OutageModel& model) {
    const Say& say = model.say;
    model.is_maintenance = outage.kind == domain::OutageKind::Maintenance;
    model.title = outage.title.in(say.lang);
    model.may_move_start = outage.state() == OutageState::Scheduled;
    if (model.starts.empty()) model.starts = wall_text(say, outage.started_at);
    if (model.ends.empty() && outage.scheduled_until)
        model.ends = wall_text(say, *outage.scheduled_until);
    add_steps(state, outage, model);
    add_story(say, outage, model);
    model.moved_on = moved_on(say, model.form, outage);
    for (const Reminder& each : reminders(state, say.now))
        if (each.outage == outage.id) model.reminder = each.text;
}

}  // namespace

OutageModel outage_model(const AppState& state, Instant now) {
    OutageModel model{.say = say_for(state, now), .is_allowed = may_publish_outages(state)};
    if (!model.is_allowed) return model;
    const Outage* outage = outage_of_route(state);
    model.is_update = state.route.page == Page::Outage;
    model.is_missing = model.is_update && (outage == nullptr || acts_for(*outage, now).empty());
    model.form = outage_form(state);
    if (model.is_missing) {
        for (const char* key : {"body_es", "body_en"})
            if (const std::string text = model.form.text(key); !text.empty())
                model.left_over += concat(model.left_over.empty() ? "" : "\n", text);
        return model;
    }
    model.focus_summary = state.focus_summary;
    model.kind = model.form.text("kind");
    if (model.kind.empty()) model.kind = model.form.texts["kind"] = kIncident;
    model.form.texts.try_emplace("rrule", "once");
    model.form.texts.try_emplace("notice", domain::name(domain::NoticeClass::Standard));
    model.starts = model.form.text("starts");
    model.ends = model.form.text("ends");
    model.saved = draft_line(model.say, model.form.saving);
    model.has_draft = model.form.saving.saved_at || model.form.saving.is_dirty();
    add_choices(state, model);
    if (outage != nullptr) add_outage(state, *outage, model);
    const Outage after = drafted_outage(state, now);
    add_chosen(state, after, model);
    if (model.kind == kMaintenance)
        model.repeats = occurrences_of(model.say, model.form).notes;
    model.templates = template_names(model.say, model.form, outage);
    model.preview = preview_model(state, after, now);
    model.audience = audience_text(state, model.say, after);
    model.advice = advice_on(model.say, model.form, after, model.is_update);
    return model;
}

std::vector<Reminder> reminders(const AppState& state, Instant now) {
    std::vector<Reminder> out;
    if (!may_publish_outages(state)) return out;
    const Say say = say_for(state, now);
    for (const Outage& outage : state.library.outages()) {
        if (!domain::is_open(outage.state())) continue;
        const std::string& title = outage.title.in(say.lang);
        const bool is_running = outage.kind == domain::OutageKind::Maintenance &&
                                outage.state() != OutageState::Scheduled && outage.scheduled_until;
        if (is_running && say.is_past(status::asks_at(outage)) &&
            !say.is_past(*outage.scheduled_until)) {
            const std::string time = say.when(*outage.scheduled_until);
            out.push_back(
                {outage.id, false, say(K::remind_end, {{"title", title}, {"time", time}})});
            continue;
        }
        const std::optional<Instant>& due = outage.latest().next_update_due_at;
        if (!due || !say.is_past(*due - kRemindBefore)) continue;
        const bool is_late = say.is_past(*due);
        const K key = outage.state() == OutageState::Scheduled ? K::remind_start
                      : is_late                                ? K::remind_late
                                                               : K::remind_due;
        out.push_back({outage.id, is_late, say(key, {{"title", title}, {"time", say.when(*due)}})});
    }
    return out;
}

}  // namespace ventanilla::views
