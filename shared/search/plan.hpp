#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/search/synonyms.hpp"
#include "shared/search/tokens.hpp"
#include "shared/search/view.hpp"

// What to look for: each word of a query with all the terms that may stand for it, and how far each
// is to be trusted. Built once a query; scoring only walks it.

namespace ventanilla::search {

struct PlanTerm {
    TermId term = kNoTerm;
    double trust = 1;  // 0 to 1
};

// Forms of one word that share one rarity.
struct Family {
    std::vector<PlanTerm> terms;
    double trust = 1;
    bool is_sum =
        false;  // its rarity is that of all its terms together (completions), not of the commonest
};

// Several words that stand for one: all must occur.
struct Conjunction {
    std::vector<Family> parts;
    double trust = 1;
};

struct PlanWord {
    std::string term;
    Span bytes;     // in the query
    int place = 0;  // counts the query's words, repeated ones included
    bool is_stop = false;
    double weight = 1;
    std::vector<Family> families;
    std::vector<Conjunction> conjunctions;
};

struct Plan {
    std::vector<PlanWord> words;
    std::string did_you_mean;
    std::string folded_query;
};

// Synonyms, folded and looked up by the first form that fits: as written, or by a stem.
class Thesaurus {
  public:
    using Member = std::vector<std::string>;  // its words, folded

    explicit Thesaurus(const Synonyms& synonyms);

    // The members of all groups that `words` is a member of, without itself.
    [[nodiscard]] std::vector<Member> of(const std::vector<std::string>& words) const;

  private:
    std::vector<std::vector<Member>> groups_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_form_;
};

// Errors: none; a query without words gives an empty plan.
Plan make_plan(std::string_view query,
               const SearchOptions& options,
               const View& view,
               const Thesaurus& thesaurus);

}  // namespace ventanilla::search
