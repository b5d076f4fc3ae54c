#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/time.hpp"

// A whole organisation coming back after an outage, in virtual time: the product's own Pacer in
// every client, its own Admission at the door of a server whose work is a queue and a speed. What
// is simulated is the network, the server's machine and the people; nothing of the protocol.
// Source: outage.md 3.7.

namespace ventanilla::herd {

// How a client behaves.
enum class Manners : std::uint8_t {
    Ours,       // the Pacer
    NoSpread,   // the Pacer, but everybody comes at once
    FixedRetry  // straight to work, and again every 5 s: what most software does
};

struct Span {
    double from_s = 0;
    double to_s = 0;
    [[nodiscard]] bool holds(double s) const { return s >= from_s && s < to_s; }
};

struct Scenario {
    std::string name;
    int clients = 100'000;
    double capacity = 1'000;  // units a second
    Manners manners = Manners::Ours;
    double legacy = 0;      // share of clients with FixedRetry
    double believed = 1;    // what the server thinks it can do, as a multiple
    double ack_loss = 0;    // share of answers to work that never arrive
    double no_show = 0;     // share of turns that nobody comes to; they return 30 to 90 s later
    double duplicates = 0;  // share of requests delivered twice
    double latency_ms_max = 25;
    double online_within_s = 0.5;  // how long it takes until all have the network back
    double tab_kill = 0;  // share of pushes whose tab dies before the answer
    double two_tabs = 0;  // share of people whose outbox is sent by two tabs at once
    int crashes_after_commit = 0;
    Span slow;                 // capacity is 40 % meanwhile
    Span down;                 // killed, and back with nothing but its disk
    double horizon_s = 3'600;  // who is not done by then never will be
    bool has_lanes = true;     // banners first, refusals next, work last; otherwise one line
    bool has_receipts = true;  // commands are applied once
};

struct Report {
    double t_min_s = 0;       // all work at full speed
    double spread_s = 0;      // W
    double offered_peak = 0;  // units in the worst second, as a multiple of the capacity
    double admitted_peak = 0;
    double contacts_peak =
        0;  // banners asked for in the worst second, as a multiple of clients / W
    double attempts_per_op = 0;
    double done_p99_s = 0;  // of clients with our manners; everything read and acknowledged
    double done_last_s = 0;
    double banner_p99_s = 0;
    double banner_max_s = 0;
    double banner_wait_p99_ms = 0;  // from asking to reading; of real sockets only
    std::uint64_t lost = 0;         // commands never applied, or never acknowledged
    std::uint64_t duplicated = 0;   // applied more than once
    std::uint64_t out_of_order = 0;
    std::uint64_t refusals = 0;
    std::uint64_t timeouts = 0;
    std::uint64_t tickets_kept = 0;      // given before a crash, good after it
    std::uint64_t tickets_refused = 0;   // taken for no ticket although we gave it
    std::vector<double> done_in_second;  // clients done by each second, as a share: the curve
    std::vector<double> acknowledged_s;  // when each command was, ascending
};

// Fills what `report` says about how long it took everybody, in seconds; 1e9 for who never was.
void add_times(Report& report, std::vector<double> done, std::vector<double> banner);

double percentile(std::vector<double> values, double part);  // 0 when there are none

// The same seed gives the same report. Cost: about 0.5 s for 100,000 clients.
Report run(const Scenario& scenario, std::uint64_t seed);

}  // namespace ventanilla::herd
