#pragma once

#include <string>
#include <vector>

#include "tests/recovery/herd.hpp"

// What must hold when a herd comes back, and what must not hold without the protocol: the gates G1
// to G9 and the negative controls N1 to N3 of outage.md 3.8, as a table of scenarios and bounds.

namespace ventanilla::herd {

struct Size {
    int clients = 100'000;
    double capacity = 1'000;
};

struct Bound {
    std::string what;
    double (*seen)(const Report&);
    double limit = 0;
    bool is_most = true;  // otherwise at least
};

struct Gate {
    std::string name;  // "G1"
    Scenario scenario;
    std::vector<Bound> bounds;  // besides the common ones; empty is fine
    bool is_control = false;    // passes when its bound is broken in every seed
};

// All gates for herds of this size. Bounds are multiples of T_min where the size is in the
// proportion they were set for (100 clients a unit per second); otherwise the rule for other sizes
// stands in for them.
std::vector<Gate> gates(const Size& size);

// One line of the table.
struct Row {
    std::string gate, scenario, what;
    double wanted = 0;
    double seen = 0;  // in the worst seed; for a control in the best
    bool is_most = true;
    bool is_control = false;
    bool passes = false;
};

// One row a bound; and for what must hold in every scenario one row each, naming the worst.
// `reports[i]` are those of `gates[i]`, one a seed.
std::vector<Row> judge(const std::vector<Gate>& gates,
                       const std::vector<std::vector<Report>>& reports);

}  // namespace ventanilla::herd
