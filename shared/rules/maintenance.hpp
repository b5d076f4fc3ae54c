#pragma once

#include "shared/domain/outage.hpp"

// What was promised of a maintenance, and until when it counts as planned: announced means said in
// time, and no worse than said. Source: outage.md 0.2 and 2.2.

namespace ventanilla::rules {

// How long before the end an extension must be said to count as planned: a day; nothing for work
// that nobody could announce, as long as it is said before the end.
Millis notice_of(domain::NoticeClass notice);

// Until when `maintenance` is covered by what was said in time. An extension said too late moves
// the end that people read, but not this; started_at when no end was ever promised.
Instant covered_until(const domain::Outage& maintenance);

// The worst `maintenance` was announced to do to `service`: what was expected when it was
// published; for one that said nothing, what stood before it began or, when that was nothing
// either, what it did in its time.
domain::Impact announced_impact(const domain::Outage& maintenance, const Id& service);

// Whether `update` does more to some service than was announced.
bool is_worse_than_announced(const domain::Outage& maintenance, const domain::OutageUpdate& update);

}  // namespace ventanilla::rules
