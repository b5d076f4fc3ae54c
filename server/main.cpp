#include <cstdio>
#include <filesystem>
#include <functional>
#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "server/admin/control.hpp"
#include "server/admin/data_folder.hpp"
#include "server/admin/demo_cli.hpp"
#include "server/admin/files.hpp"
#include "server/admin/search_batch.hpp"
#include "server/admin/seed.hpp"
#include "server/admin/serve.hpp"
#include "server/admin/status_cli.hpp"
#include "server/admin/tasks.hpp"

// The command line. It reads words into options and says how things went; what is done is in
// server/admin.

namespace {

using namespace ventanilla;

// Exit codes: 0 done, 1 could not be done, 2 the command line makes no sense, 3 not while a server
// runs.
int exit_code(Errc code) {
    return code == Errc::Conflict ? 3 : 1;
}

int finish(const Result<std::string>& done) {
    if (done) {
        std::fputs(done->c_str(), stdout);
        return 0;
    }
    std::fprintf(stderr, "ventanilla: %s\n", done.error().detail.c_str());
    return exit_code(done.error().code);
}

// In the server that runs on `data`, or here when none does.
Result<std::string> run_anywhere(const std::string& data,
                                 const std::string& name,
                                 const Json& args) {
    const admin::DataFolder folder{data};
    if (std::filesystem::exists(folder.socket_file())) {
        Result<std::string> done = admin::ask_server(folder.socket_file(), name, args);
        if (done || done.error().code != Errc::NotFound ||
            done.error().detail.find("no server") != 0)
            return done;
    }
    const admin::FolderLock lock = TRY(admin::FolderLock::take(folder));
    auth::SystemRandom random;
    auth::Passwords passwords;
    auto store = TRY(admin::open_store(folder, store::SqliteMode::Inline, random));
    return admin::run_task({.store = *store,
                            .passwords = passwords,
                            .clock = auth::system_clock(),
                            .random = random,
                            .sign_out = {}},
                           name,
                           args);
}

std::string password_from_input() {
    if (isatty(STDIN_FILENO) != 0) std::fputs("New password: ", stderr);
    std::string password;
    std::getline(std::cin, password);
    return password;
}

struct Words {
    std::string data = "data";
    std::string folder;
    std::string source;
    std::string file;
    std::string key;
    std::string lang = "es";
    std::string login;
    std::string name;
    std::string site;
    std::vector<std::string> roles;
    std::vector<std::string> desks;
    bool asks_password = false;
    admin::ServeOptions serve;
    admin::SeedOptions seed;
};

using Action = std::function<int()>;

void add_serve(CLI::App& app, Words& words, Action& action) {
    CLI::App* serve = app.add_subcommand("serve", "serve the portal and its API");
    serve->add_option("--data", words.serve.data, "data folder")->default_val("data");
    serve->add_option("--site", words.serve.site, "folder with the built portal");
    serve->add_option("--port", words.serve.http.port)->default_val(8080);
    serve->add_option("--address", words.serve.http.address)->default_val("127.0.0.1");
    serve->add_option("--tls-cert", words.serve.http.tls_certificate, "certificate chain, PEM");
    serve->add_option("--tls-key", words.serve.http.tls_key, "private key, PEM");
    serve->add_flag("--behind-proxy", words.serve.http.is_behind_proxy, "a trusted proxy ends TLS");
    admin::add_public_options(*serve, words.serve);
    serve->callback([&] {
        action = [&] {
            const Status done = admin::serve(words.serve);
            return done ? 0 : finish(done.error());
        };
    });
}

void add_data_verbs(CLI::App& app, Words& words, Action& action) {
    CLI::App* seed = app.add_subcommand("seed", "fill a data folder with the demo company");
    seed->add_option("--data", words.seed.data)->default_val("data");
    seed->add_option("--demo", words.seed.demo, "folder of the demo")->default_val("assets/demo");
    seed->add_flag("--with-outages", words.seed.with_outages, "publish the scripted outage O1 too");
    seed->callback([&] { action = [&] { return finish(admin::seed(words.seed)); }; });

    CLI::App* backup =
        app.add_subcommand("backup", "copy the store to a file, also while a server runs");
    backup->add_option("file", words.file)->required();
    backup->add_option("--data", words.data)->default_val("data");
    backup->callback(
        [&] { action = [&] { return finish(admin::backup(words.data, words.file)); }; });

    CLI::App* restore =
        app.add_subcommand("restore", "put a backup in place and begin a new history");
    restore->add_option("file", words.file)->required();
    restore->add_option("--data", words.data)->default_val("data");
    restore->callback(
        [&] { action = [&] { return finish(admin::restore(words.data, words.file)); }; });

    CLI::App* doctor =
        app.add_subcommand("doctor", "say what is right and wrong with a data folder");
    doctor->add_option("--data", words.data)->default_val("data");
    doctor->callback([&] { action = [&] { return finish(admin::doctor(words.data)); }; });
}

int import_kb(const Words& words) {
    const std::string folder = std::filesystem::absolute(words.folder).string();
    Json args = {{"folder", folder}, {"lang", words.lang}};
    if (!words.source.empty()) args["source"] = words.source;
    return finish(run_anywhere(words.data, "kb.import", args));
}

int export_kb(const Words& words) {
    const std::string folder = std::filesystem::absolute(words.folder).string();
    return finish(run_anywhere(words.data, "kb.export", {{"folder", folder}}));
}

void add_kb(CLI::App& app, Words& words, Action& action) {
    CLI::App* kb = app.add_subcommand("kb", "the knowledge base")->require_subcommand(1);
    // Not called `import`: clang-format takes that for a module's declaration.
    CLI::App* import_verb = kb->add_subcommand("import", "make articles of a folder of Markdown");
    import_verb->add_option("folder", words.folder, "of Markdown pages, also an export")
        ->required();
    import_verb->add_option("--data", words.data, "data folder")->default_val("data");
    import_verb->add_option("--lang", words.lang, "of pages that do not say")->default_val("en");
    import_verb->add_option(
        "--source", words.source, "name that stays when the folder moves; else its path is it");
    import_verb->callback([&] { action = [&] { return import_kb(words); }; });
    CLI::App* export_verb = kb->add_subcommand(
        "export", "write all articles as Markdown, in the shape that import reads");
    export_verb->add_option("folder", words.folder, "new, empty, or an earlier export")->required();
    export_verb->add_option("--data", words.data, "data folder")->default_val("data");
    export_verb->callback([&] { action = [&] { return export_kb(words); }; });
    CLI::App* count = kb->add_subcommand(
        "count", "count now what has helped and what is missing; a server does every 10 minutes");
    count->add_option("--data", words.data, "data folder")->default_val("data");
    count->callback([&] {
        action = [&] { return finish(run_anywhere(words.data, "kb.count", Json::object())); };
    });
    admin::add_search_batch(*kb, action, finish);
}

// The words of an outage that is in no script, as a script of one.
struct OutageWords {
    std::string key;
    std::string title_es, title_en, impact_es, impact_en, workaround_es, workaround_en, body_es,
        body_en;
    std::vector<std::string> services, sites;
    std::string degree = "partial";
    std::string contact, phone, mail;
    std::int64_t next_update_minutes = 30;
    std::int64_t eta_minutes = 0;
};

Json in_two_languages(const std::string& es, const std::string& en) {
    Json text = Json::object();
    if (!es.empty()) text["es"] = es;
    if (!en.empty()) text["en"] = en;
    return text;
}

// "Diego Paz, ext. 4410": what stands behind the comma is how to reach them, if nothing else does.
Json contact_of(const OutageWords& words) {
    Json contact = {{"name", words.contact}, {"phone", words.phone}, {"mail", words.mail}};
    const std::size_t comma = words.contact.rfind(", ");
    if (words.phone.empty() && words.mail.empty() && comma != std::string::npos) {
        contact["name"] = words.contact.substr(0, comma);
        contact["phone"] = words.contact.substr(comma + 2);
    }
    return contact;
}

Json outage_args(const OutageWords& words) {
    if (!words.key.empty()) return {{"key", words.key}};
    Json snapshot = Json::array();
    for (const std::string& service : words.services)
        snapshot.push_back({{"service", service}, {"impact", words.degree}});
    const Json impact = in_two_languages(words.impact_es, words.impact_en);
    const Json body = in_two_languages(words.body_es, words.body_en);
    Json update = {{"at_min", 0},
                   {"state", "investigating"},
                   {"body", body.empty() ? impact : body},
                   {"snapshot", snapshot},
                   {"next_update_min", words.next_update_minutes}};
    if (words.eta_minutes > 0) update["eta_high_min"] = words.eta_minutes;
    Json args = {{"title", in_two_languages(words.title_es, words.title_en)},
                 {"impact", impact},
                 {"contact", contact_of(words)},
                 {"started_min", 0},
                 {"updates", Json::array({update})}};
    args["audience"] =
        words.sites.empty() ? Json{{"everybody", true}} : Json{{"sites", words.sites}};
    const Json workaround = in_two_languages(words.workaround_es, words.workaround_en);
    if (!workaround.empty()) args["workaround"] = workaround;
    return args;
}

void add_publish(CLI::App& outage, Words& words, OutageWords& one, Action& action) {
    CLI::App* publish =
        outage.add_subcommand("publish", "a scripted outage by its key, or one in your words");
    publish->add_option("key", one.key, "O1, O2, … of the demo");
    publish->add_option("--title-es", one.title_es);
    publish->add_option("--title-en", one.title_en);
    publish->add_option("--impact-es", one.impact_es, "what people cannot do, in one sentence");
    publish->add_option("--impact-en", one.impact_en);
    publish->add_option("--workaround-es", one.workaround_es);
    publish->add_option("--workaround-en", one.workaround_en);
    publish->add_option("--body-es", one.body_es, "the first update; the impact when left out");
    publish->add_option("--body-en", one.body_en);
    publish->add_option("--service", one.services, "key of a service; may be repeated");
    publish->add_option("--degree", one.degree, "degraded, partial or major")
        ->default_val("partial");
    publish->add_option("--site", one.sites, "key of a site; everybody when left out");
    publish->add_option("--contact", one.contact, "who to ask");
    publish->add_option("--phone", one.phone);
    publish->add_option("--mail", one.mail);
    publish->add_option("--next-update-minutes", one.next_update_minutes)->default_val(30);
    publish->add_option("--eta-minutes", one.eta_minutes);
    publish->add_option("--data", words.data)->default_val("data");
    publish->callback([&] {
        action = [&] {
            return finish(run_anywhere(words.data, "outage.publish", outage_args(one)));
        };
    });
}

void add_outage(CLI::App& app, Words& words, OutageWords& one, Action& action) {
    CLI::App* outage =
        app.add_subcommand("outage", "tell people what is broken")->require_subcommand(1);
    add_publish(*outage, words, one, action);
    for (const char* verb : {"update", "resolve"}) {
        CLI::App* next = outage->add_subcommand(verb);
        next->add_option("key", words.key, "its key in the demo, or what publish printed")
            ->required();
        next->add_option("--data", words.data)->default_val("data");
        next->callback([&words, &action, verb] {
            action = [&words, verb] {
                return finish(
                    run_anywhere(words.data, std::string("outage.") + verb, {{"key", words.key}}));
            };
        });
    }
}

void add_user(CLI::App& app, Words& words, Action& action) {
    CLI::App* user = app.add_subcommand("user", "people")->require_subcommand(1);
    CLI::App* add =
        user->add_subcommand("add", "add somebody; prints a password unless one is piped in");
    add->add_option("login", words.login)->required();
    add->add_option("--name", words.name);
    add->add_option("--role", words.roles, "agent, manager, admin, …");
    add->add_option("--desk", words.desks, "it, hr, facilities, finance");
    add->add_option("--site", words.site, "key of a site");
    add->add_option("--lang", words.lang)->default_val("es");
    add->add_flag("--password-stdin", words.asks_password, "read the password from standard input");
    add->add_option("--data", words.data)->default_val("data");
    add->callback([&] {
        action = [&] {
            Json args = {{"login", words.login},
                         {"roles", words.roles},
                         {"desks", words.desks},
                         {"site", words.site},
                         {"lang", words.lang}};
            if (!words.name.empty()) args["name"] = words.name;
            if (words.asks_password) args["password"] = password_from_input();
            return finish(run_anywhere(words.data, "user.add", args));
        };
    });
    CLI::App* list = user->add_subcommand("list", "who is there");
    list->add_option("--data", words.data)->default_val("data");
    list->callback([&] {
        action = [&] { return finish(run_anywhere(words.data, "user.list", Json::object())); };
    });
    CLI::App* password =
        user->add_subcommand("password", "a new password; ends the person's sessions");
    password->add_option("login", words.login)->required();
    password->add_flag("--password-stdin", words.asks_password, "read it from standard input");
    password->add_option("--data", words.data)->default_val("data");
    password->callback([&] {
        action = [&] {
            Json args = {{"login", words.login}};
            if (words.asks_password) args["password"] = password_from_input();
            return finish(run_anywhere(words.data, "user.password", args));
        };
    });
}

// 0 when the words make sense or help was asked for.
int parse(CLI::App& app, int argc, char** argv) {
    CLI11_PARSE(app, argc, argv);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Ventanilla: the service desk that works while the service desk is down"};
    app.require_subcommand(1);
    Words words;
    Action action;
    add_serve(app, words, action);
    add_data_verbs(app, words, action);
    add_kb(app, words, action);
    OutageWords outage_words;
    add_outage(app, words, outage_words, action);
    add_user(app, words, action);
    admin::add_demo(app, action, finish, run_anywhere);
    admin::add_status(app, action, finish);
    const int code = parse(app, argc, argv);
    if (code != 0) return 2;
    return action ? action() : 0;  // none when help was asked for
}
