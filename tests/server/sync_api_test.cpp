#include <gtest/gtest.h>

#include "server/store/changes.hpp"
#include "server/store/pull.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "tests/server/support_desk.hpp"

namespace ventanilla::server_test {
namespace {

using sync::CommandResult;
using sync::ResultStatus;

std::string pull_of(const Person& who, const std::string& more = {}) {
    return "/api/v1/sync/pull?user=" + to_text(who.user) + more;
}

TEST(Push, ARequestGetsItsNumberAndTheDeskSeesIt) {
    Desk desk;
    const Json args = {{"item", "INC-01"},
                       {"form_version", 1},
                       {"answers", {{"what", "No carga"}}},
                       {"lang", "es"}};
    const CommandResult result = desk.push(desk.ada, test_id("c1"), "request.submit", args);
    ASSERT_EQ(result.status, ResultStatus::Applied) << result.message;
    EXPECT_EQ(result.number, "SOL-2026-000001");
    EXPECT_EQ(result.entity, derived_id("request", test_id("c1")));
    EXPECT_EQ(result.ver, 1u);
    EXPECT_NE(desk.all_of(desk.ivan).find("No carga"), std::string::npos);
}

TEST(Push, TheSameCommandHasTheSameAnswerHoweverOftenItIsSent) {
    Desk desk;
    const Json args = {{"item", "INC-01"},
                       {"form_version", 1},
                       {"answers", {{"what", "Una vez"}}},
                       {"lang", "es"}};
    const Json first = sync::to_json(desk.push(desk.ada, test_id("c1"), "request.submit", args));
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(sync::to_json(desk.push(desk.ada, test_id("c1"), "request.submit", args)), first);
    const CommandResult second = desk.push(desk.ada, test_id("c2"), "request.submit", args);
    EXPECT_EQ(second.number, "SOL-2026-000002") << "no number was used up by the repetitions";
}

TEST(Push, AnAlteredReplayIsKeyReuse) {
    Desk desk;
    desk.submit(desk.ada, test_id("c1"), "Original");
    const Json altered = {{"item", "INC-01"},
                          {"form_version", 1},
                          {"answers", {{"what", "Alterada"}}},
                          {"lang", "es"}};
    const CommandResult result = desk.push(desk.ada, test_id("c1"), "request.submit", altered);
    EXPECT_EQ(result.status, ResultStatus::Rejected);
    EXPECT_EQ(result.code, commands::RejectCode::KeyReuse);
    EXPECT_EQ(desk.all_of(desk.ivan).find("Alterada"), std::string::npos);
}

TEST(Push, SomebodyElsesCommandIdTellsNothing) {
    Desk desk;
    desk.submit(desk.ada, test_id("c1"), "Secreto de Ada");
    const Json args = {{"item", "INC-01"},
                       {"form_version", 1},
                       {"answers", {{"what", "Secreto de Ada"}}},
                       {"lang", "es"}};
    const CommandResult result = desk.push(desk.bob, test_id("c1"), "request.submit", args);
    EXPECT_EQ(result.status, ResultStatus::Rejected);
    EXPECT_EQ(result.code, commands::RejectCode::KeyReuse);
    EXPECT_TRUE(result.number.empty());
}

TEST(Push, ARejectionIsFinalToo) {
    Desk desk;
    const Json args = {{"request", to_text(test_id("no such request"))}};
    const CommandResult first = desk.push(desk.ada, test_id("c1"), "request.confirm", args);
    EXPECT_EQ(first.status, ResultStatus::Rejected);
    EXPECT_EQ(sync::to_json(desk.push(desk.ada, test_id("c1"), "request.confirm", args)),
              sync::to_json(first));
}

TEST(Push, AnUnknownTypeIsDeferredAndStaysOpen) {
    Desk desk;
    const CommandResult result =
        desk.push(desk.ada, test_id("c1"), "request.teleport", Json::object());
    EXPECT_EQ(result.status, ResultStatus::Deferred);
    EXPECT_EQ(result.reason, sync::DeferReason::UnknownType);
}

TEST(Push, WaitsForWhatItDependsOn) {
    Desk desk;
    Json body = push_body(desk.ada,
                          test_id("c2"),
                          "request.submit",
                          {{"item", "INC-01"},
                           {"form_version", 1},
                           {"answers", {{"what", "Luego"}}},
                           {"lang", "es"}});
    body["cmds"][0]["deps"] = {to_text(test_id("c1"))};
    const auto send = [&] {
        const Answer answer = desk.post(desk.ada, "/api/v1/sync/push", body);
        return sync::decode_push_response(answer.body).value_or({}).results.at(0);
    };
    EXPECT_EQ(send().status, ResultStatus::Deferred);
    EXPECT_EQ(send().reason, sync::DeferReason::BlockedBy);
    desk.submit(desk.ada, test_id("c1"), "Antes");
    EXPECT_EQ(send().status, ResultStatus::Applied);
}

TEST(Push, TheSessionDecidesWhoActs) {
    Desk desk;
    const Json body = push_body(desk.ada, test_id("c1"), "request.submit", Json::object());
    Person bob = desk.bob;
    const Answer answer = desk.post(bob, "/api/v1/sync/push", body);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.json()["code"], "other_user");
    EXPECT_EQ(desk.get(bob, pull_of(desk.ada)).status, 401);
}

TEST(Push, AHistoryThatWasReplacedIsTold) {
    Desk desk;
    Json body = push_body(desk.ada, test_id("c1"), "request.submit", Json::object());
    body["epoch"] = to_text(test_id("another epoch"));
    const Answer answer = desk.post(desk.ada, "/api/v1/sync/push", body);
    EXPECT_EQ(answer.status, 409);
    const auto problem = sync::decode_problem(answer.body);
    ASSERT_TRUE(problem) << answer.body;
    EXPECT_EQ(problem->code, "history_changed");
    EXPECT_EQ(problem->epoch, test_id("epoch"));
}

struct Hostile {
    const char* name;
    std::string body;
};

TEST(Push, BadBodiesGetAProblemDocumentAndChangeNothing) {
    Desk desk;
    const std::string before = desk.all_of(desk.ivan);
    const Json good = push_body(desk.ada, test_id("c"), "request.submit", Json::object());
    const auto with = [&](const char* key, const Json& value) {
        Json body = good;
        body[key] = value;
        return dump_json(body);
    };
    Json many = good;
    for (int i = 0; i < 101; ++i)
        many["cmds"].push_back(good["cmds"][0]);
    const Hostile kCases[] = {
        {"nothing", ""},
        {"no JSON", "{"},
        {"a list", "[]"},
        {"a number", "7"},
        {"a key twice", R"({"protocol":1,"protocol":1})"},
        {"not UTF-8", "{\"protocol\":1,\"x\":\"\xff\xfe\"}"},
        {"too deep", std::string(100'000, '[')},
        {"deep but closed", std::string(40, '[') + std::string(40, ']')},
        {"something behind it", dump_json(good) + "x"},
        {"cmds of another type", with("cmds", "x")},
        {"a device that is none", with("device_id", 7)},
        {"more than 100 commands", dump_json(many)},
        {"over the limit", with("x", std::string(300'000, 'x'))},
    };
    for (const Hostile& one : kCases) {
        http::HttpRequest request = request_of(desk.ada, "POST", "/api/v1/sync/push");
        request.body = one.body;
        const Answer answer = desk.send(request);
        EXPECT_GE(answer.status, 400) << one.name;
        EXPECT_LT(answer.status, 500) << one.name;
        EXPECT_EQ(answer.header("content-type"), "application/problem+json") << one.name;
        EXPECT_FALSE(text_or(answer.json(), "detail").empty()) << one.name;
    }
    // Only the time of answering differs.
    EXPECT_EQ(desk.all_of(desk.ivan).substr(0, 200), before.substr(0, 200));
}

TEST(Push, OneBrokenCommandDoesNotStopTheOthers) {
    Desk desk;
    Json body = push_body(
        desk.ada,
        test_id("good"),
        "request.submit",
        {{"item", "INC-01"}, {"form_version", 1}, {"answers", {{"what", "Bien"}}}, {"lang", "es"}});
    Json broken = body["cmds"][0];
    broken["cmd_id"] = to_text(test_id("broken"));
    broken["args"] = 7;
    body["cmds"].insert(body["cmds"].begin(), broken);
    const Answer answer = desk.post(desk.ada, "/api/v1/sync/push", body);
    const auto response = sync::decode_push_response(answer.body);
    ASSERT_TRUE(response) << answer.body;
    EXPECT_EQ(response->results.at(0).status, ResultStatus::Rejected);
    EXPECT_EQ(response->results.at(0).cmd_id, test_id("broken"));
    EXPECT_EQ(response->results.at(1).status, ResultStatus::Applied);
}

TEST(Push, ClocksFromAnywhereAreOnlyInformation) {
    Desk desk;
    for (const std::int64_t wall :
         {std::int64_t{0}, INT64_MAX, INT64_MIN, std::int64_t{4'000'000'000'000}}) {
        Json body = push_body(desk.ada,
                              test_id("c" + std::to_string(wall)),
                              "request.submit",
                              {{"item", "INC-01"},
                               {"form_version", 1},
                               {"answers", {{"what", "Reloj"}}},
                               {"lang", "es"}});
        body["cmds"][0]["created"] = {
            {"wall_ms", wall}, {"mono_ms", wall}, {"boot", "b"}, {"off_ms", wall}};
        body["clock"] = {{"wall_ms", wall}, {"mono_ms", -7}, {"boot", "b"}};
        const Answer answer = desk.post(desk.ada, "/api/v1/sync/push", body);
        EXPECT_LT(answer.status, 500) << wall;
    }
}

TEST(Push, TextsComeBackAsTheyWere) {
    Desk desk;
    for (const char* text : {"'; DROP TABLE rows; --",
                             "<script>alert(1)</script>",
                             "\" onload=\"x",
                             "{{7*7}} ${7*7} %s %n",
                             "línea\nlínea\ttab",
                             "עברית abc 😀"}) {
        desk.submit(desk.ada, test_id(text), text);
        const Json page = parse_json(desk.all_of(desk.ada)).value_or({});
        bool is_found = false;
        for (const Json& row : page["upsert"]["request"])
            is_found = is_found || row["f"]["answers"]["what"] == text;
        EXPECT_TRUE(is_found) << text;
    }
}

// ---- permissions: who may see what, in every response ----

struct Sight {
    const char* who;
    bool sees_adas_request;
    bool sees_the_internal_note;
    bool sees_madrids_outage;
};

TEST(Permissions, NoResponseHasARowItsReaderMayNotSee) {
    Desk desk;
    const Id request = desk.submit(desk.ada, test_id("submit"), "marca-solicitud");
    ASSERT_EQ(desk.push(desk.ivan, test_id("take"), "request.take", {{"request", to_text(request)}})
                  .status,
              ResultStatus::Applied);
    ASSERT_EQ(desk.push(desk.ivan,
                        test_id("note"),
                        "request.comment",
                        {{"request", to_text(request)}, {"text", "marca-nota"}, {"internal", true}})
                  .status,
              ResultStatus::Applied);
    const Id network = domain::id_of_key(domain::RowType::Service, "network");
    const Id madrid = domain::id_of_key(domain::RowType::Site, "madrid");
    const std::int64_t now = to_ms(desk.now);
    const auto both = [](const char* text) { return Json{{"es", text}, {"en", text}}; };
    const CommandResult outage = desk.push(
        desk.diego,
        test_id("outage"),
        "outage.publish",
        {{"kind", "incident"},
         {"title", both("marca-corte")},
         {"impact", both("No se entra")},
         {"workaround", both("Hotspot")},
         {"contact", {{"name", "Diego"}, {"phone", "4410"}, {"mail", "d@desk.example"}}},
         {"audience", {{"sites", {to_text(madrid)}}}},
         {"services", Json::array({{{"service", to_text(network)}, {"impact", "partial"}}})},
         {"body", both("Estamos en eso")},
         {"state", "investigating"},
         {"started_at", now},
         {"next_update_due_at", now + 1'800'000}});
    ASSERT_EQ(outage.status, ResultStatus::Applied)
        << outage.message << (outage.fields.empty() ? "" : outage.fields[0].field);

    const Sight kMatrix[] = {
        {"ada", true, false, true},    // her own, in Madrid
        {"bob", false, false, false},  // another requester, in Austin
        {"ivan", true, true, true},    // agent of the desk that works it
        {"hana", false, false, true},  // agent of another desk: outages concern all staff
        {"diego", true, true, true},
    };
    for (const Person* who : {&desk.ada, &desk.bob, &desk.ivan, &desk.hana, &desk.diego}) {
        const Sight& expected =
            *std::find_if(std::begin(kMatrix), std::end(kMatrix), [&](const Sight& one) {
                return one.who == who->login;
            });
        const std::string rows = desk.all_of(*who);
        EXPECT_EQ(rows.find("marca-solicitud") != std::string::npos, expected.sees_adas_request)
            << who->login;
        EXPECT_EQ(rows.find("marca-nota") != std::string::npos, expected.sees_the_internal_note)
            << who->login;
        EXPECT_EQ(rows.find("marca-corte") != std::string::npos, expected.sees_madrids_outage)
            << who->login;
    }
}

TEST(Permissions, AStrangersCommandOnARequestTellsAsMuchAsOneOnNoRequest) {
    Desk desk;
    const Id request = desk.submit(desk.ada, test_id("submit"), "x");
    for (const char* type :
         {"request.comment", "request.cancel", "request.take", "request.resolve"}) {
        Json args = {{"request", to_text(request)}};
        if (std::string_view{type} == "request.comment") args["text"] = "hola";
        if (std::string_view{type} == "request.resolve") args["notes"] = "hola";
        const CommandResult hidden =
            desk.push(desk.bob, test_id(std::string("h") + type), type, args);
        args["request"] = to_text(test_id("nothing"));
        const CommandResult absent =
            desk.push(desk.bob, test_id(std::string("a") + type), type, args);
        Json one = sync::to_json(hidden);
        Json other = sync::to_json(absent);
        one.erase("cmd_id");
        other.erase("cmd_id");
        EXPECT_EQ(one, other) << type;
        EXPECT_EQ(hidden.status, ResultStatus::Rejected);
    }
}

TEST(Permissions, ExtraArgumentsAreRefused) {
    Desk desk;
    const CommandResult result = desk.push(desk.ada,
                                           test_id("c"),
                                           "request.submit",
                                           {{"item", "INC-01"},
                                            {"form_version", 1},
                                            {"answers", {{"what", "x"}}},
                                            {"lang", "es"},
                                            {"priority", 1}});
    EXPECT_EQ(result.status, ResultStatus::Rejected);
    EXPECT_EQ(result.code, commands::RejectCode::Invalid);
}

TEST(Permissions, AllRoutesButTheFirstFewNeedASession) {
    Desk desk;
    const Person stranger{"x", {}, {}, {}};
    for (const api::Route& route : api::routes()) {
        if (route.access == api::Access::Anyone) continue;
        http::HttpRequest request =
            request_of(stranger, std::string{route.method}, std::string{route.path});
        if (route.method == "POST") request.body = "{}";
        EXPECT_EQ(desk.send(request).status, 401) << route.path;
    }
}

// ---- pull ----

TEST(Pull, ForgedCursorsStartOverAndNeverFail) {
    Desk desk;
    const std::string good = text_or(desk.get(desk.ada, pull_of(desk.ada)).json(), "next");
    ASSERT_FALSE(good.empty());
    EXPECT_EQ(desk.get(desk.ada, pull_of(desk.ada, "&cursor=" + good)).status, 304);
    EXPECT_EQ(desk.get(desk.bob, pull_of(desk.bob, "&cursor=" + good)).status, 410);
    for (std::size_t i = 0; i < good.size() - 1; ++i) {
        std::string forged = good;
        forged[i] = forged[i] == 'x' ? 'y' : 'x';
        EXPECT_EQ(desk.get(desk.ada, pull_of(desk.ada, "&cursor=" + forged)).status, 410) << i;
    }
    const Answer told = desk.get(desk.ada, pull_of(desk.ada, "&cursor=zzz"));
    EXPECT_EQ(sync::decode_problem(told.body).value_or({}).code, "resync");
}

TEST(Pull, ReadsNothingItDoesNotKnow) {
    Desk desk;
    for (const char* query : {"&x=1", "&limit=many", "&cursor=%zz", "&resync=a", "&limit=-5"}) {
        const int status = desk.get(desk.ada, pull_of(desk.ada, query)).status;
        EXPECT_GE(status, 400) << query;
        EXPECT_LT(status, 500) << query;
    }
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/sync/pull").status, 401) << "of whom?";
}

TEST(Pull, AServerThatWentBackBeginsANewEpochByItself) {
    Desk desk;
    store::Meta meta;
    ASSERT_TRUE(desk.store().read([&](const store::Snapshot& snapshot) {
        meta = snapshot.meta();
        return ok();
    }));
    sync::CursorPosition ahead;
    ahead.epoch = meta.epoch;
    ahead.seq = meta.head + 100;
    const std::string cursor = store::seal_cursor(ahead, desk.ada.user, meta.mac_key);
    const Answer answer = desk.get(desk.ada, pull_of(desk.ada, "&cursor=" + cursor));
    EXPECT_EQ(answer.status, 409);
    EXPECT_NE(sync::decode_problem(answer.body).value_or({}).epoch, meta.epoch);
}

TEST(Setup, OnlyTheTokenMakesTheFirstAdministratorAndOnlyOnce) {
    Desk desk;
    const Person nobody{"x", {}, test_id("d"), {}};
    const auto setup = [&](const std::string& token) {
        return desk.post(nobody,
                         "/api/v1/setup",
                         {{"token", token},
                          {"login", "root"},
                          {"display_name", "Root"},
                          {"password", "a long enough one"}});
    };
    EXPECT_EQ(setup("").status, 403) << "there is no token";
    EXPECT_TRUE(desk.store().write([](store::Transaction& transaction) {
        transaction.put_setting("setup_token", to_hex(sha256_bytes("right")));
        return ok();
    }));
    EXPECT_EQ(setup("wrong").status, 403);
    EXPECT_EQ(setup("right").status, 201);
    EXPECT_EQ(setup("right").status, 403);
    Person root{"root", {}, test_id("d"), {}};
    EXPECT_EQ(desk.login(root, "a long enough one").status, 200);
}

TEST(Quarantine, KeepsWhatADeviceCannotGetThrough) {
    Desk desk;
    const Json body = {
        {"cmd_id", to_text(test_id("c"))}, {"reason", "20 failures"}, {"bytes", "AAEC"}};
    EXPECT_EQ(desk.post(desk.ada, "/api/v1/sync/quarantine", body).status, 201);
    EXPECT_EQ(desk.post(desk.ada, "/api/v1/sync/quarantine", body).status, 201);
    EXPECT_TRUE(desk.store().read([&](const store::Snapshot& snapshot) {
        EXPECT_EQ(snapshot.broken(10).size(), 1u);
        EXPECT_EQ(snapshot.broken(10)[0].bytes, std::string("\0\1\2", 3));
        return ok();
    }));
}

TEST(Routes, UnknownPathsAndMethods) {
    Desk desk;
    EXPECT_EQ(desk.get(desk.ada, "/api/v1/nothing").status, 404);
    EXPECT_EQ(desk.post(desk.ada, "/healthz", {}).status, 405);
    EXPECT_EQ(desk.post(desk.ada, "/healthz", {}).header("allow"), "GET");
    EXPECT_EQ(desk.get(desk.ada, "/healthz").status, 200);
    EXPECT_EQ(desk.get(desk.ada, "/readyz").status, 200);
}

TEST(Routes, ProblemsSpeakTheReadersLanguage) {
    Desk desk;
    http::HttpRequest request = request_of({}, "GET", "/api/v1/session");
    EXPECT_NE(desk.send(request).body.find("Tu sesión"), std::string::npos);
    request.headers.emplace_back("accept-language", "en-US,es;q=0.5");
    EXPECT_NE(desk.send(request).body.find("Your session"), std::string::npos);
}

}  // namespace
}  // namespace ventanilla::server_test
