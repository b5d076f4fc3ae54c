#include "tests/sim/server_node.hpp"

#include "server/store/changes.hpp"
#include "server/store/pull.hpp"
#include "server/store/push.hpp"
#include "shared/base/hash.hpp"

namespace ventanilla::sim {
namespace {

constexpr std::int64_t kServerEpochMs = 1'790'000'000'000;
constexpr std::string_view kPoison = "POISON";

Reply problem(int status, std::string_view code, std::int64_t retry_ms = 0) {
    sync::Problem problem;
    problem.status = status;
    problem.code = std::string(code);
    problem.retry_after_ms = retry_ms;
    return {status, Millis{retry_ms}, sync::encode(problem)};
}

Reply history_changed(const Id& epoch, std::uint64_t restored_to) {
    sync::Problem problem;
    problem.status = 409;
    problem.code = std::string(sync::problem::kHistoryChanged);
    problem.epoch = epoch;
    problem.restored_to = restored_to;
    return {409, Millis{0}, sync::encode(problem)};
}

}  // namespace

ServerNode::ServerNode(World& world)
    : world_(world), disk_(concat("fault", reinterpret_cast<std::uintptr_t>(this)), world.random) {
    open();
}

ServerNode::~ServerNode() = default;

Instant ServerNode::clock() const { return from_ms(kServerEpochMs + world_.now_ms()); }

void ServerNode::open() {
    store::SqliteOptions options;
    options.path = "ventanilla.db";
    options.vfs = disk_.name();
    options.mode = store::SqliteMode::Inline;
    options.first_epoch = derived_id("epoch", "sim");
    options.first_mac_key = std::string(32, 'k');
    options.on_fatal = [this](const Error&) { disk_.stop(); };
    Result<std::unique_ptr<store::Store>> opened = store::open_sqlite_store(std::move(options));
    if (!opened) {
        world_.violation("store", "does not open after a crash: ", opened.error().detail);
        return;
    }
    store_ = std::move(opened).value();
    // A small server with many clients, some of whom are there first: its turns are far enough away to matter.
    door_ = std::make_unique<recovery::Admission>(recovery::Known{50, 2'000}, "kept on disk", clock());
    const std::uint64_t others = world_.random.below(400);
    for (std::uint64_t other = 0; other < others; ++other)
        (void)door_->slot(other, 1, clock());
}

void ServerNode::crash(bool is_power_lost) {
    if (is_restarting_) return;
    world_.trace("server: ", is_power_lost ? "power lost" : "process dies");
    disk_.stop();
    store_.reset();
    is_restarting_ = true;
    world_.after(world_.is_calm ? 100 : world_.between(200, 15'000), [this, is_power_lost] {
        disk_.restart(is_power_lost);
        is_restarting_ = false;
        open();
        world_.trace("server: up again");
        if (is_up()) tap.committed();
    });
}

void ServerNode::die_if_stopped() {
    if (disk_.is_stopped() && !is_restarting_) crash(world_.random.chance(1, 2));
}

void ServerNode::fill_disk(std::int64_t ms) {
    disk_.set_full(true);
    world_.after(ms, [this] { disk_.set_full(false); });
}

void ServerNode::heal() { disk_.set_full(false); }

void ServerNode::forget_the_past() {
    if (!is_up() || disk_.is_stopped()) return;
    (void)store_->write([](store::Transaction& transaction) {
        store::Meta meta = transaction.meta();
        meta.horizon = meta.head;
        transaction.put_meta(meta);
        return ok();
    });
    world_.trace("server: forgets what was before");
}

void ServerNode::take_backup() {
    if (!is_up() || disk_.is_stopped()) return;
    (void)store_->read([&](const store::Snapshot& snapshot) {
        backup_head_ = snapshot.meta().head;
        return ok();
    });
    backup_ = disk_.copy();
    has_backup_ = true;
}

bool ServerNode::restore_backup() {
    if (!has_backup_ || !is_up() || is_restarting_) return false;
    store_.reset();
    disk_.replace(backup_);
    disk_.restart(false);
    open();
    if (!is_up()) return false;
    const Id epoch = random_id(world_.random);
    const Status done = store_->write([&](store::Transaction& transaction) {
        store::begin_epoch(transaction, epoch, backup_head_);
        return ok();
    });
    world_.trace("server: restored to ", backup_head_, done ? "" : " FAILED");
    tap.restored(backup_head_);
    return true;
}

// This and the next are the simulation's own: it has to know how they ended, and a write whose sync failed may
// be there after the restart all the same.
Status ServerNode::put_user(const domain::User& user) {
    disk_.disarm();
    const store::Author author;
    const Status done = store_->write([&](store::Transaction& transaction) {
        return store::put_user(transaction, user, author, clock());
    });
    die_if_stopped();
    if (is_up()) tap.committed();
    return done;
}

Status ServerNode::seed(const std::vector<commands::RowChange>& rows) {
    disk_.disarm();
    return store_->write([&](store::Transaction& transaction) {
        for (const commands::RowChange& row : rows)
            store::apply(transaction, {row.ref, {row}}, {}, clock());
        return ok();
    });
}

// What the API's door does before anybody reads a body (server/api/door.cpp).
std::optional<Reply> ServerNode::refuse(const sync::Send& request, const Id& user) {
    recovery::Asked asked;
    asked.lane = request.method == "GET" ? recovery::Lane::Read : recovery::Lane::Replay;
    asked.principal = hash64(to_text(user));
    for (const auto& [name, value] : request.headers) {
        if (name == recovery::kTicketHeader) asked.ticket = value;
        if (name == recovery::kLaneHeader) asked.lane = recovery::Lane::Interactive;
    }
    const recovery::Verdict verdict = door_->ask(asked, clock());
    if (verdict.is_admitted) {
        door_->done(asked.units, clock());
        return std::nullopt;
    }
    Json body = {{"status", 503}, {"code", sync::problem::kBusy}};
    if (verdict.grant) body.update(parse_json(recovery::encode(*verdict.grant)).value_or(Json::object()));
    body["retry_after_ms"] = verdict.retry_after.count();
    return Reply{503, verdict.retry_after, dump_json(body)};
}

Reply ServerNode::answer(const sync::Send& request, const Id& user) {
    const std::size_t mark = request.target.find('?');
    const std::string path = request.target.substr(0, mark);
    const std::string query = mark == std::string::npos ? "" : request.target.substr(mark + 1);
    if (path == recovery::kBannerPath)
        return {200, Millis{0}, dump_json({{"recovery", recovery::to_json(door_->advice(clock()))}})};
    if (path == recovery::kSlotPath) {
        const auto wanted = recovery::decode_slot_request(request.body);
        if (!wanted) return problem(422, sync::problem::kMalformed);
        return {200, Millis{0}, recovery::encode(door_->slot(hash64(to_text(user)), wanted->items, clock()))};
    }
    if (auto refused = refuse(request, user)) return *refused;
    if (request.method == "POST" && path == sync::kPushPath) return push(request.body, user);
    if (request.method == "GET" && path == sync::kPullPath) return pull(query, user);
    return problem(404, "not_found");
}

std::optional<Reply> ServerNode::handle(const sync::Send& request, const Id& user) {
    if (!is_up()) return std::nullopt;
    if (world_.fault(world_.rates.server_crash))
        disk_.stop_after(static_cast<int>(world_.between(1, 12)));
    if (world_.fault(world_.rates.sync_error)) disk_.fail_next_sync();
    Reply reply = answer(request, user);
    die_if_stopped();
    if (!is_up()) return std::nullopt;
    disk_.disarm();  // it did not need so many calls: it lives
    if (world_.fault(world_.rates.server_crash / 2)) {  // after the commit, before the reply
        crash(world_.random.chance(1, 2));
        return std::nullopt;
    }
    return reply;
}

Reply ServerNode::push(const std::string& body, const Id& user) {
    const Result<sync::PushRequest> message = sync::decode_push_request(body);
    if (!message) return problem(422, sync::problem::kMalformed);
    if (message->user != user) return problem(401, sync::problem::kOtherUser);
    const bool is_poisoned = !world_.is_calm && body.find(kPoison) != std::string::npos;
    if (is_poisoned) return {500, Millis{0}, "Internal Server Error"};
    const store::PushContext context{user, message->device, clock(), message->clock, {}};
    sync::PushResponse response;
    std::optional<Reply> changed;
    const Status done = store_->write([&](store::Transaction& transaction) -> Status {
        response = {};
        const store::Meta meta = transaction.meta();
        if (!is_nil(message->epoch) && message->epoch != meta.epoch) {
            changed = history_changed(meta.epoch, store::common_with(transaction, message->epoch));
            return ok();
        }
        response.epoch = meta.epoch;
        response.results = TRY(store::push(transaction, message->commands, context));
        response.head = transaction.meta().head;
        return ok();
    });
    if (!done && done.error().code == Errc::NotFound) return problem(401, sync::problem::kSessionOver);
    if (!done) return problem(503, sync::problem::kBusy, world_.between(1, 3) * 1'000);
    if (changed) return *changed;
    response.server_ms = to_ms(clock());
    disk_.disarm();  // the oracle only looks; nothing dies of it
    tap.committed();
    tap.pushed(user, *message, response);
    return {200, Millis{0}, sync::encode(response)};
}

Reply ServerNode::pull(const std::string& query, const Id& user) {
    Result<sync::PullQuery> parsed = sync::parse_pull_query(query);
    if (!parsed) return problem(422, sync::problem::kMalformed);
    if (parsed->user != user) return problem(401, sync::problem::kOtherUser);
    parsed->limit = 7;  // many pages even for the small worlds of a simulation
    std::optional<store::PullOutcome> outcome;
    const Status done = store_->read([&](const store::Snapshot& snapshot) -> Status {
        outcome = TRY(store::pull(snapshot, user, *parsed, clock()));
        return ok();
    });
    if (!done && done.error().code == Errc::Invalid) return problem(410, sync::problem::kResync);
    if (!done && done.error().code == Errc::NotFound) return problem(401, sync::problem::kSessionOver);
    if (!done) return problem(503, sync::problem::kBusy, 1'000);
    if (std::holds_alternative<store::NotModified>(*outcome)) return {304, Millis{0}, {}};
    if (std::holds_alternative<store::TooOld>(*outcome)) return problem(410, sync::problem::kResync);
    if (const auto* changed = std::get_if<store::HistoryChanged>(&*outcome))
        return history_changed(changed->epoch, changed->restored_to);
    if (std::holds_alternative<store::Rewound>(*outcome)) {
        world_.violation("I11", "a cursor of this epoch is not on this history");
        return problem(500, "rewound");
    }
    const auto& page = std::get<sync::PullResponse>(*outcome);
    tap.pulled(user, *parsed, page);
    return {200, Millis{0}, sync::encode(page)};
}

}  // namespace ventanilla::sim
