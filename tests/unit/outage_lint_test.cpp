#include "shared/rules/outage_lint.hpp"

#include <gtest/gtest.h>

#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

using domain::L10n;
using domain::Lang;

// "body es: jargon (BGP)", one a line.
std::string spoken(const std::vector<LintFinding>& findings) {
    constexpr const char* kNames[] = {"no contact",
                                      "no workaround",
                                      "no next update",
                                      "blame",
                                      "jargon",
                                      "banner too long",
                                      "detail too long",
                                      "promise",
                                      "not translated"};
    std::string out;
    for (const LintFinding& each : findings) {
        out += concat(each.field, " ", name(each.lang), ": ");
        out += kNames[static_cast<int>(each.what)];
        if (!each.words.empty()) out += concat(" (", each.words, ")");
        out += "\n";
    }
    return out;
}

Announcement body(std::string es, std::string en) {
    Announcement out;
    out.body = {std::move(es), std::move(en)};
    return out;
}

std::string on_es(std::string text) {
    return spoken(findings_on(body(std::move(text), "We are on it.")));
}
std::string on_en(std::string text) {
    return spoken(findings_on(body("Estamos en ello.", std::move(text))));
}

TEST(OutageLint, HasNothingToSayOfWhatReadsWell) {
    const char* good_es[] = {
        "El proveedor calcula arreglarlo hacia las 11:00. Próxima novedad antes de las 10:15.",
        "La VPN vuelve a conectar desde Madrid desde las 11:02. Si no te conecta, reinicia.",
        "Mantenemos las 11:00, con un cuarto de hora de margen.",
        "Esperamos volver antes de las 11:00. Nada de lo que hayas enviado se perdió.",
        "Todo lo guardado llegó: 61 solicitudes. Gracias por la paciencia.",
        "Volvemos a escribir en 30 minutos.",
    };
    for (const char* text : good_es)
        EXPECT_EQ(on_es(text), "") << text;
    const char* good_en[] = {
        "The provider expects to fix it by about 11:00. Next update before 10:15.",
        "The VPN connects from Madrid again since 11:02.",
        "No change: the provider is working on the link and keeps 11:00.",
        "The WMS and scanners are down. We write again at 14:00.",
    };
    for (const char* text : good_en)
        EXPECT_EQ(on_en(text), "") << text;
}

TEST(OutageLint, FindsWhatNobodyOutsideTheTeamUnderstands) {
    EXPECT_EQ(on_es("Estamos viendo un issue en el túnel."), "body es: jargon (issue)\n");
    EXPECT_EQ(on_es("El backend está down."), "body es: jargon (backend)\n");
    EXPECT_EQ(on_es("Cayó por flapping de BGP."), "body es: jargon (flapping)\n");
    EXPECT_EQ(on_en("Root cause unknown."), "body en: jargon (Root cause)\n");
    EXPECT_EQ(on_en("The app is down."), "") << "in English everybody says so";
    EXPECT_EQ(on_es("La etapa siguiente sigue en pie."), "") << "ETA is a word, not a beginning";
}

TEST(OutageLint, FindsBlame) {
    EXPECT_EQ(on_es("Fue por culpa del proveedor."), "body es: blame (culpa)\n");
    EXPECT_EQ(on_es("Se debió a un ERROR HUMANO."), "body es: blame (ERROR HUMANO)\n");
    EXPECT_EQ(on_en("It was a careless change."), "body en: blame (careless)\n");
    EXPECT_EQ(on_en("The provider has confirmed a fault in its link."), "");
}

TEST(OutageLint, FindsPromisesWithoutARange) {
    EXPECT_EQ(on_es("La VPN estará lista. Funcionará a las 11:00."),
              "body es: promise (Funcionará a las 11:00)\n");
    EXPECT_EQ(on_es("Vuelve en 30 minutos."), "body es: promise (Vuelve en 30 minutos)\n");
    EXPECT_EQ(on_es("Mañana estará resuelto."), "body es: promise (Mañana estará resuelto)\n");
    EXPECT_EQ(on_en("It will be fixed at 11:00."),
              "body en: promise (It will be fixed at 11:00)\n");
    EXPECT_EQ(on_en("Back in 2 hours"), "body en: promise (Back in 2 hours)\n");
}

TEST(OutageLint, LetsAMaintenanceSayWhenItEnds) {
    Announcement window = body("El ERP estará listo a las 24:00.", "The ERP is back at 24:00.");
    EXPECT_EQ(findings_on(window).size(), 2U);
    window.has_window = true;
    EXPECT_EQ(findings_on(window).size(), 0U);
}

TEST(OutageLint, FindsWhatIsMissing) {
    Announcement nothing = body("Lo miramos.", "We are on it.");
    nothing.has_contact = nothing.has_workaround = nothing.has_next_update = false;
    EXPECT_EQ(spoken(findings_on(nothing)),
              "workaround es: no workaround\ncontact es: no contact\n"
              "next_update_due_at es: no next update\n");
}

TEST(OutageLint, CountsLettersNotBytes) {
    Announcement banner;
    std::string text;
    for (std::size_t i = 0; i < kBannerLettersMax - 10; ++i)
        text += "ñ";
    banner.title = {"0123456789", "Title"};
    banner.impact = {text, "Impact"};
    EXPECT_EQ(spoken(findings_on(banner)), "");
    banner.workaround = {"x", "x"};
    EXPECT_EQ(spoken(findings_on(banner)), "impact es: banner too long\n");
    EXPECT_EQ(on_es(std::string(kDetailLettersMax, 'a')), "");
    EXPECT_EQ(on_es(std::string(kDetailLettersMax + 1, 'a')), "body es: detail too long\n");
}

TEST(OutageLint, SaysOnceWhatIsNotTranslated) {
    Announcement spanish = body("Lo miramos.", "");
    spanish.title = {"La VPN no conecta", " "};
    EXPECT_EQ(spoken(findings_on(spanish)), "title en: not translated\n");
    EXPECT_EQ(spoken(findings_on(body("", "We are on it."))), "body es: not translated\n");
}

TEST(OutageLint, SurvivesAnything) {
    for (const char* text : {"", " ", ":", "::", "- -", "\n\n.", "9:9", "\xff\xfe:1", "1:", ".1.2"})
        (void)findings_on(body(text, text));
}

}  // namespace
}  // namespace ventanilla::rules
