#pragma once

#include <string>

#include "server/status/model.hpp"

// Announced maintenance as a calendar to subscribe to. One that runs over moves by itself: its end
// is the newest estimate, or the next quarter of an hour, and its sequence grows with each move.
// Sources: RFC 5545, RFC 7986; outage.md 5.3.

namespace ventanilla::public_status {

// Of the service alone when there is one. Times are UTC.
std::string calendar_ics(const Model& model, domain::Lang lang, const domain::Service* service);

// One content line, folded at 75 octets between code points, with its line end.
std::string ics_line(std::string_view text);

// A TEXT value: backslash, semicolon, comma and line ends escaped, control characters gone.
std::string ics_text(std::string_view text);

}  // namespace ventanilla::public_status
