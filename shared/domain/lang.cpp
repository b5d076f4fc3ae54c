#include "shared/domain/lang.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::domain {

std::string_view name(Lang lang) {
    return lang == Lang::En ? "en" : "es";
}

Lang lang_of(std::string_view locale) {
    const bool is_two_letters =
        locale.size() == 2 || (locale.size() > 2 && (locale[2] == '-' || locale[2] == '_'));
    if (!is_two_letters) return Lang::Es;
    const bool is_english =
        (locale[0] == 'e' || locale[0] == 'E') && (locale[1] == 'n' || locale[1] == 'N');
    return is_english ? Lang::En : Lang::Es;
}

const std::string& L10n::in(Lang lang) const {
    const std::string& wanted = lang == Lang::En ? en : es;
    const std::string& other = lang == Lang::En ? es : en;
    return wanted.empty() ? other : wanted;
}

Json to_json(const L10n& text) {
    Json object = Json::object();
    if (!text.es.empty()) object["es"] = text.es;
    if (!text.en.empty()) object["en"] = text.en;
    return object;
}

Result<L10n> l10n_from_json(const Json& value) {
    if (!value.is_object()) return invalid("texts by language expected");
    (void)TRY(only_keys(value, {"es", "en"}));
    L10n text;
    if (has(value, "es")) text.es = TRY(text_at(value, "es"));
    if (has(value, "en")) text.en = TRY(text_at(value, "en"));
    if (text.empty()) return invalid("no text in any language");
    return text;
}

L10n l10n_or_empty(const Json& object, std::string_view key) {
    const Json& texts = member(object, key);
    return {text_or(texts, "es"), text_or(texts, "en")};
}

}  // namespace ventanilla::domain
