#include "shared/base/time_zone.hpp"

#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

using namespace std::chrono_literals;

class Utc final : public TimeZone {
  public:
    [[nodiscard]] std::string_view name() const override { return "UTC"; }
    [[nodiscard]] std::chrono::seconds offset_at(Instant) const override { return 0s; }
};

Instant minus(LocalTime local, std::chrono::seconds offset) {
    return Instant{local.time_since_epoch() - offset};
}

// When the wall jumps over `local`: the offset is `before` at `from` and another one at `to`.
Instant change_between(const TimeZone& zone, Instant from, Instant to) {
    const std::chrono::seconds before = zone.offset_at(from);
    while (to - from > Millis{1}) {
        const Instant middle = from + (to - from) / 2;
        (zone.offset_at(middle) == before ? from : to) = middle;
    }
    return to;
}

}  // namespace

const TimeZone& utc() {
    static const Utc kUtc;
    return kUtc;
}

LocalReading read_local(const TimeZone& zone, LocalTime local) {
    const Instant as_utc{local.time_since_epoch()};
    const std::chrono::seconds before = zone.offset_at(as_utc - 24h);
    const std::chrono::seconds after = zone.offset_at(as_utc + 24h);
    const Instant early = minus(local, before);
    const Instant late = minus(local, after);
    const bool is_early = zone.offset_at(early) == before;
    const bool is_late = zone.offset_at(late) == after;
    if (is_early && is_late && early != late) return {Reading::Twice, early, late, early};
    if (is_early) return {Reading::Once, early, early, early};
    if (is_late) return {Reading::Once, late, late, late};
    const Instant change = change_between(zone, as_utc - 24h, as_utc + 24h);
    return {Reading::Never, early, early, change};
}

LocalTime local_time(const TimeZone& zone, Instant at) {
    return LocalTime{at.time_since_epoch() + zone.offset_at(at)};
}

Result<LocalTime> parse_local_time(std::string_view text) {
    const std::string whole = concat(text, text.size() == 16 ? ":00Z" : "Z");
    const Result<Instant> read = parse_iso8601(whole);
    if (!read || whole.size() != 20)
        return invalid(concat("\"", text, "\" is no local time like 2026-10-25T02:00"));
    return LocalTime{read->time_since_epoch()};
}

std::string to_text(LocalTime local) {
    return iso8601(Instant{local.time_since_epoch()}).substr(0, 19);
}

}  // namespace ventanilla
