#pragma once

#include <memory>

#include "shared/base/time_zone.hpp"

// Time zones of the machine's tz database, by Howard Hinnant's date library.

namespace ventanilla::public_status {

// Any thread. Without a database on the machine only "UTC" is found. The library reads the
// changes of clocks that are listed, which ends with 2037: after it a zone keeps its last offset.
std::unique_ptr<TimeZones> system_zones();

}  // namespace ventanilla::public_status
