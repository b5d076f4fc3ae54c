#include "shared/status/banner.hpp"

#include <algorithm>
#include <tuple>

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::Outage;
using domain::OutageKind;
using namespace std::chrono_literals;

constexpr Millis kAsOfAtMost = 15min;
constexpr Millis kAnnouncedBefore = 24h;

bool is_shown(const Outage& outage, Phase phase, Instant now) {
    if (phase == Phase::Announced) return outage.started_at - now <= kAnnouncedBefore;
    return phase != Phase::Over;
}

// A maintenance that runs as planned is no bad news, whatever it takes down.
Impact severity(const Banner& banner) {
    return banner.is_unplanned ? domain::worst_impact(*banner.outage) : Impact::Operational;
}

bool can_be_dismissed(const Banner& banner) {
    return banner.phase != Phase::Overrunning && severity(banner) <= Impact::Degraded;
}

Instant newest_news(const Outage& outage) {
    for (auto update = outage.updates.rbegin(); update != outage.updates.rend(); ++update)
        if (update->is_material) return update->at;
    return outage.updates.front().at;
}

// Smaller stands higher.
auto rank(const Banner& banner) {
    const Outage& outage = *banner.outage;
    return std::tuple(banner.reach == Reach::NotMe,
                      -static_cast<int>(severity(banner)),
                      banner.phase != Phase::Overrunning,
                      -to_ms(newest_news(outage)),
                      outage.id.bytes);
}

bool is_dismissed(const Banner& banner, const std::vector<Dismissal>& dismissed) {
    if (!banner.is_dismissible) return false;
    return std::any_of(dismissed.begin(), dismissed.end(), [&banner](const Dismissal& each) {
        return each.outage == banner.outage->id && each.news == banner.news;
    });
}

}  // namespace

Freshness freshness_of(Millis age, Millis poll) {
    if (age <= 2 * poll) return Freshness::Current;
    return age <= kAsOfAtMost ? Freshness::AsOf : Freshness::LastKnown;
}

Reach reach_of(const Outage& outage, const rules::Viewer& viewer) {
    if (outage.audience.is_everybody) return Reach::Everybody;
    const std::vector<Id>& sites = outage.audience.sites;
    const bool is_mine =
        !is_nil(viewer.site) && std::find(sites.begin(), sites.end(), viewer.site) != sites.end();
    return is_mine ? Reach::MySite : Reach::NotMe;
}

int news_of(const Outage& outage, Instant now) {
    return 2 * outage.material_version + (is_eta_missed(outage, now) ? 1 : 0);
}

Banner banner_of(const Outage& outage, const rules::Viewer& viewer, Instant now) {
    Banner banner;
    banner.outage = &outage;
    banner.reach = reach_of(outage, viewer);
    banner.phase = phase_of(outage, now);
    banner.may_be_over = now > expires_at(outage);
    banner.is_unplanned = is_unplanned(outage, now);
    banner.is_dismissible = can_be_dismissed(banner);
    banner.news = news_of(outage, now);
    return banner;
}

std::vector<Banner> banners_for(const std::vector<Outage>& outages,
                                const rules::Viewer& viewer,
                                const std::vector<Dismissal>& dismissed,
                                Instant now) {
    std::vector<Banner> banners;
    for (const Outage& outage : outages) {
        const Banner banner = banner_of(outage, viewer, now);
        // Staff are sent every outage; to others what is not theirs does not exist.
        const bool is_theirs = banner.reach != Reach::NotMe || viewer.is_staff();
        if (!is_theirs || !is_shown(outage, banner.phase, now)) continue;
        if (!is_dismissed(banner, dismissed)) banners.push_back(banner);
    }
    std::sort(banners.begin(), banners.end(), [](const Banner& a, const Banner& b) {
        return rank(a) < rank(b);
    });
    return banners;
}

}  // namespace ventanilla::status
