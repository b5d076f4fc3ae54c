#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/resource.h>

#include "tests/recovery/real_run.hpp"

// recovery_real [--clients N] [--capacity UNITS_PER_S|measured] [--seed N] [--judge all|counts]:
// kills a real server under real connections and measures how everybody comes back, beside the
// simulated curve of the same size. Exit code 1 when something was lost, duplicated or out of
// order, or (unless only counts are judged) when the curve is further away than allowed; 2 when
// nothing could be measured.

namespace ventanilla::herd {
namespace {

constexpr double kDeviationMost = 0.15;
constexpr int kSimulatedSeeds = 5;
constexpr int kCurveRows = 16;
constexpr std::size_t kFilesBeside = 200;  // what a process has open besides its connections

struct Options {
    RealSize size;
    bool is_capacity_given = false;
    std::uint64_t seed = 1;
    bool is_curve_judged = true;
};

bool parse(int argc, char** argv, Options& options) {
    for (int i = 1; i + 1 < argc; i += 2) {
        const std::string name = argv[i];
        const std::string value = argv[i + 1];
        if (name == "--clients") {
            options.size.clients = static_cast<int>(std::strtol(value.c_str(), nullptr, 10));
        } else if (name == "--capacity") {
            options.is_capacity_given = true;
            options.size.capacity =
                value == "measured" ? 0 : std::max(1.0, std::strtod(value.c_str(), nullptr));
        } else if (name == "--seed") {
            options.seed = std::strtoull(value.c_str(), nullptr, 10);
        } else if (name == "--judge" && (value == "all" || value == "counts")) {
            options.is_curve_judged = value == "all";
        } else {
            return false;
        }
    }
    if (!options.is_capacity_given) options.size.capacity = std::max(1, options.size.clients / 100);
    return argc % 2 == 1 && options.size.clients > options.size.workers;
}

// Takes what the system gives; false when that is too little for a connection a client.
bool raise_file_limit(int clients) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur >= static_cast<rlim_t>(clients) + kFilesBeside;
}

// The same curve from several seeds, as one with all their commands.
Report simulate(const Options& options, const RealReport& real) {
    Report merged;
    for (int i = 0; i < kSimulatedSeeds; ++i) {
        Report one = simulated(options.size, real, options.seed + static_cast<std::uint64_t>(i));
        std::vector<double> times = std::move(merged.acknowledged_s);
        times.insert(times.end(), one.acknowledged_s.begin(), one.acknowledged_s.end());
        if (i == 0) merged = std::move(one);
        merged.acknowledged_s = std::move(times);
    }
    std::sort(merged.acknowledged_s.begin(), merged.acknowledged_s.end());
    return merged;
}

double per_second(const std::vector<double>& times, double from, double to) {
    const auto count = std::lower_bound(times.begin(), times.end(), to) -
                       std::lower_bound(times.begin(), times.end(), from);
    return static_cast<double>(count) / (to - from);
}

void print_curve(const Report& real, const Report& simulated) {
    const double end = std::max(percentile(real.acknowledged_s, 0.999),
                                percentile(simulated.acknowledged_s, 0.999));
    const double step = std::max(1.0, std::ceil(end / kCurveRows));
    std::printf("\n%-12s %16s %16s\n", "seconds", "commands/s", "simulated");
    for (double from = 0; from < end; from += step)
        std::printf("%4.0f to %-4.0f %16.1f %16.1f\n",
                    from,
                    from + step,
                    per_second(real.acknowledged_s, from, from + step),
                    per_second(simulated.acknowledged_s, from, from + step) / kSimulatedSeeds);
}

struct Deviation {
    double share = 0;  // of all commands
    double real_s = 0, simulated_s = 0;
    [[nodiscard]] double relative() const {
        return std::abs(real_s - simulated_s) / std::max(0.001, simulated_s);
    }
};

// The worst of when each twentieth of the commands, and 99 % of them, were through.
Deviation deviation(const Report& real, const Report& simulated) {
    Deviation worst;
    for (int twentieth = 1; twentieth <= 20; ++twentieth) {
        const double share = twentieth == 20 ? 0.99 : twentieth / 20.0;
        const Deviation here{share,
                             percentile(real.acknowledged_s, share),
                             percentile(simulated.acknowledged_s, share)};
        if (here.relative() >= worst.relative()) worst = here;
    }
    return worst;
}

void line(const char* what, double real, double simulated) {
    std::printf("%-40s %12.2f %12.2f\n", what, real, simulated);
}

void print(const RealReport& real, const Report& simulated) {
    const Report& seen = real.report;
    std::printf("%-40s %12s %12s\n", "", "real", "simulated");
    line("spread W, s", seen.spread_s, simulated.spread_s);
    line("half of the commands through, s",
         percentile(seen.acknowledged_s, 0.5),
         percentile(simulated.acknowledged_s, 0.5));
    line("clients done, p99, s", seen.done_p99_s, simulated.done_p99_s);
    line("clients done, last, s", seen.done_last_s, simulated.done_last_s);
    line("banner after the kill, p99, s", seen.banner_p99_s, simulated.banner_p99_s);
    line("attempts per command", seen.attempts_per_op, simulated.attempts_per_op);
    line("refusals", static_cast<double>(seen.refusals), static_cast<double>(simulated.refusals));
    line("silences", static_cast<double>(seen.timeouts), static_cast<double>(simulated.timeouts));
    std::printf(
        "%-40s %12.2f\n", "banner, from asking to reading, p99, ms", seen.banner_wait_p99_ms);
    std::printf("%-40s %12.2f\n", "banner asked every 50 ms, p99, ms", real.probe_p99_ms);
    std::printf("%-40s %12.2f\n", "banner asked every 50 ms, worst, ms", real.probe_max_ms);
    std::printf("%-40s %12.2f\n", "memory of the server, at most, MB", real.memory_peak_mb);
}

int judge(const Options& options, const RealReport& real, const Report& simulated) {
    const Report& seen = real.report;
    const bool counts_hold = seen.lost == 0 && seen.duplicated == 0 && seen.out_of_order == 0;
    std::printf(
        "\n%llu commands, %llu of them accepted before the kill: %llu lost, %llu duplicated, "
        "%llu out of order\n",
        static_cast<unsigned long long>(real.commands),
        static_cast<unsigned long long>(real.accepted_before),
        static_cast<unsigned long long>(seen.lost),
        static_cast<unsigned long long>(seen.duplicated),
        static_cast<unsigned long long>(seen.out_of_order));
    const Deviation worst = deviation(seen, simulated);
    const bool curve_holds = worst.relative() <= kDeviationMost;
    std::printf(
        "furthest from the simulated curve: %.0f %% of the commands through after %.1f s "
        "instead of %.1f s, %.1f %% away (at most %.0f %%)%s\n",
        worst.share * 100,
        worst.real_s,
        worst.simulated_s,
        worst.relative() * 100,
        kDeviationMost * 100,
        options.is_curve_judged ? "" : ", not judged");
    const bool holds = counts_hold && (curve_holds || !options.is_curve_judged);
    std::printf("%s\n", holds ? "pass" : "FAIL");
    return holds ? 0 : 1;
}

int measure(const Options& options) {
    if (!raise_file_limit(options.size.clients)) {
        std::fprintf(stderr,
                     "recovery_real: %d clients need %zu open files in each of two processes; "
                     "raise the limit (ulimit -Hn) or ask for fewer\n",
                     options.size.clients,
                     static_cast<std::size_t>(options.size.clients) + kFilesBeside);
        return 2;
    }
    const Result<RealReport> real = run_real(options.size, options.seed);
    if (!real) {
        std::fprintf(stderr, "recovery_real: %s\n", real.error().detail.c_str());
        return 2;
    }
    std::printf(
        "%d clients, a server that believes in %.0f units/s", options.size.clients, real->capacity);
    if (real->measured > 0) std::printf(" (measured just before)");
    std::printf(", killed, back after %.2f s\n", real->restart_s);
    const Report simulated = simulate(options, *real);
    print(*real, simulated);
    print_curve(real->report, simulated);
    return judge(options, *real, simulated);
}

}  // namespace
}  // namespace ventanilla::herd

int main(int argc, char** argv) {
    ventanilla::herd::Options options;
    if (!ventanilla::herd::parse(argc, argv, options)) {
        std::fprintf(stderr,
                     "recovery_real [--clients N] [--capacity UNITS_PER_S|measured] [--seed N]\n"
                     "              [--judge all|counts]\n");
        return 2;
    }
    return ventanilla::herd::measure(options);
}
