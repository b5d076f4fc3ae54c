#include "server/api/public_outages.hpp"

#include "shared/domain/outage.hpp"

namespace ventanilla::api {
namespace {

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

Result<PublicOutages> public_outages(store::Store& store) {
    PublicOutages found;
    TRY(store.read([&](const store::Snapshot& snapshot) {
        const store::Meta meta = snapshot.meta();
        found.epoch = meta.epoch;
        found.head = meta.head;
        for (const domain::Row& row : snapshot.rows(domain::RowType::Outage)) {
            const Result<domain::Outage> outage = domain::outage_from(row);
            if (!outage || !outage->audience.is_everybody || !domain::is_open(outage->state()))
                continue;
            found.outages.push_back(entry_of(*outage, row));
        }
        return ok();
    }));
    return found;
}

}  // namespace ventanilla::api
