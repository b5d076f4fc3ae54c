#pragma once

#include "wasm/views/home_view.hpp"

// All my requests, however many: what waits for me and what is not sent yet first, then newest
// first.

namespace ventanilla::views {

enum class Shown : std::uint8_t { Open, All };

struct RequestsModel {
    Say say = {};
    Shown shown = Shown::Open;
    std::vector<const RequestCard*> cards = {};  // rows are made for those on the screen only
    std::string count = {};
    std::vector<RowModel> drafts = {};
    bool is_loading = false;
};

RequestsModel requests_model(const AppState& state, Instant now);
void requests_view(ui::Ui& ui, const RequestsModel& model, const AppState& state, Intents& intents);

}  // namespace ventanilla::views
