#include <algorithm>
#include <array>

#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

// Both languages in one list, folded and sorted: a query may mix them. What is common in one
// language and says something in the other is left out ("once", "son"). They count little, not
// nothing: a title may consist of them.
constexpr auto kStopWords = std::to_array<std::string_view>({
    "a",      "about", "ahi",     "al",    "algo",  "algun",   "alguna", "also",   "am",
    "an",     "and",   "any",     "aqui",  "are",   "as",      "asi",    "at",     "aun",
    "aunque", "be",    "because", "been",  "but",   "by",      "cada",   "can",    "como",
    "con",    "cual",  "cuando",  "de",    "del",   "desde",   "did",    "do",     "does",
    "donde",  "e",     "el",      "ella",  "en",    "entre",   "era",    "es",     "esa",
    "ese",    "eso",   "esta",    "estan", "estas", "este",    "esto",   "estos",  "estoy",
    "for",    "from",  "fue",     "get",   "ha",    "hace",    "hacer",  "hago",   "han",
    "has",    "hasta", "have",    "hay",   "he",    "how",     "i",      "if",     "im",
    "in",     "into",  "is",      "it",    "its",   "la",      "las",    "le",     "les",
    "lo",     "los",   "mas",     "me",    "mi",    "mis",     "muy",    "my",     "need",
    "ni",     "no",    "nos",     "not",   "o",     "of",      "on",     "or",     "os",
    "otra",   "otro",  "our",     "para",  "pero",  "please",  "por",    "porque", "puedo",
    "que",    "quien", "quiero",  "se",    "ser",   "should",  "si",     "sin",    "so",
    "sobre",  "some",  "su",      "sus",   "tal",   "tambien", "tan",    "te",     "tengo",
    "that",   "the",   "their",   "then",  "there", "they",    "this",   "tiene",  "to",
    "tu",     "tus",   "u",       "un",    "una",   "unas",    "uno",    "unos",   "up",
    "usted",  "was",   "we",      "what",  "when",  "where",   "which",  "who",    "why",
    "will",   "with",  "y",       "ya",    "yo",    "you",     "your",
});

}  // namespace

bool is_stop_word(std::string_view term) {
    return std::binary_search(kStopWords.begin(), kStopWords.end(), term);
}

}  // namespace ventanilla::search
