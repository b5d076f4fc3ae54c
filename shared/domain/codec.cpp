#include "shared/domain/codec.hpp"

#include <limits>

namespace ventanilla::domain {

void put(Json& object, std::string_view key, const std::string& text) {
    if (!text.empty()) object[std::string(key)] = text;
}

void put(Json& object, std::string_view key, const L10n& text) {
    if (!text.empty()) object[std::string(key)] = to_json(text);
}

void put(Json& object, std::string_view key, const Id& id) {
    if (!is_nil(id)) object[std::string(key)] = to_text(id);
}

void put(Json& object, std::string_view key, const std::optional<Instant>& at) {
    if (at) object[std::string(key)] = to_ms(*at);
}

void put(Json& object, std::string_view key, const std::vector<std::string>& texts) {
    if (!texts.empty()) object[std::string(key)] = texts;
}

void put_flag(Json& object, std::string_view key, bool value, bool usual) {
    if (value != usual) object[std::string(key)] = value;
}

void put_count(Json& object, std::string_view key, int value, int usual) {
    if (value != usual) object[std::string(key)] = value;
}

Result<std::string> full_text_at(const Json& object, std::string_view key) {
    std::string text = TRY(text_at(object, key));
    if (trimmed(text).empty()) return invalid(concat(key, ": empty"), std::string(key));
    return text;
}

Result<L10n> l10n_at(const Json& object, std::string_view key) {
    Result<L10n> text = l10n_from_json(member(object, key));
    if (!text) return invalid(concat(key, ": ", text.error().detail), std::string(key));
    return text;
}

Result<std::optional<Instant>> instant_if_any(const Json& object, std::string_view key) {
    if (!has(object, key)) return std::optional<Instant>{};
    return std::optional<Instant>{TRY(instant_at(object, key))};
}

Result<Id> id_if_any(const Json& object, std::string_view key) {
    if (!has(object, key)) return Id{};
    return id_at(object, key);
}

int count_or(const Json& object, std::string_view key, int fallback) {
    const std::int64_t value = int_or(object, key, fallback);
    const bool fits =
        value >= std::numeric_limits<int>::min() && value <= std::numeric_limits<int>::max();
    return fits ? static_cast<int>(value) : fallback;
}

std::vector<std::string> texts_or_none(const Json& object, std::string_view key) {
    std::vector<std::string> texts;
    const Json& list = member(object, key);
    if (!list.is_array()) return texts;
    for (const Json& item : list)
        if (item.is_string()) texts.push_back(item.get<std::string>());
    return texts;
}

}  // namespace ventanilla::domain
