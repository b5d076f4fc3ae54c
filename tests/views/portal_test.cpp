#include <gtest/gtest.h>

#include "shared/sync/local_store.hpp"
#include "tests/views/support_portal.hpp"

// The main path of the product by role and name: the real App with the real sync engine, on a disk
// and a network made of memory.

namespace ventanilla::support {
namespace {

struct PortalTest : testing::Test {
    PortalTest() { demo::fill(desk); }
    Disk disk;
    Desk desk;

    // A portal in which Lucía is signed in and everything has been fetched.
    std::unique_ptr<Portal> open(std::string url = "/") {
        auto portal = std::make_unique<Portal>(disk, desk, std::move(url));
        if (portal->has(Role::Button, "Entrar")) portal->sign_in();
        portal->wait(5'000);
        return portal;
    }
};

TEST_F(PortalTest, AsksWhoOneIsAndThenHowItCanHelp) {
    Portal portal(disk, desk);
    EXPECT_TRUE(portal.says("heading 1 Entra en Ventanilla")) << portal.spoken();
    portal.type("Usuario", "lucia");
    portal.type("Contraseña", "no");
    portal.click(Role::Button, "Entrar");
    EXPECT_TRUE(portal.says("No reconocemos ese usuario o esa contraseña.")) << portal.spoken();
    portal.type("Contraseña", "secreto");
    portal.click(Role::Button, "Entrar");
    portal.wait(100);
    EXPECT_TRUE(portal.says("heading 1 ¿En qué podemos ayudarte, Lucía?")) << portal.spoken();
    EXPECT_TRUE(portal.says("Lo más pedido en Madrid")) << portal.spoken();
    EXPECT_TRUE(portal.says("Sin internet o VPN")) << portal.spoken();
}

TEST_F(PortalTest, SpeaksThePersonsLanguageUnlessAnotherWasChosenOnTheDevice) {
    desk.person.lang = domain::Lang::En;
    {
        Portal portal(disk, desk);
        EXPECT_TRUE(portal.says("heading 1 Entra en Ventanilla")) << "nobody is known yet";
        portal.sign_in();
        portal.wait(100);
        EXPECT_EQ(portal.app().lang(), "en");
        portal.event(app::UrlChanged{"/ajustes"});
        portal.choose("Español");
        EXPECT_EQ(portal.app().lang(), "es");
    }
    const auto portal = open();
    EXPECT_EQ(portal->app().lang(), "es");
}

TEST_F(PortalTest, AnswersWhileSomebodyTypes) {
    const auto portal = open();
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn no conecta 809");
    EXPECT_TRUE(portal->says("VPN: errores 809 y 720")) << portal->spoken();
    EXPECT_TRUE(portal->says("Pídelo")) << portal->spoken();
}

TEST_F(PortalTest, LeadsToWhatIsMissingInAForm) {
    const auto portal = open("/pedir/INC-03");
    portal->click(Role::Button, "Enviar");
    EXPECT_TRUE(portal->says("Falta 1 dato")) << portal->spoken();
    EXPECT_TRUE(portal->says("alert")) << portal->spoken();
    EXPECT_TRUE(portal->says("link ¿Qué no funciona? -> #")) << portal->spoken();
    EXPECT_TRUE(desk.received.empty());
}

TEST_F(PortalTest, ShowsAndHidesFieldsWithTheAnswers) {
    const auto portal = open("/pedir/INC-03");
    EXPECT_FALSE(portal->has(Role::TextField, "Código que ves"));
    portal->choose("La VPN no conecta");
    EXPECT_TRUE(portal->has(Role::TextField, "Código que ves")) << portal->spoken();
    portal->choose("No tengo internet");
    EXPECT_FALSE(portal->has(Role::TextField, "Código que ves"));
}

TEST_F(PortalTest, SubmitsOfflineSurvivesTheKillAndSendsExactlyOnce) {
    {
        const auto portal = open("/pedir/INC-03");
        desk.is_reachable = false;
        portal->event(app::OnlineChanged{false});
        portal->choose("No tengo internet");
        portal->type("Cuéntanos más", "Desde esta mañana");
        portal->click(Role::Button, "Enviar");
        portal->wait(100);
        EXPECT_TRUE(portal->says("Guardada en este dispositivo")) << portal->spoken();
        EXPECT_TRUE(portal->says("Tu código mientras tanto es ~")) << portal->spoken();
        EXPECT_TRUE(desk.received.empty());
    }
    {
        const auto portal = open("/solicitudes");
        EXPECT_TRUE(portal->says("Sin enviar")) << portal->spoken();
        desk.is_reachable = true;
        portal->event(app::OnlineChanged{true});
        portal->wait(60'000);
        ASSERT_EQ(desk.received.size(), 1U);
        EXPECT_EQ(desk.received[0].type, "request.submit");
    }
    const auto portal = open();
    portal->wait(60'000);
    EXPECT_EQ(desk.received.size(), 1U);
}

TEST_F(PortalTest, SaysWhenItsTurnComesWhileEverybodyReturns) {
    const auto portal = open("/pedir/INC-03");
    desk.is_reachable = false;
    portal->event(app::OnlineChanged{false});
    portal->choose("No tengo internet");
    portal->click(Role::Button, "Enviar");
    portal->event(app::UrlChanged{"/articulos/KB0005-vpn"});
    portal->click(Role::Button, "Sí");
    portal->wait(100);
    desk.is_reachable = true;
    desk.turn = std::chrono::minutes{32};
    portal->event(app::OnlineChanged{true});
    portal->wait(6'000);
    EXPECT_TRUE(portal->says("Tus 2 solicitudes están a salvo; se envían hacia las 15:52"))
        << portal->spoken();
    portal->wait(20 * 60'000);
    EXPECT_TRUE(portal->says("Conectando")) << "it is there, and said when";
    EXPECT_FALSE(portal->says("Sin conexión")) << portal->spoken();
    EXPECT_TRUE(desk.received.empty());
    desk.turn.reset();
    portal->wait(13 * 60'000);
    EXPECT_EQ(desk.received.size(), 3U) << "both, and the note of what was offered before";
    EXPECT_FALSE(portal->says("a salvo")) << portal->spoken();
}

TEST_F(PortalTest, NeverSaysSavedWhenTheDiskRefuses) {
    const auto portal = open("/pedir/INC-03");
    desk.is_reachable = false;
    disk.refuses = true;
    portal->event(app::OnlineChanged{false});
    portal->choose("No tengo internet");
    portal->click(Role::Button, "Enviar");
    portal->wait(30'000);
    EXPECT_FALSE(portal->says("Guardada en este dispositivo")) << portal->spoken();
    EXPECT_TRUE(portal->says("Solo en esta pestaña")) << portal->spoken();
}

TEST_F(PortalTest, KeepsADraftThroughAKillAndAChangeOfLanguage) {
    {
        const auto portal = open("/pedir/INC-03");
        portal->choose("No tengo internet");
        portal->type("Cuéntanos más", "Desde esta mañana");
        EXPECT_FALSE(portal->says("Borrador guardado")) << "not before it is committed";
        portal->wait(1'500);
        EXPECT_TRUE(portal->says("Borrador guardado en este dispositivo · 15:20"))
            << portal->spoken();
    }
    const auto portal = open("/pedir/INC-03");
    EXPECT_EQ(portal->value("Cuéntanos más"), "Desde esta mañana");
    portal->event(app::UrlChanged{"/ajustes"});
    portal->choose("English");
    EXPECT_TRUE(portal->says("heading 1 Settings")) << portal->spoken();
    portal->event(app::UrlChanged{"/pedir/INC-03"});
    EXPECT_EQ(portal->value("Tell us more"), "Desde esta mañana");
}

TEST_F(PortalTest, WritesWhatIsBeingTypedWhenThePageLeaves) {
    {
        const auto portal = open("/pedir/INC-03");
        portal->type("Cuéntanos más", "Desde esta mañana");
        portal->event(app::Leaving{});
    }
    const auto portal = open("/pedir/INC-03");
    EXPECT_EQ(portal->value("Cuéntanos más"), "Desde esta mañana");
}

TEST_F(PortalTest, SaysThatNothingIsHereYetInsteadOfLoadingForever) {
    Portal portal(disk, desk, "/pedir/INC-03");
    portal.sign_in();
    desk.is_reachable = false;
    Disk empty;
    empty.prefs = disk.prefs;
    for (const auto& [scope, files] : disk.stores)
        for (const auto& [path, bytes] : files)
            if (path == sync::kSessionFile) empty.stores[scope][path] = bytes;
    Portal fresh(empty, desk, "/pedir/INC-03");
    fresh.wait(10'000);
    EXPECT_TRUE(fresh.says("heading 1 Todavía no hay nada en este dispositivo")) << fresh.spoken();
    desk.is_reachable = true;
    fresh.click(Role::Button, "Probar ahora");
    fresh.wait(5'000);
    EXPECT_TRUE(fresh.says("heading 1 Sin internet o VPN")) << fresh.spoken();
}

TEST_F(PortalTest, ShowsANewOutageAndSaysItAloud) {
    const auto portal = open();
    desk.put(domain::RowType::Outage, demo::vpn_outage(from_ms(demo::kNowMs)));
    portal->event(app::LiveOpened{});
    portal->event(app::LiveMessage{"head", sync::encode_hint(desk.head)});
    portal->wait(2'000);
    EXPECT_TRUE(portal->says("Interrupción · La VPN no conecta en Madrid")) << portal->spoken();
    EXPECT_TRUE(portal->says("Te afecta porque estás en Madrid.")) << portal->spoken();
    EXPECT_TRUE(portal->says("próxima antes de las")) << portal->spoken();
    ASSERT_FALSE(portal->heard.empty());
    EXPECT_NE(portal->heard.back().find("La VPN no conecta en Madrid"), std::string::npos);
    portal->click(Role::Button, "A mí también me pasa");
    portal->wait(100);
    EXPECT_TRUE(portal->says("Te avisamos al volver")) << portal->spoken();
}

TEST_F(PortalTest, VotesAndGoesBackToTheResults) {
    const auto portal = open();
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn 809");
    portal->event(app::UrlChanged{"/buscar?q=vpn%20809"});
    portal->event(app::UrlChanged{"/articulos/KB0005-vpn"});
    EXPECT_TRUE(portal->says("heading 1 VPN: errores 809 y 720")) << portal->spoken();
    EXPECT_TRUE(portal->says("Resultados de «vpn 809»")) << portal->spoken();
    portal->click(Role::Button, "Sí");
    portal->wait(2'000);
    EXPECT_TRUE(portal->says("Nos alegra que te sirviera")) << portal->spoken();
    ASSERT_EQ(desk.received.size(), 1U);
    EXPECT_EQ(desk.received[0].type, "article.vote");
}

TEST_F(PortalTest, AsksWhatWasMissingWhereAnArticleDidNotHelp) {
    const auto portal = open("/articulos/KB0005-vpn");
    EXPECT_FALSE(portal->has(Role::Radio, "Está desactualizado"));
    portal->click(Role::Button, "No");
    portal->choose("Está desactualizado");
    portal->wait(2'000);
    EXPECT_EQ(portal->heard.back(),
              "Gracias. Lo verá quien mantiene este artículo; si sigues igual, pídelo aquí abajo.");
    ASSERT_EQ(desk.received.size(), 2U);
    EXPECT_EQ(desk.received[1].args["reason"], "outdated");
    EXPECT_TRUE(portal->says("radio Está desactualizado [checked]")) << portal->spoken();
    EXPECT_FALSE(portal->says("Por qué no sirvió")) << "only those who mend it read that";
    portal->click(Role::Button, "No");
    EXPECT_TRUE(portal->says("radio Está desactualizado [checked]")) << "said again, not taken back";
    portal->click(Role::Button, "Sí");
    EXPECT_FALSE(portal->has(Role::Radio, "Está desactualizado"));
}

TEST_F(PortalTest, GoesFromWhereAnArticleWasToWhereItIs) {
    sync::PulledRow& row = desk.rows.at({domain::RowType::Article, demo::id("KB0005")});
    row.fields["addresses"] = {"redes/vpn"};
    const auto portal = open("/Redes/vpn/index.html");
    EXPECT_EQ(portal->url(), "/articulos/KB0005") << portal->spoken();
    EXPECT_TRUE(open("/redes/otra")->says("heading 1 No encontramos esta página"));
}

TEST_F(PortalTest, TellsTheStaffWhyAnArticleDidNotHelp) {
    desk.person.roles = {domain::Role::Requester, domain::Role::Agent};
    for (const char* who : {"ana", "luis", "eva", "omar"}) {
        domain::Vote vote{.article = demo::id("KB0005"), .user = demo::id(who), .at = {}};
        vote.id = domain::vote_id(vote.article, vote.user);
        vote.is_helpful = who == std::string_view("omar");
        if (!vote.is_helpful)
            vote.reason = who == std::string_view("eva") ? domain::VoteReason::Unclear
                                                         : domain::VoteReason::BrokenLink;
        desk.put(domain::RowType::Vote, vote);
    }
    const auto portal = open("/articulos/KB0005-vpn");
    const std::string spoken = portal->spoken();
    const std::size_t most = spoken.find("Un enlace no funciona · 2");
    const std::size_t least = spoken.find("No se entiende · 1");
    ASSERT_NE(least, std::string::npos) << spoken;
    EXPECT_LT(most, least);
}

TEST_F(PortalTest, TellsTheTruthWhenTheDeskDoesNotAnswer) {
    const auto portal = open();
    desk.is_reachable = false;
    portal->wait(180'000);
    EXPECT_TRUE(portal->says("No llegamos a la mesa de ayuda")) << portal->spoken();
    EXPECT_TRUE(portal->says("lo último que sabemos es de las")) << portal->spoken();
    EXPECT_FALSE(portal->says("Los servicios que usas funcionan"))
        << "old information is never all green";
}

TEST_F(PortalTest, KnowsHowOldItsInformationIsInALaterLifeWithoutANetwork) {
    {
        const auto portal = open();
        desk.put(domain::RowType::Outage, demo::vpn_outage(from_ms(demo::kNowMs)));
        portal->event(app::LiveOpened{});
        portal->event(app::LiveMessage{"head", sync::encode_hint(desk.head)});
        portal->settle();
        ASSERT_TRUE(portal->says("La VPN no conecta en Madrid")) << portal->spoken();
    }
    desk.is_reachable = false;
    const auto portal = open("/estado");
    EXPECT_TRUE(portal->says("La VPN no conecta en Madrid")) << portal->spoken();
    EXPECT_FALSE(portal->says("todavía sin información")) << portal->spoken();
}

TEST_F(PortalTest, MovesFocusAndTitleWithThePage) {
    const auto portal = open();
    portal->click(Role::Link, "Mis solicitudes");
    EXPECT_EQ(portal->url(), "/solicitudes");
    EXPECT_EQ(portal->focused(), "Mis solicitudes");
    EXPECT_EQ(portal->heard.back(), "Mis solicitudes");
}

TEST_F(PortalTest, PutsTheQueryInTheAddressWhenTypingRests) {
    const auto portal = open("/buscar?q=impresora");
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn 80");
    portal->wait(200);
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn 809");
    portal->wait(200);
    EXPECT_EQ(portal->url(), "/buscar?q=impresora") << "not with every letter";
    portal->wait(200);
    EXPECT_EQ(portal->addresses(), std::vector<std::string>{"/buscar?q=vpn%20809"});
}

TEST_F(PortalTest, LeavesTheWholeQueryBehindForBack) {
    const auto portal = open("/buscar?q=vpn");
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn 809");
    portal->click(Role::Link, "Mis solicitudes");
    const std::vector<std::string> both{"/buscar?q=vpn%20809", "/solicitudes"};
    EXPECT_EQ(portal->addresses(), both);
    portal->wait(1'000);
    EXPECT_EQ(portal->addresses(), both);
}

TEST_F(PortalTest, KeepsTheQueryInTheAddressOfAPageThatIsLeft) {
    const auto portal = open("/buscar?q=vpn");
    portal->type("Buscar soluciones, servicios y solicitudes", "vpn 809");
    portal->event(app::Leaving{});
    EXPECT_EQ(portal->url(), "/buscar?q=vpn%20809");
}

TEST_F(PortalTest, StaysAKioskWhereverSomebodyGoes) {
    const auto portal = open("/?kiosk=1");
    portal->click(Role::Link, "Mis solicitudes Cómo va lo que pediste");
    EXPECT_EQ(portal->url(), "/solicitudes?kiosk=1");
}

TEST_F(PortalTest, ComesToRest) {
    const auto portal = open();
    portal->wait(5'000);
    EXPECT_FALSE(portal->app().wants_frame());
}

TEST_F(PortalTest, PaintsForTheSakeOfTimeOnlyWhenAnAgeItShowsChanges) {
    const auto portal = open("/ajustes");
    portal->wait(5'000);
    const int before = portal->frames;
    portal->wait(10 * 60'000);
    EXPECT_EQ(portal->frames, before) << "nothing on this page grows older";
    portal->event(app::UrlChanged{"/estado"});
    desk.is_reachable = false;
    portal->wait(5 * 60'000);
    EXPECT_TRUE(portal->says("hace 5 min") || portal->says("hace 4 min")) << portal->spoken();
    portal->wait(5 * 60'000);
    EXPECT_TRUE(portal->says("hace 10 min") || portal->says("hace 9 min")) << portal->spoken();
}

}  // namespace
}  // namespace ventanilla::support
