#pragma once

#include <vector>

#include "shared/domain/article_version.hpp"
#include "shared/domain/help.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/request.hpp"
#include "shared/domain/row.hpp"

// The audiences of each row: who has it sent to their device. Everything else about reading follows
// from it, because the server sends nothing outside them and the portal shows only what it was
// sent. Never empty.

namespace ventanilla::rules {

using Audiences = std::vector<domain::Audience>;

// Sites, services, categories, catalogue items: part of what everybody who signed in sees.
Audiences audiences_of_shared_list();

Audiences audiences_of(const domain::User& user);        // the person and the staff
Audiences audiences_of(const domain::Article& article);  // every reader, or the staff
Audiences audiences_of(const domain::ArticleVersion& version);  // the staff, who write and review
Audiences audiences_of(const domain::Request& request);  // its requester and its desk
Audiences audiences_of(const domain::Vote& vote);  // who voted, and the staff who mend the article
Audiences audiences_of(const domain::Affected& affected);  // who it happens to, and the staff

Audiences audiences_of(const domain::HelpNote& note);  // whose it is alone
Audiences audiences_of_help_sums();  // the staff: HelpFigures, SearchGap

// Those of its request; of an internal note the desk alone.
Audiences audiences_of(const domain::Comment& comment, const domain::Request& request);

// Everybody or the people of its sites, and always the staff, who will be asked about it.
Audiences audiences_of(const domain::Outage& outage);

}  // namespace ventanilla::rules
