#include "shared/domain/help.hpp"

#include <gtest/gtest.h>

#include "shared/base/text.hpp"
#include "shared/domain/article_version.hpp"
#include "shared/domain/blocks.hpp"
#include "tests/views/support_portal.hpp"

// Help before a request is sent, what is noted of it, and what those who keep the articles make of
// that.

namespace ventanilla::support {
namespace {

using domain::HelpKind;
using domain::RequestState;
using domain::Role;
using domain::RowType;

struct HelpTest : testing::Test {
    HelpTest() { demo::fill(desk); }

    std::unique_ptr<Portal> open(std::string url, float width = 1280) {
        auto portal = std::make_unique<Portal>(disk, desk, std::move(url), width);
        if (portal->has(Role_::Button, "Entrar")) portal->sign_in();
        portal->wait(5'000);
        return portal;
    }
    void be_staff(std::string_view who = "owen") {
        desk.person.user = demo::id(who);
        desk.person.display_name = std::string(who);
        desk.person.scope = concat("scope-", who);
        desk.person.roles = {Role::Requester, Role::Agent, Role::Author};
        desk.person.desks = {"it"};
        disk = {};
    }

    // The events of all notes that the server was told, one a line.
    [[nodiscard]] std::string told(std::string_view list = "sought") const {
        std::string out;
        for (const commands::Command& command : desk.received) {
            if (command.type != "help.record") continue;
            for (const Json& each : member(command.args, list)) {
                out += text_or(each, list == "sought" ? "end" : "words");
                if (list == "sought") out += concat(" ", text_or(each, "kind"));
                if (list != "sought")
                    out += concat(
                        " ", int_or(each, "found"), bool_or(each, "opened") ? " opened" : "");
                out += "\n";
            }
        }
        return out;
    }
    [[nodiscard]] int requests() const {
        return static_cast<int>(std::count_if(
            desk.received.begin(), desk.received.end(), [](const commands::Command& command) {
                return command.type == "request.submit";
            }));
    }

    using Role_ = a11y::Role;
    Disk disk;
    Desk desk;
};

constexpr std::int64_t kNotesTold = 11 * 60'000;  // ms, after which everything noted has been told
constexpr const char* kSearch = "Buscar soluciones, servicios y solicitudes";
constexpr const char* kArticle = "VPN: errores 809 y 720";

TEST_F(HelpTest, StandsBesideTheFormAndNeverInItsWay) {
    desk.put(RowType::Outage, demo::vpn_outage(from_ms(demo::kNowMs)));
    const auto portal = open("/pedir/INC-03");
    EXPECT_TRUE(portal->has(Role_::Link, kArticle)) << portal->spoken();
    EXPECT_TRUE(portal->has(Role_::Link, "La VPN no conecta en Madrid")) << portal->spoken();
    EXPECT_TRUE(portal->has(Role_::Button, "Enviar"));
}

TEST_F(HelpTest, ShowsHowAnOwnRequestLikeItWasSolved) {
    domain::Request before = demo::request("vpn", RequestState::Closed);
    before.resolution = "Reinstalamos el cliente.\nGracias por la paciencia.";
    desk.put(RowType::Request, before);
    const auto portal = open("/pedir/INC-03");
    portal->choose("La VPN no conecta");
    portal->wait(2'000);
    EXPECT_TRUE(portal->says("Se resolvió así: Reinstalamos el cliente.")) << portal->spoken();
}

TEST_F(HelpTest, OnAPhoneComesBeforeTheLastButton) {
    const auto portal = open("/pedir/INC-03", 390);
    const std::string said = portal->spoken();
    EXPECT_LT(said.find("Quizá esto lo resuelve ya"), said.find("button Enviar")) << said;
    EXPECT_EQ(portal->too_wide(), "");
}

TEST_F(HelpTest, ThatSolvedItEndsTheFormAndKeepsWhatWasTyped) {
    const auto portal = open("/pedir/INC-03");
    portal->type("Cuéntanos más", "La VPN da el 809");
    portal->click(Role_::Link, kArticle);
    EXPECT_TRUE(portal->says("¿Queda resuelto?")) << portal->spoken();
    portal->click(Role_::Button, "Esto lo resolvió");
    portal->wait(5'000);
    EXPECT_EQ(portal->url(), "/pedir/INC-03");
    EXPECT_TRUE(portal->says("Resuelto con «VPN: errores 809 y 720»")) << portal->spoken();
    EXPECT_TRUE(portal->says("lo que escribiste sigue en este dispositivo")) << portal->spoken();
    EXPECT_EQ(told(), "solved article\n");
    EXPECT_EQ(requests(), 0);
    portal->click(Role_::Button, "No, sigo con la solicitud");
    EXPECT_EQ(portal->value("Cuéntanos más"), "La VPN da el 809");
}

TEST_F(HelpTest, ThatWasReadCanBeSaidToHaveSolvedItFromTheFormToo) {
    const auto portal = open("/pedir/INC-03");
    EXPECT_FALSE(portal->has(Role_::Button, concat("Esto lo resolvió: ", kArticle)));
    portal->click(Role_::Link, kArticle);
    portal->event(app::UrlChanged{"/pedir/INC-03"});
    portal->click(Role_::Button, concat("Esto lo resolvió: ", kArticle));
    EXPECT_TRUE(portal->says("No se ha enviado nada.")) << portal->spoken();
}

TEST_F(HelpTest, ThatDidNotSolveItLeadsBackToTheForm) {
    const auto portal = open("/pedir/INC-03");
    portal->click(Role_::Link, kArticle);
    portal->click(Role_::Button, "No, sigo con la solicitud");
    portal->wait(kNotesTold);
    EXPECT_EQ(portal->url(), "/pedir/INC-03");
    EXPECT_EQ(told(), "not_solved article\n");
}

TEST_F(HelpTest, WhoReadsAndGoesAwayIsNotedOnce) {
    const auto portal = open("/pedir/INC-03");
    portal->click(Role_::Link, kArticle);
    portal->click(Role_::Link, "Inicio");
    portal->wait(kNotesTold);
    EXPECT_EQ(told(), "left article\n");
    portal->event(app::VisibilityChanged{false});
    portal->wait(kNotesTold);
    EXPECT_EQ(told(), "left article\n");
    EXPECT_FALSE(portal->says("sin enviar")) << portal->spoken();
}

TEST_F(HelpTest, WhoClosesThePageOfTheArticleIsNotedToo) {
    const auto portal = open("/pedir/INC-03");
    portal->click(Role_::Link, kArticle);
    portal->event(app::VisibilityChanged{false});
    portal->wait(5'000);
    EXPECT_EQ(told(), "left article\n");
}

TEST_F(HelpTest, WhoSendsTheRequestAllTheSameIsNoted) {
    const auto portal = open("/pedir/INC-03");
    portal->click(Role_::Link, kArticle);
    portal->event(app::UrlChanged{"/pedir/INC-03"});
    portal->choose("No tengo internet");
    portal->click(Role_::Button, "Enviar");
    portal->wait(kNotesTold);
    EXPECT_EQ(requests(), 1) << portal->spoken();
    EXPECT_EQ(told(), "submitted article\n");
    portal->click(Role_::Link, "Ver la solicitud");
    portal->wait(kNotesTold);
    EXPECT_EQ(told(), "submitted article\n") << "the request that was sent is no help";
}

TEST_F(HelpTest, WhoSendsWithoutOpeningAnythingIsNotedWithoutAThing) {
    const auto portal = open("/pedir/INC-03");
    portal->choose("No tengo internet");
    portal->click(Role_::Button, "Enviar");
    portal->wait(kNotesTold);
    EXPECT_EQ(told(), "submitted \n");
}

TEST_F(HelpTest, NotesDoNotCrowdTheRequestsTheyAreAbout) {
    const auto portal = open("/pedir/INC-03");
    portal->choose("No tengo internet");
    portal->click(Role_::Button, "Enviar");
    portal->wait(60'000);
    EXPECT_EQ(requests(), 1);
    EXPECT_EQ(desk.received.size(), 1U) << "the note waits";
}

TEST_F(HelpTest, IsNotedWithoutANetworkAndToldLater) {
    const auto portal = open("/pedir/INC-03");
    portal->is_online = false;
    portal->event(app::OnlineChanged{false});
    portal->click(Role_::Link, kArticle);
    portal->click(Role_::Button, "Esto lo resolvió");
    portal->wait(5'000);
    EXPECT_EQ(told(), "");
    EXPECT_FALSE(portal->says("1 cambio sin enviar")) << portal->spoken();
    portal->is_online = true;
    portal->event(app::OnlineChanged{true});
    portal->wait(120'000);
    EXPECT_EQ(told(), "solved article\n");
}

TEST_F(HelpTest, InAKioskOnlyWhatSomebodySaysIsNoted) {
    const auto portal = open("/pedir/INC-03?kiosk=1");
    portal->click(Role_::Link, kArticle);
    portal->event(app::VisibilityChanged{false});
    portal->wait(5'000);
    EXPECT_EQ(told(), "");
}

// ---- searches

TEST_F(HelpTest, ASearchThatFindsNothingIsNotedWithItsWords) {
    const auto portal = open("/buscar?q=proyector");
    portal->click(Role_::Link, "Inicio");
    portal->wait(kNotesTold);
    EXPECT_EQ(told("searches"), "proyector 0\n");
}

TEST_F(HelpTest, ASearchThatLeadsSomewhereIsNotedWithoutItsWords) {
    const auto portal = open("/buscar?q=vpn");
    portal->event(app::UrlChanged{"/articulos/KB0005"});
    portal->wait(kNotesTold);
    EXPECT_NE(told("searches").find(" opened"), std::string::npos) << told("searches");
    EXPECT_EQ(told("searches").find("vpn"), std::string::npos);
}

TEST_F(HelpTest, LettersOnTheWayToAQuestionAreNotNoted) {
    const auto portal = open("/buscar");
    for (const char* typed : {"p", "pr", "proy", "proyector"})
        portal->type(kSearch, typed), portal->wait(200);
    portal->wait(5'000);
    portal->type(kSearch, "vpn");
    portal->event(app::VisibilityChanged{false});
    portal->wait(5'000);
    EXPECT_EQ(told("searches").find("proyector 0\n"), 0U) << told("searches");
    EXPECT_EQ(told("searches").find("proy "), std::string::npos) << told("searches");
}

// ---- the page for those who keep the articles

TEST_F(HelpTest, SumsAreForStaffAlone) {
    EXPECT_TRUE(open("/conocimiento")->says("Esta página no es para tu cuenta"));
}

TEST_F(HelpTest, SaysWhatHelpsAndWhatIsMissing) {
    be_staff();
    domain::HelpFigures all{.id = domain::help_figures_id({}, {})};
    all.confirmed_solved = 5;
    all.confirmed_left = 7;
    all.waiting = 3;
    all.submitted = 9;
    all.sent_unopened = 19;
    domain::HelpFigures one{.id = domain::help_figures_id(HelpKind::Article, demo::id("KB0005"))};
    one.kind = HelpKind::Article;
    one.target = demo::id("KB0005");
    one.confirmed_solved = 5;
    one.opened = 21;
    one.submitted = 1;
    desk.put(RowType::HelpFigures, all);
    desk.put(RowType::HelpFigures, one);
    desk.put(RowType::SearchGap,
             domain::SearchGap{.id = demo::id("gap"),
                               .words = "proyector sala",
                               .people = 4,
                               .searches = 6,
                               .empty = 6});
    for (const char* name : {"a", "b", "c"}) {
        domain::Request request = demo::request(name, RequestState::Closed);
        request.item_key = "ACC-01";
        desk.put(RowType::Request, request);
    }
    const auto portal = open("/conocimiento");
    EXPECT_TRUE(portal->says("12 · 5 lo dijeron, 7 se fueron tras leer")) << portal->spoken();
    EXPECT_TRUE(portal->says("5 solicitudes menos · 1 enviada igualmente · abierto 21 veces"));
    EXPECT_TRUE(portal->says("4 personas · 6 búsquedas"));
    EXPECT_TRUE(portal->says("Sin resultados"));
    EXPECT_EQ(portal->too_wide(), "");
    portal->click(Role_::Link, "proyector sala");
    EXPECT_EQ(portal->value("Título"), "Proyector sala") << portal->spoken();
}

TEST_F(HelpTest, IsReachedFromTheArticles) {
    be_staff();
    const auto portal = open("/articulos");
    portal->click(Role_::Link, "Qué ayuda y qué falta");
    EXPECT_TRUE(portal->says("Todavía no hay nada que contar")) << portal->spoken();
}

// ---- an article from a request

TEST_F(HelpTest, AResolvedRequestBecomesAnArticleWithItsPersonalDataPointedOut) {
    be_staff();
    domain::Request request = demo::request("vpn", RequestState::Resolved);
    request.number = "SOL-2026-000123";
    request.title = "La VPN da el 809";
    request.requester = demo::id("lucia");
    request.requester_name = "Lucía Ferreyra";
    request.description = "Soy Lucía, llámame al 600 123 456.\nDesde casa_no va";
    request.resolution = "Se abrió el puerto en su equipo 10.20.30.44";
    desk.put(RowType::Request, request);
    const auto portal = open("/cola/SOL-2026-000123");
    portal->click(Role_::Link, "Hacer un artículo con esto");
    portal->wait(2'000);
    EXPECT_EQ(portal->value("Título"), "La VPN da el 809") << portal->spoken();
    EXPECT_EQ(portal->value("Texto"),
              "Soy Lucía, llámame al 600 123 456.\n\nDesde casa\\_no va\n\n## Solución\n\n"
              "Se abrió el puerto en su equipo 10.20.30.44\n");
    EXPECT_TRUE(portal->says("Puede haber 3 datos personales")) << portal->spoken();
    EXPECT_TRUE(portal->says("Línea 1: nombre «Lucía»")) << portal->spoken();
    EXPECT_TRUE(portal->says("Línea 1: teléfono «600 123 456»")) << portal->spoken();
    EXPECT_TRUE(portal->says("Línea 7: código «10.20.30.44»")) << portal->spoken();
    portal->type("Texto", "Abre el puerto.\n");
    EXPECT_FALSE(portal->says("datos personales")) << portal->spoken();
    portal->click(Role_::Button, "Enviar a revisión");
    portal->wait(5'000);
    const commands::Command& sent = desk.received.back();
    EXPECT_EQ(sent.type, "article_version.propose");
    EXPECT_EQ(member(sent.args, "items"), Json::array({"INC-03"}))
        << "offered beside the form it came from";
    EXPECT_EQ(text_or(sent.args, "change"), "De la solicitud SOL-2026-000123");
}

TEST_F(HelpTest, AnArticleBegunFromARequestOutlivesTheBrowser) {
    be_staff();
    domain::Request request = demo::request("vpn", RequestState::Resolved);
    request.number = "SOL-2026-000123";
    request.requester_name = "Lucía Ferreyra";
    desk.put(RowType::Request, request);
    {
        const auto portal = open("/escribir/~SOL-2026-000123");
        portal->type("Título", "VPN desde casa de Lucía");
        portal->wait(6'000);
    }
    const auto portal = open("/articulos");
    portal->click(Role_::Link, "VPN desde casa de Lucía");
    portal->wait(2'000);
    EXPECT_TRUE(portal->says("nombre «Lucía»")) << portal->spoken();
}

// ---- translations

TEST_F(HelpTest, ATranslationSaysInWhichSectionsItIsOlder) {
    be_staff();
    domain::Article article =
        *domain::article_from({{RowType::Article, demo::id("KB0005")},
                               1,
                               desk.rows.at({RowType::Article, demo::id("KB0005")}).fields});
    domain::Block head;
    head.kind = domain::BlockKind::Heading;
    head.level = 2;
    head.id = "errors";
    head.inlines = {{.text = "Errors"}};
    article.en.title = "VPN: errors 809 and 720";
    article.en.blocks = domain::to_json(domain::Blocks{head});
    article.sections = {{{0, 1}, {1, 1}}, {{0, 1}, {1, 4}}};
    desk.put(RowType::Article, article);
    EXPECT_TRUE(open("/articulos/KB0005")->says("La versión en inglés es más nueva en: «Errors»."))
        << open("/articulos/KB0005")->spoken();
    const auto portal = open("/articulos");
    EXPECT_TRUE(portal->says("Traducciones por poner al día · 1")) << portal->spoken();
    EXPECT_TRUE(portal->says("KB0005 v3 · en español, 1 apartado")) << portal->spoken();
    portal->click(Role_::Link, kArticle);
    portal->wait(2'000);
    EXPECT_TRUE(portal->says("La versión en inglés es más nueva en: «Errors»."))
        << portal->spoken();
    EXPECT_TRUE(portal->says("Solo cambia la forma")) << portal->spoken();
}

// ---- what the browser keeps

TEST_F(HelpTest, TheDeviceSaysHowManyArticlesOfWhichAudienceItKeeps) {
    domain::Article internal;
    internal.id = demo::id("KB0099");
    internal.number = "KB0099";
    internal.es.title = "Interno";
    internal.is_internal = true;
    internal.reviewed_at = from_ms(demo::kNowMs);
    desk.put(RowType::Article, internal);
    const auto portal = open("/este-navegador");
    EXPECT_TRUE(portal->says("Artículos para todos")) << portal->spoken();
    EXPECT_TRUE(portal->says("Artículos internos")) << portal->spoken();
    EXPECT_TRUE(portal->says("revisado el")) << portal->spoken();
}

}  // namespace
}  // namespace ventanilla::support
