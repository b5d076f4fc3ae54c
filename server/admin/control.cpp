#include "server/admin/control.hpp"

#include <algorithm>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/http/log.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::admin {
namespace {

constexpr std::size_t kLineBytesMax = 4 * 1024 * 1024;

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return Error{Errc::TooLarge, concat("the path of the data folder is too long: ", path), {}};
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

// What arrives until a line break or the end.
std::string read_line(int descriptor) {
    std::string line;
    char buffer[4096];
    while (line.size() < kLineBytesMax) {
        const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
        if (count <= 0) break;
        line.append(buffer, static_cast<std::size_t>(count));
        if (line.back() == '\n') break;
    }
    return line;
}

// A connection to who listens at `path`; -1 when nobody does.
int connection_to(const sockaddr_un& address) {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
        return descriptor;
    ::close(descriptor);
    return -1;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
        if (count <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

Status ControlServer::start(const std::string& path) {
    const sockaddr_un address = TRY(address_of(path));
    path_ = path;
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::unlink(path.c_str());  // left by a process that was killed: the folder's lock says it is gone
    const mode_t before = ::umask(0177);
    const int bound =
        ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::umask(before);
    if (bound != 0 || ::listen(listener_, 8) != 0)
        return Error{Errc::Unavailable, concat("cannot listen at ", path), {}};
    thread_ = std::thread([this] { serve(); });
    return ok();
}

ControlServer::~ControlServer() {
    is_stopping_ = true;
    if (thread_.joinable()) thread_.join();
    if (listener_ >= 0) ::close(listener_);
    if (!path_.empty()) ::unlink(path_.c_str());
}

void ControlServer::serve() {
    while (!is_stopping_) {
        pollfd waiting{.fd = listener_, .events = POLLIN, .revents = 0};
        if (::poll(&waiting, 1, 100) <= 0) continue;
        const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        const timeval patience{.tv_sec = 5, .tv_usec = 0};
        ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        answer(client);
        ::close(client);
    }
}

void ControlServer::answer(int client) {
    const Result<Json> asked = parse_json(read_line(client));
    Result<std::string> done = invalid("no JSON");
    if (asked) done = run_(text_or(*asked, "do"), member(*asked, "args"));
    Json reply = {{"ok", done.has_value()}};
    if (done) {
        reply["text"] = *done;
    } else {
        reply["error"] = done.error().detail;
        reply["code"] = static_cast<int>(done.error().code);
    }
    if (!write_all(client, dump_json(reply) + "\n"))
        http::log(http::Level::Warning, "the command line did not wait for its answer");
}

bool is_served(const std::string& path) {
    const Result<sockaddr_un> address = address_of(path);
    const int descriptor = address ? connection_to(*address) : -1;
    if (descriptor >= 0) ::close(descriptor);
    return descriptor >= 0;
}

Result<std::string> ask_server(const std::string& path, const std::string& name, const Json& args) {
    const sockaddr_un address = TRY(address_of(path));
    const int descriptor = connection_to(address);
    if (descriptor < 0) return Error{Errc::NotFound, "no server runs on this data folder", {}};
    std::string line;
    if (write_all(descriptor, dump_json({{"do", name}, {"args", args}}) + "\n"))
        line = read_line(descriptor);
    ::close(descriptor);
    const Json reply = TRY(parse_json(line));
    if (bool_or(reply, "ok")) return text_or(reply, "text");
    const auto code = static_cast<int>(int_or(reply, "code"));
    const int last = static_cast<int>(Errc::Corrupt);
    return Error{static_cast<Errc>(std::clamp(code, 0, last)), text_or(reply, "error"), {}};
}

}  // namespace ventanilla::admin
