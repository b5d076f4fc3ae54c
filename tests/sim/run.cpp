#include "tests/sim/run.hpp"

#include <cstdio>
#include <memory>
#include <vector>

#include "tests/sim/people.hpp"

namespace ventanilla::sim {

void World::print(const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); }

namespace {

constexpr std::int64_t kRestMs = 120'000;   // I3: after the faults stop
constexpr std::int64_t kQuietMs = 10'000;

unsigned draw(World& world, unsigned most) {
    return world.random.chance(1, 2) ? 0 : static_cast<unsigned>(world.random.below(most + 1));
}

FaultRates draw_rates(World& world) {
    FaultRates rates;
    rates.drop = draw(world, 25);
    rates.duplicate = draw(world, 20);
    rates.delay = draw(world, 20);
    rates.truncate = draw(world, 15);
    rates.captive = draw(world, 10);
    rates.lose_reply = draw(world, 25);
    rates.server_crash = draw(world, 8);
    rates.disk_full = draw(world, 10);
    rates.sync_error = draw(world, 3);
    rates.partition = draw(world, 30);
    rates.tab_kill = draw(world, 30);
    rates.power_cut = draw(world, 20);
    rates.second_tab = draw(world, 40);
    rates.freeze = draw(world, 20);
    rates.put_error = draw(world, 10);
    rates.quota = draw(world, 15);
    rates.connection_lost = draw(world, 15);
    rates.late_complete = draw(world, 10);
    rates.bit_flip = world.random.chance(1, 4) ? 5 : 0;
    rates.clock_jump = draw(world, 20);
    rates.role_change = draw(world, 20);
    rates.poison = draw(world, 5);
    rates.restore = world.random.chance(1, 4) ? 10 : 0;
    rates.horizon = draw(world, 10);
    return rates;
}

// Everything of one run, in the order it must be taken apart.
struct Run {
    explicit Run(std::uint64_t seed) : world(seed), server(world), oracle(world, server) {}

    World world;
    ServerNode server;
    Oracle oracle;
    Company company = make_company();
    bool is_item_local = false;
    std::vector<std::unique_ptr<Device>> devices;
    std::vector<std::unique_ptr<Person>> people;

    void build();
    void listen();
    void schedule(Person& person, std::int64_t wait_ms);
    void schedule_faults(std::int64_t wait_ms);
    void device_fault(Device& device);
    void server_fault();
    void change_roles();
    void change_catalogue();
    bool go_until(std::int64_t until_ms);
    void rest();
    void cold_start();
};

void Run::listen() {
    server.tap.committed = [this] { oracle.on_committed(); };
    server.tap.pushed = [this](const Id& user, const auto& request, const auto& response) {
        oracle.on_pushed(user, request, response);
    };
    server.tap.pulled = [this](const Id& user, const auto& query, const auto& page) {
        oracle.on_pulled(user, query, page);
    };
    server.tap.restored = [this](std::uint64_t head) {
        oracle.on_restored(head);
        for (const domain::User& user : company.users)
            (void)server.put_user(user);
        for (const auto& device : devices)
            device->drop_live();
    };
}

void Run::build() {
    for (const commands::RowChange& row : company.rows)
        oracle.know_row(row);
    listen();
    (void)server.seed(company.rows);
    for (const domain::User& user : company.users) {
        commands::RowChange row;
        row.ref = {domain::RowType::User, user.id};
        row.body = domain::to_json(user);
        row.audiences = {domain::audience_of_user(user.id), std::string(domain::kStaff)};
        oracle.know_row(row);
        oracle.know_user(user);
        (void)server.put_user(user);
    }
    server.take_backup();
    oracle.on_backup();
    world.rates = draw_rates(world);
    const std::size_t count = 2 + world.random.below(3);
    const std::vector<std::size_t> owners = {0, 2, 1, 0};
    for (std::size_t i = 0; i < count; ++i) {
        const domain::User& user = company.users[owners[i]];
        const std::string name = concat(user.login, i);
        const auto at = devices.size();
        devices.push_back(std::make_unique<Device>(
            world, server, user, name,
            [this, at](const sync::Commit& commit, std::uint64_t mine, std::uint64_t current) {
                oracle.on_landed(*devices[at], commit, mine, current);
            }));
        devices.back()->on_input = [this](Tab& tab) { oracle.on_input(tab); };
        devices.back()->on_send = [this](Tab& tab, const sync::Send& send) {
            oracle.on_send(tab, send);
        };
        oracle.add_device(*devices.back());
        people.push_back(std::make_unique<Person>(world, oracle, *devices.back(), company));
        if (world.random.chance(1, 3))
            devices.back()->jump_clock(world.between(-315'360'000'000, 315'360'000'000));
        devices.back()->open_tab();
    }
}

void Run::schedule(Person& person, std::int64_t wait_ms) {
    world.after(wait_ms, [this, &person] {
        if (world.is_calm) return;
        person.act();
        schedule(person, world.between(500, 20'000));
    });
}

void Run::change_roles() {
    domain::User& user = company.users[world.random.below(company.users.size())];
    if (!server.is_up()) return;
    domain::User changed = user;
    if (changed.login == "gema")
        changed.desks = changed.desks.front() == "it" ? std::vector<std::string>{"hr"}
                                                      : std::vector<std::string>{"it"};
    else
        changed.site = changed.site == company.madrid ? company.lima : company.madrid;
    if (!server.put_user(changed)) return;
    user = changed;
    world.trace("server: permissions of ", user.login, " change");
    for (const auto& device : devices)
        if (device->user().id == user.id) device->set_user(user);
}

// An item is withdrawn from one office, or given back: what was asked for meanwhile is rejected.
void Run::change_catalogue() {
    if (!server.is_up()) return;
    commands::RowChange item;
    for (const commands::RowChange& row : company.rows)
        if (row.ref.type == domain::RowType::CatalogItem) item = row;
    is_item_local = !is_item_local;
    item.audiences = {is_item_local ? domain::audience_of_site(company.madrid)
                                    : std::string(domain::kEverybody)};
    if (!server.seed({item})) return;
    oracle.know_row(item);
    server.tap.committed();
    world.trace("server: the item is for ", is_item_local ? "one office" : "everybody");
}

void Run::device_fault(Device& device) {
    if (world.fault(world.rates.partition)) device.partition(world.between(500, 60'000));
    if (world.fault(world.rates.second_tab) && device.tabs().size() < 2) device.open_tab();
    if (world.fault(world.rates.clock_jump))
        device.jump_clock(world.between(-86'400'000, 86'400'000));
    if (world.fault(world.rates.quota)) {
        device.database().limit_quota(static_cast<std::size_t>(world.between(0, 20'000)));
        world.after(world.between(1'000, 60'000), [&device] { device.database().lift_limits(); });
    }
    if (world.fault(world.rates.connection_lost))
        device.database().lose_connection(world.between(100, 30'000));
    if (world.fault(world.rates.bit_flip)) {
        std::string path;
        if (device.database().flip_bit(path)) {
            world.trace(device.name(), ": bit flipped in ", path);
            oracle.on_bit_flip(device, path);
        }
    }
    Tab* tab = device.any_tab();
    if (tab == nullptr) return;
    if (world.fault(world.rates.freeze)) return device.freeze(*tab, world.between(1'000, 60'000));
    if (world.fault(world.rates.tab_kill)) {
        device.kill_tab(*tab);
        if (device.tabs().empty())
            world.after(world.between(100, 20'000), [&device] {
                if (device.tabs().empty()) device.open_tab();
            });
        return;
    }
    if (!world.fault(world.rates.power_cut)) return;
    device.cut_power();
    oracle.on_power_cut(device);
}

void Run::server_fault() {
    if (world.fault(world.rates.server_crash)) server.crash(world.random.chance(1, 2));
    if (world.fault(world.rates.disk_full)) server.fill_disk(world.between(500, 20'000));
    if (world.fault(world.rates.horizon)) server.forget_the_past();
    if (world.fault(world.rates.role_change)) change_roles();
    if (world.fault(world.rates.role_change)) change_catalogue();
    if (world.fault(world.rates.restore) && server.is_up()) {
        if (world.random.chance(1, 2))
            server.restore_backup();
        server.take_backup();
        oracle.on_backup();
    }
}

void Run::schedule_faults(std::int64_t wait_ms) {
    world.after(wait_ms, [this] {
        if (world.is_calm) return;
        for (const auto& device : devices)
            device_fault(*device);
        server_fault();
        schedule_faults(world.between(1'000, 20'000));
    });
}

bool Run::go_until(std::int64_t until_ms) {
    while (world.violated().empty() && world.step(until_ms)) {
    }
    return world.violated().empty();
}

// The faults stop, everything is opened and plugged in, and time passes.
void Run::rest() {
    world.is_calm = true;
    world.trace("---- the faults stop");
    server.heal();
    if (server.is_up()) oracle.on_committed();
    for (const auto& device : devices) {
        for (const auto& tab : device->tabs())
            if (tab->is_frozen) device->freeze(*tab, 0);
        device->heal();
    }
    if (!go_until(world.now_ms() + kRestMs)) return;
    oracle.check_at_rest();
}

// Every page is closed and opened again: what was stored must be what was shown.
void Run::cold_start() {
    if (!go_until(world.now_ms() + kQuietMs)) return;
    world.trace("---- every device starts again");
    for (const auto& device : devices) {
        device->cut_power();
        oracle.on_power_cut(*device);
    }
    if (!go_until(world.now_ms() + kQuietMs)) return;
    oracle.check_at_rest();
}

}  // namespace

RunResult run_seed(std::uint64_t seed, Bug planted, bool is_verbose) {
    g_planted_bug = planted;
    RunResult result;
    {
        Run run(seed);
        run.world.is_verbose = is_verbose;
        run.build();
        for (const auto& person : run.people)
            run.schedule(*person, run.world.between(500, 5'000));
        run.schedule_faults(run.world.between(1'000, 10'000));
        if (run.go_until(run.world.between(60'000, 600'000))) run.rest();
        if (run.world.violated().empty()) run.cold_start();
        result.violation = run.world.violated();
        result.tail = run.world.tail();
        result.steps = run.world.steps();
        result.virtual_ms = run.world.now_ms();
        result.commands = run.oracle.known_count();
        result.applied = run.oracle.applied_count();
        result.rejected = run.oracle.rejected_count();
    }
    g_planted_bug = Bug::None;
    return result;
}

}  // namespace ventanilla::sim
