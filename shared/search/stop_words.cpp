#include <algorithm>
#include <array>

#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

// Both languages in one list, folded and sorted: a query may mix them. What is common in one
// language and says something in the other is left out ("once", "son"). Words that only ask belong
// here too
// ("necesito", "help with"). They count little, not
// nothing: a title may consist of them.
constexpr auto kStopWords = std::to_array<std::string_view>({
    "a",        "about",    "ademas",   "ahi",        "al",      "algo",     "alguien", "algun",
    "alguna",   "algunas",  "algunos",  "also",       "am",      "an",       "and",     "any",
    "anyone",   "anything", "aqui",     "are",        "as",      "asi",      "at",      "aun",
    "aunque",   "ayuda",    "ayudame",  "be",         "because", "been",     "being",   "but",
    "by",       "cada",     "can",      "cannot",     "cant",    "como",     "con",     "could",
    "cual",     "cuales",   "cuando",   "cuanta",     "cuantas", "cuanto",   "cuantos", "da",
    "dan",      "dar",      "de",       "debe",       "deberia", "debo",     "del",     "desde",
    "dice",     "did",      "do",       "does",       "doesnt",  "donde",    "dont",    "doy",
    "e",        "el",       "ella",     "en",         "entre",   "era",      "eres",    "es",
    "esa",      "ese",      "eso",      "esta",       "estamos", "estan",    "estas",   "este",
    "esto",     "estos",    "estoy",    "everything", "favor",   "for",      "from",    "fue",
    "get",      "gets",     "getting",  "got",        "gracias", "ha",       "hace",    "hacen",
    "hacer",    "hacerlo",  "haciendo", "had",        "hago",    "han",      "has",     "hasta",
    "have",     "having",   "hay",      "he",         "help",    "hemos",    "her",     "hers",
    "him",      "his",      "hola",     "how",        "hubo",    "i",        "if",      "ill",
    "im",       "in",       "into",     "is",         "isnt",    "it",       "its",     "ive",
    "la",       "las",      "le",       "les",        "let",     "lo",       "los",     "mas",
    "may",      "me",       "mi",       "mia",        "might",   "mio",      "mis",     "misma",
    "mismo",    "must",     "muy",      "my",         "myself",  "nada",     "nadie",   "necesita",
    "necesito", "need",     "ni",       "no",         "nos",     "nosotros", "not",     "nuestra",
    "nuestro",  "o",        "of",       "on",         "or",      "os",       "otra",    "otro",
    "our",      "para",     "pero",     "please",     "podemos", "podria",   "por",     "porque",
    "puede",    "pueden",   "puedo",    "que",        "queria",  "quien",    "quienes", "quiero",
    "quisiera", "saber",    "se",       "sea",        "ser",     "shall",    "she",     "should",
    "si",       "sin",      "so",       "sobre",      "some",    "somebody", "someone", "something",
    "somos",    "soy",      "su",       "sus",        "suya",    "suyo",     "tal",     "tambien",
    "tan",      "te",       "tenemos",  "tener",      "tengo",   "tenia",    "than",    "that",
    "the",      "their",    "them",     "then",       "there",   "these",    "they",    "thing",
    "things",   "this",     "those",    "tiene",      "tienen",  "to",       "toda",    "todas",
    "todo",     "todos",    "too",      "trouble",    "tu",      "tus",      "tuve",    "tuya",
    "tuyo",     "u",        "un",       "una",        "unas",    "uno",      "unos",    "up",
    "us",       "usted",    "va",       "vamos",      "van",     "very",     "voy",     "want",
    "wants",    "was",      "we",       "were",       "what",    "when",     "where",   "which",
    "who",      "whom",     "whose",    "why",        "will",    "with",     "would",   "y",
    "ya",       "yo",       "you",      "your",
});

}  // namespace

bool is_stop_word(std::string_view term) {
    return std::binary_search(kStopWords.begin(), kStopWords.end(), term);
}

}  // namespace ventanilla::search
