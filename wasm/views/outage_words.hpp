#pragma once

#include <string>
#include <vector>

#include "wasm/ui/ui.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/request_words.hpp"

// Outages as people read them: the banner with its fixed slots, and the state of a service. What is
// shown is never better than what is known: old information says its age, none is "unknown".
// Source: outage.md 2.7.

namespace ventanilla::views {

// What a banner says; every slot has its place, empty ones are left out.
struct BannerModel {
    Id outage = {};
    int news = 0;
    ui::Tone tone = ui::Tone::Critical;
    ui::Icon icon = ui::Icon::OctagonX;
    std::string title = {};           // "Interrupción · La VPN no conecta en Madrid"
    std::string text = {};            // what you cannot do, and why it affects you
    std::string workaround = {};      // "usa el punto de acceso del móvil"
    std::string workaround_url = {};  // an article, may be empty
    std::string times = {};           // "Actualizado 10:12 · próxima antes de las 10:40"
    std::string eta = {};             // "Antes de las 11:15, con margen"
    std::string contact = {};         // "Dudas: Diego Paz, ext. 4410"
    std::string age =
        {};  // only when old: "Estás sin conexión; es lo último que sabemos, de las 10:12"
    bool may_join = false;  // "A mí también me pasa"
    bool has_joined = false;
    bool is_dismissible = false;

    friend bool operator==(const BannerModel&, const BannerModel&) = default;
};

// The outages that stand on a page, the ones that matter most first; dismissed ones are left out.
std::vector<BannerModel> banner_models(const AppState& state, Instant now);
BannerModel banner_model(const AppState& state, const domain::Outage& outage, Instant now);
// As it would look: nothing on it can be pressed.
BannerModel preview_model(const AppState& state, domain::Outage outage, Instant now);

// At most `rows_max` banners and a line that tells how many more there are.
void banners_view(ui::Ui& ui,
                  const Say& say,
                  const std::vector<BannerModel>& banners,
                  std::size_t rows_max,
                  Intents& intents);

// Somebody said "me too", and it is said to work again: does it, for them? Asked for two days,
// until answered; what is shown is what was last said of it.
struct AskModel {
    Id outage = {};
    std::string title = {};
    std::string text = {};
};
std::vector<AskModel> ask_models(const AppState& state, Instant now);
void asks_view(ui::Ui& ui, const Say& say, const std::vector<AskModel>& asks, Intents& intents);

// What may be an outage, as far as the requests on this device tell: for agents.
struct BurstModel {
    rules::Burst burst = {};
    std::string title = {};
    std::string text = {};
    bool may_decide = false;
};
std::vector<BurstModel> burst_models(const AppState& state, Instant now);
void bursts_view(ui::Ui& ui,
                 const Say& say,
                 const std::vector<BurstModel>& bursts,
                 Intents& intents);

// What a live region says of a new or changed banner.
std::string spoken_banner(const BannerModel& banner);

// The desk itself does not answer: what still works, and how else to reach somebody.
struct SelfOutageModel {
    bool is_shown = false;
    std::string text = {};
    std::string contacts = {};
    std::string age = {};
};
SelfOutageModel self_outage_model(const AppState& state, Instant now);
void self_outage_view(ui::Ui& ui, const Say& say, const SelfOutageModel& model, Intents& intents);

// How a service is now, worst open outage first.
Mark service_mark(const AppState& state, const Id& service, Instant now);
bool is_affected_service(const AppState& state, const Id& service, Instant now);

// "información de las 10:42"; with its age when it is old, and never without when there is none.
std::string freshness(const AppState& state, Instant now);
bool is_stale(const AppState& state, Instant now);

// Open, and begun.
bool is_happening(const domain::Outage& outage, Instant now);
bool is_overrun(const domain::Outage& outage, Instant now);

}  // namespace ventanilla::views
