#include "shared/search/marker.hpp"

namespace ventanilla::search {

void MarkMemory::begin_round(std::size_t terms) {
    constexpr std::uint32_t kRoundsMax = (1U << 24U) - 1;
    if (round_ == kRoundsMax) *this = {};
    ++round_;
    terms_ = terms;
    for (auto& table : tables_)
        table.resize(terms, 0);
}

Marker::Marker(Corpus& corpus, const Plan& plan, MarkMemory& memory)
    : corpus_(corpus), memory_(memory) {
    memory.begin_round(corpus.vocabulary().size());
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
        if (memory_.get(kPlanTerms, term.term) == MarkMemory::kUnknown)
            memory_.set(kPlanTerms, term.term, number);
    }
}

std::uint8_t Marker::find_out(TermId word, Lang lang) {
    std::uint8_t number = memory_.get(kPlanTerms, word);
    for (const TermId term : corpus_.derived(word, lang)) {
        if (number == MarkMemory::kUnknown && term < memory_.terms())
            number = memory_.get(kPlanTerms, term);
    }
    if (number == MarkMemory::kUnknown) number = kNone;
    memory_.set(static_cast<std::size_t>(lang), word, number);
    return number;
}

bool Marker::is_stop(TermId word) {
    std::uint8_t known = memory_.get(kStopWords, word);
    if (known == MarkMemory::kUnknown) {
        known = is_stop_word(corpus_.vocabulary().text(word)) ? 1 : 0;
        memory_.set(kStopWords, word, known);
    }
    return known == 1;
}

std::uint8_t Marker::of(std::string_view folded_word, Lang lang) {
    const TermId word = corpus_.vocabulary().find(folded_word);
    return word == kNoTerm ? kNone : of(word, lang);
}

}  // namespace ventanilla::search
