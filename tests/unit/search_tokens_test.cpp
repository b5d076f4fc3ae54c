#include <gtest/gtest.h>

#include "shared/search/priors.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

using domain::Lang;

// "wi fi +wifi": the terms in order, extras with a plus.
std::string written(std::string_view text) {
    std::string out;
    for (const Token& token : tokens(text)) {
        if (!out.empty()) out.push_back(' ');
        if (token.is_extra) out.push_back('+');
        out += token.term;
    }
    return out;
}

TEST(Tokens, FoldCaseAndAccentsButKeepTheLetterEnye) {
    EXPECT_EQ(written("CONTRASEÑA Bloqueada, ¿qué hago?"), "contraseña bloqueada que hago");
    EXPECT_EQ(written("Año fiscal"), "año fiscal");
    EXPECT_EQ(written("Straße Ærø Łódź"), "strasse aero lodz");
    EXPECT_EQ(without_tilde("contraseña"), "contrasena");
}

TEST(Tokens, ReadDecomposedTextLikeComposedText) {
    EXPECT_EQ(written("an\xCC\x83o"), "año");
    EXPECT_EQ(written("conexio\xCC\x81n"), "conexion");
}

TEST(Tokens, GiveCompoundsApartAndWhole) {
    EXPECT_EQ(written("Wi-Fi de invitados"), "wi fi +wifi de invitados");
    EXPECT_EQ(written("OneDrive"), "onedrive +one +drive");
    EXPECT_EQ(written("AN101"), "an101");
    EXPECT_EQ(digit_parts("an101"), (std::vector<std::string_view>{"an", "101"}));
    EXPECT_EQ(written("don't"), "dont");
    EXPECT_EQ(written("mensaje.eml - adjunto"), "mensaje eml adjunto");
}

TEST(Tokens, TellWhereTheyStandInTheText) {
    const std::vector<Token> found = tokens("¡Ñandú 809!");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].from, 2U);
    EXPECT_EQ(found[0].to, 9U);
    EXPECT_EQ(found[1].from, 10U);
    EXPECT_EQ(found[1].to, 13U);
}

TEST(Tokens, SurviveAnything) {
    EXPECT_EQ(written("🙂🔥 \xFF\xFE — …"), "");
    EXPECT_EQ(written("שלום عالم"), "שלום عالم");
    EXPECT_EQ(written("日本"), "日 本");
    EXPECT_EQ(tokens(std::string(100'000, 'a')).front().term.size(), kTermBytesMax - 3);
    std::string marks;
    for (int i = 0; i < 1000; ++i)
        marks += "\xCC\x83";
    EXPECT_EQ(written("n" + marks), "ñ");
}

TEST(Stem, AccentsMakeNoDifference) {
    EXPECT_EQ(stem("configuracion", Lang::Es), stem("configuraciones", Lang::Es));
    EXPECT_EQ(stem("conecta", Lang::Es), stem("conectarte", Lang::Es));
    EXPECT_EQ(stem("printers", Lang::En), stem("printer", Lang::En));
    EXPECT_EQ(stem("an101", Lang::Es), "an101");
    EXPECT_EQ(stem("vpn", Lang::Es), "vpn");
}

TEST(Stem, ASpanishVerbIsOneWordInItsForms) {
    const struct {
        const char* one;
        const char* other;
    } kForms[] = {{"arrancar", "arranque"},
                  {"cargar", "cargue"},
                  {"conectar", "conexion"},
                  {"probar", "prueba"},
                  {"cerrar", "cierra"},
                  {"encender", "enciende"},
                  {"mostrar", "muestra"},
                  {"empezar", "empiece"}};
    int alike = 0;
    for (const auto& form : kForms)
        alike += stem(form.one, Lang::Es) == stem(form.other, Lang::Es) ? 1 : 0;
    EXPECT_EQ(alike, 7) << "all but conectar and conexion, which are two words";
    EXPECT_NE(stem("cuanto", Lang::Es), stem("cuento", Lang::Es));
}

TEST(StopWords, AreTheWordsThatSayNothing) {
    for (const char* word : {"el", "que", "no", "the", "how"})
        EXPECT_TRUE(is_stop_word(word)) << word;
    for (const char* word : {"vpn", "clave", "printer", "robaron"})
        EXPECT_FALSE(is_stop_word(word)) << word;
}

TEST(Prior, FewVotesSayLittleAndManySayMore) {
    EXPECT_DOUBLE_EQ(helpful_prior(0, 0), 0.5);
    EXPECT_LT(helpful_prior(1, 1), helpful_prior(90, 100));
    EXPECT_GT(prior({.votes_helpful = 90, .votes_total = 100}), prior({}));
    EXPECT_GT(prior({}), prior({.votes_helpful = 5, .votes_total = 100}));
    EXPECT_GT(prior({}), prior({.is_review_overdue = true}));
    EXPECT_GT(prior({}), prior({.days_since_review = 2000}));
}

}  // namespace
}  // namespace ventanilla::search
