#include <algorithm>
#include <array>

// Snowball's C headers, in the order they need.
#include "api.h"
#include "shared/search/tokens.hpp"
#include "stem_UTF_8_english.h"
#include "stem_UTF_8_spanish.h"

namespace ventanilla::search {
namespace {

using domain::Lang;

// One environment for each language and thread: creating one costs more than a stem.
class Stemmer {
  public:
    explicit Stemmer(Lang lang)
        : lang_(lang),
          env_(lang == Lang::Es ? spanish_UTF_8_create_env() : english_UTF_8_create_env()) {}
    ~Stemmer() {
        if (lang_ == Lang::Es)
            spanish_UTF_8_close_env(env_);
        else
            english_UTF_8_close_env(env_);
    }
    Stemmer(const Stemmer&) = delete;
    Stemmer& operator=(const Stemmer&) = delete;

    std::string stem(std::string_view word) {
        const auto* symbols = reinterpret_cast<const symbol*>(word.data());
        if (env_ == nullptr || SN_set_current(env_, static_cast<int>(word.size()), symbols) != 0)
            return std::string(word);
        const int verdict = lang_ == Lang::Es ? spanish_UTF_8_stem(env_) : english_UTF_8_stem(env_);
        if (verdict < 0) return std::string(word);
        return {reinterpret_cast<const char*>(env_->p), static_cast<std::size_t>(env_->l)};
    }

  private:
    Lang lang_;
    SN_env* env_;
};

bool ends_with(std::string_view word, std::string_view end) {
    return word.size() > end.size() + 2 && word.substr(word.size() - end.size()) == end;
}

// "conectarte": Snowball knows every attached pronoun but the one that help texts use most.
std::string_view without_te(std::string_view word) {
    const bool is_infinitive =
        ends_with(word, "arte") || ends_with(word, "erte") || ends_with(word, "irte");
    if (word.size() < 8 || !is_infinitive || ends_with(word, "ierte")) return word;
    return word.substr(0, word.size() - 2);
}

// Spanish suffix rules want the accents that folding took and that people leave out.
std::string accented(std::string_view word) {
    struct Ending {
        std::string_view bare, full;
    };
    static constexpr std::array<Ending, 4> kEndings = {
        {{"cion", "ción"}, {"sion", "sión"}, {"logia", "logía"}, {"xion", "xión"}}};
    for (const Ending& ending : kEndings) {
        if (!ends_with(word, ending.bare)) continue;
        return std::string(word.substr(0, word.size() - ending.bare.size())).append(ending.full);
    }
    return std::string(word);
}

// "arranque" and "arrancar", "prueba" and "probar": one verb, whose last consonant or vowel is
// written by what follows it. Snowball leaves them apart.
std::string without_changes(std::string stem) {
    struct Ending {
        std::string_view written, sound;
    };
    static constexpr std::array<Ending, 3> kEndings = {{{"qu", "c"}, {"gu", "g"}, {"z", "c"}}};
    for (const Ending& ending : kEndings) {
        if (!ends_with(stem, ending.written)) continue;
        stem.replace(stem.size() - ending.written.size(), ending.written.size(), ending.sound);
        break;
    }
    const std::size_t vowel = stem.find_last_of("aeiou");
    if (vowel == std::string::npos || vowel < 2 || stem[vowel] != 'e') return stem;
    if (stem[vowel - 1] == 'i') stem.erase(vowel - 1, 1);
    if (stem[vowel - 1] == 'u') stem.replace(vowel - 1, 2, "o");
    return stem;
}

bool is_stemmed(std::string_view term) {
    if (term.size() < 4) return false;
    return std::all_of(term.begin(), term.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '\xC3' || c == '\xB1';
    });
}

}  // namespace

std::string stem(std::string_view term, Lang lang) {
    if (!is_stemmed(term)) return std::string(term);
    static thread_local Stemmer spanish(Lang::Es);
    static thread_local Stemmer english(Lang::En);
    if (lang == Lang::En) return english.stem(term);
    return without_changes(spanish.stem(accented(without_te(term))));
}

}  // namespace ventanilla::search
