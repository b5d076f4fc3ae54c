#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/outage_form.hpp"

// Texts to begin with, in both languages. A template fills in what it can say truthfully from what
// is chosen; what only a person knows stays empty.

namespace ventanilla::views {

namespace {

constexpr std::string_view kUsualMinutes = "30";

struct Template {
    std::string_view key;
    K name;
    std::optional<K> title;
    std::optional<K> impact;
    K body;
    std::string_view level;  // of the services it is about; empty: as chosen
};

const Template kForIncidents[] = {
    {"down", K::tpl_down, K::tpl_down_title, K::tpl_down_impact, K::tpl_first_body, "major"},
    {"slow", K::tpl_slow, K::tpl_slow_title, K::tpl_slow_impact, K::tpl_first_body, "degraded"},
    {"vendor", K::tpl_vendor, K::tpl_down_title, K::tpl_down_impact, K::tpl_vendor_body, ""},
};
const Template kForMaintenance[] = {
    {"window", K::tpl_window, K::tpl_window_title, K::tpl_window_impact, K::tpl_window_body, ""},
};
const Template kForUpdates[] = {
    {"same", K::tpl_same, {}, {}, K::tpl_same_body, ""},
    {"cause", K::tpl_cause, {}, {}, K::tpl_cause_body, ""},
    {"watch", K::tpl_watch, {}, {}, K::tpl_watch_body, "operational"},
    {"later", K::tpl_later, {}, {}, K::tpl_later_body, ""},
};

std::span<const Template> templates_for(const OutageForm& form, const domain::Outage* outage) {
    if (outage != nullptr) return kForUpdates;
    if (form.text("kind") == kMaintenance) return kForMaintenance;
    return kForIncidents;
}

void add_name(std::string& names, const std::string& name) {
    names += concat(names.empty() ? "" : ", ", name);
}

std::string services_text(const AppState& state,
                          const OutageForm& form,
                          const domain::Outage* outage,
                          Lang lang) {
    std::string names;
    for (const domain::ServiceImpact& entry : snapshot_of(form, outage))
        if (const domain::Service* service = state.library.service(entry.service))
            add_name(names, service->name.in(lang));
    return names.empty() ? std::string(tr(lang, K::tpl_some_service)) : names;
}

std::string places_text(const AppState& state, const OutageForm& form, Lang lang) {
    std::string names;
    for (const domain::Site& site : state.library.sites())
        if (std::find(form.sites.begin(), form.sites.end(), to_text(site.id)) != form.sites.end())
            add_name(names, site.name.in(lang));
    return names.empty() ? names : tr(lang, K::tpl_places, {{"sites", names}});
}

// Over nothing, or over what a template wrote: never over what somebody typed.
void fill(OutageForm& form, const std::string& field, std::string text) {
    const std::string before = form.text(field);
    const auto filled = form.filled.find(field);
    if (!before.empty() && (filled == form.filled.end() || filled->second != before)) return;
    form.texts[field] = text;
    form.filled[field] = std::move(text);
}

}  // namespace

Pairs template_names(const Say& say, const OutageForm& form, const domain::Outage* outage) {
    Pairs out;
    for (const Template& each : templates_for(form, outage))
        out.push_back({std::string(each.key), std::string(say(each.name))});
    return out;
}

void fill_template(const AppState& state, OutageForm& form, const domain::Outage* outage) {
    const std::string key = form.text("template");
    for (const Template& each : templates_for(form, outage)) {
        if (each.key != key) continue;
        if (form.text("next").empty()) form.texts["next"] = kUsualMinutes;
        if (!each.level.empty())
            for (const domain::ServiceImpact& entry : snapshot_of(form, outage))
                fill(form, "level." + to_text(entry.service), std::string(each.level));
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const std::string services = services_text(state, form, outage, lang);
            const std::string places = places_text(state, form, lang);
            const auto write = [&](const char* field, std::optional<K> text) {
                if (text)
                    fill(form,
                         concat(field, "_", domain::name(lang)),
                         tr(lang,
                            *text,
                            {{"services", services},
                             {"places", places},
                             {"next", form.text("next")}}));
            };
            write("title", each.title);
            write("impact", each.impact);
            write("body", each.body);
        }
    }
}

}  // namespace ventanilla::views
