#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"

// The small messages: hints, status, problems, sign-in.

namespace ventanilla::sync {

std::string encode_hint(std::uint64_t head) { return concat("{\"h\":", head, "}"); }

Result<std::uint64_t> decode_hint(std::string_view data) {
    const Json value = TRY(parse_json(data, limits::kTitleBytesMax));
    return uint_at(value, "h");
}

std::string encode(const SyncStatus& status) {
    return dump_json({{"epoch", to_text(status.epoch)},
                      {"head", status.head},
                      {"build", status.build},
                      {"min_build", status.min_build},
                      {"server_ms", status.server_ms}});
}

Result<SyncStatus> decode_sync_status(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kFieldBytesMax));
    SyncStatus status;
    status.epoch = TRY(id_at(value, "epoch"));
    status.head = TRY(uint_at(value, "head"));
    status.build = text_or(value, "build");
    status.min_build = text_or(value, "min_build");
    status.server_ms = TRY(int_at(value, "server_ms"));
    return status;
}

std::string encode(const Problem& problem) {
    Json out = {{"type", "about:blank"},
                {"status", problem.status},
                {"code", problem.code},
                {"title", problem.title}};
    if (!problem.detail.empty()) out["detail"] = problem.detail;
    if (problem.retry_after_ms > 0) out["retry_after_ms"] = problem.retry_after_ms;
    if (!is_nil(problem.epoch)) {
        out["epoch"] = to_text(problem.epoch);
        out["restored_to"] = problem.restored_to;
    }
    if (problem.code == problem::kResync) out["keep_outbox"] = true;
    if (problem.min_protocol > 0) out["min_protocol"] = problem.min_protocol;
    if (!problem.build.empty()) out["build"] = problem.build;
    return dump_json(out);
}

Result<Problem> decode_problem(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kFieldBytesMax));
    Problem problem;
    problem.status = static_cast<int>(TRY(int_at(value, "status")));
    problem.code = text_or(value, "code");
    problem.title = text_or(value, "title");
    problem.detail = text_or(value, "detail");
    problem.retry_after_ms = int_or(value, "retry_after_ms");
    problem.epoch = id_or_nil(value, "epoch");
    problem.restored_to = uint_at(value, "restored_to").value_or(0);
    problem.min_protocol = static_cast<int>(int_or(value, "min_protocol"));
    problem.build = text_or(value, "build");
    return problem;
}

std::string encode(const LoginRequest& request) {
    return dump_json({{"login", request.login}, {"password", request.password}});
}

Result<LoginRequest> decode_login_request(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kFieldBytesMax));
    TRY(only_keys(value, {"login", "password"}));
    LoginRequest request;
    request.login = TRY(text_at(value, "login", limits::kTitleBytesMax));
    request.password = TRY(text_at(value, "password", limits::kQueryBytesMax));
    return request;
}

std::string encode(const SessionInfo& session) {
    Json out = {{"user", to_text(session.user)},
                {"login", session.login},
                {"display_name", session.display_name},
                {"lang", domain::name(session.lang)},
                {"time_zone", session.time_zone},
                {"roles", session.roles.bits()},
                {"desks", session.desks},
                {"scope", session.scope},
                {"company", session.company},
                {"expires_ms", session.expires_ms},
                {"server_ms", session.server_ms}};
    if (!is_nil(session.site)) out["site"] = to_text(session.site);
    return dump_json(out);
}

Result<SessionInfo> decode_session_info(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kFieldBytesMax));
    SessionInfo session;
    session.user = TRY(id_at(value, "user"));
    session.login = text_or(value, "login");
    session.display_name = text_or(value, "display_name");
    session.lang = domain::lang_of(text_or(value, "lang"));
    session.time_zone = text_or(value, "time_zone");
    session.site = id_or_nil(value, "site");
    session.roles = domain::Roles::from_bits(static_cast<std::uint16_t>(TRY(uint_at(value, "roles"))));
    const Json& desks = member(value, "desks");
    if (desks.is_array())
        for (const Json& desk : desks)
            if (desk.is_string()) session.desks.push_back(desk.get<std::string>());
    session.scope = TRY(text_at(value, "scope", limits::kTitleBytesMax));
    session.company = text_or(value, "company");
    session.expires_ms = int_or(value, "expires_ms");
    session.server_ms = int_or(value, "server_ms");
    return session;
}

commands::Actor actor_of(const SessionInfo& session) {
    commands::Actor actor;
    actor.user = session.user;
    actor.display_name = session.display_name;
    actor.roles = session.roles;
    actor.desks = session.desks;
    actor.site = session.site;
    actor.lang = session.lang;
    return actor;
}

}  // namespace ventanilla::sync
