#pragma once

#include "wasm/views/locale.hpp"

namespace ventanilla::platform {

// Times and numbers as the browser's Intl writes them.
class BrowserLocale final : public views::Locale {
  public:
    [[nodiscard]] std::string format(Instant at,
                                     views::DateStyle style,
                                     views::Lang lang,
                                     std::string_view zone) const override;
    [[nodiscard]] views::Civil civil(Instant at, std::string_view zone) const override;
    [[nodiscard]] std::string number(double value, int decimals, views::Lang lang) const override;
    [[nodiscard]] std::string zone_name(std::string_view zone, views::Lang lang) const override;
};

}  // namespace ventanilla::platform
