#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "server/store/store.hpp"
#include "shared/domain/person.hpp"
#include "shared/recovery/admission.hpp"
#include "shared/sync/client.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/sim/fault_disk.hpp"
#include "tests/sim/world.hpp"

// The real server core: push and pull over the SQLite store, on a disk that fails. Around it stands what
// the API does with envelopes, and a process that can die at any write.

namespace ventanilla::sim {

struct Reply {
    int status = 0;
    Millis retry_after{0};
    std::string body;
};

class ServerNode {
  public:
    explicit ServerNode(World& world);
    ~ServerNode();

    // Sees every finished answer and every commit, before the network does.
    struct Tap {
        std::function<void(const Id& user, const sync::PushRequest&, const sync::PushResponse&)> pushed;
        std::function<void(const Id& user, const sync::PullQuery&, const sync::PullResponse&)> pulled;
        std::function<void()> committed;  // also after a restart: the head may have moved
        std::function<void(std::uint64_t head)> restored;
    };
    Tap tap;

    // No answer: it died on the way, or is down.
    std::optional<Reply> handle(const sync::Send& request, const Id& user);

    void crash(bool is_power_lost);
    void fill_disk(std::int64_t ms);
    void fail_sync() { disk_.fail_next_sync(); }
    void heal();
    void forget_the_past();  // cursors from before now are too old
    void take_backup();
    // Puts the last backup back, with a new epoch as the restore tool does; false when there is none.
    bool restore_backup();

    Status put_user(const domain::User& user);
    // Rows that are there from the start, each a step of its own.
    Status seed(const std::vector<commands::RowChange>& rows);

    [[nodiscard]] bool is_up() const { return store_ != nullptr; }
    [[nodiscard]] Instant clock() const;
    [[nodiscard]] store::Store& store() { return *store_; }

  private:
    void open();
    Reply answer(const sync::Send& request, const Id& user);
    std::optional<Reply> refuse(const sync::Send& request, const Id& user);
    Reply push(const std::string& body, const Id& user);
    Reply pull(const std::string& query, const Id& user);
    void die_if_stopped();

    World& world_;
    FaultDisk disk_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<recovery::Admission> door_;  // forgets, with the process, all but what tickets prove
    std::map<std::string, FaultDisk::File> backup_;
    std::uint64_t backup_head_ = 0;
    bool has_backup_ = false;
    bool is_restarting_ = false;
};

}  // namespace ventanilla::sim
