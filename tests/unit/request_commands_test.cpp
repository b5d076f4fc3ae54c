#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "tests/unit/support_world.hpp"

namespace ventanilla::commands {
namespace {

using namespace std::chrono_literals;
using domain::CommentKind;
using domain::RequestState;

std::string code_of(const Outcome& outcome) {
    if (const auto* rejection = std::get_if<Rejection>(&outcome))
        return std::string(name(rejection->code));
    if (const auto* decision = std::get_if<Decision>(&outcome))
        return decision->changes.empty() ? "nothing new" : "applied";
    return "unknown type";
}

std::string fields_of(const Outcome& outcome) {
    std::string fields;
    if (const auto* rejection = std::get_if<Rejection>(&outcome))
        for (const FieldError& field : rejection->fields)
            fields += field.field + " ";
    return fields;
}

Json of(const Id& request, Json args = Json::object()) {
    args["request"] = to_text(request);
    return args;
}

Json question() {
    return {{"reason", "awaiting_requester"}, {"question", "¿Qué error ves?"}};
}

// Brings Lucía's request into a state, by the commands that lead there.
Id in_state(World& world, std::string_view state) {
    const Id id = submitted(world);
    const auto step = [&](const Actor& actor, std::string_view type, Json args = Json::object()) {
        EXPECT_EQ(code_of(world.run(actor, type, of(id, std::move(args)))), "applied") << type;
    };
    if (state == "open") return id;
    if (state == "cancelled") {
        step(lucia(), "request.cancel");
        return id;
    }
    step(owen(), "request.take");
    if (state == "on_hold") step(owen(), "request.hold", question());
    if (state == "on_hold_stock") step(owen(), "request.hold", {{"reason", "awaiting_stock"}});
    if (state == "resolved" || state == "closed")
        step(owen(), "request.resolve", {{"notes", "Cambié el túnel."}});
    if (state == "closed") step(lucia(), "request.confirm");
    return id;
}

TEST(RequestSubmit, MakesTheRequestOfItsAnswers) {
    World world = company();
    Command command = world.command(
        "request.submit",
        {{"item", "INC-03"},
         {"form_version", 3},
         {"lang", "en"},
         {"answers", {{"problem", "vpn"}, {"code", " 809 "}, {"details", "a\r\nb"}, {"spy", 1}}}});
    const Outcome outcome = world.run(lucia(), command);
    ASSERT_EQ(code_of(outcome), "applied");
    const auto& decision = std::get<Decision>(outcome);
    EXPECT_EQ(decision.entity.id, derived_id("request", command.cmd_id));
    EXPECT_EQ(*decision.changes[0].audiences,
              (std::vector<std::string>{domain::audience_of_user(lucia().user), "team:it"}));
    EXPECT_TRUE(decision.changes[0].needs_number);

    const domain::Request request = world.request(decision.entity.id);
    EXPECT_EQ(request.state, RequestState::Open);
    EXPECT_EQ(request.local_code, short_code(command.cmd_id));
    EXPECT_EQ(request.answers, (Json{{"problem", "vpn"}, {"code", "809"}, {"details", "a\nb"}}));
    EXPECT_EQ(request.title, "No internet or VPN: VPN does not connect");
    EXPECT_EQ(request.description, "a\nb");
    EXPECT_EQ(request.requester, lucia().user);
    EXPECT_EQ(request.desk, "it");
    EXPECT_EQ(request.form_version, 3);
    EXPECT_TRUE(is_nil(request.assignee));
    EXPECT_EQ(request.reported_at, kNow);
}

TEST(RequestSubmit, RefusesWhatIsNotRight) {
    struct Case {
        const char* what;
        Json change;  // merged into good arguments
        const char* code;
        const char* fields;
    };
    const Case cases[] = {
        {"good as it is", Json::object(), "applied", ""},
        {"an item that does not exist", {{"item", "INC-99"}}, "not_found_or_hidden", ""},
        {"an item that is no text", {{"item", 3}}, "invalid", "item "},
        {"an argument nobody knows", {{"priority", 1}}, "invalid", "priority "},
        {"no answers", {{"answers", nullptr}}, "invalid", "answers "},
        {"answers that are a list", {{"answers", {1, 2}}}, "invalid", "answers "},
        {"a required answer missing", {{"answers", Json::object()}}, "invalid", "problem "},
        {"two wrong answers",
         {{"answers", {{"problem", "vpn"}, {"code", "x"}, {"since", "soon"}}}},
         "invalid",
         "code since "},
        {"an option nobody offered",
         {{"answers", {{"problem", "sql' OR 1=1"}}}},
         "invalid",
         "problem "},
        {"a hidden answer that would be wrong",
         {{"answers", {{"problem", "slow"}, {"code", "x"}}}},
         "applied",
         ""},
        {"a version that is no number", {{"form_version", "3"}}, "invalid", "form_version "},
        {"an older version whose answers still fit", {{"form_version", 1}}, "applied", ""},
        {"a day that is none", {{"today", "tomorrow"}}, "invalid", "today "},
        {"an outage that is no id", {{"outage", "vpn"}}, "invalid", "outage "},
        {"an outage nobody knows", {{"outage", to_text(test_id("nothing"))}}, "applied", ""},
        {"a language nobody speaks", {{"lang", "pt-BR"}}, "applied", ""},
    };
    for (const Case& each : cases) {
        World world = company();
        Json args = {{"item", "INC-03"},
                     {"form_version", 3},
                     {"lang", "es"},
                     {"answers", {{"problem", "vpn"}}}};
        args.update(each.change);
        const Outcome outcome = world.run(lucia(), "request.submit", args);
        EXPECT_EQ(code_of(outcome), each.code) << each.what;
        EXPECT_EQ(fields_of(outcome), each.fields) << each.what;
    }
}

TEST(RequestSubmit, SaysWhetherTheFormHasChangedMeanwhile) {
    World world = company();
    for (const auto& [version, message] :
         {std::pair{3, "reject.form"}, {2, "reject.form_changed"}}) {
        const Outcome outcome =
            world.run(lucia(),
                      "request.submit",
                      {{"item", "INC-03"}, {"form_version", version}, {"answers", Json::object()}});
        EXPECT_EQ(std::get<Rejection>(outcome).message, message);
        EXPECT_EQ(std::get<Rejection>(outcome).fields[0].message, "form.error.required");
    }
}

TEST(RequestSubmit, AnItemForOthersDoesNotExist) {
    World world = company();
    world
        .rows[{domain::RowType::CatalogItem,
               domain::id_of_key(domain::RowType::CatalogItem, "INC-03")}]
        .audiences = {"team:hr"};
    const Json args = {{"item", "INC-03"}, {"form_version", 3}, {"answers", {{"problem", "vpn"}}}};
    EXPECT_EQ(code_of(world.run(lucia(), "request.submit", args)), "not_found_or_hidden");
}

TEST(RequestSubmit, TakesThePersonsDayAndClockWithinReason) {
    struct Case {
        const char* what;
        Instant wall;
        std::int64_t offset_ms;
        const char* today;
        const char* since;
        const char* code;
        Instant reported;
    };
    const Case cases[] = {
        {"now", kNow, 0, "2026-03-11", "2026-03-11", "applied", kNow},
        {"tomorrow is not past", kNow, 0, "2026-03-11", "2026-03-12", "invalid", kNow},
        {"the person is a day ahead", kNow, 0, "2026-03-12", "2026-03-12", "applied", kNow},
        {"nobody is a month ahead", kNow, 0, "2026-04-12", "2026-03-13", "invalid", kNow},
        {"three days offline", kNow - 72h, 0, "2026-03-08", "2026-03-08", "applied", kNow - 72h},
        {"a clock that is ahead", kNow + 48h, 0, "2026-03-11", "2026-03-11", "applied", kNow},
        {"a clock that is ahead and known to be",
         kNow + 48h,
         -(50 * 3'600'000),
         "2026-03-11",
         "2026-03-11",
         "applied",
         kNow - 2h},
        {"a dead battery", from_ms(0), 0, "2026-03-11", "2026-03-11", "applied", kNow},
        {"the year 2000",
         from_ms(946'684'800'000),
         0,
         "2026-03-11",
         "2025-02-04",
         "applied",
         kNow - 400 * 24h},
        {"an absurd offset",
         kNow,
         INT64_MIN,
         "2026-03-11",
         "2025-02-04",
         "applied",
         kNow - 400 * 24h},
    };
    for (const Case& each : cases) {
        World world = company();
        Command command =
            world.command("request.submit",
                          {{"item", "INC-03"},
                           {"form_version", 3},
                           {"today", each.today},
                           {"answers", {{"problem", "slow"}, {"since", each.since}}}});
        command.created.wall = each.wall;
        command.created.offset_ms = each.offset_ms;
        const Outcome outcome = world.run(lucia(), command);
        EXPECT_EQ(code_of(outcome), each.code) << each.what;
        if (code_of(outcome) != "applied") continue;
        const domain::Request request = world.request(derived_id("request", command.cmd_id));
        EXPECT_EQ(request.reported_at, each.reported) << each.what;
        EXPECT_EQ(request.received_at, kNow) << each.what;
    }
}

TEST(RequestSubmit, WithoutAnyDaySaidADateMayBeRightWhereThePersonIs) {
    for (const auto& [since, code] : {std::pair{"2026-03-11", "applied"},
                                      {"2026-03-12", "applied"},
                                      {"2026-03-13", "invalid"}}) {
        World world = company();
        const Json args = {{"item", "INC-03"},
                           {"form_version", 3},
                           {"answers", {{"problem", "slow"}, {"since", since}}}};
        EXPECT_EQ(code_of(world.run(lucia(), "request.submit", args)), code) << since;
    }
}

TEST(RequestSubmit, ASecondTimeChangesNothing) {
    World world = company();
    const Command command =
        world.command("request.submit",
                      {{"item", "INC-03"}, {"form_version", 3}, {"answers", {{"problem", "vpn"}}}});
    EXPECT_EQ(code_of(world.run(lucia(), command)), "applied");
    EXPECT_EQ(code_of(world.run(lucia(), command)), "nothing new");
    EXPECT_EQ(code_of(world.run(ana(), command)), "key_reuse");
}

// Every step from every state by everybody: who may, who may not, to whom it does not exist.
TEST(RequestSteps, AreOpenToWhomTheyShould) {
    struct Step {
        const char* type;
        Json args;
    };
    const Step steps[] = {
        {"request.take", Json::object()},
        {"request.hold", question()},
        {"request.answer", {{"text", "El 809"}}},
        {"request.resolve", {{"notes", "Hecho"}}},
        {"request.confirm", Json::object()},
        {"request.reopen", {{"text", "Sigue igual"}}},
        {"request.cancel", {{"reason", "Ya no"}}},
        {"request.comment", {{"text", "Hola"}}},
        {"request.comment", {{"text", "Nota"}, {"internal", true}}},
    };
    struct Row {
        const char* state;
        const char* lucia;  // one letter to a step: A applied, N nothing new, S stale, F forbidden
        const char* owen;
    };
    //                            take hold answer resolve confirm reopen cancel comment internal
    const Row rows[] = {
        {"open", "FFAFSSAAF", "AAFASSAAA"},
        {"in_progress", "SFAFSSSAF", "NAFASSSAA"},
        {"on_hold", "SSAFSSFAF", "SSFASSAAA"},
        {"on_hold_stock", "SSAFSSFAF", "SSFASSAAA"},
        {"resolved", "SSASAASAF", "SSFSFASAA"},
        {"closed", "SSSSNSSSF", "SSFSSSSSS"},
        {"cancelled", "SSSSSSNSF", "SSFSSSNSS"},
    };
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < std::size(steps); ++i) {
            for (const bool is_owen : {false, true}) {
                World world = company();
                const Id id = in_state(world, row.state);
                const std::string code = code_of(
                    world.run(is_owen ? owen() : lucia(), steps[i].type, of(id, steps[i].args)));
                const char letter = (is_owen ? row.owen : row.lucia)[i];
                const char* wanted = letter == 'A'   ? "applied"
                                     : letter == 'N' ? "nothing new"
                                     : letter == 'S' ? "stale_transition"
                                                     : "forbidden";
                EXPECT_EQ(code, wanted)
                    << (is_owen ? "Owen: " : "Lucía: ") << steps[i].type << " from " << row.state;
            }
            World world = company();
            const Id id = in_state(world, row.state);
            for (const Actor& stranger : {ana(), rosa(), diego()})
                EXPECT_EQ(code_of(world.run(stranger, steps[i].type, of(id, steps[i].args))),
                          "not_found_or_hidden")
                    << stranger.display_name << ": " << steps[i].type << " from " << row.state;
        }
    }
}

TEST(RequestSteps, NeedTheirWords) {
    struct Case {
        const char* state;
        bool is_agent;
        const char* type;
        Json args;
        const char* fields;
    };
    const Case cases[] = {
        {"open", true, "request.comment", {{"text", " \n"}}, "text "},
        {"open", true, "request.comment", Json::object(), "text "},
        {"open", true, "request.comment", {{"text", 7}}, "text "},
        {"open", true, "request.comment", {{"text", std::string(20'001, 'x')}}, "text "},
        {"open", true, "request.comment", {{"text", "x"}, {"internal", "yes"}}, "internal "},
        {"open", true, "request.comment", {{"text", "x"}, {"as", "root"}}, "as "},
        {"in_progress", true, "request.hold", {{"reason", "awaiting_requester"}}, "question "},
        {"in_progress", true, "request.hold", {{"reason", "lunch"}}, "reason "},
        {"in_progress", true, "request.hold", Json::object(), "reason "},
        {"in_progress", true, "request.resolve", {{"notes", "\x01 \x02"}}, "notes "},
        {"in_progress", true, "request.resolve", Json::object(), "notes "},
        {"on_hold", false, "request.answer", {{"text", ""}}, "text "},
        {"resolved", false, "request.reopen", Json::object(), "text "},
        {"open", true, "request.cancel", Json::object(), "reason "},
        {"open", true, "request.take", {{"for", "somebody"}}, "for "},
    };
    for (const Case& each : cases) {
        World world = company();
        const Id id = in_state(world, each.state);
        const Outcome outcome =
            world.run(each.is_agent ? owen() : lucia(), each.type, of(id, each.args));
        EXPECT_EQ(code_of(outcome), "invalid")
            << each.type << " " << each.args.dump().substr(0, 60);
        EXPECT_EQ(fields_of(outcome), each.fields)
            << each.type << " " << each.args.dump().substr(0, 60);
    }
    World world = company();
    const Id id = in_state(world, "open");
    EXPECT_EQ(code_of(world.run(lucia(), "request.cancel", of(id))), "applied");
    EXPECT_EQ(fields_of(world.run(lucia(), "request.take", {{"request", "not an id"}})),
              "request ");
    EXPECT_EQ(fields_of(world.run(lucia(), "request.take", Json::object())), "request ");
}

TEST(RequestSteps, TellTheWholeStory) {
    World world = company();
    const Id id = submitted(world);
    const auto step = [&](const Actor& who, std::string_view type, Json args = Json::object()) {
        world.now += 5min;
        ASSERT_EQ(code_of(world.run(who, type, of(id, std::move(args)))), "applied") << type;
        EXPECT_EQ(world.request(id).updated_at,
                  type == "request.comment" ? world.request(id).updated_at : world.now);
    };
    step(owen(), "request.take");
    EXPECT_EQ(world.request(id).state, RequestState::InProgress);
    EXPECT_EQ(world.request(id).assignee_name, "Owen Blake");
    step(owen(), "request.hold", question());
    EXPECT_EQ(world.request(id).question, "¿Qué error ves?");
    step(lucia(), "request.answer", {{"text", "El 809."}});
    EXPECT_EQ(world.request(id).state, RequestState::InProgress);
    EXPECT_EQ(world.request(id).question, "");
    EXPECT_FALSE(world.request(id).hold_reason);
    step(owen(), "request.comment", {{"text", "Ojo con el túnel."}, {"internal", true}});
    step(owen(), "request.resolve", {{"notes", "Cambié el túnel."}});
    EXPECT_EQ(world.request(id).resolution, "Cambié el túnel.");
    step(lucia(), "request.reopen", {{"text", "Otra vez."}});
    EXPECT_EQ(world.request(id).state, RequestState::InProgress);
    EXPECT_EQ(world.request(id).resolution_cycle, 2);
    EXPECT_EQ(world.request(id).resolution, "");
    step(owen(), "request.resolve", {{"notes", "Ahora sí."}});
    step(lucia(), "request.confirm");
    EXPECT_EQ(world.request(id).state, RequestState::Closed);
    EXPECT_EQ(world.request(id).number, "SOL-2026-000001");

    std::string story;
    for (const domain::Comment& comment : world.comments())
        story += std::string(domain::name(comment.kind)) +
                 (comment.is_by_staff ? " staff: " : ": ") + comment.text + "\n";
    EXPECT_EQ(story,
              "taken staff: \n"
              "question staff: ¿Qué error ves?\n"
              "answer: El 809.\n"
              "internal staff: Ojo con el túnel.\n"
              "resolved staff: Cambié el túnel.\n"
              "reopened: Otra vez.\n"
              "resolved staff: Ahora sí.\n"
              "confirmed: \n");
}

TEST(RequestSteps, InternalNotesStayWithTheDesk) {
    World world = company();
    const Id id = in_state(world, "in_progress");
    const Outcome outcome =
        world.run(owen(), "request.comment", of(id, {{"text", "Nota"}, {"internal", true}}));
    const auto& change = std::get<Decision>(outcome).changes.at(0);
    EXPECT_EQ(*change.audiences, (std::vector<std::string>{"team:it"}));
    EXPECT_FALSE(world.is_visible(change.ref, lucia().audiences()));
    EXPECT_TRUE(world.is_visible(change.ref, carla().audiences()));
}

TEST(RequestSteps, AnInternalNoteDoesNotWakeWhatIsOnHold) {
    World world = company();
    const Id id = in_state(world, "on_hold");
    world.run(owen(), "request.comment", of(id, {{"text", "Nota"}, {"internal", true}}));
    EXPECT_EQ(world.request(id).state, RequestState::OnHold);
    world.run(owen(), "request.comment", of(id, {{"text", "¿Hola?"}}));
    EXPECT_EQ(world.request(id).state, RequestState::OnHold);
    world.run(lucia(), "request.comment", of(id, {{"text", "Es el 809"}}));
    EXPECT_EQ(world.request(id).state, RequestState::InProgress);
}

TEST(RequestSteps, TwoAgentsCannotBothTakeIt) {
    World world = company();
    const Id id = submitted(world);
    EXPECT_EQ(code_of(world.run(owen(), "request.take", of(id))), "applied");
    const Outcome late = world.run(carla(), "request.take", of(id));
    EXPECT_EQ(std::get<Rejection>(late).message, "reject.taken");
    EXPECT_EQ(std::get<Rejection>(late).current, (Json{{"state", "in_progress"}, {"ver", 2}}));
    EXPECT_EQ(world.request(id).assignee, owen().user);
}

TEST(RequestSteps, ALateAnswerIsStillHeard) {
    World world = company();
    const Id id = in_state(world, "on_hold");
    world.run(lucia(), "request.comment", of(id, {{"text", "Ya voy"}}));
    world.now += 1min;
    EXPECT_EQ(code_of(world.run(lucia(), "request.answer", of(id, {{"text", "El 809"}}))),
              "applied");
    EXPECT_EQ(world.comments().back().kind, CommentKind::Answer);
    EXPECT_EQ(world.request(id).state, RequestState::InProgress);
}

TEST(RequestSteps, WordsForAClosedRequestStayWithThePerson) {
    World world = company();
    const Id id = in_state(world, "closed");
    for (const char* type : {"request.comment", "request.answer"}) {
        const Outcome outcome = world.run(lucia(), type, of(id, {{"text", "Gracias"}}));
        EXPECT_EQ(std::get<Rejection>(outcome).message, "reject.request_closed");
        EXPECT_EQ(text_or(std::get<Rejection>(outcome).current, "state"), "closed");
    }
}

TEST(RequestSteps, AReopenedRequestGoesBackOnlyToWhoIsStillThere) {
    World world = company();
    const Id id = in_state(world, "resolved");
    world.rows[{domain::RowType::User, owen().user}].row.body["is_active"] = false;
    EXPECT_EQ(code_of(world.run(lucia(), "request.reopen", of(id, {{"text", "Sigue"}}))),
              "applied");
    EXPECT_EQ(world.request(id).state, RequestState::Open);
    EXPECT_TRUE(is_nil(world.request(id).assignee));
    EXPECT_EQ(world.request(id).assignee_name, "");
}

TEST(RequestSteps, WhoResolvesWhatNobodyTookIsItsAssignee) {
    World world = company();
    const Id id = submitted(world);
    EXPECT_EQ(code_of(world.run(owen(), "request.resolve", of(id, {{"notes", "Era el cable"}}))),
              "applied");
    EXPECT_EQ(world.request(id).assignee, owen().user);
}

TEST(RequestSteps, AnAnswerToNobodyLeavesItOpen) {
    World world = company();
    const Id id = submitted(world);
    world.run(owen(), "request.hold", of(id, question()));
    world.run(lucia(), "request.answer", of(id, {{"text", "El 809"}}));
    EXPECT_EQ(world.request(id).state, RequestState::Open);
}

TEST(RequestSteps, ASecondTimeChangeNothing) {
    for (const auto& [state, who, type, args] :
         {std::tuple{"open", owen(), "request.take", Json::object()},
          {"in_progress", owen(), "request.hold", question()},
          {"on_hold", lucia(), "request.answer", Json{{"text", "El 809"}}},
          {"in_progress", owen(), "request.resolve", Json{{"notes", "Hecho"}}},
          {"resolved", lucia(), "request.confirm", Json::object()},
          {"resolved", lucia(), "request.reopen", Json{{"text", "Sigue"}}},
          {"open", lucia(), "request.cancel", Json::object()},
          {"open", lucia(), "request.comment", Json{{"text", "Hola"}}}}) {
        World world = company();
        const Id id = in_state(world, state);
        const Command command = world.command(type, of(id, args));
        EXPECT_EQ(code_of(world.run(who, command)), "applied") << type;
        const auto rows = world.rows.size();
        EXPECT_EQ(code_of(world.run(who, command)), "nothing new") << type;
        EXPECT_EQ(world.rows.size(), rows) << type;
    }
}

TEST(RequestSteps, KeepWhatANewerVersionWrote) {
    World world = company();
    const Id id = in_state(world, "on_hold");
    world.rows[{domain::RowType::Request, id}].row.body["of_a_later_version"] = {{"deep", 1}};
    world.run(lucia(), "request.answer", of(id, {{"text", "El 809"}}));
    const Json& body = world.rows[{domain::RowType::Request, id}].row.body;
    EXPECT_EQ(body["of_a_later_version"]["deep"], 1);
    EXPECT_FALSE(body.contains("question"));
    EXPECT_FALSE(body.contains("hold_reason"));
}

TEST(RequestSteps, MarkupIsKeptAsTheTextItIs) {
    World world = company();
    const Id id = submitted(world);
    const std::string text =
        "<script>alert(1)</script> '; DROP TABLE row; -- \xE2\x80\xAE"
        "evil";
    world.run(lucia(), "request.comment", of(id, {{"text", text}}));
    EXPECT_EQ(world.comments().back().text, "<script>alert(1)</script> '; DROP TABLE row; -- evil");
}

// Invariants of domain.md 4.12 after any sequence of commands by anybody.
TEST(RequestSteps, AnySequenceKeepsTheInvariants) {
    const char* const types[] = {"request.take",
                                 "request.hold",
                                 "request.answer",
                                 "request.resolve",
                                 "request.confirm",
                                 "request.reopen",
                                 "request.cancel",
                                 "request.comment"};
    const Json args = {
        {"text", "x"}, {"notes", "x"}, {"reason", "awaiting_requester"}, {"question", "x"}};
    const char* const wanted[] = {
        "", "reason question", "text", "notes", "", "text", "reason", "text"};
    SeededRandom random(20'260'311);
    for (int round = 0; round < 200; ++round) {
        World world = company();
        const Id id = submitted(world);
        int reopened = 0;
        for (int i = 0; i < 25; ++i) {
            const std::size_t pick = random.below(std::size(types));
            Json chosen = Json::object();
            for (const auto& [key, value] : args.items())
                if (std::string(wanted[pick]).find(key) != std::string::npos) chosen[key] = value;
            const Actor actors[] = {lucia(), owen(), carla()};
            world.now += 1min;
            const Outcome outcome = world.run(actors[random.below(3)], types[pick], of(id, chosen));
            if (pick == 5 && code_of(outcome) == "applied") ++reopened;
            const domain::Request request = world.request(id);
            ASSERT_EQ(
                request.state == RequestState::Resolved || request.state == RequestState::Closed,
                !request.resolution.empty());
            ASSERT_EQ(request.state == RequestState::OnHold, request.hold_reason.has_value());
            ASSERT_EQ(request.hold_reason == domain::HoldReason::AwaitingRequester,
                      !request.question.empty());
            ASSERT_TRUE(request.state != RequestState::InProgress || !is_nil(request.assignee));
            ASSERT_EQ(request.resolution_cycle, 1 + reopened);
        }
    }
}

TEST(Decide, IsDeterministic) {
    World world = company();
    const Command command =
        world.command("request.submit",
                      {{"item", "INC-03"}, {"form_version", 3}, {"answers", {{"problem", "vpn"}}}});
    const auto bytes = [&] {
        const Outcome outcome = decide(world, command, lucia(), world.now);
        return dump_json(std::get<Decision>(outcome).changes.at(0).body);
    };
    EXPECT_EQ(bytes(), bytes());
}

TEST(Decide, LeavesWhatItDoesNotKnowAlone) {
    World world = company();
    EXPECT_EQ(code_of(world.run(lucia(), "request.explode", Json::object())), "unknown type");
    EXPECT_EQ(code_of(world.run(lucia(), "", Json::object())), "unknown type");
    Command newer = world.command("request.take", of(submitted(world)));
    newer.type_version = 2;
    EXPECT_EQ(code_of(world.run(owen(), newer)), "unknown type");
}

TEST(Decide, ArgumentsMayBeAnything) {
    World world = company();
    for (const char* type : {"request.submit",
                             "request.comment",
                             "request.take",
                             "request.hold",
                             "request.answer",
                             "request.resolve",
                             "request.confirm",
                             "request.reopen",
                             "request.cancel",
                             "article.vote",
                             "outage.publish",
                             "outage.update",
                             "outage.resolve",
                             "outage.me_too"}) {
        for (const Json& args : {Json(),
                                 Json(7),
                                 Json("x"),
                                 Json::array({1}),
                                 Json{{"request", Json::array()}},
                                 Json{{"outage", 1.5}}}) {
            const std::string code = code_of(world.run(diego(), type, args));
            EXPECT_TRUE(code == "invalid" || code == "forbidden")
                << type << " " << args << ": " << code;
        }
    }
}

TEST(Decide, EntityIsKnownFromTheCommandAlone) {
    World world = company();
    const Id id = test_id("r");
    EXPECT_EQ(entity_of(world.command("request.take", of(id)))->id, id);
    const Command submit = world.command("request.submit", Json::object());
    EXPECT_EQ(entity_of(submit)->id, derived_id("request", submit.cmd_id));
    const Command publish = world.command("outage.publish", Json::object());
    EXPECT_EQ(*entity_of(publish),
              (domain::RowRef{domain::RowType::Outage, derived_id("outage", publish.cmd_id)}));
    EXPECT_EQ(entity_of(world.command("article.vote", {{"article", to_text(id)}}))->type,
              domain::RowType::Article);
    EXPECT_FALSE(entity_of(world.command("request.take", Json::object())));
    EXPECT_FALSE(entity_of(world.command("nothing", Json::object())));
}

}  // namespace
}  // namespace ventanilla::commands
