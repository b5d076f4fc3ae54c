#include "server/api/guards.hpp"
#include "server/api/routes.hpp"
#include "server/http/log.hpp"
#include "server/store/changes.hpp"
#include "server/store/pull.hpp"
#include "server/store/push.hpp"
#include "shared/base/text.hpp"

// Push, pull, hints, status. Source: sync.md 2.4 to 2.8 and 2.14.

namespace ventanilla::api {
namespace {

HttpResponse other_user(const HttpRequest& request) {
    return http::problem(401, sync::problem::kOtherUser, http::language_of(request));
}

HttpResponse history_changed(const HttpRequest& request, const store::HistoryChanged& changed) {
    return http::problem(409,
                         sync::problem::kHistoryChanged,
                         http::language_of(request),
                         {{"epoch", to_text(changed.epoch)}, {"restored_to", changed.restored_to}});
}

HttpResponse resync(const HttpRequest& request) {
    return http::problem(
        410, sync::problem::kResync, http::language_of(request), {{"keep_outbox", true}});
}

// Ties the session to the device that pushes first. Errors: Forbidden when it belongs to another.
Status bind(const HttpRequest& request,
            const Session& session,
            const Id& device,
            const Services& services) {
    if (is_nil(device) || device == session.device) return ok();
    if (!is_nil(session.device)) return Errc::Forbidden;
    return services.sessions.bind(token_of(request, services.facts.is_secure), device);
}

// Somebody put an old file back: a new history begins, and every client will notice.
Result<store::HistoryChanged> rewind(const Id& seen_epoch, const Services& services) {
    store::HistoryChanged changed;
    TRY(services.store.write([&](store::Transaction& transaction) {
        if (transaction.meta().epoch == seen_epoch)
            store::begin_epoch(transaction, random_id(services.random), 0);
        const store::Meta meta = transaction.meta();
        changed = {meta.epoch, meta.restored_to};
        return ok();
    }));
    http::log(http::Level::Problem, "a client knows more history than this store: new epoch begun");
    return changed;
}

}  // namespace

// POST /api/v1/sync/push: 200 with one result per command once the envelope is understood.
Result<HttpResponse> post_push(const HttpRequest& request,
                               const Session& session,
                               const Services& services) {
    const std::string_view lang = http::language_of(request);
    const sync::PushRequest message = TRY(sync::decode_push_request(request.body));
    if (message.protocol != sync::kProtocol) {
        return http::problem(426,
                             sync::problem::kUpgrade,
                             lang,
                             {{"min_protocol", sync::kProtocol}, {"build", services.facts.build}});
    }
    if (message.user != session.actor.user) return other_user(request);
    if (!bind(request, session, message.device, services))
        return http::problem(401, "other_device", lang);

    const store::PushContext context{.user = session.actor.user,
                                     .device = message.device,
                                     .now = services.clock(),
                                     .clock = message.clock,
                                     .on_bug = [](std::string_view what) {
                                         http::log(http::Level::Problem,
                                                   concat("decide threw: ", what));
                                     }};
    sync::PushResponse response;
    std::optional<store::HistoryChanged> changed;
    const auto job = [&](store::Transaction& transaction) -> Status {
        const store::Meta before = transaction.meta();
        if (!is_nil(message.epoch) && message.epoch != before.epoch) {
            changed =
                store::HistoryChanged{before.epoch, store::common_with(transaction, message.epoch)};
            return ok();
        }
        response.epoch = before.epoch;
        response.results = TRY(store::push(transaction, message.commands, context));
        response.head = transaction.meta().head;
        return ok();
    };
    const Status done = services.store.write(job);
    if (!done && done.error().code == Errc::NotFound)
        return http::problem(401, sync::problem::kSessionOver, lang);
    if (!done) return http::problem(503, sync::problem::kBusy, lang);
    if (changed) return history_changed(request, *changed);
    response.server_ms = to_ms(services.clock());
    return http::json_response(sync::encode(response));
}

// GET /api/v1/sync/pull?user=…&cursor=…: 200 with a page; 304 at rest; 409 and 410 as sync.md 2.5
// and 2.8.
Result<HttpResponse> get_pull(const HttpRequest& request,
                              const Session& session,
                              const Services& services) {
    const sync::PullQuery query = TRY(sync::parse_pull_query(request.query));
    const Id user = session.actor.user;
    if (query.user != user) return other_user(request);
    std::optional<store::PullOutcome> outcome;
    Id epoch;
    const auto job = [&](const store::Snapshot& snapshot) -> Status {
        epoch = snapshot.meta().epoch;
        outcome = TRY(store::pull(snapshot, user, query, services.clock()));
        return ok();
    };
    const Status done = services.store.read(job);
    if (!done) {
        if (done.error().code == Errc::Invalid)
            return resync(request);  // not ours: start over, lose nothing
        if (done.error().code == Errc::NotFound)
            return http::problem(401, sync::problem::kSessionOver, http::language_of(request));
        return done.error();
    }
    if (std::holds_alternative<store::NotModified>(*outcome)) {
        HttpResponse response;
        response.status = 304;
        return response;
    }
    if (std::holds_alternative<store::TooOld>(*outcome)) return resync(request);
    if (std::holds_alternative<store::Rewound>(*outcome))
        return history_changed(request, TRY(rewind(epoch, services)));
    if (const auto* changed = std::get_if<store::HistoryChanged>(&*outcome))
        return history_changed(request, *changed);
    return http::json_response(sync::encode(std::get<sync::PullResponse>(*outcome)));
}

// GET /api/v1/sync/live: an event stream of hints, "event: head".
Result<HttpResponse> get_live(const HttpRequest&,
                              const Session& session,
                              const Services& services) {
    http::LiveTopic topic;
    topic.session = to_text(session.id);
    topic.user = to_text(session.actor.user);
    topic.audiences = session.actor.audiences();
    TRY(services.store.read([&](const store::Snapshot& snapshot) {
        topic.head = snapshot.meta().head;
        return ok();
    }));
    HttpResponse response;
    response.live = std::move(topic);
    return response;
}

// GET /api/v1/sync/status
Result<HttpResponse> get_status(const HttpRequest&, const Session&, const Services& services) {
    sync::SyncStatus status;
    TRY(services.store.read([&](const store::Snapshot& snapshot) {
        const store::Meta meta = snapshot.meta();
        status.epoch = meta.epoch;
        status.head = meta.head;
        return ok();
    }));
    status.build = services.facts.build;
    status.min_build = services.facts.min_build;
    status.server_ms = to_ms(services.clock());
    return http::json_response(sync::encode(status));
}

// POST /api/v1/sync/quarantine  {"cmd_id", "reason", "bytes": base64url}: what a device could not
// get through survives that device. 201, also when it was kept before.
Result<HttpResponse> post_quarantine(const HttpRequest& request,
                                     const Session& session,
                                     const Services& services) {
    const Json body = TRY(parse_json(request.body, limits::kPushBytesMax));
    TRY(only_keys(body, {"cmd_id", "reason", "bytes"}));
    const Id cmd_id = TRY(id_at(body, "cmd_id"));
    const std::string reason = TRY(text_at(body, "reason", limits::kTitleBytesMax));
    const std::string coded = TRY(text_at(body, "bytes", limits::kPushBytesMax));
    std::string bytes;
    if (!from_base64url(coded, bytes)) return invalid("bytes: no base64url", "bytes");
    const store::Broken broken{.cmd_id = cmd_id,
                               .user = session.actor.user,
                               .device = device_of(request),
                               .at = services.clock(),
                               .reason = reason,
                               .bytes = std::move(bytes)};
    TRY(services.store.write([&](store::Transaction& transaction) -> Status {
        if (transaction.broken_count(broken.user) >= store::kBrokenPerUserMax)
            return Error{Errc::TooLarge, "too many kept already", {}};
        transaction.put_broken(broken);
        return ok();
    }));
    return http::json_response(dump_json({{"cmd_id", to_text(cmd_id)}}), 201);
}

}  // namespace ventanilla::api
