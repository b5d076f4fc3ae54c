#include "shared/status/recurrence_rule.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>

#include "shared/base/text.hpp"

namespace ventanilla::status {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::local_days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr int kIntervalMax = 1'000;
constexpr int kCountMax = 10'000;
constexpr std::size_t kListMax = 366;
constexpr std::array<std::string_view, 7> kDays = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

// ---- reading ----

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::optional<int> number_of(std::string_view text) {
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

struct Range {
    int most;
    bool may_count_back;  // -1 is the last
};

Result<int> number_in(std::string_view text, std::string_view part, Range range) {
    const std::optional<int> value = number_of(text);
    const bool is_back = value && *value < 0 && range.may_count_back && *value >= -range.most;
    if (!is_back && !(value && *value >= 1 && *value <= range.most))
        return invalid(concat("recurrence: ", part, "=", text, " is out of its range"));
    return *value;
}

Result<std::vector<int>> numbers_in(std::string_view text, std::string_view part, Range range) {
    std::vector<int> numbers;
    for (const std::string_view one : parts_of(text, ','))
        numbers.push_back(TRY(number_in(one, part, range)));
    if (numbers.empty() || numbers.size() > kListMax)
        return invalid(concat("recurrence: ", part, " is empty or too long"));
    return numbers;
}

std::optional<weekday> weekday_of(std::string_view text) {
    const auto found = std::find(kDays.begin(), kDays.end(), text);
    if (found == kDays.end()) return std::nullopt;
    return weekday{static_cast<unsigned>(found - kDays.begin())};
}

Result<std::vector<RuleDay>> rule_days_of(std::string_view text) {
    std::vector<RuleDay> list;
    for (const std::string_view one : parts_of(text, ',')) {
        const std::size_t split = one.size() < 2 ? 0 : one.size() - 2;
        const std::optional<weekday> name = weekday_of(one.substr(split));
        if (!name) return invalid(concat("recurrence: BYDAY=", one, " is no day; MO, 2TU, -1FR"));
        RuleDay rule_day{*name, 0};
        if (split > 0) rule_day.nth = TRY(number_in(one.substr(0, split), "BYDAY", {53, true}));
        list.push_back(rule_day);
    }
    if (list.empty() || list.size() > kListMax) return invalid("recurrence: BYDAY is empty");
    return list;
}

// "20261231", "20261231T235959" or "20261231T235959Z".
Status read_until(std::string_view text, RecurrenceRule& rule) {
    const bool is_utc = text.size() == 16 && text.back() == 'Z';
    const bool is_date = text.size() == 8;
    if (!is_utc && !is_date && text.size() != 15)
        return invalid(concat("recurrence: UNTIL=", text, " is no time like 20261231T235959Z"));
    const std::string_view date = text.substr(0, 8);
    std::string clock = "23:59:59";
    if (!is_date) {
        if (text[8] != 'T') return invalid(concat("recurrence: UNTIL=", text, " is no time"));
        clock = concat(text.substr(9, 2), ":", text.substr(11, 2), ":", text.substr(13, 2));
    }
    const Result<LocalTime> until = parse_local_time(
        concat(date.substr(0, 4), "-", date.substr(4, 2), "-", date.substr(6, 2), "T", clock));
    if (!until) return invalid(concat("recurrence: UNTIL=", text, " is no time"));
    if (is_utc)
        rule.until = Instant{until->time_since_epoch()};
    else
        rule.until_local = *until;
    return ok();
}

Result<Frequency> frequency_of(std::string_view text) {
    if (text == "DAILY") return Frequency::Daily;
    if (text == "WEEKLY") return Frequency::Weekly;
    if (text == "MONTHLY") return Frequency::Monthly;
    if (text == "YEARLY") return Frequency::Yearly;
    return invalid(concat("recurrence: FREQ=", text, " is not DAILY, WEEKLY, MONTHLY or YEARLY"));
}

Status read_part(std::string_view key, std::string_view value, RecurrenceRule& rule) {
    if (key == "FREQ") {
        rule.frequency = TRY(frequency_of(value));
    } else if (key == "INTERVAL") {
        rule.interval = TRY(number_in(value, key, {kIntervalMax, false}));
    } else if (key == "COUNT") {
        rule.count = TRY(number_in(value, key, {kCountMax, false}));
    } else if (key == "UNTIL") {
        return read_until(value, rule);
    } else if (key == "BYDAY") {
        rule.by_day = TRY(rule_days_of(value));
    } else if (key == "BYMONTHDAY") {
        rule.by_month_day = TRY(numbers_in(value, key, {31, true}));
    } else if (key == "BYMONTH") {
        rule.by_month = TRY(numbers_in(value, key, {12, false}));
    } else if (key == "BYSETPOS") {
        rule.by_set_pos = TRY(numbers_in(value, key, {366, true}));
    } else if (key == "WKST") {
        const std::optional<weekday> first = weekday_of(value);
        if (!first) return invalid(concat("recurrence: WKST=", value, " is no day"));
        rule.week_start = *first;
    } else {
        return invalid(concat("recurrence: ", key, " is not understood here"));
    }
    return ok();
}

Status check_rule(const RecurrenceRule& rule) {
    if (rule.count && (rule.until || rule.until_local))
        return invalid("recurrence: COUNT and UNTIL exclude each other");
    const bool has_nth = std::any_of(
        rule.by_day.begin(), rule.by_day.end(), [](const RuleDay& each) { return each.nth != 0; });
    const bool counts_days =
        rule.frequency == Frequency::Monthly || rule.frequency == Frequency::Yearly;
    if (has_nth && !counts_days)
        return invalid("recurrence: a numbered day as in 2TU needs FREQ=MONTHLY or YEARLY");
    if (!rule.by_month_day.empty() && rule.frequency == Frequency::Weekly)
        return invalid("recurrence: BYMONTHDAY does not go with FREQ=WEEKLY");
    const bool is_bare = rule.by_day.empty() && rule.by_month_day.empty() && rule.by_month.empty();
    if (!rule.by_set_pos.empty() && is_bare)
        return invalid("recurrence: BYSETPOS needs another BY part to choose from");
    return ok();
}

// ---- days of a period ----

template <class Value>
bool is_among(const std::vector<int>& list, Value value) {
    return std::find(list.begin(), list.end(), static_cast<int>(value)) != list.end();
}

bool is_in_month_list(const RecurrenceRule& rule, local_days date) {
    const year_month_day parts{date};
    return rule.by_month.empty() || is_among(rule.by_month, static_cast<unsigned>(parts.month()));
}

local_days last_day_of(year_month of) {
    return local_days{of / std::chrono::last};
}

bool is_month_day(const RecurrenceRule& rule, local_days date) {
    if (rule.by_month_day.empty()) return true;
    const year_month_day parts{date};
    const int from_start = static_cast<int>(static_cast<unsigned>(parts.day()));
    const auto from_end = -((last_day_of(parts.year() / parts.month()) - date).count() + 1);
    return is_among(rule.by_month_day, from_start) || is_among(rule.by_month_day, from_end);
}

struct Span {
    local_days first;
    local_days last;  // part of it
};

// Whether `date` is the weekday asked for, counted within `span` when it is numbered.
bool is_rule_day(const RuleDay& wanted, local_days date, Span span) {
    if (weekday{date} != wanted.day) return false;
    if (wanted.nth == 0) return true;
    const auto position = wanted.nth > 0 ? (date - span.first).count() / 7 + 1
                                         : -((span.last - date).count() / 7 + 1);
    return position == wanted.nth;
}

bool is_week_day(const RecurrenceRule& rule, local_days date, Span span) {
    if (rule.by_day.empty()) return true;
    return std::any_of(rule.by_day.begin(), rule.by_day.end(), [&](const RuleDay& wanted) {
        return is_rule_day(wanted, date, span);
    });
}

Span month_span(year_month of) {
    return {local_days{of / day{1}}, last_day_of(of)};
}

Span year_span(std::chrono::year of) {
    return {local_days{of / month{1} / day{1}}, local_days{of / month{12} / day{31}}};
}

year_month month_of(local_days date) {
    const year_month_day parts{date};
    return parts.year() / parts.month();
}

// Without a BY part for it, a rule repeats the day of its start.
bool repeats_start_day(const RecurrenceRule& rule, local_days date, local_days start) {
    if (!rule.by_day.empty() || !rule.by_month_day.empty()) return true;
    if (rule.frequency == Frequency::Weekly) return weekday{date} == weekday{start};
    if (rule.frequency == Frequency::Daily) return true;
    const year_month_day own{start}, parts{date};
    if (own.day() != parts.day()) return false;
    return rule.frequency == Frequency::Monthly || !rule.by_month.empty() ||
           own.month() == parts.month();
}

// Within what numbered weekdays are counted. Source: RFC 5545, the note on BYDAY.
Span counting_span(const RecurrenceRule& rule, local_days date) {
    const bool by_year = rule.frequency == Frequency::Yearly && rule.by_month.empty();
    return by_year ? year_span(year_month_day{date}.year()) : month_span(month_of(date));
}

Span period_of(const RecurrenceRule& rule, local_days start, int index) {
    const local_days first = period_start(rule, start, index);
    switch (rule.frequency) {
        case Frequency::Daily: return {first, first};
        case Frequency::Weekly: return {first, first + days{6}};
        case Frequency::Monthly: return month_span(month_of(first));
        case Frequency::Yearly: break;
    }
    return year_span(year_month_day{first}.year());
}

std::vector<local_days> chosen_by_position(const std::vector<local_days>& all,
                                           const std::vector<int>& positions) {
    std::vector<local_days> chosen;
    const auto size = static_cast<int>(all.size());
    for (int i = 0; i < size; ++i)
        if (is_among(positions, i + 1) || is_among(positions, i - size))
            chosen.push_back(all[static_cast<std::size_t>(i)]);
    return chosen;
}

}  // namespace

Result<RecurrenceRule> parse_recurrence_rule(std::string_view text) {
    std::string upper{trimmed(text)};
    if (upper.size() > 1'000) return invalid("recurrence: too long for a rule");
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    std::string_view rest = upper;
    if (rest.starts_with("RRULE:")) rest.remove_prefix(6);
    RecurrenceRule rule;
    std::set<std::string_view> seen;
    for (const std::string_view part : parts_of(rest, ';')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return invalid(concat("recurrence: \"", part, "\" is no part like FREQ=WEEKLY"));
        const std::string_view key = part.substr(0, equals);
        if (!seen.insert(key).second) return invalid(concat("recurrence: ", key, " comes twice"));
        (void)TRY(read_part(key, part.substr(equals + 1), rule));
    }
    if (!seen.contains("FREQ")) return invalid("recurrence: it does not say FREQ");
    (void)TRY(check_rule(rule));
    return rule;
}

local_days period_start(const RecurrenceRule& rule, local_days start, int index) {
    const int steps = rule.interval * index;
    switch (rule.frequency) {
        case Frequency::Daily: return start + days{steps};
        case Frequency::Weekly: return start - (weekday{start} - rule.week_start) + days{7} * steps;
        case Frequency::Monthly: return local_days{(month_of(start) + months{steps}) / day{1}};
        case Frequency::Yearly: break;
    }
    return local_days{(year_month_day{start}.year() + years{steps}) / month{1} / day{1}};
}

std::vector<local_days> days_of_period(const RecurrenceRule& rule, local_days start, int index) {
    const Span period = period_of(rule, start, index);
    std::vector<local_days> chosen;
    for (local_days date = period.first; date <= period.last; date += days{1}) {
        if (is_in_month_list(rule, date) && is_month_day(rule, date) &&
            is_week_day(rule, date, counting_span(rule, date)) &&
            repeats_start_day(rule, date, start))
            chosen.push_back(date);
    }
    return rule.by_set_pos.empty() ? chosen : chosen_by_position(chosen, rule.by_set_pos);
}

}  // namespace ventanilla::status
