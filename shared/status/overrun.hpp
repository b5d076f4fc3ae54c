#pragma once

#include <optional>

#include "shared/domain/outage.hpp"

// The incident a maintenance turns into when it runs over: it begins when the maintenance should
// have ended, and whoever counts outages finds it among them. It is no row; it follows from the
// maintenance and the time, so that it cannot be forgotten. Source: outage.md 2.2.

namespace ventanilla::status {

struct OverrunTexts {
    domain::L10n title;  // "Andes ERP update: taking longer than planned"
    domain::L10n body;   // of its first update, which nobody wrote
};

// The incident, once the grace is over and for ever after, with the same id each time; nothing for
// a maintenance that ended in time or has not begun. The maintenance itself goes on as it was.
std::optional<domain::Outage> overrun_incident(const domain::Outage& maintenance,
                                               const OverrunTexts& texts,
                                               Instant now);

}  // namespace ventanilla::status
