#pragma once

#include <algorithm>
#include <vector>

#include "shared/commands/decide.hpp"

// A state that notes which rows a decision looked at.

namespace ventanilla::sync {

class RecordingState final : public commands::State {
  public:
    RecordingState(const commands::State& state, std::vector<domain::RowRef>& read)
        : state_(state), read_(read) {}

    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override {
        note(ref);
        return state_.find(ref);
    }

    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>& audiences) const override {
        note(ref);
        return state_.is_visible(ref, audiences);
    }

  private:
    void note(const domain::RowRef& ref) const {
        if (std::find(read_.begin(), read_.end(), ref) == read_.end()) read_.push_back(ref);
    }

    const commands::State& state_;
    std::vector<domain::RowRef>& read_;
};

}  // namespace ventanilla::sync
