#include <algorithm>

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/search/index.hpp"

namespace ventanilla::search {
namespace {

struct Text {
    const char* id;
    Lang lang;
    const char* title;
    const char* keywords;
    const char* body;
};

constexpr Text kTexts[] = {
    {"vpn",
     Lang::Es,
     "Conectarte a la VPN (Windows)",
     "teletrabajo acceso remoto",
     "## Antes de empezar\nNecesitas internet.\n## Pasos\n1. Abre Configuración y elige Andina "
     "(TCP)."},
    {"vpn",
     Lang::En,
     "Connect to the VPN (Windows)",
     "remote work",
     "## Before you start\nYou need internet.\n## Steps\n1. Open Settings and choose Andina "
     "(TCP)."},
    {"809",
     Lang::Es,
     "VPN: error 809 y 720",
     "error vpn",
     "El 809 aparece cuando la red bloquea el puerto. Cambia a otra red.\n## Si ves el 720\nPide "
     "un certificado."},
    {"clave",
     Lang::Es,
     "Cómo restablecer tu contraseña",
     "olvidé mi clave",
     "Entra en el portal de identidad y elige Restablecer."},
    {"wifi",
     Lang::Es,
     "Wi-Fi de invitados",
     "visita red inalámbrica",
     "Pide un código en recepción."},
    {"outlook", Lang::Es, "Outlook no abre", "correo", "Abre Outlook en modo seguro."},
    {"ano",
     Lang::Es,
     "Cierre del año fiscal",
     "erp contabilidad",
     "El cierre del año se hace en enero."},
    {"impresora",
     Lang::Es,
     "Impresora: cola atascada",
     "no imprime",
     "Vacía la cola y reinicia el servicio."},
    {"impresora",
     Lang::En,
     "Stuck print queue",
     "printer jam",
     "Clear the queue and restart the service."},
};

Document document(const Text& text) {
    Document d;
    d.id = text.id;
    d.key = concat("article:", text.id, text.lang == Lang::Es ? ":es" : ":en");
    d.lang = text.lang;
    d.title = text.title;
    d.keywords = text.keywords;
    d.body = text.body;
    d.audience = "kb:public";
    return d;
}

Index demo() {
    Index index;
    for (const Text& text : kTexts)
        index.put(document(text));
    return index;
}

std::string first(Index& index, std::string_view query, const SearchOptions& options = {}) {
    const Results results = index.search(query, options);
    const auto hits = ranked(results);
    return hits.empty() ? "" : hits.front()->id;
}

TEST(Search, FindsWhatPeopleWriteNotWhatTitlesSay) {
    Index index = demo();
    EXPECT_EQ(first(index, "vpn no conecta 809"), "809");
    EXPECT_EQ(first(index, "teletrabajo conexión"), "vpn");
    EXPECT_EQ(first(index, "olvide mi clave"), "clave");
    EXPECT_EQ(first(index, "contrasena"), "clave");
    EXPECT_EQ(first(index, "password"), "clave");
    EXPECT_EQ(first(index, "wifi visita"), "wifi");
    EXPECT_EQ(first(index, "wi fi"), "wifi");
    EXPECT_EQ(first(index, "red inalambrica"), "wifi");
    EXPECT_EQ(first(index, "printer jam"), "impresora");
    EXPECT_EQ(first(index, "configuraciones"), "vpn");
}

TEST(Search, ForgivesTypingErrorsAndSaysWhatItRead) {
    Index index = demo();
    const SearchOptions done{.is_last_word_complete = true};
    EXPECT_EQ(first(index, "outlok", done), "outlook");
    EXPECT_EQ(first(index, "vpm", done), "vpn")
        << "the title with fewest other words that say something";
    EXPECT_EQ(first(index, "impersora", done), "impresora");
    EXPECT_EQ(first(index, "contrasenia", done), "clave");
    EXPECT_EQ(first(index, "olvidemiclave vpn 809", done), "809");
    EXPECT_EQ(index.search("vpm no conecta", done).did_you_mean, "vpn no conecta");
    EXPECT_EQ(index.search("confguracion", done).did_you_mean, "configuración");
    EXPECT_EQ(index.search("error809", done).did_you_mean, "error 809");
    EXPECT_EQ(index.search("vpn", done).did_you_mean, "");
}

TEST(Search, CompletesTheLastWordWhileItIsTyped) {
    Index index = demo();
    EXPECT_EQ(first(index, "outl"), "outlook");
    EXPECT_EQ(first(index, "impr"), "impresora");
    EXPECT_EQ(first(index, "restab"), "clave");
    EXPECT_TRUE(
        index.search("outl", {.is_last_word_complete = true}).group(Kind::Article).hits.empty() ||
        first(index, "outl", {.is_last_word_complete = true}) == "outlook");
    EXPECT_EQ(index.search("outl").did_you_mean, "") << "an unfinished word is no error";
}

TEST(Search, EnyeIsALetterOfItsOwnThatNFinds) {
    Index index = demo();
    EXPECT_EQ(first(index, "año fiscal"), "ano");
    EXPECT_EQ(first(index, "ano fiscal"), "ano");
    Document body_part = document({"medicina", Lang::Es, "Revisión del ano", "", "Nada que ver."});
    index.put(body_part);
    const Results results = index.search("año", {.is_last_word_complete = true});
    for (const Hit* hit : ranked(results))
        EXPECT_NE(hit->id, "medicina");
}

TEST(Search, ShowsATextOnceInTheLanguageOfThePerson) {
    Index index = demo();
    const Results es = index.search("print queue", {.lang = Lang::Es});
    ASSERT_EQ(es.group(Kind::Article).hits.size(), 1U);
    EXPECT_EQ(es.group(Kind::Article).total, 1U);
    EXPECT_EQ(es.group(Kind::Article).hits[0].title, "Impresora: cola atascada");
    const Results en = index.search("impresora", {.lang = Lang::En});
    EXPECT_EQ(en.group(Kind::Article).hits[0].title, "Stuck print queue");
}

TEST(Search, GroupsComeInTheirOrderWithTheirTotals) {
    Index index = demo();
    Document item = document({"INC-03", Lang::Es, "Sin internet o VPN", "vpn", ""});
    item.kind = Kind::Item;
    Document outage = document({"o1", Lang::Es, "La VPN no conecta en Madrid", "", ""});
    outage.kind = Kind::Status;
    index.put(item);
    index.put(outage);
    const Results results = index.search("vpn", {.limit = 1});
    EXPECT_EQ(results.groups[0].kind, Kind::Status);
    EXPECT_EQ(results.groups[0].hits.size(), 1U);
    EXPECT_EQ(results.group(Kind::Article).hits.size(), 1U);
    EXPECT_EQ(results.group(Kind::Article).total, 2U);
    EXPECT_EQ(results.group(Kind::Item).total, 1U);
    EXPECT_EQ(results.total, 4U);
}

TEST(Search, ThePassageThatMatchesIsShownAndMarked) {
    Index index = demo();
    const Results results = index.search("bloquea puerto");
    const Hit& hit = results.group(Kind::Article).hits.at(0);
    EXPECT_EQ(hit.snippet,
              "El 809 aparece cuando la red bloquea el puerto. Cambia a otra red. Si ves el 720 "
              "Pide un certificado.");
    ASSERT_EQ(hit.snippet_marks.size(), 2U);
    EXPECT_EQ(hit.snippet.substr(hit.snippet_marks[0].from, 7), "bloquea");
    EXPECT_EQ(hit.snippet.substr(hit.snippet_marks[1].from, 6), "puerto");
}

TEST(Search, APriorOrdersEqualsAndLiftsNobody) {
    Index index;
    Document good = document({"a", Lang::Es, "Reservar sala", "", "Elige una sala."});
    Document better = document({"b", Lang::Es, "Reservar sala", "", "Elige una sala."});
    Document weak = document(
        {"c", Lang::Es, "Comedor", "", "Junto a la sala hay que reservar mesa y esperar turno."});
    better.prior = 0.6;
    weak.prior = 1.0;
    good.prior = 0.0;
    for (const Document& d : {good, better, weak})
        index.put(d);
    const Results results = index.search("reservar sala");
    ASSERT_GE(results.group(Kind::Article).hits.size(), 2U);
    EXPECT_EQ(results.group(Kind::Article).hits[0].id, "b");
    EXPECT_EQ(results.group(Kind::Article).hits[1].id, "a");
}

TEST(Search, AQueryWithoutAnythingToFindFindsNothing) {
    Index index = demo();
    for (const char* query :
         {"", "   ", "zzz", "!!!", "🙂🔥", "' OR 1=1 --", ".*[", "日本", "\xFF\xFE"}) {
        const Results results = index.search(query, {.is_last_word_complete = true});
        EXPECT_TRUE(results.empty() || std::string_view(query).find("OR") != std::string_view::npos)
            << query;
    }
    Index nothing;
    EXPECT_TRUE(nothing.search("vpn").empty());
}

TEST(Search, StopWordsFindOnlyWhereNothingElseDoes) {
    Index index = demo();
    for (const Standing& standing : index.rank("elige la vpn de la red y el puerto 809"))
        EXPECT_TRUE(standing.id != "ano" && standing.id != "outlook") << standing.key;
    EXPECT_FALSE(index.rank("el de la").empty());
    EXPECT_FALSE(index.rank("el de la xyzzyx").empty()) << "no other word is anywhere";
}

TEST(Search, AnyQueryIsBounded) {
    Index index = demo();
    std::string repeated;
    std::string different;
    while (repeated.size() < 10'000) {
        repeated += "vpn ";
        different += concat("palabra", different.size(), " ");
    }
    EXPECT_EQ(first(index, repeated), "vpn");
    EXPECT_TRUE(index.search(different).total <= index.size());
    EXPECT_FALSE(index.search("el la de que no").empty()) << "only stop words still find";
    EXPECT_TRUE(index.search(std::string(10'000, 'x')).empty());
}

// What somebody may paste into the box. Nothing is a pattern or a statement: it is words, or none.
TEST(Search, AnyTextIsJustWords) {
    Index index = demo();
    const struct {
        const char* text;
        const char* first;  // empty: nothing is found
    } kTypings[] = {
        {"vpn' OR 1=1; DROP TABLE articles;--", "vpn"},
        {"(outlook|vpn){2,}.*[a-z]+$ \\", "outlook"},
        {"\"outlook\" AND NOT *", "outlook"},
        {"impresora* ~2 ^5 title:x", "impresora"},
        {"<script>alert(1)</script> outlook", "outlook"},
        {"%s%n%x outlook ${PATH} {{outlook}}", "outlook"},
        {"🖨️ impresora 🔥🔥", "impresora"},
        {"🖨️🔥👩‍💻", ""},
        {"¿¡?!… — «» \"' ´ ` ///", ""},
        {"כן vpn לא", "vpn"},
        {"لا تعمل outlook الطابعة", "outlook"},
        {"не работает outlook принтер", "outlook"},
        {"打印机 outlook プリンター", "outlook"},
        {"\u202Eoutlook\u202C \u200Bno\uFEFF abre", "outlook"},
        {"OUTLOOK\tNO\r\nABRE", "outlook"},
        {"out\xC3look \xFF\xFE abre", "outlook"},
    };
    const SearchOptions done{.is_last_word_complete = true};
    for (const auto& typing : kTypings)
        EXPECT_EQ(first(index, typing.text, done), typing.first) << typing.text;
}

// ---- properties
// -------------------------------------------------------------------------------------

constexpr const char* kWords[] = {"vpn",      "clave",       "impresora", "red",           "error",
                                  "puerto",   "correo",      "sala",      "equipo",        "portal",
                                  "acceso",   "pedido",      "cola",      "servicio",      "año",
                                  "809",      "restablecer", "conexión",  "configuración", "Wi-Fi",
                                  "OneDrive", "the",         "printer",   "queue",         "el",
                                  "de",       "no",          "notebook"};

std::string words(Random& random, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += concat(out.empty() ? "" : " ", kWords[random.below(std::size(kWords))]);
    return out;
}

Document made_up(Random& random, std::size_t number) {
    Document d;
    d.id = concat("d", number / 2);
    d.key = concat("k", number);
    d.kind = static_cast<Kind>(random.below(4));
    d.lang = number % 2 == 0 ? Lang::Es : Lang::En;
    d.audience = random.chance(1, 3) ? "team:it" : "org:all";
    d.title = words(random, 2 + random.below(4));
    d.keywords = words(random, random.below(4));
    d.summary = words(random, random.below(8));
    d.body = concat("## ", words(random, 3), "\n", words(random, random.below(120)));
    d.prior = static_cast<double>(random.below(11)) / 10;
    return d;
}

void expect_same(const Results& a, const Results& b, const std::string& why) {
    EXPECT_EQ(a.total, b.total) << why;
    EXPECT_EQ(a.did_you_mean, b.did_you_mean) << why;
    for (std::size_t i = 0; i < kKinds; ++i) {
        EXPECT_EQ(a.groups[i].total, b.groups[i].total) << why;
        EXPECT_EQ(a.groups[i].hits, b.groups[i].hits) << why;
    }
}

std::string some_query(Random& random) {
    std::string query = words(random, 1 + random.below(4));
    if (random.chance(1, 3) && query.size() > 4) query.erase(random.below(query.size() - 2), 1);
    return query;
}

TEST(SearchProperty, AnIncrementalIndexAnswersLikeARebuiltOne) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SeededRandom random(seed);
        Index grown;
        std::vector<Document> alive;
        for (std::size_t step = 0; step < 260; ++step) {
            if (!alive.empty() && random.chance(1, 3)) {
                const auto at = static_cast<std::ptrdiff_t>(random.below(alive.size()));
                grown.remove(alive[static_cast<std::size_t>(at)].key);
                alive.erase(alive.begin() + at);
            } else {
                const Document d = made_up(random, random.below(200));
                std::erase_if(alive, [&](const Document& old) { return old.key == d.key; });
                alive.push_back(d);
                grown.put(d);
            }
            if (step % 7 == 0) grown.prepare();
        }
        Index fresh;
        for (auto d = alive.rbegin(); d != alive.rend(); ++d)
            fresh.put(*d);
        EXPECT_EQ(grown.size(), alive.size());
        for (int i = 0; i < 25; ++i) {
            const std::string query = some_query(random);
            expect_same(
                grown.search(query), fresh.search(query), concat("seed ", seed, " query ", query));
        }
    }
}

TEST(SearchProperty, WhatMayNotBeSeenChangesNothingInTheAnswer) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SeededRandom random(seed);
        Index all;
        Index visible;
        for (std::size_t i = 0; i < 150; ++i) {
            const Document d = made_up(random, i);
            all.put(d);
            if (d.audience == "org:all") visible.put(d);
        }
        Document secret = made_up(random, 1000);
        secret.audience = "team:it";
        secret.title = "Fusión secreta zarzaparrilla";
        all.put(secret);
        SearchOptions options;
        options.may_see = [](std::string_view audience) { return audience == "org:all"; };
        for (int i = 0; i < 25; ++i) {
            const std::string query = some_query(random);
            expect_same(all.search(query, options),
                        visible.search(query, options),
                        concat("seed ", seed, " query ", query));
        }
        for (const char* query :
             {"zarzaparrilla", "zarzaparila", "zarza", "Fusión secreta zarzaparrilla"})
            expect_same(all.search(query, options), visible.search(query, options), query);
    }
}

TEST(SearchProperty, EveryDocumentIsFoundFirstByItsExactTitle) {
    SeededRandom random(99);
    Index index;
    std::vector<Document> documents;
    for (std::size_t i = 0; i < 300; ++i) {
        documents.push_back(made_up(random, i));
        index.put(documents.back());
    }
    for (const Document& d : documents) {
        const Results results = index.search(d.title, {.lang = d.lang});
        const auto hits = ranked(results);
        ASSERT_FALSE(hits.empty()) << d.title;
        const bool is_equal =
            std::any_of(documents.begin(), documents.end(), [&](const Document& other) {
                return other.title == d.title && other.id == hits.front()->id;
            });
        EXPECT_TRUE(is_equal) << d.title << " found " << hits.front()->title;
    }
}

}  // namespace
}  // namespace ventanilla::search
