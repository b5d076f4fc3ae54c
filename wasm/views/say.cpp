#include "wasm/views/say.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/base/time_zone.hpp"

namespace ventanilla::views {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;

std::string Say::time(Instant at) const {
    return locale->format(at, DateStyle::Time, lang, zone);
}

std::string Say::day(Instant at) const {
    const bool this_year = locale->civil(at, zone).year == locale->civil(now, zone).year;
    return locale->format(
        at, this_year ? DateStyle::DayMonth : DateStyle::DayMonthYear, lang, zone);
}

bool Say::is_today(Instant at) const {
    const Civil a = locale->civil(at, zone);
    const Civil b = locale->civil(now, zone);
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

std::string Say::when(Instant at) const {
    if (is_today(at)) return time(at);
    const bool this_year = locale->civil(at, zone).year == locale->civil(now, zone).year;
    return this_year ? locale->format(at, DateStyle::DayTime, lang, zone) : day(at);
}

bool Say::is_past(Instant at) const {
    if (now > at) return true;
    if (ageing != nullptr) ageing->at(at + Millis{1});
    return false;
}

namespace {

// The unit an age is told in, which is also how long the words for it hold.
Millis unit_of(Millis age) {
    if (age < hours{1}) return minutes{1};
    return age < days{1} ? Millis{hours{1}} : Millis{days{1}};
}

}  // namespace

std::string Say::ago(Instant at) const {
    const Millis age = std::max(now - at, Millis{0});
    const Millis unit = unit_of(age);
    if (ageing != nullptr) ageing->at(at + unit * (age / unit + 1));
    if (age < minutes{1}) return std::string((*this)(K::ago_now));
    if (age < hours{1}) return (*this)(P::ago_minutes, duration_cast<minutes>(age).count());
    if (age < days{1}) return (*this)(P::ago_hours, duration_cast<hours>(age).count());
    if (age < days{7}) return (*this)(P::ago_days, duration_cast<days>(age).count());
    return day(at);
}

std::string Say::number(std::int64_t value) const {
    return locale->number(static_cast<double>(value), 0, lang);
}

std::string Say::bytes(std::int64_t count) const {
    constexpr double kKilo = 1024;
    const auto value = static_cast<double>(count);
    if (value < kKilo) return concat(count, " B");
    if (value < kKilo * kKilo) return locale->number(value / kKilo, 0, lang) + " KB";
    if (value < kKilo * kKilo * kKilo)
        return locale->number(value / kKilo / kKilo, 1, lang) + " MB";
    return locale->number(value / kKilo / kKilo / kKilo, 1, lang) + " GB";
}

namespace {

// The wall as if it were UTC.
Instant wall_at(const Say& say, Instant at) {
    using namespace std::chrono;
    const Civil civil = say.locale->civil(at, say.zone);
    const year_month_day date{year{civil.year},
                              month{static_cast<unsigned>(civil.month)},
                              day{static_cast<unsigned>(civil.day)}};
    return Instant{sys_days{date}} + hours{civil.hour} + minutes{civil.minute};
}

}  // namespace

std::string wall_text(const Say& say, Instant at) {
    return iso8601(wall_at(say, at)).substr(0, 16);
}

std::optional<Instant> wall_instant(const Say& say, std::string_view text) {
    const Result<LocalTime> wall = parse_local_time(text);
    if (!wall) return std::nullopt;
    const Instant as_utc{wall->time_since_epoch()};
    const auto with_offset_of = [&](Instant at) { return as_utc - (wall_at(say, at) - at); };
    const Instant before = with_offset_of(as_utc - days{1});
    const Instant after = with_offset_of(as_utc + days{1});
    for (const Instant each : {std::min(before, after), std::max(before, after)})
        if (wall_at(say, each) == as_utc) return each;
    return before;
}

std::string sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

}  // namespace ventanilla::views
