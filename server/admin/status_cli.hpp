#pragma once

#include <functional>
#include <string>

#include "server/admin/serve.hpp"
#include "shared/base/result.hpp"

namespace CLI {
class App;
}

// `ventanilla status …`: figures, and the public status as files.

namespace ventanilla::admin {

using Finish = std::function<int(const Result<std::string>&)>;  // prints it; gives the exit code

// What `serve` may be told about the public status.
void add_public_options(CLI::App& serve, ServeOptions& options);

// Adds the verbs to `app`. `action` is set when one of them was asked for.
void add_status(CLI::App& app, std::function<int()>& action, Finish finish);

}  // namespace ventanilla::admin
