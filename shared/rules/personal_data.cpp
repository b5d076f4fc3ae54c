#include "shared/rules/personal_data.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "shared/base/text.hpp"
#include "shared/domain/names.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::rules {
namespace {

constexpr auto kKinds = std::to_array<domain::Named<PersonalKind>>({
    {PersonalKind::Mail, "mail"},
    {PersonalKind::Phone, "phone"},
    {PersonalKind::Name, "name"},
    {PersonalKind::Code, "code"},
});

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
// Letters of other alphabets and accented ones have bytes from 0x80 on.
bool is_letter(char c) {
    return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c);
}
bool is_address_char(char c) {
    return is_word(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

// "Ana", "Ángel": Á to Þ are C3 80 to C3 9E.
bool is_capitalised(std::string_view word) {
    if (word.empty()) return false;
    if (is_upper(word[0])) return true;
    return word.size() > 1 && word[0] == '\xC3' && static_cast<unsigned char>(word[1]) <= 0x9E;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (is_upper(c)) c = static_cast<char>(c + 32);
    return out;
}

// One line being looked through. Places already pointed at are not pointed at again.
struct Finder {
    std::string_view line;
    std::size_t number;
    std::vector<PersonalData>& out;
    std::vector<std::pair<std::size_t, std::size_t>> taken = {};

    bool is_taken(std::size_t from, std::size_t to) const {
        return std::any_of(taken.begin(), taken.end(), [&](const auto& each) {
            return from < each.second && each.first < to;
        });
    }
    void point_at(PersonalKind kind, std::size_t from, std::size_t to) {
        if (is_taken(from, to)) return;
        taken.push_back({from, to});
        out.push_back({kind, number, std::string(line.substr(from, to - from))});
    }
    [[nodiscard]] std::size_t word_end(std::size_t from) const {
        while (from < line.size() && is_word(line[from]))
            ++from;
        return from;
    }
};

void find_mails(Finder& find) {
    const std::string_view line = find.line;
    for (std::size_t at = line.find('@'); at != std::string_view::npos;
         at = line.find('@', at + 1)) {
        std::size_t from = at;
        while (from > 0 && is_address_char(line[from - 1]))
            --from;
        std::size_t to = at + 1;
        while (to < line.size() && is_address_char(line[to]))
            ++to;
        while (to > at + 1 && !is_word(line[to - 1]))
            --to;  // the full stop of a sentence
        const bool has_host = line.substr(at, to - at).find('.') != std::string_view::npos;
        if (from < at && has_host) find.point_at(PersonalKind::Mail, from, to);
    }
}

// ---- numbers

struct Run {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string digits;
    std::string marks;  // what stands between them
};

// Digits that belong together: "+34 600 123 456", "(512) 555-0134", "12.345.678".
Run run_at(std::string_view line, std::size_t from) {
    Run run{.from = from, .to = from};
    std::size_t gap = 0;
    for (std::size_t i = from; i < line.size() && gap < 3; ++i) {
        const char c = line[i];
        if (is_digit(c)) {
            run.digits.push_back(c);
            run.to = i + 1;
            gap = 0;
        } else if (std::string_view(" .-()/+").find(c) != std::string_view::npos) {
            run.marks.push_back(c);
            ++gap;
        } else {
            break;
        }
    }
    run.marks.resize(run.marks.size() - gap);
    return run;
}

bool is_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int value = digits[digits.size() - 1 - i] - '0';
        if (i % 2 == 1) value = value * 2 > 9 ? value * 2 - 9 : value * 2;
        sum += value;
    }
    return sum % 10 == 0;
}

// Where the date that begins at `from` ends: "2026-03-11", "12/3/2026", "12.03.26"; `from` when
// there is none.
std::size_t date_end(std::string_view line, std::size_t from) {
    std::array<std::size_t, 3> lengths{};
    std::size_t at = from;
    char mark = 0;
    for (std::size_t part = 0; part < lengths.size(); ++part) {
        while (at < line.size() && is_digit(line[at]) && lengths[part] < 5)
            ++at, ++lengths[part];
        if (part == 2) break;
        if (at == line.size() || std::string_view("-/.").find(line[at]) == std::string_view::npos)
            return from;
        if (part == 1 && line[at] != mark) return from;
        mark = line[at++];
    }
    const auto [one, two, three] = lengths;
    const bool is_short = one >= 1 && one <= 2 && two >= 1 && two <= 2;
    const bool is_day_first = is_short && (three == 2 || three == 4);
    const bool is_year_first = one == 4 && two == 2 && three == 2;
    const bool goes_on = at < line.size() && (is_word(line[at]) || line[at] == mark);
    return (is_day_first || is_year_first) && !goes_on ? at : from;
}

bool is_network_address(std::string_view text) {
    int parts = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find('.'));
        if (part.empty() || part.size() > 3) return false;
        int value = 0;
        for (const char c : part)
            value = value * 10 + (c - '0');
        if (value > 255) return false;
        ++parts;
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
    return parts == 4;
}

bool is_phone(const Run& run, std::string_view text) {
    const std::size_t count = run.digits.size();
    if (text.front() == '+') return count >= 8 && count <= 15;
    if (count == 9) return run.digits[0] >= '6';
    const bool is_grouped =
        run.marks.find('-') != std::string::npos || run.marks.find(' ') != std::string::npos;
    return count == 10 && is_grouped && run.marks.find('/') == std::string::npos;
}

// The letter of a Spanish identity number. Source: Real Decreto 1553/2005.
bool is_identity(std::string_view digits, char letter) {
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == (letter & ~0x20);
}

void look_at_run(Finder& find, const Run& run) {
    const std::string_view text = find.line.substr(run.from, run.to - run.from);
    const bool has_letter = run.to < find.line.size() && is_letter(find.line[run.to]);
    const std::size_t letter = run.to + (run.to < find.line.size() && find.line[run.to] == '-');
    const bool ends = letter + 1 >= find.line.size() || !is_word(find.line[letter + 1]);
    if (run.digits.size() == 8 && letter < find.line.size() && is_letter(find.line[letter]) &&
        ends && is_identity(run.digits, find.line[letter]))
        return find.point_at(PersonalKind::Code, run.from, letter + 1);
    if (has_letter) return;
    if (run.marks == "...") {
        if (is_network_address(text)) find.point_at(PersonalKind::Code, run.from, run.to);
        return;
    }
    const std::size_t count = run.digits.size();
    if (count >= 13 && count <= 19 && is_luhn(run.digits))
        find.point_at(PersonalKind::Code, run.from, run.to);
    else if (is_phone(run, text))
        find.point_at(PersonalKind::Phone, run.from, run.to);
}

void find_numbers(Finder& find) {
    const std::string_view line = find.line;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool is_start = is_digit(line[i]) || line[i] == '+' || line[i] == '(';
        const bool is_inside = i > 0 && (is_word(line[i - 1]) || line[i - 1] == '.');
        if (!is_start || is_inside) continue;
        if (const std::size_t end = date_end(line, i); end > i) {
            i = end - 1;
            continue;
        }
        const Run run = run_at(line, i);
        if (run.digits.empty()) continue;
        look_at_run(find, run);
        i = std::max(i, run.to - 1);
    }
}

// ---- codes with letters

bool is_iban(std::string_view text) {
    int rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[(i + 4) % text.size()];
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    return rest == 1;
}

// "ES91 2100 0418 4502 0005 1332"
void find_account(Finder& find, std::size_t from) {
    std::string text;
    std::size_t to = from;
    for (std::size_t i = from; i < find.line.size() && text.size() < 34; ++i) {
        const char c = find.line[i];
        if (c != ' ' && !is_digit(c) && !is_upper(c)) break;
        if (c == ' ') continue;
        text.push_back(c);
        to = i + 1;
        if (text.size() >= 15 && is_iban(text)) return find.point_at(PersonalKind::Code, from, to);
    }
}

// "00:1A:2B:3C:4D:5E"
bool is_hardware_address(std::string_view text) {
    if (text.size() != 17) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_hex = is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
        if (i % 3 == 2 ? c != ':' && c != '-' : !is_hex) return false;
    }
    return true;
}

bool is_request_number(std::string_view text) {
    if (text.size() != 15 || text[8] != '-') return false;
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    return text.starts_with("SOL-") && digits == 10;
}

void find_codes(Finder& find) {
    const std::string_view line = find.line;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (!is_word(line[i]) || (i > 0 && is_word(line[i - 1]))) continue;
        if (is_hardware_address(line.substr(i, 17))) find.point_at(PersonalKind::Code, i, i + 17);
        if (is_request_number(line.substr(i, 15))) find.point_at(PersonalKind::Code, i, i + 15);
        const std::string_view foreigner = line.substr(i, find.word_end(i) - i);  // X1234567L
        if (foreigner.size() == 9 && foreigner[0] >= 'X' && foreigner[0] <= 'Z' &&
            std::all_of(foreigner.begin() + 1, foreigner.end() - 1, is_digit)) {
            const std::string digits = concat(foreigner[0] - 'X', foreigner.substr(1, 7));
            if (is_identity(digits, foreigner[8])) find.point_at(PersonalKind::Code, i, i + 9);
        }
        const bool is_account = i + 4 <= line.size() && is_upper(line[i]) &&
                                is_upper(line[i + 1]) && is_digit(line[i + 2]) &&
                                is_digit(line[i + 3]);
        if (is_account) find_account(find, i);
    }
}

// ---- what is told

// Where what is told begins behind `cue`, which stands at `at`: over "es", "is", ":" and blanks.
std::size_t behind(std::string_view line, std::size_t at, bool& is_told) {
    is_told = false;
    while (at < line.size()) {
        const std::string_view rest = line.substr(at);
        if (rest.starts_with("es ") || rest.starts_with("is ")) {
            is_told = true;
            at += 3;
        } else if (rest[0] == ':' || rest[0] == '=') {
            is_told = true;
            ++at;
        } else if (rest[0] == ' ' || rest[0] == '"' || rest[0] == '*' || rest[0] == '`') {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

template <class Found>
void each_cue(const Finder& find, std::span<const std::string_view> cues, const Found& found) {
    const std::string small = lowered(find.line);
    for (const std::string_view cue : cues) {
        for (std::size_t at = small.find(cue); at != std::string::npos;
             at = small.find(cue, at + 1)) {
            const std::size_t end = at + cue.size();
            const bool is_whole = (at == 0 || !is_word(small[at - 1])) &&
                                  (end >= small.size() || !is_word(small[end]));
            if (is_whole) found(end);
        }
    }
}

void find_secrets(Finder& find) {
    constexpr auto kCues =
        std::to_array<std::string_view>({"contraseña", "clave", "password", "passcode", "pin"});
    each_cue(find, kCues, [&](std::size_t end) {
        bool is_told = false;
        const std::size_t from = behind(find.line, end, is_told);
        std::size_t to = from;
        while (to < find.line.size() && find.line[to] != ' ' && find.line[to] != ',')
            ++to;
        while (to > from &&
               (find.line[to - 1] == '.' || find.line[to - 1] == '`' || find.line[to - 1] == '"'))
            --to;
        const std::string_view told = find.line.substr(from, to - from);
        const bool is_secret = std::any_of(told.begin(), told.end(), is_digit);
        if (is_told && told.size() >= 4 && is_secret) find.point_at(PersonalKind::Code, from, to);
    });
    constexpr auto kExtensions = std::to_array<std::string_view>({"ext", "extensión", "extension"});
    each_cue(find, kExtensions, [&](std::size_t end) {
        while (end < find.line.size() && (find.line[end] == '.' || find.line[end] == ' '))
            ++end;
        const std::size_t to = find.word_end(end);
        const std::string_view number = find.line.substr(end, to - end);
        if (number.size() >= 3 && std::all_of(number.begin(), number.end(), is_digit))
            find.point_at(PersonalKind::Phone, end, to);
    });
}

// The capitalised words from `from` on, at most four: "Lucía Ferreyra".
std::size_t name_end(const Finder& find, std::size_t from) {
    std::size_t end = from;
    for (int words = 0; words < 4; ++words) {
        std::size_t at = end;
        while (at < find.line.size() && find.line[at] == ' ')
            ++at;
        const std::size_t to = find.word_end(at);
        if (to == at || !is_capitalised(find.line.substr(at, to - at))) break;
        end = to;
    }
    return end;
}

void find_given_names(Finder& find) {
    constexpr auto kCues = std::to_array<std::string_view>({"soy",
                                                            "me llamo",
                                                            "mi nombre es",
                                                            "i am",
                                                            "i'm",
                                                            "my name is",
                                                            "saludos",
                                                            "atentamente",
                                                            "gracias",
                                                            "regards",
                                                            "cheers",
                                                            "sr",
                                                            "sra",
                                                            "mr",
                                                            "mrs",
                                                            "ms"});
    each_cue(find, kCues, [&](std::size_t from) {
        while (from < find.line.size() &&
               std::string_view(" ,.;:").find(find.line[from]) != std::string_view::npos)
            ++from;
        const std::size_t to = name_end(find, from);
        if (to > from) find.point_at(PersonalKind::Name, from, to);
    });
}

template <class Look>
void each_line(std::string_view text, const Look& look) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        look(line, number);
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
}

}  // namespace

std::string_view name(PersonalKind kind) {
    return domain::name_in(kKinds, kind);
}

PersonalKind personal_kind(std::string_view name) {
    return domain::value_in(kKinds, name).value_or(PersonalKind::Code);
}

std::vector<PersonalData> personal_data_in(std::string_view text) {
    std::vector<PersonalData> out;
    each_line(text, [&](std::string_view line, std::size_t number) {
        Finder find{line, number, out};
        find_mails(find);
        find_secrets(find);
        find_codes(find);
        find_numbers(find);
        find_given_names(find);
    });
    return out;
}

std::vector<PersonalData> names_in(std::string_view text, const std::vector<std::string>& names) {
    constexpr std::size_t kShort = 3;
    std::vector<PersonalData> out;
    each_line(text, [&](std::string_view line, std::size_t number) {
        Finder find{line, number, out};
        for (std::size_t from = 0; from < line.size(); from = find.word_end(from) + 1) {
            const std::string_view word = line.substr(from, find.word_end(from) - from);
            if (word.size() < kShort || !is_capitalised(word)) continue;
            const bool is_name =
                std::any_of(names.begin(), names.end(), [&](const std::string& each) {
                    const std::string spaced = concat(' ', each, ' ');
                    return spaced.find(concat(' ', word, ' ')) != std::string::npos;
                });
            if (is_name) find.point_at(PersonalKind::Name, from, from + word.size());
        }
    });
    return out;
}

}  // namespace ventanilla::rules
