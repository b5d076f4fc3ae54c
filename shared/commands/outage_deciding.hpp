#pragma once

#include <string_view>
#include <vector>

#include "shared/commands/deciding.hpp"
#include "shared/domain/outage.hpp"
#include "shared/rules/outage_flow.hpp"

// What the commands about outages have in common: who may speak, what they had read before they
// wrote, and how an update comes to stand under an outage.

namespace ventanilla::commands {

struct FoundOutage {
    domain::Row row;
    domain::Outage outage;
};

Status must_speak(const Deciding& now);  // Errors: Forbidden.

Result<FoundOutage> find_outage(const Deciding& now);  // Errors: NotFound, Invalid.

// The outage that a command of those who speak is about. Whoever writes names the newest update
// they had read ("seen"); another one since then may change what they want to say.
// Errors: Forbidden, NotFound, or a rejection when somebody else was faster.
Result<FoundOutage> find_to_speak(Deciding& now);

// Whether this very command was applied before: its update is among those of the outage.
bool is_done(const Deciding& now, const domain::Outage& outage);

// Somebody was faster: the rejection tells the state there is now.
Error stale(Deciding& now, const FoundOutage& found, std::string message);

// Errors: a rejection that says why `to` cannot be, and what to do instead.
Status must_follow(Deciding& now,
                   const FoundOutage& found,
                   rules::OutageStep step,
                   domain::OutageState to);
Status must_be_ready(Deciding& now, const std::vector<rules::OutageProblem>& problems);

// Arguments. Errors: Invalid, with a message for the field.
Result<std::optional<Instant>> time_if_any(const Deciding& now, std::string_view key);
Result<std::vector<domain::ServiceImpact>> impacts_at(Deciding& now, std::string_view key);
Result<domain::OutageState> state_of(Deciding& now);
Result<domain::OutageUpdate> update_of(Deciding& now);  // all that the arguments describe

// An update with only words of its own: the rest is as it was.
Result<domain::OutageUpdate> words_of(Deciding& now,
                                      const domain::Outage& outage,
                                      domain::OutageState state);

// `outage`, which is `before` but for what changed with it, with `update` as its newest; banners
// come back only for news.
void add_update(const domain::Outage& before, domain::Outage& outage, domain::OutageUpdate update);

RowChange change_of(const FoundOutage& found, const domain::Outage& outage);
Decision with_update(const FoundOutage& found, domain::Outage outage, domain::OutageUpdate update);

}  // namespace ventanilla::commands
