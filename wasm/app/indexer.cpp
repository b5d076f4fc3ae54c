#include "wasm/app/indexer.hpp"

#include <algorithm>
#include <array>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/search/priors.hpp"

namespace ventanilla::app {

namespace {

using domain::L10n;
using domain::Lang;
using search::Document;
using search::Kind;

constexpr std::size_t kSliceBytes = 24 * 1024;  // a few milliseconds of work
constexpr std::size_t kSliceDocuments = 40;
constexpr std::size_t kPreparedEvery = 256;  // documents; as long as a slice

// Under which the texts of one thing are in the index, but for ":es" and ":en".
std::string name_of(Kind kind, const Id& id) {
    constexpr std::array<std::string_view, search::kKinds> kNames = {
        "article:", "item:", "request:", "outage:"};
    static_assert(static_cast<int>(Kind::Article) == 0 && static_cast<int>(Kind::Status) == 3);
    return concat(kNames[static_cast<std::size_t>(kind)], to_text(id));
}

Document document_of(Kind kind, std::string key, std::string id) {
    Document document;
    document.kind = kind;
    document.key = std::move(key);
    document.id = std::move(id);
    return document;
}

double days_between(Instant a, Instant b) {
    constexpr double kDayMs = 86'400'000;
    return static_cast<double>((b - a).count()) / kDayMs;
}

}  // namespace

void Indexer::clear() {
    *this = Indexer{};
}

void Indexer::want(Kind kind, const Id& id, std::uint64_t print) {
    Known& known = known_[static_cast<std::size_t>(kind)][id];
    known.round = round_;
    if (known.print != print) queue_.push_back({kind, id, print});
}

void Indexer::plan(const views::Library& library, const Id& me, Instant now) {
    now_ = now;
    ++round_;
    queue_.clear();
    for (const domain::CatalogItem& item : library.items()) {
        const std::string text =
            concat(item.title.es, item.title.en, item.keywords.es, item.summary.es);
        want(Kind::Item, item.id, hash64(text));
    }
    for (const domain::Outage& outage : library.outages())
        if (domain::is_open(outage.state()))
            want(Kind::Status, outage.id, outage.updates.size() + 1);
    for (const views::RequestCard* card : library.requests()) {
        const std::uint64_t texts = hash64(card->title) * 31 + hash64(card->number);
        want(Kind::Request, card->id, texts * 2 + (card->requester == me ? 1 : 0));
    }
    library.each_article(
        [this](const Id& id, std::uint64_t ver) { want(Kind::Article, id, ver + 1); });
    forget_others();
    std::reverse(queue_.begin(), queue_.end());  // taken from the back: items first, articles last
}

void Indexer::forget_others() {
    for (std::size_t kind = 0; kind < known_.size(); ++kind) {
        std::erase_if(known_[kind], [&](const auto& each) {
            if (each.second.round == round_) return false;
            const std::string name = name_of(static_cast<Kind>(kind), each.first);
            index_.remove(name + ":es");
            index_.remove(name + ":en");
            return true;
        });
    }
}

void Indexer::step(const views::Library& library, const Id& me, Instant now) {
    if (!is_planned_) {
        plan(library, me, now);
        is_planned_ = true;
    } else if (unprepared_ >= kPreparedEvery || (queue_.empty() && unprepared_ > 0)) {
        index_.prepare();
        unprepared_ = 0;
    } else {
        put_some(library);
    }
}

void Indexer::put_some(const views::Library& library) {
    constexpr std::size_t kTypicalArticle = 4 * 1024;
    std::size_t bytes = 0;
    for (std::size_t count = 0; !queue_.empty() && count < kSliceDocuments && bytes < kSliceBytes;
         ++count) {
        const Wanted wanted = queue_.back();
        queue_.pop_back();
        put(library, wanted);
        known_[static_cast<std::size_t>(wanted.kind)][wanted.id].print = wanted.print;
        bytes += wanted.kind == Kind::Article ? kTypicalArticle : 256;
        ++unprepared_;
    }
}

void Indexer::put(const views::Library& library, const Wanted& wanted) {
    switch (wanted.kind) {
        case Kind::Article: return put_article(library, wanted.id);
        case Kind::Item: return put_item(library, wanted.id);
        case Kind::Request: return put_request(library, wanted.id);
        case Kind::Status: return put_outage(library, wanted.id);
    }
}

void Indexer::put_both(Document document,
                       const L10n& title,
                       const L10n& keywords,
                       const L10n& summary) {
    const std::string name = document.key;
    for (const Lang lang : {Lang::Es, Lang::En}) {
        document.key = concat(name, ":", domain::name(lang));
        document.lang = lang;
        document.title = lang == Lang::Es ? title.es : title.en;
        document.keywords = lang == Lang::Es ? keywords.es : keywords.en;
        document.summary = lang == Lang::Es ? summary.es : summary.en;
        if (!document.title.empty())
            index_.put(document);
        else
            index_.remove(document.key);
    }
}

void Indexer::put_article(const views::Library& library, const Id& id) {
    const auto article = library.whole_article(id);
    if (!article) return;
    Document document = document_of(Kind::Article, {}, to_text(id));
    document.prior =
        search::prior({.votes_helpful = article->votes_helpful,
                       .votes_total = article->votes_total,
                       .days_since_review = days_between(article->reviewed_at, now_),
                       .is_review_overdue = article->review_by && *article->review_by <= now_});
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const domain::ArticleText& text = lang == Lang::Es ? article->es : article->en;
        document.key = concat(name_of(Kind::Article, id), ":", domain::name(lang));
        if (text.empty() || article->is_expired(now_)) {
            index_.remove(document.key);
            continue;
        }
        document.lang = lang;
        document.title = text.title;
        document.keywords = concat(text.keywords, " ", article->number);
        document.summary = text.summary;
        document.body = domain::plain_text(text);
        index_.put(document);
    }
}

void Indexer::put_item(const views::Library& library, const Id& id) {
    const auto& items = library.items();
    const auto item = std::find_if(
        items.begin(), items.end(), [&](const domain::CatalogItem& each) { return each.id == id; });
    if (item == items.end()) return;
    put_both(document_of(Kind::Item, name_of(Kind::Item, id), item->key),
             item->title,
             item->keywords,
             item->summary);
}

void Indexer::put_request(const views::Library& library, const Id& id) {
    const auto request = library.whole_request(id);
    if (!request) return;
    Document document = document_of(Kind::Request, name_of(Kind::Request, id) + ":es", to_text(id));
    document.lang = request->lang;
    document.title = request->title;
    document.keywords =
        concat(request->number, " ", request->local_code, " ", request->item_title.es);
    document.body = request->description;
    index_.put(document);
}

void Indexer::put_outage(const views::Library& library, const Id& id) {
    const domain::Outage* outage = library.outage(id);
    if (outage == nullptr) return;
    put_both(document_of(Kind::Status, name_of(Kind::Status, id), to_text(id)),
             outage->title,
             outage->workaround,
             outage->impact);
}

search::Results Indexer::search(std::string_view query,
                                Lang lang,
                                std::size_t limit,
                                bool is_last_word_complete) const {
    search::SearchOptions options;
    options.lang = lang;
    options.limit = limit;
    options.is_last_word_complete = is_last_word_complete;
    return index_.search(query, options);
}

}  // namespace ventanilla::app
