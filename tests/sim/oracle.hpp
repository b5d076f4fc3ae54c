#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/device.hpp"
#include "tests/sim/model.hpp"

// Watches everything and says which invariant of sync.md 2.13 broke. It knows what each command did by
// deciding it once more on a model of its own, so it does not take the server's word for anything but the
// order.

namespace ventanilla::sim {

class Oracle {
  public:
    Oracle(World& world, ServerNode& server) : world_(world), server_(server) {}

    void add_device(Device& device) { devices_.push_back(&device); }
    void know_user(const domain::User& user) { model_.set_user(user); }
    void know_row(const commands::RowChange& row) { model_.put(row); }

    // ---- What is reported to it
    void on_input(Tab& tab);
    void on_send(Tab& tab, const sync::Send& send);
    void on_landed(const Device& device, const sync::Commit& commit, std::uint64_t generation,
                   std::uint64_t current);
    void on_power_cut(Device& device);
    void on_committed();
    void on_pushed(const Id& user, const sync::PushRequest& request, const sync::PushResponse& response);
    void on_pulled(const Id& user, const sync::PullQuery& query, const sync::PullResponse& page);
    // What a device keeps for a restored server can be damaged; then a restore may cost it.
    void on_bit_flip(const Device& device, const std::string& path) {
        if (path.starts_with("acked/")) damaged_.insert(&device);
    }
    // By somebody's act; what is discarded without one ended silently.
    void on_discarded(const Id& cmd_id) { discarded_.insert(cmd_id); }
    void on_backup() { backup_ = {model_, applied_, applied_markers_}; }
    void on_restored(std::uint64_t head);

    // After the faults have stopped and everything had its 120 s.
    void check_at_rest();

    [[nodiscard]] std::size_t applied_count() const { return applied_.size(); }
    [[nodiscard]] std::size_t rejected_count() const { return rejected_.size(); }
    [[nodiscard]] std::size_t known_count() const { return commands_.size(); }

  private:
    struct Known {
        commands::Command command;
        Id user;
        Device* device = nullptr;
        std::string marker;
        bool was_saved = false;  // the person read "Saved on this device"
    };
    struct Seen {
        Id epoch;
        std::uint64_t seq = 0;
        std::uint64_t boots = 0;
        bool was_loading = true;
        std::uint64_t compared_revision = 0;
        std::uint64_t compared_seq = 0;
    };
    struct History {
        Model model;
        std::map<Id, std::uint64_t> applied;
        std::set<std::string> markers;
    };

    void check_entry(Tab& tab, const sync::Entry& entry);
    void check_view(Tab& tab, const sync::Entry& entry);
    void check_cursor(Tab& tab);
    void check_base(Tab& tab);
    void check_command_at_rest(const Known& known);
    void on_entry(const store::Entry& entry, std::set<domain::RowRef>& touched);
    void take_bodies(const std::set<domain::RowRef>& touched);
    [[nodiscard]] bool is_kept(const Device& device, const Id& cmd_id) const;

    World& world_;
    ServerNode& server_;
    std::vector<Device*> devices_;
    Model model_;
    std::uint64_t head_ = 0;
    Id epoch_;
    std::map<Id, Known> commands_;
    std::map<Id, std::uint64_t> applied_;
    std::set<std::string> applied_markers_;
    std::set<Id> rejected_;
    std::set<Id> discarded_;
    std::set<Id> ever_applied_;  // in any history
    std::set<const Device*> damaged_;
    std::map<std::pair<Id, Id>, std::string> results_;  // by epoch and command
    std::map<Id, commands::Created> clocks_;
    std::map<std::string, Seen> seen_;  // by tab
    History backup_;
};

}  // namespace ventanilla::sim
