#include <algorithm>

#include "shared/search/plan.hpp"

namespace ventanilla::search {
namespace {

// The forms a phrase is known by: as folded, without ñ, and stemmed in each language.
std::vector<std::string> forms(const std::vector<std::string>& words) {
    std::string plain;
    std::string bare;
    std::string es = "\x01";
    std::string en = "\x02";
    for (const std::string& word : words) {
        const std::string untilded = without_tilde(word);
        plain += ' ' + word;
        bare += ' ' + untilded;
        es += ' ' + stem(untilded, Lang::Es);
        en += ' ' + stem(untilded, Lang::En);
    }
    return {std::move(plain), std::move(bare), std::move(es), std::move(en)};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (Token& token : tokens(text)) {
        if (!token.is_extra) words.push_back(std::move(token.term));
    }
    return words;
}

}  // namespace

Thesaurus::Thesaurus(const Synonyms& synonyms) {
    for (const auto& group : synonyms.groups) {
        std::vector<Member> members;
        for (const std::string& part : group) {
            Member member = words_of(part);
            if (!member.empty() && member.size() <= 4) members.push_back(std::move(member));
        }
        for (const Member& member : members) {
            for (std::string& form : forms(member)) {
                auto& numbers = by_form_[std::move(form)];
                if (numbers.empty() || numbers.back() != groups_.size())
                    numbers.push_back(groups_.size());
            }
        }
        groups_.push_back(std::move(members));
    }
}

std::vector<Thesaurus::Member> Thesaurus::of(const std::vector<std::string>& words) const {
    std::vector<std::size_t> numbers;
    for (const std::string& form : forms(words)) {
        const auto at = by_form_.find(form);
        if (at == by_form_.end()) continue;
        for (const std::size_t number : at->second) {
            if (std::find(numbers.begin(), numbers.end(), number) == numbers.end())
                numbers.push_back(number);
        }
    }
    std::vector<Member> members;
    for (const std::size_t number : numbers) {
        for (const Member& member : groups_[number]) {
            if (member != words) members.push_back(member);
        }
    }
    return members;
}

}  // namespace ventanilla::search
