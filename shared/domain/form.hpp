#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/domain/lang.hpp"

// What a form asks, as data. How it is evaluated (visible, required, valid) is shared/rules/form.hpp.
// Source: domain.md 4.5.

namespace ventanilla::domain {

enum class FieldType : std::uint8_t {
    Text, LongText, Number, Decimal, Money, Email, Phone, Url, Date, DateTime, Time, Duration, Bool,
    Choice, MultiChoice, Scale, User, Location, Asset, Service, File, Info,
};

// "text", "longtext", "number", …, "datetime", …, "multichoice", …: lower case, no separators.
std::string_view name(FieldType type);
std::optional<FieldType> field_type(std::string_view name);

struct Option {
    std::string key;  // what is stored; never shown
    L10n label;
    L10n help;
    std::string visible_if;  // an expression; empty: always
};

// Kinds: "mask" (A letter, 9 digit, * any, others literal: "AA999"; never a regular expression, so it always
// ends and everybody can read it), "min", "max", "min_length", "max_length", "after", "before".
struct Validator {
    std::string kind;
    std::string value;  // a literal, or for dates an expression such as "today()+1wd"
    L10n message;       // what to do, shown at the field
};

struct Field {
    std::string key;  // unique in the form: [a-z][a-z0-9_]*
    FieldType type = FieldType::Text;
    L10n label;
    L10n help;
    L10n placeholder;
    std::string required_if;  // expression; "true" always, empty never
    std::string visible_if;   // expression; empty always
    std::string default_value;
    std::vector<Option> options;
    std::vector<Validator> validators;
    bool is_personal = false;  // personal data: kept out of logs, previews and similar-request search
};

struct Section {
    std::string key;
    L10n title;              // empty: no heading
    std::string visible_if;  // expression; empty always
    int repeat_min = 0;
    int repeat_max = 1;      // above 1 the answers are a list of objects under the section's key
    std::vector<Field> fields;
};

struct Form {
    int version = 1;
    std::vector<Section> sections;
};

// JSON: {"version", "sections": [{"key", "title", "visible_if", "repeat": {"min","max"}, "fields":
// [{"key", "type", "label", "help", "placeholder", "required_if", "visible_if", "default",
// "options": [{"key","label","help","visible_if"}], "validators": [{"kind","value","message"}], "pii"}]}]};
// texts as {"es","en"}; what is empty or at its default is left out.
Json to_json(const Form& form);

// Errors: Invalid with the key at fault: an unknown type or member, a key twice, more than the limits allow.
// Whether the expressions make sense is rules::check_form.
Result<Form> form_from_json(const Json& value);

// The same for a form that stands in a stored row: members of a newer version are passed over.
Result<Form> stored_form_from_json(const Json& value);

}  // namespace ventanilla::domain
