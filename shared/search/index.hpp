#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/search/document.hpp"
#include "shared/search/synonyms.hpp"

// The search engine of portal, server and kiosk. Ranking is BM25 over weighted fields with stems,
// synonyms, typing errors, unfinished words and closeness of words; docs/search.md says what each
// part is for. All answers are a function of the documents, the query and the options: never of the
// order in which documents came, the time, or what the caller may not see.
//
// One thread at a time, also for `search`: it keeps scratch memory and tidies up after changes.

namespace ventanilla::search {

// Bytes of a text, [from, to).
struct Span {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

struct Hit {
    std::string id;
    Kind kind = Kind::Article;
    Lang lang = Lang::Es;  // of `title`: the person's language when the text exists in it
    std::string key;       // of the document that gave `title`
    double score = 0;      // comparable within one answer, across groups
    std::string title;
    std::vector<Span> title_marks;  // what matched, ascending, apart
    std::string snippet;            // the passage that matches, or the beginning; one line
    std::vector<Span> snippet_marks;

    friend bool operator==(const Hit&, const Hit&) = default;
};

// What a place is made of: the score is words * coverage * closeness * title * language * prior,
// and `exact` on top.
struct Why {
    double words = 0;      // BM25F of the words it has
    double coverage = 1;   // for how many of the query's words these are, up to 1
    double closeness = 1;  // for words that stand together, from 1
    double title = 1;      // for a title that begins with the query, from 1
    double language = 1;   // below 1 when it is not the person's
    double prior = 1;      // for votes and age, around 1
    double exact = 0;      // for the title that is the query
};

// One thing found, without the texts that show it.
struct Standing {
    std::string id;
    Kind kind = Kind::Article;
    std::string key;   // of the document that matched best
    double score = 0;  // as in Hit
    Why why;
};

struct Group {
    Kind kind = Kind::Article;
    std::vector<Hit> hits;  // best first, at most SearchOptions::limit
    std::size_t total = 0;  // as many as a limit without end would list
};

struct Results {
    std::array<Group, kKinds> groups;  // in kGroupOrder, each may be empty
    std::string did_you_mean;  // the query with unknown words replaced; empty when nothing was
    std::size_t total = 0;     // over all groups

    [[nodiscard]] bool empty() const { return total == 0; }
    [[nodiscard]] const Group& group(Kind kind) const;
};

// All hits shown, best first over the groups. They point into `results`.
std::vector<const Hit*> ranked(const Results& results);
std::vector<const Hit*> ranked(Results&& results) = delete;

struct SearchOptions {
    Lang lang = Lang::Es;                // of the person: preferred when the text exists in both
    std::size_t limit = 5;               // hits in each group
    bool is_last_word_complete = false;  // false while somebody types
    std::array<bool, kKinds> kinds = {true, true, true, true};  // indexed by Kind
    // Asked once for each audience tag, before anything is scored, counted or suggested. Empty:
    // all.
    std::function<bool(std::string_view audience)> may_see = {};
};

class Index {
  public:
    Index();  // with default_synonyms()
    ~Index();
    Index(Index&&) noexcept;
    Index& operator=(Index&&) noexcept;

    // Adds the document, or replaces the one with the same key.
    void put(const Document& document);

    // Nothing happens when it is not there.
    void remove(std::string_view key);

    void clear();
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool contains(std::string_view key) const;

    // Takes effect with the next search; nothing is indexed again.
    void set_synonyms(const Synonyms& synonyms);

    // Does now what the next search would have to do first after changes.
    void prepare();

    // The best documents for `query`, in groups. Any text will do: what is over
    // limits::kQueryBytesMax is cut, broken UTF-8 is skipped, and a query without words finds
    // nothing.
    [[nodiscard]] Results search(std::string_view query, const SearchOptions& options = {});

    // The same order without groups and texts: at most `limit` things, best first, down to whatever
    // has anything of the query.
    [[nodiscard]] std::vector<Standing> rank(std::string_view query,
                                             const SearchOptions& options = {});

    // The documents and what was made of them, as bytes: the same for the same documents, whatever
    // came before. Synonyms are not among them.
    [[nodiscard]] std::string stored_form() const;

    // Replaces all documents by those of a stored form. Errors: Corrupt, and nothing has changed
    // then.
    Status load(std::string_view stored_form);

    // Bytes the index takes in memory beside the texts themselves.
    [[nodiscard]] std::size_t memory_bytes() const;

  private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace ventanilla::search
