#pragma once

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/domain/article_version.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/help.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/request.hpp"
#include "shared/sync/replica.hpp"

// The rows of the replica as the screens want them: parsed once, sorted, and looked up by what a
// URL or a list has. A type is read again only when the replica says that it may look different,
// and a row only when its version did, so that a new comment does not cost a walk over ten thousand
// requests. Lists are read from the rows' text; articles and conversations when first asked for,
// because the first screen needs neither.

namespace ventanilla::views {

using domain::L10n;
using domain::Lang;

// What lists and search show of a request.
struct RequestCard {
    Id id = {};
    std::string number = {};  // empty until the server has given it
    std::string local_code = {};
    std::string title = {};
    std::string item_key = {};
    Id requester = {};
    std::string requester_name = {};
    std::string desk = {};
    Id assignee = {};
    std::string assignee_name = {};
    Id service = {};
    Id site = {};
    Id outage = {};  // nil, or what it is linked to
    domain::RequestState state = domain::RequestState::New;
    std::optional<domain::HoldReason> hold_reason = {};
    int priority = 3;
    Instant reported_at = {};
    Instant updated_at = {};
    bool is_pending = false;  // differs from what the server has confirmed
};

bool is_open(const RequestCard& card);

// What lists show of an article; its body is read from the row when it is opened.
struct ArticleCard {
    Id id = {};
    std::string number = {};
    L10n title = {};
    L10n summary = {};
    int votes_helpful = 0;
    int votes_total = 0;
    bool is_internal = false;
    std::vector<std::string> items = {};
    int version = 1;
    std::optional<Instant> review_by = {};
    std::optional<Instant> valid_to = {};
    int behind_es = 0;  // sections that are newer in the other language
    int behind_en = 0;
    std::uint64_t ver = 0;

    [[nodiscard]] bool is_expired(Instant now) const { return valid_to && *valid_to <= now; }
};

// What lists show of a version of an article.
struct VersionCard {
    Id id = {};
    Id article = {};
    L10n title = {};
    int base = 0;
    int version = 0;
    domain::VersionState state = domain::VersionState::InReview;
    Id author = {};
    std::string author_name = {};
    std::string reviewer_name = {};
    Instant proposed_at = {};
    std::optional<Instant> reviewed_at = {};
    std::uint64_t ver = 0;
};

// The articles of one audience, as they are kept for reading without a network.
struct ArticlePack {
    int count = 0;
    std::int64_t bytes = 0;   // of their rows, both languages
    Instant newest_at = {};  // when the last of them was looked at
};

struct MyVote {
    bool is_helpful = true;
    std::optional<domain::VoteReason> reason = {};
};

class Library {
  public:
    // Reads what changed since the last call. Cost: the rows of the types that changed; nothing
    // otherwise. True when anything did.
    bool refresh(const sync::Replica& replica, const Id& me);
    void clear();

    // Newest first.
    [[nodiscard]] const std::vector<const RequestCard*>& mine() const { return mine_; }
    [[nodiscard]] const std::vector<const RequestCard*>& requests() const { return requests_; }
    [[nodiscard]] const RequestCard* request(const Id& id) const;
    // By number or "~" and code, either case. Looks at every request.
    [[nodiscard]] const RequestCard* request_named(std::string_view name) const;

    [[nodiscard]] const std::vector<domain::CatalogItem>& items() const {
        return items_;
    }  // most asked first
    [[nodiscard]] const domain::CatalogItem* item(std::string_view key) const;
    [[nodiscard]] const std::vector<domain::Category>& categories() const { return categories_; }
    [[nodiscard]] const std::vector<domain::Service>& services() const {
        return services_;
    }  // critical first
    [[nodiscard]] const domain::Service* service(const Id& id) const;
    [[nodiscard]] const std::vector<domain::Site>& sites() const { return sites_; }
    [[nodiscard]] const domain::Site* site(const Id& id) const;
    [[nodiscard]] const std::vector<domain::Outage>& outages() const {
        return outages_;
    }  // newest first
    [[nodiscard]] const domain::Outage* outage(const Id& id) const;
    // How many people work at `sites`, everybody for none; nothing when this person may not know.
    // Looks at every person once after they changed.
    [[nodiscard]] std::optional<int> people_at(const std::vector<Id>& sites) const;
    [[nodiscard]] const ArticleCard* article(const Id& id) const;  // reads this one only
    [[nodiscard]] const ArticleCard* article(std::string_view number) const;
    [[nodiscard]] const std::map<Id, ArticleCard>& articles() const;  // reads them all
    // The one that was found at that path before it came here. Looks at every article.
    [[nodiscard]] const ArticleCard* article_formerly_at(std::string_view path) const;
    // Each article's id and version, in no order; no article is read for it.
    void each_article(const std::function<void(const Id& id, std::uint64_t ver)>& visit) const;

    struct Packs {
        ArticlePack everybody = {};
        ArticlePack staff = {};
    };
    [[nodiscard]] const Packs& packs() const;  // looks at every article, once after each change

    // Versions of articles that I may see, the newest first.
    [[nodiscard]] const std::vector<VersionCard>& versions() const;
    [[nodiscard]] const VersionCard* version(const Id& id) const;

    // The whole conversation, oldest first.
    [[nodiscard]] std::vector<domain::Comment> comments(const Id& request) const;
    [[nodiscard]] std::optional<domain::Request> whole_request(const Id& id) const;
    [[nodiscard]] std::optional<domain::Article> whole_article(const Id& id) const;
    [[nodiscard]] std::optional<domain::ArticleVersion> whole_version(const Id& id) const;
    // My vote on an article, and whether I said "me too".
    [[nodiscard]] std::optional<MyVote> my_vote(const Id& article) const;
    // How often each reason was given of those whose votes I may see. Looks at every vote.
    [[nodiscard]] std::map<domain::VoteReason, int> complaints(const Id& article) const;
    [[nodiscard]] bool is_affected(const Id& outage) const;
    [[nodiscard]] std::optional<domain::Affected> my_affected(const Id& outage) const;
    // What helped and what is missing, for the staff. Both read their rows.
    [[nodiscard]] std::vector<domain::HelpFigures> help_figures() const;
    [[nodiscard]] std::vector<domain::SearchGap> search_gaps() const;

    [[nodiscard]] const sync::Replica* replica() const { return replica_; }

  private:
    struct Cached {
        RequestCard card;
        std::uint64_t ver = 0;
        bool is_seen = false;
    };

    bool is_stale(domain::RowType type);
    void read_requests();
    void read_catalogue();
    void read_places();
    void read_outages();
    const ArticleCard& read_article(const domain::RowRef& ref,
                                    std::uint64_t ver,
                                    std::string_view text) const;
    void read_articles() const;
    void read_numbers() const;
    void read_people() const;
    void read_comments() const;
    void read_versions() const;

    const sync::Replica* replica_ = nullptr;
    Id me_;
    std::map<domain::RowType, std::uint64_t> revisions_;
    std::unordered_map<Id, Cached, IdHash> cached_;
    std::vector<const RequestCard*> requests_;
    std::vector<const RequestCard*> mine_;
    std::vector<domain::CatalogItem> items_;
    std::vector<domain::Category> categories_;
    std::vector<domain::Service> services_;
    std::vector<domain::Site> sites_;
    std::vector<domain::Outage> outages_;

    mutable bool are_articles_unread_ = false;
    mutable bool are_packs_unread_ = false;
    mutable Packs packs_ = {};
    mutable bool are_numbers_unread_ = false;
    mutable bool are_comments_unread_ = false;
    mutable bool are_versions_unread_ = false;
    mutable bool are_people_unread_ = false;
    mutable std::map<Id, int> people_;  // by site, nil for those without
    mutable std::vector<VersionCard> versions_;
    mutable std::map<Id, ArticleCard> articles_;  // those that somebody asked for
    mutable std::map<std::string, Id, std::less<>> articles_by_number_;
    mutable std::unordered_map<Id, std::vector<std::pair<Instant, Id>>, IdHash>
        comments_;  // by request
};

}  // namespace ventanilla::views
