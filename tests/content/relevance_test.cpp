#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "server/content/import.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/search/index.hpp"
#include "shared/search/priors.hpp"

// What people type and what they must find, over the real demo articles and catalogue. The set of
// demo-data.md 5.5, extended; never tuned query by query: a change to the ranking is judged by the sums.

namespace ventanilla::content {
namespace {

using domain::Lang;
using search::Document;
using search::Kind;

const std::string kDemo = VENTANILLA_SOURCE_DIR "/assets/demo/";

void put_articles(search::Index& index) {
    const Instant now = from_ms(1'773'238'805'000);
    const auto report = import_tree(kDemo + "articles", {.source = "demo", .now = now});
    ASSERT_TRUE(report);
    for (const ImportedPage& page : report->pages) {
        const domain::Article& article = page.article;
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const domain::ArticleText& text = lang == Lang::Es ? article.es : article.en;
            if (text.empty()) continue;
            Document d;
            d.id = article.number;
            d.key = concat("article:", article.number, ":", domain::name(lang));
            d.lang = lang;
            d.audience = article.is_internal ? "staff:all" : "kb:public";
            d.title = text.title;
            d.keywords = concat(text.keywords, " ", article.number);
            d.summary = text.summary;
            d.body = domain::plain_text(text);
            index.put(d);
        }
    }
}

void put_items(search::Index& index) {
    std::ifstream in(kDemo + "catalogue.json");
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto catalogue = parse_json(text);
    ASSERT_TRUE(catalogue);
    for (const Json& item : (*catalogue)["items"]) {
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const auto in_lang = [&](std::string_view key) {
                return domain::l10n_or_empty(item, key).in(lang);
            };
            Document d;
            d.kind = Kind::Item;
            d.id = text_or(item, "key");
            d.key = concat("item:", d.id, ":", domain::name(lang));
            d.lang = lang;
            d.title = in_lang("title");
            d.keywords = in_lang("keywords");
            d.summary = in_lang("summary");
            index.put(d);
        }
    }
}

search::Index& demo() {
    static search::Index index = [] {
        search::Index made;
        put_articles(made);
        put_items(made);
        return made;
    }();
    return index;
}

struct Query {
    const char* text;
    const char* best;  // acceptable first answers, separated by spaces; "-": nothing at all
    Lang lang = Lang::Es;
};

// A number is an article, the rest are items.
constexpr Query kQueries[] = {
    // demo-data.md 5.5
    {"olvide mi clave", "KB0001 ACC-01"},
    {"contrasena bloqueada", "KB0001 KB0017 ACC-01"},
    {"vpn no conecta 809", "KB0005"},
    {"vpm", "KB0003 KB0004 KB0005"},
    {"impresora no imprime", "KB0011 INC-04"},
    {"printer jam", "KB0011 INC-04"},
    {"lector pistola no lee", "KB0019 INC-06"},
    {"outlok", "KB0013"},
    {"notbook lenta", "KB0007"},
    {"teletrabajo conexión", "KB0003"},
    {"me robaron la compu", "INC-08"},
    {"dar de alta un empleado", "HR-02 KB0026"},
    {"portal caído", "KB0024"},
    {"wifi visita", "KB0006"},
    {"phishing", "KB0016 INC-07"},
    {"zzz", "-"},
    // Natural questions, Spanish
    {"¿cómo cambio mi contraseña?", "KB0001 ACC-01"},
    {"no me acuerdo de la contraseña del correo", "KB0001 ACC-01"},
    {"cambié de celular y no me llega el código", "KB0002"},
    {"cómo me conecto a la vpn desde mi mac", "KB0004"},
    {"necesito trabajar desde casa", "KB0003 ACC-03"},
    {"le tengo que dar internet a un cliente que viene", "KB0006"},
    {"la compu tarda mucho en arrancar", "KB0007"},
    {"se me puso la pantalla azul", "KB0008"},
    {"no tengo más espacio en el disco", "KB0009"},
    {"el monitor no se ve cuando conecto el docking", "KB0010"},
    {"la impresora se quedó trabada", "KB0011 INC-04"},
    {"agregar una impresora nueva", "KB0012"},
    {"outlook se queda cargando perfil", "KB0013"},
    {"cambiar mi firma del mail", "KB0014"},
    {"configurar el mail en mi iphone", "KB0015"},
    {"me llegó un mail raro y le di clic", "KB0016 INC-07"},
    {"usuario bloqueado en el erp", "KB0017"},
    {"an101", "KB0018"},
    {"error AN 101 al grabar pedido", "KB0018"},
    {"el wms no anda", "KB0020 INC-06"},
    {"cada cuánto me renuevan la notebook", "KB0021"},
    {"me voy de vacaciones quién aprueba por mí", "KB0022"},
    {"usar el totem de recepción", "KB0023"},
    {"la mesa de ayuda no responde", "KB0024"},
    {"constancia de trabajo para el banco", "KB0025 HR-01"},
    {"entra alguien nuevo a mi equipo", "KB0026 HR-02"},
    {"reservar una sala de reuniones", "KB0027"},
    {"hace mucho frío en la oficina", "KB0028 FAC-01"},
    {"lector de pantalla", "KB0029"},
    {"qué guarda el navegador de mí", "KB0030"},
    // Task headings and items
    {"pedir un monitor", "HW-02 KB0021"},
    {"instalar programa", "SW-01"},
    {"alta de proveedor", "FIN-01"},
    {"acceso a carpeta compartida", "ACC-04"},
    {"devolver la notebook", "HW-05"},
    {"necesito un mouse", "HW-04"},
    {"cochera", "FAC-02"},
    {"cambié de domicilio", "HR-04"},
    {"perdí el celular", "INC-08"},
    {"roaming para un viaje", "HW-03"},
    {"aire acondicionado", "FAC-01 KB0028"},
    {"baja de empleado", "HR-03 ACC-06"},
    // Unaccented, misspelt, cut off
    {"configuracion vpn windows", "KB0003"},
    {"contrasenia vencida", "KB0001 ACC-01"},
    {"impresra sin toner", "INC-04 KB0011"},
    {"outlook no avre", "KB0013"},
    {"doble fator", "KB0002"},
    {"certificdo laborl", "HR-01 KB0025"},
    {"pantala asul", "KB0008"},
    {"correo sospehcoso", "KB0016 INC-07"},
    {"climatizasion", "FAC-01 KB0028"},
    {"reserbar sala", "KB0027 FAC-03"},
    {"restab", "KB0001 ACC-01"},
    {"impreso", "KB0011 KB0012 INC-04"},
    {"acces", "ACC-02 ACC-03 KB0029 ACC-06"},
    {"doking sin", "KB0010"},
    {"wi fi de invitados", "KB0006"},
    {"nofunciona el portal", "KB0024"},
    // English
    {"forgot my password", "KB0001 ACC-01", Lang::En},
    {"how do I connect to the vpn from home", "KB0003", Lang::En},
    {"vpn error 720", "KB0005", Lang::En},
    {"new phone two factor", "KB0002", Lang::En},
    {"my laptop is very slow", "KB0007", Lang::En},
    {"blue screen", "KB0008", Lang::En},
    {"second screen not detected", "KB0010", Lang::En},
    {"printr does not print", "KB0011 INC-04", Lang::En},
    {"outlook crashes when I open it", "KB0013", Lang::En},
    {"email on my phone", "KB0015", Lang::En},
    {"I clicked a suspicious link", "KB0016 INC-07", Lang::En},
    {"locked out of the erp", "KB0017", Lang::En},
    {"scanner won't pair", "KB0019 INC-06", Lang::En},
    {"who approves while I am on leave", "KB0022", Lang::En},
    {"proof of employment", "KB0025 HR-01", Lang::En},
    {"onboarding a new employee", "KB0026 HR-02", Lang::En},
    {"book a meeting room", "KB0027", Lang::En},
    {"somebody stole my laptop", "INC-08", Lang::En},
    {"install software", "SW-01", Lang::En},
    {"it is too hot in the office", "FAC-01 KB0028", Lang::En},
    {"guest wifi code", "KB0006", Lang::En},
    {"free up disk space", "KB0009", Lang::En},
    {"keyboard shortcuts", "KB0029", Lang::En},
    {"pasword reset", "ACC-01 KB0001", Lang::En},
    {"conection to vpn", "KB0003 KB0004 KB0005", Lang::En},
    {"suspicous mail", "INC-07 KB0016", Lang::En},
    {"accesibility", "KB0029", Lang::En},
};

// The place, from 1, of the first acceptable answer; 0 when it is not among the first ten.
int place(const Query& query, std::string& found) {
    const search::SearchOptions options{.lang = query.lang, .limit = 10};
    const search::Results results = demo().search(query.text, options);
    const auto hits = search::ranked(results);
    if (std::string_view(query.best) == "-") return hits.empty() ? 1 : 0;
    int at = 0;
    for (const search::Hit* hit : hits) {
        if (found.size() < 40) found += concat(hit->id, " ");
        if (++at > 10) break;
        if (std::string_view(query.best).find(hit->id) != std::string_view::npos) {
            return at;
        }
    }
    return 0;
}

TEST(Relevance, PeopleFindWhatTheyAskForAtOnce) {
    const bool speaks = std::getenv("VENTANILLA_RELEVANCE") != nullptr;
    double reciprocal = 0;
    int first = 0;
    int third = 0;
    std::string misses;
    for (const Query& query : kQueries) {
        std::string found;
        const int at = place(query, found);
        reciprocal += at == 0 ? 0 : 1.0 / at;
        first += at == 1 ? 1 : 0;
        third += at >= 1 && at <= 3 ? 1 : 0;
        if (at != 1) misses += concat("  ", at, "  ", query.text, ": ", found, "\n");
    }
    const int count = static_cast<int>(std::size(kQueries));
    if (speaks)
        std::cout << "MRR " << reciprocal / count << ", first " << first << ", in three " << third << " of " << count
                  << "\n"
                  << misses;
    EXPECT_GE(count, 60);
    EXPECT_GE(reciprocal / count, 0.95) << misses;
    EXPECT_GE(third, count - 2) << misses;
}

// The committed set of tests/relevance, in Spanish: 74 articles that overlap and 800 queries in six kinds.
// `make relevance` compares engines over it; here it only may not get worse.
struct Worth {
    double reciprocal = 0;
    int count = 0;
};

std::map<std::string, Worth> worths_by_kind() {
    const std::string folder = VENTANILLA_SOURCE_DIR "/tests/relevance/";
    search::Index index;
    std::ifstream documents(folder + "es.documents.jsonl");
    for (std::string line; std::getline(documents, line);) {
        const Json from = *parse_json(line);
        Document d;
        d.id = d.key = text_or(from, "id");
        d.title = text_or(from, "title");
        d.body = text_or(from, "body");
        index.put(d);
    }
    std::map<std::string, Worth> worths;
    std::ifstream queries(folder + "es.queries.jsonl");
    for (std::string line; std::getline(queries, line);) {
        const Json query = *parse_json(line);
        Worth& worth = worths[text_or(query, "kind")];
        ++worth.count;
        int at = 0;
        for (const search::Standing& standing : index.rank(text_or(query, "text"), {.limit = 10})) {
            ++at;
            if (!query["relevant"].contains(standing.id)) continue;
            worth.reciprocal += 1.0 / at;
            break;
        }
    }
    return worths;
}

TEST(Relevance, EachKindOfQueryKeepsItsPlace) {
    const std::map<std::string, double> kFloors = {{"question", 0.72},
                                                   {"heading", 0.98},
                                                   {"misspelt", 0.83},
                                                   {"misspelt-two", 0.67},
                                                   {"unaccented", 0.75},
                                                   {"cut", 0.745}};
    const auto worths = worths_by_kind();
    ASSERT_EQ(worths.size(), kFloors.size());
    for (const auto& [kind, worth] : worths) {
        EXPECT_GE(worth.count, 60) << kind;
        EXPECT_GE(worth.reciprocal / worth.count, kFloors.at(kind)) << kind;
    }
}

TEST(Relevance, YearIsNotTheOtherWord) {
    const search::Results results = demo().search("año fiscal erp", {});
    for (const search::Hit* hit : search::ranked(results))
        EXPECT_EQ(hit->title.find("ano"), std::string::npos) << hit->title;
}

TEST(Relevance, EveryArticleIsFoundFirstByItsExactTitle) {
    const auto report = import_tree(kDemo + "articles", {.source = "demo"});
    ASSERT_TRUE(report);
    for (const ImportedPage& page : report->pages) {
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const domain::ArticleText& text = lang == Lang::Es ? page.article.es : page.article.en;
            if (text.empty()) continue;
            const search::Results results = demo().search(text.title, {.lang = lang});
            const std::vector<search::Hit>& hits = results.group(Kind::Article).hits;
            ASSERT_FALSE(hits.empty()) << text.title;
            EXPECT_EQ(hits.front().id, page.article.number) << text.title;
            EXPECT_EQ(hits.front().title, text.title);
        }
    }
}

TEST(Relevance, InternalArticlesStayInside) {
    search::SearchOptions options;
    options.may_see = [](std::string_view audience) { return audience != "staff:all"; };
    for (const char* query : {"Guion de incidente mayor", "comandante", "portavoz", "major incident runbook"}) {
        const search::Results results = demo().search(query, options);
        for (const search::Hit* hit : search::ranked(results))
            EXPECT_NE(hit->id, "KB0031") << query;
    }
}

}  // namespace
}  // namespace ventanilla::content
