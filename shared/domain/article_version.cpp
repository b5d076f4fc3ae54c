#include "shared/domain/article_version.hpp"

#include "shared/base/hash.hpp"
#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kVersionStates = std::to_array<Named<VersionState>>({
    {VersionState::InReview, "in_review"},
    {VersionState::EditsSuggested, "edits_suggested"},
    {VersionState::Published, "published"},
    {VersionState::Outdated, "outdated"},
    {VersionState::Recalled, "recalled"},
});

}  // namespace

bool is_proposed(VersionState state) {
    return state == VersionState::InReview || state == VersionState::EditsSuggested;
}

std::string_view name(VersionState state) {
    return name_in(kVersionStates, state);
}

std::optional<VersionState> version_state(std::string_view name) {
    return value_in(kVersionStates, name);
}

ArticleVersion outdated_version(const Article& article, const std::optional<Row>& row) {
    ArticleVersion version;
    if (row) {
        if (Result<ArticleVersion> kept = article_version_from(*row)) {
            kept->state = VersionState::Outdated;
            return std::move(*kept);
        }
    }
    version.id = derived_id("article_version", concat(to_text(article.id), ':', article.version));
    version.article = article.id;
    version.base = article.version - 1;
    version.version = article.version;
    version.state = VersionState::Outdated;
    version.es = article.es;
    version.en = article.en;
    version.owner = article.owner;
    version.is_internal = article.is_internal;
    version.items = article.items;
    version.review_by = article.review_by;
    version.valid_to = article.valid_to;
    version.proposed_at = article.reviewed_at;
    return version;
}

Article published(const ArticleVersion& version,
                  const std::optional<Article>& article,
                  Instant now) {
    Article next = article.value_or(Article{});
    next.id = version.article;
    if (next.number.empty()) next.number = concat("KB", short_code(next.id));
    next.version = version.version;
    next.es = version.es;
    next.en = version.en;
    next.owner = version.owner;
    next.is_internal = version.is_internal;
    next.items = version.items;
    next.reviewed_at = now;
    next.review_by = version.review_by;
    next.valid_to = version.valid_to;
    next.version_row = version.id;
    const Article before = article.value_or(Article{});
    next.sections = marks_after({before.es, before.en},
                                before.sections,
                                {next.es, next.en},
                                next.version,
                                version.is_form_only ? Change::FormOnly : Change::Facts);
    return next;
}

Json to_json(const ArticleVersion& version) {
    Json body = Json::object();
    put(body, "article", version.article);
    put_count(body, "base", version.base);
    put_count(body, "version", version.version);
    body["state"] = name(version.state);
    if (!version.es.empty()) body["es"] = to_json(version.es);
    if (!version.en.empty()) body["en"] = to_json(version.en);
    put(body, "owner", version.owner);
    put_flag(body, "is_internal", version.is_internal);
    put(body, "items", version.items);
    put(body, "review_by", version.review_by);
    put(body, "valid_to", version.valid_to);
    put_flag(body, "is_form_only", version.is_form_only);
    put(body, "change", version.change);
    put(body, "author", version.author);
    put(body, "author_name", version.author_name);
    body["proposed_at"] = to_ms(version.proposed_at);
    put(body, "reviewer", version.reviewer);
    put(body, "reviewer_name", version.reviewer_name);
    put(body, "reviewed_at", version.reviewed_at);
    put(body, "note", version.note);
    return body;
}

Result<ArticleVersion> article_version_from(const Row& row) {
    const Json& body = row.body;
    ArticleVersion version;
    version.id = row.ref.id;
    version.article = TRY(id_at(body, "article"));
    version.base = count_or(body, "base");
    version.version = count_or(body, "version");
    version.state = TRY(enum_at(body, "state", version_state));
    version.es = article_text_or_empty(body, "es");
    version.en = article_text_or_empty(body, "en");
    if (version.es.empty() && version.en.empty()) return invalid("version without a title", "es");
    version.owner = text_or(body, "owner");
    // As in articles: a broken mark counts as set.
    version.is_internal = has(body, "is_internal") && bool_or(body, "is_internal", true);
    version.items = texts_or_none(body, "items");
    version.review_by = TRY(instant_if_any(body, "review_by"));
    version.valid_to = TRY(instant_if_any(body, "valid_to"));
    version.is_form_only = bool_or(body, "is_form_only");
    version.change = text_or(body, "change");
    version.author = TRY(id_if_any(body, "author"));
    version.author_name = text_or(body, "author_name");
    version.proposed_at = TRY(instant_at(body, "proposed_at"));
    version.reviewer = TRY(id_if_any(body, "reviewer"));
    version.reviewer_name = text_or(body, "reviewer_name");
    version.reviewed_at = TRY(instant_if_any(body, "reviewed_at"));
    version.note = text_or(body, "note");
    return version;
}

}  // namespace ventanilla::domain
