#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/json.hpp"
#include "shared/domain/lang.hpp"

// Exact decimal numbers for forms: amounts of money are never doubles, and portal and server must
// agree on the last digit.

namespace ventanilla::rules {

struct Decimal {
    std::int64_t millionths = 0;

    friend bool operator==(const Decimal&, const Decimal&) = default;
    friend bool operator<(const Decimal& a, const Decimal& b) {
        return a.millionths < b.millionths;
    }
};

// Reads "-1500.25": at most 12 digits before the point and 6 after it. Nothing else is a number to
// it.
std::optional<Decimal> parse_decimal(std::string_view text);

// The same for a JSON number or a text of that form.
std::optional<Decimal> decimal_of(const Json& value);

// The one way it is stored, which parse_decimal reads: "1500.25", "-3", without superfluous zeros,
// except that exactly three decimals are written as four ("1.1250"), so that no language reads them
// as thousands.
std::string to_text(Decimal value);

// Reads what a person typed: "1.500,50", "1,500.50", "1 500", "1500.5". Of a single point or comma
// with three digits after it the language decides; "1.500" is fifteen hundred in Spanish. What
// to_text gives is read back as it was, in each language.
std::optional<Decimal> typed_decimal(std::string_view text, domain::Lang lang);

}  // namespace ventanilla::rules
