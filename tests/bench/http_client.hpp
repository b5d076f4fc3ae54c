#pragma once

#include <string>
#include <string_view>

// A blocking HTTP/1.1 client for loopback: one connection, one request at a time. It understands
// what our server sends and nothing else, and stops the program on anything unexpected.

namespace ventanilla::bench {

struct Answer {
    int status = 0;
    std::string cookie;  // "sid=…" when the server set one
    std::string etag;
    std::string body;
};

class HttpClient {
  public:
    // `office`: calls come from another address for each.
    explicit HttpClient(int port, std::size_t office = 0);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    // `headers` are whole lines, each ending in CRLF.
    Answer post(std::string_view path, std::string_view headers, std::string_view body);

    // A GET in two halves, so that one thread can wait for many answers at socket().
    void send_get(std::string_view path, std::string_view headers);
    Answer receive();

    // Opens an event stream; read_some() then gives what has come, and waits when nothing has.
    void open_stream(std::string_view path, std::string_view headers);
    std::string read_some();
    [[nodiscard]] int socket() const { return socket_; }

  private:
    void send_all(std::string_view bytes);
    std::string read_head();
    void read_more();

    int socket_ = -1;
    std::string buffer_;
};

}  // namespace ventanilla::bench
