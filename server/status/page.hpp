#pragma once

#include <string>

#include "server/status/model.hpp"

// The public status as plain HTML: no script, nothing from elsewhere, one style sheet of ours.
// Times stand with their zone, and the page says of when it is.

namespace ventanilla::public_status {

inline constexpr int kHistoryDays = 90;

// Everything, or one service with its own history.
std::string status_page(const Model& model, domain::Lang lang, const domain::Service* service);

std::string_view page_style();  // CSS

}  // namespace ventanilla::public_status
