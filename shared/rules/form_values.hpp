#pragma once

#include <string>

#include "shared/base/json.hpp"
#include "shared/domain/form.hpp"
#include "shared/domain/lang.hpp"

// What a typed answer is as a value of its field's type: the one form in which it is stored,
// compared and sent. Text is cleaned, days are ISO, phones E.164, decimals exact, choices their
// keys. Reading what it wrote gives the same again.

namespace ventanilla::rules {

struct ReadValue {
    Json value;           // null: empty, or wrong
    std::string message;  // key of assets/i18n when it is wrong, otherwise empty
    std::string limit;    // what fills its slot {limit}
};

// Types only; which options are offered and what the validators say is for evaluate().
ReadValue read_value(const domain::Field& field, const Json& typed, domain::Lang lang);

// What `validator` has against `value`, empty when nothing. `bound` is the value of its expression.
ReadValue check_value(const domain::Validator& validator, const Json& value, const Json& bound);

}  // namespace ventanilla::rules
