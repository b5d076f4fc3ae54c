#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/json.hpp"

// What is shared between people is a set of versioned rows. A row is found by type and id, changes only
// through commands, and is visible to whoever holds one of its audiences (sync.md 2.5).

namespace ventanilla::domain {

// Stored and sent: never renumber, never reuse.
enum class RowType : std::uint8_t {
    User = 1,         // one person, as that person and agents see it
    Site = 2,         // an office
    Service = 3,      // what can break
    Category = 4,     // a shelf of the catalogue
    CatalogItem = 5,  // what can be asked for, with its form
    Article = 6,      // an answer of the knowledge base
    Request = 7,      // somebody's request or incident
    Comment = 8,      // one entry of a request's conversation
    Outage = 9,       // an incident or a maintenance, with its updates
    Vote = 10,        // was this article helpful, one per person and article
    Affected = 11,    // "me too": one per person and outage
    ArticleVersion = 12,  // what an article says, said or shall say
    HelpNote = 13,     // how somebody's search for help ended, until it is counted
    HelpFigures = 14,  // how often something offered has helped
    SearchGap = 15,    // what people search for and do not get
};

inline constexpr RowType kRowTypeLast = RowType::SearchGap;

std::string_view name(RowType type);  // "user", "catalog_item", …: as in URLs, lanes and the API
std::optional<RowType> row_type(std::string_view name);

struct RowRef {
    RowType type{};
    Id id;

    friend bool operator==(const RowRef&, const RowRef&) = default;
    friend bool operator<(const RowRef& a, const RowRef& b) {
        return a.type != b.type ? a.type < b.type : a.id < b.id;
    }
};

// "request:9f…": the lane of an entity's commands and the key in a command's base versions.
std::string to_text(const RowRef& ref);
Result<RowRef> parse_row_ref(std::string_view text);  // Errors: Invalid.

// The id of a row that people know by a key (a service, a site, a category, a catalogue item) or a number (an
// article): derived from it, so that the key alone finds the row, on every server and device alike.
Id id_of_key(RowType type, std::string_view key);

struct RowRefHash {
    std::size_t operator()(const RowRef& ref) const;
};

struct Row {
    RowRef ref;
    std::uint64_t ver = 0;  // grows by one with each change; 0 only for what was never stored
    Json body;
};

// Who may see a row. A closed set of forms:
//   org:all      everybody who signed in         team:KEY      the agents of a desk ("team:it")
//   kb:public    every reader of articles        staff:all     everybody who works for a desk or speaks for it
//   site:ID      people of one office            user:ID       one person
using Audience = std::string;

inline constexpr std::string_view kEverybody = "org:all";
inline constexpr std::string_view kPublicArticles = "kb:public";
inline constexpr std::string_view kStaff = "staff:all";
Audience audience_of_user(const Id& user);
Audience audience_of_site(const Id& site);
Audience audience_of_team(std::string_view desk);

}  // namespace ventanilla::domain
