#include "shared/search/index.hpp"

#include <algorithm>

#include "shared/search/corpus.hpp"
#include "shared/search/plan.hpp"
#include "shared/search/score.hpp"
#include "shared/search/snippet.hpp"
#include "shared/search/stored_form.hpp"
#include "shared/search/view.hpp"

namespace ventanilla::search {
namespace {

// What matches far less than the best is noise, and noise costs trust.
constexpr double kShareOfBest = 0.08;
constexpr double kShareOfGroupBest = 0.15;

// One thing found: its best text, whatever its language.
struct Found {
    Scored best;
    Kind kind = Kind::Article;
};

std::size_t place_of(Kind kind) {
    const auto at = std::find(kGroupOrder.begin(), kGroupOrder.end(), kind);
    return static_cast<std::size_t>(at - kGroupOrder.begin());
}

}  // namespace

class Index::Engine {
  public:
    Corpus corpus;
    Thesaurus thesaurus{default_synonyms()};

    Results search(std::string_view query, const SearchOptions& options) {
        corpus.prepare();
        const View& view = view_for(options);
        const Plan plan = make_plan(query, options, view, thesaurus);
        Marker marker(corpus, plan, marks_);
        Results results;
        for (std::size_t i = 0; i < kKinds; ++i)
            results.groups[i].kind = kGroupOrder[i];
        results.did_you_mean = plan.did_you_mean;
        const std::vector<Scored> scored = score(corpus, view, plan, options, marker);
        for (const Found& found : listed(folded(scored))) {
            Group& group = results.groups[place_of(found.kind)];
            ++group.total;
            ++results.total;
            if (group.hits.size() < options.limit)
                group.hits.push_back(hit(found, view, plan, options, marker));
        }
        return results;
    }

    std::vector<Standing> rank(std::string_view query, const SearchOptions& options) {
        corpus.prepare();
        const View& view = view_for(options);
        const Plan plan = make_plan(query, options, view, thesaurus);
        Marker marker(corpus, plan, marks_);
        std::vector<Standing> standings;
        for (const Found& found : folded(score(corpus, view, plan, options, marker))) {
            if (standings.size() == options.limit) break;
            const StoredDocument& stored = corpus.documents()[found.best.slot];
            const Document& d = stored.document;
            standings.push_back({d.id,
                                 d.kind,
                                 d.key,
                                 found.best.score,
                                 why_of(found.best, stored, plan, options.lang)});
        }
        return standings;
    }

  private:
    // The same person asks again and again while typing: what they may see is worked out once.
    const View& view_for(const SearchOptions& options) {
        std::vector<bool> seen(corpus.audiences().size(), true);
        for (std::size_t i = 0; options.may_see && i < seen.size(); ++i)
            seen[i] = options.may_see(corpus.audiences()[i]);
        if (!view_ || view_version_ != corpus.version() || seen != seen_) {
            view_ = std::make_unique<View>(corpus, seen);
            view_version_ = corpus.version();
            seen_ = std::move(seen);
        }
        return *view_;
    }

    // Translations folded into the better one; the order stays.
    [[nodiscard]] std::vector<Found> folded(const std::vector<Scored>& scored) const {
        constexpr std::size_t kNotYet = ~std::size_t{0};
        std::vector<std::size_t> seen(corpus.things(), kNotYet);
        std::vector<Found> found;
        for (const Scored& entry : scored) {
            const StoredDocument& document = corpus.documents()[entry.slot];
            std::size_t& place = seen[document.thing];
            if (place == kNotYet) {
                place = found.size();
                found.push_back({entry, document.document.kind});
            } else {
                double& relevance = found[place].best.relevance;
                relevance = std::max(relevance, entry.relevance);
            }
        }
        return found;
    }

    static std::vector<Found> listed(std::vector<Found> found) {
        double best = 0;
        std::array<double, kKinds> group_best{};
        for (const Found& f : found) {
            double& of_group = group_best[static_cast<std::size_t>(f.kind)];
            of_group = std::max(of_group, f.best.relevance);
            best = std::max(best, f.best.relevance);
        }
        std::erase_if(found, [&](const Found& f) {
            const double floor =
                std::max(kShareOfBest * best,
                         kShareOfGroupBest * group_best[static_cast<std::size_t>(f.kind)]);
            return f.best.relevance < floor;
        });
        return found;
    }

    // The text in the person's language when there is one to see, otherwise the one that matched.
    [[nodiscard]] const StoredDocument& shown(Slot slot, const View& view, Lang lang) const {
        const StoredDocument& matched = corpus.documents()[slot];
        if (matched.document.lang == lang) return matched;
        const StoredDocument* best = &matched;
        for (const Slot other : corpus.same_id(matched.document)) {
            const StoredDocument& document = corpus.documents()[other];
            if (view.class_of(other) == kHidden || document.document.lang != lang) continue;
            if (best == &matched || document.document.key < best->document.key) best = &document;
        }
        return *best;
    }

    Hit hit(const Found& found,
            const View& view,
            const Plan& plan,
            const SearchOptions& options,
            Marker& marker) const {
        const StoredDocument& document = shown(found.best.slot, view, options.lang);
        const Document& d = document.document;
        Passage snippet = passage(document, plan, marker);
        return {.id = d.id,
                .kind = d.kind,
                .lang = d.lang,
                .key = d.key,
                .score = found.best.score,
                .title = d.title,
                .title_marks = marks_in(d.title, d.lang, plan, marker),
                .snippet = std::move(snippet.text),
                .snippet_marks = std::move(snippet.marks)};
    }

    MarkMemory marks_;
    std::unique_ptr<View> view_;
    std::vector<bool> seen_;
    std::uint64_t view_version_ = 0;
};

const Group& Results::group(Kind kind) const {
    return groups[place_of(kind)];
}

std::vector<const Hit*> ranked(const Results& results) {
    std::vector<const Hit*> hits;
    for (const Group& group : results.groups) {
        for (const Hit& hit : group.hits)
            hits.push_back(&hit);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit* a, const Hit* b) {
        return a->score != b->score ? a->score > b->score : a->key < b->key;
    });
    return hits;
}

Index::Index() : engine_(std::make_unique<Engine>()) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

void Index::put(const Document& document) {
    engine_->corpus.put(document);
}
void Index::remove(std::string_view key) {
    engine_->corpus.remove(key);
}
void Index::clear() {
    engine_->corpus.clear();
}
std::size_t Index::size() const {
    return engine_->corpus.size();
}
bool Index::contains(std::string_view key) const {
    return engine_->corpus.contains(key);
}
void Index::set_synonyms(const Synonyms& synonyms) {
    engine_->thesaurus = Thesaurus(synonyms);
}
void Index::prepare() {
    engine_->corpus.prepare();
}
std::string Index::stored_form() const {
    return search::stored_form(engine_->corpus);
}
Status Index::load(std::string_view stored_form) {
    engine_->corpus.replace(TRY(corpus_from(stored_form)));
    return ok();
}
std::size_t Index::memory_bytes() const {
    return engine_->corpus.memory_bytes();
}

std::vector<Standing> Index::rank(std::string_view query, const SearchOptions& options) {
    return engine_->rank(query, options);
}

Results Index::search(std::string_view query, const SearchOptions& options) {
    return engine_->search(query, options);
}

}  // namespace ventanilla::search
