#include <gtest/gtest.h>

#include "shared/sync/protocol.hpp"

namespace ventanilla::sync {
namespace {

Id some(std::string_view seed) { return derived_id("test", seed); }

commands::Command comment() {
    commands::Command command;
    command.cmd_id = some("command");
    command.type = "request.comment";
    command.args = {{"request", to_text(some("request"))}, {"text", "sigue sin conectar"}};
    command.lane = "request:" + to_text(some("request"));
    command.deps = {some("dep")};
    command.base[command.lane] = 17;
    command.created.wall = from_ms(1'790'000'000'000);
    command.created.boot = "b1";
    return command;
}

PullResponse page() {
    PullResponse page;
    page.epoch = some("epoch");
    page.from = 900;
    page.to = page.head = 918;
    page.scope_rev = 12;
    page.upsert.push_back({"request", some("request"), 18, {3, 9}, {{"title", "VPN <b>"}}});
    page.upsert.push_back({"survey", some("new type"), 1, {3}, Json::object()});
    page.gone.push_back({"comment", some("gone")});
    page.groups_added.push_back({9, true});
    page.groups_dropped.push_back(4);
    page.receipts.push_back({some("command"), 917});
    page.digest[3] = 0x5f2cULL;
    page.next = "abc_-";
    page.server_ms = 1'790'000'000'123;
    return page;
}

TEST(SyncCursor, SurvivesARoundAndNothingElseDoes) {
    const CursorPosition position{some("epoch"), 918, 77, 12, 1000, 930, 7, some("row")};
    const std::string bytes = encode_cursor(position);
    EXPECT_EQ(*decode_cursor(bytes), position);
    EXPECT_FALSE(decode_cursor(bytes.substr(1)));
    EXPECT_FALSE(decode_cursor(bytes + "x"));
    EXPECT_FALSE(decode_cursor(""));
}

TEST(SyncChain, DependsOnEverythingBeforeAndInTheEntry) {
    ChainEntry entry;
    entry.seq = 7;
    entry.cmd_id = some("command");
    entry.rows.push_back({{domain::RowType::Request, some("request")}, 3, false});
    const std::uint64_t one = chain_next(1, entry);
    EXPECT_NE(one, chain_next(2, entry));
    ChainEntry other = entry;
    other.rows[0].ver = 4;
    EXPECT_NE(one, chain_next(1, other));
    EXPECT_EQ(one, chain_next(1, entry));
}

TEST(SyncDigest, SumsUpInAnyOrderAndChangesWithTheVersion) {
    const domain::RowRef ref{domain::RowType::Article, some("a")};
    EXPECT_EQ(row_digest(ref, 4), row_digest("article", ref.id, 4));
    EXPECT_NE(row_digest(ref, 4), row_digest(ref, 5));
}

TEST(SyncPush, SurvivesARound) {
    PushRequest request;
    request.device = some("device");
    request.user = some("user");
    request.epoch = some("epoch");
    request.clock.boot = "b1";
    request.commands.push_back({comment(), 41, std::nullopt});
    const Result<PushRequest> again = decode_push_request(encode(request));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(encode(*again), encode(request));
    EXPECT_EQ(again->commands.at(0).replay_seq, 41U);
    EXPECT_EQ(again->user, request.user);
    EXPECT_EQ(command_hash(again->commands[0].command), command_hash(comment()));
}

TEST(SyncPush, OneBrokenCommandDoesNotFailTheOthers) {
    PushRequest request;
    request.device = some("device");
    request.user = some("user");
    request.commands.push_back({comment(), 0, std::nullopt});
    Json wire = *parse_json(encode(request));
    Json bad = wire["cmds"][0];
    bad["args"] = "no object";
    bad["cmd_id"] = to_text(some("bad"));
    wire["cmds"].push_back(bad);
    const Result<PushRequest> read = decode_push_request(dump_json(wire));
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->commands.at(0).broken);
    EXPECT_TRUE(read->commands.at(1).broken);
    EXPECT_EQ(read->commands[1].command.cmd_id, some("bad"));
}

TEST(SyncPush, RefusesWhatIsNoEnvelope) {
    for (const std::string_view body : {"", "[]", "{}", "<html>", "{\"protocol\":\"1\"}"})
        EXPECT_FALSE(decode_push_request(body)) << body;
    EXPECT_EQ(decode_push_request(std::string(limits::kPushBytesMax + 1, ' ')).error().code,
              Errc::TooLarge);
}

TEST(SyncPush, EveryKindOfResultSurvivesARound) {
    CommandResult applied;
    applied.cmd_id = some("command");
    applied.seq = 918;
    applied.ver = 18;
    applied.number = "SOL-2026-000123";
    CommandResult rejected;
    rejected.cmd_id = some("command");
    rejected.status = ResultStatus::Rejected;
    rejected.code = commands::RejectCode::StaleTransition;
    rejected.message = "reject.stale_transition";
    rejected.fields.push_back({"state", "form.error.state"});
    rejected.current = {{"state", "closed"}, {"ver", 22}};
    CommandResult deferred;
    deferred.cmd_id = some("command");
    deferred.status = ResultStatus::Deferred;
    deferred.reason = DeferReason::BlockedBy;
    deferred.retry_after_ms = 60'000;
    PushResponse response;
    response.epoch = some("epoch");
    response.results = {applied, rejected, deferred};
    const Result<PushResponse> again = decode_push_response(encode(response));
    ASSERT_TRUE(again);
    EXPECT_EQ(encode(*again), encode(response));
    EXPECT_EQ(again->results[1].code, commands::RejectCode::StaleTransition);
    EXPECT_EQ(again->results[2].reason, DeferReason::BlockedBy);
}

TEST(SyncPull, SurvivesARoundWithATypeNobodyKnows) {
    const Result<PullResponse> again = decode_pull_response(encode(page()));
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(encode(*again), encode(page()));
    EXPECT_EQ(again->upsert.size(), 2U);
    EXPECT_EQ(again->digest.at(3), 0x5f2cULL);
}

TEST(SyncPull, EveryTruncationIsRefused) {
    const std::string whole = encode(page());
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(decode_pull_response(whole.substr(0, size))) << size;
}

TEST(SyncPull, TheQuerySurvivesARound) {
    PullQuery query;
    query.user = some("user");
    query.cursor = "abc_-";
    query.resync = {3, 9};
    const std::string target = pull_target(query);
    const Result<PullQuery> again = parse_pull_query(target.substr(target.find('?') + 1));
    ASSERT_TRUE(again);
    EXPECT_EQ(pull_target(*again), target);
    EXPECT_FALSE(parse_pull_query("user=x"));
    EXPECT_FALSE(parse_pull_query("limit=many"));
    EXPECT_FALSE(parse_pull_query("surprise=1"));
}

TEST(SyncProblem, CarriesWhatTheDeviceMustKnow) {
    Problem problem;
    problem.status = 409;
    problem.code = std::string(problem::kHistoryChanged);
    problem.epoch = some("epoch");
    problem.restored_to = 900;
    const Result<Problem> again = decode_problem(encode(problem));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->restored_to, 900U);
    EXPECT_FALSE(decode_problem("<!doctype html>"));
}

TEST(SyncSession, SurvivesARound) {
    SessionInfo session;
    session.user = some("user");
    session.display_name = "Ana";
    session.roles = {domain::Role::Agent};
    session.desks = {"it"};
    session.scope = "s_1";
    const Result<SessionInfo> again = decode_session_info(encode(session));
    ASSERT_TRUE(again);
    EXPECT_EQ(encode(*again), encode(session));
    EXPECT_TRUE(actor_of(*again).roles.has(domain::Role::Agent));
}

}  // namespace
}  // namespace ventanilla::sync
