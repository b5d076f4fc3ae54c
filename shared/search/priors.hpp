#pragma once

// What is known about a document before anybody asks: used at most to order texts that match alike
// (domain.md 4.7), never to lift a worse match over a clearly better one.

namespace ventanilla::search {

// Lower bound of the 95 % interval for "this helps", 0 to 1; 0.5 without votes. Source: Wilson
// 1927.
double helpful_prior(int votes_helpful, int votes_total);

struct PriorInput {
    int votes_helpful = 0;
    int votes_total = 0;
    double days_since_review = 0;    // negative counts as 0
    bool is_review_overdue = false;  // features.md C2: costs, never hides
};

// Both together, 0 to 1, near 0.5 when little is known.
double prior(const PriorInput& input);

}  // namespace ventanilla::search
