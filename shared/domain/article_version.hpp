#pragma once

#include "shared/domain/article.hpp"

// One version of an article, from its proposal on. Its text changes only while it is proposed; once
// published it stays as it was, so that what people read on a day can be read on any later day.
// Source: domain.md 4.3.4; a draft is kept on its author's device alone, approval and publication
// are one step (ADR 12).

namespace ventanilla::domain {

enum class VersionState : std::uint8_t {
    InReview,        // waits for somebody else to look at it
    EditsSuggested,  // looked at, and its author has something to mend
    Published,       // what readers see
    Outdated,        // was published, another version has replaced it
    Recalled,        // its author took it back
};
bool is_proposed(VersionState state);  // somebody has still to decide on it
std::string_view name(VersionState state);  // "in_review", "edits_suggested", …
std::optional<VersionState> version_state(std::string_view name);

struct ArticleVersion {
    Id id;
    Id article;    // what it is a version of; also of an article that will only exist when this is
                   // published
    int base = 0;  // the version it was written on; 0: there was none
    int version = 0;  // its own number once published
    VersionState state = VersionState::InReview;
    ArticleText es;  // whole, also of a language it does not change
    ArticleText en;
    std::string owner;  // the group that answers for it
    bool is_internal = false;
    std::vector<std::string> items;
    std::optional<Instant> review_by;
    std::optional<Instant> valid_to;
    bool is_form_only = false;  // it says the same in other words: translations stay up to date
    std::string change;  // what is different, and why, for who reviews it
    Id author;           // nil: of a version from before versions were kept
    std::string author_name;
    Instant proposed_at;
    Id reviewer;  // nil until somebody decided
    std::string reviewer_name;
    std::optional<Instant> reviewed_at;
    std::string note;  // what to mend, while edits are suggested
};

// What was published of `article` until now, as a version of its own: `row`, its version_row, when
// there is one.
ArticleVersion outdated_version(const Article& article, const std::optional<Row>& row = {});

// `article` as it is once `version` is published: the number and the votes stay. A new one when
// there is none.
Article published(const ArticleVersion& version,
                  const std::optional<Article>& article,
                  Instant now);

Json to_json(const ArticleVersion& version);
Result<ArticleVersion> article_version_from(const Row& row);  // Errors: Invalid.

}  // namespace ventanilla::domain
