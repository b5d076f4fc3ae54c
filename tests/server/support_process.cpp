#include "tests/server/support_process.hpp"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared/base/text.hpp"

namespace ventanilla::server_test {
namespace {

constexpr const char* kCompany = R"({
  "name": "Empresa",
  "sites": [
    {"key": "madrid", "name": {"es": "Madrid", "en": "Madrid"}, "time_zone": "Europe/Madrid"},
    {"key": "austin", "name": {"es": "Austin", "en": "Austin"}, "time_zone": "America/Chicago"}],
  "services": [
    {"key": "network", "name": {"es": "Red", "en": "Network"}, "desk": "it", "criticality": 1}],
  "people": [
    {"login": "ada", "name": "Ada", "lang": "es", "time_zone": "Europe/Madrid",
     "site": "madrid", "roles": ["requester"]},
    {"login": "ivan", "name": "Ivan", "lang": "es", "time_zone": "Europe/Madrid",
     "site": "madrid", "roles": ["requester", "agent"], "desks": ["it"]}]})";

constexpr const char* kCatalogue = R"({
  "categories": [{"key": "work", "name": {"es": "Trabajo", "en": "Work"}, "icon": "wrench"}],
  "items": [{"key": "INC-01", "kind": "incident", "service": "network", "category": "work",
    "desk": "it", "title": {"es": "Algo no funciona", "en": "Something is broken"},
    "summary": {"es": "Cualquier falla", "en": "Any failure"}, "icon": "wrench",
    "form": {"version": 1, "sections": [{"key": "main", "fields": [
      {"key": "what", "type": "longtext", "label": {"es": "Qué", "en": "What"},
       "required_if": "true"}]}]}}]})";

void write_file(const std::string& path, const char* text) {
    std::ofstream(path) << text;
}

int number_at(const std::string& text, std::size_t at) {
    int number = 0;
    if (at < text.size()) std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
}

int socket_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

std::uint16_t free_port() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    (void)!::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

pid_t spawn(const std::vector<std::string>& words, const std::string& output) {
    std::vector<char*> argv;
    for (const std::string& word : words)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::close_range(STDERR_FILENO + 1, ~0U, 0);  // connections of ours are not the program's
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

}  // namespace

Reply call(std::uint16_t port, const Call& what) {
    const int descriptor = socket_to(port);
    if (descriptor < 0) return {};
    std::string text = concat(what.method,
                              " ",
                              what.target,
                              " HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                              "Connection: close\r\nX-Requested-By: test\r\n");
    if (!what.cookie.empty()) text += concat("Cookie: ", what.cookie, "\r\n");
    if (!what.device.empty()) text += concat("X-Device: ", what.device, "\r\n");
    if (what.method == "POST")
        text +=
            concat("Content-Type: application/json\r\nContent-Length: ", what.body.size(), "\r\n");
    text += "\r\n" + what.body;
    (void)!::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    std::string answer;
    char buffer[8192];
    for (ssize_t count = 1; count > 0;) {
        count = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (count > 0) answer.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(descriptor);
    const std::size_t end = answer.find("\r\n\r\n");
    if (end == std::string::npos) return {};
    Reply reply{number_at(answer, 9), answer.substr(0, end), answer.substr(end + 4)};
    const std::size_t length = reply.head.find("Content-Length: ");
    // A killed server may have sent half an answer: that is no answer.
    if (length != std::string::npos &&
        reply.body.size() < static_cast<std::size_t>(number_at(reply.head, length + 16)))
        return {};
    return reply;
}

Program::Program() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ventanilla-XXXXXX").string();
    folder_ = mkdtemp(pattern.data()) == nullptr ? std::string{} : pattern;
    std::filesystem::create_directories(folder_ + "/demo");
    write_file(folder_ + "/demo/company.json", kCompany);
    write_file(folder_ + "/demo/catalogue.json", kCatalogue);
    run({"seed", "--demo", folder_ + "/demo"});
}

Program::~Program() {
    if (child_ > 0) kill(SIGKILL);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Program::start() {
    if (port_ == 0) port_ = free_port();
    child_ = spawn(
        {VENTANILLA_PROGRAM, "serve", "--data", folder_ + "/data", "--port", std::to_string(port_)},
        folder_ + "/serve.log");
    for (int i = 0; i < 600; ++i) {
        if (call(port_, {.target = "/readyz"}).status == 200) return;
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

void Program::kill(int signal) {
    ::kill(child_, signal);
    int status = 0;
    ::waitpid(child_, &status, 0);
    exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    child_ = -1;
}

std::string Program::run(const std::vector<std::string>& words, int* code) const {
    std::vector<std::string> all{VENTANILLA_PROGRAM};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--data", folder_ + "/data"});
    const std::string output = folder_ + "/output";
    const pid_t child = spawn(all, output);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (code != nullptr) *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::ifstream file(output);
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace ventanilla::server_test
