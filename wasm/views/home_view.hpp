#pragma once

#include "wasm/views/outage_words.hpp"
#include "wasm/views/search_words.hpp"

// The first screen: what is wrong right now, one field that understands plain words, the things
// this office asks for most, what the person has open, and how the services are.

namespace ventanilla::views {

struct TileModel {
    std::string key = {};
    std::string href = {};
    ui::Icon icon = ui::Icon::None;
    std::string title = {};
    std::string detail = {};
};

struct RowModel {
    std::string key = {};
    std::string href = {};
    std::string title = {};
    Mark mark = {};
    std::string detail = {};
    std::string note = {};
};

struct ServiceRow {
    std::string key = {};
    std::string name = {};
    Mark mark = {};
};

struct HomeModel {
    Say say = {};
    bool is_kiosk = false;
    std::string title = {};
    SelfOutageModel self_outage = {};
    std::vector<BannerModel> banners = {};
    std::vector<AskModel> asks = {};
    std::vector<AnswerGroup> answers = {};
    std::string tiles_title = {};
    std::vector<TileModel> tiles = {};
    std::vector<RowModel> mine = {};
    std::string status_line =
        {};  // "2 de los 9 servicios que usas están afectados · información de las 10:42"
    std::vector<ServiceRow> services = {};
    bool is_loading = false;
};

HomeModel home_model(const AppState& state, Instant now);
void home_view(ui::Ui& ui, const HomeModel& model, const AppState& state, Intents& intents);

// A request as one row: unsent work first says so.
RowModel request_row(const AppState& state, const Say& say, const RequestCard& card);
void rows_view(ui::Ui& ui, std::string_view name, const std::vector<RowModel>& rows);
TileModel item_tile(const Say& say, const domain::CatalogItem& item);

// Services that are affected first, then the critical ones, at most `rows_max`.
std::vector<ServiceRow> service_rows(const AppState& state, Instant now, std::size_t rows_max);
std::string services_line(const AppState& state, Instant now);

}  // namespace ventanilla::views
