#include "wasm/app/indexer.hpp"

#include <algorithm>

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

std::string name_of(Kind kind, const Id& id, const std::string& key) {
    const std::string tail = key.empty() ? to_text(id) : key;
    switch (kind) {
        case Kind::Article: return concat("article:", tail);
        case Kind::Item: return concat("item:", tail);
        case Kind::Request: return concat("request:", tail);
        case Kind::Status: return concat("outage:", tail);
    }
    return tail;
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

void Indexer::want(Wanted wanted, std::map<std::string, std::uint64_t>& seen) {
    const std::string name = name_of(wanted.kind, wanted.id, wanted.key);
    seen[name] = wanted.print;
    const auto known = indexed_.find(name);
    if (known == indexed_.end() || known->second != wanted.print)
        queue_.push_back(std::move(wanted));
}

void Indexer::plan(const views::Library& library, const Id& me, Instant now) {
    now_ = now;
    queue_.clear();
    std::map<std::string, std::uint64_t> seen;
    for (const domain::CatalogItem& item : library.items()) {
        const std::string text =
            concat(item.title.es, item.title.en, item.keywords.es, item.summary.es);
        want({.kind = Kind::Item, .id = item.id, .key = item.key, .print = hash64(text)}, seen);
    }
    for (const domain::Outage& outage : library.outages()) {
        if (domain::is_open(outage.state()))
            want({.kind = Kind::Status, .id = outage.id, .key = {}, .print = outage.updates.size()},
                 seen);
    }
    for (const views::RequestCard* card : library.requests()) {
        const std::string text =
            concat(card->title, card->number, card->requester == me ? "mine" : "");
        want({.kind = Kind::Request, .id = card->id, .key = {}, .print = hash64(text)}, seen);
    }
    for (const auto& [id, card] : library.articles())
        want({.kind = Kind::Article, .id = id, .key = {}, .print = card.ver + 1}, seen);
    for (const auto& [name, print] : indexed_) {
        if (seen.contains(name)) continue;
        index_.remove(name + ":es");
        index_.remove(name + ":en");
    }
    std::erase_if(indexed_, [&](const auto& each) { return !seen.contains(each.first); });
    std::reverse(queue_.begin(), queue_.end());  // taken from the back: items first, articles last
}

void Indexer::step(const views::Library& library, const Id& me, Instant now) {
    if (is_planned_) return put_some(library);
    plan(library, me, now);
    is_planned_ = true;
}

void Indexer::put_some(const views::Library& library) {
    std::size_t bytes = 0;
    for (std::size_t count = 0; !queue_.empty() && count < kSliceDocuments && bytes < kSliceBytes;
         ++count) {
        const Wanted wanted = std::move(queue_.back());
        queue_.pop_back();
        put(library, wanted);
        indexed_[name_of(wanted.kind, wanted.id, wanted.key)] = wanted.print;
        constexpr std::size_t kTypicalArticle = 4 * 1024;
        bytes += wanted.kind == Kind::Article ? kTypicalArticle : 256;
    }
}

void Indexer::put(const views::Library& library, const Wanted& wanted) {
    switch (wanted.kind) {
        case Kind::Article: return put_article(library, wanted.id);
        case Kind::Item: return put_item(library, wanted.key);
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
    document.prior = search::prior({.votes_helpful = article->votes_helpful,
                                    .votes_total = article->votes_total,
                                    .days_since_review = days_between(article->reviewed_at, now_)});
    for (const Lang lang : {Lang::Es, Lang::En}) {
        const domain::ArticleText& text = lang == Lang::Es ? article->es : article->en;
        document.key = concat("article:", document.id, ":", domain::name(lang));
        if (text.empty()) {
            index_.remove(document.key);
            continue;
        }
        document.lang = lang;
        document.title = text.title;
        document.keywords = concat(text.keywords, " ", article->number);
        document.summary = text.summary;
        document.body = text.plain;
        index_.put(document);
    }
}

void Indexer::put_item(const views::Library& library, const std::string& key) {
    const domain::CatalogItem* item = library.item(key);
    if (item == nullptr) return;
    put_both(document_of(Kind::Item, concat("item:", key), key),
             item->title,
             item->keywords,
             item->summary);
}

void Indexer::put_request(const views::Library& library, const Id& id) {
    const auto request = library.whole_request(id);
    if (!request) return;
    Document document =
        document_of(Kind::Request, concat("request:", to_text(id), ":es"), to_text(id));
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
    put_both(document_of(Kind::Status, concat("outage:", to_text(id)), to_text(id)),
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
