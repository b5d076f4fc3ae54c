#pragma once

#include <string>
#include <vector>

#include "shared/domain/catalog.hpp"
#include "shared/rules/form.hpp"

// Stored answers as people read them: keys become labels here and nowhere else.

namespace ventanilla::rules {

// What the option is called; its key when the form does not know it (any more).
std::string option_label(const domain::Field& field, std::string_view key, domain::Lang lang);

// What lists call a request: its item, and the first thing chosen or said in it. One line, not
// empty, without personal data.
std::string request_title(const domain::CatalogItem& item,
                          const FormState& state,
                          domain::Lang lang);

// The first long text in it; empty when there is none. Without personal data.
std::string request_description(const FormState& state);

// One line of a request's page. Days, times and numbers stay as they are stored: the view writes
// them out.
struct AnswerLine {
    std::string label;
    std::string text;  // of a multiple choice one label to a line
    domain::FieldType type = domain::FieldType::Text;
    bool is_personal = false;
    int entry = -1;       // which repetition, counted from 0; -1 outside repeated sections
    std::string section;  // title of the section it stands in; may be empty
};

// In the form's order; answers that the form does not know come last under their key.
std::vector<AnswerLine> answer_lines(const domain::Form& form,
                                     const Json& answers,
                                     domain::Lang lang);

}  // namespace ventanilla::rules
