#include "wasm/views/locale.hpp"

#include <array>
#include <cmath>

#include "shared/base/text.hpp"

namespace ventanilla::views {

namespace {

using Names = std::array<std::string_view, 12>;
constexpr Names kMonthsEs = {
    "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"};
constexpr Names kMonthsEn = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDaysEs = {
    "dom", "lun", "mar", "mié", "jue", "vie", "sáb"};
constexpr std::array<std::string_view, 7> kDaysEn = {
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string time_of(const Civil& at) {
    return concat(padded(at.hour, 2), ":", padded(at.minute, 2));
}

std::string day_of(const Civil& at, Lang lang) {
    const auto month = static_cast<std::size_t>(at.month - 1);
    if (lang == Lang::Es) return concat(at.day, " ", kMonthsEs[month]);
    return concat(kMonthsEn[month], " ", at.day);
}

std::string_view weekday_of(const Civil& at, Lang lang) {
    const auto day = static_cast<std::size_t>(at.weekday);
    return lang == Lang::Es ? kDaysEs[day] : kDaysEn[day];
}

}  // namespace

Civil FixedLocale::civil(Instant at, std::string_view /*zone*/) const {
    const Instant local = at + std::chrono::minutes{offset_minutes_};
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
    return {.year = static_cast<int>(date.year()),
            .month = static_cast<int>(static_cast<unsigned>(date.month())),
            .day = static_cast<int>(static_cast<unsigned>(date.day())),
            .hour = static_cast<int>(minutes / 60),
            .minute = static_cast<int>(minutes % 60),
            .weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding())};
}

std::string FixedLocale::format(Instant at,
                                DateStyle style,
                                Lang lang,
                                std::string_view zone) const {
    const Civil local = civil(at, zone);
    switch (style) {
        case DateStyle::Time: return time_of(local);
        case DateStyle::DayMonth: return day_of(local, lang);
        case DateStyle::DayMonthYear:
            return concat(day_of(local, lang), lang == Lang::Es ? " " : ", ", local.year);
        case DateStyle::DayTime: return concat(day_of(local, lang), ", ", time_of(local));
        case DateStyle::WeekdayTime: return concat(weekday_of(local, lang), " ", time_of(local));
        case DateStyle::LongDay: return concat(weekday_of(local, lang), ", ", day_of(local, lang));
    }
    return {};
}

std::string FixedLocale::number(double value, int decimals, Lang lang) const {
    std::int64_t scale = 1;
    for (int i = 0; i < decimals; ++i)
        scale *= 10;
    const auto scaled =
        static_cast<std::int64_t>(std::llround(std::fabs(value) * static_cast<double>(scale)));
    std::string whole = std::to_string(scaled / scale);
    for (std::size_t at = whole.size(); at > 3; at -= 3)
        whole.insert(at - 3, lang == Lang::Es ? "." : ",");
    std::string out = (value < 0 ? "-" : "") + whole;
    if (decimals > 0) out += (lang == Lang::Es ? "," : ".") + padded(scaled % scale, decimals);
    return out;
}

std::string FixedLocale::zone_name(std::string_view zone, Lang lang) const {
    const std::size_t slash = zone.rfind('/');
    if (slash == std::string_view::npos) return {};
    std::string city{zone.substr(slash + 1)};
    for (char& c : city)
        c = c == '_' ? ' ' : c;
    return lang == Lang::Es ? "hora de " + city : city + " time";
}

}  // namespace ventanilla::views
