#include "wasm/platform/locale.hpp"

#include <array>

#include "wasm/platform/imports.hpp"

namespace ventanilla::platform {
namespace {

constexpr std::size_t kTextBytesMax = 128;  // the longest date there is has about 60

// Calls `write(buffer, capacity)` and gives what it wrote.
template <class Write>
std::string text_of(Write write) {
    std::array<char, kTextBytesMax> buffer{};
    return std::string(buffer.data(), write(buffer.data(), buffer.size()));
}

}  // namespace

std::string BrowserLocale::format(Instant at,
                                  views::DateStyle style,
                                  views::Lang lang,
                                  std::string_view zone) const {
    return text_of([&](char* out, std::size_t capacity) {
        return pf_date(static_cast<int>(lang),
                       zone.data(),
                       zone.size(),
                       static_cast<double>(to_ms(at)),
                       static_cast<int>(style),
                       out,
                       capacity);
    });
}

views::Civil BrowserLocale::civil(Instant at, std::string_view zone) const {
    std::array<std::int32_t, 6> parts{};
    pf_civil(zone.data(), zone.size(), static_cast<double>(to_ms(at)), parts.data());
    return {.year = parts[0],
            .month = parts[1],
            .day = parts[2],
            .hour = parts[3],
            .minute = parts[4],
            .weekday = parts[5]};
}

std::string BrowserLocale::number(double value, int decimals, views::Lang lang) const {
    return text_of([&](char* out, std::size_t capacity) {
        return pf_number(static_cast<int>(lang), value, decimals, out, capacity);
    });
}

std::string BrowserLocale::zone_name(std::string_view zone, views::Lang lang) const {
    const std::string city = text_of([&](char* out, std::size_t capacity) {
        return pf_city(zone.data(), zone.size(), out, capacity);
    });
    if (city.empty()) return {};
    return lang == views::Lang::Es ? "hora de " + city : city + " time";
}

}  // namespace ventanilla::platform
