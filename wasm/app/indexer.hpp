#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/search/index.hpp"
#include "wasm/views/library.hpp"

// Keeps the search index in step with the replica, a slice at a time so that no frame waits: what
// changed is queued, step() indexes some of it. Search works all the while, over what is in.

namespace ventanilla::app {

class Indexer {
  public:
    // The library may hold other rows than are indexed.
    void rows_changed() { is_planned_ = false; }

    // Does one slice: first a look at what changed, then some of the texts.
    void step(const views::Library& library, const Id& me, Instant now);

    [[nodiscard]] bool is_ready() const { return is_planned_ && queue_.empty(); }
    void clear();

    [[nodiscard]] search::Results search(std::string_view query,
                                         domain::Lang lang,
                                         std::size_t limit,
                                         bool is_last_word_complete) const;

  private:
    struct Wanted {
        search::Kind kind{};
        Id id;
        std::string key;          // of a catalogue item
        std::uint64_t print = 0;  // changes when the text may have
    };

    // Compares what is indexed with what there is. Cost: one look at each row; no text is read.
    void plan(const views::Library& library, const Id& me, Instant now);
    void put_some(const views::Library& library);
    void want(Wanted wanted, std::map<std::string, std::uint64_t>& seen);
    void put(const views::Library& library, const Wanted& wanted);
    void put_article(const views::Library& library, const Id& id);
    void put_item(const views::Library& library, const std::string& key);
    void put_request(const views::Library& library, const Id& id);
    void put_outage(const views::Library& library, const Id& id);
    void put_both(search::Document document,
                  const domain::L10n& title,
                  const domain::L10n& keywords,
                  const domain::L10n& summary);

    mutable search::Index index_;
    std::map<std::string, std::uint64_t> indexed_ = {};  // "article:9f…" -> print
    std::vector<Wanted> queue_ = {};
    Instant now_{};
    bool is_planned_ = true;  // nothing is there yet
};

}  // namespace ventanilla::app
