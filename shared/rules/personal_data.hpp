#pragma once

#include <string>
#include <string_view>
#include <vector>

// What in a text may say who somebody is: pointed out to whoever makes an article of it, never
// taken away by itself. It rather points at too much than at too little, but not at what such texts
// are full of: error codes, versions, dates, article numbers.

namespace ventanilla::rules {

enum class PersonalKind : std::uint8_t { Mail, Phone, Name, Code };
std::string_view name(PersonalKind kind);           // "mail", "phone", "name", "code"
PersonalKind personal_kind(std::string_view name);  // Code for what is none of them

struct PersonalData {
    PersonalKind kind{};
    std::size_t line = 1;  // from 1
    std::string text;      // as it stands there

    friend bool operator==(const PersonalData&, const PersonalData&) = default;
};

// Mail addresses; telephone numbers; names that somebody gives or signs with; codes: identity
// documents and cards whose check digits are right, accounts, network addresses, numbers of
// requests, passwords that are told. In order of lines.
std::vector<PersonalData> personal_data_in(std::string_view text);

// Where the words of `names` stand: those of the people a text is about. Short words and those in
// small letters are passed over.
std::vector<PersonalData> names_in(std::string_view text, const std::vector<std::string>& names);

}  // namespace ventanilla::rules
