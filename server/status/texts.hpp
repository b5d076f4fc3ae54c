#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

#include "server/status/texts_gen.hpp"
#include "shared/base/slots.hpp"
#include "shared/domain/outage.hpp"
#include "shared/status/rollup.hpp"

// The sentences of pages and feeds that the server writes: assets/i18n/public, as a table made by
// wasm/views/texts.py.

namespace ventanilla::public_status {

using domain::Lang;

std::string_view tr(Lang lang, K key);
std::string tr(Lang lang, K key, std::initializer_list<Slot> slots);
std::string tr(Lang lang, P key, std::int64_t n);

// Both languages, each with the title in it.
domain::L10n tr_both(K key, const domain::L10n& title = {});

std::string date_text(std::chrono::local_days date, Lang lang);  // "3 mar 2026"

K key_of(domain::OutageState state);
K key_of(status::ServiceStatus status);
K key_of(status::Headline headline);

}  // namespace ventanilla::public_status
