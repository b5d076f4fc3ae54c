#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/search/document.hpp"
#include "shared/search/vocabulary.hpp"

// What the engine keeps of each document, and the arrays that lead from a term to the documents
// that have it. Arrays are immutable: new documents go to a new segment, removed ones are skipped
// until the segments are made anew.

namespace ventanilla::search {

using Slot = std::uint32_t;  // a document's place in the engine

enum class Field : std::uint8_t { Title, Keywords, Headings, Summary, Body };
inline constexpr std::size_t kFields = 5;
inline constexpr std::uint32_t kExtraWord = 0x8000'0000;  // set in StoredDocument::words
inline constexpr std::size_t kCheckpointWords = 64;

struct WordRange {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

struct StoredDocument {
    Document document;
    std::string folded_title;
    std::uint16_t audience = 0;  // index of the engine's audience tags
    std::uint32_t thing = 0;     // the same for all languages of one thing
    bool is_alive = true;
    std::vector<std::uint32_t> words;        // the terms of all fields in order, extras marked
    std::array<std::uint32_t, 4> ends{};     // in `words`: of title, keywords, summary, body
    std::vector<WordRange> headings;         // in `words`, inside the body
    std::vector<std::uint32_t> checkpoints;  // byte in the body of every 64th of its words
    std::array<std::uint32_t, kFields> lengths{};

    [[nodiscard]] std::uint32_t body_begin() const { return ends[2]; }
    [[nodiscard]] std::uint32_t body_end() const { return ends[3]; }
};

// How often a term occurs in each field of one document; saturates, as BM25 does.
class FieldCounts {
  public:
    [[nodiscard]] std::uint32_t at(Field field) const {
        const Bits& b = kBits[static_cast<std::size_t>(field)];
        return (packed_ >> b.shift) & b.max;
    }
    void add(Field field) {
        const Bits& b = kBits[static_cast<std::size_t>(field)];
        if (at(field) < b.max) packed_ += 1U << b.shift;
    }

  private:
    struct Bits {
        std::uint32_t shift;
        std::uint32_t max;
    };
    static constexpr std::array<Bits, kFields> kBits = {
        {{0, 15}, {4, 15}, {8, 63}, {14, 63}, {20, 4095}}};
    std::uint32_t packed_ = 0;
};

struct Posting {
    Slot slot = 0;
    FieldCounts counts;
};

// The terms that stand for a word beside itself: its stem, its form without ñ, its parts. Kept for
// each word and language once, because stemming every occurrence would take most of the time of
// indexing.
class DerivedTerms {
  public:
    // Valid until the next call.
    const std::vector<TermId>& of(TermId word, Lang lang, Vocabulary& vocabulary);
    void clear() { by_word_ = {}; }
    [[nodiscard]] std::size_t memory_bytes() const;

  private:
    struct Entry {
        bool is_known = false;
        std::vector<TermId> terms;
    };
    std::array<std::vector<Entry>, 2> by_word_;
};

class Segment {
  public:
    // One segment of several whose slots ascend from each to the next, without the postings of
    // documents that are dead. Cost: linear in the postings.
    static Segment merged(const std::vector<Segment>& parts, const std::vector<bool>& is_alive);

    struct Range {
        const Posting* first = nullptr;
        const Posting* last = nullptr;
        [[nodiscard]] const Posting* begin() const { return first; }
        [[nodiscard]] const Posting* end() const { return last; }
    };
    [[nodiscard]] Range postings(TermId term) const;
    [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }
    [[nodiscard]] std::size_t memory_bytes() const {
        return postings_.capacity() * sizeof(Posting) + offsets_.capacity() * sizeof(std::uint32_t);
    }

  private:
    friend class Gatherer;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> offsets_;  // one more than terms
    std::vector<Posting> postings_;       // by term, then by slot
};

// Takes documents one by one, so that the work is where the document comes in, and makes a segment
// of them all.
class Gatherer {
  public:
    // Slots ascend. Interns the derived terms of its words.
    void add(Slot slot,
             const StoredDocument& document,
             DerivedTerms& derived,
             Vocabulary& vocabulary);

    [[nodiscard]] bool empty() const { return slots_.empty(); }

    // The segment of what was added since the last call. Cost: linear in its postings and `terms`,
    // the size of the vocabulary.
    Segment take(std::size_t terms);

  private:
    struct Cell {
        FieldCounts counts;
        bool is_touched = false;
    };
    struct Found {
        TermId term = kNoTerm;
        Posting posting;
    };

    void count(TermId term, Field field);

    std::vector<Cell> cells_;      // by term, of one document
    std::vector<TermId> touched_;  // of them
    std::vector<Slot> slots_;
    std::vector<Found> found_;  // by slot
};

}  // namespace ventanilla::search
