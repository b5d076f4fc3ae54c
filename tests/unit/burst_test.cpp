#include "shared/rules/burst.hpp"

#include <gtest/gtest.h>

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNow = from_ms(1'773'238'800'000);

Report report(int person, Millis ago, const char* service = "vpn", const char* site = "madrid") {
    const std::string request = concat(person, service, ago.count());
    return {.request = derived_id("request", request),
            .requester = derived_id("user", std::to_string(person)),
            .service = derived_id("service", service),
            .site = derived_id("site", site),
            .at = kNow - ago};
}

std::vector<Report> people(int count, Millis apart) {
    std::vector<Report> out;
    for (int i = 0; i < count; ++i)
        out.push_back(report(i, apart * i));
    return out;
}

TEST(Burst, IsFivePeopleInTenMinutes) {
    EXPECT_TRUE(bursts({}, kNow).empty());
    EXPECT_TRUE(bursts(people(4, 1min), kNow).empty());
    const auto found = bursts(people(5, 150s), kNow);
    ASSERT_EQ(found.size(), 1U) << "ten minutes from the first to the fifth";
    EXPECT_EQ(found[0].people, 5);
    EXPECT_EQ(found[0].requests.size(), 5U);
    EXPECT_EQ(found[0].last, kNow);
    EXPECT_TRUE(bursts(people(5, 151s), kNow).empty());
}

TEST(Burst, CountsPeopleNotRequests) {
    std::vector<Report> same;
    for (int i = 0; i < 9; ++i)
        same.push_back(report(1, 1min * i));
    EXPECT_TRUE(bursts(same, kNow).empty());
}

TEST(Burst, IsAboutOneService) {
    std::vector<Report> mixed = people(3, 1min);
    mixed.push_back(report(8, 1min, "mail"));
    mixed.push_back(report(9, 1min, "mail"));
    EXPECT_TRUE(bursts(mixed, kNow).empty());
    std::vector<Report> nothing = people(5, 1min);
    for (Report& each : nothing)
        each.service = {};
    EXPECT_TRUE(bursts(nothing, kNow).empty());
}

TEST(Burst, NamesTheSiteOfAll) {
    std::vector<Report> reports = people(5, 1min);
    EXPECT_EQ(bursts(reports, kNow).at(0).site, derived_id("site", "madrid"));
    reports.push_back(report(9, 30s, "vpn", "lima"));
    EXPECT_TRUE(is_nil(bursts(reports, kNow).at(0).site));
}

TEST(Burst, StaysTheSameWhileItGrowsAndIsOverAfterAnHour) {
    std::vector<Report> reports = people(5, 1min);
    const Id id = bursts(reports, kNow).at(0).id();
    for (Report& each : reports)
        each.at -= 8min;
    reports.push_back(report(11, 0min));
    EXPECT_EQ(bursts(reports, kNow).at(0).id(), id);
    EXPECT_EQ(bursts(reports, kNow + 1h).size(), 1U);
    EXPECT_TRUE(bursts(reports, kNow + 1h + 1ms).empty());
}

TEST(Burst, AfterAPauseAnotherOneBegins) {
    std::vector<Report> reports = people(5, 1min);
    for (Report& each : people(5, 1min)) {
        each.at -= 30min;
        each.request = derived_id("earlier", each.request);
        reports.push_back(each);
    }
    const auto found = bursts(reports, kNow);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_NE(found[0].id(), found[1].id());
    EXPECT_GT(found[0].last, found[1].last) << "the newest first";
}

}  // namespace
}  // namespace ventanilla::rules
