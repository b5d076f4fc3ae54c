#include "tests/recovery/gates.hpp"

#include <algorithm>
#include <optional>

namespace ventanilla::herd {
namespace {

double p99(const Report& r) {
    return r.done_p99_s / r.t_min_s;
}
double last(const Report& r) {
    return r.done_last_s / r.t_min_s;
}
double offered(const Report& r) {
    return r.offered_peak;
}
double admitted(const Report& r) {
    return r.admitted_peak;
}
double attempts(const Report& r) {
    return r.attempts_per_op;
}
double lost(const Report& r) {
    return static_cast<double>(r.lost);
}
double duplicated(const Report& r) {
    return static_cast<double>(r.duplicated);
}
double disordered(const Report& r) {
    return static_cast<double>(r.out_of_order);
}
double banner_p99_over(const Report& r) {
    return r.banner_p99_s - r.spread_s;
}
double banner_max_over(const Report& r) {
    return r.banner_max_s - r.spread_s;
}
double contacts(const Report& r) {
    return r.contacts_peak;
}
double bad_tickets(const Report& r) {
    return static_cast<double>(r.tickets_refused);
}
double kept_tickets(const Report& r) {
    return static_cast<double>(r.tickets_kept);
}
// outage.md 3.8, "(sizes)": how far over the rule for sizes other than the default.
double size_p99_over(const Report& r) {
    return r.done_p99_s - 1.2 * r.t_min_s - r.spread_s;
}
double size_last_over(const Report& r) {
    return r.done_last_s - 1.4 * r.t_min_s - r.spread_s - 20;
}

struct CommonBound {
    std::string gate;
    Bound bound;
};

// What holds whatever happens.
std::vector<CommonBound> common_bounds() {
    return {{"G4", {"lost", lost, 0}},
            {"G4", {"duplicated", duplicated, 0}},
            {"G4", {"out of order", disordered, 0}},
            {"G5", {"banner p99 - W, s", banner_p99_over, 1}},
            {"G5", {"banner max - W, s", banner_max_over, 3}},
            {"G5", {"contacts peak / (N/W)", contacts, 2}}};
}

class Table {
  public:
    explicit Table(const Size& size) : size_(size) {}

    Scenario& gate(std::string name, std::string scenario, std::vector<Bound> bounds) {
        Gate made;
        made.name = std::move(name);
        made.bounds = std::move(bounds);
        made.scenario.name = std::move(scenario);
        made.scenario.clients = size_.clients;
        made.scenario.capacity = size_.capacity;
        gates_.push_back(std::move(made));
        return gates_.back().scenario;
    }
    Scenario& control(std::string name, std::string scenario, Bound bound) {
        Scenario& made = gate(std::move(name), std::move(scenario), {});
        gates_.back().bounds = {std::move(bound)};
        gates_.back().is_control = true;
        return made;
    }
    std::vector<Gate> take() { return std::move(gates_); }

  private:
    Size size_;
    std::vector<Gate> gates_;
};

const std::vector<Bound> kSizeRule = {{"p99 - 1.2 T_min - W, s", size_p99_over, 0},
                                      {"last - 1.4 T_min - W - 20, s", size_last_over, 0}};

void add_sizes(Table& table, const Size& size) {
    table.gate("size", "as asked", kSizeRule);
    Scenario& few = table.gate("size", "2,000 at 200/s", kSizeRule);
    few.clients = 2'000;
    few.capacity = 200;
    Scenario& fast = table.gate("size", "capacity x5", kSizeRule);
    fast.capacity = size.capacity * 5;
}

void add_calm(Table& table) {
    table.gate("G1",
               "conforming",
               {{"offered peak / C", offered, 1.25}, {"admitted peak / C", admitted, 1.5}});
    table
        .gate("G2",
              "1 % ack loss",
              {{"p99 / T_min", p99, 1.3},
               {"last / T_min", last, 2.0},
               {"attempts / op", attempts, 1.05}})
        .ack_loss = 0.01;
    Scenario& absent =
        table.gate("G3", "+ 5 % no-show", {{"p99 / T_min", p99, 2.0}, {"last / T_min", last, 4.5}});
    absent.ack_loss = 0.01;
    absent.no_show = 0.05;
}

void add_hostile(Table& table) {
    table.gate("G4", "5 % ack loss", {}).ack_loss = 0.05;
    Scenario& network = table.gate("G4", "duplicated, reordered", {});
    network.duplicates = 0.05;
    network.latency_ms_max = 400;
    network.ack_loss = 0.01;
    table.gate("G4", "crash before the answer", {}).crashes_after_commit = 3;
    table.gate("G4", "tabs killed mid-batch", {}).tab_kill = 0.02;
    Scenario& tabs = table.gate("G4", "two tabs", {});
    tabs.two_tabs = 0.05;
    tabs.ack_loss = 0.01;
}

void add_machines(Table& table) {
    table.gate("G6", "40 % for 40 s", {{"p99 / T_min", p99, 1.6}}).slow = {20, 60};
    table.gate("G7", "believes 0.5x", {{"p99 / T_min", p99, 2.5}}).believed = 0.5;
    table.gate("G7", "believes 2x", {{"p99 / T_min", p99, 1.3}}).believed = 2;
    table.gate("G7", "believes 10x", {{"p99 / T_min", p99, 1.6}}).believed = 10;
    const std::vector<Bound> crash = {{"last / T_min", last, 3.0},
                                      {"tickets taken for none", bad_tickets, 0},
                                      {"old tickets good", kept_tickets, 1, false}};
    table.gate("G8", "crash for 10 s", crash).down = {40, 50};
    table.gate("G8", "crash for 120 s", crash).down = {40, 160};
    table.gate("G9", "10 % legacy", {{"p99 / T_min", p99, 1.3}}).legacy = 0.1;
}

void add_controls(Table& table) {
    Scenario& usual = table.control("N1", "fixed 5 s retry", {"offered peak / C", offered, 10});
    usual.manners = Manners::FixedRetry;
    usual.horizon_s = 60;  // its peak is at the start, and its end is far
    table.control("N2", "no spread", {"contacts peak / (N/W)", contacts, 3}).manners =
        Manners::NoSpread;
    Scenario& naive = table.control("N3", "no receipts", {"duplicated", duplicated, 0});
    naive.ack_loss = 0.01;
    naive.has_receipts = false;
}

}  // namespace

std::vector<Gate> gates(const Size& size) {
    Table table{size};
    const bool is_in_proportion = size.clients == static_cast<int>(size.capacity * 100);
    add_sizes(table, size);
    if (is_in_proportion) add_calm(table);
    add_hostile(table);
    if (is_in_proportion) add_machines(table);
    add_controls(table);
    return table.take();
}

namespace {

// The value that decides: the worst, or for a control the one that looks least broken.
double deciding(const Bound& bound, const std::vector<Report>& reports, bool is_control) {
    double found = bound.seen(reports.front());
    const bool wants_least = bound.is_most == is_control;
    for (const Report& report : reports)
        found =
            wants_least ? std::min(found, bound.seen(report)) : std::max(found, bound.seen(report));
    return found;
}

Row row_of(const Gate& gate, const Bound& bound, const std::vector<Report>& reports) {
    Row row{
        gate.name, gate.scenario.name, bound.what, bound.limit, 0, bound.is_most, gate.is_control};
    row.seen = deciding(bound, reports, gate.is_control);
    const bool holds = bound.is_most ? row.seen <= bound.limit : row.seen >= bound.limit;
    row.passes = holds != gate.is_control;
    return row;
}

}  // namespace

std::vector<Row> judge(const std::vector<Gate>& gates,
                       const std::vector<std::vector<Report>>& reports) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < gates.size(); ++i)
        for (const Bound& bound : gates[i].bounds)
            rows.push_back(row_of(gates[i], bound, reports[i]));
    for (const CommonBound& common : common_bounds()) {
        std::optional<Row> worst;
        for (std::size_t i = 0; i < gates.size(); ++i) {
            if (gates[i].is_control) continue;
            Row row = row_of(gates[i], common.bound, reports[i]);
            if (!worst || row.seen > worst->seen) worst = std::move(row);
        }
        if (!worst) continue;
        worst->gate = common.gate;
        worst->scenario = "all; worst: " + worst->scenario;
        rows.push_back(std::move(*worst));
    }
    return rows;
}

}  // namespace ventanilla::herd
