#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "tests/recovery/gates.hpp"

// recovery_sim [--clients N] [--capacity UNITS_PER_S] [--scenario GATE|PART-OF-A-NAME] [--seeds N]
// [--first-seed N] [--curve FILE]: runs the gates in virtual time and prints the table. Exit code 1
// when a gate fails or a control passes.

namespace ventanilla::herd {
namespace {

struct Options {
    Size size;
    std::string scenario;
    int seeds = 3;
    std::uint64_t first_seed = 1;
    std::string curve;
};

bool is_wanted(const Gate& gate, const std::string& wanted) {
    return wanted.empty() || gate.name == wanted ||
           gate.scenario.name.find(wanted) != std::string::npos;
}

// All seeds of all gates, on as many threads as there are cores; each run is on its own.
std::vector<std::vector<Report>> run_all(const std::vector<Gate>& gates, const Options& options) {
    const auto seeds = static_cast<std::size_t>(options.seeds);
    std::vector<std::vector<Report>> reports(gates.size(), std::vector<Report>(seeds));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t job = next++; job < gates.size() * seeds; job = next++) {
            const std::size_t gate = job / seeds;
            const std::uint64_t seed = options.first_seed + job % seeds;
            reports[gate][job % seeds] = run(gates[gate].scenario, seed);
        }
    };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i)
        threads.emplace_back(work);
    for (std::thread& thread : threads)
        thread.join();
    return reports;
}

void print(const Row& row) {
    const char* verdict = row.passes ? "pass" : "FAIL";
    const char* sense = row.is_control == row.is_most ? ">" : "<=";
    if (!row.is_most) sense = ">=";
    std::printf("%-5s %-34s %-28s %2s %8.2f %12.2f  %s\n",
                row.gate.c_str(),
                row.scenario.c_str(),
                row.what.c_str(),
                sense,
                row.wanted,
                row.seen,
                verdict);
}

// Shares of clients done by each second, for whoever compares them with real ones.
bool write_curve(const std::string& file, const Report& report) {
    std::FILE* out = std::fopen(file.c_str(), "w");
    if (out == nullptr) return false;
    for (std::size_t second = 0; second < report.done_in_second.size(); ++second)
        std::fprintf(out, "%zu %.5f\n", second, report.done_in_second[second]);
    return std::fclose(out) == 0;
}

int simulate(const Options& options) {
    std::vector<Gate> wanted;
    for (Gate& gate : gates(options.size))
        if (is_wanted(gate, options.scenario)) wanted.push_back(std::move(gate));
    if (wanted.empty()) {
        std::fprintf(stderr, "recovery_sim: no gate is called %s\n", options.scenario.c_str());
        return 2;
    }
    const auto started = std::chrono::steady_clock::now();
    const auto reports = run_all(wanted, options);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("%d clients, %.0f units/s, %d seeds from %llu; the worst seed stands\n",
                options.size.clients,
                options.size.capacity,
                options.seeds,
                static_cast<unsigned long long>(options.first_seed));
    std::printf(
        "%-5s %-34s %-28s %2s %8s %12s\n", "gate", "scenario", "what", "", "wanted", "seen");
    int failed = 0;
    for (const Row& row : judge(wanted, reports)) {
        print(row);
        failed += row.passes ? 0 : 1;
    }
    const Report& first = reports[0][0];
    std::printf("T_min %.1f s, W %.1f s; %d failed; %.1f s\n",
                first.t_min_s,
                first.spread_s,
                failed,
                took.count());
    if (!options.curve.empty() && !write_curve(options.curve, first)) return 2;
    return failed == 0 ? 0 : 1;
}

bool parse(int argc, char** argv, Options& options) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const char* value = argv[i + 1];
        if (name == "--clients")
            options.size.clients = static_cast<int>(std::strtol(value, nullptr, 10));
        else if (name == "--capacity")
            options.size.capacity = std::strtod(value, nullptr);
        else if (name == "--scenario")
            options.scenario = value;
        else if (name == "--seeds")
            options.seeds = static_cast<int>(std::strtol(value, nullptr, 10));
        else if (name == "--first-seed")
            options.first_seed = std::strtoull(value, nullptr, 10);
        else if (name == "--curve")
            options.curve = value;
        else
            return false;
    }
    return argc % 2 == 1 && options.size.clients > 0 && options.size.capacity >= 1 &&
           options.seeds > 0;
}

}  // namespace
}  // namespace ventanilla::herd

int main(int argc, char** argv) {
    ventanilla::herd::Options options;
    if (!parse(argc, argv, options)) {
        std::fprintf(
            stderr,
            "recovery_sim [--clients N] [--capacity UNITS_PER_S] [--scenario GATE] [--seeds N]\n"
            "             [--first-seed N] [--curve FILE]\n");
        return 2;
    }
    return ventanilla::herd::simulate(options);
}
