#pragma once

#include <string>
#include <string_view>

#include "shared/base/json.hpp"

// The two languages people read, and texts that exist in both. Spanish comes first: it is what is shown
// when a text is missing in the other.

namespace ventanilla::domain {

enum class Lang : std::uint8_t { Es = 0, En = 1 };

std::string_view name(Lang lang);  // "es", "en"

// The language a locale such as "en-US" or "pt-BR" is served in; Spanish when it is neither.
Lang lang_of(std::string_view locale);

struct L10n {
    std::string es;
    std::string en;  // empty when it has not been translated

    // The text in `lang`, or in the other language when it is missing there.
    [[nodiscard]] const std::string& in(Lang lang) const;
    [[nodiscard]] bool empty() const { return es.empty() && en.empty(); }

    friend bool operator==(const L10n&, const L10n&) = default;
};

Json to_json(const L10n& text);  // {"es": …, "en": …}, without what is empty

// Errors: Invalid when it is no object of texts, has another language, or is empty in both.
Result<L10n> l10n_from_json(const Json& value);

// The member `key`, or an empty text when it is not there or broken: for stored rows.
L10n l10n_or_empty(const Json& object, std::string_view key);

}  // namespace ventanilla::domain
