#include "shared/rules/permissions.hpp"

#include <algorithm>

namespace ventanilla::rules {

using domain::Role;

bool Viewer::works_desk(std::string_view desk) const {
    if (roles.has(Role::Admin)) return true;
    const bool is_agent = roles.has(Role::Agent) || roles.has(Role::Manager);
    return is_agent && std::find(desks.begin(), desks.end(), desk) != desks.end();
}

bool Viewer::is_staff() const {
    using enum Role;
    for (const Role role :
         {Agent, Manager, ServiceOwner, IncidentManager, Spokesperson, Author, Reviewer, Admin})
        if (roles.has(role)) return true;
    return false;
}

Parties parties_of(const domain::Request& request, const Viewer& viewer) {
    Parties parties;
    if (request.requester == viewer.user) parties = parties | Party::Requester;
    if (viewer.works_desk(request.desk)) parties = parties | Party::Agent;
    return parties;
}

bool may_read(const domain::Request& request, const Viewer& viewer) {
    return !parties_of(request, viewer).empty() || viewer.roles.has(Role::Auditor);
}

bool may_read_internal(const domain::Request& request, const Viewer& viewer) {
    // An agent's own request is worked on by colleagues who may write about it: theirs alone to
    // read.
    if (request.requester == viewer.user) return false;
    return viewer.works_desk(request.desk) || viewer.roles.has(Role::Auditor);
}

bool may_comment(const domain::Request& request, const Viewer& viewer) {
    return !parties_of(request, viewer).empty();
}

bool may_publish_outages(const Viewer& viewer) {
    return viewer.roles.has(Role::Spokesperson) || viewer.roles.has(Role::IncidentManager) ||
           viewer.roles.has(Role::Admin);
}

bool may_propose_articles(const Viewer& viewer) {
    return viewer.is_staff();
}

bool may_review_articles(const Viewer& viewer) {
    return viewer.roles.has(Role::Reviewer) || viewer.roles.has(Role::Admin);
}

bool may_review(const domain::ArticleVersion& version, const Viewer& viewer) {
    return may_review_articles(viewer) && !(version.author == viewer.user);
}

std::vector<Step> steps_for(const domain::Request& request, const Viewer& viewer) {
    return open_steps(situation_of(request), parties_of(request, viewer));
}

}  // namespace ventanilla::rules
