#include "wasm/views/library.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "shared/base/json_peek.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::views {

namespace {

using domain::Row;
using domain::RowRef;
using domain::RowType;

// Only what a list needs, straight from the row's text: a whole Request costs fifty times as much.
RequestCard card_from(const RowRef& ref, std::string_view text, bool is_pending) {
    const JsonPeek body(text);
    RequestCard card{.id = ref.id,
                     .number = body.text_or("number"),
                     .local_code = body.text_or("local_code"),
                     .title = body.text_or("title"),
                     .item_key = body.text_or("item_key"),
                     .requester = body.id_or_nil("requester"),
                     .requester_name = body.text_or("requester_name"),
                     .desk = body.text_or("desk"),
                     .assignee = body.id_or_nil("assignee"),
                     .assignee_name = body.text_or("assignee_name"),
                     .service = body.id_or_nil("service"),
                     .site = body.id_or_nil("site"),
                     .outage = body.id_or_nil("outage"),
                     .priority = static_cast<int>(body.int_or("priority", 3)),
                     .reported_at = from_ms(body.int_or("reported_at")),
                     .updated_at = from_ms(body.int_or("updated_at")),
                     .is_pending = is_pending};
    card.state = domain::request_state(body.text_or("state")).value_or(domain::RequestState::New);
    card.hold_reason = domain::hold_reason(body.text_or("hold_reason"));
    return card;
}

std::string upper(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

template <class T>
const T* by_id(const std::vector<T>& all, const Id& id) {
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const T& each) { return each.id == id; });
    return at == all.end() ? nullptr : &*at;
}

template <class T>
std::vector<T> all_of(const sync::Replica& replica, RowType type, Result<T> (*read)(const Row&)) {
    std::vector<T> out;
    replica.each(type, [&](const Row& row) {
        if (Result<T> value = read(row)) out.push_back(std::move(value).value());
    });
    return out;
}

std::optional<Instant> instant_of(const JsonPeek& body, std::string_view key) {
    const std::int64_t ms = body.int_or(key);
    return ms == 0 ? std::nullopt : std::optional(from_ms(ms));
}

ArticleCard article_card(const RowRef& ref, std::uint64_t ver, std::string_view text) {
    const JsonPeek body(text);
    const JsonPeek es(body.member("es"));
    const JsonPeek en(body.member("en"));
    const Result<Json> marks = parse_json(body.member("sections"));
    const domain::BothMarks sections =
        marks ? domain::section_marks_or_none(*marks) : domain::BothMarks{};
    const auto behind = [](const auto& here, const auto& there) {
        return static_cast<int>(domain::newer_sections(here, there).size());
    };
    return {.id = ref.id,
            .number = body.text_or("number"),
            .title = {es.text_or("title"), en.text_or("title")},
            .summary = {es.text_or("summary"), en.text_or("summary")},
            .votes_helpful = static_cast<int>(body.int_or("votes_helpful")),
            .votes_total = static_cast<int>(body.int_or("votes_total")),
            .is_internal = body.bool_or("is_internal"),
            .items = body.texts_or_none("items"),
            .version = static_cast<int>(body.int_or("version", 1)),
            .review_by = instant_of(body, "review_by"),
            .valid_to = instant_of(body, "valid_to"),
            .behind_es = behind(sections.es, sections.en),
            .behind_en = behind(sections.en, sections.es),
            .ver = ver};
}

VersionCard version_card(const RowRef& ref, std::uint64_t ver, std::string_view text) {
    const JsonPeek body(text);
    VersionCard card{.id = ref.id,
                     .article = body.id_or_nil("article"),
                     .title = {JsonPeek(body.member("es")).text_or("title"),
                               JsonPeek(body.member("en")).text_or("title")},
                     .base = static_cast<int>(body.int_or("base")),
                     .version = static_cast<int>(body.int_or("version")),
                     .author = body.id_or_nil("author"),
                     .author_name = body.text_or("author_name"),
                     .reviewer_name = body.text_or("reviewer_name"),
                     .proposed_at = from_ms(body.int_or("proposed_at")),
                     .reviewed_at = instant_of(body, "reviewed_at"),
                     .ver = ver};
    card.state =
        domain::version_state(body.text_or("state")).value_or(domain::VersionState::Recalled);
    return card;
}

}  // namespace

bool is_open(const RequestCard& card) {
    using enum domain::RequestState;
    return card.state != Closed && card.state != Cancelled && card.state != Denied;
}

void Library::clear() {
    *this = Library{};
}

bool Library::is_stale(RowType type) {
    const std::uint64_t now = replica_->revision(type);
    std::uint64_t& known = revisions_[type];
    if (known == now + 1) return false;
    known = now + 1;  // so that revision 0 is read once too
    return true;
}

bool Library::refresh(const sync::Replica& replica, const Id& me) {
    if (replica_ != &replica || !(me_ == me)) clear();
    replica_ = &replica;
    me_ = me;
    bool changed = false;
    const auto read = [&](std::initializer_list<RowType> types, void (Library::*how)()) {
        bool stale = false;
        for (const RowType type : types)
            stale = is_stale(type) || stale;
        if (stale) (this->*how)();
        changed = changed || stale;
    };
    read({RowType::Request}, &Library::read_requests);
    if (is_stale(RowType::Comment)) are_comments_unread_ = changed = true;
    if (is_stale(RowType::ArticleVersion)) are_versions_unread_ = changed = true;
    if (is_stale(RowType::Article)) are_articles_unread_ = are_numbers_unread_ = are_packs_unread_ = changed = true;
    read({RowType::CatalogItem, RowType::Category}, &Library::read_catalogue);
    read({RowType::Service, RowType::Site}, &Library::read_places);
    read({RowType::Outage}, &Library::read_outages);
    if (is_stale(RowType::User)) are_people_unread_ = changed = true;
    for (const RowType type :
         {RowType::Vote, RowType::Affected, RowType::HelpFigures, RowType::SearchGap})
        changed = is_stale(type) || changed;
    return changed;
}

void Library::read_requests() {
    for (auto& [id, cached] : cached_)
        cached.is_seen = false;
    replica_->each_text(RowType::Request, [&](const RowRef& ref, auto ver, std::string_view body) {
        Cached& cached = cached_[ref.id];
        const bool is_pending = replica_->is_pending(ref);
        if (cached.ver != ver || is_pending || cached.card.is_pending) {
            cached.card = card_from(ref, body, is_pending);
            cached.ver = ver;
        }
        cached.is_seen = true;
    });
    std::erase_if(cached_, [](const auto& each) { return !each.second.is_seen; });

    requests_.clear();
    mine_.clear();
    for (const auto& [id, cached] : cached_)
        requests_.push_back(&cached.card);
    std::sort(requests_.begin(), requests_.end(), [](const RequestCard* a, const RequestCard* b) {
        return a->updated_at != b->updated_at ? a->updated_at > b->updated_at : a->id < b->id;
    });
    for (const RequestCard* card : requests_) {
        if (card->requester == me_) mine_.push_back(card);
    }
}

void Library::read_comments() const {
    if (!std::exchange(are_comments_unread_, false)) return;
    comments_.clear();
    replica_->each_text(RowType::Comment, [&](const RowRef& ref, auto, std::string_view text) {
        const JsonPeek body(text);
        comments_[body.id_or_nil("request")].push_back({from_ms(body.int_or("at")), ref.id});
    });
    for (auto& [request, list] : comments_)
        std::sort(list.begin(), list.end());
}

const ArticleCard& Library::read_article(const RowRef& ref,
                                         std::uint64_t ver,
                                         std::string_view text) const {
    ArticleCard& card = articles_[ref.id];
    if (card.ver != ver || ver == 0) card = article_card(ref, ver, text);
    return card;
}

void Library::read_articles() const {
    if (!std::exchange(are_articles_unread_, false)) return;
    std::set<Id> there;
    replica_->each_text(RowType::Article, [&](const RowRef& ref, auto ver, std::string_view text) {
        read_article(ref, ver, text);
        there.insert(ref.id);
    });
    std::erase_if(articles_, [&](const auto& each) { return !there.contains(each.first); });
}

void Library::read_versions() const {
    if (!std::exchange(are_versions_unread_, false)) return;
    versions_.clear();
    replica_->each_text(RowType::ArticleVersion,
                        [&](const RowRef& ref, auto ver, std::string_view text) {
                            versions_.push_back(version_card(ref, ver, text));
                        });
    std::sort(versions_.begin(), versions_.end(), [](const VersionCard& a, const VersionCard& b) {
        return a.proposed_at != b.proposed_at ? a.proposed_at > b.proposed_at : a.id < b.id;
    });
}

void Library::read_numbers() const {
    if (!std::exchange(are_numbers_unread_, false)) return;
    articles_by_number_.clear();
    replica_->each_text(RowType::Article, [&](const RowRef& ref, auto, std::string_view text) {
        articles_by_number_[JsonPeek(text).text_or("number")] = ref.id;
    });
}

void Library::read_catalogue() {
    items_ =
        all_of<domain::CatalogItem>(*replica_, RowType::CatalogItem, domain::catalog_item_from);
    std::sort(items_.begin(), items_.end(), [](const auto& a, const auto& b) {
        return a.order != b.order ? a.order < b.order : a.key < b.key;
    });
    categories_ = all_of<domain::Category>(*replica_, RowType::Category, domain::category_from);
    std::sort(categories_.begin(), categories_.end(), [](const auto& a, const auto& b) {
        return a.order != b.order ? a.order < b.order : a.key < b.key;
    });
}

void Library::read_places() {
    services_ = all_of<domain::Service>(*replica_, RowType::Service, domain::service_from);
    std::sort(services_.begin(), services_.end(), [](const auto& a, const auto& b) {
        return a.criticality != b.criticality ? a.criticality < b.criticality : a.key < b.key;
    });
    sites_ = all_of<domain::Site>(*replica_, RowType::Site, domain::site_from);
    std::sort(sites_.begin(), sites_.end(), [](const auto& a, const auto& b) {
        return a.name.es < b.name.es;
    });
}

void Library::read_outages() {
    outages_ = all_of<domain::Outage>(*replica_, RowType::Outage, domain::outage_from);
    std::sort(outages_.begin(), outages_.end(), [](const auto& a, const auto& b) {
        return a.started_at != b.started_at ? a.started_at > b.started_at : a.id < b.id;
    });
}

const RequestCard* Library::request(const Id& id) const {
    const auto at = cached_.find(id);
    return at == cached_.end() ? nullptr : &at->second.card;
}

const RequestCard* Library::request_named(std::string_view name) const {
    const bool is_code = !name.empty() && name.front() == '~';
    const std::string wanted = upper(name.substr(is_code ? 1 : 0));
    const auto at = std::find_if(requests_.begin(), requests_.end(), [&](const RequestCard* card) {
        return (is_code ? card->local_code : card->number) == wanted;
    });
    return wanted.empty() || at == requests_.end() ? nullptr : *at;
}

const domain::CatalogItem* Library::item(std::string_view key) const {
    const std::string wanted = upper(key);
    const auto at = std::find_if(
        items_.begin(), items_.end(), [&](const auto& each) { return each.key == wanted; });
    return at == items_.end() ? nullptr : &*at;
}

const domain::Service* Library::service(const Id& id) const {
    return by_id(services_, id);
}
const domain::Site* Library::site(const Id& id) const {
    return by_id(sites_, id);
}
const domain::Outage* Library::outage(const Id& id) const {
    return by_id(outages_, id);
}

void Library::read_people() const {
    people_.clear();
    are_people_unread_ = false;
    replica_->each_text(RowType::User, [&](const RowRef&, auto, std::string_view text) {
        const JsonPeek body(text);
        if (body.bool_or("is_active", true)) ++people_[body.id_or_nil("site")];
    });
}

std::optional<int> Library::people_at(const std::vector<Id>& sites) const {
    if (replica_ == nullptr) return std::nullopt;
    if (are_people_unread_) read_people();
    int count = 0;
    for (const auto& [site, people] : people_)
        if (sites.empty() || std::find(sites.begin(), sites.end(), site) != sites.end())
            count += people;
    // Whoever is sent nobody but themselves does not know how many there are.
    const bool is_known = people_.size() > 1 || (!people_.empty() && people_.begin()->second > 1);
    return is_known ? std::optional(count) : std::nullopt;
}

const std::map<Id, ArticleCard>& Library::articles() const {
    read_articles();
    return articles_;
}

const ArticleCard* Library::article(const Id& id) const {
    const ArticleCard* card = nullptr;
    if (replica_ == nullptr) return card;
    replica_->visit_text({RowType::Article, id},
                         [&](const RowRef& ref, auto ver, std::string_view text) {
                             card = &read_article(ref, ver, text);
                         });
    return card;
}

const ArticleCard* Library::article(std::string_view number) const {
    if (number.empty()) return nullptr;
    read_numbers();
    const auto at = articles_by_number_.find(upper(number));
    return at == articles_by_number_.end() ? nullptr : article(at->second);
}

std::vector<domain::Comment> Library::comments(const Id& request) const {
    read_comments();
    std::vector<domain::Comment> out;
    const auto at = comments_.find(request);
    if (at == comments_.end()) return out;
    for (const auto& [when, id] : at->second) {
        const Row* row = replica_->get({RowType::Comment, id});
        if (row == nullptr) continue;
        if (Result<domain::Comment> comment = domain::comment_from(*row))
            out.push_back(std::move(comment).value());
    }
    return out;
}

void Library::each_article(const std::function<void(const Id&, std::uint64_t)>& visit) const {
    if (replica_ == nullptr) return;
    replica_->each_text(RowType::Article,
                        [&](const RowRef& ref, auto ver, std::string_view) { visit(ref.id, ver); });
}

const Library::Packs& Library::packs() const {
    if (replica_ == nullptr || !std::exchange(are_packs_unread_, false)) return packs_;
    packs_ = {};
    replica_->each_text(RowType::Article, [&](const RowRef&, auto, std::string_view text) {
        const JsonPeek body(text);
        ArticlePack& pack = body.member("is_internal").empty() ? packs_.everybody : packs_.staff;
        ++pack.count;
        pack.bytes += static_cast<std::int64_t>(text.size());
        pack.newest_at = std::max(pack.newest_at, from_ms(body.int_or("reviewed_at")));
    });
    return packs_;
}

std::optional<domain::Request> Library::whole_request(const Id& id) const {
    const Row* row = replica_ == nullptr ? nullptr : replica_->get({RowType::Request, id});
    if (row == nullptr) return std::nullopt;
    Result<domain::Request> request = domain::request_from(*row);
    return request ? std::optional(std::move(request).value()) : std::nullopt;
}

std::optional<domain::Article> Library::whole_article(const Id& id) const {
    const Row* row = replica_ == nullptr ? nullptr : replica_->get({RowType::Article, id});
    if (row == nullptr) return std::nullopt;
    Result<domain::Article> article = domain::article_from(*row);
    return article ? std::optional(std::move(article).value()) : std::nullopt;
}

const ArticleCard* Library::article_formerly_at(std::string_view path) const {
    if (replica_ == nullptr) return nullptr;
    const std::string wanted = domain::normal_address(path);
    Id found;
    replica_->each_text(RowType::Article, [&](const RowRef& ref, auto, std::string_view text) {
        const std::vector<std::string> all = JsonPeek(text).texts_or_none("addresses");
        if (std::find(all.begin(), all.end(), wanted) != all.end()) found = ref.id;
    });
    return is_nil(found) ? nullptr : article(found);
}

const std::vector<VersionCard>& Library::versions() const {
    read_versions();
    return versions_;
}

const VersionCard* Library::version(const Id& id) const {
    return by_id(versions(), id);
}

std::optional<domain::ArticleVersion> Library::whole_version(const Id& id) const {
    const Row* row = replica_ == nullptr ? nullptr : replica_->get({RowType::ArticleVersion, id});
    if (row == nullptr) return std::nullopt;
    Result<domain::ArticleVersion> version = domain::article_version_from(*row);
    return version ? std::optional(std::move(version).value()) : std::nullopt;
}

std::optional<MyVote> Library::my_vote(const Id& article) const {
    const Row* row = replica_ == nullptr
                         ? nullptr
                         : replica_->get({RowType::Vote, domain::vote_id(article, me_)});
    if (row == nullptr) return std::nullopt;
    const Result<domain::Vote> vote = domain::vote_from(*row);
    return vote ? std::optional(MyVote{vote->is_helpful, vote->reason}) : std::nullopt;
}

std::optional<domain::Affected> Library::my_affected(const Id& outage) const {
    const Row* row = replica_ == nullptr
                         ? nullptr
                         : replica_->get({RowType::Affected, domain::affected_id(outage, me_)});
    if (row == nullptr) return std::nullopt;
    Result<domain::Affected> affected = domain::affected_from(*row);
    return affected ? std::optional(std::move(affected).value()) : std::nullopt;
}

std::map<domain::VoteReason, int> Library::complaints(const Id& article) const {
    std::map<domain::VoteReason, int> out;
    if (replica_ == nullptr) return out;
    replica_->each_text(RowType::Vote, [&](const RowRef&, auto, std::string_view text) {
        const JsonPeek body(text);
        const auto reason = domain::vote_reason(body.text_or("reason"));
        if (reason && body.id_or_nil("article") == article) ++out[*reason];
    });
    return out;
}

std::vector<domain::HelpFigures> Library::help_figures() const {
    if (replica_ == nullptr) return {};
    return all_of<domain::HelpFigures>(*replica_, RowType::HelpFigures, domain::help_figures_from);
}

std::vector<domain::SearchGap> Library::search_gaps() const {
    if (replica_ == nullptr) return {};
    return all_of<domain::SearchGap>(*replica_, RowType::SearchGap, domain::search_gap_from);
}

bool Library::is_affected(const Id& outage) const {
    return replica_ != nullptr &&
           replica_->get({RowType::Affected, domain::affected_id(outage, me_)}) != nullptr;
}

}  // namespace ventanilla::views
