#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/article_sections.hpp"
#include "shared/domain/lang.hpp"
#include "shared/domain/row.hpp"

// An answer of the knowledge base, published. One row holds both languages; bodies are block ASTs made from
// Markdown when the article was published, so the portal parses none (portal.md row 32).

namespace ventanilla::domain {

struct ArticleText {
    std::string title;
    std::string summary;
    std::string keywords;  // words people use, separated by spaces
    Json blocks;           // shared/domain/blocks.hpp reads it

    [[nodiscard]] bool empty() const { return title.empty(); }
};

// The body without marks, headings as "## " lines: what search indexes. Made from the blocks each time, which is a
// third less to send and to keep than a second copy. Empty when they cannot be read.
std::string plain_text(const ArticleText& text);

Json to_json(const ArticleText& text);
ArticleText article_text_or_empty(const Json& body, std::string_view lang);  // the member "es" or "en" of a row

struct Article {
    Id id;
    std::string number;  // "KB0005"
    int version = 1;     // grows with each publication
    ArticleText es;
    ArticleText en;           // empty when it has not been translated
    std::string source_path;  // of an imported page, relative to its folder; empty for ours
    std::vector<std::string> addresses;  // where it was found before it came here, as normal_address()
    std::string owner;        // the group that answers for it, as shown
    Instant reviewed_at;
    std::optional<Instant> review_by;  // then its owner looks whether it is still true
    std::optional<Instant> valid_to;   // after it nobody finds it any more
    Id version_row;                    // the ArticleVersion it was published from; nil: never changed here
    bool is_internal = false;  // for staff only
    int votes_helpful = 0;
    int votes_total = 0;
    std::vector<std::string> items;  // keys of catalogue items to offer beside it
    BothMarks sections;              // which language says what is newer; empty: never changed here

    // The text in `lang`, or the other one when it is missing there.
    [[nodiscard]] const ArticleText& in(Lang lang) const;

    [[nodiscard]] bool is_expired(Instant now) const { return valid_to && *valid_to <= now; }
};

// "/Travel//leave/index.html" and "travel/leave/" are one page: lower case, no dots, no ends.
std::string normal_address(std::string_view path);

Json to_json(const Article& article);
Result<Article> article_from(const Row& row);  // Errors: Invalid.

// What was missing where an article did not help (features.md C3).
enum class VoteReason : std::uint8_t { Wrong, Outdated, Unclear, OtherCase, BrokenLink };
inline constexpr std::array kVoteReasons = {
    VoteReason::Wrong, VoteReason::Outdated, VoteReason::Unclear, VoteReason::OtherCase, VoteReason::BrokenLink};
std::string_view name(VoteReason reason);
std::optional<VoteReason> vote_reason(std::string_view name);

// One person's vote on one article; a later one replaces it.
struct Vote {
    Id id;  // derived from article and user: voting twice is one row
    Id article;
    int version = 1;
    Id user;
    bool is_helpful = true;
    std::optional<VoteReason> reason;  // of one that did not help, when it was given
    Instant at;
};

Id vote_id(const Id& article, const Id& user);
Json to_json(const Vote& vote);
Result<Vote> vote_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
