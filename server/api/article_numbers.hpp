#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/store.hpp"

// Which rows an article's number in an address stands for. Kept in memory and brought up to date
// from what changed since it was last asked, so that no address is looked up by reading them all.
// Says nothing about who may read them. Any thread.

namespace ventanilla::api {

class ArticleNumbers {
  public:
    // The articles with that number, compared without case in ASCII; usually one or none.
    // Cost: the first time one pass over all articles, then what has changed since.
    std::vector<Id> find(const store::Snapshot& snapshot, std::string_view number);

  private:
    void follow(const store::Snapshot& snapshot);
    void reread(const store::Snapshot& snapshot, const Id& id);

    std::mutex mutex_;  // over everything below
    Id epoch_;
    store::Seq head_ = 0;  // up to which changes are known
    std::map<std::string, std::vector<Id>, std::less<>> ids_;
    std::map<Id, std::string> numbers_;
};

}  // namespace ventanilla::api
