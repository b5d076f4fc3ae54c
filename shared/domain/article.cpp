#include "shared/domain/article.hpp"

#include "shared/domain/blocks.hpp"
#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kReasons = std::to_array<Named<VoteReason>>({
    {VoteReason::Wrong, "wrong"},
    {VoteReason::Outdated, "outdated"},
    {VoteReason::Unclear, "unclear"},
    {VoteReason::OtherCase, "other_case"},
    {VoteReason::BrokenLink, "broken_link"},
});
static_assert(kReasons.size() == kVoteReasons.size());

}  // namespace

Json to_json(const ArticleText& text) {
    Json object = Json::object();
    put(object, "title", text.title);
    put(object, "summary", text.summary);
    put(object, "keywords", text.keywords);
    if (!text.blocks.is_null()) object["blocks"] = text.blocks;
    return object;
}

ArticleText article_text_or_empty(const Json& body, std::string_view lang) {
    const Json& object = member(body, lang);
    ArticleText text;
    text.title = text_or(object, "title");
    text.summary = text_or(object, "summary");
    text.keywords = text_or(object, "keywords");
    text.blocks = member(object, "blocks");
    return text;
}

std::string plain_text(const ArticleText& text) {
    const Result<Blocks> blocks = blocks_from_json(text.blocks);
    return blocks ? plain_text(*blocks) : std::string{};
}

const ArticleText& Article::in(Lang lang) const {
    const ArticleText& wanted = lang == Lang::En ? en : es;
    const ArticleText& other = lang == Lang::En ? es : en;
    return wanted.empty() ? other : wanted;
}

Json to_json(const Article& article) {
    Json body = Json::object();
    put(body, "number", article.number);
    body["version"] = article.version;
    if (!article.es.empty()) body["es"] = to_json(article.es);
    if (!article.en.empty()) body["en"] = to_json(article.en);
    put(body, "source_path", article.source_path);
    put(body, "owner", article.owner);
    body["reviewed_at"] = to_ms(article.reviewed_at);
    put(body, "review_by", article.review_by);
    put(body, "valid_to", article.valid_to);
    put(body, "version_row", article.version_row);
    put_flag(body, "is_internal", article.is_internal);
    put_count(body, "votes_helpful", article.votes_helpful);
    put_count(body, "votes_total", article.votes_total);
    put(body, "items", article.items);
    return body;
}

Result<Article> article_from(const Row& row) {
    const Json& body = row.body;
    Article article;
    article.id = row.ref.id;
    article.number = TRY(full_text_at(body, "number"));
    article.version = count_or(body, "version", 1);
    article.es = article_text_or_empty(body, "es");
    article.en = article_text_or_empty(body, "en");
    if (article.es.empty() && article.en.empty()) return invalid("article without a title", "es");
    article.source_path = text_or(body, "source_path");
    article.owner = text_or(body, "owner");
    article.reviewed_at = from_ms(int_or(body, "reviewed_at"));
    article.review_by = TRY(instant_if_any(body, "review_by"));
    article.valid_to = TRY(instant_if_any(body, "valid_to"));
    article.version_row = TRY(id_if_any(body, "version_row"));
    // Nobody may read by accident what was meant for staff: a broken mark counts as set.
    article.is_internal = has(body, "is_internal") && bool_or(body, "is_internal", true);
    article.votes_helpful = count_or(body, "votes_helpful");
    article.votes_total = count_or(body, "votes_total");
    article.items = texts_or_none(body, "items");
    return article;
}

std::string_view name(VoteReason reason) { return name_in(kReasons, reason); }

std::optional<VoteReason> vote_reason(std::string_view name) { return value_in(kReasons, name); }

Id vote_id(const Id& article, const Id& user) {
    return derived_id("vote", concat(to_text(article), to_text(user)));
}

Json to_json(const Vote& vote) {
    Json body = Json::object();
    put(body, "article", vote.article);
    body["version"] = vote.version;
    put(body, "user", vote.user);
    body["is_helpful"] = vote.is_helpful;
    if (vote.reason) body["reason"] = name(*vote.reason);
    body["at"] = to_ms(vote.at);
    return body;
}

Result<Vote> vote_from(const Row& row) {
    const Json& body = row.body;
    Vote vote;
    vote.id = row.ref.id;
    vote.article = TRY(id_at(body, "article"));
    vote.version = count_or(body, "version", 1);
    vote.user = TRY(id_at(body, "user"));
    vote.is_helpful = TRY(bool_at(body, "is_helpful"));
    vote.reason = vote_reason(text_or(body, "reason"));
    vote.at = TRY(instant_at(body, "at"));
    return vote;
}

}  // namespace ventanilla::domain
