#include "shared/commands/command.hpp"

#include <gtest/gtest.h>

#include "shared/commands/decide.hpp"

namespace ventanilla::commands {
namespace {

const std::string kRequest = "request:" + to_text(derived_id("t", "r"));

Command full_command() {
    Command command;
    command.cmd_id = derived_id("t", "cmd");
    command.type = "request.comment";
    command.type_version = 2;
    command.args = {{"request", to_text(derived_id("t", "r"))}, {"text", "sigue igual"}};
    command.lane = kRequest;
    command.deps = {derived_id("t", "dep1"), derived_id("t", "dep2")};
    command.base = {{kRequest, 17}};
    command.created = {
        .wall = from_ms(1'790'000'000'000), .mono_ms = 88'123, .boot = "c4", .offset_ms = -1'400};
    return command;
}

TEST(Commands, AreReadBackAsTheyWereWritten) {
    const Json json = to_json(full_command());
    const Result<Command> read = command_from_json(json);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(dump_json(to_json(*read)), dump_json(json));
}

TEST(Commands, NeedAnIdATypeAndArguments) {
    Json least = {{"cmd_id", to_text(derived_id("t", "c"))},
                  {"type", "outage.me_too"},
                  {"args", Json::object()}};
    ASSERT_TRUE(command_from_json(least));
    for (const char* key : {"cmd_id", "type", "args"}) {
        Json without = least;
        without.erase(key);
        EXPECT_EQ(command_from_json(without).error().field, key);
    }
    least["cmd_id"] = std::string(32, '0');
    EXPECT_EQ(command_from_json(least).error().field, "cmd_id");
}

TEST(Commands, NameTheFieldThatIsBroken) {
    struct Case {
        const char* field;
        Json value;
    };
    const Case cases[] = {
        {"cmd_id", "12"},
        {"type", 7},
        {"type", std::string(101, 'x')},
        {"tv", 0},
        {"tv", "1"},
        {"args", Json::array()},
        {"lane", 7},
        {"deps", {"12"}},
        {"deps", {7}},
        {"deps", Json(std::vector<std::string>(33, std::string(32, 'a')))},
        {"base", {{kRequest, -1}}},
        {"base", {{"nothing:12", 1}}},
        {"base", {{kRequest, "1"}}},
        {"base", 7},
    };
    for (const Case& each : cases) {
        Json json = to_json(full_command());
        json[each.field] = each.value;
        const Result<Command> read = command_from_json(json);
        ASSERT_FALSE(read) << each.field << " " << dump_json(each.value).substr(0, 80);
        EXPECT_EQ(read.error().field, each.field);
    }
}

TEST(Commands, ABrokenClockRefusesNobody) {
    for (const Json& created :
         {Json(), Json(7), Json{{"wall_ms", -5}, {"mono_ms", "x"}, {"boot", 7}}}) {
        Json json = to_json(full_command());
        json["created"] = created;
        const Result<Command> read = command_from_json(json);
        ASSERT_TRUE(read);
        EXPECT_EQ(to_ms(read->created.wall), 0);
    }
}

TEST(Commands, HaveAMostSize) {
    Json json = to_json(full_command());
    json["args"]["text"] = std::string(limits::kCommandBytesMax, 'x');
    EXPECT_EQ(command_from_json(json).error().code, Errc::TooLarge);
}

TEST(Rejections, NamesReadBack) {
    for (int code = 0; code <= static_cast<int>(RejectCode::Policy); ++code)
        EXPECT_EQ(reject_code(name(static_cast<RejectCode>(code))), static_cast<RejectCode>(code));
    EXPECT_FALSE(reject_code("because"));
}

TEST(Actors, HoldTheAudiencesOfWhatTheyAre) {
    Actor actor{.user = derived_id("t", "u"),
                .roles = {domain::Role::Requester},
                .site = derived_id("t", "ba")};
    const std::vector<std::string> plain = {
        "org:all", "kb:public", "user:" + to_text(actor.user), "site:" + to_text(actor.site)};
    EXPECT_EQ(actor.audiences(), plain);
    actor.roles.add(domain::Role::Agent);
    actor.desks = {"it", "hr"};
    std::vector<std::string> staff = plain;
    staff.insert(staff.end(), {"staff:all", "team:it", "team:hr"});
    EXPECT_EQ(actor.audiences(), staff);
    actor.site = Id{};
    staff.erase(staff.begin() + 3);
    EXPECT_EQ(actor.audiences(), staff);
}

}  // namespace
}  // namespace ventanilla::commands
