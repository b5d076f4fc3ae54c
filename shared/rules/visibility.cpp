#include "shared/rules/visibility.hpp"

namespace ventanilla::rules {

using domain::Audience;
using domain::audience_of_site;
using domain::audience_of_team;
using domain::audience_of_user;

Audiences audiences_of_shared_list() {
    return {Audience(domain::kEverybody)};
}

Audiences audiences_of(const domain::User& user) {
    return {audience_of_user(user.id), Audience(domain::kStaff)};
}

Audiences audiences_of(const domain::Article& article) {
    return {Audience(article.is_internal ? domain::kStaff : domain::kPublicArticles)};
}

Audiences audiences_of(const domain::ArticleVersion&) {
    return {Audience(domain::kStaff)};
}

Audiences audiences_of(const domain::Request& request) {
    return {audience_of_user(request.requester), audience_of_team(request.desk)};
}

Audiences audiences_of(const domain::Vote& vote) {
    return {audience_of_user(vote.user), Audience(domain::kStaff)};
}

Audiences audiences_of(const domain::Affected& affected) {
    return {audience_of_user(affected.user), Audience(domain::kStaff)};
}

Audiences audiences_of(const domain::HelpNote& note) {
    return {audience_of_user(note.user)};
}

Audiences audiences_of_help_sums() {
    return {Audience(domain::kStaff)};
}

Audiences audiences_of(const domain::Comment& comment, const domain::Request& request) {
    if (comment.kind == domain::CommentKind::Internal) return {audience_of_team(request.desk)};
    return audiences_of(request);
}

Audiences audiences_of(const domain::Outage& outage) {
    Audiences audiences;
    if (outage.audience.is_everybody) {
        audiences.emplace_back(domain::kEverybody);
    } else {
        for (const Id& site : outage.audience.sites)
            audiences.push_back(audience_of_site(site));
    }
    audiences.emplace_back(domain::kStaff);
    return audiences;
}

}  // namespace ventanilla::rules
