#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/time.hpp"
#include "shared/domain/lang.hpp"

// How times and numbers are written for a person. In the browser the answers come from Intl;
// natively from FixedLocale, which knows one fixed offset. Everything else about language is in
// assets/i18n.

namespace ventanilla::views {

using domain::Lang;

enum class DateStyle : std::uint8_t {
    Time,          // "10:42", "10:42 AM"
    DayMonth,      // "11 mar", "Mar 11"
    DayMonthYear,  // "11 mar 2026", "Mar 11, 2026"
    DayTime,       // "11 mar, 10:42"
    WeekdayTime,   // "sáb 22:00"
    LongDay,       // "miércoles, 11 de marzo"
};

// The civil date and time at an instant, in a zone.
struct Civil {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0;
    int weekday = 4;  // 0 Sunday … 6 Saturday
};

class Locale {
  public:
    virtual ~Locale() = default;

    // `zone` is an IANA name; empty: the device's own.
    [[nodiscard]] virtual std::string format(Instant at,
                                             DateStyle style,
                                             Lang lang,
                                             std::string_view zone) const = 0;
    [[nodiscard]] virtual Civil civil(Instant at, std::string_view zone) const = 0;

    // "1.234,5" or "1,234.5", with exactly `decimals`.
    [[nodiscard]] virtual std::string number(double value, int decimals, Lang lang) const = 0;

    // "hora de Madrid", "Madrid time": what stands beside times. Empty when unknown.
    [[nodiscard]] virtual std::string zone_name(std::string_view zone, Lang lang) const = 0;
};

// One offset from UTC for every zone, month names of our own: tests, and a browser without Intl.
class FixedLocale final : public Locale {
  public:
    explicit FixedLocale(int offset_minutes = 0) : offset_minutes_(offset_minutes) {}

    [[nodiscard]] std::string format(Instant at,
                                     DateStyle style,
                                     Lang lang,
                                     std::string_view zone) const override;
    [[nodiscard]] Civil civil(Instant at, std::string_view zone) const override;
    [[nodiscard]] std::string number(double value, int decimals, Lang lang) const override;
    [[nodiscard]] std::string zone_name(std::string_view zone, Lang lang) const override;

  private:
    int offset_minutes_;
};

}  // namespace ventanilla::views
