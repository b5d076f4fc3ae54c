#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "wasm/views/i18n.hpp"
#include "wasm/views/locale.hpp"

// Everything a model needs to put something into words for one person: their language, their zone,
// their clock. `say(K::home_title)` reads like a sentence.

namespace ventanilla::views {

// When what was said stops being true by the passing of time alone: "hace 3 min" after a minute, a
// promised update when it is overdue. An idle portal sleeps until then and paints nothing.
struct Ageing {
    std::optional<Instant> next = {};

    void at(Instant moment) {
        if (!next || moment < *next) next = moment;
    }
};

struct Say {
    Lang lang = Lang::Es;
    const Locale* locale = nullptr;
    std::string zone = {};  // IANA; empty: the device's own
    Instant now = {};
    Ageing* ageing = nullptr;  // told of every moment a sentence depends on; may be absent

    std::string_view operator()(K key) const { return tr(lang, key); }
    std::string operator()(K key, std::initializer_list<Slot> slots) const {
        return tr(lang, key, slots);
    }
    std::string operator()(P key, std::int64_t n, std::initializer_list<Slot> slots = {}) const {
        return tr(lang, key, n, slots);
    }

    [[nodiscard]] std::string time(Instant at) const;  // "10:42"
    [[nodiscard]] std::string day(
        Instant at) const;  // "11 mar"; with the year when it is another one
    // A moment as short as it can be and still be clear: the time today, else day and time.
    [[nodiscard]] std::string when(Instant at) const;
    // "ahora mismo", "hace 3 min", "hace 2 h", "hace 4 días", later the day.
    [[nodiscard]] std::string ago(Instant at) const;
    [[nodiscard]] std::string number(std::int64_t value) const;
    [[nodiscard]] std::string bytes(std::int64_t count) const;  // "12 KB", "3,4 MB"
    [[nodiscard]] bool is_today(Instant at) const;
    [[nodiscard]] bool is_past(Instant at) const;  // and will be said anew once it is
};

// "2026-11-28T22:00", as a field of date and time has it, by the person's wall; and the instant
// that means. Of a time that happens twice the first is meant; one that does not exist is read
// with the offset before the gap. Nothing when the text is no time.
std::string wall_text(const Say& say, Instant at);
std::optional<Instant> wall_instant(const Say& say, std::string_view text);

// `text` with a capital at its beginning.
std::string sentence(std::string text);

}  // namespace ventanilla::views
