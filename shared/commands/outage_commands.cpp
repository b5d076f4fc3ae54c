#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/commands/outage_deciding.hpp"
#include "shared/rules/outage_flow.hpp"
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

constexpr std::size_t kSentenceBytesMax = 1'000;  // impact, workaround
constexpr std::size_t kContactBytesMax = 200;
constexpr std::size_t kSitesMax = 500;
constexpr std::size_t kOccurrencesMax = 60;
constexpr Millis kSeriesAtMost = std::chrono::days{100};  // ninety are published, and a little

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

Result<domain::NoticeClass> notice_of(Deciding& now) {
    const Json& args = now.command().args;
    if (!has(args, "notice")) return domain::NoticeClass::Standard;
    const auto notice = domain::notice_class(TRY(text_at(args, "notice", 64)));
    if (!notice) return now.wrong("notice", "form.error.choice");
    return *notice;
}

// What only a maintenance has. What it is announced to do is what its first update says, unless
// more is said.
Status read_announcement(Deciding& now, Outage& outage) {
    outage.scheduled_until = TRY(time_if_any(now, "scheduled_until"));
    if (outage.kind != domain::OutageKind::Maintenance) return ok();
    outage.notice = TRY(notice_of(now));
    if (has(now.command().args, "expected"))
        outage.expected = TRY(impacts_at(now, "expected"));
    else if (domain::worst_impact(outage) != Impact::Operational)
        outage.expected = outage.latest().snapshot;
    return ok();
}

// Written down afterwards: how it was, then that it was over.
Status read_backfill(Deciding& now, Outage& outage) {
    const std::optional<Instant> end = TRY(time_if_any(now, "ended_at"));
    if (!end) return ok();
    if (*end > now.now()) return now.wrong("ended_at", "form.error.backfill_future");
    outage.is_backfilled = true;
    outage.ended_at = end;
    OutageUpdate last = outage.latest();
    OutageUpdate& first = outage.updates.front();
    first.id = derived_id("update_begin", now.command().cmd_id);
    first.state = domain::OutageState::Identified;
    first.at = outage.started_at;
    first.eta_high = first.eta_low = first.next_update_due_at = std::nullopt;
    last.at = *end;
    last.eta_high = last.eta_low = last.next_update_due_at = std::nullopt;
    for (domain::ServiceImpact& entry : last.snapshot)
        entry.impact = Impact::Operational;
    first.is_material = last.is_material = false;
    if (first.snapshot.empty()) return now.wrong("services", "form.error.services_missing");
    outage.updates.push_back(std::move(last));
    return ok();
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
    outage.updates.push_back(TRY(update_of(now)));
    (void)TRY(read_announcement(now, outage));
    outage.rrule = TRY(now.text_if_any("rrule", kContactBytesMax));
    outage.tz = TRY(now.text_if_any("tz", kContactBytesMax));
    if (!outage.rrule.empty()) outage.series = outage.id;
    (void)TRY(read_backfill(now, outage));
    return outage;
}

// Of a maintenance that comes again: every further time is a row of its own, so that it can be
// moved, cancelled or run over alone. When that is, by the wall and its changes of clocks, is
// worked out where the zones are known and the person sees it.
Result<std::vector<Outage>> later_ones(Deciding& now, const Outage& first) {
    std::vector<Outage> later;
    if (!has(now.command().args, "later")) return later;
    const Json& list = member(now.command().args, "later");
    const bool is_series = first.kind == domain::OutageKind::Maintenance && !first.rrule.empty();
    if (!is_series || !list.is_array() || list.size() > kOccurrencesMax)
        return now.wrong("rrule", "form.error.invalid");
    Instant free_from = first.scheduled_until.value_or(first.started_at);
    for (const Json& each : list) {
        Outage outage = first;
        outage.id = derived_id("occurrence", concat(to_text(first.id), later.size()));
        outage.public_id = public_letters(outage.id);
        outage.started_at = TRY(instant_at(each, "started_at"));
        outage.scheduled_until = TRY(instant_at(each, "scheduled_until"));
        if (outage.started_at < free_from || *outage.scheduled_until <= outage.started_at)
            return now.wrong("rrule", "form.error.series_overlap");
        if (outage.started_at - first.started_at > kSeriesAtMost)
            return now.wrong("rrule", "form.error.series_far");
        free_from = *outage.scheduled_until;
        OutageUpdate& update = outage.updates.front();
        update.id = derived_id("update", outage.id);
        update.state = domain::OutageState::Scheduled;
        update.next_update_due_at = outage.started_at;
        update.is_material = false;
        later.push_back(std::move(outage));
    }
    return later;
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
                         "expected",
                         "notice",
                         "body",
                         "state",
                         "started_at",
                         "scheduled_until",
                         "ended_at",
                         "rrule",
                         "tz",
                         "later",
                         "eta_low",
                         "eta_high",
                         "next_update_due_at"}));
    const RowRef ref{RowType::Outage, derived_id("outage", now.command().cmd_id)};
    if (now.state().find(ref)) return nothing_new(ref);
    const Outage outage = TRY(new_outage(now));
    (void)TRY(must_be_ready(now, rules::problems_of_publishing(outage)));
    Decision decision{ref, {{ref, to_json(outage), rules::audiences_of(outage), false}}};
    for (const Outage& later : TRY(later_ones(now, outage)))
        decision.changes.push_back(
            {{RowType::Outage, later.id}, to_json(later), rules::audiences_of(later), false});
    return decision;
}

Result<Decision> update_outage(Deciding& now) {
    const Json& args = now.command().args;
    (void)TRY(only_keys(args,
                        {"outage",
                         "seen",
                         "state",
                         "body",
                         "services",
                         "eta_low",
                         "eta_high",
                         "next_update_due_at",
                         "workaround"}));
    const FoundOutage found = TRY(find_to_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    const domain::OutageState to = TRY(state_of(now));
    const bool is_relapse = !is_open(found.outage.state()) && is_open(to);
    const auto step = is_relapse ? rules::OutageStep::Reopen : rules::OutageStep::Update;
    (void)TRY(must_follow(now, found, step, to));
    OutageUpdate update = TRY(update_of(now));
    (void)TRY(must_be_ready(now, rules::problems_of_update(update)));
    if (rules::is_same_news(found.outage.latest(), update)) return nothing_new(found.row.ref);
    Outage outage = found.outage;
    if (has(args, "workaround"))
        outage.workaround = TRY(now.l10n_if_any("workaround", kSentenceBytesMax));
    return with_update(found, std::move(outage), std::move(update));
}

Result<Decision> resolve_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage", "seen", "body"}));
    const FoundOutage found = TRY(find_to_speak(now));
    if (is_done(now, found.outage)) return nothing_new(found.row.ref);
    const auto end = rules::ending_of(found.outage).value_or(domain::OutageState::Completed);
    (void)TRY(must_follow(now, found, rules::OutageStep::Update, end));
    OutageUpdate update = TRY(words_of(now, found.outage, end));
    update.eta_low = update.eta_high = update.next_update_due_at = std::nullopt;
    for (domain::ServiceImpact& entry : update.snapshot)
        entry.impact = Impact::Operational;
    return with_update(found, found.outage, std::move(update));
}

namespace {

// The actor's "me too", on the outage itself or on one that was merged into it.
Result<Row> my_row(const Deciding& now, const Outage& outage) {
    std::vector<Id> told = outage.absorbed;
    told.insert(told.begin(), outage.id);
    for (const Id& id : told) {
        const RowRef ref{RowType::Affected, domain::affected_id(id, now.actor().user)};
        if (auto row = now.state().find(ref)) return std::move(*row);
    }
    return Errc::NotFound;
}

}  // namespace

Result<Decision> answer_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage", "works"}));
    const FoundOutage found = TRY(find_outage(now));
    const bool works = TRY(bool_at(now.command().args, "works"));
    const Row row = TRY(my_row(now, found.outage));
    const std::optional<Instant> restored = rules::restored_at(found.outage);
    if (!restored) return stale(now, found, "reject.outage_not_restored");
    const domain::Affected before = TRY(domain::affected_from(row));
    const bool was_answered = before.answered_at && *before.answered_at >= *restored;
    if (was_answered && before.works == works) return nothing_new(found.row.ref);
    domain::Affected affected = before;
    affected.works = works;
    affected.answered_at = std::max(now.now(), *restored);
    Outage outage = found.outage;
    if (was_answered) (before.works ? outage.works_count : outage.broken_count) -= 1;
    (works ? outage.works_count : outage.broken_count) += 1;
    RowChange answer;
    answer.ref = row.ref;
    answer.body = changed_body(row.body, to_json(before), to_json(affected));
    return Decision{found.row.ref, {std::move(answer), change_of(found, outage)}};
}

Result<Decision> join_outage(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"outage"}));
    const FoundOutage found = TRY(find_outage(now));
    const RowRef ref{RowType::Affected, domain::affected_id(found.outage.id, now.actor().user)};
    if (now.state().find(ref)) return nothing_new(found.row.ref);
    for (const Id& absorbed : found.outage.absorbed)
        if (now.state().find({RowType::Affected, domain::affected_id(absorbed, now.actor().user)}))
            return nothing_new(found.row.ref);
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
