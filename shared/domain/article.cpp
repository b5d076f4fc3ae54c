#include "shared/domain/article.hpp"

#include <algorithm>

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

void drop_end(std::string& path, std::string_view end) {
    if (path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0)
        path.resize(path.size() - end.size());
}

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

std::string normal_address(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        std::string part(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
        std::transform(part.begin(), part.end(), part.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        });
        if (part == ".." && !parts.empty()) parts.pop_back();
        if (!part.empty() && part != "." && part != "..") parts.push_back(std::move(part));
    }
    std::string out;
    for (const std::string& part : parts)
        out.append(out.empty() ? "" : "/").append(part);
    drop_end(out, ".md");
    drop_end(out, ".markdown");
    drop_end(out, ".html");
    drop_end(out, "/index");
    return out;
}

Json to_json(const Article& article) {
    Json body = Json::object();
    put(body, "number", article.number);
    body["version"] = article.version;
    if (!article.es.empty()) body["es"] = to_json(article.es);
    if (!article.en.empty()) body["en"] = to_json(article.en);
    put(body, "source_path", article.source_path);
    put(body, "addresses", article.addresses);
    put(body, "owner", article.owner);
    body["reviewed_at"] = to_ms(article.reviewed_at);
    put(body, "review_by", article.review_by);
    put(body, "valid_to", article.valid_to);
    put(body, "version_row", article.version_row);
    put_flag(body, "is_internal", article.is_internal);
    put_count(body, "votes_helpful", article.votes_helpful);
    put_count(body, "votes_total", article.votes_total);
    put(body, "items", article.items);
    if (Json sections = to_json(article.sections); !sections.empty())
        body["sections"] = std::move(sections);
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
    article.addresses = texts_or_none(body, "addresses");
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
    article.sections = section_marks_or_none(member(body, "sections"));
    return article;
}

std::string_view name(VoteReason reason) {
    return name_in(kReasons, reason);
}

std::optional<VoteReason> vote_reason(std::string_view name) {
    return value_in(kReasons, name);
}

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
