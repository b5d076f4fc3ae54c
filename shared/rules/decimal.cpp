#include "shared/rules/decimal.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

constexpr std::size_t kWholeDigitsMax = 12;
constexpr std::size_t kFractionDigitsMax = 6;
constexpr std::int64_t kMillion = 1'000'000;

bool is_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (const char digit : digits)
        value = value * 10 + (digit - '0');
    return value;
}

std::string_view without_leading_zeros(std::string_view digits) {
    const std::size_t first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? std::string_view{} : digits.substr(first);
}

// Spaces that people and spreadsheets put between thousands, the no-break ones too.
std::string without_spaces(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        const bool is_space =
            c == U' ' || c == U'\u00A0' || c == U'\u2009' || c == U'\u202F' || c == U'\'';
        if (!is_space) append_utf8(out, c);
    }
    return out;
}

// Whether the groups after each `mark` have three digits: "1.234.567".
bool is_grouped(std::string_view text, char mark) {
    std::size_t at = text.find(mark);
    if (at == 0 || at > 3) return false;
    while (at != std::string_view::npos) {
        const std::size_t next = text.find(mark, at + 1);
        const std::size_t end = next == std::string_view::npos ? text.size() : next;
        if (end - at - 1 != 3) return false;
        at = next;
    }
    return true;
}

// The character that parts whole from fraction in `text`, which has no sign; '\0' when there is
// none.
char decimal_mark(std::string_view text, domain::Lang lang) {
    const std::size_t point = text.rfind('.');
    const std::size_t comma = text.rfind(',');
    if (point == std::string_view::npos && comma == std::string_view::npos) return '\0';
    if (point != std::string_view::npos && comma != std::string_view::npos)
        return point > comma ? '.' : ',';
    const char mark = point != std::string_view::npos ? '.' : ',';
    const bool is_once = text.find(mark) == text.rfind(mark);
    if (!is_once) return '\0';
    const char thousands = lang == domain::Lang::En ? ',' : '.';
    return mark == thousands && is_grouped(text, mark) && text[0] != '0' ? '\0' : mark;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    const bool is_negative = !text.empty() && text[0] == '-';
    if (is_negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    std::string_view whole = text.substr(0, point);
    const std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || !is_digits(whole) || !is_digits(fraction)) return std::nullopt;
    if (point != std::string_view::npos && fraction.empty()) return std::nullopt;
    whole = without_leading_zeros(whole);
    if (whole.size() > kWholeDigitsMax || fraction.size() > kFractionDigitsMax) return std::nullopt;
    std::string millionths(fraction);
    millionths.resize(kFractionDigitsMax, '0');
    const std::int64_t value = number_of(whole) * kMillion + number_of(millionths);
    return Decimal{is_negative ? -value : value};
}

std::optional<Decimal> decimal_of(const Json& value) {
    if (value.is_string()) return parse_decimal(value.get_ref<const std::string&>());
    if (value.is_number()) return parse_decimal(dump_json(value));
    return std::nullopt;
}

std::string to_text(Decimal value) {
    const bool is_negative = value.millionths < 0;
    const std::int64_t size = is_negative ? -value.millionths : value.millionths;
    std::string out = concat(is_negative ? "-" : "", size / kMillion);
    std::string fraction = padded(size % kMillion, static_cast<int>(kFractionDigitsMax));
    fraction.erase(fraction.find_last_not_of('0') + 1);
    if (fraction.size() == 3) fraction.push_back('0');
    return fraction.empty() ? out : concat(out, '.', fraction);
}

std::optional<Decimal> typed_decimal(std::string_view typed, domain::Lang lang) {
    std::string text = without_spaces(trimmed(typed));
    const bool is_negative = !text.empty() && text[0] == '-';
    if (is_negative) text.erase(0, 1);
    const char mark = decimal_mark(text, lang);
    const std::size_t at = mark == '\0' ? std::string::npos : text.rfind(mark);
    std::string whole = text.substr(0, at);
    const bool has_points = mark == ',' || (mark == '\0' && whole.find('.') != std::string::npos);
    const char group = has_points ? '.' : ',';
    if (whole.find(group) != std::string::npos) {
        if (!is_grouped(whole, group)) return std::nullopt;
        std::erase(whole, group);
    }
    const std::string fraction = at == std::string::npos ? std::string{} : text.substr(at + 1);
    if (whole.empty() && fraction.empty()) return std::nullopt;
    if (whole.empty()) whole = "0";
    return parse_decimal(
        concat(is_negative ? "-" : "", whole, fraction.empty() ? "" : ".", fraction));
}

}  // namespace ventanilla::rules
