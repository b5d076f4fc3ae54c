#include "shared/search/plan.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/search/correct.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kWordsMax = 24;          // of a query; the rest is not looked at
constexpr std::size_t kCorrectedWordsMax = 5;  // of a query; correcting costs most
constexpr std::size_t kCompletionsMax = 48;
constexpr std::size_t kCompletionsSeen = 2'000;
constexpr std::size_t kSpanMax = 4;  // words of a synonym

constexpr double kStopWeight = 0.25;
constexpr double kStemTrust = 0.7;
constexpr double kBareTrust = 0.6;  // "contrasena" in the text, "contraseña" asked for
constexpr double kSynonymTrust = 0.75;
constexpr double kJoinTrust = 0.9;        // "wi fi" for wifi
constexpr double kSplitTrust = 0.8;       // "nofunciona" for no funciona
constexpr double kCompletionTrust = 0.4;  // of a word that is known as it is
constexpr double kUnknownCompletionTrust = 0.9;

class Planner {
  public:
    Planner(const SearchOptions& options, const View& view, const Thesaurus& thesaurus)
        : options_(options), view_(view), thesaurus_(thesaurus) {}

    Plan run(std::string_view query) {
        query_ = cut_utf8(query, limits::kQueryBytesMax);
        take_words();
        for (PlanWord& word : plan_.words)
            word.families.push_back(family(word.term));
        add_joins();
        add_synonyms();
        complete_last();
        correct_unknown();
        weigh();
        return std::move(plan_);
    }

  private:
    [[nodiscard]] TermId find(std::string_view term) const {
        return view_.corpus().vocabulary().find(term);
    }

    static void add(Family& family, TermId term, double trust) {
        if (term == kNoTerm) return;
        for (const PlanTerm& known : family.terms) {
            if (known.term == term) return;
        }
        family.terms.push_back({term, trust});
    }

    // The word as it is and its stems.
    [[nodiscard]] Family family(std::string_view term) const {
        Family out;
        add(out, find(term), 1.0);
        const std::string bare = without_tilde(term);
        add(out, find(std::string(1, kStemEs) + stem(term, Lang::Es)), kStemTrust);
        add(out, find(std::string(1, kStemEn) + stem(term, Lang::En)), kStemTrust);
        // "año" must not find "ano"; in a long word nobody would take one for the other.
        if (bare != term && bare.size() > 4) {
            add(out, find(bare), kBareTrust);
            add(out, find(std::string(1, kStemEs) + stem(bare, Lang::Es)), kBareTrust);
        }
        return out;
    }

    [[nodiscard]] bool is_seen(const Family& family) const {
        return std::any_of(family.terms.begin(), family.terms.end(), [this](const PlanTerm& term) {
            return view_.has(term.term);
        });
    }

    [[nodiscard]] bool is_known(const PlanWord& word) const {
        return std::any_of(word.families.begin(),
                           word.families.end(),
                           [this](const Family& f) { return is_seen(f); }) ||
               std::any_of(word.conjunctions.begin(),
                           word.conjunctions.end(),
                           [this](const Conjunction& c) {
                               return std::all_of(c.parts.begin(),
                                                  c.parts.end(),
                                                  [this](const Family& f) { return is_seen(f); });
                           });
    }

    void take_words() {
        int place = 0;
        for (Token& token : tokens(query_)) {
            if (token.is_extra) continue;
            if (!plan_.folded_query.empty()) plan_.folded_query.push_back(' ');
            plan_.folded_query += token.term;
            ++place;
            last_ends_query_ = token.to == query_.size();
            const auto same = [&token](const PlanWord& word) { return word.term == token.term; };
            if (std::any_of(plan_.words.begin(), plan_.words.end(), same)) continue;
            PlanWord word;
            word.is_stop = is_stop_word(token.term);
            word.bytes = {token.from, token.to};
            word.term = std::move(token.term);
            word.place = place;
            plan_.words.push_back(std::move(word));
        }
        last_term_ = plan_.folded_query.substr(plan_.folded_query.rfind(' ') + 1);
        auto& words = plan_.words;
        if (words.size() > kWordsMax)
            std::erase_if(words, [](const PlanWord& w) { return w.is_stop; });
        if (words.size() > kWordsMax) words.resize(kWordsMax);
    }

    [[nodiscard]] bool are_neighbours(std::size_t first, std::size_t count) const {
        for (std::size_t i = first + 1; i < first + count; ++i) {
            if (plan_.words[i].place != plan_.words[i - 1].place + 1) return false;
        }
        return true;
    }

    void add_joins() {
        auto& words = plan_.words;
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            if (!are_neighbours(i, 2)) continue;
            Family joined = family(words[i].term + words[i + 1].term);
            if (!is_seen(joined)) continue;
            joined.trust = kJoinTrust;
            words[i].families.push_back(joined);
            words[i + 1].families.push_back(std::move(joined));
        }
    }

    void add_synonyms() {
        auto& words = plan_.words;
        for (std::size_t count = 1; count <= kSpanMax; ++count) {
            for (std::size_t first = 0; first + count <= words.size(); ++first) {
                if (!are_neighbours(first, count)) continue;
                std::vector<std::string> span;
                for (std::size_t i = first; i < first + count; ++i)
                    span.push_back(words[i].term);
                for (const Thesaurus::Member& member : thesaurus_.of(span))
                    add_synonym(first, count, member);
            }
        }
    }

    void add_synonym(std::size_t first, std::size_t count, const Thesaurus::Member& member) {
        Conjunction parts{{}, kSynonymTrust};
        for (const std::string& part : member) {
            parts.parts.push_back(family(part));
            if (!is_seen(parts.parts.back())) return;
        }
        for (std::size_t i = first; i < first + count; ++i) {
            PlanWord& word = plan_.words[i];
            if (parts.parts.size() > 1) {
                word.conjunctions.push_back(parts);
                continue;
            }
            word.families.push_back(parts.parts.front());
            word.families.back().trust = kSynonymTrust;
        }
    }

    // The completions of `prefix` that most documents have. Shorter ones are nearer to what was
    // typed.
    [[nodiscard]] Family completions(std::string_view prefix) const {
        struct Candidate {
            TermId term;
            std::uint32_t frequency;
        };
        std::vector<TermId> terms;
        const Vocabulary& vocabulary = view_.corpus().vocabulary();
        vocabulary.with_prefix(prefix, terms);
        if (terms.size() > kCompletionsSeen) terms.resize(kCompletionsSeen);
        std::vector<Candidate> candidates;
        for (const TermId term : terms) {
            const std::uint32_t frequency = view_.frequency(term);
            if (frequency > 0 && vocabulary.text(term) != prefix)
                candidates.push_back({term, frequency});
        }
        std::stable_sort(
            candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
                return a.frequency > b.frequency;
            });
        if (candidates.size() > kCompletionsMax) candidates.resize(kCompletionsMax);
        Family out;
        out.is_sum = true;
        for (const Candidate& candidate : candidates) {
            const double length = static_cast<double>(vocabulary.text(candidate.term).size());
            out.terms.push_back(
                {candidate.term, 0.6 + 0.4 * static_cast<double>(prefix.size()) / length});
        }
        return out;
    }

    void complete_last() {
        if (plan_.words.empty() || options_.is_last_word_complete || !last_ends_query_) return;
        PlanWord& last = plan_.words.back();
        if (last.term != last_term_ || (last.term.size() < 2 && plan_.words.size() > 1)) return;
        const bool known = is_known(last);
        Family family = completions(last.term);
        if (family.terms.empty()) return;
        family.trust = known ? completion_trust(last, family) : kUnknownCompletionTrust;
        last.families.push_back(std::move(family));
        is_last_completed_ = true;
    }

    // "corre" is a word, and "correo" is a hundred times commoner: the more completions outnumber
    // the word itself, the likelier it was cut off.
    [[nodiscard]] double completion_trust(const PlanWord& word, const Family& completions) const {
        const double own = occurrences(word.families.front());
        const double longer = occurrences(completions);
        return kCompletionTrust +
               (kUnknownCompletionTrust - kCompletionTrust) * longer / (own + longer + 1);
    }

    [[nodiscard]] double occurrences(const Family& family) const {
        double sum = 0;
        for (const PlanTerm& term : family.terms)
            sum += view_.frequency(term.term);
        return sum;
    }

    void correct_unknown() {
        std::size_t corrected = 0;
        std::string better;
        std::size_t copied = 0;
        for (PlanWord& word : plan_.words) {
            const bool completed = is_last_completed_ && &word == &plan_.words.back();
            if (completed || corrected == kCorrectedWordsMax || is_known(word)) continue;
            ++corrected;
            const std::string shown = correct(word, &word == &plan_.words.back());
            if (shown.empty()) continue;
            better.append(query_.substr(copied, word.bytes.from - copied)).append(shown);
            copied = word.bytes.to;
        }
        if (copied > 0) plan_.did_you_mean = better.append(query_.substr(copied));
    }

    // Adds what `word` may have meant. Gives the likeliest as it is written in the documents.
    std::string correct(PlanWord& word, bool is_last) {
        const bool unfinished = is_last && !options_.is_last_word_complete && last_ends_query_;
        const std::vector<Correction> corrections = corrections_of(word.term, view_, unfinished);
        for (const Correction& correction : corrections) {
            Family meant = family(view_.corpus().vocabulary().text(correction.term));
            meant.trust = correction.trust;
            word.families.push_back(std::move(meant));
        }
        if (!corrections.empty()) return shown_as(corrections.front().term, view_);
        if (word.term.size() > 3) {
            Family family = completions(word.term);
            family.trust = kCompletionTrust;
            if (!family.terms.empty()) word.families.push_back(std::move(family));
        }
        return split(word);
    }

    std::string split(PlanWord& word) {
        const std::vector<std::string> parts = split_of(word.term, view_);
        if (parts.empty()) return {};
        Conjunction together{{}, kSplitTrust};
        std::string shown;
        for (const std::string& part : parts) {
            together.parts.push_back(family(part));
            if (!shown.empty()) shown.push_back(' ');
            shown += shown_as(find(part), view_);
        }
        word.conjunctions.push_back(std::move(together));
        return shown;
    }

    void weigh() {
        const auto is_content = [](const PlanWord& word) { return !word.is_stop; };
        const bool has_content = std::any_of(plan_.words.begin(), plan_.words.end(), is_content);
        for (PlanWord& word : plan_.words)
            word.weight = has_content && word.is_stop ? kStopWeight : 1.0;
    }

    const SearchOptions& options_;
    const View& view_;
    const Thesaurus& thesaurus_;
    std::string_view query_;
    Plan plan_;
    std::string last_term_;
    bool last_ends_query_ = false;
    bool is_last_completed_ = false;
};

}  // namespace

Plan make_plan(std::string_view query,
               const SearchOptions& options,
               const View& view,
               const Thesaurus& thesaurus) {
    return Planner(options, view, thesaurus).run(query);
}

}  // namespace ventanilla::search
