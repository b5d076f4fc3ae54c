#include "shared/status/phase.hpp"

#include <algorithm>

#include "shared/rules/maintenance.hpp"

namespace ventanilla::status {
namespace {

using domain::Outage;
using domain::OutageKind;
using domain::OutageState;
using namespace std::chrono_literals;

constexpr Millis kQuarter = 15min;
constexpr Millis kTrustedFor = 24h;

}  // namespace

Phase phase_of(const Outage& outage, Instant now) {
    const OutageState state = outage.state();
    if (!is_open(state)) return Phase::Over;
    if (outage.kind == OutageKind::Incident) return Phase::Ongoing;
    const bool is_past_end = outage.scheduled_until && now >= *outage.scheduled_until;
    if (state != OutageState::Scheduled) return is_past_end ? Phase::Overrunning : Phase::Ongoing;
    if (now < outage.started_at) return Phase::Announced;
    return is_past_end ? Phase::ShouldHaveEnded : Phase::OngoingBySchedule;
}

bool is_active(Phase phase) {
    return phase != Phase::Announced && phase != Phase::Over;
}

Millis grace_of(const Outage& maintenance) {
    const Millis planned = rules::covered_until(maintenance) - maintenance.started_at;
    return std::clamp<Millis>(planned / 10, 5min, 15min);
}

bool is_past_grace(const Outage& outage, Instant now) {
    const Phase phase = phase_of(outage, now);
    if (outage.kind != OutageKind::Maintenance || !outage.scheduled_until) return false;
    if (phase != Phase::Ongoing && phase != Phase::Overrunning) return false;
    return now >= rules::covered_until(outage) + grace_of(outage);
}

bool is_unplanned(const Outage& outage, Instant now) {
    if (outage.kind == OutageKind::Incident) return true;
    const Phase phase = phase_of(outage, now);
    if (phase == Phase::Overrunning || is_past_grace(outage, now)) return true;
    return phase == Phase::Ongoing && rules::is_worse_than_announced(outage, outage.latest());
}

Instant asks_at(const Outage& maintenance) {
    const Instant end = maintenance.scheduled_until.value_or(maintenance.started_at);
    const Millis planned = end - maintenance.started_at;
    return end - std::max<Millis>(10min, planned * 3 / 20);
}

Instant expires_at(const Outage& outage) {
    const domain::OutageUpdate& latest = outage.latest();
    Instant due = latest.next_update_due_at.value_or(latest.at);
    if (outage.scheduled_until) due = std::max(due, *outage.scheduled_until);
    return due + kTrustedFor;
}

std::optional<Instant> shown_eta(const Outage& outage) {
    const std::optional<Instant>& eta = outage.latest().eta_high;
    if (!eta || !is_open(outage.state())) return std::nullopt;
    const Millis over = eta->time_since_epoch() % kQuarter;
    return over == Millis{0} ? *eta : *eta + (kQuarter - over);
}

bool is_eta_missed(const Outage& outage, Instant now) {
    const std::optional<Instant> eta = shown_eta(outage);
    return eta && now > *eta;
}

bool is_update_overdue(const Outage& outage, Instant now) {
    const std::optional<Instant>& due = outage.latest().next_update_due_at;
    return is_open(outage.state()) && due && now > *due;
}

int minutes_between(Instant from, Instant to) {
    if (to <= from) return 0;
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(to - from).count());
}

}  // namespace ventanilla::status
