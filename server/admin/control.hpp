#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <thread>

#include "shared/base/json.hpp"
#include "shared/base/result.hpp"

// How the command line talks to a server that runs: one JSON line each way over a Unix socket that
// only the owner of the data folder can open. Tasks run in the server, which is the only writer.

namespace ventanilla::admin {

// Runs a task by name; gives what is to be printed.
using RunTask = std::function<Result<std::string>(const std::string& name, const Json& args)>;

class ControlServer {
  public:
    explicit ControlServer(RunTask run) : run_(std::move(run)) {}
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    // Listens at `path` on a thread of its own. Errors: Unavailable.
    Status start(const std::string& path);

  private:
    void serve();
    void answer(int client);

    RunTask run_;
    std::string path_;
    int listener_ = -1;
    std::atomic<bool> is_stopping_ = false;
    std::thread thread_;
};

// Whether a server listens at `path`.
bool is_served(const std::string& path);

// Asks the server that listens at `path`. Errors: NotFound when none does; otherwise the task's
// own.
Result<std::string> ask_server(const std::string& path, const std::string& name, const Json& args);

}  // namespace ventanilla::admin
