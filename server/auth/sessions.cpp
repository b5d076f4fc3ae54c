#include "server/auth/sessions.hpp"

#include <algorithm>

#include "server/store/changes.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::auth {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using store::SessionRecord;

constexpr std::size_t kTokenBytes = 32;
constexpr Millis kSeenStep =
    minutes{5};  // how far the stored seen_at may lag: an fsync each is too dear

struct Lifetimes {
    Millis idle;
    Millis absolute;
};

// Those who see other people's requests are signed out sooner.
Lifetimes lifetimes_of(const commands::Actor& actor) {
    const bool is_staff = actor.roles.has(domain::Role::Agent) ||
                          actor.roles.has(domain::Role::Admin) ||
                          actor.roles.has(domain::Role::Manager);
    return is_staff ? Lifetimes{minutes{30} + kSeenStep, hours{12}}
                    : Lifetimes{hours{8} + kSeenStep, hours{24} * 30};
}

std::string hash_of(std::string_view token) {
    return sha256_bytes(token);
}

Session session_of(const SessionRecord& record, commands::Actor actor) {
    const Instant expires_at = record.created_at + lifetimes_of(actor).absolute;
    return {.id = record.id,
            .actor = std::move(actor),
            .device = record.device,
            .created_at = record.created_at,
            .expires_at = expires_at};
}

}  // namespace

Sessions::Sessions(store::Store& store, Clock clock, Random& random)
    : store_(store), clock_(std::move(clock)), random_(random) {}

Result<OpenedSession> Sessions::open(const Id& user, const Id& device) {
    OpenedSession opened;
    opened.token = to_base64url(random_bytes(random_, kTokenBytes));
    const Instant now = clock_();
    const SessionRecord record{.token_hash = hash_of(opened.token),
                               .id = random_id(random_),
                               .user = user,
                               .device = device,
                               .created_at = now,
                               .seen_at = now};
    commands::Actor actor;
    const auto job = [&](store::Transaction& transaction) -> Status {
        actor = TRY(store::actor_of(transaction, user));
        transaction.put_session(record);
        return ok();
    };
    TRY(store_.write(job));
    opened.session = session_of(record, std::move(actor));
    return opened;
}

bool Sessions::is_over(const SessionRecord& record, const commands::Actor& actor) const {
    const Instant now = clock_();
    const Lifetimes lifetimes = lifetimes_of(actor);
    return now - record.seen_at > lifetimes.idle || now - record.created_at > lifetimes.absolute;
}

Result<Session> Sessions::find(std::string_view token) {
    if (token.empty() || token.size() > 100) return Errc::NotFound;
    const std::string hash = hash_of(token);
    SessionRecord record;
    commands::Actor actor;
    const auto job = [&](const store::Snapshot& snapshot) -> Status {
        const auto found = snapshot.session(hash);
        if (!found) return Errc::NotFound;
        record = *found;
        actor = TRY(store::actor_of(snapshot, record.user));
        return ok();
    };
    TRY(store_.read(job));
    {
        const std::lock_guard lock{mutex_};
        const auto fresher = seen_.find(hash);
        if (fresher != seen_.end()) record.seen_at = std::max(record.seen_at, fresher->second);
    }
    if (is_over(record, actor)) {
        (void)end(record);
        return Errc::NotFound;
    }
    see(record);
    return session_of(record, std::move(actor));
}

void Sessions::see(const SessionRecord& record) {
    const Instant now = clock_();
    bool is_due = false;
    {
        const std::lock_guard lock{mutex_};
        is_due = now - record.seen_at > kSeenStep;
        if (is_due) seen_[record.token_hash] = now;
    }
    if (!is_due) return;
    SessionRecord fresh = record;
    fresh.seen_at = now;
    (void)store_.write([&](store::Transaction& transaction) {
        if (transaction.session(fresh.token_hash)) transaction.put_session(fresh);
        return ok();
    });
}

Status Sessions::bind(std::string_view token, const Id& device) {
    const std::string hash = hash_of(token);
    return store_.write([&](store::Transaction& transaction) -> Status {
        auto record = transaction.session(hash);
        if (!record) return Errc::NotFound;
        if (!is_nil(record->device))
            return record->device == device ? ok() : Status{Errc::Forbidden};
        record->device = device;
        transaction.delete_session(hash);
        transaction.put_session(*record);
        return ok();
    });
}

Status Sessions::end(const SessionRecord& record) {
    {
        const std::lock_guard lock{mutex_};
        seen_.erase(record.token_hash);
    }
    TRY(store_.write([&](store::Transaction& transaction) {
        transaction.delete_session(record.token_hash);
        return ok();
    }));
    if (on_end_) on_end_(record.id);
    return ok();
}

Status Sessions::close(std::string_view token) {
    std::optional<SessionRecord> record;
    TRY(store_.read([&](const store::Snapshot& snapshot) {
        record = snapshot.session(hash_of(token));
        return ok();
    }));
    return record ? end(*record) : ok();
}

Status Sessions::close_all_of(const Id& user) {
    std::vector<SessionRecord> records;
    TRY(store_.read([&](const store::Snapshot& snapshot) {
        records = snapshot.sessions_of(user);
        return ok();
    }));
    for (const SessionRecord& record : records)
        TRY(end(record));
    return ok();
}

}  // namespace ventanilla::auth
