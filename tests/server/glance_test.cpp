#include "server/http/glance.hpp"

#include <string>

#include <gtest/gtest.h>

// What may be answered after a look, and what must be parsed.

namespace ventanilla::server_test {
namespace {

using http::Glance;

const std::string kPlain = "GET /s/banner HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\n\r\n";

TEST(Glance, SeesPathTagAndEndOfAPlainGet) {
    const std::optional<Glance> seen = http::glance(kPlain);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->path, "/s/banner");
    EXPECT_EQ(seen->if_none_match, "\"x\"");
    EXPECT_EQ(seen->bytes, kPlain.size());
}

TEST(Glance, TakesWhatBrowsersSendWithEveryRequest) {
    const std::optional<Glance> seen = http::glance(
        "GET /s/banner HTTP/1.1\r\nhost: 127.0.0.1:8080\r\nConnection: keep-alive\r\n"
        "sec-ch-ua: \"Chromium\";v=\"120\"\r\nAccept: */*\r\nSec-Fetch-Site: "
        "same-origin\r\nAccept-Encoding: gzip\r\nCookie: sid=abc\r\n\r\n");
    ASSERT_TRUE(seen);
    EXPECT_TRUE(seen->if_none_match.empty());
}

TEST(Glance, StopsWhereTheNextRequestBegins) {
    const std::optional<Glance> seen = http::glance(kPlain + "POST / HTTP/1.1\r\n");
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->bytes, kPlain.size());
}

TEST(Glance, LeavesEveryBeginningOfARequestToTheParser) {
    for (std::size_t length = 0; length < kPlain.size(); ++length)
        EXPECT_FALSE(http::glance(kPlain.substr(0, length))) << length;
}

TEST(Glance, LeavesWhatIsUnusualToTheParser) {
    const std::string line = "GET /s/banner HTTP/1.1\r\n";
    const std::string host = "Host: a\r\n";
    const struct {
        const char* name;
        std::string text;
    } kRequests[] = {
        {"another method", "HEAD /s/banner HTTP/1.1\r\n" + host + "\r\n"},
        {"an older version", "GET /s/banner HTTP/1.0\r\n" + host + "\r\n"},
        {"a query", "GET /s/banner?x HTTP/1.1\r\n" + host + "\r\n"},
        {"an absolute form", "GET http://a/s/banner HTTP/1.1\r\n" + host + "\r\n"},
        {"a space more", "GET  /s/banner HTTP/1.1\r\n" + host + "\r\n"},
        {"no host", line + "\r\n"},
        {"two hosts", line + host + host + "\r\n"},
        {"a body", line + host + "Content-Length: 5\r\n\r\nhello"},
        {"chunks", line + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"an expectation", line + host + "Expect: 100-continue\r\n\r\n"},
        {"another protocol", line + host + "Upgrade: h2c\r\n\r\n"},
        {"the end of the connection", line + host + "Connection: close\r\n\r\n"},
        {"a folded line", line + host + "X: a\r\n b\r\n\r\n"},
        {"a space before the colon", line + host + "X : a\r\n\r\n"},
        {"a name that is none", line + host + "X\x01: a\r\n\r\n"},
        {"a control character", line + host + std::string("X: a\0b\r\n\r\n", 10)},
        {"a lone line feed", line + host + "X: a\nY: b\r\n\r\n"},
        {"two tags", line + host + "If-None-Match: a\r\nIf-None-Match: b\r\n\r\n"},
        {"more than a page", line + host + "X: " + std::string(5'000, 'a') + "\r\n\r\n"},
    };
    for (const auto& request : kRequests)
        EXPECT_FALSE(http::glance(request.text)) << request.name;
}

}  // namespace
}  // namespace ventanilla::server_test
