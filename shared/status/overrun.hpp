#pragma once

#include <optional>

#include "shared/domain/outage.hpp"

// The incident a maintenance turns into when it runs over, or does more than was announced: it
// begins when the announcement stopped being true, and whoever counts outages finds it among them.
// It is no row until somebody hands the maintenance over (outage.convert); it follows from the
// maintenance and the time, so that it cannot be forgotten. Source: outage.md 2.2.

namespace ventanilla::status {

struct OverrunTexts {
    domain::L10n title;        // "Andes ERP update: taking longer than planned"
    domain::L10n body;         // of its first update, which nobody wrote
    domain::L10n worse_title;  // "Andes ERP update: affects more than planned"
};

// Since when `maintenance` is more than was announced: something is worse, or the grace after its
// covered end is over (then since that end). Nothing while it keeps its word, before it begins,
// and when it was cancelled.
std::optional<Instant> unplanned_since(const domain::Outage& maintenance, Instant now);

// The incident, once there is one and for ever after, with the same id each time. The maintenance
// itself goes on as it was. Nothing for one that was handed over: its incident is a row.
std::optional<domain::Outage> overrun_incident(const domain::Outage& maintenance,
                                               const OverrunTexts& texts,
                                               Instant now);

// `incident`, a row that continues `maintenance`, with what was to be read of it before it became
// a row: its own updates come last.
domain::Outage with_former_updates(domain::Outage incident,
                                   domain::Outage maintenance,
                                   const OverrunTexts& texts);

}  // namespace ventanilla::status
