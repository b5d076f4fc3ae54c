#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/domain/person.hpp"
#include "tests/views/support_portal.hpp"
#include "wasm/views/outage_form.hpp"
#include "wasm/views/say.hpp"

// How somebody speaks for the desk, by role and name: what they are offered, told and reminded of,
// and what goes out.

namespace ventanilla::support {
namespace {

using namespace std::chrono_literals;
using domain::Impact;
using domain::Outage;
using domain::OutageState;
using domain::RowType;

constexpr Instant kNow = from_ms(demo::kNowMs);  // 15:20 on the wall of these tests

struct Console : testing::Test {
    Console() {
        demo::fill(desk);
        desk.person.display_name = "Diego Paz";
        desk.person.roles = {domain::Role::Requester, domain::Role::Spokesperson};
        for (const char* who : {"lucia", "marta", "raul"}) {
            domain::User user;
            user.id = demo::id(who);
            user.login = user.display_name = who;
            user.email = "x@andina.example";
            user.site = demo::id("madrid");
            desk.put(RowType::User, user);
        }
    }

    std::unique_ptr<Portal> open(std::string url) {
        auto portal = std::make_unique<Portal>(disk, desk, std::move(url));
        if (portal->has(Role::Button, "Entrar")) portal->sign_in();
        portal->wait(5'000);
        return portal;
    }

    std::string address(std::string_view name) {
        return "/interrupciones/" + to_text(demo::id(name));
    }

    void hint(Portal& portal) {
        portal.event(app::LiveOpened{});
        portal.event(app::LiveMessage{"head", sync::encode_hint(desk.head)});
        portal.wait(2'000);
    }

    // The ERP is updated from an hour ago to in an hour.
    Outage erp_window(OutageState state = OutageState::InProgress) {
        Outage outage = demo::vpn_outage(kNow);
        outage.id = demo::id("O2");
        outage.kind = domain::OutageKind::Maintenance;
        outage.title = {"Actualización del ERP", "ERP update"};
        outage.started_at = kNow - 1h;
        outage.scheduled_until = kNow + 1h;
        outage.expected = {{demo::id("network"), Impact::Partial}};
        outage.updates[0].state = state;
        outage.updates[0].id = demo::id("O2-1");
        outage.updates[0].eta_high.reset();
        outage.updates[0].next_update_due_at = outage.scheduled_until;
        return outage;
    }

    Outage row(const Id& id) {
        const sync::PulledRow& pulled = desk.rows.at({RowType::Outage, id});
        return *domain::outage_from({{RowType::Outage, id}, pulled.ver, pulled.fields});
    }

    void fill_new(Portal& portal) {
        portal.choose("Red y VPN");
        portal.type("Qué pasa, en español", "La VPN no conecta");
        portal.type("Qué no se puede hacer, en español", "No puedes entrar desde casa.");
        portal.type("Mientras tanto, en español", "Usa el móvil.");
        portal.type("Quién responde las dudas", "Diego Paz");
        portal.type("Teléfono o extensión", "4410");
        portal.type("Próxima actualización dentro de", "30");
        portal.type("La actualización, en español", "Lo estamos mirando.");
    }

    Disk disk;
    Desk desk;
};

TEST_F(Console, PublishesWhatIsComplete) {
    const auto portal = open("/interrupciones/nueva");
    portal->click(Role::Button, "Publicar");
    EXPECT_TRUE(portal->says("Escribe un título que diga qué falla y dónde.")) << portal->spoken();
    EXPECT_TRUE(portal->says("Escribe a quién acudir"));
    EXPECT_TRUE(portal->says("Escribe cuándo darás la próxima novedad."));
    fill_new(*portal);
    portal->type("¿Cuánto afecta a Red y VPN?", "major");
    portal->type("Vuelve, como pronto, dentro de", "60");
    portal->type("Vuelve, como tarde, dentro de", "120");
    EXPECT_TRUE(portal->says("Antes de las 17:30, con margen")) << portal->spoken();
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    const Outage outage = row(derived_id("outage", desk.received[0].cmd_id));
    EXPECT_EQ(worst_impact(outage), Impact::Major);
    EXPECT_TRUE(outage.latest().eta_low && outage.latest().eta_high);
    EXPECT_EQ(portal->url(), "/estado");
    EXPECT_TRUE(portal->says("Interrupción · La VPN no conecta")) << portal->spoken();
}

TEST_F(Console, SaysHowManyPeopleWillSeeIt) {
    const auto portal = open("/interrupciones/nueva");
    EXPECT_TRUE(portal->says("Lo verán 3 personas: todo el mundo.")) << portal->spoken();
    portal->choose("Madrid");
    EXPECT_TRUE(portal->says("Lo verán 3 personas: Madrid.")) << portal->spoken();
}

TEST_F(Console, DoesNotGuessWhoWillSeeIt) {
    desk.rows.erase({RowType::User, demo::id("marta")});
    desk.rows.erase({RowType::User, demo::id("raul")});
    EXPECT_TRUE(open("/interrupciones/nueva")->says("Lo verán todas las personas."))
        << "who is sent only themselves does not know";
}

TEST_F(Console, RefusesAnAudienceOfNobody) {
    domain::Site lima;
    lima.id = demo::id("lima");
    lima.key = "lima";
    lima.name = {"Lima", "Lima"};
    lima.time_zone = "America/Lima";
    desk.put(RowType::Site, lima);
    const auto portal = open("/interrupciones/nueva");
    fill_new(*portal);
    portal->choose("Lima");
    EXPECT_TRUE(portal->says("En esas oficinas no hay nadie")) << portal->spoken();
    portal->click(Role::Button, "Publicar");
    portal->wait(2'000);
    EXPECT_TRUE(desk.received.empty());
}

TEST_F(Console, TemplatesBeginAndNeverOverwrite) {
    const auto portal = open("/interrupciones/nueva");
    portal->type("La actualización, en español", "Palabras mías.");
    portal->choose("Red y VPN");
    portal->type("Empezar con una plantilla", "down");
    EXPECT_EQ(portal->value("Qué pasa, en español"), "Red y VPN: no funciona") << portal->spoken();
    EXPECT_EQ(portal->value("Qué pasa, en inglés"), "Network and VPN: not working");
    EXPECT_EQ(portal->value("La actualización, en español"), "Palabras mías.");
    portal->choose("Madrid");
    EXPECT_EQ(portal->value("Qué pasa, en español"), "Red y VPN: no funciona en Madrid")
        << "it follows what is chosen";
    portal->type("Qué pasa, en español", "La VPN se cae");
    portal->choose("Correo y calendario");
    EXPECT_EQ(portal->value("Qué pasa, en español"), "La VPN se cae");
}

TEST_F(Console, AdvisesWhileSomebodyWritesAndNeverRefusesForIt) {
    const auto portal = open("/interrupciones/nueva");
    EXPECT_FALSE(portal->says("Para que se entienda mejor"))
        << "nothing before anything is written";
    fill_new(*portal);
    portal->type("La actualización, en español", "El backend está caído. Vuelve en 30 minutos.");
    EXPECT_TRUE(portal->says("«backend» no lo entiende todo el mundo")) << portal->spoken();
    EXPECT_TRUE(portal->says("«Vuelve en 30 minutos» promete una hora exacta"));
    EXPECT_TRUE(portal->says("Falta en el otro idioma"));
    portal->click(Role::Button, "Publicar");
    portal->wait(3'000);
    EXPECT_EQ(desk.received.size(), 1U);
}

TEST_F(Console, DraftsSurviveTheBrowserAndStayWithTheirOutage) {
    desk.put(RowType::Outage, demo::vpn_outage(kNow));
    {
        const auto portal = open(address("O1"));
        portal->type("La actualización, en español", "A medias");
        portal->wait(6'000);
        EXPECT_TRUE(portal->says("Borrador guardado")) << portal->spoken();
    }
    desk.is_reachable = false;
    const auto portal = open(address("O1"));
    EXPECT_EQ(portal->value("La actualización, en español"), "A medias");
    portal->event(app::UrlChanged{"/interrupciones/nueva"});
    EXPECT_EQ(portal->value("La actualización, en español"), "") << "of another one";
}

TEST_F(Console, AnnouncesAMaintenanceByTheWall) {
    const auto portal = open("/interrupciones/nueva");
    portal->type("¿Qué vas a publicar?", "maintenance");
    portal->type("Empieza", "2026-03-12T22:00");
    portal->type("Termina", "2026-03-12T21:00");
    portal->choose("Red y VPN");
    portal->type("¿Qué le pasará a Red y VPN, como mucho?", "degraded");
    portal->type("Empezar con una plantilla", "window");
    portal->type("Quién responde las dudas", "Diego Paz");
    portal->type("Correo", "diego@andina.example");
    portal->click(Role::Button, "Publicar");
    EXPECT_TRUE(portal->says("El final debe ser posterior al comienzo")) << portal->spoken();
    portal->type("Termina", "2026-03-12T23:30");
    EXPECT_TRUE(portal->says("Horario: ")) << portal->spoken();
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    const Outage outage = row(derived_id("outage", desk.received[0].cmd_id));
    EXPECT_EQ(outage.state(), OutageState::Scheduled);
    EXPECT_EQ(iso8601(outage.started_at).substr(0, 16), "2026-03-12T21:00")
        << "an hour ahead of UTC";
    EXPECT_EQ(iso8601(*outage.scheduled_until).substr(0, 16), "2026-03-12T22:30");
    ASSERT_EQ(outage.expected.size(), 1U);
    EXPECT_EQ(outage.expected[0].impact, Impact::Degraded);
}

TEST_F(Console, PublishesAMaintenanceThatComesAgain) {
    const auto portal = open("/interrupciones/nueva");
    portal->type("¿Qué vas a publicar?", "maintenance");
    portal->type("Empieza", "2026-03-12T22:00");
    portal->type("Termina", "2026-03-12T23:30");
    portal->type("¿Se repite?", "FREQ=WEEKLY;INTERVAL=2");
    EXPECT_TRUE(portal->says("Se publica 6 veces más, hasta el 4 jun.")) << portal->spoken();
    portal->choose("Red y VPN");
    portal->type("Empezar con una plantilla", "window");
    portal->type("Quién responde las dudas", "Diego Paz");
    portal->type("Teléfono o extensión", "4410");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(desk.received[0].args["later"].size(), 6U);
    const std::string spoken = portal->spoken();
    EXPECT_NE(spoken.find("Actualizar: Mantenimiento de Red y VPN · 4 jun"), std::string::npos)
        << spoken;
    const std::string_view banner = "region Mantenimiento · Mantenimiento de Red y VPN";
    EXPECT_EQ(spoken.find(banner), spoken.rfind(banner))
        << "the next time alone stands for everybody";
}

TEST_F(Console, ExtendsAMaintenance) {
    desk.put(RowType::Outage, erp_window());
    const auto portal = open(address("O2"));
    portal->type("¿Qué quieres hacer?", "move");
    EXPECT_EQ(portal->value("Termina"), "2026-03-11T16:20") << portal->spoken();
    EXPECT_FALSE(portal->has(Role::TextField, "Empieza")) << "it has begun";
    portal->type("Termina", "2026-03-11T18:00");
    portal->type("La actualización, en español", "Necesitamos más tiempo.");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(row(demo::id("O2")).former.size(), 1U);
    EXPECT_TRUE(portal->says("Antes decía: hasta")) << portal->spoken();
}

TEST_F(Console, HandsAMaintenanceOverToAnIncident) {
    desk.put(RowType::Outage, erp_window());
    const auto portal = open(address("O2"));
    portal->type("¿Qué quieres hacer?", "convert");
    portal->click(Role::Button, "Publicar");
    EXPECT_TRUE(portal->says("Escribe un título")) << portal->spoken();
    portal->type("Qué pasa, en español", "El ERP no vuelve");
    portal->type("La actualización, en español", "Algo salió mal; lo arreglamos.");
    portal->type("Próxima actualización dentro de", "30");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(row(demo::id("O2")).state(), OutageState::HandedOver);
    EXPECT_TRUE(portal->says("Interrupción · El ERP no vuelve")) << portal->spoken();
}

TEST_F(Console, EndsWithAQuestion) {
    desk.put(RowType::Outage, demo::vpn_outage(kNow));
    const auto portal = open(address("O1"));
    portal->type("¿Qué quieres hacer?", "end");
    portal->click(Role::Button, "Dar por resuelta");
    EXPECT_TRUE(desk.received.empty());
    portal->click(Role::Button, "Sí, ya funciona");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(row(demo::id("O1")).state(), OutageState::Resolved);
    EXPECT_TRUE(portal->says("Terminada hoy: La VPN no conecta en Madrid")) << portal->spoken();
}

TEST_F(Console, AnEstimateHoldsUntilAnotherIsGivenOrItIsTakenBack) {
    desk.put(RowType::Outage, demo::vpn_outage(kNow));
    const auto estimate = row(demo::id("O1")).latest().eta_high;
    for (const char* choice : {"", "none"}) {
        const auto portal = open(address("O1"));
        portal->type("La actualización, en español", concat("Seguimos", choice));
        portal->type("Próxima actualización dentro de", "30");
        if (*choice != '\0') portal->type("Vuelve, como tarde, dentro de", choice);
        portal->click(Role::Button, "Publicar");
        portal->wait(5'000);
        const bool is_kept = *choice == '\0';
        EXPECT_EQ(row(demo::id("O1")).latest().eta_high, is_kept ? estimate : std::nullopt);
    }
    EXPECT_EQ(desk.received.size(), 2U);
}

TEST_F(Console, TellsTheSecondSpokespersonWhatTheFirstSaid) {
    Outage outage = demo::vpn_outage(kNow);
    desk.put(RowType::Outage, outage);
    const auto portal = open(address("O1"));
    portal->type("La actualización, en español", "Mi versión.");
    portal->type("Próxima actualización dentro de", "30");
    domain::OutageUpdate other = outage.latest();
    other.id = demo::id("O1-2");
    other.at = kNow + 1min;
    other.author_name = "Mónica Estévez";
    other.body = {"Ya sabemos qué es.", "We know."};
    outage.updates.push_back(other);
    desk.put(RowType::Outage, outage);
    hint(*portal);
    EXPECT_TRUE(portal->says("Alguien publicó una novedad mientras escribías")) << portal->spoken();
    EXPECT_TRUE(portal->says("«Ya sabemos qué es.»"));
    portal->click(Role::Button, "Publicar");
    portal->wait(2'000);
    EXPECT_TRUE(desk.received.empty()) << "not over what nobody has read";
    EXPECT_EQ(portal->value("La actualización, en español"), "Mi versión.");
    portal->click(Role::Button, "Ya la leí");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(row(demo::id("O1")).updates.size(), 3U);
}

TEST_F(Console, GivesBackWhatTheServerDidNotAccept) {
    desk.put(RowType::Outage, demo::vpn_outage(kNow));
    sync::CommandResult no;
    no.status = sync::ResultStatus::Rejected;
    no.code = commands::RejectCode::StaleTransition;
    no.message = "reject.outage_moved";
    desk.answers["outage.update"] = no;
    const auto portal = open(address("O1"));
    portal->type("La actualización, en español", "Mi versión.");
    portal->type("Próxima actualización dentro de", "30");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    portal->event(app::UrlChanged{"/este-navegador"});
    EXPECT_TRUE(portal->says("Otra persona publicó una novedad mientras tanto"))
        << portal->spoken();
    portal->click(Role::Button, "Editar");
    EXPECT_EQ(portal->url(), address("O1"));
    EXPECT_EQ(portal->value("La actualización, en español"), "Mi versión.") << portal->spoken();
}

TEST_F(Console, RemindsOfWhatWasPromised) {
    Outage outage = demo::vpn_outage(kNow);
    outage.updates[0].next_update_due_at = kNow + 20min;
    desk.put(RowType::Outage, outage);
    const auto portal = open("/");
    EXPECT_FALSE(portal->says("prometiste novedades"));
    portal->wait(15 * 60'000);
    EXPECT_TRUE(portal->says("prometiste novedades antes de las 15:40")) << portal->spoken();
    const auto heard = [&](std::string_view text) {
        return std::any_of(portal->heard.begin(), portal->heard.end(), [&](const auto& each) {
            return each.find(text) != std::string::npos;
        });
    };
    EXPECT_TRUE(heard("prometiste novedades"));
    portal->wait(6 * 60'000);
    EXPECT_TRUE(portal->says("va con retraso")) << portal->spoken();
    EXPECT_TRUE(heard("va con retraso"));
    portal->click(Role::Link, "Abrir");
    EXPECT_EQ(portal->url(), address("O1"));
}

TEST_F(Console, AsksBeforeAMaintenanceShouldEnd) {
    desk.put(RowType::Outage, erp_window());
    const auto portal = open("/");
    EXPECT_FALSE(portal->says("termínalo, extiéndelo"));
    portal->wait(43 * 60'000);
    EXPECT_TRUE(
        portal->says("Actualización del ERP debe terminar a las 16:20: termínalo, extiéndelo"))
        << portal->spoken();
}

TEST_F(Console, AMissedEstimateIsSaidAloudByTimeAlone) {
    desk.person.roles = {domain::Role::Requester};
    Outage outage = demo::vpn_outage(kNow);
    outage.updates[0].eta_high = kNow + 10min;  // 15:30
    outage.updates[0].snapshot[0].impact = Impact::Degraded;
    desk.put(RowType::Outage, outage);
    const auto portal = open("/pedir");
    portal->event(app::UrlChanged{"/"});
    portal->click(Role::Button, "Ocultar este aviso");
    EXPECT_FALSE(portal->says("Interrupción · La VPN")) << portal->spoken();
    portal->heard.clear();
    portal->wait(11 * 60'000);
    EXPECT_TRUE(portal->says("Tarda más de lo estimado")) << portal->spoken();
    EXPECT_EQ(std::count_if(portal->heard.begin(),
                            portal->heard.end(),
                            [](const auto& each) {
                                return each.find("Tarda más de lo estimado") != std::string::npos;
                            }),
              1);
}

TEST_F(Console, IsLeftWithWhatWasWrittenWhenSomebodyElseEndsIt) {
    Outage outage = demo::vpn_outage(kNow);
    desk.put(RowType::Outage, outage);
    const auto portal = open(address("O1"));
    portal->type("La actualización, en español", "Mi versión.");
    outage.updates.push_back(outage.latest());
    outage.updates.back().state = OutageState::FalseAlarm;
    outage.ended_at = kNow;
    desk.put(RowType::Outage, outage);
    hint(*portal);
    EXPECT_TRUE(portal->says("Esta interrupción ya terminó")) << portal->spoken();
    EXPECT_TRUE(portal->says("Mi versión.")) << portal->spoken();
}

struct Candidates : Console {
    Candidates() {
        desk.person.roles = {
            domain::Role::Requester, domain::Role::Agent, domain::Role::Spokesperson};
        desk.person.desks = {"it"};
        for (int i = 0; i < 5; ++i) {
            domain::Request request =
                demo::request(std::to_string(70 + i), domain::RequestState::New);
            request.requester = demo::id(std::to_string(i));
            request.reported_at = kNow - i * 1min;
            desk.put(RowType::Request, request);
        }
    }
};

TEST_F(Candidates, ABurstOfRequestsIsShownAndPublished) {
    const auto portal = open("/cola");
    EXPECT_TRUE(portal->says("Posible interrupción: Red y VPN")) << portal->spoken();
    EXPECT_TRUE(portal->says("5 solicitudes parecidas en 4 min · Madrid"));
    portal->click(Role::Button, "Avisar de la interrupción");
    EXPECT_EQ(portal->url(), "/interrupciones/nueva");
    EXPECT_EQ(portal->value("Qué pasa, en español"), "Red y VPN: no funciona en Madrid")
        << portal->spoken();
    portal->type("Mientras tanto, en español", "Usa el móvil.");
    portal->type("Quién responde las dudas", "Diego Paz");
    portal->type("Teléfono o extensión", "4410");
    portal->click(Role::Button, "Publicar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(row(derived_id("outage", desk.received[0].cmd_id)).started_at, kNow - 4min);
    EXPECT_FALSE(portal->says("Posible interrupción")) << portal->spoken();
}

TEST_F(Candidates, ABurstThatIsNoneIsNotShownAgain) {
    const auto portal = open("/cola");
    portal->click(Role::Button, "No lo es");
    portal->wait(3'000);
    EXPECT_FALSE(portal->says("Posible interrupción: Red y VPN")) << portal->spoken();
    ASSERT_EQ(desk.received.size(), 1U);
    EXPECT_FALSE(open("/estado")->says("Posible interrupción"));
}

// ---- those it happens to

struct Person : Console {
    Person() { desk.person.roles = {domain::Role::Requester}; }
};

TEST_F(Person, IsAskedWhetherItWorksAgainAndOnlyOnce) {
    Outage outage = demo::vpn_outage(kNow);
    desk.put(RowType::Outage, outage);
    const auto portal = open("/");
    portal->click(Role::Button, "A mí también me pasa");
    portal->wait(3'000);
    outage = row(outage.id);
    outage.updates.push_back(outage.latest());
    outage.updates.back().state = OutageState::Monitoring;
    outage.updates.back().at = kNow + 1min;
    outage.updates.back().body = {"La VPN vuelve a conectar.", "The VPN connects."};
    desk.put(RowType::Outage, outage);
    hint(*portal);
    EXPECT_TRUE(portal->says("¿Ya te funciona? La VPN no conecta en Madrid")) << portal->spoken();
    EXPECT_NE(portal->heard.back().find("¿Ya te funciona?"), std::string::npos);
    portal->click(Role::Button, "No, sigue igual");
    portal->wait(3'000);
    EXPECT_FALSE(portal->says("¿Ya te funciona?")) << portal->spoken();
    EXPECT_EQ(row(outage.id).broken_count, 1);
    hint(*portal);
    EXPECT_FALSE(portal->says("¿Ya te funciona?")) << "once";
}

TEST_F(Person, IsOfferedToJoinBeforeARequestIsSent) {
    desk.put(RowType::Outage, demo::vpn_outage(kNow));
    const auto portal = open("/pedir/INC-03");
    EXPECT_TRUE(portal->says("¿Es esto lo que te pasa?")) << portal->spoken();
    portal->choose("No tengo internet");
    portal->choose("Enviarla igualmente, unida a este aviso");
    portal->click(Role::Button, "Enviar");
    portal->wait(5'000);
    ASSERT_EQ(desk.received.size(), 1U) << portal->spoken();
    EXPECT_EQ(text_or(desk.received[0].args, "outage"), to_text(demo::id("O1")));
}

TEST(WallTime, IsReadByTheClockOfThePerson) {
    const views::FixedLocale madrid(60);
    const views::Say say{.locale = &madrid, .now = kNow};
    EXPECT_EQ(views::wall_text(say, kNow), "2026-03-11T15:20");
    EXPECT_EQ(views::wall_instant(say, "2026-03-11T15:20"), kNow);
    EXPECT_FALSE(views::wall_instant(say, "mañana"));
    EXPECT_FALSE(views::wall_instant(say, ""));
}

// Madrid in the autumn of 2026: 02:00 to 03:00 on 25 October happens twice.
class TwoOffsets final : public views::Locale {
  public:
    std::string format(Instant, views::DateStyle, views::Lang, std::string_view) const override {
        return {};
    }
    views::Civil civil(Instant at, std::string_view) const override {
        const bool is_summer = at < from_ms(1'792'890'000'000);  // 2026-10-25T01:00Z
        return views::FixedLocale(is_summer ? 120 : 60).civil(at, {});
    }
    std::string number(double, int, views::Lang) const override { return {}; }
    std::string zone_name(std::string_view, views::Lang) const override { return {}; }
};

TEST(Series, SaysWhatAChangeOfClocksDoes) {
    const TwoOffsets madrid;
    const views::Say say{.locale = &madrid, .now = from_ms(1'792'000'000'000)};
    views::OutageForm form;
    form.texts = {
        {"starts", "2026-10-18T02:00"}, {"ends", "2026-10-18T04:00"}, {"rrule", "FREQ=WEEKLY"}};
    const views::Occurrences series = views::occurrences_of(say, form);
    ASSERT_GE(series.later.size(), 12U);
    EXPECT_EQ(iso8601(series.later[0].first).substr(0, 16), "2026-10-25T00:00")
        << "the first 02:00";
    EXPECT_EQ(iso8601(series.later[1].first).substr(0, 16), "2026-11-01T01:00");
    ASSERT_EQ(series.notes.size(), 2U);
    EXPECT_NE(series.notes[1].find("pasan dos veces"), std::string::npos) << series.notes[1];
    form.texts["rrule"] = "FREQ=MONTHLY";
    form.texts["starts"] = "2026-10-31T02:00";
    form.texts["ends"] = "2026-10-31T03:00";
    EXPECT_EQ(views::occurrences_of(say, form).later.size(), 1U) << "November has no 31st";
    form.texts["ends"] = "2026-10-30T03:00";
    EXPECT_TRUE(views::occurrences_of(say, form).later.empty());
}

TEST(WallTime, ThatHappensTwiceIsTheFirst) {
    const TwoOffsets madrid;
    const views::Say say{.locale = &madrid, .now = kNow};
    EXPECT_EQ(iso8601(*views::wall_instant(say, "2026-10-25T02:30")).substr(0, 16),
              "2026-10-25T00:30");
    EXPECT_EQ(iso8601(*views::wall_instant(say, "2026-10-25T03:30")).substr(0, 16),
              "2026-10-25T02:30");
    EXPECT_EQ(iso8601(*views::wall_instant(say, "2026-10-25T01:30")).substr(0, 16),
              "2026-10-24T23:30");
}

}  // namespace
}  // namespace ventanilla::support
