#pragma once

#include "wasm/views/outage_words.hpp"

// How everything is, how it has been, and how old that knowledge is.

namespace ventanilla::views {

struct ServiceHistory {
    std::string key = {};
    std::string name = {};
    Mark mark = {};
    std::vector<ui::DayState> days = {};  // 90, oldest first
    std::string bars_name = {};           // read in place of the bars
    std::string share = {};               // "99,412 % disponible"
};

struct PastOutage {
    std::string key = {};
    std::string title = {};
    std::string detail = {};  // "11 mar, 09:12 – 11:02 · Diego Paz"
    std::string text = {};    // the last word said about it
};

struct StatusModel {
    Say say = {};
    std::string age = {};  // "Información de las 10:42 · se actualiza sola · hora de Madrid"
    SelfOutageModel self_outage = {};
    std::vector<BannerModel> banners = {};
    std::vector<AskModel> asks = {};
    std::vector<BurstModel> bursts = {};
    std::vector<ServiceHistory> services = {};
    std::vector<PastOutage> past = {};
    std::vector<std::pair<std::string, std::string>> managed =
        {};  // title and console URL, for the spokesperson
    bool may_publish = false;
    bool is_loading = false;
};

StatusModel status_model(const AppState& state, Instant now);
void status_view(ui::Ui& ui, const StatusModel& model, Intents& intents);

// The days of a service, and its share of time available in per mille of a per cent (99412 is
// 99,412 %). Weights: major 1, partial 0.3, degraded 0; overlapping outages count once, the worst;
// maintenance as announced counts as up. Source: outage.md 2.6, U_display.
struct History {
    std::vector<ui::DayState> days = {};
    int share = 100'000;
};
History history_of(const std::vector<domain::Outage>& outages, const Id& service, Instant now);

}  // namespace ventanilla::views
