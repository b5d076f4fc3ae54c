#include "server/status/model.hpp"

#include <algorithm>
#include <tuple>

#include "server/status/texts.hpp"
#include "shared/status/overrun.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Outage;
using domain::OutageState;
using domain::Service;

bool is_public_letters(const std::string& text) {
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
           });
}

status::OverrunTexts texts_for(const Outage& maintenance) {
    return {tr_both(K::overrun_title, maintenance.title),
            tr_both(K::overrun_body),
            tr_both(K::overrun_worse, maintenance.title)};
}

void add_overruns(std::vector<Outage>& outages, Instant now) {
    std::vector<Outage> more;
    for (const Outage& outage : outages)
        if (auto incident = status::overrun_incident(outage, texts_for(outage), now))
            more.push_back(std::move(*incident));
    for (Outage& outage : outages) {
        if (is_nil(outage.continues)) continue;
        const auto parent = std::find_if(outages.begin(), outages.end(), [&](const Outage& each) {
            return each.id == outage.continues;
        });
        if (parent != outages.end())
            outage =
                status::with_former_updates(std::move(outage), *parent, texts_for(*parent));
    }
    outages.insert(outages.end(), more.begin(), more.end());
}

void sort_newest_first(std::vector<Outage>& outages) {
    std::sort(outages.begin(), outages.end(), [](const Outage& a, const Outage& b) {
        return std::tie(b.started_at, b.id.bytes) < std::tie(a.started_at, a.id.bytes);
    });
}

}  // namespace

const Service* Model::service(const Id& id) const {
    const auto found = std::find_if(
        services.begin(), services.end(), [&id](const Service& each) { return each.id == id; });
    return found == services.end() ? nullptr : &*found;
}

Model public_model(const Facts& facts, Rows rows, Instant as_of) {
    Model model{facts, as_of, rows.known_since, std::move(rows.services), {}, {}, {}};
    std::erase_if(rows.outages, [](const Outage& each) { return !each.audience.is_everybody; });
    model.outages = std::move(rows.outages);
    for (const Outage& outage : model.outages)
        model.known_since = std::min(model.known_since, outage.updates.front().at);
    model.updated_at = model.known_since;
    add_overruns(model.outages, as_of);
    for (const Outage& outage : model.outages)
        model.updated_at = std::max(model.updated_at, outage.latest().at);
    sort_newest_first(model.outages);
    std::stable_sort(
        model.services.begin(), model.services.end(), [](const auto& a, const auto& b) {
            return std::tie(a.criticality, a.key) < std::tie(b.criticality, b.key);
        });
    model.rollup = status::roll_up(
        model.services, model.outages, rules::Viewer{}, status::Freshness::Current, as_of);
    return model;
}

std::string public_id(const Outage& outage) {
    return is_public_letters(outage.public_id) ? outage.public_id : public_letters(outage.id);
}

std::string public_id(const Service& service) {
    return public_letters(service.id);
}

std::string public_id(const domain::OutageUpdate& update) {
    return public_letters(update.id);
}

Instant began_at(const Outage& maintenance) {
    const bool was_announced = maintenance.updates.front().state == OutageState::Scheduled;
    if (!was_announced) return maintenance.started_at;
    for (const domain::OutageUpdate& update : maintenance.updates)
        if (update.state != OutageState::Scheduled && update.state != OutageState::Cancelled)
            return update.at;
    return maintenance.started_at;
}

domain::Impact weight_of(const Outage& outage) {
    if (is_open(outage.state())) return domain::worst_impact(outage);
    domain::Impact worst = domain::Impact::Operational;
    for (const domain::OutageUpdate& update : outage.updates)
        for (const domain::ServiceImpact& entry : update.snapshot)
            worst = std::max(worst, entry.impact);
    return worst;
}

bool concerns(const domain::Outage& outage, const domain::Service* service) {
    if (service == nullptr) return true;
    return std::any_of(outage.updates.begin(), outage.updates.end(), [&](const auto& update) {
        return std::any_of(update.snapshot.begin(), update.snapshot.end(), [&](const auto& entry) {
            return entry.service == service->id;
        });
    });
}

}  // namespace ventanilla::public_status
