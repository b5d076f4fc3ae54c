#pragma once

#include <string>
#include <vector>

#include "shared/domain/lang.hpp"

// What a good editor would say of an announcement before it goes out: what is missing, what blames
// somebody, what nobody outside the team understands, what is too long, and what promises a time
// that nobody can keep. Advice: none of it keeps anything from being published
// (problems_of_publishing does). Source: outage.md 1, rows 6 to 8.

namespace ventanilla::rules {

enum class Lint : std::uint8_t {
    NoContact,
    NoWorkaround,
    NoNextUpdate,
    Blame,
    Jargon,
    BannerTooLong,  // title, impact and workaround together
    DetailTooLong,
    PromiseWithoutRange,
    NotTranslated,  // said in one language only
};

struct LintFinding {
    Lint what;
    std::string field;  // "title", "impact", "workaround", "body", "contact", "next_update_due_at"
    domain::Lang lang;
    std::string words;  // at fault, as they were written; empty when something is missing or long
};

// What somebody is about to publish. Texts that are not being written stay empty and are not
// looked at; the flags say what is there otherwise.
struct Announcement {
    domain::L10n title;
    domain::L10n impact;
    domain::L10n workaround;
    domain::L10n body;
    bool has_contact = true;
    bool has_workaround = true;
    bool has_next_update = true;
    bool has_window = false;  // a maintenance: it may say when it ends
};

inline constexpr std::size_t kBannerLettersMax = 280;
inline constexpr std::size_t kDetailLettersMax = 1'200;

// In the order of the form; Spanish before English; at most one finding of a kind for a text.
std::vector<LintFinding> findings_on(const Announcement& announcement);

}  // namespace ventanilla::rules
