#include <limits>

#include "shared/base/limits.hpp"
#include "shared/commands/deciding.hpp"
#include "shared/domain/blocks.hpp"
#include "shared/domain/codec.hpp"
#include "shared/rules/permissions.hpp"
#include "shared/rules/visibility.hpp"

// How an article comes to say something else: proposed, looked at by somebody else, published.
// Readers see the published text alone, until the moment it is replaced.

namespace ventanilla::commands {
namespace {

using domain::Article;
using domain::ArticleText;
using domain::ArticleVersion;
using domain::Row;
using domain::RowRef;
using domain::RowType;
using domain::VersionState;

// A version as one command finds it.
struct FoundVersion {
    Row row;
    ArticleVersion version;
};

Result<FoundVersion> find_version(const Deciding& now) {
    FoundVersion found;
    found.row = TRY(now.row_at(RowType::ArticleVersion, "article_version"));
    found.version = TRY(domain::article_version_from(found.row));
    return found;
}

Result<std::optional<Article>> article_of(const Deciding& now, const Id& id) {
    const std::optional<Row> row = now.state().find({RowType::Article, id});
    if (!row) return std::optional<Article>{};
    return std::optional<Article>{TRY(domain::article_from(*row))};
}

Decision changed(const FoundVersion& found, const ArticleVersion& version) {
    return {found.row.ref,
            {{.ref = found.row.ref,
              .body = changed_body(found.row.body, to_json(found.version), to_json(version)),
              .audiences = std::nullopt}}};
}

void decided(const Deciding& now, ArticleVersion& version) {
    version.reviewer = now.actor().user;
    version.reviewer_name = now.actor().display_name;
    version.reviewed_at = now.now();
}

// The version, when the actor may decide on it, or has published it already. Errors: Forbidden,
// NotFound, or a rejection of a version nobody waits for any more.
Result<FoundVersion> find_for_review(Deciding& now) {
    FoundVersion found = TRY(find_version(now));
    if (!rules::may_review(found.version, now.actor().viewer())) return Errc::Forbidden;
    const bool is_done = found.version.state == VersionState::Published &&
                         found.version.reviewer == now.actor().user;
    if (!is_proposed(found.version.state) && !is_done)
        return now.stale("reject.version_decided", found.row);
    return found;
}

// ---- article_version.propose

Result<ArticleText> given_text(Deciding& now, std::string_view lang) {
    const Json& given = member(now.command().args, lang);
    if (!only_keys(given, {"title", "summary", "keywords", "blocks"}))
        return now.wrong(lang, "form.error.invalid");
    ArticleText text;
    text.title = TRY(now.line_in(given, "title", limits::kTitleBytesMax));
    text.summary = TRY(now.line_in(given, "summary", limits::kSummaryBytesMax));
    text.keywords = TRY(now.line_in(given, "keywords", limits::kKeywordsBytesMax));
    if (text.title.empty()) return now.wrong("title", "form.error.required");
    const Result<domain::Blocks> blocks = domain::blocks_from_json(member(given, "blocks"));
    if (!blocks) return now.wrong("blocks", "form.error.invalid");
    if (blocks->empty()) return now.wrong("blocks", "form.error.required");
    text.blocks = to_json(*blocks);
    return text;
}

Result<std::vector<std::string>> items_at(Deciding& now, std::vector<std::string> before) {
    const Json& given = member(now.command().args, "items");
    if (given.is_null()) return before;
    if (!given.is_array() || given.size() > limits::kArticleItemsMax)
        return now.wrong("items", "form.error.invalid");
    std::vector<std::string> items;
    for (const Json& each : given) {
        const std::string key = each.is_string() ? each.get<std::string>() : "";
        const Id id = domain::id_of_key(RowType::CatalogItem, key);
        const bool is_there = now.visible({RowType::CatalogItem, id}).has_value();
        if (!is_there) return now.wrong("items", "form.error.choice");
        items.push_back(key);
    }
    return items;
}

// What was published when the author began, or the same version as proposed before.
Result<ArticleVersion> beginning(Deciding& now) {
    const Json& args = now.command().args;
    if (has(args, "article_version")) {
        FoundVersion found = TRY(find_version(now));
        if (!(found.version.author == now.actor().user)) return Errc::Forbidden;
        if (found.version.state == VersionState::Published ||
            found.version.state == VersionState::Outdated)
            return now.stale("reject.version_decided", found.row);
        return std::move(found.version);
    }
    ArticleVersion version;
    if (has(args, "article")) {
        const Row row = TRY(now.row_at(RowType::Article, "article"));
        version = domain::outdated_version(TRY(domain::article_from(row)));
        version.version = 0;
    }
    version.id = derived_id("article_version", now.command().cmd_id);
    if (is_nil(version.article)) version.article = derived_id("article", version.id);
    return version;
}

Result<ArticleVersion> proposed(Deciding& now) {
    const Json& args = now.command().args;
    ArticleVersion version = TRY(beginning(now));
    if (has(args, "es")) version.es = TRY(given_text(now, "es"));
    if (has(args, "en")) version.en = TRY(given_text(now, "en"));
    if (version.es.empty() && version.en.empty()) return now.wrong("es", "form.error.required");
    const std::int64_t base = TRY(int_at(args, "base"));
    if (base < 0 || base > std::numeric_limits<int>::max())
        return now.wrong("base", "form.error.invalid");
    version.base = static_cast<int>(base);
    if (has(args, "owner")) version.owner = TRY(now.line_in(args, "owner", limits::kTitleBytesMax));
    if (has(args, "internal")) version.is_internal = TRY(bool_at(args, "internal"));
    version.is_form_only = has(args, "form_only") && TRY(bool_at(args, "form_only"));
    version.items = TRY(items_at(now, std::move(version.items)));
    version.review_by = TRY(domain::instant_if_any(args, "review_by"));
    version.valid_to = TRY(domain::instant_if_any(args, "valid_to"));
    version.change = TRY(now.text_if_any("change", limits::kCommentBytesMax));
    version.state = VersionState::InReview;
    version.author = now.actor().user;
    version.author_name = now.actor().display_name;
    version.proposed_at = now.now();
    version.note.clear();
    return version;
}

// ---- article_version.publish

// The row of what readers saw until now, no longer what they see.
RowChange outdated(const Deciding& now, const Article& article) {
    const auto row = now.state().find({RowType::ArticleVersion, article.version_row});
    const ArticleVersion version = domain::outdated_version(article, row);
    const Json body = to_json(version);
    return {.ref = {RowType::ArticleVersion, version.id},
            .body = row ? changed_body(row->body, Json::object(), body) : body,
            .audiences = rules::audiences_of(version)};
}

RowChange of_article(const Deciding& now,
                     const Article& article,
                     const std::optional<Article>& before) {
    const RowRef ref{RowType::Article, article.id};
    const std::optional<Row> row = before ? now.state().find(ref) : std::nullopt;
    Json body =
        row ? changed_body(row->body, to_json(*before), to_json(article)) : to_json(article);
    return {.ref = ref, .body = std::move(body), .audiences = rules::audiences_of(article)};
}

}  // namespace

Result<Decision> propose_version(Deciding& now) {
    (void)TRY(only_keys(now.command().args,
                        {"article_version",
                         "article",
                         "base",
                         "es",
                         "en",
                         "owner",
                         "internal",
                         "form_only",
                         "items",
                         "review_by",
                         "valid_to",
                         "change"}));
    if (!rules::may_propose_articles(now.actor().viewer())) return Errc::Forbidden;
    const ArticleVersion version = TRY(proposed(now));
    const RowRef ref{RowType::ArticleVersion, version.id};
    const bool is_again = has(now.command().args, "article_version");
    if (!is_again && now.state().find(ref)) return nothing_new(ref);
    return Decision{
        ref, {{.ref = ref, .body = to_json(version), .audiences = rules::audiences_of(version)}}};
}

Result<Decision> suggest_edits(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"article_version", "note"}));
    const FoundVersion found = TRY(find_for_review(now));
    if (!is_proposed(found.version.state)) return now.stale("reject.version_decided", found.row);
    ArticleVersion version = found.version;
    version.note = TRY(now.text("note", limits::kCommentBytesMax));
    if (version.state == VersionState::EditsSuggested && version.note == found.version.note)
        return nothing_new(found.row.ref);
    version.state = VersionState::EditsSuggested;
    decided(now, version);
    return changed(found, version);
}

Result<Decision> publish_version(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"article_version"}));
    const FoundVersion found = TRY(find_for_review(now));
    if (found.version.state == VersionState::Published) return nothing_new(found.row.ref);
    const std::optional<Article> article = TRY(article_of(now, found.version.article));
    if (found.version.base != (article ? article->version : 0))
        return now.stale("reject.article_changed", found.row);
    ArticleVersion version = found.version;
    version.state = VersionState::Published;
    version.version = found.version.base + 1;
    version.note.clear();
    decided(now, version);
    Decision decision = changed(found, version);
    if (article) decision.changes.push_back(outdated(now, *article));
    decision.changes.push_back(
        of_article(now, domain::published(version, article, now.now()), article));
    return decision;
}

Result<Decision> recall_version(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"article_version"}));
    const FoundVersion found = TRY(find_version(now));
    if (!(found.version.author == now.actor().user)) return Errc::Forbidden;
    if (found.version.state == VersionState::Recalled) return nothing_new(found.row.ref);
    if (!is_proposed(found.version.state)) return now.stale("reject.version_decided", found.row);
    ArticleVersion version = found.version;
    version.state = VersionState::Recalled;
    return changed(found, version);
}

}  // namespace ventanilla::commands
