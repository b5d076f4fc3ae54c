#include "wasm/views/i18n.hpp"

namespace ventanilla::views {

std::string_view tr(Lang lang, K key) {
    return i18n::kTexts[static_cast<int>(key)][static_cast<int>(lang)];
}

std::string tr(Lang lang, K key, std::initializer_list<Slot> slots) {
    return filled(tr(lang, key), slots);
}

std::string tr(Lang lang, P key, std::int64_t n, std::initializer_list<Slot> slots) {
    const int form = (lang == Lang::Es ? 0 : 2) + (n == 1 ? 0 : 1);
    return filled(i18n::kCounted[static_cast<int>(key)][form], slots, std::to_string(n));
}

std::optional<K> key_named(std::string_view name) {
    for (const i18n::Named& named : i18n::kNamed) {
        if (name == named.name) return named.key;
    }
    return std::nullopt;
}

}  // namespace ventanilla::views
