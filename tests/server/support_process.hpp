#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

// The real program as a process, and a small HTTP client for it.

namespace ventanilla::server_test {

struct Reply {
    int status = 0;  // 0: no answer
    std::string head;
    std::string body;
};

struct Call {
    std::string method = "GET";
    std::string target;
    std::string cookie;
    std::string device;
    std::string body;
};

// One request on a connection of its own.
Reply call(std::uint16_t port, const Call& what);

// A data folder with a small company, and the server that serves it.
class Program {
  public:
    Program();  // makes and seeds the folder
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void start();           // and waits until it answers; the same port each time
    void kill(int signal);  // and waits for its end
    [[nodiscard]] int exit_code() const { return exit_code_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] pid_t pid() const { return child_; }

    // Runs another verb on the same folder; gives what it printed, both streams.
    std::string run(const std::vector<std::string>& words, int* code = nullptr) const;
    [[nodiscard]] const std::string& folder() const { return folder_; }

  private:
    std::string folder_;
    std::uint16_t port_ = 0;
    pid_t child_ = -1;
    int exit_code_ = -1;
};

}  // namespace ventanilla::server_test
