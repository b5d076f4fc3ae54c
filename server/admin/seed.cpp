#include "server/admin/seed.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "server/admin/data_folder.hpp"
#include "server/admin/outages.hpp"
#include "server/admin/tasks.hpp"
#include "server/store/accounts.hpp"
#include "server/store/changes.hpp"
#include "server/store/push.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/person.hpp"

namespace ventanilla::admin {
namespace {

using domain::Row;
using domain::RowRef;
using domain::RowType;
using store::Transaction;

constexpr std::int64_t kHour = 3'600'000;
constexpr const char* kFirstOutage = "O1";

// The JSON of a demo file; null when it is not there.
Result<Json> read_demo(const SeedOptions& options, const std::string& name) {
    const std::string path = options.demo + "/" + name;
    std::ifstream file(path, std::ios::binary);
    if (!file) return Json{};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    Result<Json> json = parse_json(text);
    if (!json) return invalid(concat(path, ": ", json.error().detail));
    return json;
}

Error in_file(const std::string& file, const std::string& key, const Error& error) {
    return invalid(concat(file, ", ", key, ": ", error.detail, " ", error.field));
}

// Replaces the key under `name` by the id it stands for; an id stays.
void resolve_key(Json& body, const char* name, RowType kind) {
    const std::string key = text_or(body, name);
    if (!key.empty() && !parse_id(key)) body[name] = to_text(domain::id_of_key(kind, key));
}

struct Seeding {
    Transaction& transaction;
    Instant now;
    std::string password_hash;
    std::size_t written = 0;
    std::vector<domain::User> people;
};

template <class Value>
Status put_each(Seeding& seeding,
                const Json& list,
                RowType type,
                const char* file,
                Result<Value> (*read)(const Row&)) {
    if (!list.is_array()) return ok();
    for (const Json& one : list) {
        const std::string key = text_or(one, "key");
        const RowRef ref{type, domain::id_of_key(type, key)};
        Json body = one;
        resolve_key(body, "service", RowType::Service);
        resolve_key(body, "category", RowType::Category);
        const Result<Value> value = read(Row{ref, 1, std::move(body)});
        if (!value) return in_file(file, key, value.error());
        const bool is_new = store::put_own_row(seeding.transaction,
                                               ref,
                                               domain::to_json(*value),
                                               {domain::Audience{domain::kEverybody}},
                                               seeding.now);
        seeding.written += is_new ? 1 : 0;
    }
    return ok();
}

// Roles by their names, as a person writes them; rows hold them as bits.
Status resolve_roles(Json& body) {
    if (!member(body, "roles").is_array()) return ok();
    domain::Roles roles{domain::Role::Requester};
    for (const Json& name : body["roles"]) {
        const auto role = name.is_string() ? domain::role(name.get<std::string>()) : std::nullopt;
        if (!role) return invalid("there is no role " + name.dump(), "roles");
        roles.add(*role);
    }
    domain::User with_roles;
    with_roles.roles = roles;
    body["roles"] = domain::to_json(with_roles)["roles"];
    return ok();
}

Status put_people(Seeding& seeding, const Json& list) {
    if (!list.is_array()) return ok();
    for (const Json& one : list) {
        const std::string login = text_or(one, "login");
        const Id id = domain::id_of_key(RowType::User, login);
        Json body = one;
        resolve_key(body, "site", RowType::Site);
        if (has(body, "name") && !has(body, "display_name")) body["display_name"] = body["name"];
        const Status roles = resolve_roles(body);
        if (!roles) return in_file("company.json", login, roles.error());
        const Result<domain::User> user =
            domain::user_from(Row{{RowType::User, id}, 1, std::move(body)});
        if (!user) return in_file("company.json", login, user.error());
        const bool is_known = seeding.transaction.credential(id).has_value();
        const std::string hash = is_known ? std::string{} : seeding.password_hash;
        TRY(store::put_account(seeding.transaction, *user, hash, seeding.now));
        seeding.people.push_back(*user);
    }
    return ok();
}

Status put_company(Seeding& seeding, const Json& company) {
    const std::string name = has(company, "name") && company["name"].is_object()
                                 ? text_or(company["name"], "es")
                                 : text_or(company, "name");
    if (!name.empty()) seeding.transaction.put_setting(store::kCompanyKey, name);
    TRY(put_each(
        seeding, member(company, "sites"), RowType::Site, "company.json", domain::site_from));
    TRY(put_each(seeding,
                 member(company, "services"),
                 RowType::Service,
                 "company.json",
                 domain::service_from));
    const char* people = has(company, "people") ? "people" : "users";
    return put_people(seeding, member(company, people));
}

Status put_catalogue(Seeding& seeding, const Json& catalogue) {
    TRY(put_each(seeding,
                 member(catalogue, "categories"),
                 RowType::Category,
                 "catalogue.json",
                 domain::category_from));
    return put_each(seeding,
                    member(catalogue, "items"),
                    RowType::CatalogItem,
                    "catalogue.json",
                    domain::catalog_item_from);
}

// One step of a past conversation, as the person whose it was, at the time it was.
Result<Id> take_step(Transaction& transaction,
                     const Json& step,
                     const std::string& type,
                     const Json& args,
                     const Id& seed,
                     Instant now) {
    const std::string login = text_or(step, "as");
    const Instant at = now - Millis{int_or(step, "hours_ago") * kHour};
    const auto user = transaction.user_of_login(login);
    if (!user) return invalid("there is nobody called " + login);
    const commands::Actor actor = TRY(store::actor_of(transaction, *user));
    commands::Command command;
    command.cmd_id = seed;
    command.type = type;
    command.args = args;
    command.created.wall = at;
    const store::PushContext context{
        .user = *user, .device = {}, .now = at, .clock = {}, .on_bug = {}};
    const sync::CommandResult result = store::push_as(transaction, command, actor, context);
    if (result.status == sync::ResultStatus::Applied) return result.entity;
    std::string why = concat(type, " by ", login, ": ", result.message);
    for (const commands::FieldError& field : result.fields)
        why += concat("; ", field.field, ": ", field.message);
    return invalid(why);
}

Status put_request(Transaction& transaction, const Json& told, std::size_t number, Instant now) {
    const auto seed = [number](std::size_t step) {
        return derived_id("demo_step", concat("request:", number, ":", step));
    };
    if (transaction.receipt(seed(0))) return ok();  // told already
    Json args = {{"item", text_or(told, "item")},
                 {"form_version", int_or(told, "form_version", 1)},
                 {"answers", member(told, "answers")},
                 {"lang", text_or(told, "lang", "es")}};
    const Id request = TRY(take_step(transaction, told, "request.submit", args, seed(0), now));
    const Json& steps = member(told, "steps");
    if (!steps.is_array()) return ok();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        Json step_args = has(steps[i], "args") ? steps[i]["args"] : Json::object();
        step_args["request"] = to_text(request);
        TRY(take_step(transaction, steps[i], text_or(steps[i], "do"), step_args, seed(i + 1), now));
    }
    return ok();
}

Status put_requests(Transaction& transaction, const Json& requests, Instant now) {
    if (!requests.is_array()) return ok();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const Status done = put_request(transaction, requests[i], i, now);
        if (!done) return in_file("requests.json", concat("number ", i + 1), done.error());
    }
    return ok();
}

// What happened already; the first script waits for `ventanilla outage publish`. A script the rules
// object to is left out and named, the others stand.
std::string put_outages(const TaskContext& context,
                        Transaction& transaction,
                        const Json& scripts,
                        Instant now) {
    std::string left_out;
    if (!scripts.is_array()) return left_out;
    for (const Json& script : scripts) {
        if (text_or(script, "key") == kFirstOutage) continue;
        transaction.attempt([&] {
            const Status told = tell_outage(context, transaction, script, now);
            if (!told) left_out += concat("left out: ", told.error().detail, "\n");
            return told.has_value();
        });
    }
    return left_out;
}

// Those the demo wants shown, or everybody.
bool is_shown(const domain::User& user, const Json& shown) {
    return !shown.is_array() ||
           std::find(shown.begin(), shown.end(), Json(user.login)) != shown.end();
}

std::string sign_ins_of(const std::vector<domain::User>& people, const Json& shown) {
    std::string table = concat("Sign in as (password ", std::string_view{kDemoPassword}, "):\n");
    for (const domain::User& user : people) {
        if (!is_shown(user, shown)) continue;
        std::string roles = "requester";
        if (user.roles.has(domain::Role::Agent)) roles = "agent";
        if (user.roles.has(domain::Role::Spokesperson)) roles += ", spokesperson";
        if (user.roles.has(domain::Role::Manager)) roles += ", manager";
        if (user.roles.has(domain::Role::Admin)) roles += ", administrator";
        std::string line = "  " + user.login;
        line.resize(std::max<std::size_t>(line.size() + 1, 24), ' ');
        table += concat(line, user.display_name, " (", roles, ")\n");
    }
    return table;
}

struct DemoFiles {
    Json company;
    Json catalogue;
    Json outages;
    Json requests;
};

Result<DemoFiles> read_files(const SeedOptions& options) {
    DemoFiles files;
    files.company = TRY(read_demo(options, "company.json"));
    files.catalogue = TRY(read_demo(options, "catalogue.json"));
    files.outages = TRY(read_demo(options, "outages.json"));
    files.requests = TRY(read_demo(options, "requests.json"));
    if (files.company.is_null())
        return Error{Errc::NotFound, concat("there is no demo in ", options.demo), {}};
    if (files.outages.is_object()) files.outages = member(files.outages, "outages");
    return files;
}

Result<std::string> import_articles(const TaskContext& context, const std::string& demo) {
    const std::string folder = demo + "/articles";
    if (!std::filesystem::is_directory(folder)) return std::string{};
    const Result<std::string> report =
        import_kb(context, {{"folder", folder}, {"source", "demo"}, {"lang", "es"}});
    if (report || report.error().detail.find("there is no Markdown") == 0)
        return report.value_or({});
    return report.error();
}

}  // namespace

Result<std::string> seed(const SeedOptions& options) {
    const DataFolder folder{options.data};
    const FolderLock lock = TRY(FolderLock::take(folder));
    const DemoFiles files = TRY(read_files(options));
    auth::SystemRandom random;
    auth::Passwords passwords;
    const auth::Clock clock = auth::system_clock();
    auto store = TRY(open_store(folder, store::SqliteMode::Inline, random));
    const std::string hash = TRY(passwords.hash(kDemoPassword));
    const TaskContext context{
        .store = *store, .passwords = passwords, .clock = clock, .random = random, .sign_out = {}};

    std::string left_out;
    const auto job = [&](Transaction& transaction) -> Status {
        Seeding seeding{transaction, clock(), hash, 0, {}};
        TRY(put_company(seeding, files.company));
        TRY(put_catalogue(seeding, files.catalogue));
        if (files.outages.is_array())
            transaction.put_setting(kScriptsKey, dump_json(files.outages));
        TRY(put_requests(transaction, files.requests, seeding.now));
        left_out = put_outages(context, transaction, files.outages, seeding.now);
        // Said by each `serve`, so not by this.
        const Json& shown = member(files.company, "sign_in_shown");
        transaction.put_setting(kSignInsKey, sign_ins_of(seeding.people, shown));
        return ok();
    };
    TRY(store->write(job));
    const std::string articles = TRY(import_articles(context, options.demo));
    if (options.with_outages) TRY(publish_outage(context, {{"key", kFirstOutage}}));
    return concat("The demo company is in ", options.data, "\n", articles, left_out);
}

}  // namespace ventanilla::admin
