#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/lang.hpp"
#include "shared/domain/person.hpp"

// Who looks or acts, as the rules need to know it: made from a session on the server, from the
// signed-in person in the portal.

namespace ventanilla::rules {

struct Viewer {
    Id user;
    domain::Roles roles;
    std::vector<std::string> desks;  // an agent's or manager's
    Id site;                         // nil: remote

    [[nodiscard]] bool works_desk(
        std::string_view desk) const;     // agent or manager of it, or administrator
    [[nodiscard]] bool is_staff() const;  // sees what is kept among staff
};

}  // namespace ventanilla::rules
