#include "shared/status/recurrence.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::status {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr int kPeriodsMax = 100'000;  // 270 years of days
constexpr std::int64_t kDurationMinutesMax = 31 * 24 * 60;
constexpr std::size_t kDatesMax = 1'000;

Result<LocalTime> time_at(const Json& value, std::string_view key) {
    const Result<LocalTime> time = value.is_string()
                                       ? parse_local_time(value.get_ref<const std::string&>())
                                       : Result<LocalTime>{Errc::Invalid};
    if (!time) return invalid_member(key, "a local time is written like \"2026-10-25T02:00\"");
    return time;
}

Result<std::vector<LocalTime>> times_at(const Json& object, std::string_view key) {
    std::vector<LocalTime> times;
    const Json& list = member(object, key);
    if (list.is_null()) return times;
    if (!list.is_array() || list.size() > kDatesMax) return invalid_member(key, "a list of local times");
    for (const Json& one : list)
        times.push_back(TRY(time_at(one, key)));
    return times;
}

Result<Millis> duration_at(const Json& object) {
    const Json& value = member(object, "duration_min");
    const std::int64_t minutes = value.is_number_integer() ? value.get<std::int64_t>() : 0;
    if (minutes < 1 || minutes > kDurationMinutesMax)
        return invalid_member("duration_min", "whole minutes, from 1 to those of 31 days");
    return Millis{std::chrono::minutes{minutes}};
}

Result<OccurrenceOverride> override_from(const Json& value) {
    OccurrenceOverride change;
    change.recurrence_id = TRY(time_at(member(value, "recurrence_id"), "recurrence_id"));
    if (has(value, "start")) change.start = TRY(time_at(member(value, "start"), "start"));
    if (has(value, "duration_min")) change.duration = TRY(duration_at(value));
    change.is_cancelled = bool_or(value, "cancelled");
    return change;
}

bool is_past_until(const RecurrenceRule& rule, const TimeZone& zone, LocalTime start) {
    if (rule.until_local) return start > *rule.until_local;
    return rule.until && read_local(zone, start).first > *rule.until;
}

bool is_in(const std::vector<LocalTime>& list, LocalTime time) {
    return std::find(list.begin(), list.end(), time) != list.end();
}

// The starts the rule gives, from the first to the last that can matter before `end`.
Result<std::vector<LocalTime>> starts_by_rule(const Series& series,
                                              const TimeZone& zone,
                                              LocalTime end) {
    const RecurrenceRule& rule = *series.rule;
    const local_days first = std::chrono::floor<days>(series.start);
    const Millis time_of_day = series.start - first;
    std::vector<LocalTime> starts;
    for (int index = 0; period_start(rule, first, index) <= end; ++index) {
        if (index > kPeriodsMax)
            return Error{Errc::TooLarge, "recurrence: too far from its start to be followed", {}};
        for (const local_days day : days_of_period(rule, first, index)) {
            const LocalTime start = day + time_of_day;
            if (start < series.start) continue;
            if (is_past_until(rule, zone, start) || start > end) return starts;
            starts.push_back(start);
            if (rule.count && static_cast<int>(starts.size()) >= *rule.count) return starts;
        }
    }
    return starts;
}

Occurrence occurrence_of(const Series& series, const TimeZone& zone, LocalTime recurrence_id) {
    Occurrence occurrence;
    occurrence.recurrence_id = recurrence_id;
    occurrence.start = recurrence_id;
    Millis duration = series.duration;
    for (const OccurrenceOverride& change : series.overrides) {
        if (change.recurrence_id != recurrence_id) continue;
        occurrence.start = change.start.value_or(recurrence_id);
        duration = change.duration.value_or(duration);
        occurrence.is_cancelled = change.is_cancelled;
    }
    const LocalReading read = read_local(zone, occurrence.start);
    occurrence.reading = read.reading;
    occurrence.from = read.first;
    occurrence.to = read.first + duration;
    return occurrence;
}

// Every recurrence id that can have an occurrence in `window`, overrides included.
Result<std::vector<LocalTime>> ids_until(const Series& series,
                                         const TimeZone& zone,
                                         const Interval& window) {
    // A moved occurrence keeps the id of a time that may lie after the window.
    LocalTime end = local_time(zone, window.to) + days{1};
    for (const OccurrenceOverride& change : series.overrides)
        end = std::max(end, change.recurrence_id);
    std::vector<LocalTime> ids = {series.start};
    if (series.rule) ids = TRY(starts_by_rule(series, zone, end));
    ids.insert(ids.end(), series.extra.begin(), series.extra.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::erase_if(ids, [&series](LocalTime id) { return is_in(series.except, id); });
    return ids;
}

}  // namespace

Result<Series> series_from(const Json& value) {
    Series series;
    series.start = TRY(time_at(member(value, "dtstart"), "dtstart"));
    series.tz = TRY(text_at(value, "tz", 64));
    series.duration = TRY(duration_at(value));
    if (has(value, "rrule")) {
        const std::string rule = TRY(text_at(value, "rrule", 1'000));
        series.rule = TRY(parse_recurrence_rule(rule));
    }
    series.extra = TRY(times_at(value, "rdate"));
    series.except = TRY(times_at(value, "exdate"));
    const Json& overrides = member(value, "overrides");
    if (overrides.is_null()) return series;
    if (!overrides.is_array() || overrides.size() > kDatesMax)
        return invalid_member("overrides", "a list of changes to single occurrences");
    for (const Json& one : overrides)
        series.overrides.push_back(TRY(override_from(one)));
    return series;
}

Result<std::vector<Occurrence>> occurrences(const Series& series,
                                            const TimeZone& zone,
                                            const Interval& window) {
    std::vector<Occurrence> found;
    const std::vector<LocalTime> ids = TRY(ids_until(series, zone, window));
    for (const LocalTime id : ids) {
        const Occurrence occurrence = occurrence_of(series, zone, id);
        if (occurrence.from < window.from || occurrence.from >= window.to) continue;
        if (found.size() >= kOccurrencesMax)
            return Error{
                Errc::TooLarge, "recurrence: over 1,000 occurrences; ask for a shorter time", {}};
        found.push_back(occurrence);
    }
    std::stable_sort(found.begin(), found.end(), [](const Occurrence& a, const Occurrence& b) {
        return a.from < b.from;
    });
    return found;
}

Result<std::vector<Occurrence>> materialised(const Series& series,
                                             const TimeZone& zone,
                                             const std::vector<Occurrence>& before,
                                             Instant now) {
    std::vector<Occurrence> kept;
    for (const Occurrence& each : before)
        if (each.from <= now) kept.push_back(each);
    const std::vector<Occurrence> next =
        TRY(occurrences(series, zone, {now + Millis{1}, now + kMaterialised}));
    for (const Occurrence& each : next) {
        const bool has_begun = std::any_of(kept.begin(), kept.end(), [&each](const auto& other) {
            return other.recurrence_id == each.recurrence_id;
        });
        if (!has_begun) kept.push_back(each);
    }
    return kept;
}

}  // namespace ventanilla::status
