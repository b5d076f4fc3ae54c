#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "shared/search/postings.hpp"
#include "shared/search/vocabulary.hpp"

// All documents of an index and the way from terms to them. Answers no query; what may be seen and
// how it is ranked is decided by View and Scorer.

namespace ventanilla::search {

class Corpus {
  public:
    void put(const Document& document);

    // The same for a document whose words, interned here, are known already (stored_form.cpp).
    void adopt(StoredDocument stored);
    TermId intern(std::string_view term) { return vocabulary_.intern(term); }

    void remove(std::string_view key);
    void clear() { replace(Corpus()); }
    void replace(Corpus other);  // the version still grows

    // Brings segments and sorted words up to date; needed before any query. Cost: linear in what came
    // since the last call; now and then in everything, which is a few times less work than adding it.
    void prepare();

    [[nodiscard]] std::size_t size() const { return by_key_.size(); }
    [[nodiscard]] bool contains(std::string_view key) const {
        return by_key_.contains(std::string(key));
    }

    // By slot, dead ones included.
    [[nodiscard]] const std::vector<StoredDocument>& documents() const { return documents_; }
    [[nodiscard]] const std::vector<std::string>& audiences() const { return audiences_; }
    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

    // The slots of all languages of one thing.
    [[nodiscard]] const std::vector<Slot>& same_id(const Document& document) const;

    // Above every StoredDocument::thing.
    [[nodiscard]] std::uint32_t things() const { return things_; }

    // The stems and other forms of a word, as they were indexed.
    const std::vector<TermId>& derived(TermId word, Lang lang) {
        return derived_.of(word, lang, vocabulary_);
    }

    // Calls take(posting) for every posting of `term`, those of dead documents included.
    template <class Take>
    void each_posting(TermId term, Take take) const {
        for (const Segment& segment : segments_) {
            for (const Posting& posting : segment.postings(term))
                take(posting);
        }
    }

    // Grows with every change: what was computed for another version is stale.
    [[nodiscard]] std::uint64_t version() const { return version_; }

    [[nodiscard]] std::size_t memory_bytes() const;

  private:
    using IdKey = std::pair<Kind, std::string>;
    struct Thing {
        std::uint32_t number = 0;
        std::vector<Slot> slots;  // of its languages
    };

    std::uint16_t audience_number(const std::string& audience);
    void merge_last(std::size_t count);
    void compact();

    Vocabulary vocabulary_;
    DerivedTerms derived_;
    std::vector<StoredDocument> documents_;
    std::unordered_map<std::string, Slot> by_key_;
    std::map<IdKey, Thing> by_id_;
    std::vector<std::string> audiences_;
    std::vector<Segment> segments_;
    Gatherer pending_;           // in no segment yet
    std::uint32_t things_ = 0;   // numbers given
    std::size_t dead_ = 0;
    std::uint64_t version_ = 0;
};

}  // namespace ventanilla::search
