#include "tests/sim/zoo.hpp"

#include <array>
#include <cstdio>

#include "tests/sim/run.hpp"

namespace ventanilla::sim {
namespace {

struct Named {
    Bug bug;
    std::string_view name;
};

constexpr auto kZoo = std::to_array<Named>({
    {Bug::AckBeforeComplete, "AckBeforeComplete"},
    {Bug::ForgetLaneHold, "ForgetLaneHold"},
    {Bug::DropOnReject, "DropOnReject"},
    {Bug::ClearOutboxOnResync, "ClearOutboxOnResync"},
    {Bug::CursorBeforeRows, "CursorBeforeRows"},
    {Bug::ApplyPartialPull, "ApplyPartialPull"},
    {Bug::NewIdOnRetry, "NewIdOnRetry"},
    {Bug::StopAfterFirstError, "StopAfterFirstError"},
    {Bug::RetryTimerIdle, "RetryTimerIdle"},
    {Bug::TrustCaptivePortal, "TrustCaptivePortal"},
    {Bug::ConfirmOnHead, "ConfirmOnHead"},
    {Bug::IgnoreGone, "IgnoreGone"},
    {Bug::KeepDroppedGroup, "KeepDroppedGroup"},
    {Bug::SkipRefold, "SkipRefold"},
    {Bug::UnfencedBase, "UnfencedBase"},
    {Bug::TrustDamagedOutbox, "TrustDamagedOutbox"},
    {Bug::SkipReceipt, "SkipReceipt"},
    {Bug::ReuseSeq, "ReuseSeq"},
    {Bug::SkipSeq, "SkipSeq"},
    {Bug::DropOutSeq, "DropOutSeq"},
    {Bug::PullPastSnapshot, "PullPastSnapshot"},
    {Bug::AnswerBeforeCommit, "AnswerBeforeCommit"},
    {Bug::ForgetBackfill, "ForgetBackfill"},
    {Bug::LeakHiddenRow, "LeakHiddenRow"},
    {Bug::ChangeRejection, "ChangeRejection"},
});

}  // namespace

Bug bug_of(std::string_view name) {
    for (const Named& one : kZoo)
        if (one.name == name) return one.bug;
    return Bug::None;
}

std::string_view name_of(Bug bug) {
    for (const Named& one : kZoo)
        if (one.bug == bug) return one.name;
    return "None";
}

int run_zoo(std::uint64_t first, std::uint64_t seeds_max) {
    int escaped = 0;
    for (const Named& one : kZoo) {
        RunResult result;
        std::uint64_t seed = first;
        while (result.violation.empty() && seed < first + seeds_max)
            result = run_seed(seed++, one.bug, false);
        const bool is_caught = !result.violation.empty();
        escaped += is_caught ? 0 : 1;
        std::printf("%-8s %-20s %4llu seed(s)  %s\n", is_caught ? "caught" : "ESCAPED",
                    std::string(one.name).c_str(), static_cast<unsigned long long>(seed - first),
                    result.violation.substr(0, 120).c_str());
        std::fflush(stdout);
    }
    std::printf("zoo: %zu of %zu bugs caught\n", kZoo.size() - static_cast<std::size_t>(escaped),
                kZoo.size());
    return escaped == 0 ? 0 : 1;
}

}  // namespace ventanilla::sim
