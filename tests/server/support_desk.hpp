#pragma once

#include <initializer_list>
#include <string>

#include "server/api/api.hpp"
#include "server/api/door.hpp"
#include "server/api/public_status.hpp"
#include "server/store/store.hpp"

// A service desk in memory: two sites, four people who all sign in with the same password, one item
// to ask for. Requests go straight to the API, without sockets.

namespace ventanilla::server_test {

inline constexpr const char* kPassword = "correct horse battery";

inline Id test_id(std::string_view name) {
    return derived_id("test", name);
}

// Somebody at a browser: remembers the cookie and names the device.
struct Person {
    std::string login;
    Id user;
    Id device;
    std::string cookie;
};

struct Answer {
    int status = 0;
    std::string body;
    http::Headers headers;
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] Json json() const;
};

class Desk {
  public:
    explicit Desk(const http::Site* site = nullptr);

    // Requester in Madrid, requester in Austin, agent of IT, agent of HR, spokesperson.
    Person ada, bob, ivan, hana, diego;

    Answer send(const http::HttpRequest& request);
    Answer get(const Person& who, const std::string& target);
    Answer post(const Person& who, const std::string& target, const Json& body);
    // Signs in from the person's device.
    Answer login(Person& who, const std::string& password = kPassword);

    // One command; gives its result.
    sync::CommandResult push(const Person& who,
                             const Id& cmd_id,
                             const std::string& type,
                             const Json& args);
    // Everything the person can see, as one text.
    std::string all_of(const Person& who);

    // A request of `who` for the item INC-01; gives its id.
    Id submit(const Person& who, const Id& cmd_id, const std::string& text);

    store::Store& store() { return *store_; }
    api::Door& door() { return door_; }
    api::Api& api() { return api_; }
    Instant now = from_ms(1'773'238'800'000);

  private:
    SeededRandom random_{7};
    std::unique_ptr<store::Store> store_;
    auth::Passwords passwords_;
    auth::Throttle throttle_;
    api::Facts facts_;
    auth::Sessions sessions_;
    api::PublicStatus public_status_;
    api::Door door_;
    api::Api api_;
};

// A request as our own page makes it.
http::HttpRequest request_of(const Person& who,
                             const std::string& method,
                             const std::string& target);

// A push of one command, as the wire has it.
Json push_body(const Person& who, const Id& cmd_id, const std::string& type, const Json& args);

}  // namespace ventanilla::server_test
