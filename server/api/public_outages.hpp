#pragma once

#include "server/store/store.hpp"
#include "shared/base/json.hpp"

// The open outages that concern everybody, as the banner shows them to anyone who asks: the banner
// is answered before it is known who asks. What concerns some sites only comes with a pull.

namespace ventanilla::api {

struct PublicOutages {
    Id epoch;
    std::uint64_t head = 0;
    Json outages = Json::array();
};

Result<PublicOutages> public_outages(store::Store& store);  // Errors: Unavailable.

}  // namespace ventanilla::api
