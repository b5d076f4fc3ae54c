#include "server/admin/demo_cli.hpp"

#include <cstdio>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>

#include "server/admin/control.hpp"
#include "server/admin/data_folder.hpp"
#include "server/admin/plays.hpp"
#include "server/auth/system.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::admin {
namespace {

struct DemoWords {
    std::string key;
    std::string data = "data";
    std::string demo = "assets/demo";
    double speed = 60;
};

PlayStage stage_of(const DemoWords& words, const RunAnywhere& run) {
    const auth::Clock clock = auth::monotonic_clock();
    PlayStage stage;
    stage.take = [&words, run](const Json& step) { return run(words.data, "demo.step", step); };
    stage.is_served = [&words] { return is_served(DataFolder{words.data}.socket_file()); };
    stage.now = clock;
    stage.wait_until = [clock](Instant at) {
        const Instant now = clock();
        if (at > now) std::this_thread::sleep_for(at - now);
    };
    stage.say = [](const std::string& line) {
        std::printf("%s\n", line.c_str());
        std::fflush(stdout);
    };
    return stage;
}

Result<std::string> play(const DemoWords& words, const RunAnywhere& run) {
    const Play play = TRY(read_play(words.demo, words.key));
    const PlayStage stage = stage_of(words, run);
    const std::int64_t minutes = play.steps.back().at_min - play.steps.front().at_min;
    stage.say(concat(play.key,
                     ": ",
                     play.title.en,
                     ", ",
                     minutes,
                     " minutes at ",
                     static_cast<std::int64_t>(words.speed),
                     " times their speed"));
    TRY(run_play(play, words.speed, stage));
    return concat(play.key, " is over\n");
}

}  // namespace

void add_demo(CLI::App& app,
              std::function<int()>& action,
              std::function<int(const Result<std::string>&)> finish,
              RunAnywhere run) {
    auto words = std::make_shared<DemoWords>();
    CLI::App* demo = app.add_subcommand("demo", "show the product at work")->require_subcommand(1);
    CLI::App* play_verb = demo->add_subcommand(
        "play", "replay a scripted day in the demo company, as its people would do it");
    play_verb->add_option("key", words->key, "O1 to O7")->required();
    play_verb->add_option("--speed", words->speed, "how many times faster than the day was")
        ->default_val(60)
        ->check(CLI::Range(1.0, 1e6));
    play_verb->add_option("--data", words->data, "data folder")->default_val("data");
    play_verb->add_option("--demo", words->demo, "folder of the demo")->default_val("assets/demo");
    play_verb->callback([words, &action, finish, run] {
        action = [words, finish, run] { return finish(play(*words, run)); };
    });
}

}  // namespace ventanilla::admin
