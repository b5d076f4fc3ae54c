#include "tests/sim/device.hpp"

#include <algorithm>

namespace ventanilla::sim {
namespace {

constexpr std::int64_t kWallMs = 1'790'000'000'000;
constexpr std::int64_t kStealMs = 6'000;

commands::Actor actor_from(const domain::User& user) {
    commands::Actor actor;
    actor.user = user.id;
    actor.display_name = user.display_name;
    actor.roles = user.roles;
    actor.desks = user.desks;
    actor.site = user.site;
    actor.lang = user.lang;
    return actor;
}

}  // namespace

Device::Device(World& world, ServerNode& server, domain::User user, std::string name, LandedTap tap)
    : world_(world),
      server_(server),
      user_(std::move(user)),
      name_(std::move(name)),
      id_(derived_id("device", name_)),
      database_(world, std::move(tap)) {}

sync::Now Device::now(const Tab& tab) const {
    return {from_ms(kWallMs + world_.now_ms() + wall_offset_ms_), Millis{world_.now_ms() - tab.born_ms}};
}

Device::TabPtr Device::shared(Tab& tab) {
    for (const TabPtr& known : tabs_)
        if (known.get() == &tab) return known;
    return nullptr;
}

Tab* Device::any_tab() {
    std::vector<Tab*> awake;
    for (const TabPtr& tab : tabs_)
        if (tab->is_booted && !tab->is_frozen) awake.push_back(tab.get());
    return awake.empty() ? nullptr : awake[world_.random.below(awake.size())];
}

// ---- Tabs and the lock ----------------------------------------------------------------------------------

void Device::open_tab() {
    const auto tab = std::make_shared<Tab>(*this, world_.random.next());
    tab->name = concat(name_, "#", ++tabs_opened_);
    tab->boot = concat("boot-", tab->name);
    tab->born_ms = world_.now_ms();
    tabs_.push_back(tab);
    world_.trace(tab->name, ": opened");
    if (leader_ == nullptr) return elect();
    world_.after(world_.between(50, 300), [this, tab] {
        if (tab->is_alive && leader_ != tab.get()) boot(tab, sync::TabRole::Follower);
    });
}

void Device::elect() {
    leader_ = nullptr;
    for (const TabPtr& tab : tabs_) {
        if (tab->is_frozen) continue;
        leader_ = tab.get();
        world_.after(world_.between(20, 120), [this, tab] {
            if (!tab->is_alive || leader_ != tab.get()) return;
            tab->generation = database_.claim();
            boot(tab, sync::TabRole::Leader);
        });
        return;
    }
}

void Device::boot(const TabPtr& tab, sync::TabRole role) {
    sync::Identity identity;
    identity.actor = actor_from(user_);
    identity.device = id_;
    identity.scope = concat("s_", name_);
    identity.boot = tab->boot;
    tab->is_booted = true;
    ++tab->boots;
    world_.trace(tab->name, ": boots as ", role == sync::TabRole::Leader ? "leader" : "follower");
    deliver(tab, [this, identity, role](sync::Client& client, sync::Now now) {
        const Disk& disk = database_.shown();
        client.boot({disk.begin(), disk.end()}, identity, role, now);
    });
}

void Device::kill_tab(Tab& tab) {
    world_.trace(tab.name, ": killed");
    tab.is_alive = false;
    const bool was_leader = leader_ == &tab;
    std::erase_if(tabs_, [&](const TabPtr& known) { return known.get() == &tab; });
    if (was_leader) elect();
}

void Device::cut_power() {
    world_.trace(name_, ": power cut");
    for (const TabPtr& tab : tabs_)
        tab->is_alive = false;
    tabs_.clear();
    leader_ = nullptr;
    database_.cut_power();
    world_.after(world_.is_calm ? 100 : world_.between(500, 30'000), [this] {
        if (tabs_.empty()) open_tab();
    });
}

// A frozen tab keeps its lock; after six seconds of silence another one takes it away.
void Device::freeze(Tab& tab, std::int64_t ms) {
    const TabPtr held = shared(tab);
    tab.is_frozen = true;
    world_.trace(tab.name, ": frozen");
    if (leader_ == &tab)
        world_.after(kStealMs, [this, held] {
            if (held->is_alive && held->is_frozen && leader_ == held.get() && tabs_.size() > 1) elect();
        });
    world_.after(ms, [this, held] {
        if (!held->is_alive) return;
        held->is_frozen = false;
        world_.trace(held->name, ": thawed");
        if (leader_ == nullptr) elect();
        std::vector<std::function<void()>> waiting;
        waiting.swap(held->waiting);
        for (const auto& input : waiting)
            world_.after(0, input);
    });
}

void Device::partition(std::int64_t ms) {
    const std::uint64_t way = world_.random.below(3);  // both ways, or one of them
    if (way != 1) cut_up_until_ms_ = world_.now_ms() + ms;
    if (way != 2) cut_down_until_ms_ = world_.now_ms() + ms;
    world_.trace(name_, ": network cut for ", ms, " ms");
    drop_live();
    const bool is_noticed = world_.random.chance(1, 2);
    if (!is_noticed) return;
    const auto tell = [this](bool is_online) {
        for (const TabPtr& tab : std::vector<TabPtr>(tabs_))
            if (tab->is_booted)
                deliver(tab, [is_online](sync::Client& client, sync::Now now) {
                    client.on_online(is_online, now);
                });
    };
    tell(false);
    world_.after(ms, [tell] { tell(true); });
}

void Device::heal() {
    cut_up_until_ms_ = cut_down_until_ms_ = 0;
    database_.lift_limits();
    for (const TabPtr& tab : std::vector<TabPtr>(tabs_)) {
        if (!tab->is_booted) continue;
        deliver(tab, [](sync::Client& client, sync::Now now) {
            client.on_online(false, now);
            client.on_online(true, now);
        });
        sign_in(*tab);
    }
    if (tabs_.empty()) open_tab();
}

void Device::sign_in(Tab& tab) {
    sync::SessionInfo session;
    session.user = user_.id;
    session.display_name = user_.display_name;
    session.roles = user_.roles;
    session.desks = user_.desks;
    session.site = user_.site;
    session.scope = concat("s_", name_);
    deliver(shared(tab), [session](sync::Client& client, sync::Now now) {
        client.on_signed_in(session, now);
    });
}

// ---- Inputs and effects ---------------------------------------------------------------------------------

void Device::deliver(const TabPtr& tab, std::function<void(sync::Client&, sync::Now)> input) {
    if (!tab || !tab->is_alive) return;
    if (tab->is_frozen) {
        // Weakly: what waits in a tab does not keep it.
        tab->waiting.push_back([this, held = std::weak_ptr(tab), input] { deliver(held.lock(), input); });
        return;
    }
    input(tab->client, now(*tab));
    carry_out(*tab);
    if (on_input) on_input(*tab);
}

void Device::with(Tab& tab, const std::function<void(sync::Client&, sync::Now)>& act) {
    deliver(shared(tab), act);
}

void Device::carry_out(Tab& tab) {
    for (const sync::Effect& effect : tab.client.take_effects()) {
        if (const auto* commit = std::get_if<sync::Commit>(&effect)) carry_out(tab, *commit);
        if (const auto* send = std::get_if<sync::Send>(&effect)) carry_out(tab, *send);
        if (const auto* wake = std::get_if<sync::WakeAt>(&effect)) carry_out(tab, *wake);
        if (const auto* note = std::get_if<sync::Notify>(&effect)) carry_out(tab, *note);
        if (std::holds_alternative<sync::OpenLive>(effect)) open_live(tab);
        if (std::holds_alternative<sync::CloseLive>(effect)) tab.live = 0;
    }
}

void Device::carry_out(Tab& tab, const sync::Commit& commit) {
    const TabPtr held = shared(tab);
    world_.trace(tab.name, ": commit ", commit.id, " puts ", commit.puts.size(), " deletes ",
                 commit.deletes.size());
    const auto done = [this, held, commit](sync::CommitResult result) {
        if (result != sync::CommitResult::Ok)
            world_.trace(held->name, ": commit ", commit.id, " fails ", static_cast<int>(result));
        deliver(held, [&, id = commit.id, result](sync::Client& client, sync::Now at) {
            client.on_commit(id, result, at);
        });
        if (result == sync::CommitResult::Ok) broadcast(*held, commit);
    };
    database_.commit(tab.generation, commit, done, [held] { return held->is_alive; });
}

// What a tab stored, the others hear of over the BroadcastChannel.
void Device::broadcast(Tab& from, const sync::Commit& commit) {
    for (const TabPtr& tab : tabs_) {
        if (tab.get() == &from || !tab->is_booted) continue;
        world_.after(world_.between(0, 4), [this, tab, commit] {
            if (leader_ != tab.get())
                return deliver(tab, [commit](sync::Client& client, sync::Now now) {
                    client.on_leader_commit(commit, now);
                });
            for (const auto& [path, bytes] : commit.puts)
                if (path.starts_with(sync::kOutboxFolder))
                    deliver(tab, [path = path, bytes = bytes](sync::Client& client, sync::Now now) {
                        client.on_foreign_outbox(path, bytes, now);
                    });
        });
    }
}

void Device::carry_out(Tab& tab, const sync::WakeAt& wake) {
    const TabPtr held = shared(tab);
    const std::uint64_t mine = ++tab.wake;
    world_.at(tab.born_ms + wake.mono.count(), [this, held, mine] {
        if (held->is_alive && held->wake == mine)
            deliver(held, [](sync::Client& client, sync::Now now) { client.on_timer(now); });
    });
}

void Device::carry_out(Tab& tab, const sync::Notify& note) {
    const TabPtr held = shared(tab);
    switch (note.notice) {
        case sync::Notice::ReloadFiles:
            world_.after(world_.between(0, 50), [this, held] {
                if (held->is_alive && leader_ != held.get()) boot(held, sync::TabRole::Follower);
            });
            return;
        case sync::Notice::BecameFollower:
            // Fenced although the lock seems ours: claim it anew.
            if (leader_ == held.get()) elect();
            return;
        case sync::Notice::SignIn:
        case sync::Notice::OtherUser:
            world_.after(world_.between(500, 5'000), [this, held] {
                if (held->is_alive) sign_in(*held);
            });
            return;
        default: return;
    }
}

// ---- Network --------------------------------------------------------------------------------------------

void Device::carry_out(Tab& tab, const sync::Send& send) {
    const TabPtr held = shared(tab);
    if (on_send) on_send(tab, send);
    world_.trace(tab.name, ": ", send.method, " ", send.target.substr(0, 22), " tag ", send.tag);
    world_.after(send.timeout.count(), [this, held, tag = send.tag] {
        deliver(held, [tag](sync::Client& client, sync::Now now) { client.on_network_error(tag, now); });
    });
    const bool is_refused = is_cut_up() && is_cut_down();
    if (is_refused) {
        world_.after(world_.between(1, 50), [this, held, tag = send.tag] {
            deliver(held, [tag](sync::Client& client, sync::Now now) {
                client.on_network_error(tag, now);
            });
        });
        return;
    }
    if (is_cut_up() || world_.fault(world_.rates.drop)) return;
    if (world_.fault(world_.rates.captive)) {
        const Reply page{200, Millis{0}, "<!doctype html><title>Wi-Fi</title>Please sign in"};
        return reply_to(held, send.tag, page);
    }
    const int copies = world_.fault(world_.rates.duplicate) ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
        std::int64_t latency = world_.between(2, 60);
        if (world_.fault(world_.rates.delay)) latency = world_.between(100, 120'000);
        world_.after(latency, [this, held, send] { arrive(held, send); });
    }
}

void Device::arrive(const TabPtr& tab, const sync::Send& send) {
    const std::optional<Reply> reply = server_.handle(send, user_.id);
    if (!reply) {
        if (!server_.is_up()) drop_live();
        world_.after(world_.between(1, 50), [this, tab, tag = send.tag] {
            deliver(tab, [tag](sync::Client& client, sync::Now now) {
                client.on_network_error(tag, now);
            });
        });
        return;
    }
    if (is_cut_down() || world_.fault(world_.rates.lose_reply)) {
        world_.trace(tab->name, ": reply to tag ", send.tag, " lost");
        return;
    }
    Reply changed = *reply;
    if (!changed.body.empty() && world_.fault(world_.rates.truncate))
        changed.body.resize(world_.random.below(changed.body.size()));
    reply_to(tab, send.tag, std::move(changed));
}

void Device::reply_to(const TabPtr& tab, std::uint64_t tag, Reply reply) {
    std::int64_t latency = world_.between(2, 60);
    if (world_.fault(world_.rates.delay)) latency = world_.between(100, 60'000);
    world_.after(latency, [this, tab, tag, reply] {
        world_.trace(tab->name, ": ", reply.status, " for tag ", tag);
        deliver(tab, [tag, reply](sync::Client& client, sync::Now now) {
            client.on_response(tag, reply.status, reply.retry_after, reply.body, now);
        });
    });
}

// ---- Live -----------------------------------------------------------------------------------------------

void Device::open_live(Tab& tab) {
    const TabPtr held = shared(tab);
    const std::uint64_t mine = tab.live = next_live_++;
    const bool works = server_.is_up() && !is_cut_up() && !is_cut_down();
    world_.after(world_.between(5, 100), [this, held, mine, works] {
        if (held->live != mine) return;
        if (!works) held->live = 0;
        deliver(held, [works](sync::Client& client, sync::Now now) { client.on_live_state(works, now); });
    });
    const auto beat = std::make_shared<std::function<void()>>();
    *beat = [this, held, mine, again = std::weak_ptr(beat)] {
        const auto next = again.lock();
        if (!next || !held->is_alive || held->live != mine) return;
        if (!is_cut_down())
            deliver(held, [](sync::Client& client, sync::Now now) { client.on_live_heartbeat(now); });
        world_.after(15'000, [next] { (*next)(); });
    };
    world_.after(15'000, [beat] { (*beat)(); });
}

void Device::hint(std::uint64_t head) {
    for (const TabPtr& tab : tabs_) {
        if (tab->live == 0 || is_cut_down() || world_.fault(world_.rates.drop)) continue;
        const std::uint64_t mine = tab->live;
        world_.after(world_.between(2, 250), [this, tab, mine, head] {
            if (tab->live != mine) return;
            deliver(tab, [head](sync::Client& client, sync::Now now) { client.on_hint(head, now); });
        });
    }
}

void Device::drop_live() {
    for (const TabPtr& tab : std::vector<TabPtr>(tabs_)) {
        if (tab->live == 0) continue;
        tab->live = 0;
        if (world_.random.chance(1, 3)) continue;  // nobody notices: silence
        world_.after(world_.between(1, 100), [this, tab] {
            deliver(tab, [](sync::Client& client, sync::Now now) { client.on_live_state(false, now); });
        });
    }
}

}  // namespace ventanilla::sim
