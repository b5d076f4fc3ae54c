#pragma once

#include <string>

#include "shared/base/result.hpp"
#include "tests/recovery/herd.hpp"

// A herd on real sockets: the real server in a process of its own, connected clients, SIGKILL in
// the middle of work, a restart, and everybody back with what waited. Tested by what the database
// holds afterwards.

namespace ventanilla::herd {

struct RealSize {
    int clients = 10'000;
    double capacity = 100;  // units a second the server believes in; 0: what is measured first
    int workers = 16;       // clients that write when the server is killed
};

struct RealReport {
    Report report;
    double capacity = 0;   // believed
    double measured = 0;   // commands a second that `workers` clients got through; 0: not measured
    double restart_s = 0;  // from the kill until the server answers again
    std::uint64_t commands = 0;         // all there ever were
    std::uint64_t accepted_before = 0;  // of them before the kill
    double probe_p99_ms = 0;            // a banner every 50 ms from the restart until all are done
    double probe_max_ms = 0;
    double memory_peak_mb = 0;  // of the restarted server
};

// Errors: Unavailable with what went wrong; the run then says nothing about the server.
Result<RealReport> run_real(const RealSize& size, std::uint64_t seed);

// The same in virtual time: the server is away as long as the real one was.
Report simulated(const RealSize& size, const RealReport& real, std::uint64_t seed);

}  // namespace ventanilla::herd
