#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/domain/row.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/server/support_process.hpp"

// The program as it is started: signing in, being killed, being asked by the command line.

namespace ventanilla::server_test {
namespace {

struct SignedIn {
    Id user;
    Id device;
    std::string cookie;
};

SignedIn sign_in(std::uint16_t port, const std::string& login) {
    SignedIn who;
    who.device = derived_id("device", login);
    const Reply reply = call(port,
                             {.method = "POST",
                              .target = "/api/v1/session/login",
                              .device = to_text(who.device),
                              .body = sync::encode(sync::LoginRequest{login, "ventanilla-demo"})});
    EXPECT_EQ(reply.status, 200) << reply.body;
    const std::size_t at = reply.head.find("sid=");
    if (at != std::string::npos) who.cookie = reply.head.substr(at, reply.head.find(';', at) - at);
    who.user = sync::decode_session_info(reply.body).value_or({}).user;
    return who;
}

std::string submit_body(const SignedIn& who, const Id& cmd_id) {
    sync::PushRequest request;
    request.user = who.user;
    request.device = who.device;
    commands::Command command;
    command.cmd_id = cmd_id;
    command.type = "request.submit";
    command.lane = "request:" + to_text(derived_id("request", cmd_id));
    command.args = {{"item", "INC-01"},
                    {"form_version", 1},
                    {"answers", {{"what", "No anda"}}},
                    {"lang", "es"}};
    request.commands.push_back({command, 0, std::nullopt});
    return sync::encode(request);
}

// The seq the command got; 0 when there was no answer.
std::uint64_t submit(std::uint16_t port, const SignedIn& who, const Id& cmd_id) {
    const Reply reply = call(port,
                             {.method = "POST",
                              .target = "/api/v1/sync/push",
                              .cookie = who.cookie,
                              .device = to_text(who.device),
                              .body = submit_body(who, cmd_id)});
    if (reply.status != 200) return 0;
    const auto response = sync::decode_push_response(reply.body);
    if (!response || response->results.size() != 1) return 0;
    EXPECT_EQ(response->results[0].status, sync::ResultStatus::Applied) << reply.body;
    return response->results[0].seq;
}

std::string all_of(std::uint16_t port, const SignedIn& who) {
    return call(port,
                {.target = "/api/v1/sync/pull?user=" + to_text(who.user),
                 .cookie = who.cookie,
                 .device = to_text(who.device)})
        .body;
}

TEST(Program, WhatWasAcknowledgedSurvivesBeingKilledInTheMiddleOfPushes) {
    Program program;
    std::map<Id, std::uint64_t> acknowledged;
    std::mutex mutex;
    for (int round = 0; round < 3; ++round) {
        program.start();
        const SignedIn ada = sign_in(program.port(), "ada");
        std::atomic<bool> is_over = false;
        std::atomic<int> count = 0;
        std::vector<std::thread> clients;
        for (int client = 0; client < 4; ++client) {
            clients.emplace_back([&, client] {
                for (int i = 0; !is_over; ++i) {
                    const Id cmd = derived_id("cmd", concat(round, "/", client, "/", i));
                    const std::uint64_t seq = submit(program.port(), ada, cmd);
                    if (seq == 0) continue;
                    const std::lock_guard lock{mutex};
                    acknowledged[cmd] = seq;
                    ++count;
                }
            });
        }
        while (count < 25 + 10 * round)
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        program.kill(SIGKILL);
        is_over = true;
        for (std::thread& client : clients)
            client.join();
    }
    program.start();
    const SignedIn ada = sign_in(program.port(), "ada");
    for (const auto& [cmd, seq] : acknowledged)
        EXPECT_EQ(submit(program.port(), ada, cmd), seq) << to_text(cmd);
    program.kill(SIGTERM);
    EXPECT_EQ(program.exit_code(), 0);
    int code = -1;
    const std::string health = program.run({"doctor"}, &code);
    EXPECT_EQ(code, 0) << health;
}

TEST(Program, ASessionOutlivesARestart) {
    Program program;
    program.start();
    const SignedIn ada = sign_in(program.port(), "ada");
    program.kill(SIGTERM);
    program.start();
    EXPECT_EQ(
        call(program.port(),
             {.target = "/api/v1/session", .cookie = ada.cookie, .device = to_text(ada.device)})
            .status,
        200);
}

TEST(Program, TheCommandLineWorksThroughTheServerThatRuns) {
    Program program;
    program.start();
    const SignedIn ivan = sign_in(program.port(), "ivan");
    const std::string published =
        program.run({"outage",          "publish",       "--title-es",      "marca-corte",
                     "--title-en",      "outage",        "--impact-es",     "No se entra",
                     "--impact-en",     "No way in",     "--service",       "network",
                     "--site",          "madrid",        "--workaround-es", "Usa el hotspot",
                     "--workaround-en", "Use a hotspot", "--contact",       "Diego",
                     "--phone",         "4410"});
    EXPECT_NE(published.find("published"), std::string::npos) << published;
    EXPECT_NE(all_of(program.port(), ivan).find("marca-corte"), std::string::npos);

    EXPECT_NE(program.run({"user", "list"}).find("ada"), std::string::npos);
    EXPECT_NE(program.run({"user", "password", "ivan"}).find("new password"), std::string::npos);
    EXPECT_EQ(
        call(program.port(),
             {.target = "/api/v1/session", .cookie = ivan.cookie, .device = to_text(ivan.device)})
            .status,
        401)
        << "a new password ends the sessions";
    int code = 0;
    const std::string seeded = program.run({"seed", "--demo", program.folder() + "/demo"}, &code);
    EXPECT_EQ(code, 3) << "not while a server runs: " << seeded;
}

TEST(Program, ABackupTakenWhileServingIsRestoredAsANewHistory) {
    Program program;
    program.start();
    const SignedIn ada = sign_in(program.port(), "ada");
    submit(program.port(), ada, derived_id("cmd", "kept"));
    const std::string copy = program.folder() + "/copy.db";
    EXPECT_NE(program.run({"backup", copy}).find("wrote"), std::string::npos);
    submit(program.port(), ada, derived_id("cmd", "lost"));
    const std::string cursor =
        sync::decode_pull_response(all_of(program.port(), ada)).value_or({}).next;
    program.kill(SIGTERM);
    EXPECT_NE(program.run({"restore", copy}).find("restored"), std::string::npos);
    program.start();
    const Reply reply =
        call(program.port(),
             {.target = concat("/api/v1/sync/pull?user=", to_text(ada.user), "&cursor=", cursor),
              .cookie = ada.cookie,
              .device = to_text(ada.device)});
    EXPECT_EQ(reply.status, 409) << reply.body;
    EXPECT_NE(submit(program.port(), ada, derived_id("cmd", "lost")), 0u) << "and is applied again";
}

TEST(Program, SaysWhatIsWrongInASentence) {
    Program program;
    int code = 0;
    EXPECT_NE(program.run({"restore", "/nowhere"}, &code).find("there is no file /nowhere"),
              std::string::npos);
    EXPECT_EQ(code, 1);
    EXPECT_NE(program.run({"outage", "publish", "O9"}, &code).find("no scripted outage O9"),
              std::string::npos);
    EXPECT_EQ(code, 1);
    EXPECT_NE(program.run({"kb", "import", "/nowhere"}, &code).find("/nowhere"), std::string::npos);
    EXPECT_EQ(code, 1);
    program.run({"user", "dance"}, &code);
    EXPECT_EQ(code, 2);
}

}  // namespace
}  // namespace ventanilla::server_test
