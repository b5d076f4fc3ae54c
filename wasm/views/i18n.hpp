#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/slots.hpp"
#include "shared/domain/lang.hpp"
#include "wasm/views/i18n_gen.hpp"

// Every sentence a person sees, by key. K and P come from assets/i18n: a key that does not exist
// does not compile, and one that exists in one language only stops the build (wasm/views/texts.py).

namespace ventanilla::views {

using domain::Lang;

// The text itself; lives for ever.
std::string_view tr(Lang lang, K key);

// The text with its slots filled. A slot that is not given stays as "{name}", and a view test would
// show it.
std::string tr(Lang lang, K key, std::initializer_list<Slot> slots);

// The text for a number of things: the slot {n} is the number.
std::string tr(Lang lang, P key, std::int64_t n, std::initializer_list<Slot> slots = {});

// The key of that name among those that rules and commands give by name ("reject.forbidden").
std::optional<K> key_named(std::string_view name);

}  // namespace ventanilla::views
