#pragma once

#include <functional>
#include <string>

#include "shared/base/result.hpp"

namespace CLI {
class App;
}

// `ventanilla kb search-batch`: many queries over a collection of its own, to measure the ranking.
// It touches no data folder.

namespace ventanilla::admin {

// Adds the verb to `kb`. `action` is set when it was asked for; `finish` prints a failure and gives
// the exit code.
void add_search_batch(CLI::App& kb,
                      std::function<int()>& action,
                      std::function<int(const Result<std::string>&)> finish);

}  // namespace ventanilla::admin
