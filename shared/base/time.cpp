#include "shared/base/time.hpp"

#include <charconv>

#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

Result<int> digits(std::string_view text, std::size_t from, std::size_t count) {
    if (from + count > text.size()) return invalid("too short for a time");
    int value = 0;
    const char* first = text.data() + from;
    const auto [end, error] = std::from_chars(first, first + count, value);
    if (error != std::errc{} || end != first + count || *first == '-') return invalid("not a digit");
    return value;
}

}  // namespace

std::string iso8601(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<Millis> clock{at - day};
    return concat(padded(static_cast<int>(date.year()), 4), "-",
                  padded(static_cast<int>(static_cast<unsigned>(date.month())), 2), "-",
                  padded(static_cast<int>(static_cast<unsigned>(date.day())), 2), "T",
                  padded(static_cast<int>(clock.hours().count()), 2), ":",
                  padded(static_cast<int>(clock.minutes().count()), 2), ":",
                  padded(static_cast<int>(clock.seconds().count()), 2), ".",
                  padded(static_cast<int>(clock.subseconds().count()), 3), "Z");
}

Result<Instant> parse_iso8601(std::string_view text) {
    const bool has_fraction = text.size() == 24;
    if (!has_fraction && text.size() != 20) return invalid("not an RFC 3339 UTC time");
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text.back() != 'Z' || (has_fraction && text[19] != '.'))
        return invalid("not an RFC 3339 UTC time");
    const std::chrono::year_month_day date{
        std::chrono::year{TRY(digits(text, 0, 4))},
        std::chrono::month{static_cast<unsigned>(TRY(digits(text, 5, 2)))},
        std::chrono::day{static_cast<unsigned>(TRY(digits(text, 8, 2)))}};
    const int hour = TRY(digits(text, 11, 2));
    const int minute = TRY(digits(text, 14, 2));
    const int second = TRY(digits(text, 17, 2));
    const int fraction = has_fraction ? TRY(digits(text, 20, 3)) : 0;
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return invalid("no such time");
    return Instant{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} + Millis{fraction};
}

}  // namespace ventanilla
