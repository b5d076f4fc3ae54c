#include "server/api/guards.hpp"
#include "server/api/routes.hpp"
#include "server/store/accounts.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

// The first administrator: whoever can read the server's output. Source: security.md 6.3.2.

namespace ventanilla::api {
namespace {

struct SetupBody {
    std::string token;
    std::string login;
    std::string display_name;
    std::string password;
};

Result<SetupBody> decode(const std::string& text) {
    const Json body = TRY(parse_json(text, limits::kFieldBytesMax));
    TRY(only_keys(body, {"token", "login", "display_name", "password"}));
    return SetupBody{.token = TRY(text_at(body, "token", limits::kTitleBytesMax)),
                     .login = TRY(text_at(body, "login", limits::kTitleBytesMax)),
                     .display_name = TRY(text_at(body, "display_name", limits::kTitleBytesMax)),
                     .password = TRY(text_at(body, "password", limits::kQueryBytesMax))};
}

}  // namespace

// GET /api/v1/setup: whether the server still waits for its first administrator.
Result<HttpResponse> get_setup(const HttpRequest&, const Session&, const Services& services) {
    bool is_needed = false;
    TRY(services.store.read([&](const store::Snapshot& snapshot) {
        is_needed = !snapshot.setting(store::kSetupTokenKey).value_or("").empty();
        return ok();
    }));
    return http::json_response(dump_json({{"needed", is_needed}}));
}

// POST /api/v1/setup  {"token", "login", "display_name", "password"}: 201, and the token is used
// up.
Result<HttpResponse> post_setup(const HttpRequest& request,
                                const Session&,
                                const Services& services) {
    const std::string_view lang = http::language_of(request);
    const SetupBody body = TRY(decode(request.body));
    if (services.throttle.ask("setup", request.peer, services.clock()))
        return http::problem(429, sync::problem::kTooMany, lang);
    if (!auth::check_new_password(body.password)) return http::problem(422, "weak_password", lang);
    const std::string hash = TRY(services.passwords.hash(body.password));

    domain::User admin;
    admin.id = random_id(services.random);
    admin.login = std::string{trimmed(body.login)};
    admin.display_name = std::string{trimmed(body.display_name)};
    admin.roles = {domain::Role::Requester,
                   domain::Role::Agent,
                   domain::Role::Manager,
                   domain::Role::Admin,
                   domain::Role::IncidentManager,
                   domain::Role::Spokesperson};
    admin.desks = {"it"};
    if (admin.login.empty()) return invalid("login: empty", "login");
    bool is_right = false;
    const auto job = [&](store::Transaction& transaction) -> Status {
        const std::string expected = transaction.setting(store::kSetupTokenKey).value_or("");
        is_right = !expected.empty() && expected == to_hex(sha256_bytes(body.token));
        if (!is_right) return ok();
        TRY(store::put_account(transaction, admin, hash, services.clock()));
        transaction.put_setting(store::kSetupTokenKey, "");
        return ok();
    };
    TRY(services.store.write(job));
    if (!is_right) return http::problem(403, "setup_token", lang);
    return http::json_response(dump_json({{"login", admin.login}}), 201);
}

}  // namespace ventanilla::api
