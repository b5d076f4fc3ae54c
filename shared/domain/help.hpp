#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/row.hpp"

// How somebody looked for help before asking a person: what was offered beside a form, what was
// opened and how it ended (domain.md 4.8), and which searches led where. A batch is a row that only
// that person and the server see; the server counts it, and deletes it after kHelpKept. What the
// staff see are sums (ADR 18).

namespace ventanilla::domain {

inline constexpr std::chrono::hours kHelpSettles{72};  // no request meanwhile: it helped
inline constexpr std::chrono::days kHelpKept{90};      // also what the sums cover

// What is offered beside a form; stored as its name.
enum class HelpKind : std::uint8_t { Article, Outage, Request };
std::string_view name(HelpKind kind);  // "article", "outage", "request"
std::optional<HelpKind> help_kind(std::string_view name);

// How it ended; stored as its name.
enum class HelpEnd : std::uint8_t {
    Solved,     // "this solved it"
    NotSolved,  // and said so
    Submitted,  // the request was sent all the same
    Left,       // without a word
};
std::string_view name(HelpEnd end);  // "solved", "not_solved", "submitted", "left"
std::optional<HelpEnd> help_end(std::string_view name);

// One thing opened beside a form; or, without a kind, a form sent with nothing of the list opened.
struct HelpSought {
    std::string item;  // key of the catalogue item
    Id service;        // the item's, by which requests are compared; nil: unknown
    int shown = 0;     // length of the list
    std::optional<HelpKind> kind;
    Id target;  // what was opened
    HelpEnd end = HelpEnd::Left;
    Instant at;
    std::optional<bool> is_confirmed;  // by the server, kHelpSettles later
};

// One search that somebody meant, not each letter of it.
struct SearchMade {
    Id key;             // search::query_key: the same for the same words in any order and form
    std::string words;  // as typed, folded; empty where something was opened, and where they may
                        // tell who it was
    int found = 0;
    bool is_opened = false;
    Instant at;
};

struct HelpNote {
    Id id;  // derived from its command
    Id user;
    std::vector<HelpSought> sought;
    std::vector<SearchMade> searches;
    Instant at;
};

Json to_json(const HelpSought& sought);
Json to_json(const SearchMade& search);
Result<HelpSought> help_sought_from(const Json& value);  // Errors: Invalid.
Result<SearchMade> search_made_from(const Json& value);  // Errors: Invalid.

Json to_json(const HelpNote& note);
Result<HelpNote> help_note_from(const Row& row);  // Errors: Invalid.

// Sums of kHelpKept for one thing that was offered, or (kind nothing) for all forms.
struct HelpFigures {
    Id id;  // help_figures_id
    std::optional<HelpKind> kind;
    Id target;  // nil of outages and requests, which are counted together
    int opened = 0;
    int solved = 0;  // said so
    int left = 0;    // went away after reading
    int confirmed_solved = 0;
    int confirmed_left = 0;
    int waiting = 0;        // not known yet
    int submitted = 0;      // sent the request all the same, at once or within kHelpSettles
    int sent_unopened = 0;  // of all forms alone: sent without opening anything of the list

    friend bool operator==(const HelpFigures&, const HelpFigures&) = default;
    [[nodiscard]] int confirmed() const { return confirmed_solved + confirmed_left; }
};

Id help_figures_id(const std::optional<HelpKind>& kind, const Id& target);
Json to_json(const HelpFigures& figures);
Result<HelpFigures> help_figures_from(const Row& row);  // Errors: Invalid.

// What people search for and do not get, of kHelpKept. There is one only when limits::kGapPeopleMin
// people did.
struct SearchGap {
    Id id;              // SearchMade::key
    std::string words;  // as most of them wrote it
    int people = 0;
    int searches = 0;  // all with these words
    int empty = 0;     // found nothing
    int unopened = 0;  // found something that nobody opened

    friend bool operator==(const SearchGap&, const SearchGap&) = default;
};

Json to_json(const SearchGap& gap);
Result<SearchGap> search_gap_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
