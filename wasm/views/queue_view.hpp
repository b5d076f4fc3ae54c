#pragma once

#include "wasm/views/home_view.hpp"

// What the desks have to do: for agents. Urgent first, then oldest; what just came in shows at
// once.

namespace ventanilla::views {

struct QueueFilter {
    std::string key = {};  // "", "mias", "sin-asignar", "en-pausa", "todas"
    K label{};
    int count = 0;
};

struct QueueModel {
    Say say = {};
    bool is_allowed = true;
    bool is_loading = false;
    std::string filter = {};
    std::vector<QueueFilter> filters = {};
    std::vector<const RequestCard*> cards = {};
    std::string count = {};
    std::vector<BurstModel> bursts = {};
    std::string articles = {};  // "Artículos · 2 por revisar", for who keeps them
};

QueueModel queue_model(const AppState& state, Instant now);
void queue_view(ui::Ui& ui, const QueueModel& model, const AppState& state, Intents& intents);

// A request as those who work it see it.
RowModel queue_row(const AppState& state, const Say& say, const RequestCard& card);

// The page of somebody who may not see what is here.
void no_permission_view(ui::Ui& ui, const Say& say);

}  // namespace ventanilla::views
