#pragma once

#include <string>
#include <vector>

#include "server/store/store.hpp"
#include "shared/domain/help.hpp"
#include "shared/domain/request.hpp"

// What the notes of all people say together: what has helped, and what is searched for in vain.
// Recounted as a whole each time, so that a run that did not happen costs nothing but freshness.
// Nothing of one person leaves it: a search counts from limits::kGapPeopleMin people on (ADR 18).

namespace ventanilla::jobs {

struct HelpBook {
    std::vector<domain::HelpFigures> figures;  // of all forms first, when there is anything
    std::vector<domain::SearchGap> gaps;
};

// Reading something twice within kHelpSettles counts once, as the most that was said of it.
HelpBook counted(const std::vector<domain::HelpNote>& notes);

// Says of what is over kHelpSettles old whether it helped: no request of the same person for the
// same service came within that time. `requests` are theirs. Gives whether anything is known now
// that was not.
bool settle(domain::HelpNote& note, const std::vector<domain::Request>& requests, Instant now);

// Settles, counts, writes what changed, and deletes notes older than kHelpKept. Gives what it did,
// in a line. Errors: those of the store. Cost: a look at every note, and at the requests of those
// whose notes settle.
Result<std::string> keep_help_book(store::Store& store, Instant now);

}  // namespace ventanilla::jobs
