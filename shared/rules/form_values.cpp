#include "shared/rules/form_values.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/dates.hpp"
#include "shared/rules/decimal.hpp"
#include "shared/rules/expression.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::rules {
namespace {

using domain::Field;
using domain::FieldType;
using domain::Lang;

constexpr std::size_t kLineBytesMax = 1'000;
constexpr std::size_t kMailBytesMax = 254;  // RFC 5321, 4.5.3.1.3
constexpr std::size_t kScaleMax = 10;

ReadValue wrong(std::string message, std::string limit = {}) {
    return {nullptr, std::move(message), std::move(limit)};
}
ReadValue value(Json read) {
    return {std::move(read), {}, {}};
}

ReadValue bounded(std::string text, std::size_t bytes_max) {
    if (text.size() > bytes_max) return wrong("form.error.too_long", std::to_string(bytes_max));
    return value(std::move(text));
}

ReadValue read_whole(const std::string& text, Lang lang) {
    const std::optional<Decimal> number = typed_decimal(text, lang);
    if (!number || number->millionths % 1'000'000 != 0) return wrong("form.error.whole_number");
    return value(number->millionths / 1'000'000);
}

ReadValue read_decimal(const std::string& text, Lang lang) {
    const std::optional<Decimal> number = typed_decimal(text, lang);
    return number ? value(to_text(*number)) : wrong("form.error.number");
}

ReadValue read_money(const std::string& text, Lang lang) {
    const std::optional<Decimal> number = typed_decimal(text, lang);
    if (!number) return wrong("form.error.number");
    if (number->millionths % 10'000 != 0) return wrong("form.error.decimals", "2");
    return value(to_text(*number));
}

bool is_mail_local(char c) {
    constexpr std::string_view kOthers = "!#$%&'*+-/=?^_`{|}~.";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
}

bool is_host_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return text;
}

bool is_host(std::string_view host) {
    const bool has_edge =
        host.empty() || host.front() == '.' || host.back() == '.' || host.front() == '-';
    return !has_edge && std::all_of(host.begin(), host.end(), is_host_char) &&
           host.find("..") == std::string_view::npos;
}

// What nearly every mail system accepts (RFC 5321 without quoted names); the real proof is a mail.
ReadValue read_mail(const std::string& text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string::npos || at == 0 || text.size() > kMailBytesMax)
        return wrong("form.error.email");
    const std::string local = text.substr(0, at);
    const std::string host = lower(text.substr(at + 1));
    const bool is_sound =
        local.size() <= 64 && std::all_of(local.begin(), local.end(), is_mail_local) &&
        local.front() != '.' && local.back() != '.' && local.find("..") == std::string::npos &&
        is_host(host) && host.find('.') != std::string::npos;
    return is_sound ? value(concat(local, '@', host)) : wrong("form.error.email");
}

// E.164: a plus and 8 to 15 digits. Without the country's code nobody abroad could call it.
ReadValue read_phone(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        const bool is_between =
            c == ' ' || c == '-' || c == '.' || c == '(' || c == ')' || c == '/';
        if (!is_between) digits.push_back(c);
    }
    if (digits.starts_with("00")) digits.replace(0, 2, "+");
    const bool is_sound =
        digits.size() >= 9 && digits.size() <= 16 && digits[0] == '+' && digits[1] != '0' &&
        std::all_of(digits.begin() + 1, digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return is_sound ? value(std::move(digits)) : wrong("form.error.phone");
}

// Only what a browser opens without running anything.
ReadValue read_url(const std::string& text) {
    const std::string start = lower(text.substr(0, 8));
    const std::size_t scheme = start.starts_with("https://")  ? 8
                               : start.starts_with("http://") ? 7
                                                              : 0;
    if (scheme == 0 || text.size() > kLineBytesMax) return wrong("form.error.url");
    const std::size_t end = text.find_first_of("/?#", scheme);
    std::string host = lower(text.substr(scheme, end == std::string::npos ? end : end - scheme));
    const std::size_t port = host.rfind(':');
    if (port != std::string::npos) host.erase(port);
    const bool is_sound = is_host(host) && text.find_first_of(" \"<>\\`") == std::string::npos;
    return is_sound ? value(text) : wrong("form.error.url");
}

ReadValue read_day(const std::string& text) {
    return parse_day(text) ? value(text) : wrong("form.error.date");
}

ReadValue read_local_time(const std::string& text) {
    std::optional<std::string> at = local_time(text);
    return at ? value(std::move(*at)) : wrong("form.error.datetime");
}

ReadValue read_time(const std::string& text) {
    return is_time(text) ? value(text) : wrong("form.error.time");
}

ReadValue read_duration(const std::string& text) {
    const std::optional<int> minutes = duration_minutes(text);
    return minutes ? value(*minutes) : wrong("form.error.duration");
}

ReadValue read_scale(const std::string& text, Lang lang) {
    ReadValue read = read_whole(text, lang);
    if (!read.message.empty()) return read;
    const auto point = read.value.get<std::int64_t>();
    if (point < 0) return wrong("form.error.too_small", "0");
    if (point <= static_cast<std::int64_t>(kScaleMax)) return read;
    return wrong("form.error.too_big", std::to_string(kScaleMax));
}

ReadValue read_bool(const Json& typed) {
    if (typed.is_boolean()) return value(typed);
    if (typed == "true" || typed == "false") return value(typed == "true");
    return wrong("form.error.invalid");
}

ReadValue read_choices(const Json& typed) {
    if (typed.is_string()) return value(Json::array({typed}));
    if (!typed.is_array() || typed.size() > limits::kFieldOptionsMax)
        return wrong("form.error.choice");
    Json keys = Json::array();
    for (const Json& key : typed) {
        if (!key.is_string()) return wrong("form.error.choice");
        if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    return value(std::move(keys));
}

ReadValue read_text(const Field& field, const std::string& typed, Lang lang) {
    if (field.type == FieldType::LongText)
        return bounded(clean_text(typed), limits::kFieldBytesMax);
    const std::string line = clean_line(typed);
    if (line.empty()) return {};
    switch (field.type) {
        case FieldType::Number: return read_whole(line, lang);
        case FieldType::Decimal: return read_decimal(line, lang);
        case FieldType::Money: return read_money(line, lang);
        case FieldType::Email: return read_mail(line);
        case FieldType::Phone: return read_phone(line);
        case FieldType::Url: return read_url(line);
        case FieldType::Date: return read_day(line);
        case FieldType::DateTime: return read_local_time(line);
        case FieldType::Time: return read_time(line);
        case FieldType::Duration: return read_duration(line);
        case FieldType::Scale: return read_scale(line, lang);
        default: return bounded(line, kLineBytesMax);
    }
}

ReadValue compare(const Json& value, const Json& bound, bool is_wrong, const char* message) {
    if (is_empty(bound) || !is_wrong) return {value, {}, {}};
    return wrong(message, bound.is_string() ? bound.get<std::string>() : dump_json(bound));
}

}  // namespace

ReadValue read_value(const Field& field, const Json& typed, Lang lang) {
    // Attachments do not travel yet, and explanations have no answer.
    if (field.type == FieldType::File || field.type == FieldType::Info || is_empty(typed))
        return {};
    if (field.type == FieldType::Bool) return read_bool(typed);
    if (field.type == FieldType::MultiChoice) return read_choices(typed);
    if (typed.is_string()) return read_text(field, typed.get_ref<const std::string&>(), lang);
    // Numbers written by programs are exact: no language has a say in them.
    if (typed.is_number()) {
        const std::optional<Decimal> number = decimal_of(typed);
        if (number) return read_text(field, to_text(*number), lang);
    }
    return wrong("form.error.invalid");
}

ReadValue check_value(const domain::Validator& validator, const Json& value, const Json& bound) {
    const std::string& kind = validator.kind;
    const std::string text = value.is_string() ? value.get<std::string>() : std::string{};
    if (kind == "mask")
        return compare(
            value, validator.value, !fits_mask(text, validator.value), "form.error.mask");
    if (kind == "min") return compare(value, bound, is_less(value, bound), "form.error.too_small");
    if (kind == "max") return compare(value, bound, is_less(bound, value), "form.error.too_big");
    if (kind == "after") return compare(value, bound, !is_less(bound, value), "form.error.after");
    if (kind == "before") return compare(value, bound, !is_less(value, bound), "form.error.before");
    const Json length = length_of(text);
    if (kind == "min_length")
        return compare(value, bound, is_less(length, bound), "form.error.too_short");
    if (kind == "max_length")
        return compare(value, bound, is_less(bound, length), "form.error.too_long");
    return {value, {}, {}};
}

}  // namespace ventanilla::rules
