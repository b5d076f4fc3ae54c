#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/recovery/advice.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/server/support_desk.hpp"

// What is answered before sessions, JSON and the store.

namespace ventanilla::server_test {
namespace {

http::HttpRequest push_header(const Person& who, std::string_view ticket = {}) {
    http::HttpRequest head = request_of(who, "POST", std::string(sync::kPushPath));
    if (!ticket.empty()) head.headers.emplace_back("outbox-ticket", std::string(ticket));
    return head;
}

recovery::Grant turn_of(Desk& desk, const Person& who, int items) {
    const Answer answer = desk.post(who, std::string(recovery::kSlotPath), {{"items", items}});
    EXPECT_EQ(answer.status, 200) << answer.body;
    const Result<recovery::Grant> grant = recovery::decode_grant(answer.body);
    EXPECT_TRUE(grant) << answer.body;
    return grant ? *grant : recovery::Grant{};
}

// Others wait for turns, long enough that a knock without a ticket is refused.
void fill(Desk& desk) {
    for (int i = 0; i < 400; ++i)
        (void)turn_of(desk, desk.bob, 10);
}

std::string body_of(const std::string& wire) {
    return wire.substr(wire.find("\r\n\r\n") + 4);
}

TEST(Door, TheBannerIsAnsweredWithoutASessionAndOnlyWhenItChanged) {
    Desk desk;
    http::HttpRequest head;
    head.method = "GET";
    head.path = "/s/banner";
    const http::Gate first = desk.door().gate(head);
    ASSERT_TRUE(first.wire);
    EXPECT_EQ(first.wire->rfind("HTTP/1.1 200 ", 0), 0u);
    EXPECT_NE(first.wire->find("content-security-policy"), std::string::npos);
    const Result<recovery::Advice> advice = recovery::decode_banner(body_of(*first.wire));
    ASSERT_TRUE(advice);
    EXPECT_EQ(advice->mode, recovery::Mode::Recovering) << "the server has just begun";
    const std::size_t at = first.wire->find("etag: ") + 6;
    const std::string etag = first.wire->substr(at, first.wire->find("\r\n", at) - at);
    head.headers.emplace_back("if-none-match", etag);
    EXPECT_EQ(desk.door().gate(head).wire->rfind("HTTP/1.1 304 ", 0), 0u);
    desk.now += Millis{61'000};
    ASSERT_TRUE(desk.door().refresh());
    EXPECT_EQ(desk.door().gate(head).wire->rfind("HTTP/1.1 200 ", 0), 0u) << "normal by now";
}

TEST(Door, TheBannerTellsStrangersOnlyWhatConcernsEverybody) {
    Desk desk;
    const Id network = domain::id_of_key(domain::RowType::Service, "network");
    const Id madrid = domain::id_of_key(domain::RowType::Site, "madrid");
    const struct {
        const char* title;
        Json audience;
    } kOutages[] = {{"marca-de-todos", {{"everybody", true}}},
                    {"marca-de-madrid", {{"sites", {to_text(madrid)}}}}};
    for (const auto& one : kOutages) {
        const Json text = {{"es", one.title}, {"en", one.title}};
        const auto published = desk.push(
            desk.diego,
            test_id(one.title),
            "outage.publish",
            {{"kind", "incident"},
             {"title", text},
             {"impact", text},
             {"workaround", text},
             {"contact", {{"name", "Diego"}, {"phone", "4410"}, {"mail", "d@desk.example"}}},
             {"audience", one.audience},
             {"state", "investigating"},
             {"body", text},
             {"started_at", to_ms(desk.now)},
             {"services", Json::array({{{"service", to_text(network)}, {"impact", "major"}}})},
             {"next_update_due_at", to_ms(desk.now) + 1'800'000}});
        ASSERT_EQ(published.status, sync::ResultStatus::Applied) << published.message;
    }
    ASSERT_TRUE(desk.door().refresh());
    const std::string banner = desk.get(desk.ada, "/s/banner").body;
    EXPECT_NE(banner.find("marca-de-todos"), std::string::npos);
    EXPECT_EQ(banner.find("marca-de-madrid"), std::string::npos);
}

TEST(Door, ATurnIsKeptAndItsTicketOpensTheDoor) {
    Desk desk;
    fill(desk);
    const recovery::Grant grant = turn_of(desk, desk.ada, 3);
    ASSERT_GT(grant.slot, Millis{1'000});
    desk.now += grant.slot;
    const http::Gate gate = desk.door().gate(push_header(desk.ada, grant.ticket));
    EXPECT_FALSE(gate.wire);
    EXPECT_EQ(gate.units, 1.0);
    desk.door().left(gate.units);
}

TEST(Door, WithoutATicketAReplayIsSentAwayWithTheTimeInHeaderAndBody) {
    Desk desk;
    fill(desk);
    const http::Gate gate = desk.door().gate(push_header(desk.ada));
    ASSERT_TRUE(gate.wire);
    EXPECT_EQ(gate.wire->rfind("HTTP/1.1 503 ", 0), 0u);
    for (const char* part : {"retry-after: ",
                             "ratelimit: \"outbox\";r=0;t=",
                             "access-control-expose-headers: Retry-After",
                             "retry_after_ms",
                             "application/problem+json",
                             "temporary-reduced-capacity"})
        EXPECT_NE(gate.wire->find(part), std::string::npos) << part;
    const Result<sync::Problem> problem = sync::decode_problem(body_of(*gate.wire));
    ASSERT_TRUE(problem);
    EXPECT_EQ(problem->code, sync::problem::kBusy);
    EXPECT_EQ(gate.wire, desk.door().gate(push_header(desk.bob)).wire) << "the same buffer for all";
}

TEST(Door, ALateTicketGetsANewTurnAndAForgedOneNone) {
    Desk desk;
    const recovery::Grant grant = turn_of(desk, desk.ada, 1);
    desk.now += Millis{31'000};
    fill(desk);
    const http::Gate late = desk.door().gate(push_header(desk.ada, grant.ticket));
    ASSERT_TRUE(late.wire);
    const recovery::Refusal refusal = recovery::refusal_of(body_of(*late.wire), Millis{0});
    ASSERT_TRUE(refusal.grant);
    EXPECT_FALSE(refusal.grant->ticket.empty());
    const http::Gate forged = desk.door().gate(push_header(desk.ada, "AAAA" + grant.ticket));
    ASSERT_TRUE(forged.wire);
    EXPECT_FALSE(recovery::refusal_of(body_of(*forged.wire), Millis{0}).grant);
}

TEST(Door, WhoIsLookingNeedsNoTicket) {
    Desk desk;
    fill(desk);
    http::HttpRequest head = push_header(desk.ada);
    head.headers.emplace_back("outbox-lane", "interactive");
    EXPECT_FALSE(desk.door().gate(head).wire);
    EXPECT_FALSE(desk.door().gate(request_of(desk.ada, "GET", std::string(sync::kPullPath))).wire);
}

TEST(Door, ALargeBodyCannotPassForLittleWork) {
    Desk desk;
    http::HttpRequest head = push_header(desk.ada);
    head.headers.emplace_back("content-length", "200000");
    head.headers.emplace_back("outbox-items", "1");
    EXPECT_EQ(desk.door().gate(head).units, 48.0);
    head.headers.back().second = "-7";
    EXPECT_EQ(desk.door().gate(head).units, 48.0);
    head.headers.back().second = "99999999999999999999";
    EXPECT_LE(desk.door().gate(head).units, 100.0);
}

TEST(Door, SlotsAreNotGivenForNonsense) {
    Desk desk;
    for (const char* body : {R"({"items":-1})", R"({"items":"many"})", "{}"}) {
        const Answer answer = desk.post(
            desk.ada, std::string(recovery::kSlotPath), parse_json(body).value_or(Json::object()));
        EXPECT_EQ(answer.status, 422) << body;
    }
}

TEST(Door, ARestartedServerRemembersHowManyComeBack) {
    Desk desk;
    for (int i = 0; i < 5'000; ++i) {
        http::HttpRequest head = push_header(desk.ada);
        for (auto& [name, value] : head.headers)
            if (name == "x-device") value = to_text(test_id(concat("device ", i)));
        desk.door().left(desk.door().gate(head).units);
    }
    ASSERT_TRUE(desk.door().remember());
    const Status read = desk.store().read([](const store::Snapshot& snapshot) {
        const Json known = parse_json(snapshot.setting("recovery.known").value_or("")).value_or({});
        EXPECT_NEAR(static_cast<double>(int_or(known, "clients")), 5'000, 500);
        return ok();
    });
    EXPECT_TRUE(read);
    const Status written = desk.store().write([](store::Transaction& transaction) {
        transaction.put_setting("recovery.known", R"({"units_per_s":1000,"clients":100000})");
        return ok();
    });
    ASSERT_TRUE(written);
    api::Door restarted{desk.store(), [&desk] { return desk.now; }, false};
    EXPECT_EQ(restarted.advice().spread, Millis{20'000});
}

}  // namespace
}  // namespace ventanilla::server_test
