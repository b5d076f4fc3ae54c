#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/domain/form.hpp"
#include "shared/domain/person.hpp"
#include "shared/rules/dates.hpp"

// What a form asks of this person with these answers: the same function in the portal at each
// keystroke and on the server when the request arrives. Source: domain.md 4.5.
//
// What is hidden counts as empty everywhere, is not required and is not stored; its answer stays in
// the draft, so that showing it again brings it back. An option that is no longer offered counts as
// not chosen.
//
// Messages (keys of assets/i18n, slot {limit} where one is named): form.error.required,
// .required_tick, .invalid, .number, .whole_number, .decimals, .email, .phone, .url, .date,
// .datetime, .time, .duration, .choice, .deselected, .too_long {limit}, .too_short {limit}, .mask
// {limit}, .too_small {limit}, .too_big {limit}, .after {limit}, .before {limit}, .too_few {limit},
// .too_many {limit}.

namespace ventanilla::rules {

// What expressions may ask about the person: user.name, user.email, user.lang, user.site (its key),
// user.roles (a list).
struct UserFacts {
    std::string name;
    std::string email;
    domain::Lang lang = domain::Lang::Es;
    std::string site;  // "madrid"; empty: remote
    domain::Roles roles;
};

struct FormContext {
    UserFacts user;
    Day today;  // on the person's calendar
};

struct FormError {
    std::string path;     // "device", "people.0.person", or a section's key
    std::string message;  // key of assets/i18n
    std::string limit;    // what fills its slot {limit}
    domain::L10n own;     // the form's own sentence for it; when there is one it is shown instead
};

struct FieldState {
    const domain::Field* field = nullptr;  // lives as long as the form
    std::string path;                      // its answer: "device", "people.0.person"
    bool is_visible = true;
    bool is_required = false;
    std::vector<const domain::Option*> options;  // those offered now, in the form's order
    Json value;                   // as it would be stored; null when hidden, empty or wrong
    bool was_deselected = false;  // a chosen option is no longer offered: say so
    std::optional<FormError> error;
};

struct SectionState {
    const domain::Section* section = nullptr;
    bool is_visible = true;
    bool is_repeated = false;
    std::vector<std::vector<FieldState>> entries;  // one, or one for each repetition
    std::optional<FormError> error;                // too few or too many entries
};

struct FormState {
    std::vector<SectionState> sections;

    // In the form's order; the first is where the person is led. Empty: it can be sent.
    [[nodiscard]] std::vector<FormError> errors() const;

    // What is stored: visible, non-empty, valid, normalised. An object; repeated sections are lists
    // of objects under their key, without entries that are empty.
    [[nodiscard]] Json answers() const;

    // The state of one answer, or null when there is none of that path.
    [[nodiscard]] const FieldState* find(std::string_view path) const;
};

// `answers` as they stand in a draft: whatever was typed, hidden ones too. Never fails: what is
// unsound in the form (check_form tells) counts as not there, conditions as true for showing and
// false for requiring.
FormState evaluate(const domain::Form& form, const Json& answers, const FormContext& context);

// The answers a new draft begins with, and those of one more entry of a repeated section.
Json first_answers(const domain::Form& form, const FormContext& context);
Json first_entry(const domain::Section& section, const FormContext& context);

struct FormProblem {
    std::string key;   // of the field or section
    std::string what;  // English, for the editor: "visible_if: cycle a -> b -> a"
};

// What is unsound in a form that form_from_json has read, in its order: expressions that do not
// parse or read what does not exist, cycles by name, limits and defaults that are no values of
// their type. Empty: it may be published.
std::vector<FormProblem> check_form(const domain::Form& form);

}  // namespace ventanilla::rules
