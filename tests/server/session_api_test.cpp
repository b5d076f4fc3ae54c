#include <gtest/gtest.h>

#include "tests/server/support_desk.hpp"

namespace ventanilla::server_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(Session, OpensWithAStrictCookieAndSaysWhoItIs) {
    Desk desk;
    desk.ada.cookie.clear();
    const Answer answer = desk.login(desk.ada);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const std::string cookie = answer.header("set-cookie");
    for (const char* part : {"sid=", "Path=/", "HttpOnly", "SameSite=Strict", "Max-Age="})
        EXPECT_NE(cookie.find(part), std::string::npos) << part;
    EXPECT_EQ(cookie.find("Secure"), std::string::npos)
        << "plain HTTP on loopback: WebKit refuses it";
    const auto info = sync::decode_session_info(answer.body);
    ASSERT_TRUE(info) << answer.body;
    EXPECT_EQ(info->user, desk.ada.user);
    EXPECT_EQ(info->scope.substr(0, 2), "s_");
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/session").status, 200);
}

TEST(Session, TheSameAnswerForAnUnknownLoginAndAWrongPassword) {
    Desk desk;
    Person nobody{"nobody", {}, test_id("x"), {}};
    Person ada = desk.ada;
    const Answer unknown = desk.login(nobody);
    const Answer wrong = desk.login(ada, "not the password");
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(unknown.body, wrong.body);
    EXPECT_EQ(unknown.headers, wrong.headers);
}

TEST(Session, GuessingIsSlowedDownButNobodyIsLockedOut) {
    Desk desk;
    Person guesser{"ada", {}, test_id("guesser"), {}};
    int refused = 0;
    for (int i = 0; i < 9; ++i)
        refused += desk.login(guesser, "guess " + std::to_string(i)).status == 429 ? 1 : 0;
    EXPECT_GT(refused, 0);
    http::HttpRequest elsewhere = request_of(desk.ada, "POST", "/api/v1/session/login");
    elsewhere.peer = "192.0.2.77";
    elsewhere.body = dump_json({{"login", "ada"}, {"password", kPassword}});
    EXPECT_EQ(desk.send(elsewhere).status, 200);
    desk.now += minutes{1};
    EXPECT_EQ(desk.login(guesser).status, 200);
}

TEST(Session, EndsWithLogoutAndTheCookieIsWorthNothing) {
    Desk desk;
    EXPECT_EQ(desk.post(desk.ada, "/api/v1/session/logout", Json::object()).status, 200);
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/session").status, 401);
}

TEST(Session, StaffAreSignedOutSoonerWhenIdle) {
    Desk desk;
    desk.now += hours{1};
    EXPECT_EQ(desk.get(desk.ivan, "/api/v1/session").status, 401);
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/session").status, 200);
    desk.now += hours{9};
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/session").status, 401);
}

TEST(Session, EndsAfterItsAbsoluteTimeHoweverBusy) {
    Desk desk;
    int status = 200;
    int visits = 0;
    for (; status == 200 && visits < 100; ++visits) {
        desk.now += minutes{20};
        status = desk.get(desk.ivan, "/api/v1/session").status;
    }
    EXPECT_EQ(status, 401);
    EXPECT_NEAR(visits * 20, 12 * 60, 40);
}

TEST(Session, AStolenCookieIsRefusedFromAnotherDevice) {
    Desk desk;
    Person thief = desk.ada;
    thief.device = test_id("thief");
    const Answer answer = desk.get(thief, "/api/v1/session");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.json()["code"], "other_device");
    thief.device = {};
    EXPECT_EQ(desk.get(thief, "/api/v1/sync/pull?user=" + to_text(thief.user)).status, 401);
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/session").status, 200) << "its owner goes on";
}

TEST(Session, IsTiedToTheDeviceThatPushesFirst) {
    Desk desk;
    Person ada = desk.ada;
    ada.device = {};
    ASSERT_EQ(desk.login(ada).status, 200);
    ada.device = test_id("first");
    EXPECT_EQ(desk.post(ada, "/api/v1/sync/push", push_body(ada, test_id("c"), "request.take", {}))
                  .status,
              200);
    ada.device = test_id("second");
    EXPECT_EQ(desk.post(ada, "/api/v1/sync/push", push_body(ada, test_id("c"), "request.take", {}))
                  .status,
              401);
}

TEST(Session, ANewPasswordEndsAllOthersAndMustBeLong) {
    Desk desk;
    Person other = desk.ada;
    other.device = test_id("tablet");
    other.cookie.clear();
    ASSERT_EQ(desk.login(other).status, 200);
    const auto change = [&](const std::string& next) {
        return desk.post(
            desk.ada, "/api/v1/session/password", {{"current", kPassword}, {"next", next}});
    };
    EXPECT_EQ(change("short").status, 422);
    EXPECT_EQ(change("password1234").status, 422);
    const Answer changed = change("a longer sentence");
    EXPECT_EQ(changed.status, 200);
    EXPECT_NE(changed.header("set-cookie").find("sid="), std::string::npos);
    EXPECT_EQ(desk.get(other, "/api/v1/session").status, 401);
    EXPECT_EQ(desk.login(other).status, 401);
    EXPECT_EQ(desk.login(other, "a longer sentence").status, 200);
}

struct Foreign {
    const char* name;
    http::Headers headers;
    int status;
};

TEST(Session, RequestsOfOtherSitesAreRefused) {
    Desk desk;
    const http::Headers ours = {{"host", "desk.example"},
                                {"content-type", "application/json"},
                                {"x-requested-by", "ventanilla"},
                                {"x-device", to_text(desk.ada.device)},
                                {"cookie", desk.ada.cookie}};
    const auto with = [&](std::initializer_list<std::pair<std::string, std::string>> more) {
        http::Headers headers = ours;
        for (const auto& [name, value] : more) {
            std::erase_if(headers, [&, n = name](const auto& one) { return one.first == n; });
            if (!value.empty()) headers.emplace_back(name, value);
        }
        return headers;
    };
    const Foreign kCases[] = {
        {"our own page", with({{"sec-fetch-site", "same-origin"}}), 200},
        {"an older browser with our origin", with({{"origin", "https://desk.example"}}), 200},
        {"another site", with({{"sec-fetch-site", "cross-site"}}), 403},
        {"a sibling site", with({{"sec-fetch-site", "same-site"}}), 403},
        {"another origin", with({{"origin", "https://evil.example"}}), 403},
        {"a null origin", with({{"origin", "null"}}), 403},
        {"a form: no header of ours", with({{"x-requested-by", ""}}), 403},
        {"a form: its content type", with({{"content-type", "text/plain"}}), 415},
        {"no content type", with({{"content-type", ""}}), 415},
    };
    for (const Foreign& one : kCases) {
        http::HttpRequest request = request_of(desk.ada, "POST", "/api/v1/sync/push");
        request.headers = one.headers;
        request.body = dump_json(push_body(desk.ada, test_id("c"), "x.y", {}));
        EXPECT_EQ(desk.send(request).status, one.status) << one.name;
    }
}

}  // namespace
}  // namespace ventanilla::server_test
