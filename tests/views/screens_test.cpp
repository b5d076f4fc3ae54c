#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/sync/local_store.hpp"
#include "tests/views/support_portal.hpp"

// Every screen in its states, as somebody hears it: empty, loading, offline, forbidden, missing,
// and in use.

namespace ventanilla::support {
namespace {

using domain::RequestState;
using domain::RowType;

struct Screens : testing::Test {
    Screens() { demo::fill(desk); }
    Disk disk;
    Desk desk;

    std::unique_ptr<Portal> open(std::string url, float width = 1280) {
        auto portal = std::make_unique<Portal>(disk, desk, std::move(url), width);
        if (portal->has(Role::Button, "Entrar")) portal->sign_in();
        portal->wait(5'000);
        return portal;
    }

    void work_at_the_desk() {
        desk.person.user = demo::id("owen");
        desk.person.display_name = "Owen Blake";
        desk.person.roles = {
            domain::Role::Requester, domain::Role::Agent, domain::Role::Spokesperson};
        desk.person.desks = {"it"};
    }

    // What stands inside the main landmark.
    static std::string main_of(const Portal& portal) {
        const std::string all = portal.spoken();
        const std::size_t at = all.find("\nmain");
        return at == std::string::npos ? all : all.substr(at + 1);
    }
};

TEST_F(Screens, AddressNobodyHasLeadsHome) {
    const auto portal = open("/nada");
    EXPECT_EQ(main_of(*portal),
              "main\n"
              "  heading 1 No encontramos esta página\n"
              "  text Puede que la dirección esté incompleta. Busca lo que necesitas o vuelve al "
              "inicio.\n"
              "  link Ir al inicio -> /\n");
}

TEST_F(Screens, RequestThatIsNotThereSaysWhatToDo) {
    const auto portal = open("/solicitudes/SOL-2026-999999");
    EXPECT_TRUE(portal->says("No encontramos esa solicitud")) << portal->spoken();
    EXPECT_TRUE(portal->has(Role::Link, "Mis solicitudes") || portal->says("-> /solicitudes"));
}

TEST_F(Screens, ArticleThatIsNotThereLeadsToSearch) {
    const auto portal = open("/articulos/KB9999");
    EXPECT_TRUE(portal->says("No encontramos ese artículo")) << portal->spoken();
}

TEST_F(Screens, QueueIsForThoseWhoWorkIt) {
    EXPECT_TRUE(open("/cola")->says("Esta página no es para tu cuenta"));
}

TEST_F(Screens, OutageConsoleIsForSpokespersons) {
    EXPECT_TRUE(open("/interrupciones/nueva")->says("Esta página no es para tu cuenta"));
}

TEST_F(Screens, FirstVisitWithoutNetworkSaysWhatIsMissing) {
    open("/");
    std::erase_if(disk.stores["s1"], [](const auto& file) {
        return file.first != sync::kSessionFile;  // only who is signed in came through
    });
    desk.is_reachable = false;
    Portal portal(disk, desk, "/solicitudes");
    portal.event(app::OnlineChanged{false});
    portal.wait(1'000);
    EXPECT_TRUE(portal.says("Todavía no hay nada en este dispositivo")) << portal.spoken();
    EXPECT_TRUE(portal.says("Sin conexión")) << portal.spoken();
}

TEST_F(Screens, EmptyListsOfferTheNextStep) {
    const auto portal = open("/solicitudes");
    EXPECT_TRUE(portal->says("No tienes nada abierto.")) << portal->spoken();
    EXPECT_TRUE(portal->says("Pedir algo -> /pedir"));
}

TEST_F(Screens, RequestTellsWhoseTurnItIsAndTakesTheAnswer) {
    domain::Request request = demo::request("97", RequestState::OnHold);
    request.hold_reason = domain::HoldReason::AwaitingRequester;
    request.question = "¿Hasta qué fecha lo necesitas?";
    request.assignee = demo::id("owen");
    request.assignee_name = "Owen Blake";
    desk.put(RowType::Request, request);
    const auto portal = open("/solicitudes/SOL-2026-000097");
    EXPECT_TRUE(portal->says("heading 1 Solicitud 97")) << portal->spoken();
    EXPECT_TRUE(portal->says("Espera tu respuesta"));
    EXPECT_TRUE(portal->says("Te toca a ti. ¿Hasta qué fecha lo necesitas?")) << portal->spoken();
    EXPECT_TRUE(portal->says("Paso 3 de 5: En pausa")) << portal->spoken();
    portal->click(Role::Button, "Responder");
    EXPECT_TRUE(portal->says("Escribe algo antes de enviarlo.")) << "an empty answer is not sent";
    portal->type("Tu respuesta", "Hasta fin de mes");
    portal->click(Role::Button, "Responder");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U);
    EXPECT_EQ(desk.received[0].type, "request.answer");
    EXPECT_TRUE(portal->says("Hasta fin de mes")) << portal->spoken();
}

TEST_F(Screens, ResolvedRequestIsConfirmed) {
    domain::Request request = demo::request("98", RequestState::Resolved);
    request.resolution = "Cambiamos el puerto.";
    desk.put(RowType::Request, request);
    const auto portal = open("/solicitudes/SOL-2026-000098");
    EXPECT_TRUE(portal->says("Lo que se hizo: Cambiamos el puerto.")) << portal->spoken();
    portal->click(Role::Button, "Ya funciona");
    portal->wait(5'000);
    EXPECT_TRUE(portal->says("Cerrada")) << portal->spoken();
}

TEST_F(Screens, CancellingAsksFirst) {
    desk.put(RowType::Request, demo::request("99", RequestState::Open));
    const auto portal = open("/solicitudes/SOL-2026-000099");
    portal->click(Role::Button, "Cancelar la solicitud");
    EXPECT_TRUE(portal->says("¿Cancelar la solicitud?")) << portal->spoken();
    EXPECT_TRUE(desk.received.empty());
    portal->click(Role::Button, "Seguir con ella");
    EXPECT_FALSE(portal->says("¿Cancelar la solicitud?"));
}

TEST_F(Screens, RejectedWorkIsShownWithItsReasonAndItsWaysOut) {
    desk.put(RowType::Request, demo::request("96", RequestState::Open));
    sync::CommandResult refused;
    refused.status = sync::ResultStatus::Rejected;
    refused.code = commands::RejectCode::StaleTransition;
    refused.message = "reject.stale_transition";
    desk.answers["request.comment"] = refused;
    const auto portal = open("/solicitudes/SOL-2026-000096");
    portal->type("Añade algo", "¿Hay novedades?");
    portal->click(Role::Button, "Enviar");
    portal->wait(5'000);
    EXPECT_TRUE(portal->says("Necesita tu atención")) << portal->spoken();
    EXPECT_TRUE(portal->says("Alguien se adelantó")) << portal->spoken();
    EXPECT_TRUE(portal->has(Role::Button, "Editar"));
    portal->click(Role::Button, "Descartar");
    EXPECT_TRUE(portal->says("¿Descartar este cambio?")) << portal->spoken();
}

TEST_F(Screens, AgentTakesAndResolves) {
    work_at_the_desk();
    desk.put(RowType::Request, demo::request("95", RequestState::Open));
    const auto portal = open("/cola");
    EXPECT_TRUE(portal->says("Solicitud 95")) << portal->spoken();
    EXPECT_TRUE(portal->says("Lucía Ferreyra, Madrid · sin asignar")) << portal->spoken();
    portal->click(Role::Link, "Solicitud 95");
    portal->click(Role::Button, "Tomar");
    portal->wait(3'000);
    EXPECT_TRUE(portal->says("En curso")) << portal->spoken();
    portal->type("Tu mensaje", "Hecho: puerto nuevo.");
    portal->click(Role::Button, "Resolver");
    portal->wait(3'000);
    EXPECT_TRUE(portal->says("Resuelta")) << portal->spoken();
}

TEST_F(Screens, ConsoleLeadsToWhatIsMissingAndShowsWhatPeopleWillSee) {
    work_at_the_desk();
    const auto portal = open("/interrupciones/nueva");
    portal->click(Role::Button, "Publicar");
    EXPECT_TRUE(portal->says("Faltan 7 datos")) << portal->spoken();
    portal->type("Qué pasa, en español", "La VPN no conecta en Madrid");
    EXPECT_TRUE(portal->says("Interrupción · La VPN no conecta en Madrid")) << portal->spoken();
    EXPECT_TRUE(portal->says("Lo verán todas las personas.")) << portal->spoken();
    EXPECT_TRUE(desk.received.empty());
}

TEST_F(Screens, BrowserTellsWhatItKeeps) {
    const auto portal = open("/este-navegador");
    EXPECT_TRUE(portal->says("Nada. Todo lo que hiciste llegó al servidor.")) << portal->spoken();
    EXPECT_TRUE(portal->says("Artículos")) << portal->spoken();
}

TEST_F(Screens, SignOutKeepsWhatIsNotSentAndSaysSo) {
    const auto portal = open("/pedir/INC-03");
    desk.is_reachable = false;
    portal->event(app::OnlineChanged{false});
    portal->choose("No tengo internet");
    portal->click(Role::Button, "Enviar");
    portal->wait(1'000);
    portal->event(app::UrlChanged{"/ajustes"});
    portal->click(Role::Button, "Salir");
    EXPECT_TRUE(portal->says("Tienes 1 cambio sin enviar.")) << portal->spoken();
}

TEST_F(Screens, FitEveryWidth) {
    work_at_the_desk();
    desk.put(RowType::Outage, demo::vpn_outage(from_ms(demo::kNowMs)));
    desk.put(RowType::Request, demo::request("94", RequestState::InProgress));
    const std::string outage = "/interrupciones/" + to_text(demo::id("O1"));
    for (const float width : {320.0F, 390.0F, 768.0F, 1280.0F}) {
        for (const char* url : {"/",
                                "/buscar?q=vpn",
                                "/pedir",
                                "/pedir/INC-03",
                                "/solicitudes",
                                "/cola",
                                "/cola/SOL-2026-000094",
                                "/articulos/KB0005",
                                "/estado",
                                "/ajustes",
                                "/este-navegador",
                                "/interrupciones/nueva",
                                outage.c_str(),
                                "/nada"}) {
            const auto portal = open(url, width);
            EXPECT_EQ(portal->too_wide(), "") << url << " at " << width;
            EXPECT_TRUE(portal->says("heading 1 ")) << url << "\n" << portal->spoken();
        }
    }
}

TEST_F(Screens, KioskHasBigDoorsAndNoSideBar) {
    const auto portal = open("/?kiosk=1", 1080);
    EXPECT_TRUE(portal->says("heading 1 ¿En qué podemos ayudarte?")) << portal->spoken();
    EXPECT_TRUE(portal->has(Role::Button, "English"));
    EXPECT_FALSE(portal->says("navigation Principal"));
}

}  // namespace
}  // namespace ventanilla::support
