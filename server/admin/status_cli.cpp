#include "server/admin/status_cli.hpp"

#include <memory>

#include <CLI/CLI.hpp>

#include "server/admin/status_figures.hpp"

namespace ventanilla::admin {
namespace {

struct StatusWords {
    std::string file;
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

void add_status(CLI::App& app, std::function<int()>& action, Finish finish) {
    CLI::App* status = app.add_subcommand("status", "figures about outages")->require_subcommand(1);
    const auto words = std::make_shared<StatusWords>();
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
