#pragma once

#include "shared/domain/article_version.hpp"
#include "shared/domain/request.hpp"
#include "shared/rules/request_flow.hpp"
#include "shared/rules/viewer.hpp"

// Who may do what, as far as roles decide it (the state of a request is request_flow.hpp, what
// somebody can see at all is visibility.hpp). Source: domain.md 4.11.

namespace ventanilla::rules {

// What `viewer` is to `request`: its requester, an agent of its desk, both, or nothing.
Parties parties_of(const domain::Request& request, const Viewer& viewer);

// The public part, and the notes agents keep among themselves.
bool may_read(const domain::Request& request, const Viewer& viewer);
bool may_read_internal(const domain::Request& request, const Viewer& viewer);

bool may_comment(const domain::Request& request, const Viewer& viewer);

// Publishing, updating and resolving outages: what everybody then reads.
bool may_publish_outages(const Viewer& viewer);

// Articles: whoever works for a desk may propose what one shall say. Publishing takes somebody else's eyes.
bool may_propose_articles(const Viewer& viewer);
bool may_review_articles(const Viewer& viewer);
bool may_review(const domain::ArticleVersion& version, const Viewer& viewer);

// Steps open to `viewer` on `request`, in table order: its buttons.
std::vector<Step> steps_for(const domain::Request& request, const Viewer& viewer);

}  // namespace ventanilla::rules
