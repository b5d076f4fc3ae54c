#include "shared/rules/burst.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace ventanilla::rules {
namespace {

using Reports = std::span<const Report>;

int people_in(Reports reports) {
    std::set<Id> people;
    for (const Report& each : reports)
        people.insert(each.requester);
    return static_cast<int>(people.size());
}

// Of one service, oldest first, no gap longer than a burst may have.
bool has_burst(Reports run) {
    std::size_t from = 0;
    for (std::size_t to = 0; to < run.size(); ++to) {
        while (run[to].at - run[from].at > kBurstWithin)
            ++from;
        if (people_in(run.subspan(from, to - from + 1)) >= kBurstPeople) return true;
    }
    return false;
}

Burst burst_of(Reports run) {
    Burst burst{.service = run.front().service,
                .site = run.front().site,
                .requests = {},
                .first = run.front().at,
                .last = run.back().at,
                .people = people_in(run)};
    for (const Report& each : run) {
        burst.requests.push_back(each.request);
        if (each.site != burst.site) burst.site = {};
    }
    return burst;
}

bool is_same_run(const Report& before, const Report& next) {
    return before.service == next.service && next.at - before.at <= kBurstWithin;
}

}  // namespace

Id Burst::id() const {
    return derived_id("candidate", requests.front());
}

std::vector<Burst> bursts(std::vector<Report> reports, Instant now) {
    std::erase_if(reports, [](const Report& each) { return is_nil(each.service); });
    std::sort(reports.begin(), reports.end(), [](const Report& a, const Report& b) {
        if (a.service != b.service) return a.service < b.service;
        return a.at != b.at ? a.at < b.at : a.request < b.request;
    });
    std::vector<Burst> found;
    const Reports all{reports};
    for (std::size_t from = 0, to = 1; from < all.size(); ++to) {
        if (to < all.size() && is_same_run(all[to - 1], all[to])) continue;
        const Reports run = all.subspan(from, to - from);
        if (now - run.back().at <= kBurstFresh && has_burst(run)) found.push_back(burst_of(run));
        from = to;
    }
    std::sort(found.begin(), found.end(), [](const Burst& a, const Burst& b) {
        return a.last != b.last ? a.last > b.last : a.service < b.service;
    });
    return found;
}

}  // namespace ventanilla::rules
