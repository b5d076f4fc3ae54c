#include "wasm/views/i18n.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::views {

namespace {

std::string_view value_of(std::string_view name, std::initializer_list<Slot> slots) {
    for (const Slot& slot : slots) {
        if (slot.name == name) return slot.value;
    }
    return {};
}

bool has_slot(std::string_view name, std::initializer_list<Slot> slots) {
    for (const Slot& slot : slots) {
        if (slot.name == name) return true;
    }
    return false;
}

void append_filled(std::string& out,
                   std::string_view text,
                   std::string_view number,
                   std::initializer_list<Slot> slots) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}', open);
        out.append(text.substr(0, open));
        if (open == std::string_view::npos || close == std::string_view::npos) return;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        if (name == "n" && !number.empty())
            out.append(number);
        else if (has_slot(name, slots))
            out.append(value_of(name, slots));
        else
            out.append(text.substr(open, close - open + 1));
        text.remove_prefix(close + 1);
    }
}

}  // namespace

std::string_view tr(Lang lang, K key) {
    return i18n::kTexts[static_cast<int>(key)][static_cast<int>(lang)];
}

std::string tr(Lang lang, K key, std::initializer_list<Slot> slots) {
    std::string out;
    append_filled(out, tr(lang, key), {}, slots);
    return out;
}

std::string tr(Lang lang, P key, std::int64_t n, std::initializer_list<Slot> slots) {
    const int form = (lang == Lang::Es ? 0 : 2) + (n == 1 ? 0 : 1);
    std::string out;
    append_filled(out, i18n::kCounted[static_cast<int>(key)][form], std::to_string(n), slots);
    return out;
}

std::optional<K> key_named(std::string_view name) {
    for (const i18n::Named& named : i18n::kNamed) {
        if (name == named.name) return named.key;
    }
    return std::nullopt;
}

}  // namespace ventanilla::views
