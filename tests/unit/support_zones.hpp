#pragma once

#include <map>
#include <string>
#include <vector>

#include "shared/base/time_zone.hpp"

// Time zones from a table, for tests: the changes of clocks of a few places in a few years.

namespace ventanilla {

class TableZone final : public TimeZone {
  public:
    struct Change {
        Instant at;
        std::chrono::seconds offset;
    };

    TableZone(std::string name, std::chrono::seconds first, std::vector<Change> changes)
        : name_(std::move(name)), first_(first), changes_(std::move(changes)) {}

    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] std::chrono::seconds offset_at(Instant at) const override {
        std::chrono::seconds offset = first_;
        for (const Change& change : changes_)
            if (change.at <= at) offset = change.offset;
        return offset;
    }

  private:
    std::string name_;
    std::chrono::seconds first_;
    std::vector<Change> changes_;
};

inline Instant utc_time(std::string_view text) {
    const Result<Instant> at = parse_iso8601(text);
    return at ? *at : Instant{};
}

// Madrid 2026 and 2027, Chicago 2026, Buenos Aires without any change.
class TableZones final : public TimeZones {
  public:
    TableZones() {
        using std::chrono::hours;
        add("Europe/Madrid",
            hours{1},
            {{utc_time("2026-03-29T01:00:00Z"), hours{2}},
             {utc_time("2026-10-25T01:00:00Z"), hours{1}},
             {utc_time("2027-03-28T01:00:00Z"), hours{2}},
             {utc_time("2027-10-31T01:00:00Z"), hours{1}}});
        add("America/Chicago",
            hours{-6},
            {{utc_time("2026-03-08T08:00:00Z"), hours{-5}},
             {utc_time("2026-11-01T07:00:00Z"), hours{-6}}});
        add("America/Argentina/Buenos_Aires", hours{-3}, {});
    }

    [[nodiscard]] const TimeZone* find(std::string_view name) const override {
        if (name == "UTC") return &utc();
        const auto zone = zones_.find(std::string{name});
        return zone == zones_.end() ? nullptr : &zone->second;
    }

  private:
    void add(const char* name, std::chrono::seconds first, std::vector<TableZone::Change> changes) {
        zones_.emplace(name, TableZone{name, first, std::move(changes)});
    }

    std::map<std::string, TableZone> zones_;
};

}  // namespace ventanilla
