#include "tests/server/support_desk.hpp"

#include <gtest/gtest.h>

#include "server/store/accounts.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/person.hpp"

namespace ventanilla::server_test {

using domain::Role;
using domain::RowRef;
using domain::RowType;
using http::HttpRequest;

namespace {

const std::string& password_hash() {
    static const std::string kHash = [] {
        auth::Passwords passwords;
        return passwords.hash(kPassword).value_or("");
    }();
    return kHash;
}

Person person(const char* login) {
    return {
        login, domain::id_of_key(RowType::User, login), test_id(concat("device of ", login)), {}};
}

domain::User user_of(const Person& who,
                     const char* site,
                     domain::Roles roles,
                     std::vector<std::string> desks) {
    domain::User user;
    user.id = who.user;
    user.login = who.login;
    user.display_name = "Name of " + who.login;
    user.time_zone = "Europe/Madrid";
    user.site = domain::id_of_key(RowType::Site, site);
    user.roles = roles;
    user.desks = std::move(desks);
    return user;
}

void put_shared(
    store::Transaction& transaction, RowType type, const char* key, const Json& body, Instant now) {
    store::put_own_row(transaction, {type, domain::id_of_key(type, key)}, body, {"org:all"}, now);
}

Json names(const char* text) {
    return {{"es", text}, {"en", text}};
}

Json item_body() {
    domain::CatalogItem item;
    item.key = "INC-01";
    item.kind = domain::RequestKind::Incident;
    item.service = domain::id_of_key(RowType::Service, "network");
    item.category = domain::id_of_key(RowType::Category, "work");
    item.desk = "it";
    item.title = {"Algo no funciona", "Something is broken"};
    item.summary = item.title;
    item.icon = "wrench";
    domain::Field what;
    what.key = "what";
    what.type = domain::FieldType::LongText;
    what.label = {"Qué", "What"};
    what.required_if = "true";
    domain::Section section;
    section.key = "main";
    section.fields = {what};
    item.form.sections = {section};
    return domain::to_json(item);
}

void found(store::Transaction& transaction, const Desk& desk) {
    const Instant now = desk.now;
    for (const char* site : {"madrid", "austin"}) {
        put_shared(transaction,
                   RowType::Site,
                   site,
                   {{"key", site}, {"name", names(site)}, {"time_zone", "Europe/Madrid"}},
                   now);
    }
    put_shared(transaction,
               RowType::Service,
               "network",
               {{"key", "network"}, {"name", names("Red")}, {"desk", "it"}, {"criticality", 1}},
               now);
    put_shared(transaction,
               RowType::Category,
               "work",
               {{"key", "work"}, {"name", names("Trabajo")}, {"icon", "wrench"}},
               now);
    put_shared(transaction, RowType::CatalogItem, "INC-01", item_body(), now);
    const std::string& hash = password_hash();
    const domain::User people[] = {
        user_of(desk.ada, "madrid", {Role::Requester}, {}),
        user_of(desk.bob, "austin", {Role::Requester}, {}),
        user_of(desk.ivan, "madrid", {Role::Requester, Role::Agent}, {"it"}),
        user_of(desk.hana, "austin", {Role::Requester, Role::Agent}, {"hr"}),
        user_of(desk.diego, "austin", {Role::Requester, Role::Agent, Role::Spokesperson}, {"it"}),
    };
    for (const domain::User& user : people)
        EXPECT_TRUE(store::put_account(transaction, user, hash, now)) << user.login;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (key == name) return value;
    }
    return {};
}

Json Answer::json() const {
    return parse_json(body).value_or(Json::object());
}

Desk::Desk(const http::Site* site)
    : ada(person("ada")),
      bob(person("bob")),
      ivan(person("ivan")),
      hana(person("hana")),
      diego(person("diego")),
      store_(store::create_memory_store(test_id("epoch"), std::string(32, 'k'))),
      sessions_(
          *store_, [this] { return now; }, random_),
      public_status_(*store_, [this] { return now; }),
      door_(
          *store_, [this] { return now; }, false),
      api_({*store_,
            sessions_,
            passwords_,
            throttle_,
            [this] { return now; },
            random_,
            facts_,
            door_,
            &public_status_},
           site) {
    store_->on_commit([this](const store::CommitNote& note) { public_status_.note(note); });
    EXPECT_TRUE(store_->write([&](store::Transaction& transaction) {
        found(transaction, *this);
        return ok();
    }));
    for (Person* who : {&ada, &bob, &ivan, &hana, &diego}) {
        const auto opened = sessions_.open(who->user, who->device);
        EXPECT_TRUE(opened) << who->login;
        if (opened) who->cookie = "sid=" + opened->token;
    }
}

HttpRequest request_of(const Person& who, const std::string& method, const std::string& target) {
    HttpRequest request;
    request.method = method;
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    request.headers = {{"host", "desk.example"}, {"sec-fetch-site", "same-origin"}};
    if (!is_nil(who.device)) request.headers.emplace_back("x-device", to_text(who.device));
    if (!who.cookie.empty()) request.headers.emplace_back("cookie", who.cookie);
    if (method == "POST") {
        request.headers.emplace_back("content-type", "application/json");
        request.headers.emplace_back("x-requested-by", "ventanilla");
    }
    request.peer = "192.0.2.1";
    return request;
}

Answer Desk::send(const HttpRequest& request) {
    const http::HttpResponse response = api_.handle(request);
    return {response.status, std::string{response.content()}, response.headers};
}

Answer Desk::get(const Person& who, const std::string& target) {
    return send(request_of(who, "GET", target));
}

Answer Desk::post(const Person& who, const std::string& target, const Json& body) {
    HttpRequest request = request_of(who, "POST", target);
    request.body = dump_json(body);
    return send(request);
}

Answer Desk::login(Person& who, const std::string& password) {
    const Answer answer =
        post(who, "/api/v1/session/login", {{"login", who.login}, {"password", password}});
    const std::string cookie = answer.header("set-cookie");
    if (answer.status == 200) who.cookie = cookie.substr(0, cookie.find(';'));
    return answer;
}

Json push_body(const Person& who, const Id& cmd_id, const std::string& type, const Json& args) {
    commands::Command command;
    command.cmd_id = cmd_id;
    command.type = type;
    command.args = args;
    const auto entity = commands::entity_of(command);
    command.lane = entity ? domain::to_text(*entity) : "request:" + to_text(cmd_id);
    sync::PushRequest request;
    request.device = who.device;
    request.user = who.user;
    request.commands.push_back({command, 0, std::nullopt});
    return parse_json(sync::encode(request)).value_or(Json::object());
}

sync::CommandResult Desk::push(const Person& who,
                               const Id& cmd_id,
                               const std::string& type,
                               const Json& args) {
    const Answer answer = post(who, "/api/v1/sync/push", push_body(who, cmd_id, type, args));
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto response = sync::decode_push_response(answer.body);
    EXPECT_TRUE(response) << answer.body;
    if (!response || response->results.empty()) return {};
    return response->results.front();
}

std::string Desk::all_of(const Person& who) {
    const Answer answer = get(who, "/api/v1/sync/pull?user=" + to_text(who.user));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return answer.body;
}

Id Desk::submit(const Person& who, const Id& cmd_id, const std::string& text) {
    const Json args = {
        {"item", "INC-01"}, {"form_version", 1}, {"answers", {{"what", text}}}, {"lang", "es"}};
    const sync::CommandResult result = push(who, cmd_id, "request.submit", args);
    EXPECT_EQ(result.status, sync::ResultStatus::Applied) << result.message;
    for (const auto& field : result.fields)
        ADD_FAILURE() << field.field << " " << field.message;
    return result.entity;
}

}  // namespace ventanilla::server_test
