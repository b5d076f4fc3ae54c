#include "server/api/guards.hpp"
#include "server/api/routes.hpp"
#include "server/store/changes.hpp"
#include "shared/base/text.hpp"

// Signing in and out. Source: security.md 6 and 7.

namespace ventanilla::api {
namespace {

// The one answer to an unknown login, a wrong password and an account that is not active.
HttpResponse bad_login(const HttpRequest& request) {
    return http::problem(401, "bad_login", http::language_of(request));
}

struct Account {
    Id user;
    std::string hash;  // empty: there is nobody of that name who may sign in
};

Result<Account> account_of(const std::string& login, store::Store& store) {
    Account account;
    TRY(store.read([&](const store::Snapshot& snapshot) {
        const std::optional<Id> user = snapshot.user_of_login(login);
        if (!user || !store::actor_of(snapshot, *user)) return ok();
        account.user = *user;
        const auto credential = snapshot.credential(*user);
        if (credential) account.hash = credential->hash;
        return ok();
    }));
    return account;
}

// The name of the person's store on a device: stable, and says nothing about who it is.
std::string scope_of(const Id& user) {
    return "s_" + to_text(derived_id("scope", user));
}

Result<sync::SessionInfo> info_of(const Session& session, const Services& services) {
    sync::SessionInfo info;
    const auto job = [&](const store::Snapshot& snapshot) -> Status {
        const auto row = snapshot.find({domain::RowType::User, session.actor.user});
        if (!row) return Errc::NotFound;
        const domain::User user = TRY(domain::user_from(*row));
        info = {.user = user.id,
                .login = user.login,
                .display_name = user.display_name,
                .lang = user.lang,
                .time_zone = user.time_zone,
                .site = user.site,
                .roles = user.roles,
                .desks = user.desks,
                .scope = scope_of(user.id),
                .company = snapshot.setting("company").value_or("Ventanilla"),
                .expires_ms = to_ms(session.expires_at),
                .server_ms = to_ms(services.clock())};
        return ok();
    };
    TRY(services.store.read(job));
    return info;
}

// Opens a session, ends the one the browser had, and says who is signed in.
Result<HttpResponse> signed_in(const HttpRequest& request,
                               const Id& user,
                               const Services& services) {
    const bool is_secure = services.facts.is_secure;
    const std::string_view old_token = token_of(request, is_secure);
    if (!old_token.empty()) TRY(services.sessions.close(old_token));
    const auth::OpenedSession opened = TRY(services.sessions.open(user, device_of(request)));
    const sync::SessionInfo info = TRY(info_of(opened.session, services));
    HttpResponse response = http::json_response(sync::encode(info));
    response.with("set-cookie",
                  set_cookie(opened.token, opened.session.expires_at, services.clock(), is_secure));
    return response;
}

}  // namespace

// GET /api/v1/session: who is signed in.
Result<HttpResponse> get_session(const HttpRequest&,
                                 const Session& session,
                                 const Services& services) {
    return http::json_response(sync::encode(TRY(info_of(session, services))));
}

// POST /api/v1/session/login  {"login", "password"}, with X-Device
Result<HttpResponse> post_login(const HttpRequest& request,
                                const Session&,
                                const Services& services) {
    const sync::LoginRequest body = TRY(sync::decode_login_request(request.body));
    const std::string login{trimmed(body.login)};
    if (const auto wait = services.throttle.ask(login, request.peer, services.clock())) {
        return http::problem(429,
                             sync::problem::kTooMany,
                             http::language_of(request),
                             {{"retry_after_ms", wait->count()}});
    }
    const Account account = TRY(account_of(login, services.store));
    if (!services.passwords.matches(account.hash, body.password)) return bad_login(request);
    services.throttle.succeeded(login, request.peer);
    Result<HttpResponse> response = signed_in(request, account.user, services);
    if (!response && response.error().code == Errc::NotFound) return bad_login(request);
    return response;
}

// POST /api/v1/session/logout  {}
Result<HttpResponse> post_logout(const HttpRequest& request,
                                 const Session&,
                                 const Services& services) {
    const bool is_secure = services.facts.is_secure;
    TRY(services.sessions.close(token_of(request, is_secure)));
    HttpResponse response = http::json_response("{}");
    response.with("set-cookie", set_cookie({}, {}, {}, is_secure));
    return response;
}

// POST /api/v1/session/password  {"current", "next"}: ends all other sessions of the person.
Result<HttpResponse> post_password(const HttpRequest& request,
                                   const Session& session,
                                   const Services& services) {
    const Json body = TRY(parse_json(request.body, limits::kFieldBytesMax));
    TRY(only_keys(body, {"current", "next"}));
    const std::string current = TRY(text_at(body, "current", limits::kQueryBytesMax));
    const std::string next = TRY(text_at(body, "next", limits::kQueryBytesMax));
    const std::string_view lang = http::language_of(request);
    const Id user = session.actor.user;
    if (const auto wait = services.throttle.ask(to_text(user), request.peer, services.clock()))
        return http::problem(
            429, sync::problem::kTooMany, lang, {{"retry_after_ms", wait->count()}});
    std::string hash;
    TRY(services.store.read([&](const store::Snapshot& snapshot) {
        if (const auto credential = snapshot.credential(user)) hash = credential->hash;
        return ok();
    }));
    if (!services.passwords.matches(hash, current)) return bad_login(request);
    if (!auth::check_new_password(next)) return http::problem(422, "weak_password", lang);
    const std::string fresh = TRY(services.passwords.hash(next));
    TRY(services.store.write([&](store::Transaction& transaction) {
        transaction.put_credential({.user = user, .hash = fresh, .must_change = false});
        return ok();
    }));
    TRY(services.sessions.close_all_of(user));
    return signed_in(request, user, services);
}

}  // namespace ventanilla::api
