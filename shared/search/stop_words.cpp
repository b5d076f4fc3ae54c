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
    "a",        "about",    "ahi",     "al",    "algo",    "algun",   "alguna", "also",   "am",
    "an",       "and",      "any",     "aqui",  "are",     "as",      "asi",    "at",     "aun",
    "aunque",   "ayuda",    "ayudame", "be",    "because", "been",    "but",    "by",     "cada",
    "can",      "cannot",   "cant",    "como",  "con",     "could",   "cual",   "cuando", "de",
    "del",      "desde",    "did",     "do",    "does",    "doesnt",  "donde",  "dont",   "e",
    "el",       "ella",     "en",      "entre", "era",     "es",      "esa",    "ese",    "eso",
    "esta",     "estan",    "estas",   "este",  "esto",    "estos",   "estoy",  "for",    "from",
    "fue",      "get",      "ha",      "hace",  "hacer",   "hacerlo", "hago",   "han",    "has",
    "hasta",    "have",     "hay",     "he",    "help",    "how",     "i",      "if",     "im",
    "in",       "into",     "is",      "isnt",  "it",      "its",     "la",     "las",    "le",
    "les",      "lo",       "los",     "mas",   "me",      "mi",      "mis",    "muy",    "my",
    "necesita", "necesito", "need",    "ni",    "no",      "nos",     "not",    "o",      "of",
    "on",       "or",       "os",      "otra",  "otro",    "our",     "para",   "pero",   "please",
    "podria",   "por",      "porque",  "puede", "pueden",  "puedo",   "que",    "queria", "quien",
    "quiero",   "quisiera", "saber",   "se",    "ser",     "should",  "si",     "sin",    "so",
    "sobre",    "some",     "su",      "sus",   "tal",     "tambien", "tan",    "te",     "tengo",
    "that",     "the",      "their",   "then",  "there",   "they",    "this",   "tiene",  "to",
    "trouble",  "tu",       "tus",     "u",     "un",      "una",     "unas",   "uno",    "unos",
    "up",       "usted",    "want",    "wants", "was",     "we",      "what",   "when",   "where",
    "which",    "who",      "why",     "will",  "with",    "would",   "y",      "ya",     "yo",
    "you",      "your",
});

}  // namespace

bool is_stop_word(std::string_view term) {
    return std::binary_search(kStopWords.begin(), kStopWords.end(), term);
}

}  // namespace ventanilla::search
