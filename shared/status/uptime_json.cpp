#include "shared/status/uptime_json.hpp"

#include <algorithm>
#include <cmath>

#include "shared/base/text.hpp"
#include "shared/rules/working_calendar.hpp"

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::OutageKind;

constexpr std::size_t kEventsMax = 100'000;
constexpr double kPeopleMax = 1e10;

Result<Instant> time_of(const Json& value, const std::string& name) {
    const Result<Instant> at = value.is_string()
                                   ? parse_iso8601(value.get_ref<const std::string&>())
                                   : Result<Instant>{Errc::Invalid};
    if (!at) return invalid_member(name, "a time is written like \"2026-03-11T14:20:00Z\"");
    return at;
}

Result<std::optional<Instant>> time_if_any(const Json& object,
                                           std::string_view key,
                                           const std::string& name) {
    const Json& value = member(object, key);
    if (value.is_null()) return std::optional<Instant>{};
    return std::optional<Instant>{TRY(time_of(value, concat(name, ".", key)))};
}

Result<Interval> interval_of(const Json& value, const std::string& name) {
    if (!value.is_array() || value.size() != 2)
        return invalid_member(name, "a stretch of time is two times, from and to");
    const Interval interval{TRY(time_of(value[0], name)), TRY(time_of(value[1], name))};
    if (interval.to < interval.from) return invalid_member(name, "it ends before it begins");
    return interval;
}

Result<Impact> impact_or(const Json& object,
                         std::string_view key,
                         const std::string& name,
                         Impact usual) {
    const Json& value = member(object, key);
    if (value.is_null()) return usual;
    const std::optional<Impact> impact =
        value.is_string() ? domain::impact(value.get_ref<const std::string&>()) : std::nullopt;
    if (!impact)
        return invalid_member(concat(name, ".", key),
                     "an impact is \"major\", \"partial\", \"degraded\" or \"operational\"");
    return *impact;
}

class Reader {
  public:
    explicit Reader(const TimeZones& zones) : zones_(zones) {}

    Result<UptimeQuestion> read(const Json& value) {
        if (!value.is_object()) return invalid("the question is one JSON object");
        note_unknown(
            value,
            {"window", "events", "weights", "service_hours", "unknown", "users", "segments"},
            "");
        UptimeQuery query;
        query.window = TRY(interval_of(member(value, "window"), "window"));
        query.weights = TRY(weights_of(member(value, "weights")));
        query.unknown = TRY(unknown_of(member(value, "unknown")));
        query.service_hours = TRY(hours_of(member(value, "service_hours"), query.window));
        query.people = TRY(people_of(member(value, "users"), "users"));
        const Json& events = member(value, "events");
        if (!events.is_null()) query.events = TRY(events_of(events, "events"));
        (void)TRY(read_segments(value, query));
        question_.query = std::move(query);
        return std::move(question_);
    }

  private:
    void note_unknown(const Json& object,
                      std::initializer_list<std::string_view> known,
                      const std::string& name) {
        for (const auto& [key, ignored] : object.items()) {
            if (std::find(known.begin(), known.end(), key) == known.end())
                question_.ignored.push_back(name.empty() ? key : concat(name, ".", key));
        }
    }

    Result<ImpactWeights> weights_of(const Json& value) {
        ImpactWeights weights;
        if (value.is_null()) return weights;
        if (!value.is_object())
            return invalid_member("weights", "an object with \"major\", \"partial\" and \"degraded\"");
        note_unknown(value, {"major", "partial", "degraded"}, "weights");
        weights.major = TRY(weight_of(value, "major", weights.major));
        weights.partial = TRY(weight_of(value, "partial", weights.partial));
        weights.degraded = TRY(weight_of(value, "degraded", weights.degraded));
        return weights;
    }

    static Result<std::int64_t> weight_of(const Json& object,
                                          std::string_view key,
                                          std::int64_t usual) {
        const Json& value = member(object, key);
        if (value.is_null()) return usual;
        const double share = value.is_number() ? value.get<double>() : -1;
        if (!(share >= 0 && share <= 1))
            return invalid_member(concat("weights.", key), "a number between 0 and 1");
        return std::llround(share * static_cast<double>(ImpactWeights::kWhole));
    }

    static Result<std::vector<Interval>> unknown_of(const Json& value) {
        std::vector<Interval> unknown;
        if (value.is_null()) return unknown;
        if (!value.is_array() || value.size() > kEventsMax)
            return invalid_member("unknown", "a list of stretches of time");
        for (std::size_t i = 0; i < value.size(); ++i)
            unknown.push_back(TRY(interval_of(value[i], concat("unknown[", i, "]"))));
        return unknown;
    }

    Result<std::optional<std::vector<Interval>>> hours_of(const Json& value,
                                                          const Interval& window) {
        if (value.is_null()) return std::optional<std::vector<Interval>>{};
        const Result<rules::WorkingCalendar> calendar = rules::working_calendar_from(value);
        if (!calendar) return invalid_member("service_hours", calendar.error().detail);
        const TimeZone* zone = zones_.find(calendar->tz);
        if (zone == nullptr)
            return invalid_member("service_hours", concat("there is no time zone \"", calendar->tz, "\""));
        constexpr std::chrono::days kMost{200 * 366};
        if (window.length() > kMost) return invalid_member("window", "over 200 years of service hours");
        return std::optional{rules::open_intervals(*calendar, *zone, window)};
    }

    static Result<std::int64_t> people_of(const Json& value, const std::string& name) {
        if (value.is_null()) return std::int64_t{0};
        const double people = value.is_number() ? value.get<double>() : -1;
        if (!(people >= 0 && people <= kPeopleMax) || std::floor(people) < people)
            return invalid_member(name, "a whole number of people");
        return static_cast<std::int64_t>(people);
    }

    // An event from members of `object`, which may have others too.
    static Result<UptimeEvent> event_of(const Json& object,
                                        const std::string& name,
                                        std::string_view kind) {
        const std::optional<OutageKind> known = domain::outage_kind(text_or(object, "kind", kind));
        if (!known) return invalid_member(concat(name, ".kind"), "\"incident\" or \"maintenance\"");
        UptimeEvent event;
        event.kind = *known;
        event.from = TRY(time_of(member(object, "from"), concat(name, ".from")));
        event.to = TRY(time_if_any(object, "to", name));
        event.scheduled_until = TRY(time_if_any(object, "scheduled_until", name));
        const bool is_planned = event.kind == OutageKind::Maintenance;
        const bool has_impact = has(object, "impact");
        if (!has_impact && !(is_planned && has(object, "expected")))
            return invalid_member(concat(name, ".impact"), "it is missing");
        event.impact = TRY(impact_or(object, "impact", name, Impact::Operational));
        if (!is_planned) return event;
        event.expected = TRY(impact_or(object, "expected", name, event.impact));
        if (!has_impact) event.impact = event.expected;
        return event;
    }

    Result<std::vector<UptimeEvent>> events_of(const Json& list, const std::string& name) {
        if (!list.is_array() || list.size() > kEventsMax)
            return invalid_member(name, "a list of at most 100,000 events");
        std::vector<UptimeEvent> events;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string one = concat(name, "[", i, "]");
            if (!list[i].is_object()) return invalid_member(one, "an object");
            note_unknown(
                list[i],
                {"kind", "impact", "from", "to", "expected", "scheduled_until", "segments"},
                one);
            events.push_back(TRY(event_of(list[i], one, "")));
        }
        return events;
    }

    // Whether the event concerns the segment called `segment`: its list names it, or there is none.
    static bool concerns(const Json& event, const std::string& segment) {
        const Json& names = member(event, "segments");
        if (!names.is_array()) return true;
        return std::any_of(names.begin(), names.end(), [&segment](const Json& name) {
            return name.is_string() && name.get_ref<const std::string&>() == segment;
        });
    }

    Result<UptimeSegment> segment_of(const Json& value,
                                     const std::string& name,
                                     const Json& all,
                                     const std::vector<UptimeEvent>& events) {
        if (!value.is_object() || !has(value, "users"))
            return invalid_member(name, "an object with the number of its \"users\"");
        note_unknown(value,
                     {"name",
                      "users",
                      "events",
                      "kind",
                      "impact",
                      "from",
                      "to",
                      "expected",
                      "scheduled_until"},
                     name);
        UptimeSegment segment;
        segment.people = TRY(people_of(member(value, "users"), concat(name, ".users")));
        if (has(value, "events")) {
            segment.events = TRY(events_of(member(value, "events"), concat(name, ".events")));
        } else if (has(value, "from")) {
            segment.events.push_back(TRY(event_of(value, name, "incident")));
        } else {
            const std::string own = text_or(value, "name");
            for (std::size_t i = 0; i < events.size(); ++i)
                if (concerns(all[i], own)) segment.events.push_back(events[i]);
        }
        return segment;
    }

    Status read_segments(const Json& value, UptimeQuery& query) {
        const Json& list = member(value, "segments");
        if (list.is_null()) return ok();
        if (!list.is_array() || list.size() > 10'000)
            return invalid_member("segments", "a list of at most 10,000 segments");
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string name = concat("segments[", i, "]");
            query.segments.push_back(
                TRY(segment_of(list[i], name, member(value, "events"), query.events)));
        }
        return ok();
    }

    const TimeZones& zones_;
    UptimeQuestion question_;
};

// Whole seconds as a whole number, so that a reader need not know of fractions.
Json seconds_json(double seconds) {
    const double rounded = std::round(seconds);
    if (std::abs(seconds - rounded) < 1e-9 && rounded < 9e15)
        return static_cast<std::int64_t>(rounded);
    return seconds;
}

Json seconds_json(Millis length) {
    return seconds_json(static_cast<double>(length.count()) / 1e3);
}

Json figure_json(const UptimeFigure& figure) {
    const std::optional<std::int64_t> left = figure.thousandths();
    Json json = {{"lost_seconds", seconds_json(figure.lost_s())},
                 {"base_seconds", seconds_json(figure.base_s())}};
    json["percent"] = left ? Json(static_cast<double>(*left) / 1e3) : Json(nullptr);
    return json;
}

}  // namespace

Result<UptimeQuestion> uptime_question_from(const Json& value, const TimeZones& zones) {
    return Reader{zones}.read(value);
}

Json uptime_answer(const UptimeQuestion& question, const Uptime& uptime) {
    Json answer = {{"display", figure_json(uptime.display)},
                   {"sla", figure_json(uptime.sla)},
                   {"strict", figure_json(uptime.strict)},
                   {"users", figure_json(uptime.people)},
                   {"seconds",
                    {{"window", seconds_json(question.query.window.length())},
                     {"known", seconds_json(uptime.known)},
                     {"planned", seconds_json(uptime.planned)},
                     {"unplanned", seconds_json(uptime.unplanned)},
                     {"agreed", seconds_json(uptime.agreed)},
                     {"degraded", seconds_json(uptime.degraded)},
                     {"partial", seconds_json(uptime.partial)},
                     {"major", seconds_json(uptime.major)}}}};
    if (!question.ignored.empty()) answer["ignored"] = question.ignored;
    return answer;
}

}  // namespace ventanilla::status
