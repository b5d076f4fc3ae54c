#include <algorithm>

#include "shared/commands/deciding.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/codec.hpp"
#include "shared/rules/visibility.hpp"

// Votes on articles: one for each person, the newest counts, and the article keeps the sums.

namespace ventanilla::commands {
namespace {

using domain::Article;
using domain::Row;
using domain::RowType;
using domain::Vote;

Result<Vote> vote_of(Deciding& now, const Article& article) {
    const Json& args = now.command().args;
    Vote vote;
    vote.id = domain::vote_id(article.id, now.actor().user);
    vote.article = article.id;
    const std::int64_t version = TRY(int_at(args, "version"));
    if (version < 1) return now.wrong("version", "form.error.too_small");
    vote.version = static_cast<int>(std::min<std::int64_t>(version, article.version));
    vote.user = now.actor().user;
    vote.is_helpful = TRY(bool_at(args, "helpful"));
    if (has(args, "reason")) vote.reason = TRY(domain::enum_at(args, "reason", domain::vote_reason));
    if (vote.reason && vote.is_helpful) return now.wrong("reason", "form.error.choice");
    vote.at = now.reported_at();
    return vote;
}

// The person's vote until now, when there is one that can be read.
std::optional<Vote> earlier_vote(const Deciding& now, const Id& id) {
    const std::optional<Row> row = now.state().find({RowType::Vote, id});
    if (!row) return std::nullopt;
    const Result<Vote> vote = domain::vote_from(*row);
    return vote ? std::optional<Vote>(*vote) : std::nullopt;
}

bool says_nothing_new(const Vote& earlier, const Vote& vote) {
    if (vote.version < earlier.version) return true;  // an old device's word on an old version
    return vote.version == earlier.version && vote.is_helpful == earlier.is_helpful &&
           vote.reason == earlier.reason;
}

}  // namespace

Result<Decision> vote_article(Deciding& now) {
    (void)TRY(only_keys(now.command().args, {"article", "version", "helpful", "reason"}));
    const Row row = TRY(now.row_at(RowType::Article, "article"));
    const Article article = TRY(domain::article_from(row));
    const Vote vote = TRY(vote_of(now, article));
    const std::optional<Vote> earlier = earlier_vote(now, vote.id);
    if (earlier && says_nothing_new(*earlier, vote)) return nothing_new(row.ref);

    const int was_helpful = earlier && earlier->is_helpful ? 1 : 0;
    Article counted = article;
    counted.votes_total += earlier ? 0 : 1;
    counted.votes_helpful =
        std::max(0, counted.votes_helpful + (vote.is_helpful ? 1 : 0) - was_helpful);

    Decision decision{row.ref, {}};
    decision.changes.push_back(
        {{RowType::Vote, vote.id}, to_json(vote), rules::audiences_of(vote), false});
    const bool is_counted_anew = counted.votes_total != article.votes_total ||
                                 counted.votes_helpful != article.votes_helpful;
    if (is_counted_anew)
        decision.changes.push_back({row.ref,
                                    changed_body(row.body, to_json(article), to_json(counted)),
                                    std::nullopt,
                                    false});
    return decision;
}

}  // namespace ventanilla::commands
