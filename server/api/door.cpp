#include "server/api/door.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/api/guards.hpp"
#include "server/api/public_outages.hpp"
#include "server/http/log.hpp"
#include "server/http/problem.hpp"
#include "server/http/wire.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/sync/protocol.hpp"

namespace ventanilla::api {
namespace {

using http::HttpRequest;
using http::HttpResponse;
using recovery::Lane;

constexpr std::string_view kKnownKey = "recovery.known";
constexpr std::string_view kOverloaded =
    "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";
constexpr std::string_view kExposed =
    "Retry-After, RateLimit, RateLimit-Policy, ETag, Date, Outbox-Ticket";
constexpr std::string_view kBannerCaching =
    "max-age=15, stale-while-revalidate=60, stale-if-error=86400";
constexpr std::int64_t kExpiresMs = std::int64_t{24} * 3600 * 1000;
constexpr std::int64_t kPollDuringOutageMs = 15'000;
constexpr std::size_t kBytesPerCommand =
    4'096;  // a body cannot hide more work than its size allows

recovery::Known known_of(store::Store& store) {
    recovery::Known known;
    const Status read = store.read([&](const store::Snapshot& snapshot) {
        const Result<Json> kept =
            parse_json(snapshot.setting(std::string(kKnownKey)).value_or("{}"));
        if (!kept) return ok();
        known.units_per_s =
            static_cast<double>(int_or(*kept, "units_per_s", std::lround(known.units_per_s)));
        known.clients = static_cast<double>(int_or(*kept, "clients"));
        return ok();
    });
    if (!read) http::log(http::Level::Warning, "what was known of the load could not be read");
    return known;
}

// Of its own, from the key that cursors have: one secret to keep, and neither tells the other.
std::string ticket_key(store::Store& store) {
    std::string key;
    const Status read = store.read([&](const store::Snapshot& snapshot) {
        const Sha256 derived = hmac_sha256(snapshot.meta().mac_key, "recovery tickets");
        key.assign(derived.begin(), derived.end());
        return ok();
    });
    if (!read) http::log(http::Level::Problem, "the key of tickets could not be read");
    return key;
}

// Who asks, before anybody has checked it: good enough to hold a turn.
std::uint64_t principal_of(const HttpRequest& request) {
    const std::string_view device = request.header("x-device");
    return hash64(device.empty() ? std::string_view{request.peer} : device);
}

double commands_in(const HttpRequest& head) {
    int items = 1;
    const std::string_view text = head.header("outbox-items");
    std::from_chars(text.data(), text.data() + text.size(), items);
    std::size_t bytes = 0;
    const std::string_view length = head.header("content-length");
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    const int by_size = static_cast<int>(std::min<std::size_t>(bytes / kBytesPerCommand, 64));
    return std::clamp(std::max(items, by_size), 1, static_cast<int>(limits::kPushCommandsMax));
}

std::optional<recovery::Asked> work_of(const HttpRequest& head) {
    recovery::Asked asked;
    asked.principal = principal_of(head);
    if (head.method == "GET" && head.path == sync::kPullPath) {
        asked.lane = Lane::Read;
        asked.units = recovery::kReadCost;
        return asked;
    }
    if (head.method != "POST" || head.path != sync::kPushPath) return std::nullopt;
    const bool is_interactive = head.header("outbox-lane") == recovery::kInteractive;
    asked.lane = is_interactive ? Lane::Interactive : Lane::Replay;
    asked.units = recovery::kWriteCost * commands_in(head);
    asked.ticket = head.header("outbox-ticket");
    return asked;
}

std::int64_t seconds_up(Millis wait) {
    return (wait.count() + 999) / 1000;
}

HttpResponse refusal(const recovery::Verdict& verdict, std::string_view lang) {
    Json extra = {{"type", kOverloaded}, {"retry_after_ms", verdict.retry_after.count()}};
    if (verdict.grant) {
        extra.update(parse_json(recovery::encode(*verdict.grant)).value_or(Json::object()));
        extra["retry_after_ms"] = verdict.retry_after.count();
    }
    HttpResponse response = http::problem(503, sync::problem::kBusy, lang, extra);
    response.with("ratelimit", concat("\"outbox\";r=0;t=", seconds_up(verdict.retry_after)))
        .with("access-control-expose-headers", kExposed);
    return response;
}

// Advice in whole seconds, so that the banner's tag changes only when something did.
recovery::Advice in_steps(recovery::Advice advice) {
    advice.spread = Millis{seconds_up(advice.spread) * 1000};
    advice.min_backoff = Millis{seconds_up(advice.min_backoff) * 1000};
    return advice;
}

}  // namespace

Door::Door(store::Store& store, auth::Clock clock, bool is_secure)
    : store_(store),
      clock_(std::move(clock)),
      is_secure_(is_secure),
      admission_(known_of(store), ticket_key(store), clock_()),
      remembered_(admission_.known(clock_())) {
    banner_.full = http::problem(503, sync::problem::kBusy, "en");
    banner_.wire = banner_.unchanged = wire_of(banner_.full);
    if (!refresh()) http::log(http::Level::Warning, "the first banner could not be made");
}

Door::Wire Door::wire_of(const HttpResponse& response) const {
    return std::make_shared<const std::string>(http::to_wire(response, is_secure_));
}

Door::Wire Door::banner_wire(std::string_view if_none_match) {
    const std::lock_guard lock{mutex_};
    return if_none_match == banner_.etag ? banner_.unchanged : banner_.wire;
}

http::Gate Door::gate(const HttpRequest& head) {
    if (head.method == "GET" && head.path == recovery::kBannerPath)
        return {.wire = banner_wire(head.header("if-none-match"))};
    const std::optional<recovery::Asked> asked = work_of(head);
    if (!asked) return {};
    const std::string_view lang = http::language_of(head);
    const std::lock_guard lock{mutex_};
    const Instant now = clock_();
    admission_.saw(asked->principal, now);
    const recovery::Verdict verdict = admission_.ask(*asked, now);
    if (verdict.is_admitted) return {.units = asked->units};
    return refuse(verdict, lang);
}

http::Gate Door::refuse(const recovery::Verdict& verdict, std::string_view lang) {
    if (verdict.grant) return {.wire = wire_of(refusal(verdict, lang))};
    if (refused_.retry_after != verdict.retry_after) {
        refused_ = {
            verdict.retry_after, wire_of(refusal(verdict, "es")), wire_of(refusal(verdict, "en"))};
    }
    return {.wire = lang == "en" ? refused_.en : refused_.es};
}

void Door::left(double units) {
    const std::lock_guard lock{mutex_};
    admission_.done(units, clock_());
}

HttpResponse Door::banner(const HttpRequest& request) {
    const std::lock_guard lock{mutex_};
    HttpResponse response = banner_.full;
    if (request.header("if-none-match") == banner_.etag) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

Result<HttpResponse> Door::slot(const HttpRequest& request) {
    const recovery::SlotRequest wanted = TRY(recovery::decode_slot_request(request.body));
    recovery::Grant grant;
    {
        const std::lock_guard lock{mutex_};
        grant = admission_.slot(principal_of(request), wanted.items, clock_());
    }
    HttpResponse response = http::json_response(recovery::encode(grant));
    response.with("retry-after", std::to_string(seconds_up(grant.slot)))
        .with("access-control-expose-headers", kExposed);
    return response;
}

Status Door::refresh() {
    PublicOutages found = TRY(public_outages(store_));
    const std::lock_guard lock{mutex_};
    const Instant now = clock_();
    const recovery::Advice advice = in_steps(admission_.advice(now));
    const std::int64_t poll_ms = found.outages.empty() ? advice.poll.count() : kPollDuringOutageMs;
    Json content = {{"epoch", to_text(found.epoch)},
                    {"recovery", recovery::to_json(advice)},
                    {"poll_ms", poll_ms},
                    {"outages", std::move(found.outages)}};
    const std::string etag =
        concat('"', to_hex(sha256_bytes(dump_json(content))).substr(0, 24), '"');
    content["seq"] = found.head;
    content["generated_at"] = to_ms(now);
    content["expires_at"] = to_ms(now) + kExpiresMs;
    HttpResponse unchanged;
    unchanged.status = 304;
    unchanged.with("etag", etag).with("cache-control", kBannerCaching);
    banner_.etag = etag;
    banner_.full = http::json_response(dump_json(content));
    banner_.full.with("etag", etag)
        .with("cache-control", kBannerCaching)
        .with("access-control-expose-headers", kExposed);
    banner_.wire = wire_of(banner_.full);
    banner_.unchanged = wire_of(unchanged);
    return ok();
}

Status Door::remember() {
    recovery::Known known;
    {
        const std::lock_guard lock{mutex_};
        known = admission_.known(clock_());
    }
    const auto differs = [](double one, double other) {
        return std::abs(one - other) > 0.1 * std::max(1.0, other);
    };
    const bool is_news = differs(known.units_per_s, remembered_.units_per_s) ||
                         differs(known.clients, remembered_.clients);
    if (!is_news) return ok();
    const std::string text = dump_json(
        {{"units_per_s", std::lround(known.units_per_s)}, {"clients", std::lround(known.clients)}});
    TRY(store_.write([&](store::Transaction& transaction) {
        transaction.put_setting(std::string(kKnownKey), text);
        return ok();
    }));
    remembered_ = known;
    return ok();
}

recovery::Advice Door::advice() {
    const std::lock_guard lock{mutex_};
    return admission_.advice(clock_());
}

}  // namespace ventanilla::api
