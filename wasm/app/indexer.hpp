#pragma once

#include <array>
#include <string>
#include <unordered_map>
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

    // Does one slice: first a look at what changed, then some of the texts, or makes them ready for
    // queries.
    void step(const views::Library& library, const Id& me, Instant now);

    [[nodiscard]] bool is_ready() const {
        return is_planned_ && queue_.empty() && unprepared_ == 0;
    }
    void clear();

    [[nodiscard]] search::Results search(std::string_view query,
                                         domain::Lang lang,
                                         std::size_t limit,
                                         bool is_last_word_complete) const;

  private:
    struct Wanted {
        search::Kind kind{};
        Id id;
        std::uint64_t print = 0;  // changes when the text may have; never 0
    };
    struct Known {
        std::uint64_t print = 0;  // of what is indexed
        std::uint32_t round = 0;  // of the last plan that wanted it
    };

    // Compares what is indexed with what there is. Cost: one look at each row; no text is read.
    void plan(const views::Library& library, const Id& me, Instant now);
    void put_some(const views::Library& library);
    void want(search::Kind kind, const Id& id, std::uint64_t print);
    void forget_others();
    void put(const views::Library& library, const Wanted& wanted);
    void put_article(const views::Library& library, const Id& id);
    void put_item(const views::Library& library, const Id& id);
    void put_request(const views::Library& library, const Id& id);
    void put_outage(const views::Library& library, const Id& id);
    void put_both(search::Document document,
                  const domain::L10n& title,
                  const domain::L10n& keywords,
                  const domain::L10n& summary);

    mutable search::Index index_;
    std::array<std::unordered_map<Id, Known, IdHash>, search::kKinds> known_ = {};
    std::uint32_t round_ = 0;
    std::vector<Wanted> queue_ = {};
    std::size_t unprepared_ = 0;  // things put since the index was made ready for queries
    Instant now_{};
    bool is_planned_ = true;  // nothing is there yet
};

}  // namespace ventanilla::app
