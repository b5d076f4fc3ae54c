#include "server/admin/status_figures.hpp"

#include <fstream>
#include <iostream>
#include <iterator>

#include "server/status/zones.hpp"
#include "shared/base/text.hpp"
#include "shared/status/recurrence.hpp"
#include "shared/status/response_times.hpp"
#include "shared/status/uptime_json.hpp"

namespace ventanilla::admin {
namespace {

constexpr std::size_t kQuestionBytesMax = 32 * 1024 * 1024;
constexpr std::size_t kIncidentsMax = 100'000;

Result<Json> question_of(const std::string& text) {
    if (trimmed(text).empty()) return invalid("nothing was asked: the question is a JSON object");
    Result<Json> question = parse_json(text, kQuestionBytesMax);
    if (question && !question->is_object()) return invalid("the question is one JSON object");
    return question;
}

Result<std::optional<Instant>> moment(const Json& incident,
                                      const char* key,
                                      const std::string& name) {
    const Json& value = member(incident, key);
    if (value.is_null()) return std::optional<Instant>{};
    const Result<Instant> at = value.is_string() ? parse_iso8601(value.get<std::string>())
                                                 : Result<Instant>{Errc::Invalid};
    if (!at)
        return invalid(concat(name, ".", key, ": a time is written like \"2026-03-11T14:20:00Z\""));
    return std::optional<Instant>{*at};
}

Result<status::IncidentMoments> moments_of(const Json& incident, const std::string& name) {
    status::IncidentMoments moments;
    const std::optional<Instant> started = TRY(moment(incident, "started", name));
    if (!started) return invalid(concat(name, ".started: it is missing"));
    moments.started = *started;
    moments.detected = TRY(moment(incident, "detected", name));
    moments.acknowledged = TRY(moment(incident, "acknowledged", name));
    moments.published = TRY(moment(incident, "published", name));
    moments.mitigated = TRY(moment(incident, "mitigated", name));
    moments.resolved = TRY(moment(incident, "resolved", name));
    moments.is_counted = !bool_or(incident, "false_alarm") && !bool_or(incident, "merged") &&
                         !bool_or(incident, "backfilled");
    return moments;
}

Json seconds_json(const std::optional<Millis>& duration) {
    if (!duration) return nullptr;
    const std::int64_t ms = duration->count();
    if (ms % 1000 == 0) return ms / 1000;
    return static_cast<double>(ms) / 1e3;
}

Json summary_json(const status::DurationSummary& summary) {
    return {{"count", summary.count},
            {"open", summary.censored},
            {"mean_seconds", seconds_json(summary.mean)},
            {"p50_seconds", seconds_json(summary.p50)},
            {"p90_seconds", seconds_json(summary.p90)}};
}

Result<Interval> window_of(const Json& question) {
    const Json& value = member(question, "window");
    const Json pair = {{"from", value.is_array() && value.size() == 2 ? value[0] : Json{}},
                       {"to", value.is_array() && value.size() == 2 ? value[1] : Json{}}};
    const std::optional<Instant> from = TRY(moment(pair, "from", "window"));
    const std::optional<Instant> to = TRY(moment(pair, "to", "window"));
    if (!from || !to) return invalid("window: two times, from and to");
    if (*to <= *from) return invalid("window: it ends before it begins, or is empty");
    return Interval{*from, *to};
}

// "2026-10-25: 02:00 happens twice; the first is used".
std::string change_sentence(const status::Occurrence& occurrence) {
    const std::string start = to_text(occurrence.start);
    const std::string when = concat(start.substr(0, 10), ": ", start.substr(11, 5));
    if (occurrence.reading == Reading::Twice) return when + " happens twice; the first is used";
    return when + " does not exist; it begins as long after midnight as on other days";
}

Json occurrence_json(const status::Occurrence& occurrence) {
    Json json = {{"recurrence_id", to_text(occurrence.recurrence_id)},
                 {"from", iso8601(occurrence.from)},
                 {"to", iso8601(occurrence.to)}};
    if (occurrence.start != occurrence.recurrence_id) json["moved_to"] = to_text(occurrence.start);
    if (occurrence.is_cancelled) json["cancelled"] = true;
    return json;
}

}  // namespace

Result<std::string> input_of(const std::string& file) {
    std::ifstream stream;
    if (!file.empty()) {
        stream.open(file, std::ios::binary);
        if (!stream) return Error{Errc::NotFound, concat("cannot read ", file), "file"};
    }
    std::istream& source = file.empty() ? std::cin : stream;
    std::string text{std::istreambuf_iterator<char>{source}, {}};
    if (text.size() > kQuestionBytesMax)
        return Error{Errc::TooLarge, "the question is over 32 MB", {}};
    return text;
}

Result<std::string> uptime_figures(const std::string& text) {
    const auto zones = public_status::system_zones();
    const Json json = TRY(question_of(text));
    const status::UptimeQuestion question = TRY(status::uptime_question_from(json, *zones));
    const status::Uptime uptime = TRY(status::uptime_of(question.query));
    return dump_json(status::uptime_answer(question, uptime)) + "\n";
}

Result<std::string> response_figures(const std::string& text) {
    const Json question = TRY(question_of(text));
    const Interval window = TRY(window_of(question));
    const Json list = TRY(array_at(question, "incidents"));
    if (list.size() > kIncidentsMax) return Error{Errc::TooLarge, "over 100,000 incidents", {}};
    std::vector<status::IncidentMoments> incidents;
    for (std::size_t i = 0; i < list.size(); ++i)
        incidents.push_back(TRY(moments_of(list[i], concat("incidents[", i, "]"))));
    const status::ResponseTimes times = status::response_times(incidents, window);
    return dump_json({{"ttd", summary_json(times.to_detect)},
                      {"tta", summary_json(times.to_acknowledge)},
                      {"ttp", summary_json(times.to_publish)},
                      {"ttm", summary_json(times.to_mitigate)},
                      {"ttr", summary_json(times.to_restore)},
                      {"mtbf_seconds", seconds_json(times.between_failures)}}) +
           "\n";
}

Result<std::string> recurrence_preview(const std::string& text) {
    const Json question = TRY(question_of(text));
    const status::Series series = TRY(status::series_from(question));
    const auto zones = public_status::system_zones();
    const TimeZone* zone = zones->find(series.tz);
    if (zone == nullptr) return invalid(concat("tz: there is no time zone \"", series.tz, "\""));
    const Instant start = read_local(*zone, series.start).first;
    Interval window{start, start + status::kMaterialised};
    if (has(question, "window")) window = TRY(window_of(question));
    const std::vector<status::Occurrence> found = TRY(status::occurrences(series, *zone, window));
    Json occurrences = Json::array();
    Json preview = Json::array();
    for (const status::Occurrence& each : found) {
        occurrences.push_back(occurrence_json(each));
        if (each.reading != Reading::Once) preview.push_back(change_sentence(each));
    }
    return dump_json({{"occurrences", occurrences}, {"preview", preview}}) + "\n";
}

}  // namespace ventanilla::admin
