#include "server/status/calendar_ics.hpp"

#include <algorithm>

#include "server/status/texts.hpp"
#include "server/status/xml.hpp"
#include "shared/base/text.hpp"
#include "shared/status/phase.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Outage;
using domain::OutageState;
using namespace std::chrono_literals;

constexpr std::size_t kLineOctets = 75;
constexpr Millis kQuarter = 15min;
constexpr std::int64_t kMovesMax = 999;

// "20260311T142005Z".
std::string stamp(Instant at) {
    const std::string text = iso8601(at);
    return concat(text.substr(0, 4),
                  text.substr(5, 2),
                  text.substr(8, 2),
                  "T",
                  text.substr(11, 2),
                  text.substr(14, 2),
                  text.substr(17, 2),
                  "Z");
}

// How often the end has moved by itself: once for each quarter of an hour begun past the promise.
std::int64_t moves(const Outage& outage, Instant now) {
    if (status::phase_of(outage, now) != status::Phase::Overrunning) return 0;
    return std::min<std::int64_t>((now - *outage.scheduled_until) / kQuarter + 1, kMovesMax);
}

Instant end_of(const Outage& outage, Instant now) {
    const Instant promised = outage.scheduled_until.value_or(outage.started_at + 1h);
    if (outage.ended_at && outage.state() != OutageState::Cancelled)
        return std::max(*outage.ended_at, began_at(outage) + 1min);
    const std::int64_t steps = moves(outage, now);
    if (steps == 0) return promised;
    const std::optional<Instant> eta = status::shown_eta(outage);
    return eta && *eta > now ? *eta : promised + kQuarter * steps;
}

bool concerns_now(const Outage& outage, const domain::Service* service) {
    if (service == nullptr) return true;
    const auto& snapshot = outage.latest().snapshot;
    return std::any_of(snapshot.begin(), snapshot.end(), [service](const auto& entry) {
        return entry.service == service->id;
    });
}

std::string event_of(const Model& model, const Outage& outage, Lang lang) {
    const bool is_cancelled = outage.state() == OutageState::Cancelled;
    const auto edits = static_cast<std::int64_t>(outage.updates.size()) - 1;
    std::string out = ics_line("BEGIN:VEVENT");
    out += ics_line(concat("UID:", to_text(outage.id), "@ventanilla"));
    out += ics_line(concat("DTSTAMP:", stamp(outage.latest().at)));
    out += ics_line(concat("CREATED:", stamp(outage.updates.front().at)));
    out += ics_line(concat("LAST-MODIFIED:", stamp(outage.latest().at)));
    out += ics_line(concat("SEQUENCE:", edits * (kMovesMax + 1) + moves(outage, model.as_of)));
    out += ics_line(concat("DTSTART:", stamp(began_at(outage))));
    out += ics_line(concat("DTEND:", stamp(end_of(outage, model.as_of))));
    out += ics_line(concat("STATUS:", is_cancelled ? "CANCELLED" : "CONFIRMED"));
    out += ics_line("TRANSP:TRANSPARENT");
    out += ics_line("CATEGORIES:MAINTENANCE");
    out += ics_line(concat("SUMMARY:", ics_text(outage.title.in(lang))));
    out += ics_line(
        concat("DESCRIPTION:",
               ics_text(concat(outage.impact.in(lang), "\n\n", outage.latest().body.in(lang)))));
    out += ics_line(concat(
        "URL:", model.facts.url, "/public/status.", name(lang), ".html#", public_id(outage)));
    return out + ics_line("END:VEVENT");
}

}  // namespace

std::string ics_line(std::string_view text) {
    std::string out;
    std::size_t room = kLineOctets;
    while (text.size() > room) {
        const std::string_view part = cut_utf8(text, room);
        out += concat(part, "\r\n ");
        text.remove_prefix(part.size());
        room = kLineOctets - 1;  // the blank that continues a line counts
    }
    return concat(out, text, "\r\n");
}

std::string ics_text(std::string_view text) {
    std::string out;
    for (const char c : xml_clean(text)) {
        if (c == '\\' || c == ';' || c == ',') out.push_back('\\');
        if (c == '\n')
            out += "\\n";
        else if (c != '\r')
            out.push_back(c == '\t' ? ' ' : c);
    }
    return out;
}

std::string calendar_ics(const Model& model, Lang lang, const domain::Service* service) {
    std::string title = tr(lang, K::calendar_title, {{"name", model.facts.name}});
    if (service != nullptr) title = concat(service->name.in(lang), " · ", title);
    std::string out = ics_line("BEGIN:VCALENDAR");
    out += ics_line("VERSION:2.0");
    out += ics_line("PRODID:-//Ventanilla//Status//EN");
    out += ics_line("METHOD:PUBLISH");
    out += ics_line(concat("NAME:", ics_text(title)));
    out += ics_line(concat("X-WR-CALNAME:", ics_text(title)));
    out += ics_line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    out += ics_line("X-PUBLISHED-TTL:PT1H");
    for (const Outage& outage : model.outages) {
        const bool is_planned = outage.kind == domain::OutageKind::Maintenance;
        if (is_planned && concerns_now(outage, service)) out += event_of(model, outage, lang);
    }
    return out + ics_line("END:VCALENDAR");
}

}  // namespace ventanilla::public_status
