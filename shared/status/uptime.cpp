#include "shared/status/uptime.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::status {
namespace {

using domain::Impact;
using domain::OutageKind;

constexpr std::array<Impact, 4> kWorstFirst = {
    Impact::Major, Impact::Partial, Impact::Degraded, Impact::Operational};

// What begins or ends at a boundary.
enum class Layer : std::uint8_t {
    Impact,  // something stands, of a degree
    Cover,   // an announcement holds, of a degree
    Work,    // a maintenance goes on, announced as of a degree
    Unknown,
    Open,  // service hours
};
constexpr std::size_t kLayers = 5;

struct Mark {
    Instant at;
    Layer layer = Layer::Impact;
    Impact degree = Impact::Operational;
    int change = 0;  // +1 begins, -1 ends
};

class Marks {
  public:
    explicit Marks(const Interval& window) : window_(window) {}

    void add(Layer layer, Impact degree, const Interval& stretch) {
        const Interval part = clipped(stretch, window_);
        if (part.is_empty()) return;
        marks_.push_back({part.from, layer, degree, 1});
        marks_.push_back({part.to, layer, degree, -1});
    }

    std::vector<Mark> in_order() && {
        std::sort(
            marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.at < b.at; });
        return std::move(marks_);
    }

  private:
    Interval window_;
    std::vector<Mark> marks_;
};

// What stands between two boundaries.
class Standing {
  public:
    void apply(const Mark& mark) {
        counts_[static_cast<std::size_t>(mark.layer)][static_cast<std::size_t>(mark.degree)] +=
            mark.change;
    }

    [[nodiscard]] std::optional<Impact> worst(Layer layer) const {
        for (const Impact impact : kWorstFirst)
            if (count(layer, impact) > 0) return impact;
        return std::nullopt;
    }

    [[nodiscard]] Impact impact() const {
        return worst(Layer::Impact).value_or(Impact::Operational);
    }

    [[nodiscard]] bool is_known() const { return !worst(Layer::Unknown); }
    [[nodiscard]] bool is_agreed() const { return worst(Layer::Open).has_value(); }

    [[nodiscard]] bool is_covered() const {
        const std::optional<Impact> announced = worst(Layer::Cover);
        return announced && impact() <= *announced;
    }

    [[nodiscard]] bool is_strictly_down() const {
        return impact() >= Impact::Partial ||
               worst(Layer::Work).value_or(Impact::Operational) >= Impact::Partial;
    }

    // The largest weight, which with unusual weights need not be that of the worst.
    [[nodiscard]] std::int64_t weight(const ImpactWeights& weights) const {
        std::int64_t most = 0;
        for (const Impact impact : kWorstFirst)
            if (count(Layer::Impact, impact) > 0) most = std::max(most, weights.of(impact));
        return most;
    }

  private:
    [[nodiscard]] int count(Layer layer, Impact impact) const {
        return counts_[static_cast<std::size_t>(layer)][static_cast<std::size_t>(impact)];
    }

    std::array<std::array<int, 6>, kLayers> counts_{};
};

void mark_event(Marks& marks, const UptimeEvent& event, const Interval& window) {
    const Instant end = event.to.value_or(std::max(window.to, event.from));
    marks.add(Layer::Impact, event.impact, {event.from, end});
    if (event.kind != OutageKind::Maintenance) return;
    const Instant promised = event.scheduled_until.value_or(end);
    marks.add(Layer::Cover, event.expected, {event.from, std::min(promised, end)});
    marks.add(Layer::Work, event.expected, {event.from, end});
}

std::vector<Mark> marks_of(const UptimeQuery& query, const std::vector<UptimeEvent>& events) {
    Marks marks{query.window};
    for (const UptimeEvent& event : events)
        mark_event(marks, event, query.window);
    for (const Interval& unknown : query.unknown)
        marks.add(Layer::Unknown, Impact::Operational, unknown);
    if (!query.service_hours) {
        marks.add(Layer::Open, Impact::Operational, query.window);
    } else {
        for (const Interval& open : *query.service_hours)
            marks.add(Layer::Open, Impact::Operational, open);
    }
    return std::move(marks).in_order();
}

// Calls `visit(stretch, standing)` for each stretch of the window in which nothing begins or ends.
template <class Visit>
void for_each_slice(const UptimeQuery& query, const std::vector<UptimeEvent>& events, Visit visit) {
    Standing standing;
    Instant from = query.window.from;
    for (const Mark& mark : marks_of(query, events)) {
        if (mark.at > from) visit(Interval{from, mark.at}, standing);
        from = std::max(from, mark.at);
        standing.apply(mark);
    }
    if (query.window.to > from) visit(Interval{from, query.window.to}, standing);
}

WideCount whole(Millis length) {
    return WideCount{length.count()} * ImpactWeights::kWhole;
}

void count_unplanned(Uptime& uptime, Millis length, Impact impact) {
    if (impact == Impact::Operational) return;
    uptime.unplanned += length;
    if (impact == Impact::Degraded) uptime.degraded += length;
    if (impact == Impact::Partial) uptime.partial += length;
    if (impact == Impact::Major) uptime.major += length;
}

void count_slice(Uptime& uptime,
                 Millis length,
                 const Standing& standing,
                 const ImpactWeights& weights) {
    if (!standing.is_known()) return;
    uptime.known += length;
    if (standing.is_agreed()) uptime.agreed += length;
    uptime.display.base += whole(length);
    uptime.strict.base += whole(length);
    if (standing.is_strictly_down()) uptime.strict.lost += whole(length);
    if (standing.is_covered()) {
        uptime.planned += length;
        return;
    }
    const WideCount lost = WideCount{length.count()} * standing.weight(weights);
    uptime.display.lost += lost;
    count_unplanned(uptime, length, standing.impact());
    if (!standing.is_agreed()) return;
    uptime.sla.base += whole(length);
    uptime.sla.lost += lost;
}

// ---- people ----

struct Crowd {
    Instant at;
    std::int64_t change = 0;
};

// Whether at some instant more people are concerned than there are.
bool is_overcrowded(std::vector<Crowd> crowd, std::int64_t people) {
    std::sort(crowd.begin(), crowd.end(), [](const Crowd& a, const Crowd& b) {
        return a.at != b.at ? a.at < b.at : a.change < b.change;
    });
    std::int64_t concerned = 0;
    for (const Crowd& each : crowd) {
        concerned += each.change;
        if (concerned > people) return true;
    }
    return false;
}

Result<UptimeFigure> people_figure(const UptimeQuery& query, const Uptime& uptime) {
    if (query.segments.empty()) {
        const std::int64_t people = std::max<std::int64_t>(query.people, 1);
        return UptimeFigure{uptime.display.lost * people, uptime.display.base * people};
    }
    std::int64_t people = query.people;
    UptimeFigure figure;
    std::vector<Crowd> crowd;
    for (const UptimeSegment& segment : query.segments) {
        if (query.people == 0) people += segment.people;
        for_each_slice(query, segment.events, [&](const Interval& slice, const Standing& standing) {
            const std::int64_t weight = standing.weight(query.weights);
            if (!standing.is_known() || standing.is_covered() || weight == 0) return;
            figure.lost += WideCount{slice.length().count()} * weight * segment.people;
            crowd.push_back({slice.from, segment.people});
            crowd.push_back({slice.to, -segment.people});
        });
    }
    if (is_overcrowded(std::move(crowd), people))
        return invalid("segments: at some time they count more people than there are", "segments");
    figure.base = whole(uptime.known) * people;
    return figure;
}

// ---- what makes no sense ----

Status check_event(const UptimeEvent& event, const std::string& name) {
    if (event.to && *event.to < event.from)
        return invalid(concat(name, ": it ends before it begins"), name);
    if (event.kind != OutageKind::Maintenance) return ok();
    if (event.scheduled_until && *event.scheduled_until <= event.from)
        return invalid(concat(name, ": a maintenance that is scheduled to end before it begins"),
                       name);
    if (!event.to && !event.scheduled_until)
        return invalid(concat(name,
                              ": a maintenance that goes on needs scheduled_until: without "
                              "it nobody can tell what was planned"),
                       name);
    return ok();
}

Status check_events(const std::vector<UptimeEvent>& events, std::string_view name) {
    for (std::size_t i = 0; i < events.size(); ++i)
        (void)TRY(check_event(events[i], concat(name, "[", i, "]")));
    return ok();
}

Status check_query(const UptimeQuery& query) {
    if (query.window.to <= query.window.from)
        return invalid("window: it ends before it begins, or is empty", "window");
    for (const std::int64_t weight :
         {query.weights.degraded, query.weights.partial, query.weights.major}) {
        if (weight < 0 || weight > ImpactWeights::kWhole)
            return invalid("weights: each is between 0 and 1", "weights");
    }
    if (query.people < 0) return invalid("users: not less than none", "users");
    (void)TRY(check_events(query.events, "events"));
    for (std::size_t i = 0; i < query.segments.size(); ++i) {
        const std::string name = concat("segments[", i, "]");
        if (query.segments[i].people < 0)
            return invalid(concat(name, ": not less than nobody"), name);
        (void)TRY(check_events(query.segments[i].events, concat(name, ".events")));
    }
    return ok();
}

double seconds(WideCount billionths_of_ms) {
    return static_cast<double>(billionths_of_ms) / 1e12;
}

}  // namespace

std::int64_t ImpactWeights::of(Impact impact) const {
    switch (impact) {
        case Impact::Major: return major;
        case Impact::Partial: return partial;
        case Impact::Degraded: return degraded;
        case Impact::Operational: break;
    }
    return 0;
}

std::optional<std::int64_t> UptimeFigure::thousandths() const {
    if (base == 0) return std::nullopt;
    return static_cast<std::int64_t>((base - lost) * 100'000 / base);
}

double UptimeFigure::lost_s() const {
    return seconds(lost);
}

double UptimeFigure::base_s() const {
    return seconds(base);
}

Result<Uptime> uptime_of(const UptimeQuery& query) {
    (void)TRY(check_query(query));
    Uptime uptime;
    for_each_slice(query, query.events, [&](const Interval& slice, const Standing& standing) {
        count_slice(uptime, slice.length(), standing, query.weights);
    });
    uptime.people = TRY(people_figure(query, uptime));
    return uptime;
}

std::string percent_text(const UptimeFigure& figure) {
    const std::optional<std::int64_t> left = figure.thousandths();
    if (!left) return {};
    return concat(*left / 1'000, ".", padded(*left % 1'000, 3));
}

}  // namespace ventanilla::status
