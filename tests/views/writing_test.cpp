#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/domain/article_version.hpp"
#include "shared/domain/blocks.hpp"
#include "tests/views/support_portal.hpp"

// How an article is changed by those who keep it, by role and name: written, sent, looked at,
// published.

namespace ventanilla::support {
namespace {

struct WritingTest : testing::Test {
    WritingTest() {
        demo::fill(desk);
        be("owen", {domain::Role::Requester, domain::Role::Agent, domain::Role::Author});
    }

    void be(std::string_view who, domain::Roles roles) {
        desk.person.user = demo::id(who);
        desk.person.login = std::string(who);
        desk.person.display_name = std::string(who);
        desk.person.scope = concat("scope-", who);
        desk.person.roles = roles;
        disk = {};
    }
    void be_reviewer() {
        be("carla", {domain::Role::Requester, domain::Role::Manager, domain::Role::Reviewer});
    }

    std::unique_ptr<Portal> open(std::string url) {
        auto portal = std::make_unique<Portal>(disk, desk, std::move(url));
        if (portal->has(Role::Button, "Entrar")) {
            portal->type("Usuario", desk.person.login);
            portal->type("Contraseña", "secreto");
            portal->click(Role::Button, "Entrar");
        }
        portal->wait(5'000);
        return portal;
    }

    // A change of KB0005 by Owen, sent for review; the address of its page.
    std::string propose(std::string_view markdown = "1. Reinicia.\n2. Conecta de nuevo.\n") {
        const auto portal = open("/escribir/KB0005");
        portal->type("Texto", markdown);
        portal->type("Qué cambia y por qué", "Faltaba el paso 2");
        portal->click(Role::Button, "Enviar a revisión");
        portal->wait(5'000);
        return portal->url();
    }

    domain::Article article() {
        const sync::PulledRow& row = desk.rows.at({domain::RowType::Article, demo::id("KB0005")});
        return *domain::article_from({{domain::RowType::Article, row.id}, row.ver, row.fields});
    }

    Disk disk;
    Desk desk;
};

TEST_F(WritingTest, IsForStaffAlone) {
    be("lucia", {domain::Role::Requester});
    EXPECT_FALSE(open("/articulos/KB0005")->has(Role::Link, "Proponer un cambio"));
    EXPECT_TRUE(open("/escribir/KB0005")->says("Esta página no es para tu cuenta"))
        << open("/escribir")->spoken();
    EXPECT_FALSE(open("/")->has(Role::Link, "Artículos"));
}

TEST_F(WritingTest, BeginsWithWhatIsPublished) {
    const auto portal = open("/articulos/KB0005");
    portal->click(Role::Link, "Proponer un cambio");
    EXPECT_EQ(portal->url(), "/escribir/KB0005");
    EXPECT_EQ(portal->value("Título"), article().es.title) << portal->spoken();
    EXPECT_NE(portal->value("Texto"), "");
}

TEST_F(WritingTest, ShowsBesideTheTextHowItWillLook) {
    const auto portal = open("/escribir/KB0005");
    portal->type("Texto",
                 "## Antes de llamar\n\n1. Reinicia el **router**.\n\n<script>alert(1)</script>\n");
    EXPECT_TRUE(portal->says("heading 4 Antes de llamar")) << portal->spoken();
    EXPECT_TRUE(portal->says("Reinicia el router.")) << portal->spoken();
    EXPECT_TRUE(portal->says("Tiene pasos numerados")) << portal->spoken();
    EXPECT_TRUE(portal->says("no se publica «")) << portal->spoken();
}

TEST_F(WritingTest, IsKeptWhenTheBrowserIsKilled) {
    {
        const auto portal = open("/escribir/KB0005");
        portal->type("Título", "VPN a medias");
        portal->wait(6'000);
        EXPECT_TRUE(portal->says("Borrador guardado en este dispositivo")) << portal->spoken();
    }
    const auto portal = open("/articulos");
    EXPECT_TRUE(portal->says("Borradores en este dispositivo")) << portal->spoken();
    portal->click(Role::Link, "VPN a medias");
    EXPECT_EQ(portal->value("Título"), "VPN a medias");
}

TEST_F(WritingTest, SaysWhatIsMissingBeforeItIsSent) {
    const auto portal = open("/escribir");
    portal->click(Role::Button, "Enviar a revisión");
    EXPECT_TRUE(portal->says("Ponle un título.")) << portal->spoken();
    portal->type("Título", "Impresora nueva");
    portal->click(Role::Button, "Enviar a revisión");
    EXPECT_TRUE(portal->says("Escribe el texto del artículo.")) << portal->spoken();
    EXPECT_TRUE(desk.received.empty());
}

TEST_F(WritingTest, AsksWhyAnArticleIsChanged) {
    const auto portal = open("/escribir/KB0005");
    portal->type("Texto", "Otra cosa");
    portal->click(Role::Button, "Enviar a revisión");
    EXPECT_TRUE(portal->says("Cuenta qué cambia y por qué")) << portal->spoken();
}

TEST_F(WritingTest, ChangesNothingUntilSomebodyElsePublishesIt) {
    const std::string before = article().es.title;
    const std::string review = propose();
    ASSERT_TRUE(review.starts_with("/revision/")) << review;
    EXPECT_EQ(article().version, 3);
    const auto mine = open(review);
    EXPECT_TRUE(mine->says("En revisión")) << mine->spoken();
    EXPECT_FALSE(mine->has(Role::Button, "Publicar")) << "not by its author";

    be_reviewer();
    const auto portal = open("/articulos");
    portal->click(Role::Link, before);
    EXPECT_EQ(portal->url(), review);
    EXPECT_TRUE(portal->says("Faltaba el paso 2")) << portal->spoken();
    EXPECT_TRUE(portal->says("Conecta de nuevo.")) << portal->spoken();
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    EXPECT_EQ(article().version, 4);
    EXPECT_EQ(plain_text(article().es), "1. Reinicia.\n2. Conecta de nuevo.\n");
    EXPECT_TRUE(portal->says("Publicada")) << portal->spoken();
}

TEST_F(WritingTest, GoesBackToItsAuthorWithANote) {
    const std::string review = propose();
    be_reviewer();
    {
        const auto portal = open(review);
        portal->click(Role::Button, "Pedir cambios");
        EXPECT_TRUE(portal->says("Escribe qué hay que corregir")) << portal->spoken();
        portal->type("Qué falta o qué hay que corregir", "Di qué botón");
        portal->click(Role::Button, "Pedir cambios");
        portal->wait(5'000);
    }
    be("owen", {domain::Role::Requester, domain::Role::Agent, domain::Role::Author});
    const auto portal = open(review);
    EXPECT_TRUE(portal->says("Di qué botón")) << portal->spoken();
    portal->click(Role::Link, "Seguir escribiendo");
    EXPECT_TRUE(portal->says("Di qué botón")) << portal->spoken();
    portal->type("Texto", "1. Pulsa el botón azul.\n");
    portal->click(Role::Button, "Enviar a revisión");
    portal->wait(5'000);
    EXPECT_EQ(portal->url(), review) << "the same proposal";
    EXPECT_TRUE(portal->says("Pulsa el botón azul.")) << portal->spoken();
    EXPECT_FALSE(portal->says("Di qué botón")) << portal->spoken();
}

TEST_F(WritingTest, OfANewArticleGoesBackAndForthToo) {
    std::string review;
    {
        const auto portal = open("/escribir");
        portal->type("Título", "Impresora nueva");
        portal->type("Texto", "Se enciende detrás.");
        portal->click(Role::Button, "Enviar a revisión");
        portal->wait(5'000);
        review = portal->url();
        ASSERT_TRUE(review.starts_with("/revision/")) << portal->spoken();
    }
    be_reviewer();
    {
        const auto portal = open(review);
        portal->type("Qué falta o qué hay que corregir", "¿Dónde está?");
        portal->click(Role::Button, "Pedir cambios");
        portal->wait(5'000);
    }
    be("owen", {domain::Role::Requester, domain::Role::Agent, domain::Role::Author});
    {
        const auto portal = open(review);
        portal->click(Role::Link, "Seguir escribiendo");
        EXPECT_EQ(portal->value("Texto"), "Se enciende detrás.\n") << portal->spoken();
        portal->type("Texto", "Está en la sala 4. Se enciende detrás.");
        portal->click(Role::Button, "Enviar a revisión");
        portal->wait(5'000);
        EXPECT_EQ(portal->url(), review);
    }
    be_reviewer();
    const auto portal = open(review);
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    portal->click(Role::Link, "Ver el artículo");
    EXPECT_TRUE(portal->says("Está en la sala 4.")) << portal->spoken();
}

TEST_F(WritingTest, ThatWasNotAcceptedComesBackToItsAuthor) {
    sync::CommandResult no{.status = sync::ResultStatus::Rejected};
    no.code = commands::RejectCode::Forbidden;
    no.message = "reject.forbidden";
    desk.answers["article_version.propose"] = no;
    (void)propose("1. Lo que escribí con cuidado.\n");
    const auto portal = open("/este-navegador");
    portal->click(Role::Button, "Editar");
    EXPECT_EQ(portal->url(), "/escribir/KB0005") << portal->spoken();
    EXPECT_EQ(portal->value("Texto"), "1. Lo que escribí con cuidado.\n") << portal->spoken();
    EXPECT_EQ(portal->value("Qué cambia y por qué"), "Faltaba el paso 2");
    desk.answers.clear();
    portal->click(Role::Button, "Enviar a revisión");
    portal->wait(5'000);
    EXPECT_TRUE(portal->says("En revisión")) << portal->spoken();
}

TEST_F(WritingTest, SaysSoWhenMarkdownCannotBeRead) {
    const auto portal = std::make_unique<Portal>(disk, desk, "/escribir");
    portal->reads_markdown = false;
    portal->type("Usuario", "owen");
    portal->type("Contraseña", "secreto");
    portal->click(Role::Button, "Entrar");
    portal->wait(5'000);
    portal->type("Título", "Sin lector");
    portal->type("Texto", "Algo");
    EXPECT_TRUE(portal->says("Falta en este dispositivo la parte que lee Markdown"))
        << portal->spoken();
    portal->click(Role::Button, "Enviar a revisión");
    EXPECT_TRUE(desk.received.empty());
    portal->reads_markdown = true;
    portal->type("Texto", "Algo más");
    portal->click(Role::Button, "Enviar a revisión");
    portal->wait(5'000);
    EXPECT_EQ(desk.received.size(), 1U) << portal->spoken();
}

TEST_F(WritingTest, ShowsVersionsOfTheArticle) {
    const std::string review = propose();
    be_reviewer();
    {
        const auto portal = open(review);
        portal->click(Role::Button, "Publicar");
        portal->wait(5'000);
    }
    const auto portal = open("/articulos/KB0005");
    EXPECT_TRUE(portal->says("v4 · owen")) << portal->spoken();
    EXPECT_TRUE(portal->says("Anterior")) << portal->spoken();
}

TEST_F(WritingTest, FindsNoArticleThatIsNoLongerValid) {
    domain::Article over = article();
    over.valid_to = from_ms(demo::kNowMs) - std::chrono::hours(1);
    desk.put(domain::RowType::Article, over);
    const auto portal = open("/buscar?q=vpn");
    EXPECT_FALSE(portal->says(over.es.title)) << portal->spoken();
    const auto read = open("/articulos/KB0005");
    EXPECT_TRUE(read->says("dejó de ser válido")) << read->spoken();
    const auto care = open("/articulos");
    EXPECT_TRUE(care->says("Ya no es válido")) << care->spoken();
}

}  // namespace
}  // namespace ventanilla::support
