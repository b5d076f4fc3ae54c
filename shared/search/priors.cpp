#include "shared/search/priors.hpp"

#include <algorithm>
#include <cmath>

namespace ventanilla::search {
namespace {

constexpr double kFreshHalfLifeDays = 720.0;  // advice about tools ages slowly

}  // namespace

double helpful_prior(int votes_helpful, int votes_total) {
    if (votes_total <= 0) return 0.5;
    constexpr double kZ = 1.96;
    const double n = votes_total;
    const double share = std::clamp(votes_helpful / n, 0.0, 1.0);
    const double centre = share + kZ * kZ / (2 * n);
    const double spread = kZ * std::sqrt((share * (1 - share) + kZ * kZ / (4 * n)) / n);
    return std::clamp((centre - spread) / (1 + kZ * kZ / n), 0.0, 1.0);
}

double prior(const PriorInput& input) {
    const double fresh = std::exp2(-std::max(0.0, input.days_since_review) / kFreshHalfLifeDays);
    // One unlucky vote must not sink an article: few votes pull the bound towards the middle.
    const double trust = input.votes_total / (input.votes_total + 10.0);
    const double helpful =
        0.5 + trust * (helpful_prior(input.votes_helpful, input.votes_total) - 0.5);
    const double both = 0.7 * helpful + 0.3 * fresh;
    return input.is_review_overdue ? 0.8 * both : both;
}

}  // namespace ventanilla::search
