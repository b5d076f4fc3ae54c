#include "server/admin/status_cli.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "server/admin/status_export.hpp"
#include "server/admin/status_figures.hpp"

namespace ventanilla::admin {
namespace {

struct StatusWords {
    std::string file;
    std::string folder;
    std::string key;
    ServeOptions options;
};

constexpr const char* kUptimeHelp =
    "Availability of a service over a window, in four figures: as shown, as agreed, strictly, and "
    "of the people's time.\n"
    "Reads one JSON object from standard input, or from --file, and prints one:\n"
    "  {\"window\": [\"2026-03-01T00:00:00Z\", \"2026-03-31T00:00:00Z\"],\n"
    "   \"events\": [{\"kind\": \"incident\"|\"maintenance\", \"impact\": "
    "\"major\"|\"partial\"|\"degraded\"|\"operational\",\n"
    "               \"from\": time, \"to\": time|null, \"expected\": impact, "
    "\"scheduled_until\": time, \"segments\": [names]}],\n"
    "   \"weights\": {\"major\": 1, \"partial\": 0.3, \"degraded\": 0},\n"
    "   \"service_hours\": {\"tz\": \"Europe/Madrid\", \"week\": [seven lists of {\"start\": "
    "\"09:00\", \"end\": \"18:00\"}, Monday first],\n"
    "                     \"holidays\": [\"2026-12-25\"], \"exceptions\": [{\"from\", \"to\", "
    "\"week\"}]} | null,\n"
    "   \"unknown\": [[from, to]], \"users\": n,\n"
    "   \"segments\": [{\"name\", \"users\": n, \"events\": [...]}]}\n"
    "docs/status.md defines each figure.";

constexpr const char* kTimesHelp =
    "How long it took to detect, acknowledge, publish, mitigate and restore: mean, p50, p90.\n"
    "Reads {\"window\": [from, to], \"incidents\": [{\"started\": time, \"detected\", "
    "\"acknowledged\", \"published\",\n"
    "\"mitigated\", \"resolved\", \"false_alarm\", \"merged\", \"backfilled\": true}]} and prints "
    "one "
    "JSON object.";

constexpr const char* kRecurrenceHelp =
    "When a maintenance that comes again will be, and which times a change of clocks touches.\n"
    "Reads {\"dtstart\": \"2026-10-18T02:00\", \"tz\": \"Europe/Madrid\", \"duration_min\": 120, "
    "\"rrule\": \"FREQ=WEEKLY\",\n"
    "\"rdate\": [], \"exdate\": [], \"overrides\": [{\"recurrence_id\", \"start\", "
    "\"duration_min\", \"cancelled\": true}],\n"
    "\"window\": [from, to]} (90 days from its start when left out) and prints one JSON object.";

}  // namespace

namespace {

void add_page_options(CLI::App& verb, ServeOptions& options) {
    verb.add_option("--name", options.name, "of the public status")->default_val("Ventanilla");
    verb.add_option("--public-url",
                    options.public_url,
                    "what links in feeds begin with; the address served when left out");
    verb.add_option("--time-zone", options.time_zone, "of times on the public status, IANA")
        ->default_val("UTC");
    verb.add_option("--public-lang", options.public_lang, "es or en: of /history.atom and /api/v2")
        ->default_val("es");
}

using Words = std::shared_ptr<StatusWords>;

void add_export(CLI::App& status, const Words& words, std::function<int()>& action, Finish finish) {
    CLI::App* verb = status.add_subcommand(
        "export", "write the public page, feeds and a signed snapshot for another host to serve");
    verb->add_option("folder", words->folder)->required();
    verb->add_option("--data", words->options.data)->default_val("data");
    add_page_options(*verb, words->options);
    verb->get_option("--public-url")->required();
    verb->callback([&action, words, finish] {
        action = [words, finish] {
            return finish(export_status(words->options, words->folder, auth::system_clock()));
        };
    });
}

void add_verify(CLI::App& status, const Words& words, std::function<int()>& action, Finish finish) {
    CLI::App* verb = status.add_subcommand(
        "verify", "say whether a snapshot is as it was signed, and how old it is");
    verb->add_option("file", words->file)->required();
    verb->add_option("--key", words->key, "public key; that of --data when left out");
    verb->add_option("--data", words->options.data)->default_val("data");
    verb->callback([&action, words, finish] {
        action = [words, finish] {
            return finish(verify_snapshot(
                words->file, words->key, words->options.data, auth::system_clock()));
        };
    });
    CLI::App* key = status.add_subcommand("key", "print the public key snapshots are signed with");
    key->add_option("--data", words->options.data)->default_val("data");
    key->callback([&action, words, finish] {
        action = [words, finish] { return finish(status_key(words->options.data)); };
    });
}

}  // namespace

void add_public_options(CLI::App& serve, ServeOptions& options) {
    serve.add_flag("!--no-public-status",
                   options.has_public_status,
                   "do not show outages that concern everybody to people who have not signed in");
    add_page_options(serve, options);
}

void add_status(CLI::App& app, std::function<int()>& action, Finish finish) {
    CLI::App* status = app.add_subcommand("status", "figures about outages")->require_subcommand(1);
    const auto words = std::make_shared<StatusWords>();
    add_export(*status, words, action, finish);
    add_verify(*status, words, action, finish);
    struct Figure {
        const char* name;
        const char* help;
        Result<std::string> (*run)(const std::string& text);
    };
    static constexpr Figure kFigures[] = {
        {"uptime", kUptimeHelp, uptime_figures},
        {"times", kTimesHelp, response_figures},
        {"recurrence", kRecurrenceHelp, recurrence_preview},
    };
    for (const Figure& figure : kFigures) {
        CLI::App* verb = status->add_subcommand(figure.name, figure.help);
        verb->add_option("--file", words->file, "the question; standard input when left out");
        verb->callback([&action, words, finish, run = figure.run] {
            action = [words, finish, run] {
                const Result<std::string> text = input_of(words->file);
                return finish(text ? run(*text) : text);
            };
        });
    }
}

}  // namespace ventanilla::admin
