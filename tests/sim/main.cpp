#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/run.hpp"
#include "tests/sim/zoo.hpp"

// sim [--seeds n] [--seed n] [--box seconds] [--bug NAME] [--zoo] [--verbose]

namespace {

using namespace ventanilla;
using namespace ventanilla::sim;

struct Options {
    std::uint64_t seeds = 200;
    std::uint64_t first = 1;
    std::uint64_t box_s = 0;  // 0: no limit
    bool is_single = false;
    bool is_zoo = false;
    bool is_verbose = false;
    Bug bug = Bug::None;
};

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool parse(const std::vector<std::string_view>& words, Options& options) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        const std::string_view next = i + 1 < words.size() ? words[i + 1] : std::string_view{};
        if (word == "--zoo") {
            options.is_zoo = true;
            continue;
        }
        if (word == "--verbose") {
            options.is_verbose = true;
            continue;
        }
        ++i;
        if (word == "--seeds") {
            options.seeds = number(next);
        } else if (word == "--first") {
            options.first = number(next);
        } else if (word == "--seed") {
            options.first = number(next);
            options.is_single = true;
        } else if (word == "--box") {
            options.box_s = number(next);
        } else if (word == "--bug") {
            options.bug = bug_of(next);
            if (options.bug == Bug::None) return false;
        } else {
            return false;
        }
    }
    return true;
}

void report(std::uint64_t seed, const RunResult& result) {
    std::printf("---- the last steps of seed %llu\n", static_cast<unsigned long long>(seed));
    for (const std::string& line : result.tail)
        std::printf("%s\n", line.c_str());
    std::printf("VIOLATED %s\n  replay: make sim SEED=%llu\n", result.violation.c_str(),
                static_cast<unsigned long long>(seed));
}

int run_many(const Options& options) {
    const auto began = std::chrono::steady_clock::now();
    const std::uint64_t count = options.is_single ? 1 : options.seeds;
    std::uint64_t steps = 0;
    std::uint64_t applied = 0;
    std::uint64_t rejected = 0;
    std::uint64_t done = 0;
    std::int64_t virtual_ms = 0;
    for (std::uint64_t seed = options.first; seed < options.first + count; ++seed) {
        const RunResult result = run_seed(seed, options.bug, options.is_verbose);
        if (!result.violation.empty()) {
            report(seed, result);
            return 1;
        }
        ++done;
        steps += result.steps;
        applied += result.applied;
        rejected += result.rejected;
        virtual_ms += result.virtual_ms;
        const auto spent = std::chrono::steady_clock::now() - began;
        if (options.box_s > 0 && spent > std::chrono::seconds(options.box_s)) break;
    }
    std::printf("sim: %llu seeds held: %llu steps, %.1f virtual hours, %llu commands applied, %llu rejected\n",
                static_cast<unsigned long long>(done), static_cast<unsigned long long>(steps),
                static_cast<double>(virtual_ms) / 3'600'000.0, static_cast<unsigned long long>(applied),
                static_cast<unsigned long long>(rejected));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    if (!parse({argv + 1, argv + argc}, options)) {
        std::fprintf(stderr, "sim [--seeds n] [--seed n] [--first n] [--box s] [--bug NAME] [--zoo]\n");
        return 2;
    }
    if (options.is_zoo) return run_zoo(options.first, options.seeds);
    return run_many(options);
}
