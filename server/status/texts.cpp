#include "server/status/texts.hpp"

#include <algorithm>

namespace ventanilla::public_status {

using domain::OutageState;
using status::Headline;
using status::ServiceStatus;

namespace {

std::string month_name(Lang lang, unsigned month) {
    std::string_view rest = tr(lang, K::page_months);
    for (unsigned i = 1; i < month; ++i)
        rest.remove_prefix(std::min(rest.find(' ') + 1, rest.size()));
    return std::string{rest.substr(0, rest.find(' '))};
}

}  // namespace

std::string_view tr(Lang lang, K key) {
    return i18n::kTexts[static_cast<std::size_t>(key)][static_cast<std::size_t>(lang)];
}

std::string tr(Lang lang, K key, std::initializer_list<Slot> slots) {
    return filled(tr(lang, key), slots);
}

std::string tr(Lang lang, P key, std::int64_t n) {
    const std::size_t form = (lang == Lang::Es ? 0U : 2U) + (n == 1 ? 0U : 1U);
    return filled(i18n::kCounted[static_cast<std::size_t>(key)][form], {}, std::to_string(n));
}

domain::L10n tr_both(K key, const domain::L10n& title) {
    return {tr(Lang::Es, key, {{"title", title.in(Lang::Es)}}),
            tr(Lang::En, key, {{"title", title.in(Lang::En)}})};
}

std::string date_text(std::chrono::local_days date, Lang lang) {
    const std::chrono::year_month_day parts{date};
    const std::string day = std::to_string(static_cast<unsigned>(parts.day()));
    const std::string year = std::to_string(static_cast<int>(parts.year()));
    const std::string month = month_name(lang, static_cast<unsigned>(parts.month()));
    return tr(lang, K::page_date, {{"day", day}, {"month", month}, {"year", year}});
}

K key_of(OutageState state) {
    switch (state) {
        case OutageState::Investigating: return K::state_investigating;
        case OutageState::Identified: return K::state_identified;
        case OutageState::Monitoring: return K::state_monitoring;
        case OutageState::Resolved: return K::state_resolved;
        case OutageState::Scheduled: return K::state_scheduled;
        case OutageState::InProgress: return K::state_in_progress;
        case OutageState::Verifying: return K::state_verifying;
        case OutageState::Completed: return K::state_completed;
        case OutageState::FalseAlarm: return K::state_false_alarm;
        case OutageState::Merged: return K::state_merged;
        case OutageState::HandedOver: return K::state_handed_over;
        case OutageState::Rejected:  // concerns nobody, so nobody reads it
        case OutageState::Cancelled: break;
    }
    return K::state_cancelled;
}

K key_of(ServiceStatus status) {
    switch (status) {
        case ServiceStatus::Operational: return K::service_operational;
        case ServiceStatus::Maintenance: return K::service_maintenance;
        case ServiceStatus::Degraded: return K::service_degraded;
        case ServiceStatus::Partial: return K::service_partial;
        case ServiceStatus::Major: return K::service_major;
        case ServiceStatus::Unknown: break;
    }
    return K::service_unknown;
}

K key_of(Headline headline) {
    switch (headline) {
        case Headline::AllOperational: return K::headline_all_operational;
        case Headline::IncidentWithoutImpact: return K::headline_incident_without_impact;
        case Headline::Maintenance: return K::headline_maintenance;
        case Headline::PartiallyDegraded: return K::headline_partially_degraded;
        case Headline::Degraded: return K::headline_degraded;
        case Headline::MinorOutage: return K::headline_minor_outage;
        case Headline::PartialOutage: return K::headline_partial_outage;
        case Headline::MajorOutage: return K::headline_major_outage;
        case Headline::Unknown: break;
    }
    return K::headline_unknown;
}

}  // namespace ventanilla::public_status
