#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/lang.hpp"

// What the codecs of this folder share. A row's body has the names of its struct's fields; what is
// empty or at its default is left out, so that rows stay small and an added field costs old rows
// nothing. Reading a row is strict about what it needs and blind to members it does not know: a
// newer version wrote those.

namespace ventanilla::domain {

// Each sets the member `key`, unless there is nothing to say.
void put(Json& object, std::string_view key, const std::string& text);
void put(Json& object, std::string_view key, const L10n& text);
void put(Json& object, std::string_view key, const Id& id);
void put(Json& object, std::string_view key, const std::optional<Instant>& at);
void put(Json& object, std::string_view key, const std::vector<std::string>& texts);
void put_flag(Json& object, std::string_view key, bool value, bool usual = false);
void put_count(Json& object, std::string_view key, int value, int usual = 0);

// A text that must be there and not be blank. Errors: Invalid with `field` = key.
Result<std::string> full_text_at(const Json& object, std::string_view key);

// A text in at least one language. Errors: Invalid with `field` = key.
Result<L10n> l10n_at(const Json& object, std::string_view key);

// What may be missing, but not be something else. Errors: Invalid with `field` = key.
Result<std::optional<Instant>> instant_if_any(const Json& object, std::string_view key);
Result<Id> id_if_any(const Json& object, std::string_view key);

// The member when it is a number that fits, otherwise the fallback.
int count_or(const Json& object, std::string_view key, int fallback = 0);

// The texts of a list; what is no text is passed over. Empty when there is no list.
std::vector<std::string> texts_or_none(const Json& object, std::string_view key);

// The member `key` as an enumerator, by `read` (name -> optional). Errors: Invalid with `field` =
// key.
template <class Read>
auto enum_at(const Json& object, std::string_view key, Read read)
    -> Result<typename decltype(read(std::string_view{}))::value_type> {
    const std::string text = TRY(text_at(object, key));
    const auto value = read(text);
    if (!value) return invalid(concat(key, ": unknown value"), std::string(key));
    return *value;
}

}  // namespace ventanilla::domain
