#include "shared/search/marker.hpp"

namespace ventanilla::search {
Marker::Marker(Corpus& corpus, const Plan& plan)
    : corpus_(corpus), by_term_(corpus.vocabulary().size(), kNone) {
    for (auto& known : by_word_)
        known.assign(corpus.vocabulary().size(), kUnknown);
    for (std::size_t i = 0; i < plan.words.size(); ++i) {
        const auto number = static_cast<std::uint8_t>(i + 1);
        for (const Family& family : plan.words[i].families)
            mark(family, number);
        for (const Conjunction& conjunction : plan.words[i].conjunctions) {
            for (const Family& part : conjunction.parts)
                mark(part, number);
        }
    }
}

void Marker::mark(const Family& family, std::uint8_t number) {
    for (const PlanTerm& term : family.terms) {
        if (by_term_[term.term] == kNone) by_term_[term.term] = number;
    }
}

std::uint8_t Marker::find_out(TermId word, Lang lang) {
    std::uint8_t number = by_term_[word];
    for (const TermId term : corpus_.derived(word, lang)) {
        if (number == kNone && term < by_term_.size()) number = by_term_[term];
    }
    by_word_[static_cast<std::size_t>(lang)][word] = number;
    return number;
}

std::uint8_t Marker::of(std::string_view folded_word, Lang lang) {
    const TermId word = corpus_.vocabulary().find(folded_word);
    return word == kNoTerm ? kNone : of(word, lang);
}

}  // namespace ventanilla::search
