#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/request_words.hpp"

// What this browser keeps: how much of what, whether it will stay, and everything not yet sent,
// with its way out as a file.

namespace ventanilla::views {

struct KeptRow {
    std::string label = {};
    std::string value = {};
};

struct UnsentModel {
    Id cmd = {};
    std::string title = {};
    std::string url = {};
    Mark mark = {};
    std::string text = {};
    std::string when = {};
    bool may_edit = false;
    bool may_retry = false;
    bool may_discard = false;
    bool is_discarded = false;
};

struct DeviceModel {
    Say say = {};
    std::vector<KeptRow> kept = {};
    std::string staying = {};  // whether the browser promised to keep it
    bool is_staying = false;
    std::vector<UnsentModel> unsent = {};
    std::vector<std::string> unreadable = {};  // what could not be read, with its support code
};

DeviceModel device_model(const AppState& state, Instant now);
void device_view(ui::Ui& ui, const DeviceModel& model, Intents& intents);

}  // namespace ventanilla::views
