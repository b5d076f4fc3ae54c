#pragma once

#include "wasm/views/outage_words.hpp"

// The outage console: what a spokesperson fills in, in the order people read it, with the banner as
// it will look and who will see it. Update and resolve use the same page.

namespace ventanilla::views {

// What is still missing, in the order of the page; empty: it can be published.
std::vector<FieldProblem> publish_problems(const Say& say, const OutageForm& form);
std::vector<FieldProblem> update_problems(const Say& say, const OutageForm& form);

// The arguments of outage.publish, outage.update and outage.resolve (shared/commands/decide.hpp).
Json publish_args(const OutageForm& form, Instant now);
Json update_args(const OutageForm& form, const domain::Outage& outage, Instant now);
Json resolve_args(const OutageForm& form, const Say& say, const Id& outage);

struct OutageModel {
    Say say = {};
    bool is_allowed = true;
    bool is_update = false;
    bool focus_summary = false;
    bool is_missing = false;
    Id outage = {};
    OutageForm form = {};
    std::vector<std::pair<std::string, std::string>> services = {};  // id and name
    std::vector<std::pair<std::string, std::string>> sites = {};
    std::vector<std::pair<std::string, std::string>> articles = {};  // number and title
    std::vector<std::pair<std::string, std::string>> states = {};    // key and word
    BannerModel preview = {};
    std::string audience = {};  // "Lo verán las personas de Madrid"
};

OutageModel outage_model(const AppState& state, Instant now);
void outage_view(ui::Ui& ui, const OutageModel& model, Intents& intents);

}  // namespace ventanilla::views
