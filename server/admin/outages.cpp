#include "server/admin/outages.hpp"

#include "server/store/push.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/outage.hpp"

namespace ventanilla::admin {
namespace {

using store::Transaction;

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kNextUpdateMinutes = 30;

std::string run_key(const std::string& key) {
    return "outage_run:" + key;
}

// The command line speaks for the desk.
commands::Actor desk_of(const Json& script) {
    commands::Actor actor;
    actor.display_name = text_or(member(script, "contact"), "name", "Mesa de ayuda");
    actor.roles = {domain::Role::Agent,
                   domain::Role::IncidentManager,
                   domain::Role::Spokesperson,
                   domain::Role::Admin};
    return actor;
}

Json services_in(const Json& list) {
    Json services = Json::array();
    if (!list.is_array()) return services;
    for (const Json& one : list) {
        services.push_back({{"service", to_text(id_of_key("service", text_or(one, "service")))},
                            {"impact", text_or(one, "impact", "partial")}});
    }
    return services;
}

Json audience_in(const Json& audience) {
    if (bool_or(audience, "everybody")) return {{"everybody", true}};
    Json sites = Json::array();
    const Json& keys = member(audience, "sites");
    if (keys.is_array()) {
        for (const Json& key : keys) {
            if (key.is_string())
                sites.push_back(to_text(id_of_key("site", key.get<std::string>())));
        }
    }
    return {{"sites", sites}};
}

void copy(const Json& from, Json& to, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (has(from, key)) to[key] = from[key];
    }
}

// "…_minutes" of the script as instants of the command.
void put_times(const Json& from, std::int64_t now, Json& to) {
    to["next_update_due_at"] =
        now + int_or(from, "next_update_minutes", kNextUpdateMinutes) * kMinute;
    if (has(from, "eta_minutes")) to["eta_high"] = now + int_or(from, "eta_minutes") * kMinute;
    if (has(from, "scheduled_minutes"))
        to["scheduled_until"] = now + int_or(from, "scheduled_minutes") * kMinute;
}

Json publish_args(const Json& script, Instant now) {
    Json args = {{"kind", text_or(script, "kind", "incident")},
                 {"state", text_or(script, "state", "investigating")},
                 {"services", services_in(member(script, "services"))},
                 {"audience", audience_in(member(script, "audience"))},
                 {"started_at", to_ms(now) - int_or(script, "started_minutes_ago") * kMinute}};
    copy(script, args, {"title", "impact", "workaround", "workaround_article", "contact", "body"});
    if (!has(args, "body") && has(args, "impact")) args["body"] = args["impact"];
    put_times(script, to_ms(now), args);
    return args;
}

struct Run {
    Json script;
    Id outage;             // nil before it is published
    std::size_t step = 0;  // updates sent
};

Result<Json> script_of(const Transaction& transaction, const std::string& key) {
    const Json scripts = TRY(parse_json(transaction.setting(kScriptsKey).value_or("[]")));
    std::string known;
    for (const Json& script : scripts) {
        if (text_or(script, "key") == key) return script;
        known += " " + text_or(script, "key");
    }
    return Error{
        Errc::NotFound, concat("there is no scripted outage ", key, "; there are:", known), "key"};
}

// By the key of a script, or by the public id that publish printed.
Result<Run> run_of(const Transaction& transaction, const std::string& key) {
    Run run;
    const Result<Json> state = parse_json(transaction.setting(run_key(key)).value_or("{}"));
    if (state && has(*state, "outage")) {
        run.outage = id_or_nil(*state, "outage");
        run.step = static_cast<std::size_t>(int_or(*state, "step"));
    }
    const Result<Json> script = script_of(transaction, key);
    if (script) run.script = *script;
    if (is_nil(run.outage)) {
        for (const domain::Row& row : transaction.rows(domain::RowType::Outage)) {
            if (text_or(row.body, "public_id") == key) run.outage = row.ref.id;
        }
    }
    if (is_nil(run.outage))
        return Error{Errc::NotFound, concat("outage ", key, " is not published"), "key"};
    return run;
}

void remember(Transaction& transaction, const std::string& key, const Run& run) {
    transaction.put_setting(run_key(key),
                            dump_json({{"outage", to_text(run.outage)}, {"step", run.step}}));
}

bool is_open(const Transaction& transaction, const Id& id) {
    const auto row = transaction.find({domain::RowType::Outage, id});
    if (!row) return false;
    const Result<domain::Outage> outage = domain::outage_from(*row);
    return outage && domain::is_open(outage->state());
}

// Says it as the desk; gives the outage's id. Errors: Invalid with what the rules object to.
Result<Id> say(Transaction& transaction,
               const TaskContext& context,
               const std::string& type,
               const Json& args,
               const Json& script) {
    commands::Command command;
    command.cmd_id = random_id(context.random);
    command.type = type;
    command.args = args;
    command.created.wall = context.clock();
    const store::PushContext push{
        .user = {}, .device = {}, .now = context.clock(), .clock = {}, .on_bug = {}};
    const sync::CommandResult result = store::push_as(transaction, command, desk_of(script), push);
    if (result.status == sync::ResultStatus::Applied) return result.entity;
    std::string detail = concat("not accepted: ", result.message);
    for (const commands::FieldError& field : result.fields)
        detail += concat("; ", field.field, ": ", field.message);
    return invalid(detail);
}

// A free outage from the words of the command line, in the shape of a script.
Json script_from(const Json& args) {
    Json script = args;
    script.erase("key");
    return script;
}

}  // namespace

Id id_of_key(std::string_view kind, std::string_view key) {
    return derived_id(kind, key);
}

Result<std::string> publish_outage(const TaskContext& context, const Json& args) {
    const std::string key = text_or(args, "key");
    std::string public_id;
    const auto job = [&](Transaction& transaction) -> Status {
        Run run;
        run.script = key.empty() ? script_from(args) : TRY(script_of(transaction, key));
        if (!key.empty()) {
            const Result<Run> before = run_of(transaction, key);
            if (before && is_open(transaction, before->outage))
                return Error{Errc::Invalid, concat("outage ", key, " is published already"), "key"};
        }
        const Json command = publish_args(run.script, context.clock());
        run.outage = TRY(say(transaction, context, "outage.publish", command, run.script));
        const auto row = transaction.find({domain::RowType::Outage, run.outage});
        if (row) public_id = text_or(row->body, "public_id");
        if (!key.empty()) remember(transaction, key, run);
        return ok();
    };
    TRY(context.store.write(job));
    return concat("published ", key.empty() ? public_id : concat(key, " as ", public_id), "\n");
}

Result<std::string> update_outage(const TaskContext& context, const Json& args) {
    const std::string key = TRY(text_at(args, "key", limits::kTitleBytesMax));
    std::size_t left = 0;
    const auto job = [&](Transaction& transaction) -> Status {
        Run run = TRY(run_of(transaction, key));
        const Json& updates = member(run.script, "updates");
        if (!updates.is_array() || run.step >= updates.size())
            return invalid(concat("the script of ", key, " has no further update"), "key");
        const Json& update = updates[run.step];
        Json command = {{"outage", to_text(run.outage)}, {"state", text_or(update, "state")}};
        copy(update, command, {"body", "workaround"});
        const Json& services =
            has(update, "services") ? update["services"] : member(run.script, "services");
        command["services"] = services_in(services);
        put_times(update, to_ms(context.clock()), command);
        command.erase("scheduled_until");
        TRY(say(transaction, context, "outage.update", command, run.script));
        ++run.step;
        left = updates.size() - run.step;
        remember(transaction, key, run);
        return ok();
    };
    TRY(context.store.write(job));
    return concat("updated ", key, ", ", left, " updates left in its script\n");
}

Result<std::string> resolve_outage(const TaskContext& context, const Json& args) {
    const std::string key = TRY(text_at(args, "key", limits::kTitleBytesMax));
    const auto job = [&](Transaction& transaction) -> Status {
        const Run run = TRY(run_of(transaction, key));
        Json command = {{"outage", to_text(run.outage)}};
        copy(member(run.script, "resolve"), command, {"body"});
        if (!has(command, "body")) {
            command["body"] = {{"es", "El servicio volvió. Gracias por tu paciencia."},
                               {"en", "The service is back. Thank you for your patience."}};
        }
        TRY(say(transaction, context, "outage.resolve", command, run.script));
        return ok();
    };
    TRY(context.store.write(job));
    return concat("resolved ", key, "\n");
}

}  // namespace ventanilla::admin
