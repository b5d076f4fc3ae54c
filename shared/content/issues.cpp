#include "shared/content/issues.hpp"

#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

constexpr std::size_t kIssuesMax = 500;
constexpr std::size_t kWhatBytesMax = 120;
constexpr std::array<std::string_view, 11> kNames = {"raw HTML",
                                                     "dropped HTML",
                                                     "broken link",
                                                     "unsafe link",
                                                     "missing image",
                                                     "template instruction",
                                                     "nested too deep",
                                                     "too large",
                                                     "not UTF-8",
                                                     "no title",
                                                     "duplicate"};

}  // namespace

std::string_view name(IssueKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

void report(std::vector<Issue>& issues, IssueKind kind, int line, std::string_view what) {
    const std::string_view cut = cut_utf8(what, kWhatBytesMax);
    const auto same = [&](const Issue& issue) { return issue.kind == kind && issue.what == cut; };
    const auto at = std::find_if(issues.begin(), issues.end(), same);
    if (at != issues.end())
        ++at->count;
    else if (issues.size() < kIssuesMax)
        issues.push_back({kind, line, std::string(cut), 1});
}

}  // namespace ventanilla::content
