#include "server/admin/outages.hpp"

#include "server/store/changes.hpp"
#include "server/store/push.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/row.hpp"

namespace ventanilla::admin {
namespace {

using domain::RowType;
using store::Transaction;

constexpr std::int64_t kMinute = 60'000;

std::string run_key(const std::string& key) {
    return "outage_run:" + key;
}

// Who says it: the author if the store knows them and they may, otherwise the desk itself.
commands::Actor speaker_of(const Transaction& transaction, const Json& script, const Json& update) {
    const std::string login = text_or(update, "author", text_or(script, "spokesperson"));
    const auto user = login.empty() ? std::nullopt : transaction.user_of_login(login);
    if (user) {
        const Result<commands::Actor> actor = store::actor_of(transaction, *user);
        if (actor && actor->roles.has(domain::Role::Spokesperson)) return *actor;
    }
    commands::Actor desk;
    desk.display_name = text_or(member(script, "contact"), "name", "Mesa de ayuda");
    desk.roles = {domain::Role::Agent, domain::Role::IncidentManager, domain::Role::Spokesperson};
    return desk;
}

Json services_in(const Json& snapshot) {
    Json services = Json::array();
    if (!snapshot.is_array()) return services;
    for (const Json& one : snapshot) {
        const Id id = domain::id_of_key(RowType::Service, text_or(one, "service"));
        services.push_back({{"service", to_text(id)}, {"impact", text_or(one, "impact")}});
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
                sites.push_back(to_text(domain::id_of_key(RowType::Site, key.get<std::string>())));
        }
    }
    return {{"sites", sites}};
}

void copy(const Json& from, Json& to, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (has(from, key)) to[key] = from[key];
    }
}

// The member "…_min" of `from` as an instant of `to`; `zero` is the moment minute 0 stands for.
void put_time(const Json& from, const char* minutes, Instant zero, Json& to, const char* name) {
    if (has(from, minutes)) to[name] = to_ms(zero) + int_or(from, minutes) * kMinute;
}

Json update_args(const Json& update, Instant zero) {
    Json args = {{"state", text_or(update, "state")},
                 {"services", services_in(member(update, "snapshot"))}};
    copy(update, args, {"body"});
    put_time(update, "eta_high_min", zero, args, "eta_high");
    put_time(update, "next_update_min", zero, args, "next_update_due_at");
    return args;
}

// A script may leave the promise out: the next update is then the next it has, or a cadence later.
Json with_promise(const Json& script, std::size_t index) {
    Json update = script["updates"][index];
    const auto state = domain::outage_state(text_or(update, "state"));
    if (!state || !domain::is_open(*state) || has(update, "next_update_min")) return update;
    const Json& updates = script["updates"];
    const std::int64_t later = int_or(update, "at_min") + int_or(script, "cadence_min", 60);
    const bool is_last = index + 1 >= updates.size();
    update["next_update_min"] = is_last ? later : int_or(updates[index + 1], "at_min", later);
    return update;
}

Json publish_args(const Json& script, const Json& update, Instant zero) {
    Json args = update_args(update, zero);
    args["kind"] = text_or(script, "kind", "incident");
    args["audience"] = audience_in(member(script, "audience"));
    copy(script,
         args,
         {"title", "impact", "workaround", "workaround_article", "contact", "notice"});
    if (has(script, "expected")) args["expected"] = services_in(member(script, "expected"));
    put_time(script, "started_min", zero, args, "started_at");
    put_time(script, "scheduled_until_min", zero, args, "scheduled_until");
    return args;
}

// Where a script stands: the outage it published and how many of its updates were told.
struct Run {
    Json script;
    Id outage;
    std::size_t told = 0;
};

Result<Json> script_of(const Transaction& transaction, const std::string& key) {
    const Json scripts = TRY(parse_json(transaction.setting(kScriptsKey).value_or("[]")));
    std::string known;
    for (const Json& script : scripts) {
        if (text_or(script, "key") == key) return script;
        known += " " + text_or(script, "key");
    }
    if (known.empty()) known = " none";
    return Error{
        Errc::NotFound, concat("there is no scripted outage ", key, "; there are:", known), "key"};
}

// By the key of a script, or by the public id that publish printed.
Result<Run> run_of(const Transaction& transaction, const std::string& key) {
    Run run;
    const Result<Json> state = parse_json(transaction.setting(run_key(key)).value_or("{}"));
    if (state && has(*state, "outage")) {
        run.outage = id_or_nil(*state, "outage");
        run.told = static_cast<std::size_t>(int_or(*state, "told"));
    }
    const Result<Json> script = script_of(transaction, key);
    if (script) run.script = *script;
    if (is_nil(run.outage)) {
        for (const domain::Row& row : transaction.rows(RowType::Outage)) {
            if (text_or(row.body, "public_id") == key) run.outage = row.ref.id;
        }
    }
    if (is_nil(run.outage))
        return Error{Errc::NotFound, concat("outage ", key, " is not published"), "key"};
    return run;
}

void remember(Transaction& transaction, const std::string& key, const Run& run) {
    const Json state = {{"outage", to_text(run.outage)}, {"told", run.told}};
    if (!key.empty()) transaction.put_setting(run_key(key), dump_json(state));
}

bool is_open(const Transaction& transaction, const Id& id) {
    const auto row = transaction.find({RowType::Outage, id});
    if (!row) return false;
    const Result<domain::Outage> outage = domain::outage_from(*row);
    return outage && domain::is_open(outage->state());
}

struct Said {
    std::string type;
    Json args;
    Id cmd_id;
    Instant at;
};

// Gives the outage's id. Errors: Invalid with what the rules object to.
Result<Id> say(Transaction& transaction, const commands::Actor& speaker, const Said& said) {
    commands::Command command;
    command.cmd_id = said.cmd_id;
    command.type = said.type;
    command.args = said.args;
    command.created.wall = said.at;
    store::PushContext context;
    context.user = speaker.user;
    context.now = said.at;
    const sync::CommandResult result = store::push_as(transaction, command, speaker, context);
    if (result.status == sync::ResultStatus::Applied) return result.entity;
    std::string detail = concat("not accepted: ", result.message);
    for (const commands::FieldError& field : result.fields)
        detail += concat("; ", field.field, ": ", field.message);
    return invalid(detail);
}

// The next update of the script, as if its minute were `at`.
Status tell_next(Transaction& transaction, Run& run, const Id& cmd_id, Instant at) {
    const Json& updates = member(run.script, "updates");
    if (!updates.is_array() || run.told >= updates.size())
        return invalid("the script has no further update", "key");
    const Json update = with_promise(run.script, run.told);
    const Instant zero = at - Millis{int_or(update, "at_min") * kMinute};
    const commands::Actor speaker = speaker_of(transaction, run.script, update);
    Said said{"outage.publish", {}, cmd_id, at};
    if (run.told == 0) {
        said.args = publish_args(run.script, update, zero);
    } else {
        said.type = "outage." + text_or(update, "step", "update");
        said.args = update_args(update, zero);
        said.args["outage"] = to_text(run.outage);
        copy(update, said.args, {"title"});
    }
    run.outage = TRY(say(transaction, speaker, said));
    // What was handed over goes on as another.
    const auto row = transaction.find({RowType::Outage, run.outage});
    const Id next = row ? id_or_nil(row->body, "continued_in") : Id{};
    if (!is_nil(next)) run.outage = next;
    ++run.told;
    return ok();
}

std::string public_id_of(const Transaction& transaction, const Id& outage) {
    const auto row = transaction.find({RowType::Outage, outage});
    return row ? text_or(row->body, "public_id") : std::string{};
}

}  // namespace

Status tell_outage(const TaskContext&, Transaction& transaction, const Json& script, Instant now) {
    const std::string key = text_or(script, "key");
    if (transaction.setting(run_key(key))) return ok();
    Run run{.script = script, .outage = {}, .told = 0};
    const std::size_t count = member(script, "updates").size();
    while (run.told < count) {
        const std::int64_t minutes = int_or(script["updates"][run.told], "at_min");
        const Id cmd_id = derived_id("demo_step", concat("outage:", key, ":", run.told));
        const Status told = tell_next(transaction, run, cmd_id, now + Millis{minutes * kMinute});
        if (!told) return invalid(concat("outages.json, ", key, ": ", told.error().detail));
    }
    remember(transaction, key, run);
    return ok();
}

Result<std::string> publish_outage(const TaskContext& context, const Json& args) {
    const std::string key = text_or(args, "key");
    std::string public_id;
    const auto job = [&](Transaction& transaction) -> Status {
        Run run;
        run.script = key.empty() ? args : TRY(script_of(transaction, key));
        const Result<Run> before = run_of(transaction, key);
        if (!key.empty() && before && is_open(transaction, before->outage))
            return invalid(concat("outage ", key, " is published already"), "key");
        TRY(tell_next(transaction, run, random_id(context.random), context.clock()));
        remember(transaction, key, run);
        public_id = public_id_of(transaction, run.outage);
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
        TRY(tell_next(transaction, run, random_id(context.random), context.clock()));
        left = member(run.script, "updates").size() - run.told;
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
        const Json& updates = member(run.script, "updates");
        const Json last = updates.is_array() && !updates.empty() ? updates.back() : Json::object();
        Json command = {{"outage", to_text(run.outage)}};
        command["body"] = {{"es", "El servicio volvió. Gracias por tu paciencia."},
                           {"en", "The service is back. Thank you for your patience."}};
        if (text_or(last, "state") == "resolved") copy(last, command, {"body"});
        const Said said{"outage.resolve", command, random_id(context.random), context.clock()};
        TRY(say(transaction, speaker_of(transaction, run.script, last), said));
        return ok();
    };
    TRY(context.store.write(job));
    return concat("resolved ", key, "\n");
}

}  // namespace ventanilla::admin
