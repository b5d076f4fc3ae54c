#include <algorithm>

#include "server/api/routes.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/outage.hpp"

namespace ventanilla::api {
namespace {

constexpr std::int64_t kPollMs = 60'000;
constexpr std::int64_t kPollDuringOutageMs = 15'000;
constexpr std::int64_t kExpiresMs = std::int64_t{24} * 3600 * 1000;

Json entry_of(const domain::Outage& outage, const domain::Row& row) {
    const domain::OutageUpdate& latest = outage.latest();
    Json entry = {{"id", to_text(outage.id)},
                  {"ver", row.ver},
                  {"material_version", outage.material_version},
                  {"kind", domain::name(outage.kind)},
                  {"state", domain::name(latest.state)},
                  {"worst", domain::name(domain::worst_impact(outage))},
                  {"title", domain::to_json(outage.title)},
                  {"impact", domain::to_json(outage.impact)},
                  {"workaround", domain::to_json(outage.workaround)},
                  {"contact",
                   {{"name", outage.contact.name},
                    {"phone", outage.contact.phone},
                    {"mail", outage.contact.mail}}},
                  {"started_at", to_ms(outage.started_at)},
                  {"updated_at", to_ms(latest.at)}};
    if (latest.next_update_due_at) entry["next_update_due_at"] = to_ms(*latest.next_update_due_at);
    if (latest.eta_high) entry["eta_high"] = to_ms(*latest.eta_high);
    return entry;
}

}  // namespace

// GET /s/banner: the open outages this person is concerned by, small enough to poll. Source:
// outage.md 3.3.
Result<HttpResponse> get_banner(const HttpRequest& request,
                                const Session& session,
                                const Services& services) {
    Json outages = Json::array();
    store::Meta meta;
    TRY(services.store.read([&](const store::Snapshot& snapshot) {
        meta = snapshot.meta();
        const auto audiences = session.actor.audiences();
        for (const domain::Row& row : snapshot.rows(domain::RowType::Outage)) {
            const Result<domain::Outage> outage = domain::outage_from(row);
            if (!outage || !domain::is_open(outage->state())) continue;
            if (snapshot.is_visible(row.ref, audiences)) outages.push_back(entry_of(*outage, row));
        }
        return ok();
    }));
    const std::string etag = concat(
        '"', to_hex(sha256_bytes(to_text(meta.epoch) + dump_json(outages))).substr(0, 24), '"');
    HttpResponse response;
    if (request.header("if-none-match") == etag) {
        response.status = 304;
    } else {
        const std::int64_t now = to_ms(services.clock());
        response = http::json_response(
            dump_json({{"epoch", to_text(meta.epoch)},
                       {"seq", meta.head},
                       {"generated_at", now},
                       {"expires_at", now + kExpiresMs},
                       {"poll_ms", outages.empty() ? kPollMs : kPollDuringOutageMs},
                       {"recovery",
                        {{"mode", "normal"},
                         {"spread_ms", 5'000},
                         {"min_backoff_ms", 1'000},
                         {"writes", "open"}}},
                       {"outages", outages}}));
    }
    response.with("etag", etag).with("cache-control", "private, no-cache");
    return response;
}

}  // namespace ventanilla::api
