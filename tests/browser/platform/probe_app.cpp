#include <string>
#include <vector>

#include "shared/base/json.hpp"
#include "wasm/app/app.hpp"

// An application for the tests of wasm/platform alone: one long page with a thing of each kind, and
// buttons that wish for each effect. It stands in for the real App, whose library is linked
// without it.

namespace ventanilla::app {

struct App::Parts {
    explicit Parts(World world) : ui(world.measurer) {}

    void wish(Effect effect) { effects.push_back(std::move(effect)); }
    void heard(std::string_view what) { log += std::string(what) + ";"; }

    ui::Ui ui;
    std::vector<Effect> effects;
    DevicePrefs prefs;
    std::string url = "/";
    std::string log;
    std::string name;
    std::string story;
    std::string network;
    std::string query;
    bool agreed = false;
    bool asked = false;
    bool dirty = true;
    int presses = 0;
    std::uint64_t ticket = 0;
};

App::App(World world) : parts_(std::make_unique<Parts>(world)) {}
App::~App() = default;

void App::handle(const Event& event, Now) {
    Parts& p = *parts_;
    p.dirty = true;
    if (const auto* booted = std::get_if<Booted>(&event)) p.url = booted->url;
    if (const auto* prefs = std::get_if<DevicePrefs>(&event)) p.prefs = *prefs;
    if (const auto* url = std::get_if<UrlChanged>(&event)) p.url = url->url;
    if (const auto* opened = std::get_if<StoreOpened>(&event)) {
        p.heard(opened->is_leader ? "opened as leader" : "opened as follower");
        for (const auto& [path, bytes] : opened->files)
            p.heard("file " + path + "=" + std::string(bytes));
    }
    if (const auto* done = std::get_if<CommitDone>(&event))
        p.heard("commit " + std::to_string(static_cast<int>(done->result)));
    if (const auto* reply = std::get_if<HttpReply>(&event))
        p.heard("reply " + std::to_string(reply->status) + " " + reply->body);
    if (const auto* message = std::get_if<LiveMessage>(&event))
        p.heard("live " + message->event + " " + message->data);
    if (const auto* online = std::get_if<OnlineChanged>(&event))
        p.heard(online->is_online ? "online" : "offline");
    if (std::get_if<UpdateAvailable>(&event) != nullptr) p.heard("update");
}

bool App::wants_frame() const {
    return parts_->dirty;
}
bool App::scrolled(float y) {
    parts_->ui.set_scroll(y);
    return parts_->ui.needs_rebuild_after_scroll();
}
std::vector<Effect> App::take_effects() {
    return std::exchange(parts_->effects, {});
}
std::int64_t App::next_wake_ms(Now) const {
    return -1;
}
std::string_view App::theme_name() const {
    return parts_->prefs.dark ? "dark" : "light";
}
std::string_view App::lang() const {
    return "es";
}

namespace {

// What the parts of the C library that wasm/platform/libc_absent.cpp stands in for are asked.
constexpr std::string_view kJson =
    R"([0.1,-12.5,1e-7,1.7976931348623157e308,5e-324,9007199254740993,0.30000000000000004,"\u0001\u001f"])";

struct Wish {
    const char* label;
    Effect effect;
};

std::vector<Wish> wishes(std::uint64_t ticket) {
    Commit commit{.ticket = ticket, .is_fenced = false};
    commit.puts.push_back({.path = "outbox/c1", .bytes = "command one"});
    return {
        {"Abrir almacén", OpenStore{"probe"}},
        {"Guardar", commit},
        {"Pedir", HttpRequest{.id = 7, .url = "/api/echo"}},
        {"Vivo", OpenLive{"/api/live"}},
        {"Anunciar", Announce{{.text = "Guardada en este dispositivo"}}},
        {"Vigilar", GuardUnload{true}},
    };
}

// Every kind of field, and a button that sends.
template <class Parts>
void form_view(Parts& p) {
    const auto form = p.ui.form("form", "Formulario");
    p.dirty |= p.ui.text_field({.key = "name", .label = "Nombre", .required = true}, p.name);
    p.dirty |= p.ui.text_field(
        {.key = "story", .label = "Cuéntanos más", .type = ui::FieldType::LongText}, p.story);
    const ui::Choice choices[] = {{.value = "wifi", .label = "Wifi"},
                                  {.value = "cable", .label = "Cable"}};
    p.dirty |= p.ui.select({.key = "network", .label = "Red"}, choices, p.network);
    p.dirty |= p.ui.checkbox({.key = "agree", .label = "De acuerdo"}, p.agreed);
    if (p.ui.button({.label = "Enviar", .emphasis = ui::Emphasis::Primary, .submit = true})) {
        p.heard("sent " + p.name);
        p.dirty = true;
    }
    if (p.ui.button("Vaciar")) {
        p.name.clear();
        p.dirty = true;
    }
}

// Far more rows than are made.
void list_view(ui::Ui& ui) {
    ui::Window window;
    const auto list = ui.virtual_list("Filas", 5000, 40, window);
    for (int i = window.first; i < window.first + window.count; ++i) {
        const std::string name = "Fila " + std::to_string(i);
        const auto item = ui.item(name);
        ui.text(name);
    }
}

}  // namespace

const ui::Ui& App::frame(Viewport viewport, ui::Input input, Now now) {
    Parts& p = *parts_;
    p.dirty = false;
    ui::FrameInfo info;
    info.width = viewport.width;
    info.height = viewport.height;
    info.theme = p.prefs.dark ? ui::ThemeName::Dark : ui::ThemeName::Light;
    info.prefs.unclipped = p.prefs.unclipped;
    info.now_ms = now.mono_ms;
    info.words = {.skip_to_content = "Saltar al contenido",
                  .required = "obligatorio",
                  .optional = "opcional",
                  .close = "Cerrar",
                  .choose = "Elige una opción",
                  .loading = "Cargando",
                  .main_nav = "Principal",
                  .opens_outside = "se abre en otra pestaña"};
    p.ui.begin(info, std::move(input));
    const ui::NavSpec nav[] = {{.label = "Inicio", .href = "/", .icon = ui::Icon::None},
                               {.label = "Otro", .href = "/otro", .icon = ui::Icon::None}};
    {
        const auto main =
            p.ui.shell({.title = "Prueba " + p.url == "" ? "" : "Prueba", .nav = nav});
        p.ui.heading(1, "Página de prueba");
        p.ui.text("Estás en " + p.url);
        p.ui.rich({ui::plain("La VPN falla con el código "),
                   ui::code("809"),
                   ui::plain(". Lee "),
                   ui::linked("cómo conectarte", "/ayuda/vpn"),
                   ui::plain(" antes de llamar.")});
        if (p.ui.button("Contar " + std::to_string(p.presses))) {
            ++p.presses;
            p.dirty = true;
        }
        form_view(p);
        for (const Wish& wish : wishes(++p.ticket))
            if (p.ui.button(wish.label)) p.wish(wish.effect);
        if (p.ui.button("Preguntar")) p.asked = p.dirty = true;
        p.ui.text("Oído: " + p.log);
        p.ui.text("Escrito: " + p.name + "|" + p.story + "|" + p.network + "|" +
                  (p.agreed ? "sí" : "no"));
        if (p.url == "/json")
            p.ui.text(dump_json(parse_json(kJson, kJson.size()).value_or(Json())));
        if (p.url == "/lista") list_view(p.ui);
        {
            const auto article = p.ui.article("es");
            for (int i = 1; i <= 60; ++i)
                p.ui.paragraph("Párrafo " + std::to_string(i) +
                               ": conecta el cable, espera dos minutos y vuelve a probar. Si el "
                               "equipo pita tres veces, apágalo y llama a la mesa de ayuda.");
        }
        if (p.asked) {
            const auto dialog = p.ui.dialog({.key = "ask", .title = "¿Seguro?"});
            p.ui.text("No se puede deshacer.");
            if (dialog.dismissed() || p.ui.button("Sí")) {
                p.asked = false;
                p.dirty = true;
            }
        }
    }
    p.ui.end();
    if (!p.ui.navigated().empty()) {
        p.url = std::string(p.ui.navigated());
        p.wish(Navigate{.url = p.url});
        p.dirty = true;
    }
    return p.ui;
}

}  // namespace ventanilla::app
