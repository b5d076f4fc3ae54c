#pragma once

#include <functional>
#include <string>

#include "shared/base/json.hpp"
#include "shared/base/result.hpp"

namespace CLI {
class App;
}

// `ventanilla demo …`: what shows the product at work.

namespace ventanilla::admin {

// Runs a task in the server of a data folder, or here when none runs.
using RunAnywhere = std::function<Result<std::string>(
    const std::string& data, const std::string& task, const Json& args)>;

// Adds the verbs to `app`. `action` is set when one of them was asked for; `finish` prints how it
// went and gives the exit code.
void add_demo(CLI::App& app,
              std::function<int()>& action,
              std::function<int(const Result<std::string>&)> finish,
              RunAnywhere run);

}  // namespace ventanilla::admin
