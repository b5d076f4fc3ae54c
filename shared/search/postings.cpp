#include "shared/search/postings.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

bool is_digits(std::string_view term) {
    return std::all_of(term.begin(), term.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Which field each word of a document belongs to, walked in order.
class FieldCursor {
  public:
    explicit FieldCursor(const StoredDocument& document) : document_(document) {}

    Field at(std::uint32_t word) {
        if (word < document_.ends[0]) return Field::Title;
        if (word < document_.ends[1]) return Field::Keywords;
        if (word < document_.ends[2]) return Field::Summary;
        const auto& headings = document_.headings;
        while (heading_ < headings.size() && word >= headings[heading_].to)
            ++heading_;
        const bool inside = heading_ < headings.size() && word >= headings[heading_].from;
        return inside ? Field::Headings : Field::Body;
    }

  private:
    const StoredDocument& document_;
    std::size_t heading_ = 0;
};

void add_unique(std::vector<TermId>& terms, TermId word, TermId term) {
    if (term != word && std::find(terms.begin(), terms.end(), term) == terms.end())
        terms.push_back(term);
}

std::vector<TermId> derive(TermId word, Lang lang, Vocabulary& vocabulary) {
    const std::string text(vocabulary.text(word));
    std::vector<TermId> terms;
    const auto add = [&](std::string_view term) {
        add_unique(terms, word, vocabulary.intern(term));
    };
    const std::string stemmed = stem(text, lang);
    const std::string mark(1, lang == Lang::Es ? kStemEs : kStemEn);
    add(mark + stemmed);
    const std::string bare = without_tilde(text);
    if (bare != text) {
        add(bare);
        add(mark + stem(bare, lang));
        add(mark + without_tilde(stemmed));
    }
    for (const std::string_view part : digit_parts(text)) {
        if (part.size() > 1) add(part);
    }
    if (is_digits(text) && text.front() == '0') {
        const std::size_t first = text.find_first_not_of('0');
        if (first != std::string::npos) add(text.substr(first));
    }
    return terms;
}

}  // namespace

const std::vector<TermId>& DerivedTerms::of(TermId word, Lang lang, Vocabulary& vocabulary) {
    auto& entries = by_word_[static_cast<std::size_t>(lang)];
    if (entries.size() <= word) entries.resize(std::max<std::size_t>(word + 1, entries.size() * 2));
    if (!entries[word].is_known) {
        std::vector<TermId> terms = derive(word, lang, vocabulary);
        entries[word] = {true, std::move(terms)};
    }
    return entries[word].terms;
}

std::size_t DerivedTerms::memory_bytes() const {
    std::size_t bytes = 0;
    for (const auto& entries : by_word_) {
        bytes += entries.capacity() * sizeof(Entry);
        for (const Entry& entry : entries)
            bytes += entry.terms.capacity() * sizeof(TermId);
    }
    return bytes;
}

Segment Segment::merged(const std::vector<Segment>& parts, const std::vector<bool>& is_alive) {
    Segment whole;
    std::size_t terms = 0;
    for (const Segment& part : parts) {
        terms = std::max(terms, part.offsets_.size() - 1);
        for (const Slot slot : part.slots_)
            if (is_alive[slot]) whole.slots_.push_back(slot);
    }
    whole.offsets_.reserve(terms + 1);
    whole.offsets_.push_back(0);
    for (TermId term = 0; term < terms; ++term) {
        for (const Segment& part : parts) {
            for (const Posting& posting : part.postings(term))
                if (is_alive[posting.slot]) whole.postings_.push_back(posting);
        }
        whole.offsets_.push_back(static_cast<std::uint32_t>(whole.postings_.size()));
    }
    return whole;
}

void Gatherer::count(TermId term, Field field) {
    if (term >= cells_.size()) cells_.resize(std::max<std::size_t>(term + 1, 2 * cells_.size()));
    Cell& cell = cells_[term];
    if (!cell.is_touched) touched_.push_back(term);
    cell.is_touched = true;
    cell.counts.add(field);
}

void Gatherer::add(Slot slot,
                   const StoredDocument& document,
                   DerivedTerms& derived,
                   Vocabulary& vocabulary) {
    slots_.push_back(slot);
    FieldCursor fields(document);
    for (std::uint32_t i = 0; i < document.words.size(); ++i) {
        const Field field = fields.at(i);
        const TermId word = document.words[i] & ~kExtraWord;
        count(word, field);
        for (const TermId term : derived.of(word, document.document.lang, vocabulary))
            count(term, field);
    }
    for (const TermId term : touched_) {
        found_.push_back({term, {slot, cells_[term].counts}});
        cells_[term] = {};
    }
    touched_.clear();
}

Segment Gatherer::take(std::size_t terms) {
    Segment segment;
    segment.slots_ = std::exchange(slots_, {});
    std::vector<std::uint32_t>& offsets = segment.offsets_;
    offsets.assign(terms + 1, 0);
    for (const Found& one : found_)
        ++offsets[one.term + 1];
    for (std::size_t i = 1; i < offsets.size(); ++i)
        offsets[i] += offsets[i - 1];
    segment.postings_.resize(found_.size());
    std::vector<std::uint32_t> next = offsets;
    for (const Found& one : found_)
        segment.postings_[next[one.term]++] = one.posting;
    found_ = {};
    return segment;
}

Segment::Range Segment::postings(TermId term) const {
    if (term + 1 >= offsets_.size()) return {};
    return {postings_.data() + offsets_[term], postings_.data() + offsets_[term + 1]};
}

}  // namespace ventanilla::search
