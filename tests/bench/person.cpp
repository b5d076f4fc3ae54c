#include "tests/bench/person.hpp"

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "shared/base/text.hpp"
#include "shared/recovery/advice.hpp"

namespace ventanilla::bench {

namespace {

constexpr std::string_view kPassword = "ventanilla-demo";
constexpr int kAsksMax = 10;

// A server that asks to wait is asked again when it said; the wait is part of what a person waits.
Answer post_patiently(HttpClient& http, std::string_view headers, const std::string& body) {
    for (int asked = 0;; ++asked) {
        Answer answer = http.post(sync::kPushPath, headers, body);
        if (answer.status != 503 || asked == kAsksMax) return answer;
        const Json problem = parse_json(answer.body).value_or(Json());
        std::this_thread::sleep_for(Millis{int_or(problem, "retry_after_ms", 1000)});
    }
}

}  // namespace

void give_up(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

Person sign_in(int port, std::string_view login, Random& random, std::size_t office) {
    Person person;
    person.device = random_id(random);
    const std::string device = concat("X-Device: ", to_text(person.device), "\r\n");
    HttpClient client(port, office);
    const Answer answer =
        client.post(sync::kLoginPath,
                    device,
                    sync::encode(sync::LoginRequest{std::string(login), std::string(kPassword)}));
    const auto session = sync::decode_session_info(answer.body);
    if (answer.status != 200 || !session)
        give_up(concat("sign-in of ", login, ": ", answer.status, " ", answer.body));
    person.session = *session;
    // What is sent now is of now, not what an outage left behind.
    person.headers = concat(
        device, "Cookie: ", answer.cookie, "\r\nOutbox-Lane: ", recovery::kInteractive, "\r\n");
    return person;
}

commands::Command command(Random& random, std::string type, Json args, const Id& entity) {
    commands::Command made;
    made.cmd_id = random_id(random);
    made.type = std::move(type);
    made.args = std::move(args);
    made.lane = concat("request:", to_text(is_nil(entity) ? made.cmd_id : entity));
    return made;
}

sync::PushResponse push(HttpClient& http,
                        const Person& person,
                        std::vector<commands::Command> commands) {
    sync::PushRequest request;
    request.device = person.device;
    request.user = person.session.user;
    for (commands::Command& each : commands) {
        sync::PushCommand pushed;
        pushed.command = std::move(each);
        request.commands.push_back(std::move(pushed));
    }
    const Answer answer = post_patiently(http, person.headers, sync::encode(request));
    auto response = sync::decode_push_response(answer.body);
    if (answer.status != 200 || !response)
        give_up(concat("push: ", answer.status, " ", answer.body));
    for (const sync::CommandResult& result : response->results) {
        if (result.status != sync::ResultStatus::Applied)
            give_up(concat("not applied: ", answer.body));
    }
    return std::move(response).value();
}

Id submit_request(HttpClient& http, const Person& person, Random& random) {
    const Json answers = {{"kind", "vpn"},
                          {"symptom", "drops"},
                          {"place", "home"},
                          {"other_sites", "yes"},
                          {"who", "me"},
                          {"can_work", "partly"}};
    const Json args = {
        {"item", "INC-03"}, {"form_version", 1}, {"answers", answers}, {"lang", "es"}};
    std::vector<commands::Command> commands;
    commands.push_back(command(random, "request.submit", args, {}));
    return push(http, person, std::move(commands)).results.front().entity;
}

commands::Command comment_on(const Id& request, Random& random) {
    const Json args = {{"request", to_text(request)}, {"text", "Sigue igual"}};
    return command(random, "request.comment", args, request);
}

commands::Command outage_of_everybody(Random& random) {
    const auto in_both = [](std::string_view text) { return Json{{"es", text}, {"en", text}}; };
    const Id network = domain::id_of_key(domain::RowType::Service, "network");
    const std::int64_t now = std::chrono::duration_cast<Millis>(
                                 std::chrono::system_clock::now().time_since_epoch())
                                 .count();
    const Json args = {{"kind", "incident"},
                       {"title", in_both("La red no anda")},
                       {"impact", in_both("No se puede entrar a la VPN ni al ERP.")},
                       {"workaround", in_both("Usa el punto de acceso de tu celular.")},
                       {"contact", {{"name", "Mesa de ayuda"}, {"phone", "4000"}}},
                       {"audience", {{"everybody", true}}},
                       {"services", {{{"service", to_text(network)}, {"impact", "major"}}}},
                       {"body", in_both("Lo estamos mirando con el proveedor.")},
                       {"state", "investigating"},
                       {"started_at", now},
                       {"next_update_due_at", now + 1'800'000}};
    commands::Command made = command(random, "outage.publish", args, {});
    made.lane = concat("outage:", to_text(made.cmd_id));
    return made;
}

}  // namespace ventanilla::bench
