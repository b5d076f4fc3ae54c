#pragma once

#include <string>
#include <vector>

#include "tests/sim/oracle.hpp"

// Who lives in a simulation and what they do: requests, conversations, outages, votes, drafts, second
// thoughts. All at random, all through the same client calls a view would make.

namespace ventanilla::sim {

// The little company every run starts with.
struct Company {
    std::vector<domain::User> users;  // two requesters and one agent
    std::vector<commands::RowChange> rows;
    Id article;
    Id service;
    Id madrid;
    Id lima;
};

Company make_company();

class Person {
  public:
    Person(World& world, Oracle& oracle, Device& device, const Company& company)
        : world_(world), oracle_(oracle), device_(device), company_(company) {}

    // One thing, on any tab that is awake.
    void act();

  private:
    void submit(Tab& tab);
    void write_to_request(Tab& tab);
    void work_on_request(Tab& tab);
    void vote(Tab& tab);
    void look_for_help(Tab& tab);
    void keep_article(Tab& tab);
    void outage(Tab& tab);
    void reconsider(Tab& tab);
    void draft(Tab& tab);
    void give(Tab& tab, std::string_view type, Json args);
    std::string words();
    [[nodiscard]] std::string any_row(Tab& tab, domain::RowType type);

    World& world_;
    Oracle& oracle_;
    Device& device_;
    const Company& company_;
    int spoken_ = 0;
};

}  // namespace ventanilla::sim
