#include "shared/base/time_zone.hpp"
#include "wasm/views/outage_form.hpp"

// A maintenance that comes again: by the wall, so that 02:00 stays 02:00 when clocks change.

namespace ventanilla::views {

namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr days kPublishedAhead{90};
constexpr int kTimesMax = 60;

// The same wall time, `times` periods of `rule` later; nothing in a month without that day.
std::optional<LocalTime> later_by(LocalTime start, std::string_view rule, int times) {
    if (rule == kWeekly) return start + days{7 * times};
    if (rule == kFortnightly) return start + days{14 * times};
    const local_days day = std::chrono::floor<days>(start);
    const auto date = std::chrono::year_month_day{day} + std::chrono::months{times};
    if (!date.ok()) return std::nullopt;
    return LocalTime{local_days{date}} + (start - day);
}

}  // namespace

Occurrences occurrences_of(const Say& say, const OutageForm& form) {
    Occurrences out;
    const std::string rule = form.text("rrule");
    const Result<LocalTime> start = parse_local_time(form.text("starts"));
    const std::optional<Instant> first = wall_instant(say, form.text("starts"));
    const std::optional<Instant> end = wall_instant(say, form.text("ends"));
    const bool is_rule = rule == kWeekly || rule == kFortnightly || rule == kMonthly;
    if (!is_rule || !start || !first || !end || *end <= *first) return out;
    for (int times = 1; times <= kTimesMax; ++times) {
        const std::optional<LocalTime> local = later_by(*start, rule, times);
        if (!local) continue;
        const std::string wall = to_text(*local).substr(0, 16);
        const std::optional<Instant> from = wall_instant(say, wall);
        if (!from || *from - *first > kPublishedAhead) break;
        out.later.push_back({*from, *from + (*end - *first)});
        const std::string day = say.day(*from);
        if (wall_text(say, *from) != wall)
            out.notes.push_back(
                say(K::outage_clock_gap, {{"day", day}, {"time", say.time(*from)}}));
        else if (wall_text(say, *from + std::chrono::hours{1}) == wall)
            out.notes.push_back(
                say(K::outage_clock_twice, {{"day", day}, {"time", say.time(*from)}}));
    }
    if (!out.later.empty())
        out.notes.insert(out.notes.begin(),
                         say(P::outage_repeats,
                             static_cast<std::int64_t>(out.later.size()),
                             {{"day", say.day(out.later.back().first)}}));
    return out;
}

}  // namespace ventanilla::views
