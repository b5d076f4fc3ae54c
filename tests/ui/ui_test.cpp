#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "tests/views/support_harness.hpp"
#include "wasm/widgets/widgets.hpp"

// The verbs and widgets as a person meets them.

namespace ventanilla {
namespace {

using a11y::Role;
using support::Harness;
using ui::Choice;
using ui::Emphasis;
using ui::Icon;
using ui::NavSpec;
using ui::Tone;
using ui::Ui;

std::vector<NavSpec> nav() {
    return {{.label = "Inicio", .href = "/", .icon = Icon::House, .current = true},
            {.label = "Buscar", .href = "/buscar", .icon = Icon::Search},
            {.label = "Mis solicitudes",
             .short_label = "Solicitudes",
             .href = "/mias",
             .icon = Icon::ListChecks,
             .count = 3,
             .count_label = "3 abiertas"}};
}

ui::Scope shell(Ui& ui) {
    static const std::vector<NavSpec> entries = nav();
    return ui.shell({.title = "Inicio",
                     .nav = entries,
                     .connection = {.word = "En línea", .tone = Tone::Ok},
                     .connection_detail = "Todo enviado · 10:42"});
}

TEST(Shell, IsHeardInTheOrderInWhichOneMoves) {
    Harness h([](Ui& ui) {
        const auto main = shell(ui);
        ui.heading(1, "¿En qué podemos ayudarte?");
    });
    EXPECT_EQ(h.spoken(),
              "link Saltar al contenido -> #main\n"
              "header\n"
              "  link Ventanilla -> /\n"
              "  text En línea\n"
              "  text Todo enviado · 10:42\n"
              "navigation Principal\n"
              "  link Inicio [current] -> /\n"
              "  link Buscar -> /buscar\n"
              "  link Mis solicitudes 3 abiertas -> /mias\n"
              "main\n"
              "  heading 1 ¿En qué podemos ayudarte?\n");
    EXPECT_EQ(h.complaints(), "");
}

TEST(Shell, TheSkipLinkLeadsToTheContent) {
    Harness h([](Ui& ui) {
        const auto main = shell(ui);
        ui.heading(1, "Inicio");
    });
    h.link("Saltar al contenido").click();
    EXPECT_EQ(h.tree().find(h.input.focused)->role, Role::Main);
}

TEST(Button, AnswersOnceToAPress) {
    int pressed = 0;
    Harness h([&](Ui& ui) {
        if (ui.button("Enviar", Emphasis::Primary)) ++pressed;
    });
    h.button("Enviar").click();
    EXPECT_EQ(pressed, 1);
}

TEST(Button, SaysWhyItCannotBePressed) {
    int pressed = 0;
    Harness h([&](Ui& ui) {
        if (ui.button({.label = "Enviar", .disabled_reason = "Falta la red"})) ++pressed;
    });
    h.button("Enviar").click();
    EXPECT_EQ(pressed, 0);
    EXPECT_EQ(h.spoken(), "button Enviar [disabled] (Falta la red)\n");
}

TEST(Link, TellsWhereItLeads) {
    Harness h([](Ui& ui) { ui.link("Mis solicitudes", "/mias"); });
    h.link("Mis solicitudes").click();
    EXPECT_EQ(h.navigated(), "/mias");
}

TEST(RichText, InlineLinksAreFoundByName) {
    int clicked = -1;
    Harness h([&](Ui& ui) {
        const int link =
            ui.rich({ui::plain("Mientras tanto: "), ui::linked("usa el móvil", "/kb/1")});
        if (link >= 0) clicked = link;
    });
    h.link("usa el móvil").click();
    EXPECT_EQ(clicked, 0);
    EXPECT_EQ(h.spoken(), "text Mientras tanto: usa el móvil\n  link usa el móvil -> /kb/1\n");
    EXPECT_EQ(h.complaints(), "");
}

TEST(TextField, HasItsLabelItsErrorAndItsValue) {
    std::string value = "80";
    Harness h([&](Ui& ui) {
        ui.text_field({.key = "code",
                       .label = "Código que ves",
                       .help = "En la última línea.",
                       .error = "Escribe tres cifras.",
                       .required = true},
                      value);
    });
    EXPECT_EQ(h.spoken(),
              "text En la última línea.\n"
              "field Código que ves [required] [invalid] = 80 error: Escribe tres cifras.\n"
              "text Escribe tres cifras.\n");
    h.field("Código que ves").type("809");
    EXPECT_EQ(value, "809");
    EXPECT_EQ(h.field("Código que ves").value(), "809");
    EXPECT_EQ(h.complaints(), "");
}

TEST(TextField, CountsOnlyWhenItGetsLong) {
    std::string value = "siete..";
    Harness h(
        [&](Ui& ui) { ui.text_field({.key = "t", .label = "Título", .length_max = 10}, value); });
    EXPECT_FALSE(h.says("7 / 10"));
    h.field("Título").type("ocho....");
    EXPECT_TRUE(h.says("8 / 10"));
}

TEST(Choice, OneOfTheCardsIsChosen) {
    std::string value;
    const std::vector<Choice> choices = {
        {.value = "vpn", .label = "La VPN no conecta", .description = "Estoy fuera de la oficina"},
        {.value = "net", .label = "No tengo internet"}};
    Harness h(
        [&](Ui& ui) { ui.choice({.key = "what", .label = "¿Qué no funciona?"}, choices, value); });
    h.by_role(Role::Radio, "La VPN no conecta").check();
    EXPECT_EQ(value, "vpn");
    EXPECT_EQ(h.spoken(),
              "radiogroup ¿Qué no funciona?\n"
              "  radio La VPN no conecta [checked] = vpn\n"
              "  text Estoy fuera de la oficina\n"
              "  radio No tengo internet = net\n");
    EXPECT_EQ(h.complaints(), "");
}

TEST(Select, OffersItsOptionsToTheBrowser) {
    std::string value;
    const std::vector<Choice> choices = {{.value = "home", .label = "Mi casa"},
                                         {.value = "mobile", .label = "El móvil"}};
    Harness h(
        [&](Ui& ui) { ui.select({.key = "net", .label = "¿Qué red usas?"}, choices, value); });
    h.by_role(Role::Select, "¿Qué red usas?").type("mobile");
    EXPECT_EQ(value, "mobile");
    EXPECT_EQ(h.all(Role::SelectOption, "El móvil").size(), 1U);
    EXPECT_TRUE(h.all(Role::SelectOption, "El móvil")[0]->is(a11y::kSelected));
}

TEST(MultiChoice, KeepsWhatWasTicked) {
    std::vector<std::string> values;
    const std::vector<Choice> choices = {{.value = "a", .label = "Ratón"},
                                         {.value = "b", .label = "Pantalla"}};
    Harness h(
        [&](Ui& ui) { ui.multi_choice({.key = "m", .label = "¿Qué más?"}, choices, values); });
    h.by_role(Role::CheckBox, "Pantalla").check();
    h.by_role(Role::CheckBox, "Ratón").check();
    EXPECT_EQ(values, (std::vector<std::string>{"b", "a"}));
    h.by_role(Role::CheckBox, "Pantalla").check(false);
    EXPECT_EQ(values, (std::vector<std::string>{"a"}));
}

TEST(ErrorSummary, LeadsToTheField) {
    std::string value;
    const std::vector<widgets::Problem> problems = {{"net", "Elige qué red usas"}};
    Harness h([&](Ui& ui) {
        const auto form = ui.form("inc-03", "Sin internet o VPN");
        const auto summary = widgets::error_summary(ui, "Falta 1 dato", problems);
        (void)summary;
        ui.text_field({.key = "net", .label = "¿Qué red usas?", .error = "Elige la red."}, value);
    });
    h.link("Elige qué red usas").click();
    EXPECT_EQ(h.focused_name(), "¿Qué red usas?");
    EXPECT_EQ(h.navigated(), "");
    EXPECT_EQ(h.complaints(), "");
}

struct SearchFixture {
    std::string query;
    std::string chosen;
    bool submitted = false;
    std::vector<ui::Span> first = {ui::mark("VPN"), ui::plain(": errores 809 y 720")};
    std::vector<ui::Span> second = {ui::plain("Sin internet o VPN")};
    std::vector<ui::Suggestion> solve = {{.key = "kb5", .title = first, .href = "/kb/5"}};
    std::vector<ui::Suggestion> ask = {{.key = "inc3", .title = second, .href = "/pedir/3"}};

    void view(Ui& ui) {
        std::vector<ui::SuggestionGroup> groups;
        if (!query.empty()) groups = {{"Resuélvelo ahora", solve}, {"Pídelo", ask}};
        const ui::SearchEvent event = ui.search_box(
            {.label = "Buscar", .placeholder = "Cuéntalo", .results_name = "Respuestas"},
            query,
            groups);
        if (event.chosen != nullptr) chosen = event.chosen->key;
        submitted |= event.submitted;
    }
};

TEST(SearchBox, ArrowsAndEnterTakeAnAnswer) {
    SearchFixture f;
    Harness h([&](Ui& ui) { f.view(ui); });
    const auto box = h.by_role(Role::ComboBox, "Buscar");
    h.by_role(Role::ComboBox, "Buscar").type("vpn");
    EXPECT_EQ(h.spoken(),
              "search Buscar\n"
              "  combobox Buscar [expanded] = vpn\n"
              "  listbox Respuestas\n"
              "    group Resuélvelo ahora\n"
              "      text Resuélvelo ahora\n"
              "      option VPN: errores 809 y 720\n"
              "    group Pídelo\n"
              "      text Pídelo\n"
              "      option Sin internet o VPN\n");
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyDown);
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyDown);
    EXPECT_TRUE(h.by_role(Role::ListOption, "Sin internet o VPN").is(a11y::kSelected));
    EXPECT_EQ(box.node().active, h.by_role(Role::ListOption, "Sin internet o VPN").node().id);
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyEnter);
    EXPECT_EQ(f.chosen, "inc3");
    EXPECT_FALSE(f.submitted);
    EXPECT_FALSE(h.says("listbox"));
    EXPECT_EQ(h.complaints(), "");
}

TEST(SearchBox, EnterAloneAsksForTheResults) {
    SearchFixture f;
    Harness h([&](Ui& ui) { f.view(ui); });
    h.by_role(Role::ComboBox, "Buscar").type("vpn");
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyEnter);
    EXPECT_TRUE(f.submitted);
    EXPECT_EQ(f.chosen, "");
}

TEST(SearchBox, EscapeClosesTheAnswersAndKeepsTheWords) {
    SearchFixture f;
    Harness h([&](Ui& ui) { f.view(ui); });
    h.by_role(Role::ComboBox, "Buscar").type("vpn");
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyEscape);
    EXPECT_FALSE(h.says("listbox"));
    EXPECT_EQ(f.query, "vpn");
    h.by_role(Role::ComboBox, "Buscar").press(a11y::kKeyDown);
    EXPECT_TRUE(h.says("listbox"));
}

TEST(SearchBox, AnAnswerIsClicked) {
    SearchFixture f;
    Harness h([&](Ui& ui) { f.view(ui); });
    h.by_role(Role::ComboBox, "Buscar").type("vpn");
    // The mirror keeps the focus in the field while an answer is pressed.
    const auto id = h.by_role(Role::ListOption, "VPN: errores 809 y 720").node().id;
    h.act({.node = id, .kind = a11y::Action::Click, .number = 0, .text = {}});
    EXPECT_EQ(f.chosen, "kb5");
}

TEST(Dialog, TakesTheFocusAndStandsOutsideMain) {
    bool open = true;
    Harness h([&](Ui& ui) {
        const auto main = ui.shell({.bare = true});
        ui.heading(1, "Solicitud");
        if (open) {
            const auto dialog = ui.dialog({.key = "cancel", .title = "¿Cancelar la solicitud?"});
            ui.text("No se puede deshacer.");
            if (dialog.dismissed()) open = false;
        }
        ui.text("Al final");
    });
    EXPECT_EQ(h.spoken(),
              "link Saltar al contenido -> #main\n"
              "main\n"
              "  heading 1 Solicitud\n"
              "  text Al final\n"
              "dialog ¿Cancelar la solicitud?\n"
              "  heading 2 ¿Cancelar la solicitud?\n"
              "  button Cerrar\n"
              "  text No se puede deshacer.\n");
    EXPECT_EQ(h.focused_name(), "¿Cancelar la solicitud?");
    EXPECT_NE(h.tree().modal, a11y::kNoNode);
    h.by_role(Role::Dialog, "¿Cancelar la solicitud?").press(a11y::kKeyEscape);
    EXPECT_FALSE(open);
    EXPECT_FALSE(h.says("dialog"));
    EXPECT_EQ(h.complaints(), "");
}

TEST(Disclosure, KeepsWhetherItIsOpen) {
    Harness h([](Ui& ui) {
        if (const auto more = ui.disclosure("Detalles", "more")) ui.text("Dentro");
    });
    EXPECT_EQ(h.spoken(), "button Detalles [collapsed]\n");
    h.button("Detalles").click();
    EXPECT_EQ(h.spoken(), "button Detalles [expanded]\ntext Dentro\n");
    h.button("Detalles").click();
    EXPECT_FALSE(h.says("Dentro"));
}

TEST(Popover, ClosesOnEscapeAndGivesTheFocusBack) {
    Harness h([](Ui& ui) {
        if (const auto menu = ui.popover({.label = "Cuenta"})) ui.link("Salir", "/salir");
    });
    h.button("Cuenta").click();
    EXPECT_TRUE(h.says("link Salir"));
    h.by_role(Role::Group, "Cuenta").press(a11y::kKeyEscape);
    EXPECT_FALSE(h.says("link Salir"));
    EXPECT_EQ(h.focused_name(), "Cuenta");
}

TEST(Table, NamesItsColumnsAndHidesSomeOnPhones) {
    const std::vector<ui::TableColumn> columns = {{.title = "Número"},
                                                  {.title = "Sitio", .hidden_on_phone = true}};
    const auto view = [&](Ui& ui) {
        const auto table = ui.table("Cola", columns);
        const auto row = ui.table_row("1");
        {
            const auto cell = ui.cell();
            ui.link("SOL-1", "/1");
        }
        const auto cell = ui.cell();
        ui.text("Madrid");
    };
    Harness h(view);
    EXPECT_EQ(h.spoken(),
              "table Cola\n"
              "  row\n"
              "    column Número\n"
              "    column Sitio\n"
              "  row\n"
              "    cell SOL-1\n"
              "      link SOL-1 -> /1\n"
              "    cell Madrid\n");
    EXPECT_EQ(h.complaints(), "");
    Harness small(view, support::phone());
    EXPECT_FALSE(small.says("Madrid"));
    EXPECT_EQ(small.complaints(), "");
}

TEST(VirtualList, TellsOnlyTheRowsAroundTheWindow) {
    Harness h([](Ui& ui) {
        ui::Window window;
        const auto list = ui.virtual_list("Solicitudes", 10'000, 72, window);
        for (int i = window.first; i < window.first + window.count; ++i) {
            const auto item = ui.item(std::to_string(i));
            ui.link(concat("Solicitud ", i), concat("/", i));
        }
    });
    EXPECT_LT(h.tree().nodes.size(), 150U);
    EXPECT_FLOAT_EQ(h.tree().height, 720'000);
    EXPECT_FALSE(h.ui().needs_rebuild_after_scroll());
    h.ui().set_scroll(360'000);
    EXPECT_TRUE(h.ui().needs_rebuild_after_scroll());
    h.settle();
    EXPECT_TRUE(h.link("Solicitud 5000").exists());
    EXPECT_FALSE(h.ui().needs_rebuild_after_scroll());
    const auto items = h.all(Role::ListItem, "");
    EXPECT_EQ(items[0]->set_size, 10'000);
    EXPECT_NEAR(h.link("Solicitud 5000").node().rect.y, 5000 * 72, 20);
    EXPECT_EQ(h.complaints(), "");
}

TEST(Announcements, AreCollectedForTheFrame) {
    bool said = false;
    Harness h([&](Ui& ui) {
        if (!said) ui.announce("Guardada en este dispositivo");
        said = true;
    });
    ASSERT_EQ(h.heard.size(), 1U);
    EXPECT_EQ(h.heard[0].text, "Guardada en este dispositivo");
}

TEST(Skeleton, SaysWhatIsLoading) {
    Harness h([](Ui& ui) { ui.skeleton("Cargando tus solicitudes"); });
    EXPECT_EQ(h.spoken(), "progress Cargando tus solicitudes [busy]\n");
}

TEST(Keys, TheSameKeyTwiceIsNoticed) {
    Harness h([](Ui& ui) {
        const auto list = ui.list("x");
        { const auto a = ui.item("1"); }
        { const auto b = ui.item("1"); }
    });
    EXPECT_NE(h.complaints().find("twice"), std::string::npos);
}

}  // namespace
}  // namespace ventanilla
