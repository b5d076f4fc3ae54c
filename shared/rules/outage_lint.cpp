#include "shared/rules/outage_lint.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "shared/base/text.hpp"
#include "shared/rules/words.hpp"

// Texts are looked at as words in lower case with one blank between them and around, and as
// sentences. An entry of a list is found where a word begins; with a blank at its end, where a word
// is just that.

namespace ventanilla::rules {
namespace {

using domain::L10n;
using domain::Lang;
using Words = std::span<const std::string_view>;

constexpr auto kJargon = std::to_array<std::string_view>({
    "ipsec",          "bgp ",           "noc ",         "siem ",      "saas ",      "etl ",
    "eta ",           "sip ",           "dns ",         "vlan",       "ldap ",      "sso ",
    "dhcp ",          "api ",           "cpu ",         "backend",    "frontend",   "middleware",
    "endpoint",       "failover",       "rollback",     "cluster",    "kubernetes", "hotfix",
    "devops",         "filesystem",     "flapping",     "throughput", "timeout",    "uplink",
    "hypervisor",     "concentrator",   "concentrador", "harvesting", "root cause", "causa raíz",
    "falso positivo", "false positive", "datacenter",   "feeder",
});
constexpr auto kJargonEs = std::to_array<std::string_view>({
    "issue",
    "down ",
    "offline ",
    "carrier ",
    "vendor ",
    "third-party",
    "third party",
    "downtime",
    "deploy",
    "workaround",
    "latencia",
    "alimentador",
    "trip ",
    "log ",
    "logs ",
    "switch ",
});
constexpr auto kJargonEn = std::to_array<std::string_view>({"latency", "carrier "});

constexpr auto kBlameEs = std::to_array<std::string_view>({
    "culpa",
    "error humano",
    "negligen",
    "descuido",
    "se equivoc",
    "mal uso",
    "incompeten",
    "por error de",
    "error del usuario",
    "los usuarios no debieron",
});
constexpr auto kBlameEn = std::to_array<std::string_view>({
    "blame",
    "human error",
    "negligen",
    "careless",
    "fault of",
    "mistake by",
    "user error",
    "incompeten",
    "should have ",
    "'s fault",
});

constexpr auto kBackEs = std::to_array<std::string_view>({
    "vuelve",
    "volver",
    "funcion",
    "estará",
    "quedará",
    "arregl",
    "termin",
    "solucion",
    "resuel",
    "resolv",
    "listo",
    "restabl",
    "recuper",
});
constexpr auto kBackEn = std::to_array<std::string_view>({
    "back ",
    "fix",
    "restor",
    "resolv",
    "works ",
    "work again",
    "working again",
    "ready",
    "done ",
    "finish",
    "complet",
    "solved",
    "recover",
    "up again",
});
// An estimate, the past, or the next time somebody writes: none is a promise to be back.
constexpr auto kNoPromiseEs = std::to_array<std::string_view>({
    "esper",   "calcul", "estim",   "aproxim", "hacia",   "sobre las", "alrededor",
    "entre ",  "margen", "creemos", "prev",    "desde ",  "durante",   "escrib",
    "novedad", "inform", "avis",    "puede",   "debería",
});
constexpr auto kNoPromiseEn = std::to_array<std::string_view>({
    "expect", "estimat",      "about ", "around ", "approx", "between", "roughly",
    "margin", "give or take", "likely", "since ",  "during", "from ",   "write",
    "update", "news ",        "tell ",  "might",   "could",  "should ",
});
constexpr auto kUnits = std::to_array<std::string_view>({
    "min ",
    "minuto",
    "minute",
    "hora",
    "hour",
    "h ",
    "día",
    "day",
});
constexpr auto kSomeday = std::to_array<std::string_view>({"mañana ", "tomorrow "});

bool is_of_a_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '\'' || c == ':';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// " la vpn está down ".
std::string as_words(std::string_view text) {
    std::string out = " ";
    for (const char c : text) {
        if (is_of_a_word(c))
            out.push_back(lower(c));
        else if (out.back() != ' ')
            out.push_back(' ');
    }
    // A colon or a hyphen belongs to a word only inside it.
    for (std::size_t i = 1; i < out.size(); ++i)
        if (out[i] == ' ' && (out[i - 1] == ':' || out[i - 1] == '-')) out.erase(--i, 1);
    if (out.back() == ':' || out.back() == '-') out.pop_back();
    if (out.back() != ' ') out.push_back(' ');
    return out;
}

// Where the first of `list` is in `words`, and how long the words are; npos when none is.
std::string_view found_in(std::string_view words, Words list) {
    std::size_t first = std::string_view::npos;
    std::size_t length = 0;
    for (const std::string_view each : list) {
        const std::size_t at = words.find(concat(" ", each));
        if (at >= first) continue;
        first = at;
        length = std::max<std::size_t>(words.find(' ', at + each.size()) - at, 1) - 1;
    }
    return first == std::string_view::npos ? std::string_view{} : words.substr(first + 1, length);
}

// `words`, which are in lower case, as `text` has them.
std::string_view as_written(std::string_view text, std::string_view words) {
    const auto at =
        std::search(text.begin(), text.end(), words.begin(), words.end(), [](char one, char other) {
            return lower(one) == other;
        });
    if (words.empty() || at == text.end()) return words;
    return text.substr(static_cast<std::size_t>(at - text.begin()), words.size());
}

bool has_any(std::string_view words, Words list) {
    return !found_in(words, list).empty();
}

// "11:00", "30 minutos", "mañana".
bool has_time(std::string_view words) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (words[i] == ':' && is_digit(words[i - 1]) && is_digit(words[i + 1])) return true;
        const bool is_number = is_digit(words[i - 1]) && words[i] == ' ';
        for (const std::string_view unit : kUnits)
            if (is_number && words.substr(i + 1).starts_with(unit)) return true;
    }
    return has_any(words, kSomeday);
}

// The sentence of `text` that promises a time; empty when none does.
std::string_view promise_in(std::string_view text, Lang lang) {
    const bool is_es = lang == Lang::Es;
    while (!text.empty()) {
        std::size_t end = text.find_first_of(".!?;\n");
        while (end != std::string_view::npos && end + 1 < text.size() && is_digit(text[end + 1]))
            end = text.find_first_of(".!?;\n", end + 1);
        const std::string_view sentence = text.substr(0, end);
        const std::string words = as_words(sentence);
        const bool is_promise = has_time(words) &&
                                has_any(words, is_es ? Words{kBackEs} : Words{kBackEn}) &&
                                !has_any(words, is_es ? Words{kNoPromiseEs} : Words{kNoPromiseEn});
        if (is_promise) return trimmed(sentence);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return {};
}

std::size_t letters_of(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text)
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++count;
    return count;
}

const std::string& text_in(const L10n& text, Lang lang) {
    return lang == Lang::Es ? text.es : text.en;
}

struct Reader {
    const Announcement& announcement;
    std::vector<LintFinding>& out;

    void missing() const {
        if (!announcement.has_workaround) out.push_back({Lint::NoWorkaround, "workaround", {}, {}});
        if (!announcement.has_contact) out.push_back({Lint::NoContact, "contact", {}, {}});
        if (!announcement.has_next_update)
            out.push_back({Lint::NoNextUpdate, "next_update_due_at", {}, {}});
    }

    void wording(const char* field, const L10n& text) const {
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const bool is_es = lang == Lang::Es;
            const std::string words = as_words(text_in(text, lang));
            const std::string& written = text_in(text, lang);
            const std::string_view blame =
                found_in(words, is_es ? Words{kBlameEs} : Words{kBlameEn});
            std::string_view jargon = found_in(words, kJargon);
            if (jargon.empty())
                jargon = found_in(words, is_es ? Words{kJargonEs} : Words{kJargonEn});
            add(Lint::Blame, field, lang, as_written(written, blame));
            add(Lint::Jargon, field, lang, as_written(written, jargon));
            if (!announcement.has_window)
                add(Lint::PromiseWithoutRange, field, lang, promise_in(written, lang));
        }
    }

    void lengths() const {
        for (const Lang lang : {Lang::Es, Lang::En}) {
            const std::size_t banner = letters_of(text_in(announcement.title, lang)) +
                                       letters_of(text_in(announcement.impact, lang)) +
                                       letters_of(text_in(announcement.workaround, lang));
            if (banner > kBannerLettersMax)
                out.push_back({Lint::BannerTooLong, "impact", lang, {}});
            if (letters_of(text_in(announcement.body, lang)) > kDetailLettersMax)
                out.push_back({Lint::DetailTooLong, "body", lang, {}});
        }
    }

    void translation(const char* field, const L10n& text) const {
        if (!out.empty() && out.back().what == Lint::NotTranslated) return;
        const bool is_es = trimmed(text.es).empty();
        if (is_es != trimmed(text.en).empty())
            out.push_back({Lint::NotTranslated, field, is_es ? Lang::Es : Lang::En, {}});
    }

  private:
    void add(Lint what, const char* field, Lang lang, std::string_view words) const {
        if (!words.empty()) out.push_back({what, field, lang, std::string{words}});
    }
};

}  // namespace

std::vector<LintFinding> findings_on(const Announcement& announcement) {
    std::vector<LintFinding> out;
    const Reader reader{announcement, out};
    const std::pair<const char*, const L10n*> texts[] = {{"title", &announcement.title},
                                                         {"impact", &announcement.impact},
                                                         {"workaround", &announcement.workaround},
                                                         {"body", &announcement.body}};
    reader.missing();
    for (const auto& [field, text] : texts)
        reader.wording(field, *text);
    reader.lengths();
    for (const auto& [field, text] : texts)
        reader.translation(field, *text);
    return out;
}

}  // namespace ventanilla::rules
