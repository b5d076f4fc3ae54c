#pragma once

#include <memory>
#include <string>
#include <vector>

#include "shared/sync/client.hpp"
#include "tests/sim/idb.hpp"
#include "tests/sim/server_node.hpp"

// One device of one person: a database, a lock, up to two tabs with a real client each, a clock nobody
// should trust and a network nobody should either.

namespace ventanilla::sim {

class Device;

// One page. Everything it waits for asks first whether it is still there.
struct Tab {
    Tab(Device& owner, std::uint64_t seed) : device(owner), random(seed), client(random) {}

    Device& device;
    SeededRandom random;
    sync::Client client;
    std::string name;
    std::string boot;
    std::int64_t born_ms = 0;
    std::uint64_t generation = 0;
    bool is_alive = true;
    bool is_frozen = false;
    bool is_booted = false;
    std::uint64_t boots = 0;
    std::int64_t frozen_at_ms = 0;
    std::uint64_t wake = 0;  // the newest timer
    std::uint64_t live = 0;  // the open event stream; 0: none
    std::vector<std::function<void()>> waiting;  // while frozen
};

class Device {
  public:
    Device(World& world, ServerNode& server, domain::User user, std::string name, LandedTap tap);

    // ---- What happens to it
    void open_tab();
    void kill_tab(Tab& tab);
    void cut_power();
    void freeze(Tab& tab, std::int64_t ms);
    void partition(std::int64_t ms);
    void jump_clock(std::int64_t ms) { wall_offset_ms_ += ms; }
    void heal();

    // ---- What its person does: `act` runs on a live tab, then its effects are carried out.
    void with(Tab& tab, const std::function<void(sync::Client&, sync::Now)>& act);
    Tab* any_tab();
    [[nodiscard]] Tab* leader() const { return leader_; }

    void hint(std::uint64_t head);  // the server has news
    void drop_live();               // the server is gone

    [[nodiscard]] std::vector<std::shared_ptr<Tab>>& tabs() { return tabs_; }
    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] const domain::User& user() const { return user_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const Id& id() const { return id_; }
    [[nodiscard]] sync::Now now(const Tab& tab) const;
    void set_user(domain::User user) { user_ = std::move(user); }
    void sign_in(Tab& tab);  // with today's permissions

    // Called after every input of a tab, for the oracle.
    std::function<void(Tab&)> on_input;
    std::function<void(Tab&, const sync::Send&)> on_send;

  private:
    using TabPtr = std::shared_ptr<Tab>;

    void boot(const TabPtr& tab, sync::TabRole role);
    void elect();
    void deliver(const TabPtr& tab, std::function<void(sync::Client&, sync::Now)> input);
    void carry_out(Tab& tab);
    void carry_out(Tab& tab, const sync::Commit& commit);
    void carry_out(Tab& tab, const sync::Send& send);
    void carry_out(Tab& tab, const sync::WakeAt& wake);
    void carry_out(Tab& tab, const sync::Notify& note);
    void open_live(Tab& tab);
    void arrive(const TabPtr& tab, const sync::Send& send);
    void reply_to(const TabPtr& tab, std::uint64_t tag, Reply reply);
    void broadcast(Tab& from, const sync::Commit& commit);
    TabPtr shared(Tab& tab);
    [[nodiscard]] bool is_cut_up() const { return world_.now_ms() < cut_up_until_ms_; }
    [[nodiscard]] bool is_cut_down() const { return world_.now_ms() < cut_down_until_ms_; }

    World& world_;
    ServerNode& server_;
    domain::User user_;
    std::string name_;
    Id id_;
    Database database_;
    std::vector<TabPtr> tabs_;
    Tab* leader_ = nullptr;
    std::int64_t wall_offset_ms_ = 0;
    std::int64_t cut_up_until_ms_ = 0;
    std::int64_t cut_down_until_ms_ = 0;
    int tabs_opened_ = 0;
    std::uint64_t next_live_ = 1;
};

}  // namespace ventanilla::sim
