#pragma once

#include "wasm/views/home_view.hpp"

// Everything one can ask for, on its shelves.

namespace ventanilla::views {

struct ShelfModel {
    std::string key = {};
    std::string name = {};
    std::vector<TileModel> tiles = {};
};

struct CatalogueModel {
    Say say = {};
    std::vector<ShelfModel> shelves = {};
    std::vector<RowModel> drafts = {};  // forms somebody has begun
    bool is_loading = false;
};

CatalogueModel catalogue_model(const AppState& state, Instant now);
void catalogue_view(ui::Ui& ui, const CatalogueModel& model, Intents& intents);

}  // namespace ventanilla::views
