#include "wasm/ui/layout.hpp"

#include <gtest/gtest.h>

#include "tests/views/support_harness.hpp"
#include "wasm/ui/scene.hpp"
#include "wasm/widgets/widgets.hpp"

// Places and line breaks. Every letter is half as wide as the text is high: 8 px in body text.

namespace ventanilla {
namespace {

using a11y::Break;
using a11y::Role;
using support::Harness;
using ui::Ui;

std::vector<std::string> lines(std::string_view text, float width) {
    Harness h([&](Ui& ui) {
        const auto box = ui.limited(width);
        ui.text(text);
    });
    std::vector<std::string> out;
    for (const a11y::Node& node : h.tree().nodes) {
        if (node.role != Role::Text) continue;
        for (const auto line : a11y::lines_of(h.tree(), node))
            out.emplace_back(line);
    }
    return out;
}

using Lines = std::vector<std::string>;

TEST(LineBreaks, FallAtSpaces) {
    EXPECT_EQ(lines("uno dos tres", 7 * 8), (Lines{"uno dos", "tres"}));
    EXPECT_EQ(lines("uno dos tres", 7 * 8 - 1), (Lines{"uno", "dos", "tres"}));
}

TEST(LineBreaks, AreKeptWhereTheAuthorMadeThem) {
    EXPECT_EQ(lines("uno\n\ndos", 800), (Lines{"uno", "", "dos"}));
}

TEST(LineBreaks, CutAWordThatIsWiderThanTheLine) {
    EXPECT_EQ(lines("abcdefghij", 4 * 8), (Lines{"abcd", "efgh", "ij"}));
    EXPECT_EQ(lines("a bcdefghij", 4 * 8), (Lines{"a", "bcde", "fghi", "j"}));
}

TEST(LineBreaks, MayFollowAHyphenButNotInsideANumber) {
    EXPECT_EQ(lines("alta-baja", 5 * 8), (Lines{"alta-", "baja"}));
    EXPECT_EQ(lines("x SOL-2026", 8 * 8), (Lines{"x", "SOL-2026"}));
}

TEST(LineBreaks, MayFallBetweenIdeographs) {
    EXPECT_EQ(lines("日本語です。", 3 * 16), (Lines{"日本語", "です。"}));
}

TEST(LineBreaks, NeverSplitACodePoint) {
    for (const std::string& line : lines("ñandúñandúñandú", 3 * 8))
        EXPECT_EQ(line.size() >= 3, true);
}

TEST(LineBreaks, AreToldToTheMirrorWithTheirKind) {
    Harness h([&](Ui& ui) {
        const auto box = ui.limited(3 * 8);
        ui.text("uno dosdos\ntre");
    });
    const a11y::Node& node = h.by_role(Role::Text, "uno dosdos\ntre").node();
    const auto breaks = h.tree().breaks_of(node);
    ASSERT_EQ(breaks.size(), 3U);
    EXPECT_EQ(breaks[0], (Break{3, Break::kSoft}));
    EXPECT_EQ(breaks[1], (Break{7, Break::kWord}));
    EXPECT_EQ(breaks[2], (Break{10, Break::kHard}));
}

a11y::Rect rect(const Harness& h, Role role, std::string_view name) {
    const auto found = h.all(role, name);
    EXPECT_EQ(found.size(), 1U) << name << "\n" << h.spoken();
    return found.empty() ? a11y::Rect{} : found[0]->rect;
}

TEST(Row, SharesOutItsWidthAndAligns) {
    Harness h([](Ui& ui) {
        const auto box = ui.limited(400);
        const auto row = ui.row({.gap = ui::Gap::Small, .align = ui::Align::Start});
        {
            const auto fill = ui.fill();
            ui.text("a");
        }
        ui.text("bbbb");
    });
    EXPECT_FLOAT_EQ(rect(h, Role::Text, "bbbb").x, 400 - 4 * 8);
    EXPECT_FLOAT_EQ(rect(h, Role::Text, "a").w, 400 - 4 * 8 - 8);
}

TEST(Row, LongTextShrinksAndABadgeDoesNot) {
    Harness h([](Ui& ui) {
        const auto box = ui.limited(200);
        const auto row = ui.row({.align = ui::Align::Start});
        {
            const auto fill = ui.fill();
            ui.text("un título que no cabe en una sola línea");
        }
        ui.badge({.word = "Sin enviar"});
    });
    const auto badge = rect(h, Role::Text, "Sin enviar");
    EXPECT_FLOAT_EQ(badge.w, 10 * 6.5F);
    EXPECT_LE(badge.x + badge.w, 200.5F);
    EXPECT_GT(rect(h, Role::Text, "un título que no cabe en una sola línea").h, 24 * 2 - 1);
}

TEST(Wrap, GoesOnInTheNextLine) {
    Harness h([](Ui& ui) {
        const auto box = ui.limited(100);
        const auto row = ui.wrap(ui::Gap::Small);
        ui.text("cinco");
        ui.text("seis..");
        ui.text("siete");
    });
    EXPECT_FLOAT_EQ(rect(h, Role::Text, "cinco").y, rect(h, Role::Text, "seis..").y);
    EXPECT_GT(rect(h, Role::Text, "siete").y, rect(h, Role::Text, "cinco").y);
    EXPECT_FLOAT_EQ(rect(h, Role::Text, "siete").x, 0);
}

TEST(Grid, HasAsManyColumnsAsFit) {
    const auto view = [](Ui& ui) {
        const auto main = ui.shell({.bare = true});
        const auto grid = ui.grid(150, 4);
        for (const char* name : {"a", "b", "c", "d"}) {
            widgets::tile(ui, {.key = name, .href = name, .title = name, .detail = "x"});
        }
    };
    Harness wide(view);
    EXPECT_FLOAT_EQ(rect(wide, Role::Link, "a x").y, rect(wide, Role::Link, "d x").y);
    Harness small(view, support::phone());
    EXPECT_FLOAT_EQ(rect(small, Role::Link, "a x").y, rect(small, Role::Link, "b x").y);
    EXPECT_GT(rect(small, Role::Link, "c x").y, rect(small, Role::Link, "b x").y);
    EXPECT_EQ(wide.complaints() + small.complaints(), "");
}

TEST(Grid, MakesTheCardsOfARowEquallyHigh) {
    Harness h([](Ui& ui) {
        const auto grid = ui.grid(200, 2);
        widgets::tile(ui, {.key = "a", .href = "/a", .title = "corto", .detail = ""});
        widgets::tile(ui, {.key = "b", .href = "/b", .title = "b", .detail = "dos"});
    });
    EXPECT_FLOAT_EQ(rect(h, Role::Link, "corto").h, rect(h, Role::Link, "b dos").h);
}

TEST(Field, OfOneLineIsNoHigherForALongerValue) {
    const auto height = [](std::string value) {
        Harness h([&](Ui& ui) {
            const auto box = ui.limited(200);
            ui.text_field({.key = "t", .label = "Resumen"}, value);
        });
        return rect(h, Role::TextField, "Resumen").h;
    };
    EXPECT_FLOAT_EQ(height("corto"), height("un resumen que no cabe en una sola línea de la página"));
}

TEST(Split, StandsBesideOnlyWhenTheAsideHasRoom) {
    const auto view = [](Ui& ui) {
        const auto split = ui.split(640, 240);
        {
            const auto main = ui.column();
            ui.text("formulario");
        }
        const auto aside = ui.aside("Quizá esto lo resuelve");
        ui.text("ayuda");
    };
    Harness wide(view);
    EXPECT_FLOAT_EQ(rect(wide, Role::Text, "ayuda").x, 640 + 32);
    Harness small(view, support::phone());
    EXPECT_FLOAT_EQ(rect(small, Role::Text, "ayuda").x, 0);
}

void a_form(Ui& ui) {
    std::string value = "texto", choice, query;
    bool on = true;
    ui.search_box({.label = "Buscar", .placeholder = "Cuéntalo con tus palabras: «vpn no conecta»"},
                  query,
                  {});
    const std::vector<ui::Choice> choices = {{.value = "a",
                                              .label = "La VPN no conecta con nada de nada",
                                              .description = "Estoy fuera de la oficina"},
                                             {.value = "b", .label = "B"}};
    {
        const auto form = ui.form("f", "Formulario");
        ui.text_field({.key = "t",
                       .label = "Un título larguísimo con obligatorio",
                       .error = "Falta",
                       .required = true},
                      value);
        ui.choice({.key = "c", .label = "Elige"}, choices, choice);
        ui.select({.key = "s", .label = "Red"}, choices, choice);
        ui.checkbox({.key = "b", .label = "Acepto"}, on);
        const auto buttons = ui.wrap();
        ui.button("Enviar la solicitud ahora mismo", ui::Emphasis::Primary);
        ui.button("Guardar para después", ui::Emphasis::Quiet);
    }
}

void rows_and_figures(Ui& ui) {
    {
        const auto card = ui.card("Mis solicitudes abiertas");
        const auto list = ui.list("Abiertas");
        widgets::record_row(ui,
                            {.key = "1",
                             .title = "Notebook nueva para Inés",
                             .href = "/1",
                             .badge = {.word = "Espera tu respuesta", .tone = ui::Tone::Warning},
                             .detail = "SOL-2026-000118 · Ahora: aprueba Finanzas (2 de 3)",
                             .note = "vence 18 mar"});
    }
    const std::vector<ui::DayState> days(90, ui::DayState::Ok);
    {
        const auto list = ui.list("Servicios");
        widgets::uptime_row(ui,
                            {.key = "vpn",
                             .name = "Red y VPN",
                             .badge = {.word = "Interrupción parcial",
                                       .tone = ui::Tone::Critical,
                                       .icon = ui::Icon::OctagonX},
                             .bars_name = "90 días",
                             .days = days,
                             .first_day = "hace 90 días",
                             .share = "99,412 % disponible",
                             .last_day = "hoy"});
    }
    ui.code_block("netsh interface show interface | findstr /i conectado-y-una-linea-larguisima");
}

// Everything at once on 320 px, as WCAG 1.4.10 wants it, and at twice the font size.
void everything(Ui& ui) {
    static const std::vector<ui::NavSpec> nav = {
        {.label = "Inicio", .href = "/", .icon = ui::Icon::House, .current = true},
        {.label = "Solicitudes", .href = "/mias", .icon = ui::Icon::ListChecks, .count = 3}};
    const auto main = ui.shell({.title = "Todo",
                                .nav = nav,
                                .connection = {.word = "Sin conexión", .tone = ui::Tone::Warning},
                                .connection_detail = "2 sin enviar",
                                .account_label = "Lucía",
                                .account_href = "/cuenta"});
    widgets::page_title(ui,
                        "Estado de servicios y otras palabras extraordinariamente largas",
                        "Información de las 10:42");
    const std::vector<std::vector<ui::Span>> facts = {
        {ui::plain("Mientras tanto: "), ui::linked("usa el punto de acceso del móvil", "/kb")},
        {ui::plain("Actualizado 10:12 · próxima antes de las 10:40")}};
    widgets::banner(ui,
                    {.key = "o1",
                     .tone = ui::Tone::Critical,
                     .icon = ui::Icon::OctagonX,
                     .title = "Interrupción · La VPN no conecta en Madrid",
                     .text = "No puedes entrar.",
                     .facts = facts,
                     .action = "A mí también me pasa",
                     .second_action = "Ver detalles"});
    a_form(ui);
    rows_and_figures(ui);
}

TEST(Reflow, NothingIsWiderThanThePageAtAnyWidth) {
    for (const float width : {320.0F, 390.0F, 599.0F, 600.0F, 768.0F, 1024.0F, 1280.0F, 1920.0F}) {
        ui::FrameInfo info = support::desk();
        info.width = width;
        Harness h(everything, info);
        EXPECT_EQ(h.complaints(), "") << width;
    }
}

TEST(Reflow, HoldsAtTwiceTheFontSize) {
    ui::FrameInfo info = support::desk();
    info.prefs.root_font_px = 32;
    Harness h(everything, info);
    EXPECT_EQ(h.complaints(), "");
    info.width = 640;
    Harness half(everything, info);
    EXPECT_EQ(half.complaints(), "");
}

TEST(Reflow, TheKioskIsOneSizeUp) {
    Harness h(everything, support::kiosk());
    EXPECT_EQ(h.complaints(), "");
    EXPECT_GE(rect(h, Role::Button, "Guardar para después").h, 84);
}

TEST(Touch, EveryTargetIsHighEnoughForAFinger) {
    ui::FrameInfo info = support::phone();
    info.prefs.coarse_pointer = true;
    Harness h(everything, info);
    for (const a11y::Node& node : h.tree().nodes) {
        if (node.role == Role::Button || node.role == Role::Radio || node.role == Role::TextField ||
            node.role == Role::CheckBox || node.role == Role::Select) {
            EXPECT_GE(node.rect.h, 44) << a11y::name_of(h.tree(), node);
        }
    }
}

// portal.md 6: a page of 300 nodes stays far below a frame.
TEST(Frame, APageOfRowsIsBuiltQuickly) {
    Harness h([](Ui& ui) {
        const auto main = ui.shell({.bare = true});
        ui.heading(1, "Solicitudes");
        const auto list = ui.list("Abiertas");
        for (int i = 0; i < 60; ++i) {
            widgets::record_row(ui,
                                {.key = std::to_string(i),
                                 .title = "Notebook nueva",
                                 .href = "/1",
                                 .badge = {.word = "En aprobación"},
                                 .detail = "SOL-2026-000118",
                                 .note = "hoy"});
        }
    });
    EXPECT_GE(h.tree().nodes.size(), 300U);
}

}  // namespace
}  // namespace ventanilla
