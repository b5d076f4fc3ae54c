#include "server/status/zones.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>

#include <date/tz.h>

namespace ventanilla::public_status {
namespace {

class SystemZone final : public TimeZone {
  public:
    explicit SystemZone(const date::time_zone* zone) : zone_(zone), name_(zone->name()) {}

    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] std::chrono::seconds offset_at(Instant at) const override {
        return zone_->get_info(date::sys_seconds{std::chrono::floor<std::chrono::seconds>(at)})
            .offset;
    }

  private:
    const date::time_zone* zone_;
    std::string name_;
};

class SystemZones final : public TimeZones {
  public:
    [[nodiscard]] const TimeZone* find(std::string_view name) const override {
        if (name == "UTC") return &utc();
        const std::scoped_lock lock{mutex_};
        const auto kept = kept_.find(name);
        if (kept != kept_.end()) return &kept->second;
        const date::time_zone* zone = look_up(name);
        if (zone == nullptr) return nullptr;
        return &kept_.emplace(std::string{name}, SystemZone{zone}).first->second;
    }

  private:
    // The library throws when it is asked for what is not there, so it is not asked.
    static const date::time_zone* look_up(std::string_view name) {
        if (!std::filesystem::exists("/usr/share/zoneinfo/tzdata.zi") &&
            !std::filesystem::exists("/usr/share/zoneinfo/zone1970.tab"))
            return nullptr;
        const auto& zones = date::get_tzdb().zones;
        const auto zone = std::find_if(
            zones.begin(), zones.end(), [name](const auto& each) { return each.name() == name; });
        return zone == zones.end() ? nullptr : &*zone;
    }

    mutable std::mutex mutex_;
    mutable std::map<std::string, SystemZone, std::less<>> kept_;
};

}  // namespace

std::unique_ptr<TimeZones> system_zones() {
    return std::make_unique<SystemZones>();
}

}  // namespace ventanilla::public_status
