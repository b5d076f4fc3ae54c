#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"

// Push: the request with its commands, and one result for each.

namespace ventanilla::sync {
namespace {

std::string_view name(ResultStatus status) {
    switch (status) {
        case ResultStatus::Applied: return "applied";
        case ResultStatus::Rejected: return "rejected";
        case ResultStatus::Deferred: return "deferred";
    }
    return "deferred";
}

std::string_view name(DeferReason reason) {
    switch (reason) {
        case DeferReason::UnknownType: return "unknown_type";
        case DeferReason::BlockedBy: return "blocked_by";
        case DeferReason::Busy: return "busy";
    }
    return "busy";
}

PushCommand decode_command(const Json& value) {
    PushCommand command;
    Json wire = value;
    if (wire.is_object()) {
        command.replay_seq = uint_at(wire, "replay").value_or(0);
        wire.erase("replay");
    }
    Result<commands::Command> decoded = commands::command_from_json(wire);
    if (decoded) {
        command.command = std::move(decoded).value();
    } else {
        command.broken = decoded.error();
        command.command.cmd_id = id_or_nil(value, "cmd_id");
    }
    return command;
}

void put_applied(Json& out, const CommandResult& result) {
    out["seq"] = result.seq;
    out["entity"] = to_text(result.entity);
    out["ver"] = result.ver;
    if (!result.number.empty()) out["number"] = result.number;
}

void put_rejected(Json& out, const CommandResult& result) {
    out["code"] = commands::name(result.code);
    out["msg"] = result.message;
    if (!result.fields.empty()) {
        out["field"] = result.fields.front().field;
        Json fields = Json::array();
        for (const commands::FieldError& error : result.fields)
            fields.push_back({{"field", error.field}, {"msg", error.message}});
        out["fields"] = std::move(fields);
    }
    if (!result.current.is_null()) out["current"] = result.current;
}

Status read_rejected(const Json& value, CommandResult& result) {
    const std::string code = TRY(text_at(value, "code", limits::kTitleBytesMax));
    // A code of a newer server still is a rejection; `policy` says the least about why.
    result.code = commands::reject_code(code).value_or(commands::RejectCode::Policy);
    result.message = text_or(value, "msg");
    const Json& fields = member(value, "fields");
    if (fields.is_array())
        for (const Json& field : fields)
            result.fields.push_back({text_or(field, "field"), text_or(field, "msg")});
    result.current = member(value, "current");
    return ok();
}

DeferReason defer_reason(std::string_view text) {
    for (const DeferReason reason : {DeferReason::UnknownType, DeferReason::BlockedBy})
        if (name(reason) == text) return reason;
    return DeferReason::Busy;
}

}  // namespace

std::string encode(const PushRequest& request) {
    Json out = {{"protocol", request.protocol},
                {"device_id", to_text(request.device)},
                {"user", to_text(request.user)},
                {"clock",
                 {{"wall_ms", to_ms(request.clock.wall)},
                  {"mono_ms", request.clock.mono_ms},
                  {"boot", request.clock.boot}}}};
    if (!is_nil(request.epoch)) out["epoch"] = to_text(request.epoch);
    Json commands = Json::array();
    for (const PushCommand& item : request.commands) {
        Json wire = commands::to_json(item.command);
        if (item.replay_seq != 0) wire["replay"] = item.replay_seq;
        commands.push_back(std::move(wire));
    }
    out["cmds"] = std::move(commands);
    return dump_json(out);
}

Result<PushRequest> decode_push_request(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kPushBytesMax));
    PushRequest request;
    request.protocol = static_cast<int>(TRY(int_at(value, "protocol")));
    request.device = TRY(id_at(value, "device_id"));
    request.user = TRY(id_at(value, "user"));
    if (has(value, "epoch")) request.epoch = TRY(id_at(value, "epoch"));
    const Json clock = TRY(object_at(value, "clock"));
    request.clock.wall = from_ms(TRY(int_at(clock, "wall_ms")));
    request.clock.mono_ms = TRY(int_at(clock, "mono_ms"));
    request.clock.boot = TRY(text_at(clock, "boot", limits::kTitleBytesMax));
    const Json commands = TRY(array_at(value, "cmds"));
    if (commands.size() > limits::kPushCommandsMax) return invalid("too many commands", "cmds");
    for (const Json& item : commands) {
        request.commands.push_back(decode_command(item));
        if (is_nil(request.commands.back().command.cmd_id))
            return invalid("a command without an id", "cmds");
    }
    return request;
}

Json to_json(const CommandResult& result) {
    Json out = {{"cmd_id", to_text(result.cmd_id)}, {"status", name(result.status)}};
    switch (result.status) {
        case ResultStatus::Applied: put_applied(out, result); break;
        case ResultStatus::Rejected: put_rejected(out, result); break;
        case ResultStatus::Deferred:
            out["reason"] = name(result.reason);
            out["retry_after_ms"] = result.retry_after_ms;
            break;
    }
    return out;
}

Result<CommandResult> command_result_from_json(const Json& value) {
    CommandResult result;
    result.cmd_id = TRY(id_at(value, "cmd_id"));
    const std::string status = TRY(text_at(value, "status", limits::kTitleBytesMax));
    if (status == name(ResultStatus::Applied)) {
        result.status = ResultStatus::Applied;
        result.seq = TRY(uint_at(value, "seq"));
        result.entity = TRY(id_at(value, "entity"));
        result.ver = TRY(uint_at(value, "ver"));
        result.number = text_or(value, "number");
        return result;
    }
    if (status == name(ResultStatus::Rejected)) {
        result.status = ResultStatus::Rejected;
        TRY(read_rejected(value, result));
        return result;
    }
    if (status != name(ResultStatus::Deferred)) return invalid("unknown status", "status");
    result.status = ResultStatus::Deferred;
    result.reason = defer_reason(text_or(value, "reason"));
    result.retry_after_ms = int_or(value, "retry_after_ms");
    return result;
}

std::string encode(const PushResponse& response) {
    Json results = Json::array();
    for (const CommandResult& result : response.results)
        results.push_back(to_json(result));
    return dump_json({{"epoch", to_text(response.epoch)},
                      {"server_ms", response.server_ms},
                      {"head", response.head},
                      {"results", std::move(results)}});
}

Result<PushResponse> decode_push_response(std::string_view body) {
    const Json value = TRY(parse_json(body, limits::kJsonBytesMax));
    PushResponse response;
    response.epoch = TRY(id_at(value, "epoch"));
    response.server_ms = TRY(int_at(value, "server_ms"));
    response.head = TRY(uint_at(value, "head"));
    const Json results = TRY(array_at(value, "results"));
    for (const Json& item : results)
        response.results.push_back(TRY(command_result_from_json(item)));
    return response;
}

}  // namespace ventanilla::sync
