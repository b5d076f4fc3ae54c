#include "shared/rules/dates.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

constexpr int kDurationMinutesMax = 366 * 24 * 60;

// The number that `text` is, of exactly `digits` digits; -1 when it is none.
int number_at(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, digits)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

// Takes the digits at the start of `text` away. Nothing when there are none or too many.
std::optional<int> take_number(std::string_view& text) {
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    if (digits == 0 || digits > 6) return std::nullopt;
    const int value = number_at(text, 0, digits);
    text.remove_prefix(digits);
    return value;
}

bool is_weekend(Day day) {
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = number_at(text, 0, 4);
    const int month = number_at(text, 5, 2);
    const int day = number_at(text, 8, 2);
    if (year < 1900 || month < 0 || day < 0) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return Day{date};
}

std::string to_text(Day day) {
    const std::chrono::year_month_day date{day};
    return concat(padded(int{date.year()}, 4),
                  '-',
                  padded(static_cast<int>(unsigned{date.month()}), 2),
                  '-',
                  padded(static_cast<int>(unsigned{date.day()}), 2));
}

bool is_time(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    const int hours = number_at(text, 0, 2);
    const int minutes = number_at(text, 3, 2);
    return hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
}

std::optional<std::string> local_time(std::string_view text) {
    if (text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    if (!parse_day(text.substr(0, 10)) || !is_time(text.substr(11, 5))) return std::nullopt;
    const std::string_view rest = text.substr(16);
    const bool is_seconds = rest.size() == 3 && rest[0] == ':' && number_at(rest, 1, 2) >= 0 &&
                            number_at(rest, 1, 2) < 60;
    if (!rest.empty() && !is_seconds) return std::nullopt;
    return concat(text.substr(0, 10), 'T', text.substr(11, 5));
}

Day plus_days(Day day, int count) {
    return day + std::chrono::days{count};
}

Day plus_working_days(Day day, int count) {
    const std::chrono::days step{count < 0 ? -1 : 1};
    for (int left = count < 0 ? -count : count; left > 0;) {
        day += step;
        if (!is_weekend(day)) --left;
    }
    return day;
}

std::optional<int> duration_minutes(std::string_view text) {
    text = trimmed(text);
    const std::optional<int> first = take_number(text);
    if (!first) return std::nullopt;
    text = trimmed(text);
    int minutes = *first;
    if (!text.empty() && (text[0] == 'h' || text[0] == 'H' || text[0] == ':')) {
        const bool is_colon = text[0] == ':';
        text = is_colon ? text.substr(1) : trimmed(text.substr(1));
        minutes *= 60;
        if (!text.empty() || is_colon) {
            const std::optional<int> rest = take_number(text);
            if (!rest || *rest > 59) return std::nullopt;
            minutes += *rest;
            text = trimmed(text);
            if (is_colon && !text.empty()) return std::nullopt;
        }
    }
    const bool is_done = text.empty() || text == "m" || text == "min" || text == "M";
    if (!is_done || minutes > kDurationMinutesMax) return std::nullopt;
    return minutes;
}

}  // namespace ventanilla::rules
