#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "shared/base/text.hpp"
#include "tests/looks/raster.hpp"
#include "tests/looks/stb_glyphs.hpp"
#include "wasm/ui/surface.hpp"
#include "wasm/widgets/widgets.hpp"

// Draws the screens of ../looks with the verbs, to lay the pictures side by side.

namespace ventanilla::looks {
namespace {

using ui::Choice;
using ui::DayState;
using ui::Emphasis;
using ui::Gap;
using ui::Icon;
using ui::NavSpec;
using ui::Span;
using ui::Style;
using ui::Tone;
using ui::Ui;
using Facts = std::vector<std::vector<Span>>;

ui::Scope shell(Ui& ui, std::string_view current) {
    std::vector<NavSpec> nav = {
        {.label = "Inicio", .href = "/", .icon = Icon::House},
        {.label = "Buscar", .href = "/s", .icon = Icon::Search},
        {.label = "Pedir algo", .href = "/p", .icon = Icon::Plus, .on_phone = false},
        {.label = "Mis solicitudes",
         .short_label = "Solicitudes",
         .href = "/m",
         .icon = Icon::ListChecks,
         .count = 3},
        {.label = "Aprobaciones",
         .href = "/a",
         .icon = Icon::BadgeCheck,
         .count = 1,
         .on_phone = false},
        {.label = "Estado de servicios",
         .short_label = "Estado",
         .href = "/e",
         .icon = Icon::Activity}};
    for (NavSpec& entry : nav)
        entry.current = entry.label == current;
    return ui.shell({.title = "Inicio",
                     .nav = nav,
                     .connection = {.word = "En línea", .tone = Tone::Ok, .dot = true},
                     .connection_detail = "Todo enviado · 10:42"});
}

void vpn_banner(Ui& ui) {
    const Facts facts = {
        {ui::plain("Mientras tanto: "), ui::linked("usa el punto de acceso del móvil", "/k")},
        {ui::plain("Actualizado 10:12 · próxima antes de las 10:40")},
        {ui::plain("Antes de las 11:15, con margen")},
        {ui::plain("Dudas: Diego Paz, ext. 4410")}};
    widgets::banner(ui,
                    {.key = "o1",
                     .tone = Tone::Critical,
                     .icon = Icon::OctagonX,
                     .title = "Interrupción · La VPN no conecta en Madrid",
                     .text = "No puedes entrar a los sistemas internos desde fuera de la oficina. "
                             "Te afecta porque estás en Madrid.",
                     .facts = facts,
                     .action = "A mí también me pasa"});
}

void status_card(Ui& ui) {
    const auto card = ui.card("Estado de servicios");
    ui.text("2 de los 9 servicios que usas están afectados · información de las 10:42",
            Style::Secondary);
    const auto list = ui.list("Servicios");
    widgets::record_row(
        ui,
        {.key = "1",
         .title = "Red y VPN",
         .plain_title = true,
         .badge = {
             .word = "Interrupción parcial", .tone = Tone::Critical, .icon = Icon::OctagonX}});
    widgets::record_row(ui,
                        {.key = "2",
                         .title = "ERP Andes",
                         .plain_title = true,
                         .badge = {.word = "Mantenimiento sáb 22:00–24:00",
                                   .tone = Tone::Maintenance,
                                   .icon = Icon::Wrench}});
    widgets::record_row(
        ui,
        {.key = "3",
         .title = "Correo y calendario",
         .plain_title = true,
         .badge = {.word = "Funciona", .tone = Tone::Ok, .icon = Icon::CircleCheck}});
}

void home(Ui& ui) {
    const auto main = shell(ui, "Inicio");
    vpn_banner(ui);
    {
        const auto ask = ui.column(Gap::Large);
        ui.heading(1, "¿En qué podemos ayudarte, Lucía?");
        std::string query;
        ui.search_box(
            {.label = "Buscar", .placeholder = "Cuéntalo con tus palabras: «vpn no conecta»"},
            query,
            {});
    }
    {
        const auto section = ui.section("Lo más pedido en Madrid");
        const auto grid = ui.grid(150, 4);
        widgets::tile(ui,
                      {.href = "/1",
                       .icon = Icon::KeyRound,
                       .title = "Restablecer contraseña",
                       .detail = "Al instante"});
        widgets::tile(ui,
                      {.href = "/2",
                       .icon = Icon::Laptop,
                       .title = "Pedir una notebook",
                       .detail = "Llega hacia el 24 mar"});
        widgets::tile(ui,
                      {.href = "/3",
                       .icon = Icon::WifiOff,
                       .title = "Sin internet o VPN",
                       .detail = "Respuesta en 1 h"});
        widgets::tile(ui,
                      {.href = "/4",
                       .icon = Icon::Printer,
                       .title = "Impresora",
                       .detail = "Respuesta en 2 h"});
    }
    const auto grid = ui.grid(400, 2);
    {
        const auto card = ui.card("Mis solicitudes abiertas");
        const auto list = ui.list("Abiertas");
        widgets::record_row(ui,
                            {.key = "1",
                             .title = "Notebook nueva para Inés",
                             .href = "/1",
                             .badge = {.word = "En aprobación", .tone = Tone::Info},
                             .detail = "SOL-2026-000118 · Ahora: aprueba Finanzas (2 de 3)",
                             .note = "vence 18 mar"});
        widgets::record_row(
            ui,
            {.key = "2",
             .title = "El lector del muelle 4 no lee",
             .href = "/2",
             .badge = {.word = "Sin enviar", .tone = Tone::Warning, .icon = Icon::Hourglass},
             .detail = "~7K2Q · guardada en este dispositivo, se envía al volver la conexión",
             .note = "hace 3 min"});
        widgets::record_row(ui,
                            {.key = "3",
                             .title = "Acceso a la carpeta Costos",
                             .href = "/3",
                             .badge = {.word = "Espera tu respuesta", .tone = Tone::Warning},
                             .detail = "SOL-2026-000097 · Te toca a ti: responde a Owen",
                             .note = "en pausa"});
    }
    status_card(ui);
}

void search(Ui& ui) {
    const auto main = shell(ui, "Buscar");
    ui.heading(1, "¿En qué podemos ayudarte, Lucía?");
    std::string query = "vpm no conecta 809";
    const std::vector<Span>
        t1 = {ui::plain("La VPN no conecta en Madrid")},
        d1 = {ui::plain("37 personas afectadas · próxima actualización antes de las 10:40")};
    const std::vector<Span> t2 = {
        ui::mark("VPN"), ui::plain(": errores "), ui::mark("809"), ui::plain(" y 720")};
    const std::vector<Span> d2 = {
        ui::plain("«El "),
        ui::mark("809"),
        ui::plain(" aparece cuando la red bloquea el puerto. Abre Configuración, elige…»")};
    const std::vector<Span> t3 = {ui::plain("Conectarte a la VPN (Windows)")},
                            d3 = {ui::plain("4 pasos · útil para 9 de cada 10")};
    const std::vector<Span> t4 = {ui::plain("Sin internet o VPN")},
                            d4 = {ui::plain("Avisar de un problema · respuesta en 1 h")};
    const std::vector<ui::Suggestion> now = {
        {.key = "1", .title = t1, .detail = d1, .icon = Icon::OctagonX}};
    const std::vector<ui::Suggestion> solve = {{.key = "2", .title = t2, .detail = d2},
                                               {.key = "3", .title = t3, .detail = d3}};
    const std::vector<ui::Suggestion> ask = {{.key = "4", .title = t4, .detail = d4}};
    const std::vector<ui::SuggestionGroup> groups = {
        {"Está pasando ahora", now},
        {"Resuélvelo ahora · quizá quisiste decir «vpn»", solve},
        {"Pídelo", ask}};
    ui.search_box(
        {.label = "Buscar", .placeholder = "", .results_name = "Respuestas"}, query, groups);
}

void form(Ui& ui) {
    const auto main = shell(ui, "Pedir algo");
    {
        const auto head = ui.column(Gap::Tiny);
        widgets::back_link(ui, "Pedir algo", "/p");
        widgets::page_title(ui,
                            "Sin internet o VPN",
                            "Respuesta en 1 h de horario de oficina: hoy antes de las 12:20.");
    }
    const auto split = ui.split(640, 240);
    {
        const auto f = ui.form("inc", "Sin internet o VPN");
        const std::vector<widgets::Problem> problems = {{"net", "Elige qué red usas"}};
        widgets::error_summary(ui, "Falta 1 dato", problems);
        std::string what = "vpn", net, code = "809",
                    more = "Desde esta mañana se queda en «conectando».";
        const std::vector<Choice> whats = {{.value = "vpn",
                                            .label = "La VPN no conecta",
                                            .description = "Estoy fuera de la oficina"},
                                           {.value = "net", .label = "No tengo internet"}};
        ui.choice({.key = "what", .label = "¿Qué no funciona?"}, whats, what);
        ui.select({.key = "net",
                   .label = "¿Qué red usas?",
                   .error = "Elige la red para que podamos revisarla.",
                   .required = true},
                  whats,
                  net);
        ui.text_field({.key = "code",
                       .label = "Código que ves",
                       .help = "Suele estar en la última línea del aviso."},
                      code);
        {
            const auto column = ui.column(Gap::Tiny);
            ui.text_field(
                {.key = "more", .label = "Cuéntanos más", .type = ui::FieldType::LongText}, more);
            ui.text("Borrador guardado en este dispositivo · 10:41", Style::Secondary);
        }
        std::vector<std::string> many = {"net"};
        ui.multi_choice({.key = "many", .label = "¿Dónde?"}, whats, many);
        const auto buttons = ui.wrap(Gap::Medium);
        ui.button({.label = "Enviar", .emphasis = Emphasis::Primary, .submit = true});
        ui.button("Guardar para después", Emphasis::Quiet);
        ui.button("Cancelar la solicitud", Emphasis::Danger);
    }
    const auto aside = ui.aside("Quizá esto lo resuelve ya");
    const auto card = ui.card("Quizá esto lo resuelve ya", 3);
    const auto list = ui.list("Sugerencias");
    widgets::record_row(ui,
                        {.key = "1",
                         .title = "VPN: errores 809 y 720",
                         .href = "/kb",
                         .plain_title = true,
                         .detail = "Útil para 9 de cada 10"});
    widgets::record_row(ui,
                        {.key = "2",
                         .title = "Interrupción: VPN en Madrid",
                         .href = "/o",
                         .plain_title = true,
                         .badge = {.word = "ahora", .tone = Tone::Critical},
                         .detail = "Únete y te avisamos al volver"});
}

void request(Ui& ui) {
    const auto main = shell(ui, "Mis solicitudes");
    {
        const auto head = ui.column(Gap::Tiny);
        widgets::back_link(ui, "Mis solicitudes", "/m");
        ui.heading(1, "Acceso a la carpeta Costos");
        ui.gap(Gap::Small);
        const auto badges = ui.wrap();
        ui.badge({.word = "Espera tu respuesta", .tone = Tone::Warning});
        ui.badge({.word = "SOL-2026-000097"});
        ui.badge({.word = "Servicios: Identidad y accesos"});
    }
    {
        const auto card = ui.card();
        ui.rich({ui::strong("Te toca a ti."),
                 ui::plain(" Owen necesita saber hasta cuándo lo necesitas. El plazo está en "
                           "pausa: quedan 3 h 10 min hábiles.")});
        ui.steps({.name = "Paso 3 de 5", .done = 3, .total = 5});
    }
    {
        const auto timeline = ui.timeline("Historia");
        widgets::timeline_entry(ui,
                                {.key = "1",
                                 .who = "Tú",
                                 .when = "mar 10, 09:02",
                                 .text = "Necesito leer la carpeta Costos para el cierre.",
                                 .mine = true});
        widgets::timeline_entry(ui,
                                {.key = "2",
                                 .who = "Aprobado por Ramiro Sosa",
                                 .when = "en nombre de Inés Balbuena · 09:40"});
        widgets::timeline_entry(ui,
                                {.key = "3",
                                 .who = "Owen Blake",
                                 .when = "10:15",
                                 .text = "¿Hasta qué fecha lo necesitas?"});
    }
    std::string answer;
    ui.text_field(
        {.key = "answer", .label = "Tu respuesta", .type = ui::FieldType::LongText, .rows = 3},
        answer);
    const auto buttons = ui.wrap(Gap::Medium);
    ui.button("Responder", Emphasis::Primary);
    ui.button("Ya está resuelto");
    ui.button("Cancelar la solicitud", Emphasis::Quiet);
}

void service(Ui& ui,
             std::string_view name,
             const ui::BadgeSpec& badge,
             std::vector<std::pair<int, DayState>> bad) {
    std::vector<DayState> days(90, DayState::Ok);
    for (const auto& [day, state] : bad)
        days[static_cast<std::size_t>(day)] = state;
    widgets::uptime_row(ui,
                        {.key = name,
                         .name = name,
                         .badge = badge,
                         .bars_name = "90 días",
                         .days = days,
                         .first_day = "hace 90 días",
                         .share = "99,412 % disponible",
                         .last_day = "hoy"});
}

void status(Ui& ui) {
    const auto main = shell(ui, "Estado de servicios");
    widgets::page_title(ui,
                        "Estado de servicios",
                        "Información de las 10:42 (hace 8 s) · se actualiza sola · hora de Madrid");
    vpn_banner(ui);
    widgets::banner(ui,
                    {.key = "m1",
                     .tone = Tone::Maintenance,
                     .icon = Icon::Wrench,
                     .title = "Mantenimiento · ERP Andes tarda más de lo previsto",
                     .text = "Debía terminar a las 24:00. Seguimos trabajando; próxima "
                             "actualización antes de las 00:40."});
    const auto card = ui.card();
    const auto list = ui.list("Servicios");
    service(ui,
            "Red y VPN",
            {.word = "Interrupción parcial", .tone = Tone::Critical, .icon = Icon::OctagonX},
            {{12, DayState::Degraded},
             {13, DayState::Degraded},
             {40, DayState::Outage},
             {89, DayState::Outage}});
    service(ui,
            "ERP Andes",
            {.word = "En mantenimiento", .tone = Tone::Maintenance, .icon = Icon::Wrench},
            {{20, DayState::Maintenance}, {50, DayState::Maintenance}});
    service(ui,
            "Correo y calendario",
            {.word = "Funciona", .tone = Tone::Ok, .icon = Icon::CircleCheck},
            {{33, DayState::Degraded}});
}

void kiosk(Ui& ui) {
    const auto main = ui.shell({.title = "Kiosco", .bare = true});
    {
        const auto head = ui.row({.justify = ui::Justify::Between});
        ui.brand("Ventanilla", "/");
        const auto buttons = ui.row(Gap::Medium);
        ui.button("English");
        ui.button("Terminar");
    }
    vpn_banner(ui);
    ui.heading(1, "¿En qué podemos ayudarte?");
    std::string query;
    ui.search_box({.label = "Buscar", .placeholder = "Toca aquí y escribe"}, query, {});
    {
        const auto grid = ui.grid(400, 2);
        widgets::tile(ui,
                      {.href = "/1",
                       .icon = Icon::TriangleAlert,
                       .title = "Avisar de un problema",
                       .detail = "Sin iniciar sesión"});
        widgets::tile(ui,
                      {.href = "/2",
                       .icon = Icon::QrCode,
                       .title = "Escanear un equipo",
                       .detail = "Código QR de la etiqueta"});
        widgets::tile(ui,
                      {.href = "/3",
                       .icon = Icon::BookOpen,
                       .title = "Buscar una solución",
                       .detail = "Funciona sin conexión"});
        widgets::tile(ui,
                      {.href = "/4",
                       .icon = Icon::IdCard,
                       .title = "Mis solicitudes",
                       .detail = "Con tu credencial y PIN"});
    }
    status_card(ui);
}

void dialog(Ui& ui) {
    {
        const auto main = shell(ui, "Mis solicitudes");
        ui.heading(1, "Acceso a la carpeta Costos");
        ui.skeleton("Cargando", 4);
        widgets::empty_state(ui,
                             {.icon = Icon::CloudOff,
                              .tone = Tone::Warning,
                              .title = "Sin conexión",
                              .text = "Lo que ves es de las 10:42.",
                              .action = "Reintentar"});
        {
            const auto toast = ui.toast("t", Tone::Ok);
            ui.icon(Icon::CircleCheck, Tone::Ok);
            ui.text("Guardada en este dispositivo · ~7K2Q");
        }
        const auto d = ui.dialog({.key = "d", .title = "¿Cancelar la solicitud?"});
        ui.paragraph("Owen dejará de trabajar en ella. Puedes abrirla de nuevo durante 14 días.");
        const auto buttons = ui.wrap(Gap::Medium);
        ui.button("Cancelar la solicitud", Emphasis::Danger);
        ui.button("Volver", Emphasis::Quiet);
    }
}

struct Picture {
    const char* name;
    std::function<void(Ui&)> view;
    float width, height;
    ui::ThemeName theme = ui::ThemeName::Light;
    bool kiosk = false;
    float scale = 1;
};

void take(ui::Surface& surface, const Picture& p, const std::string& folder) {
    ui::Ui ui(surface.measurer());
    ui::FrameInfo info;
    info.width = p.width;
    info.height = p.height;
    info.theme = p.theme;
    info.prefs.kiosk = p.kiosk;
    info.words = {"Saltar al contenido",
                  "obligatorio",
                  "opcional",
                  "Cerrar",
                  "Elige una opción",
                  "Cargando",
                  "Principal",
                  "fuera"};
    surface.resize(p.width, p.height, p.scale);
    ui::Input input;
    for (int frame = 0; frame < 3; ++frame) {
        ui.begin(info, input);
        p.view(ui);
        ui.end();
        input.actions.clear();
        // The picture of the search shows the field in use.
        for (const a11y::Node& node : ui.tree().nodes) {
            if (node.role != a11y::Role::ComboBox ||
                p.view.target_type() != std::function<void(Ui&)>(search).target_type())
                continue;
            if (std::string(p.name) != "search-light") continue;
            input.focused = node.id;
            if (frame == 0)
                input.actions.push_back({node.id, a11y::Action::KeyPress, a11y::kKeyDown, {}});
            if (frame == 1)
                for (int i = 0; i < 1; ++i)
                    input.actions.push_back({node.id, a11y::Action::KeyPress, a11y::kKeyDown, {}});
        }
    }
    surface.draw(ui.scene(), 0, input);
    surface.draw(ui.scene(), 0, input);
    const Image image = drawn(*ImGui::GetDrawData(),
                              static_cast<int>(p.width * p.scale),
                              static_cast<int>(p.height * p.scale));
    save_png(image, concat(folder, "/", p.name, ".png"));
    std::printf("%s: %d boxes, %d vertices, %d draw calls, %zu nodes\n",
                p.name,
                surface.stats().boxes,
                surface.stats().vertices,
                surface.stats().draw_calls,
                ui.tree().nodes.size());
}

}  // namespace

int run(const std::string& folder, const std::string& only) {
    const std::string inter = "/usr/share/fonts/opentype/inter/Inter-";
    StbGlyphs glyphs({inter + "Regular.otf",
                      inter + "SemiBold.otf",
                      inter + "Bold.otf",
                      "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"});
    if (!glyphs.ok())
        return std::fputs("fonts-inter and fonts-dejavu are not installed\n", stderr), 1;
    ui::Surface surface(glyphs);
    surface.start();
    const Picture pictures[] = {
        {"home-light", home, 1280, 1060},
        {"home-dark", home, 1280, 1060, ui::ThemeName::Dark},
        {"home-contrast", home, 1280, 1060, ui::ThemeName::Contrast},
        {"home-phone", home, 390, 1500},
        {"home-rail", home, 800, 900},
        {"search-light", search, 1280, 860},
        {"form-light", form, 1280, 1200},
        {"form-phone", form, 390, 1400},
        {"request-dark", request, 1280, 860, ui::ThemeName::Dark},
        {"status-light", status, 1280, 1100},
        {"kiosk-light", kiosk, 1080, 1920, ui::ThemeName::Light, true},
        {"dialog-light", dialog, 1280, 700},
    };
    for (const Picture& p : pictures) {
        if (only.empty() || only == p.name) take(surface, p, folder);
    }
    return 0;
}

}  // namespace ventanilla::looks

int main(int argc, char** argv) {
    return ventanilla::looks::run(argc > 1 ? argv[1] : ".", argc > 2 ? argv[2] : "");
}
