#include "tests/bench/http_client.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shared/base/text.hpp"

namespace ventanilla::bench {

namespace {

[[noreturn]] void give_up(const char* what) {
    std::perror(what);
    std::exit(1);
}

// The value of a header of `head`, whose names may be in any case; empty when it is not there.
std::string header(std::string_view head, std::string_view name) {
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::size_t at = lower.find(concat("\r\n", name, ":"));
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 3;
    return std::string(trimmed(head.substr(from, head.find("\r\n", from) - from)));
}

// "HTTP/1.1 200 OK"
int status_of(std::string_view head) {
    int status = 0;
    if (head.size() > 12) std::from_chars(head.data() + 9, head.data() + 12, status);
    return status;
}

}  // namespace

HttpClient::HttpClient(int port, std::size_t office) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(office));
    if (bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) give_up("bind");
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        give_up("connect");
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

HttpClient::~HttpClient() {
    close(socket_);
}

void HttpClient::send_all(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) give_up("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void HttpClient::read_more() {
    char chunk[16384];
    const ssize_t got = recv(socket_, chunk, sizeof chunk, 0);
    if (got <= 0) give_up("the server closed the connection");
    buffer_.append(chunk, static_cast<std::size_t>(got));
}

std::string HttpClient::read_head() {
    std::size_t end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        read_more();
    std::string head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    return head;
}

Answer HttpClient::post(std::string_view path, std::string_view headers, std::string_view body) {
    send_all(concat("POST ",
                    path,
                    " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Requested-By: ventanilla\r\n",
                    "Content-Type: application/json\r\nContent-Length: ",
                    body.size(),
                    "\r\n",
                    headers,
                    "\r\n",
                    body));
    return receive();
}

void HttpClient::send_get(std::string_view path, std::string_view headers) {
    send_all(concat("GET ", path, " HTTP/1.1\r\nHost: 127.0.0.1\r\n", headers, "\r\n"));
}

Answer HttpClient::receive() {
    const std::string head = read_head();
    Answer answer;
    answer.status = status_of(head);
    const std::string cookie = header(head, "set-cookie");
    answer.cookie = cookie.substr(0, cookie.find(';'));
    answer.etag = header(head, "etag");
    std::size_t length = 0;
    const std::string text = header(head, "content-length");
    std::from_chars(text.data(), text.data() + text.size(), length);
    while (buffer_.size() < length)
        read_more();
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
}

void HttpClient::open_stream(std::string_view path, std::string_view headers) {
    send_get(path, concat("Accept: text/event-stream\r\n", headers));
    if (status_of(read_head()) != 200) give_up("the server refused a stream");
}

std::string HttpClient::read_some() {
    if (buffer_.empty()) read_more();
    return std::exchange(buffer_, {});
}

}  // namespace ventanilla::bench
